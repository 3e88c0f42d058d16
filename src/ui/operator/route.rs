//! The whole route beside the work, and the latest of the record, where the terminal is wide enough.

use ratatui::layout::Rect;

use super::history::line;
use crate::app::history::of;
use crate::app::settlement::Work;
use crate::domain::traveller::Standing;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the list of steps: which are done, and which is due.
pub fn draw(pen: &mut Pen<'_>, area: Rect, work: &Work, with_record: bool) {
    let (strong, plain, failed) = (pen.theme.strong(), pen.theme.plain(), pen.theme.failed());
    let mut page = Page::new(pen, area);
    let title = page.pen.say(Label::RouteTitle);
    page.line(&format!("{title} {}", work.route.id), strong);
    page.skip(1);
    let due = work.traveller.due.as_ref().map(|d| &d.step);
    let variant = work.traveller.variant.as_deref();
    for step in work.route.steps.iter().filter(|s| s.is_of(variant)) {
        let (sign, style) = match due {
            Some(d) if *d == step.id && work.traveller.standing == Standing::Nonconforming => ("!", failed),
            Some(d) if *d == step.id => ("▶", strong),
            _ if work.traveller.passed.contains(&step.id) => ("■", plain),
            _ if work.traveller.skipped.contains(&step.id) => ("–", plain),
            _ => (" ", plain),
        };
        page.at(0, sign, style);
        page.at(2, &format!("{}  {}", step.id, step.title), style);
        page.skip(1);
    }
    if with_record {
        page.skip(1);
        latest(&mut page, work);
    }
}

/// As much of the record as there is room for, the latest last.
fn latest(page: &mut Page<'_, '_>, work: &Work) {
    let title = page.pen.say(Label::RecordTitle);
    let strong = page.pen.theme.strong();
    page.line(title, strong);
    let entries = of(work);
    let room = usize::from(page.left());
    for entry in entries.iter().skip(entries.len().saturating_sub(room)) {
        line(page, entry);
    }
}
