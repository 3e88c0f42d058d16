//! The board as plain text of 80 columns.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::content::{Attention, Board, Hour, OrderLine, PlanLine, RefusalLine, StationLine, WorkLine, YieldLine};
use crate::domain::text::{clipped, display_safe};
use crate::domain::time::At;
use crate::report::shift::content::Section;
use crate::report::shift::text::write_section;

/// Characters of a reason.
const REASON_MOST: usize = 40;

/// The board as lines of text, by the time of the place. Every text in it is safe to show.
pub fn page(board: &Board, zone: &TimeZone) -> String {
    let time = |at: Option<At>| at.map_or_else(|| "-".to_owned(), |at| wall(at, zone));
    let shift = board.shift.as_ref().map_or_else(|| "no shift runs".to_owned(), |name| format!("shift {name}"));
    let mut lines = vec![format!("BOARD  {shift}  from {}  as of {}", time(board.from), time(board.at))];
    let sections = [
        section("Needs a person now", &["what", "of", "for", "why"], &board.attention, attention),
        section("Stations", STATION, &board.stations, station),
        section("Hour by hour", HOUR, &board.hours, |hour| self::hour(hour, zone)),
        section("Plan", &["route", "station", "plan", "due", "made", "diff", "takt s"], &board.plan, plan),
        section("On their way", &["route", "step", "station", "state", "units"], &board.work, work),
        section("Passed at the first attempt", &["route", "step", "tried", "passed", "%"], &board.first_pass, yields),
        section("Orders", &["order", "route", "of", "begun", "done", "left"], &board.orders, order),
        section("Refused most", &["code", "times"], &board.refusals, refusal),
    ];
    for section in &sections {
        lines.push(String::new());
        write_section(&mut lines, section);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

const STATION: &[&str] = &["station", "state", "who", "open", "seen", "pass", "fail", "ref", "done"];
const HOUR: &[&str] = &["hour", "due", "done", "diff", "passed", "failed", "refused"];

fn section<T>(title: &str, columns: &[&'static str], rows: &[T], row: impl Fn(&T) -> Vec<String>) -> Section {
    let safe = |row: Vec<String>| row.iter().map(|cell| display_safe(cell).into_owned()).collect();
    Section {
        title: title.to_owned(),
        columns: columns.to_vec(),
        rows: rows.iter().map(|line| safe(row(line))).collect(),
        more: 0,
    }
}

fn wall(at: At, zone: &TimeZone) -> String {
    let moment = Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = zone.to_datetime(moment);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| text.to_string())
}

fn age(minutes: i64) -> String {
    match minutes {
        0..=119 => format!("{minutes} min"),
        120..=2_879 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}

fn attention(of: &Attention) -> Vec<String> {
    match of {
        Attention::PinRecovered { badge } => {
            vec!["PIN".to_owned(), badge.to_string(), "-".to_owned(), "recovered: a second lead confirms".to_owned()]
        }
        Attention::Silent { station, by, minutes } => {
            vec!["SILENT".to_owned(), station.to_string(), age(*minutes), format!("signed on: {}", dash(by.as_ref()))]
        }
        Attention::Nonconforming { unit, step, minutes } => {
            vec!["FAILED".to_owned(), unit.to_string(), age(*minutes), format!("at step {}", dash(step.as_ref()))]
        }
        Attention::Held { unit, reason, minutes } => {
            let reason = clipped(reason.as_deref().unwrap_or("-"), REASON_MOST).into_owned();
            vec!["HELD".to_owned(), unit.to_string(), age(*minutes), reason]
        }
    }
}

fn station(line: &StationLine) -> Vec<String> {
    let state = if line.state == "silent" { "SILENT" } else { line.state };
    vec![
        line.station.to_string(),
        state.to_owned(),
        dash(line.operator.as_ref()),
        dash(line.open.as_ref()),
        line.seen_minutes.map_or_else(|| "-".to_owned(), age),
        line.passed.to_string(),
        line.failed.to_string(),
        line.refused.to_string(),
        line.finished.to_string(),
    ]
}

fn difference(made: u32, due: u32) -> String {
    format!("{:+}", i64::from(made) - i64::from(due))
}

fn hour(hour: &Hour, zone: &TimeZone) -> Vec<String> {
    let diff = hour.due.map(|due| difference(hour.finished, due));
    vec![
        wall(hour.from, zone),
        dash(hour.due),
        hour.finished.to_string(),
        dash(diff),
        hour.passed.to_string(),
        hour.failed.to_string(),
        hour.refused.to_string(),
    ]
}

fn plan(line: &PlanLine) -> Vec<String> {
    vec![
        line.route.as_ref().map_or_else(|| "all".to_owned(), ToString::to_string),
        line.station.as_ref().map_or_else(|| "plant".to_owned(), ToString::to_string),
        line.planned.to_string(),
        line.due.to_string(),
        line.made.to_string(),
        difference(line.made, line.due),
        dash(line.takt_seconds),
    ]
}

fn work(line: &WorkLine) -> Vec<String> {
    let (route, step) = (dash(line.route.as_ref()), dash(line.step.as_ref()));
    vec![route, step, line.station.to_string(), line.state.to_owned(), line.units.to_string()]
}

fn yields(line: &YieldLine) -> Vec<String> {
    let percent = format!("{}.{}", line.permille / 10, line.permille % 10);
    vec![dash(line.route.as_ref()), line.step.to_string(), line.tried.to_string(), line.passed.to_string(), percent]
}

fn order(line: &OrderLine) -> Vec<String> {
    vec![
        line.order.to_string(),
        line.route.to_string(),
        line.quantity.to_string(),
        line.started.to_string(),
        line.finished.to_string(),
        line.left.to_string(),
    ]
}

fn refusal(line: &RefusalLine) -> Vec<String> {
    vec![line.code.clone(), line.times.to_string()]
}
