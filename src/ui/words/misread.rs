//! Why a scan counts for nothing, as the middle of a sentence, and what helps where scanning again does not.

use super::self_test;
use crate::app::lang::Lang;
use crate::domain::label::Loss;
use crate::domain::refusal::Evidence;

/// What is wrong with the label or the scan.
pub(super) fn why(lang: Lang, of: &Evidence) -> Option<String> {
    if let Some(loss) = of.lost {
        return Some(lost(lang, loss).to_owned());
    }
    if let Some(test) = &of.scanner {
        return Some(self_test::why(lang, test));
    }
    let word = of.flaw.as_deref()?;
    // A newer reader may know a rule that this catalogue does not.
    let said = flaw(lang, word).unwrap_or(word);
    Some(match of.field.as_deref().map(|key| field(lang, key)) {
        Some(field) if said.contains("{}") => said.replace("{}", &field),
        Some(field) => format!("{said} in {field}"),
        None => said.replace("{}", "…"),
    })
}

/// A rule that a label breaks, as people say it.
pub fn flaw(lang: Lang, word: &str) -> Option<&'static str> {
    let (_, english, german) = FLAWS.iter().find(|(known, ..)| *known == word)?;
    Some(match lang {
        Lang::English => english,
        Lang::German => german,
    })
}

/// What helps where the scanner itself is wrong.
pub(super) fn remedy(lang: Lang, of: &Evidence) -> Option<String> {
    if let Some(test) = &of.scanner {
        return Some(self_test::remedy(lang, test));
    }
    let text = match (of.lost?, lang) {
        (Loss::DeadKey | Loss::UnknownKey, Lang::English) => {
            "Take another scanner and call a technician: traveller doctor scanners."
        }
        (Loss::DeadKey | Loss::UnknownKey, Lang::German) => {
            "Anderen Scanner nehmen und einen Techniker rufen: traveller doctor scanners."
        }
        (Loss::Removed, Lang::English) => "Plug the scanner in, then scan again.",
        (Loss::Removed, Lang::German) => "Scanner anstecken, dann noch einmal scannen.",
        (Loss::Overrun | Loss::NoEnd | Loss::TooLong, _) => return None,
    };
    Some(text.to_owned())
}

/// What two batches may differ in, by the word of the record.
const NAMED: [(&str, &str, &str); 6] = [
    ("route", "the route", "der Ablauf"),
    ("revision", "the revision", "die Revision"),
    ("variant", "the variant", "die Variante"),
    ("order", "the order", "der Auftrag"),
    ("purpose", "the purpose", "der Zweck"),
    ("step", "the step", "der Schritt"),
];

/// A field of a label, as people call it.
pub(super) fn field(lang: Lang, key: &str) -> String {
    if let Some((_, english, german)) = NAMED.iter().find(|(named, ..)| *named == key) {
        return match lang {
            Lang::English => (*english).to_owned(),
            Lang::German => (*german).to_owned(),
        };
    }
    // Application Identifiers are numbers, data identifiers end in a letter.
    match (key.bytes().all(|b| b.is_ascii_digit()), lang) {
        (true, _) => format!("AI {key}"),
        (false, Lang::English) => format!("field {key}"),
        (false, Lang::German) => format!("Feld {key}"),
    }
}

fn lost(lang: Lang, loss: Loss) -> &'static str {
    match (loss, lang) {
        (Loss::Overrun, Lang::English) => "some of its characters were lost",
        (Loss::Overrun, Lang::German) => "Zeichen gingen verloren",
        (Loss::NoEnd, Lang::English) => "the scan stopped before its end",
        (Loss::NoEnd, Lang::German) => "der Scan brach vor dem Ende ab",
        (Loss::Removed, Lang::English) => "the scanner was unplugged in the middle",
        (Loss::Removed, Lang::German) => "der Scanner wurde mittendrin getrennt",
        (Loss::DeadKey | Loss::UnknownKey, Lang::English) => "the scanner's layout is wrong",
        (Loss::DeadKey | Loss::UnknownKey, Lang::German) => "das Tastaturlayout des Scanners stimmt nicht",
        (Loss::TooLong, Lang::English) => "it is longer than any label",
        (Loss::TooLong, Lang::German) => "es ist länger als jedes Etikett",
    }
}

/// The rules that a label can break: the word of the record, and how people say it. Where the field to blame has a
/// place of its own in that, it is `{}`.
const FLAWS: [(&str, &str, &str); 44] = [
    ("empty", "nothing but a mark", "nichts als eine Kennung"),
    ("unknown-identifier", "an unknown identifier", "ein unbekannter Bezeichner"),
    ("too-many-fields", "too many fields", "zu viele Felder"),
    ("no-value", "no value", "kein Wert"),
    ("wrong-length", "wrong length", "falsche Länge"),
    ("too-long", "too many characters", "zu viele Zeichen"),
    ("not-digits", "not only digits", "nicht nur Ziffern"),
    ("not-in-set-82", "a character that may not be there", "ein unzulässiges Zeichen"),
    ("not-in-set-39", "a character that may not be there", "ein unzulässiges Zeichen"),
    ("not-in-set-64", "a character that may not be there", "ein unzulässiges Zeichen"),
    ("bad-check-digit", "bad check digit", "falsche Prüfziffer"),
    ("bad-check-pair", "bad check characters", "falsche Prüfzeichen"),
    ("bad-prefix", "no company prefix", "kein Firmenpräfix"),
    ("bad-month", "no such month", "kein gültiger Monat"),
    ("bad-day", "no such day", "kein gültiger Tag"),
    ("bad-time", "no such time", "keine gültige Uhrzeit"),
    ("bad-country", "unknown country", "unbekanntes Land"),
    ("bad-currency", "unknown currency", "unbekannte Währung"),
    ("bad-sex", "unknown code", "unbekannter Code"),
    ("bad-media-type", "unknown medium", "unbekannter Datenträger"),
    ("bad-package-type", "unknown package", "unbekannte Packungsart"),
    ("bad-importer", "unknown importer index", "unbekannter Importeur"),
    ("bad-winding", "unknown winding direction", "unbekannte Wickelrichtung"),
    ("not-yes-no", "neither 0 nor 1", "weder 0 noch 1"),
    ("zero", "a zero that may not be there", "eine unzulässige Null"),
    ("not-zero", "something else than zero", "etwas anderes als Null"),
    ("leading-zero", "a leading zero", "eine führende Null"),
    ("digits-only", "only digits", "nur Ziffern"),
    ("not-hyphen", "something else than a hyphen", "etwas anderes als ein Bindestrich"),
    ("bad-piece", "a piece beyond the total", "ein Teil jenseits der Gesamtzahl"),
    ("bad-place", "no place on earth", "kein Ort auf der Erde"),
    ("bad-percent", "a damaged percent sign", "ein beschädigtes Prozentzeichen"),
    ("bad-iban", "bad bank account", "falsche Kontonummer"),
    ("bad-coupon", "bad coupon code", "falscher Gutscheincode"),
    ("excluded", "a field that may not stand beside {}", "ein unzulässiges Feld neben {}"),
    ("alone", "a field is missing beside {}", "ein Feld fehlt neben {}"),
    ("two-values", "two different values", "zwei verschiedene Werte"),
    ("no-serial", "no serial number", "keine Seriennummer"),
    ("bad-address", "a character that no web address has", "ein Zeichen, das keine Webadresse hat"),
    ("bad-path", "a web address in the wrong order", "eine Webadresse in falscher Reihenfolge"),
    ("not-attribute", "a wrong place in the web address", "eine falsche Stelle in der Webadresse"),
    ("twice", "two of a kind", "zweimal dasselbe Feld"),
    ("bad-envelope", "lost separators", "verlorene Trennzeichen"),
    ("bad-retail", "wrong number of digits", "falsche Stellenzahl"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::refusal::Code;
    use crate::ui::glyph::on_every_console;
    use crate::ui::words::message;
    use crate::ui::wrap::wrap;

    #[test]
    fn every_flaw_is_said_in_every_language_and_fits() {
        for (word, ..) in FLAWS {
            for field in [None, Some("8003".to_owned()), Some("1T".to_owned())] {
                for lang in Lang::ALL {
                    let of = Evidence { flaw: Some(word.to_owned()), field: field.clone(), ..Evidence::default() };
                    let text = message(lang, Code::Misread, &of);
                    assert!(text.chars().all(on_every_console), "{text}");
                    assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
                    assert!(field.as_ref().is_none_or(|f| text.contains(f)), "{text}");
                    assert!(wrap(&text, 38).len() <= 5 && wrap(&text, 76).len() <= 3, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_flaw_of_a_newer_reader_is_told_by_its_word() {
        let of = Evidence { flaw: Some("bad-moon".to_owned()), field: Some("01".to_owned()), ..Evidence::default() };
        assert_eq!(why(Lang::English, &of).as_deref(), Some("bad-moon in AI 01"));
    }
}
