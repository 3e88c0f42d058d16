//! The short texts about labels and paper.

use super::catalogue::labels;

labels! {
    /// A short text about labels and paper.
    Paper
    /// Another label counts.
    Replaced 16 "New label" "Neues Etikett",
    /// It was printed once more.
    Reprinted 16 "Label again" "Etikett erneut",
    /// Another label for the unit in hand.
    DoReplace 34 "another label for this unit" "neues Etikett für dieses Teil",
    /// The label of the unit in hand once more.
    DoReprint 34 "its label printed once more" "Etikett nochmals gedruckt",
    /// A unit was found without a label.
    DoFind 34 "a unit without a label" "ein Teil ohne Etikett",
    /// By what it is known.
    HowKnown 38 "HOW IS THE UNIT KNOWN?" "WORAN IST DAS TEIL ERKANNT?",
    /// By a component.
    ByComponent 34 "by a component in it" "an einem Bauteil darin",
    /// By its carton.
    ByCarton 34 "by the carton that it is in" "am Karton, in dem es liegt",
    /// By whoever signs.
    ByMyself 34 "whoever signs knows it" "wer unterschreibt, kennt es",
    /// Which component.
    WhichComponent 38 "SCAN A COMPONENT IN IT" "EIN BAUTEIL DARIN SCANNEN",
    /// Which carton.
    WhichCarton 38 "SCAN THE CARTON" "DEN KARTON SCANNEN",
    /// Which unit.
    WhichUnit 38 "WHICH UNIT IS IT?" "WELCHES TEIL IST ES?",
    /// Its number is typed.
    UnitHint 60 "Type its number, Enter." "Nummer tippen, Enter.",
    /// Which number.
    WhichNumber 38 "SCAN THE NEW LABEL" "DAS NEUE ETIKETT SCANNEN",
    /// How to answer where there is none to scan.
    NumberHint 76
        "Or 1 Enter: it has the same number, and is scanned afterwards."
        "Oder 1 Enter: dieselbe Nummer, wird danach gescannt.",
    /// The same number.
    SameNumber 34 "the same number" "dieselbe Nummer",
    /// Why another label.
    WhyReplace 38 "WHY ANOTHER LABEL?" "WARUM EIN NEUES ETIKETT?",
    /// Why once more.
    WhyReprint 38 "WHY PRINT IT AGAIN?" "WARUM NOCHMALS DRUCKEN?",
    /// It cannot be read any more.
    Worn 28 "worn" "abgenutzt",
    /// It is gone.
    Lost 28 "lost" "verloren",
    /// It was printed wrong.
    Misprinted 28 "printed wrong" "falsch gedruckt",
    /// The new label is to be scanned back; its number follows.
    ScanBack 38 "SCAN THE NEW LABEL BACK:" "NEUES ETIKETT ZURÜCKSCANNEN:",
    /// Nothing was read from a label.
    NoNumber 76
        "No number can be read from that label. Type the number, Enter."
        "Von diesem Etikett ist keine Nummer zu lesen. Nummer tippen, Enter.",
    /// An hour is not what is to be told: a paper is entered.
    DoPaper 34 "enter what stands on paper" "eingeben, was auf Papier steht",
    /// When it happened.
    WhichTime 38 "WHEN WAS IT, BY THE PAPER?" "WANN WAR ES, LAUT PAPIER?",
    /// What the field is for.
    FieldTime 12 "Time" "Zeit",
    /// How to type a time.
    TimeHint 76
        "1040 is today at 10:40; 11231040 is the last 23 November at 10:40."
        "1040 ist heute um 10:40; 11231040 der letzte 23. November um 10:40.",
    /// It is no time.
    NoTime 76
        "That is no time. Type 1040 for today, 11231040 with month and day."
        "Das ist keine Zeit. 1040 ist heute, 11231040 mit Monat und Tag.",
    /// Who witnesses it.
    WhoWitnesses 38 "WHO WITNESSES THE PAPER?" "WER BEZEUGT DAS PAPIER?",
    /// Somebody else than whoever enters it.
    WitnessHint 76
        "Scan the badge of somebody else. You enter it; both names stay with it."
        "Ausweis einer anderen Person scannen. Beide Namen bleiben dabei.",
    /// The PIN of the witness.
    WitnessPin 60 "The PIN of whoever witnesses it." "PIN der Person, die bezeugt.",
    /// What is entered is from paper; the time follows.
    FromPaper 12 "FROM PAPER" "VOM PAPIER",
    /// Who enters it; the badge follows.
    EnteredBy 16 "entered by" "eingegeben von",
    /// Who witnesses it; the badge follows.
    WitnessedBy 16 "witness" "bezeugt von",
    /// Whose work it was.
    WhoseWork 76
        "First the badge of whoever did the work. F9 when all is entered."
        "Zuerst der Ausweis dessen, der gearbeitet hat. F9, wenn alles da ist.",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Paper::ALL {
            for lang in Lang::ALL {
                let text = label.text(lang);
                assert!(!text.is_empty() && cells(text) <= label.cells(), "{label:?} {lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
