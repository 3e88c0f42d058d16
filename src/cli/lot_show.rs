//! `traveller lot show`: everything on record about one lot.

use std::io;

use super::context::Context;
use super::export::Copies;
use super::failure::{Failure, Outcome};
use super::output::lines;
use crate::domain::id::LotId;
use crate::domain::text::json_safe;
use crate::report::lot_text;

pub(super) fn run(cx: &mut Context<'_>, lot: &LotId) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let copy = Copies::new(&reader).lot(lot)?;
    if cx.json {
        let line = copy.json().map_err(io::Error::from)?;
        writeln!(cx.out, "{}", json_safe(&line))?;
    } else {
        lines(cx.out, &lot_text::text(&copy.document, copy.events.len()))?;
    }
    Ok(Outcome::Done)
}

/// The answer where a lot is not on record.
pub(super) fn unknown(lot: &LotId) -> Failure {
    Failure::no(format!("lot {lot} is not on record"), "check the number; `traveller lot list` lists what is there")
}
