//! Labels and paper at the screen: what is asked about a label, what is asked before a paper is entered, and the line
//! that shows as long as one is.

use ratatui::layout::Rect;

use super::question::signs;
use crate::app::from_paper::{self, FromPaper};
use crate::app::model::Model;
use crate::app::relabelling::{Chosen, Relabelling, Stage, Wish};
use crate::app::signing::Signing;
use crate::domain::labelling::{Found, Labels};
use crate::domain::traveller::Traveller;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::paper::Paper;

/// Cells from which on the names in the line have words.
const WIDE: u16 = 60;

/// The reasons of a label are a list that 0 leaves.
pub(super) const REASON: Stage = Stage::Reason;

/// Draws the line that tells that what is entered is from paper, and leaves the rest.
pub fn banner(pen: &mut Pen<'_>, area: Rect, model: &Model) -> Rect {
    let Some(paper) = model.paper() else { return area };
    let row = Rect { height: area.height.min(1), ..area };
    let style = pen.theme.stop();
    let (what, time) = (pen.say(Paper::FromPaper), pen.speech.time(paper.time));
    let words = [Paper::EnteredBy, Paper::WitnessedBy].map(|word| pen.say(word));
    let names = [&paper.by, &paper.witness].into_iter().zip(words);
    // Where there is little room, both names stay.
    let names = names.map(|(badge, word)| if row.width < WIDE { badge.to_string() } else { format!("{word} {badge}") });
    pen.fill(row, style);
    pen.put(row, 0, 0, &format!("{what} {time} • {}", names.collect::<Vec<_>>().join(" • ")), style);
    Rect { y: row.bottom(), height: area.height.saturating_sub(row.height), ..area }
}

/// What is asked about a label, and how to answer.
pub(super) fn asks(pen: &Pen<'_>, of: &Relabelling) -> (&'static str, Option<&'static str>) {
    let why = pen.say(if of.wish == Wish::Reprint { Paper::WhyReprint } else { Paper::WhyReplace });
    let (title, hint) = match of.stage() {
        Stage::Known => (pen.say(Paper::HowKnown), pen.say(Label::ChooseHint)),
        Stage::Component => return (pen.say(Paper::WhichComponent), None),
        Stage::Carton => return (pen.say(Paper::WhichCarton), None),
        Stage::Unit => (pen.say(Paper::WhichUnit), pen.say(Paper::UnitHint)),
        Stage::Number => (pen.say(Paper::WhichNumber), pen.say(Paper::NumberHint)),
        Stage::Reason => (why, pen.say(Label::ChooseHint)),
        Stage::Signing(Signing::Pin) if of.wish == Wish::Reprint => return (pen.say(Label::PinTitle), None),
        Stage::Signing(at) => return signs(pen, at, why),
    };
    (title, Some(hint))
}

/// What was said of a label so far stays in sight until it is signed.
pub(super) fn said(page: &mut Page<'_, '_>, of: &Relabelling) {
    let strong = page.pen.theme.strong();
    let found = of.found.as_ref().and_then(|found| match found {
        Found::Component(serial) => Some(serial.to_string()),
        Found::Carton(carton) => Some(carton.to_string()),
        Found::Open | Found::Choice => None,
    });
    let unit = of.unit.as_ref().filter(|_| of.wish == Wish::Find).map(ToString::to_string);
    let known: Vec<String> = found.into_iter().chain(unit).collect();
    if !known.is_empty() {
        page.line(&format!("▶ {}", known.join(" • ")), strong);
    }
    if let Some(number) = &of.number {
        let text = format!("▶ {} {number}", page.pen.say(Paper::Replaced));
        page.line(&text, strong);
    }
}

/// What can be chosen about a label.
pub(super) fn chosen(chosen: Chosen) -> Paper {
    match chosen {
        Chosen::Component => Paper::ByComponent,
        Chosen::Carton => Paper::ByCarton,
        Chosen::Myself => Paper::ByMyself,
        Chosen::SameNumber => Paper::SameNumber,
    }
}

/// What can be done with a label.
pub(super) fn wish(wish: Wish) -> Paper {
    match wish {
        Wish::Replace => Paper::DoReplace,
        Wish::Reprint => Paper::DoReprint,
        Wish::Find => Paper::DoFind,
    }
}

/// What is asked before a paper is entered, and how to answer.
pub(super) fn begins(pen: &Pen<'_>, stage: from_paper::Stage) -> (&'static str, Option<&'static str>) {
    let (title, hint) = match stage {
        from_paper::Stage::Time => (Paper::WhichTime, Paper::TimeHint),
        from_paper::Stage::Signing(Signing::Words | Signing::Badge) => (Paper::WhoWitnesses, Paper::WitnessHint),
        from_paper::Stage::Signing(Signing::Pin) => {
            return (pen.say(Label::PinTitle), Some(pen.say(Paper::WitnessPin)));
        }
    };
    (pen.say(title), Some(pen.say(hint)))
}

/// The time that a paper states stays in sight until it is signed.
pub(super) fn stated(page: &mut Page<'_, '_>, paper: &FromPaper) {
    let time = paper.time().filter(|_| paper.stage() != from_paper::Stage::Time);
    if let Some(time) = time.map(|time| page.pen.speech.time(time)) {
        let (text, strong) = (format!("▶ {} {time}", page.pen.say(Paper::FromPaper)), page.pen.theme.strong());
        page.line(&text, strong);
    }
}

/// That the new label of the unit waits to be scanned back.
pub(super) fn waits(page: &mut Page<'_, '_>, traveller: &Traveller) {
    let Labels { waits: Some(_), .. } = &traveller.labels else { return };
    let label = traveller.unit.as_ref().map(|unit| traveller.labels.valid(unit).as_str()).unwrap_or_default();
    let text = format!("{} {label}", page.pen.say(Paper::ScanBack));
    let style = page.pen.theme.hint();
    page.text(&text, 2, style);
}
