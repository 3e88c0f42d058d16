//! A unit's page: its record, what it is made of, where it went, the route that it follows.

use super::hits::WIDE;
use super::said::{is_trouble, said};
use crate::app::inspect::page::{LACK_ROWS, Tab, UnitPage};
use crate::app::inspect::record::{Lack, Logged, Node, Sign, Used, UsedIn};
use crate::domain::id::UnitId;
use crate::domain::route::Route;
use crate::domain::what::Piece;
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::look::Look;

/// How many rows the tab has that shows.
pub(super) fn extent(page: &UnitPage) -> usize {
    match page.tab {
        Tab::Record => page.record.events.len(),
        Tab::Parts => page.record.tree.pieces.len(),
        Tab::Used => page.record.used.units.len(),
        Tab::Route => page.record.text.lines.len(),
        Tab::Gaps => page.record.lacks.len() * LACK_ROWS,
    }
}

/// A row of it.
pub(super) fn row(pen: &Pen<'_>, page: &UnitPage, at: usize, width: u16) -> Option<Row> {
    let record = &page.record;
    match page.tab {
        Tab::Record => record.events.get(at).map(|logged| event(pen, logged, record.route.as_deref(), width)),
        Tab::Parts => record.tree.pieces.get(at).map(|node| part(pen, node, width)),
        Tab::Used => record.used.units.get(at).map(|used| self::used(pen, used, width)),
        Tab::Route => record.text.lines.get(at).map(|line| {
            let (sign, tone) = match line.sign {
                Sign::Both => (" ", Tone::Plain),
                Sign::Old => ("-", Tone::Trouble),
                Sign::New => ("+", Tone::Strong),
            };
            Row::default().put(1, 1, sign, tone).put(3, u16::MAX, &line.text, tone)
        }),
        Tab::Gaps => record.lacks.get(at / LACK_ROWS).map(|lack| self::lack(lack, at % LACK_ROWS)),
    }
}

fn event(pen: &Pen<'_>, logged: &Logged, route: Option<&Route>, width: u16) -> Row {
    let about = &logged.event.about;
    let time = pen.speech.time(logged.event.stamp.at);
    let (text, trouble) = said(pen.speech, logged, route);
    let tone = if trouble { Tone::Trouble } else { Tone::Plain };
    let step = about.step.as_ref().map_or("", |step| step.as_str());
    if width < WIDE {
        let time = time.rsplit(' ').next().unwrap_or_default().to_owned();
        return Row::default().put(1, 5, time, Tone::Plain).put(7, 4, step, Tone::Plain).put(12, u16::MAX, text, tone);
    }
    let row = Row::default().put(1, 12, time, Tone::Plain).put(14, 5, step, Tone::Plain).put(20, u16::MAX, text, tone);
    match &about.by {
        Some(by) => row.right(by.as_str()),
        None => row,
    }
}

fn part(pen: &Pen<'_>, node: &Node, width: u16) -> Row {
    let (sort, number) = match &node.piece {
        Piece::Lot(lot) => (pen.say(Look::Lot), lot.as_str()),
        Piece::Serial(serial) => ("", serial.as_str()),
    };
    let branch = format!("{}└─ ", "   ".repeat(node.level.saturating_sub(1)));
    let many = match node.quantity {
        0 => format!("  {}", pen.say(Look::Some)),
        1 => String::new(),
        n => format!("  x{n}"),
    };
    let gone = node.gone.map(|fate| format!("  {}: {}", pen.say(Look::WasIn), fate.word())).unwrap_or_default();
    let sort = if sort.is_empty() { String::new() } else { format!("{sort} ") };
    let unit = if node.is_unit { " ▶" } else { "" };
    let tone = if node.gone.is_some() { Tone::Trouble } else { Tone::Plain };
    let text = format!("{branch}{sort}{number}{many}{unit}  {}{gone}", node.part);
    let row = Row::default().put(1, u16::MAX, text, tone);
    if width < WIDE { row } else { row.right(format!("{} {}", node.step, pen.speech.time(node.at))) }
}

/// What lacks, who can mend it, or how.
pub(super) fn lack(lack: &Lack, line: usize) -> Row {
    if line > 0 {
        let text = if line == 1 { &lack.who } else { &lack.how };
        return Row::default().put(9, u16::MAX, text, Tone::Plain);
    }
    let step = lack.step.as_ref().map_or("", |step| step.as_str());
    let (sign, tone) = if lack.is_gap { ("!", Tone::Trouble) } else { ("-", Tone::Plain) };
    Row::default().put(1, 1, sign, tone).put(3, 5, step, tone).put(9, u16::MAX, &lack.what, tone)
}

/// A unit that has something in it.
pub(super) fn used(pen: &Pen<'_>, used: &Used, width: u16) -> Row {
    let tone = if is_trouble(used.state) { Tone::Trouble } else { Tone::Plain };
    let was = if used.was_in { format!("{}  ", pen.say(Look::WasIn)) } else { String::new() };
    let via: Vec<&str> = used.via.iter().map(UnitId::as_str).collect();
    let via = if via.is_empty() { String::new() } else { format!("{} {}", pen.say(Look::Via), via.join(" → ")) };
    let (state_at, via_at) = if width < WIDE { (22, 37) } else { (27, 42) };
    Row::default()
        .put(1, state_at - 2, used.unit.as_str(), Tone::Strong)
        .put(state_at, 14, used.state.word(), tone)
        .put(via_at, u16::MAX, format!("{was}{via}"), Tone::Plain)
}

/// What is said of the tab that shows, beside its rows.
pub(super) fn remark(pen: &Pen<'_>, page: &UnitPage) -> String {
    let record = &page.record;
    match page.tab {
        Tab::Record if record.earlier > 0 => format!("{} {}", record.earlier, pen.say(Look::Earlier)),
        Tab::Record => match record.gaps().next() {
            Some(lack) => format!("{}: {}{}", pen.say(Look::Lacks), in_short(lack), more(record.gaps().count())),
            None => pen.say(Look::Complete).to_owned(),
        },
        Tab::Parts => match &record.tree.cut {
            Some(cut) => cut.clone(),
            None if record.tree.pieces.is_empty() => pen.say(Look::NoParts).to_owned(),
            None => String::new(),
        },
        Tab::Used => total(pen, &record.used),
        Tab::Route if record.text.lines.is_empty() => pen.say(Look::NoRoute).to_owned(),
        Tab::Route => match &record.text.current {
            Some(current) => format!("{} {current}", pen.say(Look::OtherRoute)),
            None => pen.say(Look::SameRoute).to_owned(),
        },
        Tab::Gaps if record.lacks.is_empty() => pen.say(Look::Complete).to_owned(),
        Tab::Gaps => {
            let gaps = record.gaps().count();
            let (gaps_said, remarks_said) = (pen.say(Look::Gaps), pen.say(Look::Remarks));
            format!("{gaps} {gaps_said}, {} {remarks_said}", record.lacks.len() - gaps)
        }
    }
}

/// What lacks, in a line.
pub(super) fn in_short(lack: &Lack) -> String {
    let step = lack.step.as_ref().map(|step| format!("{step} ")).unwrap_or_default();
    format!("{step}{}: {}", lack.code, lack.what)
}

/// How many more there are than the one that is told.
pub(super) fn more(all: usize) -> String {
    if all > 1 { format!(" (+{})", all - 1) } else { String::new() }
}

/// How many units have it.
pub(super) fn total(pen: &Pen<'_>, used: &UsedIn) -> String {
    match used.total {
        Some(0) => pen.say(Look::NoUse).to_owned(),
        Some(n) => format!("{n} {}", pen.say(Look::InAll)),
        None => format!("{} {}", used.units.len(), pen.say(Look::NotCounted)),
    }
}
