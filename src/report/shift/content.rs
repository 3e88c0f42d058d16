//! What is on the sheet. Every text is harmless to show.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::handover;
use super::planned::Planned;
use super::rows::Rows;
use super::tally::{LotLine, Made, Presence, Refusals, Stop, Tally, Where};
use crate::app::port::Fault;
use crate::app::shifts::calendar::Turn;
use crate::app::shifts::left::Left;
use crate::domain::id::{Badge, StationId};
use crate::domain::text::{clipped, display_safe};
use crate::domain::time::{At, SECOND};
use crate::ledger::head_file::Witnessed;
use crate::report::sheet::symbol::{Symbol, Symbology};

/// Characters of a reason or a name that the sheet shows.
const CHARS_MOST: usize = 60;
/// A shift that is not longer than this has each hour once.
const DAY: i64 = 24 * 3_600 * SECOND;
/// Stations of a refusal that the sheet names.
const STATIONS_MOST: usize = 6;

/// What the sheet is about, and what only the outside knows.
#[derive(Debug)]
pub struct About<'a> {
    /// The beginning of the shift.
    pub from: At,
    /// Its end; none: as far as the record goes.
    pub to: Option<At>,
    /// The only station that is told of.
    pub station: Option<&'a StationId>,
    /// When the sheet is printed.
    pub printed: At,
    /// The time of the place.
    pub zone: &'a TimeZone,
    /// How people are called.
    pub names: &'a BTreeMap<Badge, String>,
    /// The shift by its name, where the sheet is about one.
    pub turn: Option<&'a Turn>,
    /// What was planned for it, and what came of that.
    pub planned: &'a [Planned],
    /// What is left for the next one.
    pub left: &'a Left,
}

/// The sheet, to be drawn.
#[derive(Debug)]
pub struct ShiftSheet {
    /// What there is to know of the sheet.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What there is to know before its figures are believed.
    pub(super) remarks: Vec<String>,
    /// Its parts.
    pub(super) sections: Vec<Section>,
    /// The heads, which make it a witness.
    pub(super) heads: Vec<HeadSheet>,
}

/// One part of the sheet.
#[derive(Debug)]
pub(in crate::report) struct Section {
    pub(in crate::report) title: String,
    pub(in crate::report) columns: Vec<&'static str>,
    pub(in crate::report) rows: Vec<Vec<String>>,
    /// What there was no room for.
    pub(in crate::report) more: u64,
}

/// Where a stream stands.
#[derive(Debug)]
pub(in crate::report) struct HeadSheet {
    pub(in crate::report) title: String,
    /// What `traveller verify --head` takes.
    pub(in crate::report) words: String,
    /// The same as a code.
    pub(in crate::report) code: Symbol,
}

impl ShiftSheet {
    /// The sheet of what was counted, with the heads of the ledger.
    pub fn of(tally: &Tally, heads: &[Witnessed], about: &About<'_>) -> Result<Self, Fault> {
        let form = if about.to.unwrap_or(about.printed) > about.from.plus(DAY) { "%m-%d %H:%M" } else { "%H:%M" };
        let time = |at: At| wall(at, about.zone, form);
        let [started, passed, failed, finished] = tally.in_all();
        let refused: u64 = tally.refused.all().map(|row| row.times).sum();
        let made_title = format!("Made: {started} begun, {passed} steps passed, {failed} failed, {finished} done");
        let mut sections = vec![
            section(
                made_title,
                &["station", "route", "begun", "passed", "failed", "done", "first", "last"],
                &tally.made,
                made,
            ),
            section(
                format!("Refused: {refused}"),
                &["code", "times", "first unit", "last unit", "where"],
                &tally.refused,
                refusals,
            ),
            section(
                "Held, failed and decided".to_owned(),
                &["time", "what", "of", "step", "station", "by", "reason"],
                &tally.held,
                |row| stop(row, &time),
            ),
            section("People".to_owned(), &["station", "badge", "name", "from", "until"], &tally.people, |row| {
                presence(row, about.names, &time)
            }),
            section("Lots".to_owned(), &["time", "what", "lot", "part", "station", "by"], &tally.lots, |row| {
                lot(row, &time)
            }),
        ];
        sections.extend(handover::sections(&tally.watch, about.left, &time));
        if about.turn.is_some() && !about.planned.is_empty() {
            sections.insert(0, plan(about.planned));
        }
        let heads = heads.iter().map(HeadSheet::of).collect::<Result<Vec<_>, Fault>>()?;
        Ok(Self { facts: facts(tally, about), remarks: remarks(tally, about), sections, heads })
    }
}

impl HeadSheet {
    pub(in crate::report) fn of(head: &Witnessed) -> Result<Self, Fault> {
        let words = head.words();
        let code = Symbol::of(&words, Symbology::QrCode)?;
        Ok(Self { title: format!("Terminal {}, event {}", head.terminal, head.seq), words, code })
    }
}

fn facts(tally: &Tally, about: &About<'_>) -> Vec<(&'static str, String)> {
    let time = |at: At| in_full(at, about.zone);
    let station = about.station.map_or_else(|| "all, and the office".to_owned(), |only| format!("only {only}"));
    let mut facts: Vec<_> = about.turn.map(|turn| ("Shift", turn.name.to_string())).into_iter().collect();
    facts.extend([
        ("From", time(about.from)),
        ("To", about.to.map_or_else(|| "the end of the record".to_owned(), time)),
        ("Station", station),
        ("Events", tally.events.to_string()),
        ("Printed", time(about.printed)),
    ]);
    facts
}

fn remarks(tally: &Tally, about: &About<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if tally.doubted > 0 {
        let doubted = tally.doubted;
        remarks
            .push(format!("The clock was in doubt at {doubted} of these events. Their order is certain all the same."));
    }
    if about.to.or(about.turn.map(|turn| turn.end)).is_some_and(|to| to > about.printed) {
        remarks.push("The shift is not over.".to_owned());
    }
    let other: u64 = tally.made.all().map(|row| row.not_production).sum();
    if other > 0 {
        remarks.push(format!("{other} things done to units that are no production are not counted."));
    }
    remarks
}

fn section<K: Ord, R>(
    title: String,
    columns: &[&'static str],
    rows: &Rows<K, R>,
    cells: impl Fn(&R) -> Vec<String>,
) -> Section {
    let harmless = |row: &R| cells(row).iter().map(|cell| safe(cell)).collect();
    Section { title, columns: columns.to_vec(), rows: rows.all().map(harmless).collect(), more: rows.more() }
}

/// The plan, which has fewer rows than the sheet has room for.
fn plan(planned: &[Planned]) -> Section {
    let row = |line: &Planned| {
        let of = line.route.as_ref().map_or_else(|| "all".to_owned(), ToString::to_string);
        let at = line.station.as_ref().map_or_else(|| "finished".to_owned(), |at| format!("at {at}"));
        let takt = line.takt_seconds.map(|seconds| format!("{seconds} s"));
        let counts = [line.planned.into(), line.due.into(), line.made].map(|n: u64| n.to_string());
        [vec![of, at], counts.into(), vec![or_dash(takt)]].concat()
    };
    Section {
        title: "Plan".to_owned(),
        columns: vec!["route", "what", "planned", "due by now", "made", "takt"],
        rows: planned.iter().map(row).collect(),
        more: 0,
    }
}

fn made(row: &Made) -> Vec<String> {
    let Made { station, route, started, passed, failed, finished, first, last, not_production: _ } = row;
    let counts = [started, passed, failed, finished].map(u64::to_string);
    [vec![place(station), route.to_string()], counts.into(), vec![first.to_string(), last.to_string()]].concat()
}

fn refusals(row: &Refusals) -> Vec<String> {
    let at = |(station, times): &(Where, u64)| format!("{} {times}", place(station));
    let mut stations: Vec<String> = row.stations.iter().take(STATIONS_MOST).map(at).collect();
    if row.stations.len() > STATIONS_MOST {
        stations.push("and elsewhere".to_owned());
    }
    let times = row.times.to_string();
    let (first, last) = (or_dash(row.first.as_ref()), or_dash(row.last.as_ref()));
    vec![row.code.to_owned(), times, first, last, stations.join(", ")]
}

fn stop(row: &Stop, time: &impl Fn(At) -> String) -> Vec<String> {
    let Stop { at, of, what, step, station, by, reason } = row;
    let reason = reason.as_deref().map(|reason| clipped(reason, CHARS_MOST));
    let (step, by) = (or_dash(step.as_ref()), or_dash(by.as_ref()));
    vec![time(*at), (*what).to_owned(), of.clone(), step, place(station), by, or_dash(reason)]
}

fn presence(row: &Presence, names: &BTreeMap<Badge, String>, time: &impl Fn(At) -> String) -> Vec<String> {
    let name = names.get(&row.badge).map(|name| clipped(name, CHARS_MOST));
    let from = row.from.map_or_else(|| "before".to_owned(), time);
    let until = row.until.map_or_else(|| "still there".to_owned(), time);
    vec![place(&row.station), row.badge.to_string(), or_dash(name), from, until]
}

fn lot(row: &LotLine, time: &impl Fn(At) -> String) -> Vec<String> {
    let LotLine { at, lot, what, part, station, by } = row;
    let (part, by) = (or_dash(part.as_ref()), or_dash(by.as_ref()));
    vec![time(*at), (*what).to_owned(), lot.to_string(), part, place(station), by]
}

pub(super) fn place(station: &Where) -> String {
    station.as_ref().map_or_else(|| "office".to_owned(), ToString::to_string)
}

pub(super) fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |t| t.to_string())
}

pub(super) fn safe(text: &str) -> String {
    display_safe(text).into_owned()
}

/// A moment by the clock on the wall, and how far that is ahead of UTC.
fn in_full(at: At, zone: &TimeZone) -> String {
    let offset = |moment| zone.to_offset(moment);
    let ahead = Timestamp::from_microsecond(at.0).map_or_else(|_beyond| String::new(), |m| format!(" {}", offset(m)));
    format!("{}{ahead}", wall(at, zone, "%Y-%m-%d %H:%M"))
}

fn wall(at: At, zone: &TimeZone, form: &str) -> String {
    match Timestamp::from_microsecond(at.0) {
        Ok(moment) => zone.to_datetime(moment).strftime(form).to_string(),
        Err(_beyond_the_calendar) => at.to_string(),
    }
}
