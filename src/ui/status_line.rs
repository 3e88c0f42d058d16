//! The status line: where this is, who is here, and whether the terminal can be trusted. It tells the truth, or it
//! warns; it is never left out.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyph::cells;
use super::pen::{Pen, u16_of};
use super::view::Keyboard;
use super::words::between::Between;
use super::words::label::Label;
use super::wrap::fit;
use crate::app::model::{Log, Model};
use crate::app::msg::{Replica, ReplicaAge, ReplicaLevel, ScannerState};
use crate::domain::id::DeviceId;
use crate::domain::text::display_safe;
use crate::domain::time::Clock;

/// Cells between two facts.
const GAP: u16 = 2;
/// Cells that a name should have; shorter words make room for it.
const NAME_CELLS: u16 = 16;
/// Calls of other stations that are told: the oldest by name.
const CALLS_SHOWN_MOST: usize = 2;
/// Cells that the name of a scanner has.
const SCANNER_CELLS: usize = 10;

/// How many words there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// All of them.
    Whole,
    /// The short ones.
    Short,
    /// Of several scanners that cannot be used the names alone; F1 says what is wrong with them.
    Least,
}

/// One fact of the status line, and whether it warns.
struct Fact {
    text: String,
    warns: bool,
}

impl Fact {
    fn calm(text: impl Into<String>) -> Self {
        Self { text: text.into(), warns: false }
    }

    fn warning(text: impl Into<String>) -> Self {
        Self { text: text.into(), warns: true }
    }

    fn style(&self, pen: &Pen<'_>, calm: Style) -> Style {
        if self.warns { pen.theme.bar_warning() } else { calm }
    }
}

/// Draws the status line, over one row or two. Where there are two seats it is a solid bar with a mark for the one that
/// has the keyboard, and a thin rule for the other.
pub fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, keyboard: Keyboard) {
    let (mark, bar) = match keyboard {
        Keyboard::Alone => (" ", pen.theme.bar()),
        Keyboard::Here => ("▶", pen.theme.bar()),
        Keyboard::Away => ("─", pen.theme.plain()),
    };
    pen.fill(area, bar);
    let station = format!("{mark}{}", model.settings.place.station);
    let time = &model.status.time;
    let left = if area.height > 1 {
        two_rows(pen, area, model, bar);
        area.width.saturating_sub(width(time))
    } else {
        let room = area.width.saturating_sub(width(&station)).saturating_sub(NAME_CELLS);
        let whole = [Room::Whole, Room::Short, Room::Least].map(|room| facts(pen, model, room));
        let fits = |f: &&Vec<Fact>| total(f).saturating_add(width(time)) <= room;
        let shown = whole.iter().find(fits).or(whole.last()).map(Vec::as_slice).unwrap_or_default();
        one_row(pen, area, shown, width(time), bar)
    };
    pen.put_right(Rect { height: 1, ..area }, 0, time, bar);
    let who = Rect { width: left.saturating_sub(GAP), ..area };
    let x = pen.put(who, 0, 0, &station, bar.patch(pen.theme.strong()));
    let name = model.desk.operator.as_ref().map_or_else(|| pen.say(Label::Nobody).to_owned(), |p| p.name.clone());
    let x = pen.put(who, x.saturating_add(GAP), 0, &name, bar).saturating_add(1);
    if keyboard == Keyboard::Away {
        let rule = "─".repeat(usize::from(left.saturating_sub(1).saturating_sub(x)));
        pen.put(area, x, 0, &rule, bar);
    }
}

fn width(text: &str) -> u16 {
    u16_of(cells(&display_safe(text)))
}

/// Cells of the facts, with a gap behind each.
fn total(facts: &[Fact]) -> u16 {
    facts.iter().map(|f| width(&f.text).saturating_add(GAP)).fold(0, u16::saturating_add)
}

/// The facts at the right, before the time. Tells where they begin.
fn one_row(pen: &mut Pen<'_>, area: Rect, facts: &[Fact], time: u16, bar: Style) -> u16 {
    let begin = area.width.saturating_sub(time).saturating_sub(total(facts));
    let mut x = begin;
    for fact in facts {
        x = pen.put(area, x, 0, &fact.text, fact.style(pen, bar)).saturating_add(GAP);
    }
    begin
}

/// The facts in a row of their own. Where not all fit, what warns comes first.
fn two_rows(pen: &mut Pen<'_>, area: Rect, model: &Model, bar: Style) {
    let bottom = area.height.saturating_sub(1);
    let (warnings, calm): (Vec<_>, Vec<_>) = facts(pen, model, Room::Short).into_iter().partition(|f| f.warns);
    let mut x: u16 = 0;
    for fact in warnings.iter().chain(&calm) {
        if x.saturating_add(width(&fact.text)) <= area.width {
            x = pen.put(area, x, bottom, &fact.text, fact.style(pen, bar)).saturating_add(GAP);
        }
    }
}

/// The ledger, the replica, what is on this terminal alone, the clock, the scanner.
fn facts(pen: &Pen<'_>, model: &Model, room: Room) -> Vec<Fact> {
    let status = &model.status;
    let short = room != Room::Whole;
    let mut all = vec![match model.log {
        Log::Ok => Fact::calm(pen.say(Label::LogOk)),
        Log::Saving => Fact::calm(pen.say(Label::LogSaving)),
        Log::Fault => Fact::warning(pen.say(Label::LogFault)),
    }];
    all.extend(watched(pen, model));
    all.push(replica(pen, status.replica, short));
    all.push(Fact::calm(format!("{} {}", pen.say(Label::Unsent), status.unsent)));
    match status.clock {
        Clock::Synced => {}
        Clock::Held => all.push(Fact::calm(pen.say(Label::ClockHeld))),
        Clock::Doubt => all.push(Fact::warning(pen.say(Label::ClockDoubt))),
    }
    all.extend(model.desk.recovered.iter().map(|_| Fact::warning(pen.say(Label::PinRecovered))));
    all.extend(scanners(pen, model, room));
    all
}

/// That this station is down or calls for a lead, and which others call.
fn watched(pen: &Pen<'_>, model: &Model) -> Vec<Fact> {
    // The day is told elsewhere; here there is room for the hour.
    let hour = |at| {
        let time = pen.speech.time(at);
        time.split(' ').nth(1).map_or_else(|| time.clone(), str::to_owned)
    };
    let watch = &model.desk.station.watch;
    let down = watch.down.iter().map(|down| format!("!{} {}", pen.say(Between::Down), hour(down.since.at)));
    let called = watch.call.iter().map(|call| format!("!{} {}", pen.say(Between::Called), hour(call.since.at)));
    let others = model.stock.calling.iter().filter_map(|at| {
        let since = hour(at.watch.call.as_ref()?.since.at);
        Some(format!("!{} {} {since}", at.station, pen.say(Between::Calls)))
    });
    down.chain(called).chain(others.take(CALLS_SHOWN_MOST)).map(Fact::warning).collect()
}

/// How old the copies of the record are, and whether somebody is to do something about it.
fn replica(pen: &Pen<'_>, replica: Option<Replica>, short: bool) -> Fact {
    let name = pen.say(if short { Label::ReplicaShort } else { Label::Replica });
    let Some(Replica { level, age: old }) = replica else {
        return Fact::calm(format!("{name} {}", pen.say(Label::NoReplica)));
    };
    let old = match old {
        ReplicaAge::Minutes(minutes) => age(minutes),
        ReplicaAge::Never => pen.say(Label::NeverReplica).to_owned(),
        ReplicaAge::Unknown => "?".to_owned(),
    };
    match level {
        ReplicaLevel::Fresh => Fact::calm(format!("{name} {old}")),
        ReplicaLevel::Late => Fact::warning(format!("!{name} {old}")),
        ReplicaLevel::Attention if short => Fact::warning(format!("!!{name} {old}")),
        ReplicaLevel::Attention => Fact::warning(format!("!!{name} {old} {}", pen.say(Label::ReplicaLead))),
    }
}

/// Where scans come from. Of several scanners those are named that cannot be used.
fn scanners(pen: &Pen<'_>, model: &Model, room: Room) -> Vec<Fact> {
    let all = &model.scanners;
    let troubled: Vec<_> = all.iter().filter_map(|(name, state)| Some((name, trouble(state)?))).collect();
    if troubled.is_empty() {
        return vec![Fact::calm(untroubled(pen, all.len(), room != Room::Whole))];
    }
    let names_only = room == Room::Least && troubled.len() > 1;
    let told = |(name, trouble): &(&DeviceId, Trouble)| {
        let name = fit(name.as_str(), SCANNER_CELLS);
        match all.len() {
            1 => pen.say(trouble.alone).to_owned(),
            _ if names_only => format!("!{name}"),
            _ => format!("!{name} {}", pen.say(trouble.behind_name)),
        }
    };
    troubled.iter().map(|t| Fact::warning(told(t))).collect()
}

fn untroubled(pen: &Pen<'_>, scanners: usize, short: bool) -> String {
    match (scanners, short) {
        (0, false) => pen.say(Label::Keyboard).to_owned(),
        (0, true) => pen.say(Label::KeyboardShort).to_owned(),
        (1, false) => pen.say(Label::Scanner).to_owned(),
        (1, true) => pen.say(Label::ScannerShort).to_owned(),
        (n, false) => format!("{n} {}", pen.say(Label::Scanners)),
        (n, true) => format!("{n} {}", pen.say(Label::ScannerShort)),
    }
}

/// What is wrong with a scanner: in words of its own where it is the only one, and behind its name.
struct Trouble {
    alone: Label,
    behind_name: Label,
}

fn trouble(state: &ScannerState) -> Option<Trouble> {
    let (alone, behind_name) = match state {
        ScannerState::Ready => return None,
        ScannerState::Lost => (Label::NoScanner, Label::OneLost),
        ScannerState::NotPermitted => (Label::ScannerDenied, Label::OneDenied),
        ScannerState::Taken { .. } => (Label::ScannerTaken, Label::OneTaken),
    };
    Some(Trouble { alone, behind_name })
}

/// `14 min`, `22 h`, `3 d`.
pub(crate) fn age(minutes: u32) -> String {
    match minutes {
        0..=119 => format!("{minutes} min"),
        120..=2_879 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages_are_told_in_the_unit_that_matters() {
        assert_eq!([age(14), age(130), age(26 * 60), age(5_000)], ["14 min", "2 h", "26 h", "3 d"]);
    }
}
