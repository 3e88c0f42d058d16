//! What a search found.

use super::said::{is_trouble, said};
use crate::app::inspect::found::{Hit, RefusalHit, UnitHit};
use crate::app::inspect::record::Logged;
use crate::domain::id::{StationId, StepId};
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::look::Look;

/// Cells from which on there is room for all of it.
pub(super) const WIDE: u16 = 60;

/// The row of a hit.
pub(super) fn row(pen: &Pen<'_>, hit: &Hit, width: u16) -> Row {
    let wide = width >= WIDE;
    let sort = |look: Look| pen.say(look);
    let plain = |number: &str, sort: &str, rest: &str| {
        let (sort_at, rest_at) = if wide { (27, 42) } else { (22, 32) };
        Row::default()
            .put(1, sort_at - 2, number, Tone::Strong)
            .put(sort_at, rest_at - sort_at - 1, sort, Tone::Plain)
            .put(rest_at, u16::MAX, rest, Tone::Plain)
    };
    match hit {
        Hit::Unit(hit) => unit(pen, hit, wide),
        Hit::Lot { lot, part, standing } => plain(lot.as_str(), sort(Look::Lot), &format!("{part}  {standing}")),
        Hit::Load { load } => plain(load, sort(Look::Load), ""),
        Hit::Component { serial, part, unit, is_in } => {
            let whether = sort(if *is_in { Look::In } else { Look::WasIn });
            plain(serial.as_str(), sort(Look::Component), &format!("{part}  {whether} {unit}"))
        }
        Hit::Order { order, route, open } => {
            let open = sort(if *open { Look::Open } else { Look::Closed });
            plain(order.as_str(), sort(Look::Order), &format!("{route}  {open}"))
        }
        Hit::Person { badge, name } => plain(badge.as_str(), sort(Look::Person), name),
        Hit::Gauge { gauge, kind } => plain(gauge.as_str(), sort(Look::Gauge), kind),
        Hit::Refusal(hit) => refusal(pen, hit, wide),
        Hit::Event(logged) => event(pen, logged, wide),
    }
}

fn unit(pen: &Pen<'_>, hit: &UnitHit, wide: bool) -> Row {
    let tone = if is_trouble(hit.state) { Tone::Trouble } else { Tone::Plain };
    let at = hit.changed.map(|at| pen.speech.time(at)).unwrap_or_default();
    let due = [hit.step.as_ref().map(StepId::as_str), hit.station.as_ref().map(StationId::as_str)];
    let due = due.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !wide {
        return Row::default().put(1, 20, hit.unit.as_str(), Tone::Strong).put(22, 14, hit.state.word(), tone);
    }
    let route = hit.route.as_ref().map(ToString::to_string).unwrap_or_default();
    let revision = hit.revision.as_ref().map(|r| format!(" {r}")).unwrap_or_default();
    Row::default()
        .put(1, 25, hit.unit.as_str(), Tone::Strong)
        .put(27, 14, hit.state.word(), tone)
        .put(42, 14, due, Tone::Plain)
        .put(57, 11, format!("{route}{revision}"), Tone::Plain)
        .right(at)
}

fn refusal(pen: &Pen<'_>, hit: &RefusalHit, wide: bool) -> Row {
    let time = pen.speech.time(hit.at);
    let unit = hit.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    let by = hit.by.as_ref().map(ToString::to_string).unwrap_or_default();
    if !wide {
        let time = time.rsplit(' ').next().unwrap_or_default().to_owned();
        return Row::default().put(1, 5, time, Tone::Plain).put(7, 18, &hit.code, Tone::Trouble).put(
            26,
            u16::MAX,
            unit,
            Tone::Plain,
        );
    }
    let place = [hit.station.as_ref().map(StationId::as_str), hit.step.as_ref().map(StepId::as_str)];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Row::default()
        .put(1, 12, time, Tone::Plain)
        .put(14, 18, &hit.code, Tone::Trouble)
        .put(33, 15, place, Tone::Plain)
        .put(49, 20, unit, Tone::Plain)
        .right(by)
}

fn event(pen: &Pen<'_>, logged: &Logged, wide: bool) -> Row {
    let about = &logged.event.about;
    let time = pen.speech.time(logged.event.stamp.at);
    let (text, trouble) = said(pen.speech, logged, None);
    let tone = if trouble { Tone::Trouble } else { Tone::Plain };
    let unit = about.unit.as_ref().map_or("", |unit| unit.as_str());
    if !wide {
        let time = time.rsplit(' ').next().unwrap_or_default().to_owned();
        return Row::default().put(1, 5, time, Tone::Plain).put(7, u16::MAX, text, tone);
    }
    Row::default()
        .put(1, 12, time, Tone::Plain)
        .put(14, 11, about.station.as_ref().map_or("", |s| s.as_str()), Tone::Plain)
        .put(26, 14, unit, Tone::Plain)
        .put(41, u16::MAX, text, tone)
}
