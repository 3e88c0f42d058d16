//! The texts of the board's screen beside those that it shares with the other outputs.

use super::catalogue::{Text, labels};
use crate::app::board::word::Word;
use crate::app::lang::Lang;

impl Text for Word {
    fn text(self, lang: Lang) -> &'static str {
        Self::text(self, lang)
    }
}

labels! {
    /// A text of the board's screen.
    BoardText
    /// Key: another check.
    KeyCheck 16 "another check" "andere Prüfung",
    /// Key: the page goes on.
    KeyMore 8 "more" "mehr",
    /// Help: its title.
    Help 60 "THE BOARD ONLY LOOKS: NOTHING HERE CHANGES A RECORD" "DIE TAFEL LIEST NUR: NICHTS HIER ÄNDERT DATEN",
    /// Help: the other language.
    Language 20 "other language" "andere Sprache",
    /// Help: signs.
    Signs 200
        "! something is wrong   ? nothing is known: silence is a state, never good   ▶ what runs now"
        "! etwas stimmt nicht   ? nichts bekannt: Stille ist ein Zustand, nie gut   ▶ was gerade läuft",
    /// Help: columns of the stations.
    Stations 400
        "wip, oldest, held: units due at this class of stations. fpy%: first attempts that passed. \
         ct/takt: seconds from one pass to the next, the middle one of the last, against the plan."
        "Arb, ält., gesp: fällige Teile dieser Stationsklasse. 1.%: erste Versuche, die bestanden. \
         Zt/Takt: Sekunden von einem Teil zum nächsten, mittlerer Wert, gegen den Plan.",
    /// Help: hours.
    Hours 300
        "█ done   ░ missing to what was due. Of the hour that runs, only what is due by now counts."
        "█ fertig   ░ fehlt zum Soll. Von der laufenden Stunde zählt nur, was bis jetzt fällig ist.",
    /// Help: reasons.
    Reason 200
        "Why an hour fell short, a lead says at a terminal: F9, or traveller hour explain."
        "Warum eine Stunde zu wenig brachte, sagt ein Leiter am Terminal: F9, oder traveller hour explain.",
    /// Help: trends.
    Trend 300
        "Trend: mean and control limits follow from the values alone; rules 1 to 4 of Western Electric tell that \
         something changed."
        "Verlauf: Mittel und Eingriffsgrenzen folgen allein aus den Werten; die Regeln 1 bis 4 von Western Electric \
         zeigen, dass sich etwas geändert hat.",
    /// Help: how new it is.
    AsOf 300
        "What is recorded shows within a second. Every figure is of the record as of the time above."
        "Was erfasst wird, steht binnen einer Sekunde hier. Jede Zahl ist vom Stand der Zeit oben.",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for lang in Lang::ALL {
            let texts = BoardText::ALL.iter().map(|label| (label.text(lang), label.cells()));
            for (text, room) in texts.chain(Word::ALL.iter().map(|word| (Word::text(*word, lang), word.cells()))) {
                assert!(!text.is_empty() && cells(text) <= room, "{lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{lang:?}: {text}");
            }
        }
    }
}
