//! What is on the sheet.

use super::symbol::{Symbol, Symbology};
use crate::app::lang::Lang;
use crate::app::port::Fault;
use crate::domain::command_code::CommandCode;
use crate::domain::self_test::{long_text, short_text};

/// The sheet, to be drawn.
#[derive(Debug)]
pub struct Sheet {
    /// What it is called, in each of its languages.
    pub(super) titles: Vec<&'static str>,
    /// One line below that.
    pub(super) remarks: Vec<&'static str>,
    /// One card for each command.
    pub(super) commands: Vec<Card>,
    /// The scanner's self-test.
    pub(super) test: Card,
}

/// One card.
#[derive(Debug)]
pub(super) struct Card {
    /// In each language of the sheet.
    pub(super) titles: Vec<&'static str>,
    /// The key that does the same, where one does.
    pub(super) key: Option<&'static str>,
    /// The symbols, and what they say where a person can type it.
    pub(super) symbols: Vec<Symbol>,
    /// The code in letters; none of the self-test, which tests nothing when it is typed.
    pub(super) letters: Option<String>,
}

impl Sheet {
    /// The sheet in these languages. The self-test has its bar code only where the commands do, and always its square
    /// symbol, since the bar code has no room for all of it.
    pub fn new(languages: &[Lang], symbology: Symbology) -> Result<Self, Fault> {
        let each = |text: fn(Lang) -> &'static str| languages.iter().map(|lang| text(*lang)).collect::<Vec<_>>();
        let command = |code: CommandCode| {
            let text = code.text();
            Ok(Card {
                titles: languages.iter().map(|lang| title(code, *lang)).collect(),
                key: key(code),
                symbols: vec![Symbol::of(&text, symbology)?],
                letters: Some(text),
            })
        };
        let bars = match symbology {
            Symbology::Code128 => Some(Symbol::of(&short_text(), symbology)?),
            Symbology::DataMatrix | Symbology::QrCode => None,
        };
        let square = Symbol::of(&long_text(), Symbology::DataMatrix)?;
        Ok(Self {
            titles: each(sheet_title),
            remarks: each(sheet_remark),
            commands: CommandCode::ALL.into_iter().map(command).collect::<Result<_, Fault>>()?,
            test: Card {
                titles: each(test_title),
                key: None,
                symbols: bars.into_iter().chain([square]).collect(),
                letters: None,
            },
        })
    }
}

fn sheet_title(lang: Lang) -> &'static str {
    match lang {
        Lang::English => "Traveller: command sheet",
        Lang::German => "Traveller: Befehlsblatt",
    }
}

fn sheet_remark(lang: Lang) -> &'static str {
    match lang {
        Lang::English => "Print at full size. A scan does what its key does.",
        Lang::German => "In voller Größe drucken. Ein Scan wirkt wie seine Taste.",
    }
}

fn test_title(lang: Lang) -> &'static str {
    match lang {
        Lang::English => "Scanner test: the screen says whether it is right",
        Lang::German => "Scannertest: der Bildschirm sagt, ob er stimmt",
    }
}

fn title(code: CommandCode, lang: Lang) -> &'static str {
    match (code, lang) {
        (CommandCode::Pass, Lang::English) => "Pass the step",
        (CommandCode::Pass, Lang::German) => "Schritt bestanden",
        (CommandCode::Fail, Lang::English) => "Fail the step",
        (CommandCode::Fail, Lang::German) => "Schritt nicht bestanden",
        (CommandCode::Hold, Lang::English) => "Hold the unit",
        (CommandCode::Hold, Lang::German) => "Teil sperren",
        (CommandCode::Void, Lang::English) => "Undo my last entry",
        (CommandCode::Void, Lang::German) => "Letzte Eingabe zurück",
        (CommandCode::Retest, Lang::English) => "Try again",
        (CommandCode::Retest, Lang::German) => "Noch ein Versuch",
        (CommandCode::Close, Lang::English) => "Put the unit down",
        (CommandCode::Close, Lang::German) => "Teil ablegen",
        (CommandCode::SignOff, Lang::English) => "Sign off",
        (CommandCode::SignOff, Lang::German) => "Abmelden",
    }
}

/// The keys of the operator's screen.
fn key(code: CommandCode) -> Option<&'static str> {
    match code {
        CommandCode::Pass => Some("F2"),
        CommandCode::Fail => Some("F3"),
        CommandCode::Hold => Some("F4"),
        CommandCode::Void => Some("F7"),
        CommandCode::SignOff => Some("F12"),
        CommandCode::Retest | CommandCode::Close => None,
    }
}
