//! What keys do: in a word for the key line, and in a sentence for the help page.

use crate::app::lang::Lang;
use crate::app::offer::Act;

/// The key that moves the keyboard to the other seat, as it is written on its cap.
pub const TAB: &str = "Tab";

/// The words of one language for one act.
struct Words {
    word: &'static str,
    sentence: &'static str,
}

/// What a key does, in a word.
pub fn word(lang: Lang, act: Act) -> &'static str {
    words(lang, act).word
}

/// What a key does, in a sentence.
pub fn sentence(lang: Lang, act: Act) -> &'static str {
    words(lang, act).sentence
}

fn words(lang: Lang, act: Act) -> Words {
    let (word, sentence) = match lang {
        Lang::English => english(act),
        Lang::German => german(act),
    };
    Words { word, sentence }
}

fn english(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::Help => ("Help", "This page."),
        Act::Pass => ("Pass", "Passes the step. It must have all that it asks for."),
        Act::Retest => ("Retest", "Begins another attempt at this step, with a reason."),
        Act::Skip => ("Skip", "Leaves this step out. Nothing is recorded in it yet."),
        Act::Other => ("Other", "Does another step first. These go in any order."),
        Act::Station => ("Station", "Work order, loaded lots, gauges; and receiving material."),
        Act::List => ("List", "Lists what fits what is needed next. Scanning it is quicker."),
        Act::BeginLoad => ("Begin", "The load begins. No more units go in."),
        Act::EndLoad => ("End", "The load ends for all of its units, after its time."),
        Act::PutDown => ("Put down", "Puts the open unit down. What is recorded stays."),
        Act::Fail => ("Fail", "Fails the step. A reason is asked for."),
        Act::Pieces => ("Pieces", "Pieces that failed; or splits the batch, or merges another."),
        Act::Hold => ("Hold", "Stops this unit until a lead releases it. Asks for a reason."),
        Act::Last => ("Last", "Shows the last answer again."),
        Act::History => ("Record", "Shows what is recorded about this unit."),
        Act::Void => ("Undo", "Takes back your own last entry, with a reason."),
        Act::NewCarton => ("Carton", "Begins a carton with the next number of the house."),
        Act::TakeOut => ("Take out", "Takes the last unit out of the carton again, with a reason."),
        Act::Dispatch => ("Dispatch", "All that is loaded leaves. Nothing does if one may not."),
        Act::Lead => ("Lead", "A lead decides what becomes of the unit: badge and PIN."),
        Act::Call => ("Call", "Calls a lead. It shows at every station until somebody comes."),
        Act::CallOff => ("Uncall", "Takes the call for a lead back, with a reason."),
        Act::Shift => ("Shift", "The station is down or works; a note; labels of units."),
        Act::Seen => ("Seen", "It was read, and need not show again."),
        Act::Move => ("Revision", "A lead moves the unit to another revision: badge and PIN."),
        Act::Hour => ("Lead", "A lead says why an hour fell short; or a paper is entered."),
        Act::Paper => ("Paper", "Enters what stands on paper, with a witness: badge and PIN."),
        Act::EndPaper => ("Finish", "All of the paper is entered. Live work goes on."),
        Act::Language => ("DE", "Deutsch."),
        Act::SignOff => ("Sign off", "You leave. An unfinished unit is put down."),
        Act::Quit => ("Quit", "Leaves the program."),
        Act::Back => ("Back", "Empties the field, or goes back. It never leaves the step."),
    }
}

fn german(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::Help => ("Hilfe", "Diese Seite."),
        Act::Pass => ("Gut", "Schließt den Schritt ab. Es darf nichts mehr fehlen."),
        Act::Retest => ("Erneut", "Beginnt einen neuen Versuch an diesem Schritt, mit Grund."),
        Act::Skip => ("Entfällt", "Lässt diesen Schritt aus. Noch ist darin nichts erfasst."),
        Act::Other => ("Anderer", "Macht zuerst einen anderen Schritt. Die Folge ist frei."),
        Act::Station => ("Station", "Auftrag, geladene Chargen, Messgeräte; Material vereinnahmen."),
        Act::List => ("Liste", "Listet, was zum nächsten Bedarf passt. Scannen geht schneller."),
        Act::BeginLoad => ("Beginn", "Die Ladung beginnt. Dann geht kein Teil mehr hinein."),
        Act::EndLoad => ("Ende", "Die Ladung endet für alle Teile, nach ihrer Zeit."),
        Act::PutDown => ("Ablegen", "Legt das offene Teil ab. Was erfasst ist, bleibt."),
        Act::Fail => ("Fehler", "Der Schritt ist nicht in Ordnung. Ein Grund wird verlangt."),
        Act::Pieces => ("Stücke", "Fehlerhafte Stücke; oder teilt das Los, oder vereint zwei."),
        Act::Hold => ("Sperre", "Sperrt das Teil, bis der Schichtleiter es freigibt. Mit Grund."),
        Act::Last => ("Letzte", "Zeigt die letzte Antwort noch einmal."),
        Act::History => ("Akte", "Zeigt, was über dieses Teil erfasst ist."),
        Act::Void => ("Widerruf", "Nimmt Ihren letzten eigenen Eintrag zurück, mit Grund."),
        Act::NewCarton => ("Karton", "Beginnt einen Karton mit der nächsten Nummer des Hauses."),
        Act::TakeOut => ("Heraus", "Nimmt das letzte Teil wieder aus dem Karton, mit Grund."),
        Act::Dispatch => ("Versand", "Alles Geladene geht hinaus. Darf eines nicht, geht nichts."),
        Act::Lead => ("Leiter", "Der Schichtleiter entscheidet über das Teil: Ausweis, PIN."),
        Act::Call => ("Rufen", "Ruft den Schichtleiter. Jede Station zeigt es, bis er kommt."),
        Act::CallOff => ("Ruf aus", "Nimmt den Ruf zurück, mit Grund."),
        Act::Shift => ("Schicht", "Die Station steht oder läuft; Notiz; Etiketten von Teilen."),
        Act::Seen => ("Gesehen", "Es ist gelesen und muss nicht wieder erscheinen."),
        Act::Move => ("Revision", "Der Schichtleiter stellt das Teil um: Ausweis, PIN."),
        Act::Hour => ("Leiter", "Begründet eine Stunde; oder ein Papier wird eingegeben."),
        Act::Paper => ("Papier", "Gibt ein, was auf Papier steht, mit Zeugen: Ausweis, PIN."),
        Act::EndPaper => ("Fertig", "Das ganze Papier ist eingegeben. Es geht live weiter."),
        Act::Language => ("EN", "English."),
        Act::SignOff => ("Abmelden", "Sie gehen. Ein angefangenes Teil wird abgelegt."),
        Act::Quit => ("Beenden", "Beendet das Programm."),
        Act::Back => ("Zurück", "Leert das Feld oder geht zurück. Der Schritt bleibt."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::glyph::{cells, on_every_console};

    /// Cells that the places of a word and of a sentence have.
    const CELLS: [usize; 2] = [8, 62];

    #[test]
    fn every_word_fits_the_key_line_and_every_sentence_the_page() {
        for lang in Lang::ALL {
            for act in Act::ALL {
                let texts = [word(lang, act), sentence(lang, act)];
                for (text, most) in texts.into_iter().zip(CELLS) {
                    assert!(!text.is_empty() && cells(text) <= most, "{lang:?} {act:?}: {text}");
                    assert!(text.chars().all(on_every_console), "{text}");
                }
            }
        }
    }
}
