//! What the sheet of a step says of first pieces and golden samples.

use super::step::{Asked, line};
use crate::domain::first_piece::{FirstPieceRule, MEANING};
use crate::domain::golden::{Every, Golden};
use crate::domain::id::UnitId;
use crate::domain::route::Step;

/// What the station proves before work goes on.
pub(super) fn rules(step: &Step) -> Vec<String> {
    let first = step.first_piece.as_ref().map(|rule| {
        let of = match rule {
            FirstPieceRule::Shift => "shift".to_owned(),
            FirstPieceRule::Order => "order".to_owned(),
            FirstPieceRule::Lot(part) => format!("lot of {part}"),
        };
        format!("The first piece of each {of} is approved by quality or a lead before the next is begun.")
    });
    first.into_iter().chain(step.golden.as_ref().map(golden)).collect()
}

fn golden(golden: &Golden) -> String {
    let every = match golden.every {
        Every::Shift => "in each shift".to_owned(),
        Every::Minutes(n) => format!("every {n} minutes"),
    };
    let bad = if golden.bad.is_empty() { String::new() } else { format!(", and finds {} bad", any(&golden.bad)) };
    format!("The tester proves itself {every}: it finds {} good{bad}.", any(&golden.good))
}

fn any(samples: &[UnitId]) -> String {
    samples.iter().map(UnitId::as_str).collect::<Vec<_>>().join(" or ")
}

/// Where the approval of a first piece is signed.
pub(super) fn approval(step: &Step) -> Option<Asked> {
    step.first_piece.as_ref().map(|_| {
        let says = "quality or lead, another person than the one who did it; of a first piece only";
        Asked::new(&format!("Signed: {MEANING}"), says, vec![line("name"), line("signature"), line("date")])
    })
}
