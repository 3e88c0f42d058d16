//! The sheet of command barcodes, read back by a decoder that is not ours.

use std::process::Command;

use regex::Regex;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, MultiFormatReader, Reader};

use traveller::capture::scanner::frames::Event;
use traveller::capture::scanner::options::LayoutName;
use traveller::domain::command_code::{CommandCode, LETTERS};
use traveller::domain::self_test::{PREFIX, long_text, short_text};
use traveller::station::doctor::enrol::{Ear, Said};

use super::encoder::{Control, ENTER, Scanner, under};

/// Thousandths of a millimetre of a pixel: a scan of 267 dots an inch.
const PIXEL: usize = 95;
/// A blank around a symbol that the sheet leaves, in thousandths of a millimetre: what is within must be drawn.
const BLANK: usize = 1_140;

fn sheet(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_traveller")).arg("sheet").args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A rectangle: left, top, width, height.
type Rectangle = [usize; 4];

/// One symbol: how it is called, and its rectangles.
struct Symbol {
    name: String,
    rectangles: Vec<Rectangle>,
}

/// What the page draws: each symbol in a group of its own.
fn symbols(svg: &str) -> Vec<Symbol> {
    let group = Regex::new(r#"(?s)<g class="(\w+)"[^>]*>(.*?)</g>"#).unwrap();
    let rectangle = Regex::new(r#"<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>"#).unwrap();
    let numbers = |found: regex::Captures<'_>| found.extract::<4>().1.map(|n| n.parse().unwrap());
    let symbol = |found: regex::Captures<'_>| Symbol {
        name: found[1].to_owned(),
        rectangles: rectangle.captures_iter(&found[2]).map(numbers).collect(),
    };
    group.captures_iter(svg).map(symbol).collect()
}

/// Paints rectangles as a scanner's camera sees them, and reads what they say.
fn read(rectangles: &[Rectangle], blank: usize, format: BarcodeFormat) -> String {
    let edge = |at: fn(&Rectangle) -> usize| rectangles.iter().map(at);
    let (left, top) = (edge(|r| r[0]).min().unwrap() - blank, edge(|r| r[1]).min().unwrap() - blank);
    let right = edge(|r| r[0] + r[2]).max().unwrap() + blank;
    let bottom = edge(|r| r[1] + r[3]).max().unwrap() + blank;
    let (width, height) = ((right - left).div_ceil(PIXEL), (bottom - top).div_ceil(PIXEL));
    let mut pixels = vec![255_u8; width * height];
    for [x, y, w, h] in rectangles {
        for row in (y - top) / PIXEL..(y - top + h) / PIXEL {
            let from = row * width + (x - left) / PIXEL;
            pixels[from..from + w / PIXEL].fill(0);
        }
    }
    let size = |n: usize| u32::try_from(n).unwrap();
    let source = Luma8LuminanceSource::new(pixels, size(width), size(height)).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { PossibleFormats: Some([format].into()), ..DecodeHints::default() };
    MultiFormatReader::default().decode_with_hints(&mut bitmap, &hints).unwrap().getText().to_owned()
}

fn format(name: &str) -> BarcodeFormat {
    match name {
        "code128" => BarcodeFormat::CODE_128,
        "datamatrix" => BarcodeFormat::DATA_MATRIX,
        other => panic!("{other}"),
    }
}

#[test]
fn every_symbol_of_the_page_reads_as_it_should() {
    let commands = || CommandCode::ALL.into_iter().map(CommandCode::text);
    let bars: Vec<_> = commands().chain([short_text(), long_text()]).collect();
    let squares: Vec<_> = commands().chain([long_text()]).collect();
    for (symbology, wanted) in [("code128", bars), ("datamatrix", squares)] {
        let page = sheet(&["--svg", "--symbology", symbology]);
        let found = symbols(&page);
        let told: Vec<_> = found.iter().map(|s| read(&s.rectangles, BLANK, format(&s.name))).collect();
        assert_eq!(told, wanted);
    }
}

/// Nothing else is drawn in the quiet zone, and nothing leaves the page.
#[test]
fn symbols_have_their_quiet_zones() {
    let page = sheet(&["--svg"]);
    let found = symbols(&page);
    let frame = |s: &Symbol, quiet: usize| {
        let left = s.rectangles.iter().map(|r| r[0]).min().unwrap() - quiet;
        let right = s.rectangles.iter().map(|r| r[0] + r[2]).max().unwrap() + quiet;
        let top = s.rectangles.iter().map(|r| r[1]).min().unwrap();
        let bottom = s.rectangles.iter().map(|r| r[1] + r[3]).max().unwrap();
        (left..right, top..bottom)
    };
    let text = Regex::new(r#"<text x="(\d+)" y="(\d+)" font-size="(\d+)""#).unwrap();
    for symbol in &found {
        let (modules, module) = if symbol.name == "code128" { (10, 380) } else { (2, 570) };
        let (across, down) = frame(symbol, modules * module);
        assert!(across.end <= 210_000 - 12_000 && down.end <= 297_000 - 12_000, "{across:?} {down:?}");
        let narrowest = symbol.rectangles.iter().map(|r| r[2]).min().unwrap();
        assert_eq!(narrowest, module);
        for [x, y, size] in text.captures_iter(&page).map(|c| c.extract::<3>().1.map(|n| n.parse::<usize>().unwrap())) {
            let beside = !across.contains(&x) && (x > across.end || x + 80_000 < across.start);
            assert!(beside || y < down.start || y - size > down.end, "a text at {x}, {y} in {across:?}, {down:?}");
        }
        let apart = |other: &&Symbol| {
            let (others_across, others_down) = frame(other, 0);
            let meets = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a.start < b.end && b.start < a.end;
            std::ptr::eq(*other, symbol) || !(meets(&across, &others_across) && meets(&down, &others_down))
        };
        assert!(found.iter().all(|other| apart(&other)));
    }
}

/// A page of letters, each as high as wide is: what ink makes of it.
#[test]
fn the_square_of_the_plain_text_reads_too() {
    let text = sheet(&["--symbology", "datamatrix"]);
    let is_drawn = |line: &&str| line.chars().any(|c| "▀▄█".contains(c));
    let mut squares: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if is_drawn(&line) {
            squares.last_mut().unwrap().push(line);
        } else if !squares.last().unwrap().is_empty() {
            squares.push(Vec::new());
        }
    }
    squares.retain(|square| !square.is_empty());
    let module = 4 * PIXEL;
    let told: Vec<_> = squares
        .iter()
        .map(|lines| {
            let mut rectangles = Vec::new();
            for (y, line) in lines.iter().enumerate() {
                for (x, c) in line.chars().enumerate() {
                    let halves: &[usize] = match c {
                        '█' => &[0, 1],
                        '▀' => &[0],
                        '▄' => &[1],
                        _ => &[],
                    };
                    let at = |half: &usize| [(x + 9) * module, (2 * y + half + 9) * module, module, module];
                    rectangles.extend(halves.iter().map(at));
                }
            }
            read(&rectangles, BLANK, BarcodeFormat::DATA_MATRIX)
        })
        .collect();
    let wanted: Vec<_> = CommandCode::ALL.into_iter().map(CommandCode::text).chain([long_text()]).collect();
    assert_eq!(told, wanted);
}

#[test]
fn the_sheet_speaks_one_language_or_both() {
    assert!(sheet(&[]).contains("Pass the step / Schritt bestanden  [F2]\nLGCPSS"));
    assert!(sheet(&["--lang", "de"]).contains("\nSchritt bestanden  [F2]\n"));
    assert!(sheet(&["--svg", "--lang", "en"]).contains(">Pass the step</text>"));
}

/// The letters of codes lie on the same key everywhere: whatever a scanner types like, they arrive.
#[test]
fn letters_of_codes_lie_on_the_same_key_of_every_keyboard() {
    let all: Vec<Scanner> = Scanner::all().collect();
    for c in LETTERS.chars().chain(PREFIX.chars()) {
        for scanner in &all {
            assert!(scanner.place(c).is_some() && scanner.place(c) == all[0].place(c), "{c} of {:?}", scanner.layout);
        }
    }
    for code in CommandCode::ALL {
        assert!(code.text().chars().all(|c| LETTERS.contains(c)), "{code:?}");
    }
}

/// The keyboards that a scanner may type like, as enrolment hears it; none where these keys are no self-test.
fn keyboards(keys: &[(u16, i32)]) -> Vec<LayoutName> {
    let mut ear = Ear::default();
    let heard = keys.iter().find_map(|(code, value)| match ear.take(Event::Key { code: *code, value: *value }, 0)? {
        Said::SelfTest(heard) => Some(heard.layouts),
        Said::Other | Said::Spoilt | Said::Esc => None,
    });
    heard.unwrap_or_default()
}

#[test]
fn the_keys_of_a_self_test_tell_the_keyboard() {
    for scanner in Scanner::all() {
        let keys = |text: &str| [scanner.text(text, Control::Own), under(&[], &[ENTER])].concat();
        assert_eq!(keyboards(&keys(&long_text())), [scanner.layout]);
        assert!(keyboards(&keys(&short_text())).contains(&scanner.layout));
        assert!(keyboards(&keys("PC226-000001")).is_empty());
    }
}
