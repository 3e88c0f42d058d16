//! What the scanner's self-test says, as the middle of a sentence, and what to do.

use crate::app::lang::Lang;
use crate::domain::self_test::SelfTest;

/// How the scanner types.
pub(super) fn why(lang: Lang, test: &SelfTest) -> String {
    let said = match (test, lang) {
        (SelfTest::LettersRight, Lang::English) => "letters and digits come right",
        (SelfTest::LettersRight, Lang::German) => "Buchstaben und Ziffern stimmen",
        (SelfTest::AllRight, Lang::English) => "every character comes right",
        (SelfTest::AllRight, Lang::German) => "jedes Zeichen stimmt",
        (SelfTest::NoGs, Lang::English) => "the separator GS (FNC1) is missing",
        (SelfTest::NoGs, Lang::German) => "das Trennzeichen GS (FNC1) fehlt",
        (SelfTest::GsAs(c), Lang::English) => return format!("the separator GS (FNC1) comes as {c}"),
        (SelfTest::GsAs(c), Lang::German) => return format!("das Trennzeichen GS (FNC1) kommt als {c}"),
        (SelfTest::CaseSwapped, Lang::English) => "capitals and small letters are swapped",
        (SelfTest::CaseSwapped, Lang::German) => "Groß- und Kleinbuchstaben sind vertauscht",
        (SelfTest::OtherKeyboard { typed, read_as }, Lang::English) => {
            return format!("it types like {}, and is read as {}", typed.join(" or "), read_as.join(" or "));
        }
        (SelfTest::OtherKeyboard { typed, read_as }, Lang::German) => {
            return format!("er tippt wie {} und wird gelesen als {}", typed.join(" oder "), read_as.join(" oder "));
        }
        (SelfTest::Unlike, Lang::English) => "the characters come otherwise than printed",
        (SelfTest::Unlike, Lang::German) => "die Zeichen kommen anders als gedruckt",
    };
    said.to_owned()
}

/// What to do about it.
pub(super) fn remedy(lang: Lang, test: &SelfTest) -> String {
    let said = match (test, lang) {
        (SelfTest::AllRight, Lang::English) => "Go on working.",
        (SelfTest::AllRight, Lang::German) => "Weiterarbeiten.",
        (SelfTest::LettersRight, Lang::English) => "If the scanner reads square codes, scan the square one too.",
        (SelfTest::LettersRight, Lang::German) => "Liest der Scanner quadratische Codes, auch den scannen.",
        (SelfTest::CaseSwapped, Lang::English) => "Switch Caps Lock off, then scan it again.",
        (SelfTest::CaseSwapped, Lang::German) => "Feststelltaste lösen, dann noch einmal scannen.",
        (SelfTest::GsAs(c), Lang::English) => return format!("Call a technician: gs = '{c}' in traveller.toml."),
        (SelfTest::GsAs(c), Lang::German) => return format!("Techniker rufen: gs = '{c}' in traveller.toml."),
        (SelfTest::NoGs | SelfTest::OtherKeyboard { .. } | SelfTest::Unlike, Lang::English) => {
            "Take another scanner and call a technician: traveller doctor scanners."
        }
        (SelfTest::NoGs | SelfTest::OtherKeyboard { .. } | SelfTest::Unlike, Lang::German) => {
            "Anderen Scanner nehmen und einen Techniker rufen: traveller doctor scanners."
        }
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::refusal::{Code, Evidence};
    use crate::ui::glyph::on_every_console;
    use crate::ui::words::{message, what_to_do};
    use crate::ui::wrap::wrap;

    #[test]
    fn every_outcome_is_said_in_every_language_and_fits() {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect();
        let all = ["de", "es", "it", "se", "ch"];
        let outcomes = [
            SelfTest::LettersRight,
            SelfTest::AllRight,
            SelfTest::NoGs,
            SelfTest::GsAs('\u{1b}'),
            SelfTest::CaseSwapped,
            SelfTest::OtherKeyboard { typed: words(&["de", "ch"]), read_as: words(&["us"]) },
            SelfTest::OtherKeyboard { typed: words(&all), read_as: words(&all) },
            SelfTest::Unlike,
        ];
        for (outcome, lang) in outcomes.iter().flat_map(|o| Lang::ALL.map(|lang| (o, lang))) {
            let of = Evidence { scanner: Some(outcome.clone()), ..Evidence::default() };
            for text in [message(lang, Code::ScannerTest, &of), what_to_do(lang, Code::ScannerTest, &of)] {
                assert!(text.chars().all(on_every_console), "{text}");
                assert!(wrap(&text, 38).len() <= 5 && wrap(&text, 76).len() <= 3, "{text}");
            }
        }
        let of = Evidence { scanner: outcomes.into_iter().nth(5), ..Evidence::default() };
        let said = message(Lang::English, Code::ScannerTest, &of);
        assert_eq!(said, "Scanner test: it types like de or ch, and is read as us.");
    }
}
