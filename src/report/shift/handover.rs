//! The parts of the sheet that one shift hands to the next: what happened at the stations, and what is left.

use super::content::{Section, or_dash, place, safe};
use super::watched::{HourLine, MoveLine, NoteLine, Span, Takeover, WatchTally};
use crate::app::shifts::left::{Left, LeftUnit};
use crate::domain::text::clipped;
use crate::domain::time::At;

/// Characters of a reason that the sheet shows; a note is shown whole.
const CHARS_MOST: usize = 60;

/// The parts that have something to say. What nobody did takes no paper.
pub(super) fn sections(watch: &WatchTally, left: &Left, time: &impl Fn(At) -> String) -> Vec<Section> {
    let span = |row: &Span| {
        let minutes = row.seconds.map(|seconds| seconds / 60);
        let (to, ended) = (row.to.map(time), row.ended.unwrap_or("goes on").to_owned());
        let reason = row.reason.as_deref().map(|reason| clipped(reason, CHARS_MOST).into_owned());
        let (by, by_whom) = (or_dash(row.by.as_ref()), or_dash(row.ended_by.as_ref()));
        vec![place(&row.station), time(row.from), or_dash(to), or_dash(minutes), by, ended, by_whom, or_dash(reason)]
    };
    let span_columns = ["station", "from", "to", "minutes", "by", "ended", "by", "reason"];
    let all = [
        section("Downtime", &span_columns, watch.downtime.all().map(span), watch.downtime.more()),
        section("Calls for a lead", &span_columns, watch.calls.all().map(span), watch.calls.more()),
        section(
            "Notes",
            &["station", "left", "by", "read", "by", "text"],
            watch.notes.all().map(|row| note(row, time)),
            watch.notes.more(),
        ),
        section(
            "Hours that fell short",
            &["hour", "station", "said", "by", "why"],
            watch.explained.all().map(|row| explained(row, time)),
            watch.explained.more(),
        ),
        section(
            "Taken over",
            &["time", "unit", "step", "station", "by", "from"],
            watch.taken_over.all().map(|row| takeover(row, time)),
            watch.taken_over.more(),
        ),
        section(
            "Moved to another revision",
            &["time", "unit", "route", "from", "to", "due again", "by", "reason"],
            watch.moved.all().map(|row| moved(row, time)),
            watch.moved.more(),
        ),
        left_over(left, time),
    ];
    all.into_iter().filter(|section| !section.rows.is_empty()).collect()
}

fn section(title: &str, columns: &[&'static str], rows: impl Iterator<Item = Vec<String>>, more: u64) -> Section {
    let harmless = |row: Vec<String>| row.iter().map(|cell| safe(cell)).collect();
    Section { title: title.to_owned(), columns: columns.to_vec(), rows: rows.map(harmless).collect(), more }
}

fn note(row: &NoteLine, time: &impl Fn(At) -> String) -> Vec<String> {
    let NoteLine { station, left, by, text, read, read_by } = row;
    let (read, reader) = (or_dash(read.map(time)), or_dash(read_by.as_ref()));
    vec![place(station), time(*left), or_dash(by.as_ref()), read, reader, or_dash(text.as_ref())]
}

fn explained(row: &HourLine, time: &impl Fn(At) -> String) -> Vec<String> {
    let HourLine { hour, station, reason, by, at } = row;
    vec![time(*hour), place(station), time(*at), or_dash(by.as_ref()), or_dash(reason.as_ref())]
}

fn takeover(row: &Takeover, time: &impl Fn(At) -> String) -> Vec<String> {
    let Takeover { at, unit, step, station, by, from } = row;
    let (unit, step, by) = (or_dash(unit.as_ref()), or_dash(step.as_ref()), or_dash(by.as_ref()));
    vec![time(*at), unit, step, place(station), by, from.to_string()]
}

fn moved(row: &MoveLine, time: &impl Fn(At) -> String) -> Vec<String> {
    let MoveLine { at, unit, route, from, to, due, by, reason } = row;
    let due: Vec<String> = due.iter().map(ToString::to_string).collect();
    let due = if due.is_empty() { "-".to_owned() } else { due.join(" ") };
    let reason = reason.as_deref().map(|reason| clipped(reason, CHARS_MOST).into_owned());
    let (unit, route, from) = (or_dash(unit.as_ref()), or_dash(route.as_ref()), or_dash(from.as_ref()));
    vec![time(*at), unit, route, from, to.to_string(), due, or_dash(by.as_ref()), or_dash(reason)]
}

/// What is left as the sheet is printed.
fn left_over(left: &Left, time: &impl Fn(At) -> String) -> Section {
    let lists = [("open", &left.open), ("half done", &left.half_done), ("on hold", &left.held)];
    let unit = |what: &str, unit: &LeftUnit| {
        let LeftUnit { unit, step, station, by, at, .. } = unit;
        let station = or_dash(station.as_ref());
        vec![what.to_owned(), unit.to_string(), or_dash(step.as_ref()), station, or_dash(by.as_ref()), time(*at)]
    };
    let units = lists.into_iter().flat_map(|(what, list)| list.iter().map(move |one| unit(what, one)));
    let stations = left.stations.iter().flat_map(|at| {
        let line = |what: &str, by, since| {
            vec![what.to_owned(), "-".to_owned(), "-".to_owned(), at.station.to_string(), or_dash(by), time(since)]
        };
        let down = at.watch.down.iter().map(move |down| line("down", down.by.as_ref(), down.since.at));
        let call = at.watch.call.iter().map(move |call| line("calls a lead", call.by.as_ref(), call.since.at));
        down.chain(call).collect::<Vec<_>>()
    });
    let loads = left.loads.iter().map(|load| {
        let (inside, station) = (format!("{} units", load.units), load.station.to_string());
        let since = or_dash(load.begun.map(time));
        vec![format!("load {}", load.load), inside, "-".to_owned(), station, "-".to_owned(), since]
    });
    let columns = ["what", "unit", "step", "station", "by", "since"];
    section("Left as this was printed", &columns, units.chain(loads).chain(stations), u64::from(left.more))
}
