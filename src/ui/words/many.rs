//! The short texts about many units at once: nests, panels and loads; and about first pieces and golden samples.

use super::catalogue::labels;

labels! {
    /// A short text about many units at once.
    Many
    /// A nest of the station; its number follows.
    Nest 6 "Nest" "Nest",
    /// How to turn to another unit.
    NestKeys 60
        "Up, Down: another unit"
        "Auf, Ab: anderes Teil",
    /// The unit is made to prove the first piece.
    FirstArticle 16 "FIRST ARTICLE" "ERSTMUSTER",
    /// The unit is made to try something.
    Trial 16 "TRIAL" "VERSUCH",
    /// The unit is made to prove a tester.
    Golden 16 "GOLDEN SAMPLE" "PRÜFMUSTER",
    /// The unit is made to train somebody.
    Training 16 "TRAINING" "ÜBUNG",
    /// The load of the station; its number follows.
    Load 8 "Load" "Ladung",
    /// When the load began; the time follows.
    Begun 10 "begun" "begonnen",
    /// From when on it may end; the time follows.
    NotBefore 16 "not before" "nicht vor",
    /// Until when it has to end; the time follows.
    NotAfter 16 "not after" "nicht nach",

    /// The unit is the first piece of a shift; its name follows.
    FirstOfShift 26 "FIRST PIECE of shift" "ERSTSTÜCK der Schicht",
    /// The same of a day.
    FirstOfDay 26 "FIRST PIECE of day" "ERSTSTÜCK des Tages",
    /// The same of a work order.
    FirstOfOrder 26 "FIRST PIECE of order" "ERSTSTÜCK von Auftrag",
    /// The same of a lot.
    FirstOfLot 26 "FIRST PIECE of lot" "ERSTSTÜCK von Charge",
    /// What is signed.
    Approval 24 "first piece approved" "Erststück freigegeben",
    /// Why it is given up.
    WhyGiveUp 38 "WHY IS THE FIRST PIECE GIVEN UP?" "WARUM WIRD DAS ERSTSTÜCK AUFGEGEBEN?",
    /// When a golden sample is to be run again; its number stands before, the time follows.
    SampleDue 20 "is due again at" "ist wieder fällig um",
    /// When it was run; its number stands before, the time follows.
    SampleRun 24 "was found right at" "richtig erkannt um",
    /// The tester did not find what it should; the sample follows.
    TesterFailed 34 "THE TESTER FAILED in sample" "PRÜFPLATZ FEHLERHAFT bei Muster",
    /// What to do then.
    StopTesting 76
        "Stop testing. The tester did not find what it should."
        "Nicht weiter prüfen. Der Prüfplatz fand nicht, was er soll.",
    /// Until when.
    UntilGood 76
        "Call a technician. Scan the sample again: before that nothing is tested."
        "Techniker rufen. Dann das Muster neu scannen: Vorher wird nichts geprüft.",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Many::ALL {
            for lang in Lang::ALL {
                let text = label.text(lang);
                assert!(!text.is_empty() && cells(text) <= label.cells(), "{label:?} {lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
