//! What is recorded about a unit, to read.

use ratatui::layout::Rect;

use super::list::window;
use crate::app::history::{Entry, Fact, of};
use crate::app::model::Over;
use crate::app::settlement::Work;
use crate::domain::traveller::{Ended, Out};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

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
    let time = page.pen.speech.time(entry.at);
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
        Fact::Piece { part, number, out } => match out {
            None => format!("{part}  {number}"),
            Some(Out::Voided) => format!("{part}  {number}  {}", pen.say(Label::Voided)),
            Some(Out::Removed(_)) => format!("{part}  {number}  {}", pen.say(Label::TakenOut)),
        },
        Fact::Observed { check, point, value, passed, voided } => {
            let title = check.map_or("", |c| c.title.as_str());
            let point = point.map(|p| format!(" {p}")).unwrap_or_default();
            let value = check.map_or_else(|| (*value).to_owned(), |c| pen.speech.observed(c, value));
            let verdict = pen.say(if *passed { Label::Passed } else { Label::Failed });
            let voided = if *voided { format!("  {}", pen.say(Label::Voided)) } else { String::new() };
            format!("{title}{point}  {value}  {verdict}{voided}")
        }
        Fact::Signed { name, meaning } => format!("{} {name}: {meaning}", pen.say(Label::Signed)),
        Fact::Ended { how, reason } => {
            let how = pen.say(match how {
                Ended::Passed => Label::Passed,
                Ended::Failed => Label::Failed,
                Ended::Retested => Label::Retested,
            });
            let reason = reason.map(|r| format!("  {r}")).unwrap_or_default();
            format!("{} {how}{reason}", pen.say(Label::StepEnded))
        }
        Fact::Held { reason } => format!("{}: {reason}", pen.say(Label::OnHold)),
    }
}
