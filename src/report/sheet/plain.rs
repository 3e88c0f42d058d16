//! The sheet as plain text, for a printer that has only letters. Ink is dark: on a screen of light letters a scanner
//! that does not read inverted codes reads none of it.

use super::card::{Card, Sheet};
use super::symbol::{Symbol, Symbology};

/// Lines of text that bars are high.
const BAR_LINES: usize = 5;

/// The sheet as lines of text.
pub fn text(sheet: &Sheet) -> String {
    let mut lines = vec![sheet.titles.join(" / "), sheet.remarks.join(" / ")];
    for card in sheet.commands.iter().chain([&sheet.test]) {
        lines.push(String::new());
        write_card(&mut lines, card);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

fn write_card(lines: &mut Vec<String>, card: &Card) {
    let key = card.key.map_or_else(String::new, |key| format!("  [{key}]"));
    lines.push(format!("{}{key}", card.titles.join(" / ")));
    lines.extend(card.letters.clone());
    for symbol in &card.symbols {
        lines.push(String::new());
        match symbol.symbology {
            Symbology::Code128 => write_bars(lines, symbol),
            Symbology::DataMatrix | Symbology::QrCode => lines.extend(square(symbol)),
        }
        lines.push(String::new());
    }
}

/// Two modules to a letter, from left to right.
fn write_bars(lines: &mut Vec<String>, symbol: &Symbol) {
    let blank = std::iter::repeat_n(false, symbol.quiet());
    let modules: Vec<bool> = blank.chain(symbol.rows.iter().flatten().copied()).collect();
    let letter = |pair: &[bool]| match (pair.first(), pair.get(1)) {
        (Some(true), Some(true)) => '█',
        (Some(true), _) => '▌',
        (_, Some(true)) => '▐',
        _ => ' ',
    };
    let line: String = modules.chunks(2).map(letter).collect();
    lines.extend(std::iter::repeat_n(line, BAR_LINES));
}

/// Two modules to a letter, one above the other.
pub(in crate::report) fn square(symbol: &Symbol) -> Vec<String> {
    let quiet = " ".repeat(symbol.quiet());
    let line = |pair: &[Vec<bool>]| {
        let (upper, lower) = (pair.first(), pair.get(1));
        let dark = |row: Option<&Vec<bool>>, x: usize| row.and_then(|r| r.get(x)).copied().unwrap_or(false);
        let letter = |x| match (dark(upper, x), dark(lower, x)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        format!("{quiet}{}", (0..symbol.width()).map(letter).collect::<String>())
    };
    symbol.rows.chunks(2).map(line).collect()
}
