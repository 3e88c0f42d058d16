//! `traveller trace UNIT`: what a unit is made of, down to the parts of its sub-assemblies. What was taken out again is
//! shown as that.

use std::io::{self, Write};

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::relabel;
use super::show::unknown;
use super::unit_args::UnitArg;
use crate::app::settlement::EventId;
use crate::domain::event::How;
use crate::domain::id::{Badge, PartId, StepId, UnitId};
use crate::domain::text::display_safe;
use crate::domain::time::At;
use crate::domain::what::Piece;
use crate::ledger::place::Place;
use crate::ledger::read::descent::Descended;
use crate::ledger::read::trace::{Gone, Made};
use crate::ledger::reader::Stream;

#[derive(Serialize)]
struct Traced<'a> {
    unit: &'a UnitId,
    made_of: Vec<Installed<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from: Vec<Before<'a>>,
}

/// A batch that pieces come from, as scripts read it.
#[derive(Serialize)]
struct Before<'a> {
    unit: &'a UnitId,
    pieces: u32,
    event: Option<EventId>,
    made_of: Vec<Installed<'a>>,
    from: Vec<Self>,
}

impl<'a> Before<'a> {
    fn new(before: &'a Descended, streams: &[Stream]) -> Self {
        Self {
            unit: &before.unit,
            pieces: before.pieces,
            event: named(before.event, streams),
            made_of: before.made_of.iter().map(|made| Installed::new(made, streams)).collect(),
            from: before.from.iter().map(|before| Self::new(before, streams)).collect(),
        }
    }
}

/// A piece, as scripts read it.
#[derive(Serialize)]
struct Installed<'a> {
    part: &'a PartId,
    /// The part that the route asks for, where an approved alternate took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<&'a PartId>,
    #[serde(flatten)]
    piece: &'a Piece,
    quantity: u32,
    step: &'a StepId,
    at: At,
    by: Option<&'a Badge>,
    how: Option<&'static str>,
    /// Of what was entered from paper: when, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    transcribed: Option<FromPaper<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<Removed>,
    made_of: Vec<Self>,
}

/// That a piece is from paper, as scripts read it. Nobody enters what is drawn from a loaded lot.
#[derive(Serialize)]
struct FromPaper<'a> {
    entered: At,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a Badge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a Badge>,
}

impl<'a> FromPaper<'a> {
    fn of(made: &'a Made) -> Option<Self> {
        made.happened?;
        let (by, witness) = match &made.how {
            Some(How::Transcribed { by, witness }) => (Some(by), Some(witness)),
            Some(How::Scanned(_) | How::Typed | How::Gauge(_) | How::Machine(_) | How::Loaded) | None => (None, None),
        };
        Some(Self { entered: made.at, by, witness })
    }

    fn in_words(&self) -> String {
        let named = |what: &str, badge: Option<&Badge>| badge.map_or_else(String::new, |b| format!(", {what} {b}"));
        format!("from paper, entered {}{}{}", self.entered, named("by", self.by), named("witness", self.witness))
    }
}

/// How a piece came out again, as scripts read it.
#[derive(Serialize)]
struct Removed {
    fate: &'static str,
    at: At,
    event: Option<EventId>,
}

impl<'a> Installed<'a> {
    fn new(made: &'a Made, streams: &[Stream]) -> Self {
        Self {
            part: made.alternate.as_ref().unwrap_or(&made.part),
            instead_of: made.alternate.is_some().then_some(&made.part),
            piece: &made.piece,
            quantity: made.quantity,
            step: &made.step,
            at: made.happened.unwrap_or(made.at),
            by: made.by.as_ref(),
            how: made.how.as_ref().map(How::word),
            transcribed: FromPaper::of(made),
            removed: made.gone.map(|gone| Removed::new(gone, streams)),
            made_of: made.made_of.iter().map(|made| Self::new(made, streams)).collect(),
        }
    }
}

impl Removed {
    fn new(Gone { fate, at, event }: Gone, streams: &[Stream]) -> Self {
        Self { fate: fate.word(), at, event: named(event, streams) }
    }
}

fn named(place: Place, streams: &[Stream]) -> Option<EventId> {
    let stream = streams.iter().find(|s| s.id == place.stream())?;
    Some(EventId { terminal: stream.terminal.clone(), epoch: stream.epoch.clone(), seq: place.seq() })
}

pub(super) fn run(cx: &mut Context<'_>, args: &UnitArg) -> Result<Outcome, Failure> {
    let unit = relabel::meant(cx, args.unit.clone())?;
    let reader = cx.reader()?;
    let made_of = reader.trace(&unit)?.ok_or_else(|| unknown(&unit))?;
    let from = reader.descent(&unit)?;
    if cx.json {
        let streams = reader.streams()?;
        let made_of = made_of.iter().map(|made| Installed::new(made, &streams)).collect();
        let from = from.iter().map(|before| Before::new(before, &streams)).collect();
        json_line(cx.out, &Traced { unit: &unit, made_of, from })?;
    } else {
        writeln!(cx.out, "{unit}")?;
        tree(cx.out, &made_of, 1)?;
        before(cx.out, &from, 1)?;
    }
    Ok(Outcome::Done)
}

fn tree(out: &mut dyn Write, made_of: &[Made], level: usize) -> io::Result<()> {
    for made in made_of {
        writeln!(out, "{:indent$}{}", "", display_safe(&in_words(made)), indent = 2 * level)?;
        tree(out, &made.made_of, level + 1)?;
    }
    Ok(())
}

fn before(out: &mut dyn Write, from: &[Descended], level: usize) -> io::Result<()> {
    for batch in from {
        writeln!(out, "{:indent$}{} pieces from batch {}", "", batch.pieces, batch.unit, indent = 2 * level)?;
        tree(out, &batch.made_of, level + 1)?;
        before(out, &batch.from, level + 1)?;
    }
    Ok(())
}

fn in_words(made: &Made) -> String {
    let (sort, number) = match &made.piece {
        Piece::Lot(lot) => ("lot", lot.as_str()),
        Piece::Serial(serial) => ("serial", serial.as_str()),
    };
    let by = made.by.as_ref().map_or("-", Badge::as_str);
    // How much of a loaded lot went in that was replaced in the middle of a unit, nobody knows.
    let many = if made.quantity == 0 { "some".to_owned() } else { made.quantity.to_string() };
    let part = match &made.alternate {
        Some(alternate) => format!("{alternate} instead of {}", made.part),
        None => made.part.to_string(),
    };
    let at = made.happened.unwrap_or(made.at);
    let paper = FromPaper::of(made).map_or_else(String::new, |paper| format!("  {}", paper.in_words()));
    let line = format!("{many} x {part}  {sort} {number}  step {}  {at}  by {by}{paper}", made.step);
    match made.gone {
        Some(Gone { fate, at, .. }) => format!("{line}  removed {at}: {}", fate.word()),
        None => line,
    }
}
