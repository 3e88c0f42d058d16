//! The sheet as SVG: one page of A4, to be printed at full size. Lengths are in thousandths of a millimetre.

use std::fmt::{Arguments, Write};

use super::card::{Card, Sheet};
use super::symbol::{Symbol, Symbology};

const PAGE_WIDTH: usize = 210_000;
const PAGE_HEIGHT: usize = 297_000;
const MARGIN: usize = 12_000;
/// The blank between two cards.
const GAP: usize = 4_000;
/// The commands, side by side.
const COLUMNS: usize = 2;
const CARD_WIDTH: usize = (PAGE_WIDTH - 2 * MARGIN - GAP) / COLUMNS;
const CARD_HEIGHT: usize = 48_000;
/// Where the cards begin, below the sheet's title.
const CARDS_FROM: usize = MARGIN + 16_000;
/// The blank between a card's edge and what is in it.
const INSET: usize = 4_000;
/// Below the titles, and right of the edge, a card's symbols begin here.
const SYMBOLS_FROM: usize = 18_000;

const TITLE: usize = 5_000;
const SUBTITLE: usize = 3_600;

/// The narrowest bar: 0.38 mm, or 15 mil, which hand-held scanners read at arm's length and any office printer prints.
const BAR_MODULE: usize = 380;
/// ISO/IEC 15417 asks for 5 mm or 15 percent of the length, whichever is more, where a person holds the scanner.
const BAR_HEIGHT: usize = 18_000;
/// One module of a square: 0.57 mm.
const SQUARE_MODULE: usize = 570;

/// The page.
pub fn svg(sheet: &Sheet) -> String {
    let mut page = String::new();
    put(
        &mut page,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" \
             viewBox=\"0 0 {PAGE_WIDTH} {PAGE_HEIGHT}\" font-family=\"sans-serif\">"
        ),
    );
    put(&mut page, format_args!(r##"<rect width="{PAGE_WIDTH}" height="{PAGE_HEIGHT}" fill="#fff"/>"##));
    label(&mut page, MARGIN, MARGIN + TITLE, TITLE, &sheet.titles.join(" / "));
    label(&mut page, MARGIN, MARGIN + TITLE + 6_000, SUBTITLE, &sheet.remarks.join(" / "));
    let mut top = CARDS_FROM;
    for row in sheet.commands.chunks(COLUMNS) {
        for (column, card) in row.iter().enumerate() {
            draw_card(&mut page, card, MARGIN + column * (CARD_WIDTH + GAP), top, CARD_WIDTH);
        }
        top += CARD_HEIGHT + GAP;
    }
    draw_card(&mut page, &sheet.test, MARGIN, top, PAGE_WIDTH - 2 * MARGIN);
    put(&mut page, format_args!("</svg>"));
    page
}

fn draw_card(page: &mut String, card: &Card, left: usize, top: usize, width: usize) {
    put(
        page,
        format_args!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{CARD_HEIGHT}\" fill=\"none\" \
             stroke=\"#999\" stroke-width=\"200\" stroke-dasharray=\"2000 1500\"/>"
        ),
    );
    for (at, title) in card.titles.iter().enumerate() {
        let size = if at == 0 { TITLE } else { SUBTITLE };
        label(page, left + INSET, top + INSET + 4_000 + at * 5_500, size, title);
    }
    if let Some(key) = card.key {
        label(page, left + width - INSET - 10_000, top + INSET + 4_000, TITLE, key);
    }
    let mut symbol_left = left + INSET;
    for symbol in &card.symbols {
        let module = module(symbol.symbology);
        let quiet = symbol.quiet() * module;
        draw_symbol(page, symbol, symbol_left + quiet, top + SYMBOLS_FROM);
        symbol_left += symbol.width() * module + 2 * quiet + INSET;
    }
    if let Some(letters) = &card.letters {
        label(page, left + INSET + 4_000, top + CARD_HEIGHT - INSET - 1_000, SUBTITLE, letters);
    }
}

fn module(symbology: Symbology) -> usize {
    match symbology {
        Symbology::Code128 => BAR_MODULE,
        Symbology::DataMatrix | Symbology::QrCode => SQUARE_MODULE,
    }
}

/// A symbol by itself, with the blank around it, to stand within another page.
pub(in crate::report) fn alone(symbol: &Symbol) -> String {
    let module = module(symbol.symbology);
    let quiet = symbol.quiet() * module;
    let width = symbol.width() * module + 2 * quiet;
    let height = symbol.rows.len() * row_height(symbol.symbology) + 2 * quiet;
    let mut drawn = String::new();
    put(
        &mut drawn,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}.{:03}mm\" height=\"{}.{:03}mm\" \
             viewBox=\"0 0 {width} {height}\">",
            width / 1_000,
            width % 1_000,
            height / 1_000,
            height % 1_000
        ),
    );
    draw_symbol(&mut drawn, symbol, quiet, quiet);
    put(&mut drawn, format_args!("</svg>"));
    drawn
}

fn row_height(symbology: Symbology) -> usize {
    match symbology {
        Symbology::Code128 => BAR_HEIGHT,
        Symbology::DataMatrix | Symbology::QrCode => SQUARE_MODULE,
    }
}

/// One group, with one rectangle for each run of dark modules.
fn draw_symbol(page: &mut String, symbol: &Symbol, left: usize, top: usize) {
    let width = module(symbol.symbology);
    let height = row_height(symbol.symbology);
    let name = match symbol.symbology {
        Symbology::Code128 => "code128",
        Symbology::DataMatrix => "datamatrix",
        Symbology::QrCode => "qrcode",
    };
    put(page, format_args!(r##"<g class="{name}" fill="#000" shape-rendering="crispEdges">"##));
    for (y, row) in symbol.rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let (x, y, w) = (left + x * width, top + y * height, run.len() * width);
                put(page, format_args!(r#"<rect x="{x}" y="{y}" width="{w}" height="{height}"/>"#));
            }
            x += run.len();
        }
    }
    put(page, format_args!("</g>"));
}

fn label(page: &mut String, x: usize, y: usize, size: usize, text: &str) {
    let text = escaped(text);
    put(page, format_args!(r#"<text x="{x}" y="{y}" font-size="{size}">{text}</text>"#));
}

/// A text that stands within markup, in a value of it too.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}
