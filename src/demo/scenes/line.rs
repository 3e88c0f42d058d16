//! One line of a scene.

use crate::app::port::Fault;
use crate::domain::command::Command;
use crate::domain::id::{Badge, StationId, UnitId};
use crate::domain::label::Label;
use crate::domain::time::{At, Day, SECOND};
use crate::domain::what::Leaving;

use super::super::act::Act;
use super::super::fault::defect;
use super::super::sticker;

/// Whoever gives a command from the office has no station.
const OFFICE: &str = "office";
/// A week, in microseconds.
const WEEK: i64 = 7 * 24 * 3_600 * SECOND;
/// How long a qualification or a calibration lasts, in microseconds.
const HALF_A_YEAR: i64 = 26 * WEEK;
/// How long ago it was what a paper states, in microseconds.
const EARLIER: i64 = 15 * 60 * SECOND;

/// What a line says.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// Minutes pass.
    Wait(i64),
    /// Somebody does something: at a station, or from the office.
    Do(Option<StationId>, Box<Act>),
}

/// The lines of a scene that say something.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The minutes that a line waits.
pub(super) fn waits(line: &str) -> Option<i64> {
    line.strip_prefix("wait ").and_then(|minutes| minutes.parse().ok())
}

/// Reads a line that is done at a moment.
pub(super) fn read(line: &str, now: At) -> Result<Line, Fault> {
    if let Some(minutes) = waits(line) {
        return Ok(Line::Wait(minutes));
    }
    let wrong = || defect(format!("nobody can play the line {line:?}"));
    let (who, what) = line.split_once(": ").ok_or_else(wrong)?;
    let (what, code) = match what.rsplit_once(" -> ") {
        Some((what, code)) => (what, Some(serde_json::from_value(code.into()).map_err(|_bad| wrong())?)),
        None => (what, None),
    };
    let at = (who != OFFICE).then(|| StationId::parse(who)).transpose().map_err(|_bad| wrong())?;
    let moments = [("@NOW@", now), ("@EARLIER@", now.plus(-EARLIER)), ("@LATER@", now.plus(WEEK))];
    let what = moments.iter().fold(what.to_owned(), |what, (word, at)| what.replace(word, &at.to_string()));
    let day = Day::of(now.plus(HALF_A_YEAR)).ok_or_else(wrong)?;
    let what = what.replace("@DAY@", &day.to_string());
    let command = command(&what).ok_or_else(wrong)?;
    let act =
        command.signer().cloned().map_or_else(|| Act::new(command.clone()), |by| Act::by_hand(command.clone(), by));
    Ok(Line::Do(at, Box::new(code.map_or(act.clone(), |code| act.refused(code)))))
}

fn command(what: &str) -> Option<Command> {
    if what.starts_with('{') {
        return serde_json::from_str(what).ok();
    }
    if let Some(named) = what.strip_prefix("for ") {
        let (unit, what) = named.split_once(' ')?;
        return Some(command(what)?.of(&UnitId::parse(unit).ok()?));
    }
    if let Some(value) = what.strip_prefix("= ") {
        return Some(Command::Value { value: value.to_owned(), check: None, point: None, gauge: None, unit: None });
    }
    if let Some(sscc) = what.strip_prefix("sscc ") {
        return Some(Command::Scan { label: sticker::of_carton(sscc), unit: None });
    }
    match what.strip_prefix('/') {
        None => Some(Command::Scan { label: Label::read(what.as_bytes()), unit: None }),
        Some("pass") => Some(Command::Pass),
        Some("close") => Some(Command::Close),
        Some("leave") => Some(Command::SignOff { why: Leaving::SignOff }),
        Some(word) => match word.split_once(' ')? {
            ("on", badge) => Some(Command::SignOn { badge: Badge::parse(badge).ok()? }),
            ("fail", reason) => Some(Command::Fail { reason: reason.to_owned() }),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::programme::SCENES;
    use super::*;

    #[test]
    fn each_line_of_each_scene_can_be_read() {
        for scene in SCENES {
            for line in lines(scene) {
                assert!(read(line, At(0)).is_ok(), "{line}");
            }
        }
    }

    #[test]
    fn a_line_that_nobody_understands_is_refused() {
        for line in ["", "wait a while", "OVEN-1 SN00001-1", "OVEN-1: /dance", "OVEN-1: /pass -> whatever", "OVEN-1: {"]
        {
            assert!(read(line, At(0)).is_err(), "{line}");
        }
    }
}
