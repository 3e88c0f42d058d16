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
    let facts = facts(pen, model);
    let time = Fact::calm(model.status.time.clone());
    let bottom = area.height.saturating_sub(1);
    let mut right = area.width;
    let place = |right: &mut u16, text: &str| {
        *right = right.saturating_sub(u16_of(cells(&display_safe(text))));
        let x = *right;
        *right = right.saturating_sub(GAP);
        x
    };
    let x = place(&mut right, &time.text);
    pen.put(area, x, 0, &time.text, bar);
    if bottom > 0 {
        let mut x = 0;
        for fact in &facts {
            x = pen.put(area, x, bottom, &fact.text, fact.style(pen)).saturating_add(GAP);
        }
    } else {
        for fact in facts.iter().rev() {
            let x = place(&mut right, &fact.text);
            pen.put(area, x, 0, &fact.text, fact.style(pen));
        }
    }
    let who = Rect { width: right, ..area };
    let station = &model.settings.place.station;
    let x = pen.put(who, 0, 0, &format!(" {station}"), bar.patch(pen.theme.strong()));
    let name = model.desk.operator.as_ref().map_or_else(|| pen.say(Label::Nobody).to_owned(), |p| p.name.clone());
    pen.put(who, x.saturating_add(GAP), 0, &name, bar);
}

/// The ledger, the replica, what is on this terminal alone, the clock, the scanner.
fn facts(pen: &Pen<'_>, model: &Model) -> Vec<Fact> {
    let status = &model.status;
    let mut all = vec![match model.log {
        Log::Ok => Fact::calm(pen.say(Label::LogOk)),
        Log::Saving => Fact::calm(pen.say(Label::LogSaving)),
        Log::Fault => Fact::warning(pen.say(Label::LogFault)),
    }];
    let replica = pen.say(Label::Replica);
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
        Source::Keyboard => Fact::calm(pen.say(Label::Keyboard)),
        Source::Scanner { connected: true, .. } => Fact::calm(pen.say(Label::Scanner)),
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
