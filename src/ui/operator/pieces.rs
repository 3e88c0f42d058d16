//! Questions about pieces of a batch.

use crate::app::pieces::{Handling, Pieces, Stage};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::batch::Words;
use crate::ui::words::label::Label;

/// The stage at which something else than what is listed may be said.
pub(super) const DEFECT: Stage = Stage::Defect;

/// The title of a question, and how to answer it.
pub(super) fn asks(pen: &Pen<'_>, pieces: &Pieces) -> (&'static str, Option<&'static str>) {
    let merges = pieces.moving == Some(Handling::Merge);
    match pieces.stage() {
        Stage::What => (pen.say(Words::What), Some(pen.say(Label::ChooseHint))),
        Stage::Count => (pen.say(Words::HowMany), Some(pen.say(Words::HowManyHint))),
        Stage::Defect => (pen.say(Words::WhyReject), Some(pen.say(Label::ChooseHint))),
        Stage::Words => (pen.say(Words::WhyReject), Some(pen.say(Label::WriteHint))),
        Stage::Label if merges => (pen.say(Words::OtherLabel), Some(pen.say(Words::OtherHint))),
        Stage::Label => (pen.say(Words::NewLabel), Some(pen.say(Words::NewHint))),
    }
}

/// What was said so far stays in sight.
pub(super) fn said(page: &mut Page<'_, '_>, pieces: &Pieces) {
    let strong = page.pen.theme.strong();
    let word = page.pen.say(Words::Pieces);
    let there = format!("{} {word}", pieces.there);
    let moved = pieces.moving.map(|moving| {
        let text = page.pen.say(label(moving));
        pieces.count.map_or_else(|| format!("▶ {text}"), |n| format!("▶ {text}: {n}"))
    });
    page.line(&moved.map_or_else(|| there.clone(), |moved| format!("{there}  {moved}")), strong);
}

/// What may be done, in words.
pub(super) fn label(moving: Handling) -> Words {
    match moving {
        Handling::Reject => Words::Reject,
        Handling::FailAll => Words::FailAll,
        Handling::Split => Words::Split,
        Handling::Merge => Words::Merge,
    }
}
