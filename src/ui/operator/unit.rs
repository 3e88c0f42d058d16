//! The head of a screen that is about a unit: which one, on which route, at which step. And the big word of a verdict.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::shelf::progress;
use crate::app::checklist::Bench;
use crate::app::settlement::Work;
use crate::domain::event::Purpose;
use crate::domain::order::Order;
use crate::ui::big;
use crate::ui::pen::{Page, Pen, u16_of};
use crate::ui::words::batch::Words;
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;
use crate::ui::words::shop::Shop;

/// Rows from which on there is room for big letters.
const TALL: u16 = 14;

/// The unit's number, and its route.
pub(super) fn unit_line(page: &mut Page<'_, '_>, work: &Work) {
    let style = page.pen.theme.strong();
    let unit = work.traveller.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    let route = &work.route;
    let narrow = page.width() < 60;
    let revision = page.pen.say(Label::Revision);
    let name = if narrow { route.id.to_string() } else { route.title.clone() };
    let plain = page.pen.theme.plain();
    page.right(&format!("{name}  {revision} {}", route.revision), plain);
    let pieces = work.traveller.pieces().map(|n| format!(" {n} {} ", page.pen.say(Words::Pieces)));
    let pieces = pieces.unwrap_or_default();
    let made_for = purpose(work.traveller.purpose).map(|label| page.pen.say(label));
    let made_for = made_for.map(|word| format!(" {word} ")).unwrap_or_default();
    page.line(&format!("{unit} {pieces}{made_for}"), style);
}

/// What a unit is made for, where it is not to be sold.
fn purpose(purpose: Purpose) -> Option<Many> {
    match purpose {
        Purpose::Production => None,
        Purpose::FirstArticle => Some(Many::FirstArticle),
        Purpose::Trial => Some(Many::Trial),
        Purpose::Golden => Some(Many::Golden),
        Purpose::Training => Some(Many::Training),
    }
}

/// The unit's order, how far that is where it is known, and the variant; nothing where it has no order.
pub(super) fn order_line(page: &mut Page<'_, '_>, work: &Work, known: Option<&Order>) {
    let Some(id) = &work.traveller.order else { return };
    let plain = page.pen.theme.plain();
    let wide = page.width() >= 60;
    let known = known.filter(|o| o.order == *id);
    let far = known.map(|o| format!("  {}", progress(page.pen, o, wide))).unwrap_or_default();
    if let Some(variant) = &work.traveller.variant {
        let strong = page.pen.theme.strong();
        page.right(variant, strong);
    }
    let order = page.pen.say(Shop::Order);
    page.line(&format!("{order} {id}{far} "), plain);
}

/// The step, and its place in the route.
pub(super) fn step_line(page: &mut Page<'_, '_>, bench: Bench<'_>) {
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let (at, of) = bench.place();
    let (step, between) = (page.pen.say(Label::StepOf), page.pen.say(Label::Of));
    let attempt = bench.traveller.attempt_number(&bench.step.id);
    let mut place = format!("{at} {between} {of}");
    if attempt > 1 {
        place = format!("{} {attempt}   {place}", page.pen.say(Label::Attempt));
    }
    page.right(&place, plain);
    let title = bench.route.text_for(&bench.step.title, bench.traveller.variant.as_deref());
    page.line(&format!("{step} {}  {title} ", bench.step.id), strong);
}

/// The big word of a verdict with a text beside it, or a band where there is no room. Tells the rows that are left.
pub(super) fn verdict(pen: &mut Pen<'_>, body: Rect, word: Label, style: Style, beside: &[&str]) -> Rect {
    let word = pen.say(word);
    let strong = pen.theme.strong();
    if body.height < TALL || body.width < 60 {
        let row = Rect { height: body.height.min(1), ..body };
        pen.fill(row, style);
        pen.put(row, 1, 0, word, style);
        let rest = Rect { y: body.y.saturating_add(1), height: body.height.saturating_sub(1), ..body };
        let mut page = Page::new(pen, rest);
        for text in beside {
            page.text(text, 3, strong);
        }
        return page.rest();
    }
    big::write(pen, body, word, style);
    let left = big::width(word).saturating_add(2);
    let right =
        Rect { x: body.x.saturating_add(left), width: body.width.saturating_sub(left), height: big::ROWS, ..body };
    let mut page = Page::new(pen, right);
    for (i, text) in beside.iter().enumerate() {
        page.skip(u16_of(i.min(1)));
        page.text(text, 3, strong);
    }
    let below = big::ROWS.saturating_add(1);
    Rect { y: body.y.saturating_add(below), height: body.height.saturating_sub(below), ..body }
}
