//! A lot's page, and a load's.

use super::hits::WIDE;
use super::said::{how, said};
use super::unit::{in_short, lack, more, total, used};
use crate::app::inspect::page::{LACK_ROWS, Tab};
use crate::app::inspect::record::Logged;
use crate::app::inspect::things::{LoadRow, LotLook, LotPage};
use crate::domain::id::{Badge, LotId};
use crate::domain::load::LoadOver;
use crate::domain::load_record::{Done, LoadRecord};
use crate::domain::lot::LotStanding;
use crate::domain::time::At;
use crate::domain::what::{Piece, What};
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::label::Label;
use crate::ui::words::look::Look;

/// A row of a lot's page.
pub(super) fn lot_row(pen: &Pen<'_>, page: &LotPage, at: usize, width: u16) -> Option<Row> {
    let look = &page.look;
    match page.tab {
        Tab::Record => look.events.get(at).map(|logged| lot_event(pen, logged, &look.lot, width)),
        Tab::Used => look.used.units.get(at).map(|unit| used(pen, unit, width)),
        Tab::Gaps => look.lacks.get(at / LACK_ROWS).map(|lacks| lack(lacks, at % LACK_ROWS)),
        Tab::Parts | Tab::Route => None,
    }
}

fn lot_event(pen: &Pen<'_>, logged: &Logged, lot: &LotId, width: u16) -> Row {
    let about = &logged.event.about;
    let (text, trouble) = match taken(pen, logged, lot).filter(|_| logged.holds) {
        Some(text) => (text, false),
        None => said(pen.speech, logged, None),
    };
    let bars = matches!(logged.event.what, What::LotHeld(_) | What::LotRejected(_));
    let tone = if trouble || bars { Tone::Trouble } else { Tone::Plain };
    let unit = about.unit.as_ref().map_or("", |unit| unit.as_str());
    let text = if unit.is_empty() { text } else { format!("{unit}  {text}") };
    at_time(pen, logged.event.when(), text, tone, about.by.as_ref(), width)
}

/// What a unit took from it, at which step, and how it was known.
fn taken(pen: &Pen<'_>, logged: &Logged, lot: &LotId) -> Option<String> {
    let What::MaterialInstalled(taken) = &logged.event.what else { return None };
    let is_it = matches!(&taken.piece, Piece::Lot(of) if of == lot);
    let about = &logged.event.about;
    let step = about.step.as_ref().map_or("", |step| step.as_str());
    let known = about.how.as_ref().map(how).unwrap_or_default();
    is_it.then(|| format!("x{}  {} {step}  {known}", taken.quantity, pen.say(Label::Step)))
}

fn at_time(pen: &Pen<'_>, at: At, text: String, tone: Tone, by: Option<&Badge>, width: u16) -> Row {
    let time = pen.speech.time(at);
    if width < WIDE {
        let time = time.rsplit(' ').next().unwrap_or_default().to_owned();
        return Row::default().put(1, 5, time, Tone::Plain).put(7, u16::MAX, text, tone);
    }
    let row = Row::default().put(1, 12, time, Tone::Plain).put(14, u16::MAX, text, tone);
    match by {
        Some(by) => row.right(by.as_str()),
        None => row,
    }
}

/// How a lot stands, and whether that is out of the ordinary; then what it is and how much of it is left.
pub(super) fn lot_stands(pen: &Pen<'_>, look: &LotLook) -> (String, bool, String) {
    let Some(lot) = &look.stands else { return (pen.say(Look::NoReceipt).to_owned(), true, String::new()) };
    let expires = lot.expires.map(|day| format!("  ≤ {day}")).unwrap_or_default();
    let open = lot.open_since.as_ref().map(|since| format!("  {} {}", pen.say(Look::Open), pen.speech.time(since.at)));
    let supplier = lot.supplier.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
    let facts = format!(
        "{}  {} {}{expires}{}{supplier}",
        lot.part,
        lot.left,
        pen.say(Look::LeftOver),
        open.unwrap_or_default()
    );
    (lot.standing.word().to_owned(), lot.standing != LotStanding::Free, facts)
}

/// What is said of the tab that shows, beside its rows.
pub(super) fn lot_remark(pen: &Pen<'_>, page: &LotPage) -> String {
    let look = &page.look;
    let gaps = look.lacks.iter().filter(|lack| lack.is_gap).count();
    match page.tab {
        Tab::Record if look.unlisted > 0 => format!("{} {}", look.unlisted, pen.say(Look::Unlisted)),
        Tab::Record => match look.lacks.iter().find(|lack| lack.is_gap) {
            Some(lack) => format!("{}: {}{}", pen.say(Look::Lacks), in_short(lack), more(gaps)),
            None => pen.say(Look::Complete).to_owned(),
        },
        Tab::Gaps if look.lacks.is_empty() => pen.say(Look::Complete).to_owned(),
        Tab::Gaps => {
            let remarks = look.lacks.len() - gaps;
            format!("{gaps} {}, {remarks} {}", pen.say(Look::Gaps), pen.say(Look::Remarks))
        }
        Tab::Used | Tab::Parts | Tab::Route => total(pen, &look.used),
    }
}

/// A row of a load's page.
pub(super) fn load_row(pen: &Pen<'_>, row: LoadRow<'_>, width: u16) -> Row {
    let done = |done: &Done, text: String, tone| at_time(pen, done.moment.at, text, tone, done.by.as_ref(), width);
    match row {
        LoadRow::Begun(begun) => done(begun, pen.say(Look::LoadBegun).to_owned(), Tone::Plain),
        LoadRow::Ended(ended, over) => {
            let tone = if over == LoadOver::TooLate { Tone::Trouble } else { Tone::Plain };
            done(ended, pen.say(ended_said(over)).to_owned(), tone)
        }
        LoadRow::Check(seen) => {
            let (verdict, tone) =
                if seen.passed { (Label::Passed, Tone::Plain) } else { (Label::Failed, Tone::Trouble) };
            let gauge = seen.gauge.as_ref().map(|gauge| format!("  {} {gauge}", pen.say(Look::Gauge)));
            let text = format!("{}  {}  {}{}", seen.check, seen.value, pen.say(verdict), gauge.unwrap_or_default());
            at_time(pen, seen.at, text, tone, seen.by.as_ref(), width)
        }
        LoadRow::Unit(inside) => {
            let state = match (inside.taken_out, inside.treated) {
                (true, _) => pen.say(Look::TakenOut),
                (false, true) => pen.say(Look::Treated),
                (false, false) => pen.say(Look::InIt),
            };
            let stood_by = inside.stood_by.as_ref().map(|by| format!("  {} {by}", pen.say(Look::StoodBy)));
            let text = format!("{}  {state}{}", inside.unit, stood_by.unwrap_or_default());
            done(&inside.entered, text, Tone::Plain)
        }
    }
}

fn ended_said(over: LoadOver) -> Look {
    match over {
        LoadOver::InTime => Look::EndedInTime,
        LoadOver::TooLate => Look::EndedTooLate,
    }
}

/// Where a load stands, of what it is, and how long it took.
pub(super) fn load_stands(pen: &Pen<'_>, load: &LoadRecord, now: At) -> String {
    let place = load.station.as_ref().map(ToString::to_string).unwrap_or_default();
    let route = load.route.as_ref().map(|(route, revision)| format!("{route} {revision}")).unwrap_or_default();
    let step = load.step.as_ref().map(ToString::to_string).unwrap_or_default();
    let minutes = load.minutes(now).map(|minutes| format!("  {minutes} min")).unwrap_or_default();
    let units = load.inside().count();
    format!("{}{minutes}  x{units}  {place}  {route} {} {step}", load.state().word(), pen.say(Label::Step))
}
