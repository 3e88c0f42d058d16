//! The status line: where this is, who is here, and whether the terminal can be trusted. It tells the truth, or it
//! warns; it is never left out.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyph::cells;
use super::pen::{Pen, u16_of};
use super::words::label::Label;
use crate::app::model::{Log, Model};
use crate::app::msg::Source;
use crate::domain::text::display_safe;
use crate::domain::time::Clock;

/// Minutes after which a nightly replica has missed its night.
const REPLICA_LATE_MINUTES: u32 = 26 * 60;
/// Cells between two facts.
const GAP: u16 = 2;
/// Cells that a name should have; shorter words make room for it.
const NAME_CELLS: u16 = 16;

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

    fn style(&self, pen: &Pen<'_>) -> Style {
        if self.warns { pen.theme.bar_warning() } else { pen.theme.bar() }
    }
}

/// Draws the status line, over one row or two.
pub fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let bar = pen.theme.bar();
    pen.fill(area, bar);
    let station = format!(" {}", model.settings.place.station);
    let time = &model.status.time;
    let left = if area.height > 1 {
        two_rows(pen, area, model);
        area.width.saturating_sub(width(time))
    } else {
        let room = area.width.saturating_sub(width(&station)).saturating_sub(NAME_CELLS);
        let whole = [facts(pen, model, false), facts(pen, model, true)];
        let fits = |f: &&Vec<Fact>| total(f).saturating_add(width(time)) <= room;
        let shown = whole.iter().find(fits).or(whole.last()).map(Vec::as_slice).unwrap_or_default();
        one_row(pen, area, shown, width(time))
    };
    pen.put_right(Rect { height: 1, ..area }, 0, time, bar);
    let who = Rect { width: left.saturating_sub(GAP), ..area };
    let x = pen.put(who, 0, 0, &station, bar.patch(pen.theme.strong()));
    let name = model.desk.operator.as_ref().map_or_else(|| pen.say(Label::Nobody).to_owned(), |p| p.name.clone());
    pen.put(who, x.saturating_add(GAP), 0, &name, bar);
}

fn width(text: &str) -> u16 {
    u16_of(cells(&display_safe(text)))
}

/// Cells of the facts, with a gap behind each.
fn total(facts: &[Fact]) -> u16 {
    facts.iter().map(|f| width(&f.text).saturating_add(GAP)).fold(0, u16::saturating_add)
}

/// The facts at the right, before the time. Tells where they begin.
fn one_row(pen: &mut Pen<'_>, area: Rect, facts: &[Fact], time: u16) -> u16 {
    let begin = area.width.saturating_sub(time).saturating_sub(total(facts));
    let mut x = begin;
    for fact in facts {
        x = pen.put(area, x, 0, &fact.text, fact.style(pen)).saturating_add(GAP);
    }
    begin
}

/// The facts in a row of their own. Where not all fit, what warns comes first.
fn two_rows(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let bottom = area.height.saturating_sub(1);
    let (warnings, calm): (Vec<_>, Vec<_>) = facts(pen, model, true).into_iter().partition(|f| f.warns);
    let mut x: u16 = 0;
    for fact in warnings.iter().chain(&calm) {
        if x.saturating_add(width(&fact.text)) <= area.width {
            x = pen.put(area, x, bottom, &fact.text, fact.style(pen)).saturating_add(GAP);
        }
    }
}

/// The ledger, the replica, what is on this terminal alone, the clock, the scanner.
fn facts(pen: &Pen<'_>, model: &Model, short: bool) -> Vec<Fact> {
    let status = &model.status;
    let mut all = vec![match model.log {
        Log::Ok => Fact::calm(pen.say(Label::LogOk)),
        Log::Saving => Fact::calm(pen.say(Label::LogSaving)),
        Log::Fault => Fact::warning(pen.say(Label::LogFault)),
    }];
    let replica = pen.say(if short { Label::ReplicaShort } else { Label::Replica });
    all.push(match status.replica_minutes {
        None => Fact::calm(format!("{replica} {}", pen.say(Label::NoReplica))),
        Some(late) if late > REPLICA_LATE_MINUTES => Fact::warning(format!("!{replica} {}", age(late))),
        Some(minutes) => Fact::calm(format!("{replica} {}", age(minutes))),
    });
    all.push(Fact::calm(format!("{} {}", pen.say(Label::Unsent), status.unsent)));
    match status.clock {
        Clock::Synced => {}
        Clock::Held => all.push(Fact::calm(pen.say(Label::ClockHeld))),
        Clock::Doubt => all.push(Fact::warning(pen.say(Label::ClockDoubt))),
    }
    all.push(match &status.input {
        Source::Keyboard => Fact::calm(pen.say(if short { Label::KeyboardShort } else { Label::Keyboard })),
        Source::Scanner { connected: true, .. } => {
            Fact::calm(pen.say(if short { Label::ScannerShort } else { Label::Scanner }))
        }
        Source::Scanner { connected: false, .. } => Fact::warning(pen.say(Label::NoScanner)),
    });
    all
}

/// `14 min`, `22 h`, `3 d`.
fn age(minutes: u32) -> String {
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
