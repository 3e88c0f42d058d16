//! `traveller trace UNIT`: what a unit is made of, down to the parts of its sub-assemblies.

use std::io::{self, Write};

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::show::unknown;
use super::unit_args::UnitArg;
use crate::domain::id::{Badge, PartId, StepId, UnitId};
use crate::domain::text::display_safe;
use crate::domain::time::At;
use crate::domain::what::Piece;
use crate::ledger::read::trace::Made;

#[derive(Serialize)]
struct Traced<'a> {
    unit: &'a UnitId,
    made_of: Vec<Installed<'a>>,
}

#[derive(Serialize)]
struct Installed<'a> {
    part: &'a PartId,
    #[serde(flatten)]
    piece: &'a Piece,
    quantity: u32,
    step: &'a StepId,
    at: At,
    by: Option<&'a Badge>,
    how: Option<&'static str>,
    made_of: Vec<Self>,
}

impl<'a> Installed<'a> {
    fn new(made: &'a Made) -> Self {
        Self {
            part: &made.part,
            piece: &made.piece,
            quantity: made.quantity,
            step: &made.step,
            at: made.at,
            by: made.by.as_ref(),
            how: made.how.as_ref().map(crate::domain::event::How::word),
            made_of: made.made_of.iter().map(Self::new).collect(),
        }
    }
}

pub(super) fn run(cx: &mut Context<'_>, args: &UnitArg) -> Result<Outcome, Failure> {
    let made_of = cx.reader()?.trace(&args.unit)?.ok_or_else(|| unknown(&args.unit))?;
    if cx.json {
        json_line(cx.out, &Traced { unit: &args.unit, made_of: made_of.iter().map(Installed::new).collect() })?;
    } else {
        writeln!(cx.out, "{}", args.unit)?;
        tree(cx.out, &made_of, 1)?;
    }
    Ok(Outcome::Done)
}

fn tree(out: &mut dyn Write, made_of: &[Made], level: usize) -> io::Result<()> {
    for made in made_of {
        let (sort, number) = match &made.piece {
            Piece::Lot(lot) => ("lot", lot.as_str()),
            Piece::Serial(serial) => ("serial", serial.as_str()),
        };
        let by = made.by.as_ref().map_or("-", Badge::as_str);
        let line =
            format!("{} x {}  {sort} {number}  step {}  {}  by {by}", made.quantity, made.part, made.step, made.at);
        writeln!(out, "{:indent$}{}", "", display_safe(&line), indent = 2 * level)?;
        tree(out, &made.made_of, level + 1)?;
    }
    Ok(())
}
