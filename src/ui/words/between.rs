//! The short texts about what one shift leaves to the next, and about units that were moved to another revision.

use super::catalogue::labels;

labels! {
    /// A short text between two shifts.
    Between
    /// A station calls for a lead; its name stands before, the time follows.
    Calls 8 "calls" "ruft",
    /// The station is down; the time follows.
    Down 8 "DOWN" "STEHT",
    /// This station calls for a lead; the time follows.
    Called 12 "lead called" "Ruf läuft",
    /// What is left at the station.
    LeftTitle 30 "LEFT HERE" "HIER LIEGT NOCH",
    /// A unit that was put down in the middle of a step.
    HalfDone 12 "half done" "halb fertig",
    /// Why the station is down; the reason follows.
    DownSince 22 "station down since" "Station steht seit",
    /// Since when a lead is called; the time follows.
    CalledSince 22 "lead called at" "Leiter gerufen um",
    /// How many notes wait; the number stands before.
    Notes 16 "notes to read" "Notizen",
    /// Whose work is gone on with; the badge follows.
    TakenOver 16 "taken over from" "übernommen von",
    /// The menu of the shift.
    ShiftTitle 38 "THIS STATION" "DIESE STATION",
    /// The station is down.
    DoDown 34 "station is down" "Station steht",
    /// The station works again.
    DoUp 34 "station works again" "Station läuft wieder",
    /// A note is left.
    DoNote 34 "note for whoever comes next" "Notiz für die nächste Schicht",
    /// Why the station is down.
    WhyDown 38 "WHY IS THE STATION DOWN?" "WARUM STEHT DIE STATION?",
    /// What the note says.
    WhatNote 38 "WHAT IS TO BE KNOWN?" "WAS IST ZU WISSEN?",
    /// Why the call is withdrawn.
    WhyWithdraw 38 "WHY NEED NOBODY COME?" "WARUM MUSS NIEMAND KOMMEN?",
    /// It settled itself.
    Settled 28 "settled" "erledigt",
    /// The key was pressed by mistake.
    ByMistake 28 "pressed by mistake" "Versehen",
    /// Notes that wait to be read.
    NotesTitle 38 "NOTES FROM THE SHIFT BEFORE" "NOTIZEN DER VORIGEN SCHICHT",
    /// How to say that they were read.
    NotesHint 76
        "F2: they are read, and show no more. Esc: they show again at sign-on."
        "F2: gelesen, erscheinen nicht mehr. Esc: erscheinen wieder bei Anmeldung.",
    /// The unit was moved; the revision follows.
    MovedTitle 38 "THIS UNIT WAS MOVED TO REVISION" "DIESES TEIL IST JETZT REVISION",
    /// How to say that it was seen.
    MovedHint 76
        "F2: seen, and shown no more. Esc: shown again when the unit is opened."
        "F2: gesehen, erscheint nicht mehr. Esc: erscheint beim Öffnen wieder.",
    /// A step is due again; it follows.
    DueAgain 16 "due again" "erneut fällig",
    /// Nothing is due again.
    NothingAgain 28 "nothing is due again" "nichts ist erneut fällig",
    /// The unit cannot move to a revision.
    CannotMove 28 "cannot move there" "geht dort nicht",
    /// Which revision.
    WhichRevision 38 "WHICH REVISION?" "WELCHE REVISION?",
    /// Why it is moved.
    WhyMove 38 "WHY IS IT MOVED?" "WARUM WIRD UMGESTELLT?",
    /// Which hour fell short.
    WhichHour 38 "WHICH HOUR FELL SHORT?" "WELCHE STUNDE WAR ZU KNAPP?",
    /// Why it did.
    WhyShort 38 "WHY DID IT FALL SHORT?" "WARUM KAM ZU WENIG HERAUS?",
    /// A step is new.
    New 20 "new" "neu",
    /// Other material.
    Material 20 "other material" "anderes Material",
    /// Other checks or limits.
    Checks 20 "other checks" "andere Prüfungen",
    /// Another gauge.
    Gauge 20 "other gauge" "anderes Messgerät",
    /// Elsewhere, or by others.
    Place 20 "other place or role" "andere Stelle/Rolle",
    /// Another signature.
    Signature 20 "other signature" "andere Unterschrift",
    /// Another time limit.
    Time 20 "other time limit" "andere Frist",
    /// The record: the unit was moved; the revision follows.
    Moved 14 "moved to" "umgestellt auf",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Between::ALL {
            for lang in Lang::ALL {
                let text = label.text(lang);
                assert!(!text.is_empty() && cells(text) <= label.cells(), "{label:?} {lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
