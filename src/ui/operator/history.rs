//! What is recorded about a unit, to read.

use ratatui::layout::Rect;

use super::list::window;
use super::question::fate_label;
use crate::app::history::{Entry, Fact, of};
use crate::app::model::Over;
use crate::app::settlement::Work;
use crate::domain::traveller::{Ended, Out};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::between::Between;
use crate::ui::words::label::Label;
use crate::ui::words::paper::Paper;
use crate::ui::words::shop::Shop;

/// Draws the page.
pub fn draw(pen: &mut Pen<'_>, body: Rect, work: &Work, over: &Over) {
    let strong = pen.theme.strong();
    let mut page = Page::new(pen, body);
    let unit = work.traveller.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = page.pen.say(Label::HistoryTitle);
    let entries = of(work);
    let rows = usize::from(page.left().saturating_sub(1));
    let (top, shown) = window(entries.len(), over.top, rows);
    if shown < entries.len() {
        let place = format!("{}-{} / {}", top + 1, top + shown, entries.len());
        page.right(&place, strong);
    }
    page.line(&format!("{title} {unit} "), strong);
    for entry in entries.iter().skip(top).take(shown) {
        line(&mut page, entry);
    }
}

/// When, at which step, what, and by whom where there is room.
pub(super) fn line(page: &mut Page<'_, '_>, entry: &Entry<'_>) {
    let theme = page.pen.theme;
    let failed = matches!(
        entry.fact,
        Fact::Observed { passed: false, .. } | Fact::Ended { how: Ended::Failed, .. } | Fact::Held { .. }
    );
    let style = if failed { theme.failed() } else { theme.plain() };
    let wide = page.width() >= 60;
    // What the unit does not have has no moment of its own.
    let time = if entry.fact == Fact::LeftOut { " ".repeat(11) } else { page.pen.speech.time(entry.at) };
    let time = if wide { time.as_str() } else { time.rsplit(' ').next().unwrap_or_default() };
    let x = page.at(0, time, theme.plain()).saturating_add(1);
    let x = page.at(x, entry.step.map_or("", |s| s.as_str()), theme.plain()).max(x.saturating_add(4));
    let text = fact(page.pen, &entry.fact);
    page.at(x.saturating_add(1), &text, style);
    if let Some(by) = entry.by.filter(|_| wide) {
        page.right(&format!(" {by}"), theme.plain());
    }
    page.skip(1);
}

fn fact(pen: &Pen<'_>, fact: &Fact<'_>) -> String {
    match fact {
        Fact::Began => pen.say(Label::Began).to_owned(),
        Fact::Piece { part, number, is, loaded, quantity, out } => {
            let part = is.unwrap_or(part);
            let how = match (loaded, quantity) {
                (true, 0) => format!("  {}", pen.say(Shop::Replaced)),
                (true, n) => format!("  {} x{n}", pen.say(Shop::Loaded)),
                (false, _) => String::new(),
            };
            let out = match out {
                None => String::new(),
                Some(Out::Voided) => format!("  {}", pen.say(Label::Voided)),
                Some(Out::Removed(fate)) => format!("  {}: {}", pen.say(Label::TakenOut), pen.say(fate_label(*fate))),
            };
            format!("{part}  {number}{how}{out}")
        }
        Fact::LeftOut => pen.say(Shop::LeftOut).to_owned(),
        Fact::StoodBy => pen.say(Shop::StoodBy).to_owned(),
        Fact::Observed { check, point, value, gauge, passed, voided } => {
            let title = check.map_or("", |c| c.title.as_str());
            let point = point.map(|p| format!(" {p}")).unwrap_or_default();
            let value = check.map_or_else(|| (*value).to_owned(), |c| pen.speech.observed(c, value));
            let verdict = pen.say(if *passed { Label::Passed } else { Label::Failed });
            let voided = if *voided { format!("  {}", pen.say(Label::Voided)) } else { String::new() };
            let gauge = gauge.map(|g| format!("  {} {g}", pen.say(Shop::With))).unwrap_or_default();
            format!("{title}{point}  {value}  {verdict}{voided}{gauge}")
        }
        Fact::Signed { name, meaning } => format!("{} {name}: {meaning}", pen.say(Label::Signed)),
        Fact::Ended { how, reason } => {
            let how = pen.say(match how {
                Ended::Passed => Label::Passed,
                Ended::Failed => Label::Failed,
                Ended::Retested => Label::Retested,
                Ended::SentBack => Label::SentBack,
            });
            let reason = reason.map(|r| format!("  {r}")).unwrap_or_default();
            format!("{} {how}{reason}", pen.say(Label::StepEnded))
        }
        Fact::Moved { to, reason } => format!("{} {to}: {reason}", pen.say(Between::Moved)),
        Fact::Labelled { number, replaced, reason } => {
            format!("{} {number}: {reason}", pen.say(if *replaced { Paper::Replaced } else { Paper::Reprinted }))
        }
        Fact::Held { reason } => format!("{}: {reason}", pen.say(Label::OnHold)),
    }
}
