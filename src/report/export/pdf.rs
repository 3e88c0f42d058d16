//! Dossiers as PDF/A-2u: archived as they are, each letter in the file with the font that draws it, and each readable
//! as text again. A PDF is made as a whole, so it takes so many units and no more.
//!
//! The crate that writes it holds the file against the rules of PDF/A while it is made, and gives none that breaks one.
#![expect(clippy::float_arithmetic, reason = "a page is measured in points")]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{FontRef, MetadataProvider as _};

use super::dossier::Dossier;
use super::lines::{Line, facts, lines};
use crate::app::port::Fault;
use crate::domain::time::At;
use crate::ledger::head_file::Witnessed;
use crate::report::columns::{filled, words};
use crate::report::sheet::symbol::Symbol;
use crate::report::shift::content::HeadSheet;
use crate::report::shift::html::{WITNESS, WITNESS_TITLE};

/// Units that one PDF may have.
pub const UNITS_MOST: u64 = 500;
/// Liberation Mono, under the SIL Open Font License 1.1; its text lies beside it.
const FONT: &[u8] = include_bytes!("LiberationMono-Regular.ttf");
/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 57.0;
const SIZE: f32 = 10.0;
const LEADING: f32 = 12.0;
/// Lines of a page, and the one at its foot.
const LINES: u16 = 59;
const FOOT: u16 = 61;
/// Of the size, how wide each letter is.
const ADVANCE: f32 = 0.6;
/// Points of a module of the code.
const MODULE: f32 = 2.5;
/// Points of a line that a code takes, rounded up.
const CODE_LEADING: u16 = 12;

/// A PDF under way: its lines, and the codes below them.
pub struct Pdf {
    lines: Vec<Line>,
    codes: Vec<HeadSheet>,
    title: String,
    made: At,
}

impl Pdf {
    /// A PDF of what the facts say.
    pub fn new(about: &[(String, String)], made: At) -> Self {
        let title = "Device history record".to_owned();
        let mut all = vec![Line { text: title.to_uppercase(), is_head: true }, empty()];
        all.extend(facts(about));
        Self { lines: all, codes: Vec::new(), title, made }
    }

    /// Takes one more dossier.
    pub fn add(&mut self, dossier: &Dossier) {
        self.lines.push(empty());
        self.lines.extend(lines(dossier));
    }

    /// The file, with the heads of the ledger as codes at its end.
    pub fn finish(mut self, heads: &[Witnessed]) -> Result<Vec<u8>, Fault> {
        self.lines.extend([empty(), Line { text: WITNESS_TITLE.to_uppercase(), is_head: true }]);
        self.lines.extend(filled(0, 0, 1, &words(WITNESS)).into_iter().map(|text| Line { text, is_head: false }));
        self.codes = heads.iter().map(HeadSheet::of).collect::<Result<_, Fault>>()?;
        let failed = |what: String| Fault::new(format!("the PDF could not be made: {what}"), "export it as html");
        let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U).finish();
        let configuration = configuration.map_err(|e| failed(format!("{e:?}")))?;
        let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        document.set_metadata(self.metadata());
        let letters = Letters::new().ok_or_else(|| failed("its font is damaged".to_owned()))?;
        let page = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("it has no size".to_owned()))?;
        for (n, placed) in (1..).zip(self.pages()) {
            let mut page = document.start_page_with(page.clone());
            let mut surface = page.surface();
            surface.set_fill(Some(Fill { opacity: NormalizedF32::ONE, ..Fill::default() }));
            for (line, piece) in placed {
                match piece {
                    Piece::Text(text) => letters.draw(&mut surface, line, &text),
                    Piece::Code(code) => draw_code(&mut surface, line, code),
                }
            }
            letters.draw(&mut surface, FOOT, &format!("{}, page {n}", self.title));
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|e| failed(format!("{e:?}")))
    }

    fn metadata(&self) -> Metadata {
        let metadata =
            Metadata::new().title(self.title.clone()).creator("Traveller".to_owned()).language("en".to_owned());
        let Ok(made) = Timestamp::from_microsecond(self.made.0) else { return metadata };
        let made = TimeZone::UTC.to_datetime(made);
        let part = |n: i8| u8::try_from(n).unwrap_or_default();
        let date = DateTime::new(u16::try_from(made.year()).unwrap_or_default())
            .month(part(made.month()))
            .day(part(made.day()))
            .hour(part(made.hour()))
            .minute(part(made.minute()))
            .second(part(made.second()))
            .utc_offset_hour(0)
            .utc_offset_minute(0);
        metadata.creation_date(date)
    }

    /// What stands on each page, and on which of its lines. A head stays with what follows it.
    fn pages<'p>(&'p self) -> Vec<Vec<(u16, Piece<'p>)>> {
        let mut pages = vec![Vec::new()];
        let mut at = 0;
        let mut place = |height: u16, piece: Piece<'p>, keeps: u16| {
            if at + height + keeps > LINES {
                pages.push(Vec::new());
                at = 0;
            }
            if let Some(page) = pages.last_mut() {
                page.push((at, piece));
            }
            at += height;
        };
        for line in &self.lines {
            place(1, Piece::Text(line.text.clone()), if line.is_head { 2 } else { 0 });
        }
        for head in &self.codes {
            let code = lines_of(&head.code);
            let words = filled(0, 0, 1, &words(&head.words));
            let below = code + u16::try_from(words.len()).unwrap_or(LINES);
            place(1, Piece::Text(String::new()), below + 1);
            place(1, Piece::Text(head.title.clone()), below);
            for line in words {
                place(1, Piece::Text(line), 0);
            }
            place(code, Piece::Code(&head.code), 0);
        }
        pages
    }
}

/// What stands at a place.
enum Piece<'a> {
    /// A line of text.
    Text(String),
    /// A code.
    Code(&'a Symbol),
}

fn empty() -> Line {
    Line { text: String::new(), is_head: false }
}

/// The lines that a code takes, with the blank around it.
fn lines_of(code: &Symbol) -> u16 {
    let modules = u16::try_from(code.rows.len() + 2 * code.quiet()).unwrap_or(u16::MAX / 8);
    (modules * 5 / 2).div_ceil(CODE_LEADING)
}

/// Where a line stands.
fn baseline(line: u16) -> f32 {
    MARGIN + f32::from(line) * LEADING + SIZE
}

/// The letters of the font.
struct Letters {
    font: Font,
    table: FontRef<'static>,
}

impl Letters {
    fn new() -> Option<Self> {
        Some(Self { font: Font::new(FONT.to_vec().into(), 0)?, table: FontRef::new(FONT).ok()? })
    }

    /// The glyph of a character; none where the font has none.
    fn glyph(&self, c: char) -> Option<u32> {
        self.table.charmap().map(c).map(skrifa::GlyphId::to_u32).filter(|glyph| *glyph != 0)
    }

    /// The text in letters that there are: any other is written as its number.
    fn legible(&self, text: &str) -> String {
        let written = |c: char| if self.glyph(c).is_some() { c.to_string() } else { format!("<{:04X}>", u32::from(c)) };
        text.chars().map(written).collect()
    }

    fn draw(&self, surface: &mut Surface<'_>, line: u16, text: &str) {
        let text = self.legible(text);
        let glyph = |(at, c): (usize, char)| KrillaGlyph {
            glyph_id: GlyphId::new(self.glyph(c).unwrap_or_default()),
            text_range: at..at + c.len_utf8(),
            x_advance: ADVANCE,
            x_offset: 0.0,
            y_offset: 0.0,
            y_advance: 0.0,
            location: None,
        };
        let glyphs: Vec<KrillaGlyph> = text.char_indices().map(glyph).collect();
        if !glyphs.is_empty() {
            let start = Point::from_xy(MARGIN, baseline(line));
            surface.draw_glyphs(start, &glyphs, self.font.clone(), &text, SIZE, false);
        }
    }
}

/// A code, one rectangle for each dark module.
fn draw_code(surface: &mut Surface<'_>, line: u16, code: &Symbol) {
    let quiet = u16::try_from(code.quiet()).unwrap_or_default();
    let top = MARGIN + f32::from(line) * LEADING;
    let mut path = PathBuilder::new();
    for (y, row) in (quiet..).zip(&code.rows) {
        for (x, _) in (quiet..).zip(row).filter(|(_, dark)| **dark) {
            let (left, above) = (MARGIN + f32::from(x) * MODULE, top + f32::from(y) * MODULE);
            if let Some(module) = Rect::from_xywh(left, above, MODULE, MODULE) {
                path.push_rect(module);
            }
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
