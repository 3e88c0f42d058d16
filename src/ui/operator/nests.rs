//! Several units that are open at once: in which nest each is, and what it needs next.

use crate::app::checklist::{Asks, Bench};
use crate::app::model::Model;
use crate::app::settlement::Work;
use crate::domain::traveller::Standing;
use crate::ui::pen::{Page, u16_of};
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;
use crate::ui::words::shop::Shop;

/// Rows that the step itself has to have left.
const ROWS_OF_THE_STEP: u16 = 10;

/// The nests, where several units are open: each in a row of its own, or how many there are where there is no room.
pub(super) fn draw(page: &mut Page<'_, '_>, model: &Model) {
    if model.desk.beside.is_empty() {
        return;
    }
    let (plain, strong) = (page.pen.theme.plain(), page.pen.theme.strong());
    let all = model.desk.all_open();
    let (nest, of, keys) = (page.pen.say(Many::Nest), page.pen.say(Label::Of), page.pen.say(Many::NestKeys));
    if page.left() < ROWS_OF_THE_STEP.saturating_add(u16_of(all.len())) {
        let here = model.desk.open.as_ref().and_then(Work::nest).unwrap_or_default();
        return page.line(&format!("{nest} {here} {of} {}   {keys}", all.len()), strong);
    }
    for work in all {
        let shows = model.desk.open.as_ref() == Some(work);
        let (sign, style) = if shows { ("▶", strong) } else { (" ", plain) };
        let unit = work.traveller.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        page.at(0, sign, style);
        let x = page.at(2, &format!("{nest} {}  {unit}", work.nest().unwrap_or_default()), style);
        let needs = needs(page, model, work);
        page.at(x.max(34).saturating_add(2), &needs, style);
        page.skip(1);
    }
    page.line(keys, plain);
}

/// What a unit needs next, in a few words.
fn needs(page: &Page<'_, '_>, model: &Model, work: &Work) -> String {
    let say = |label: Label| page.pen.say(label).to_owned();
    if work.traveller.is_held() {
        return say(Label::OnHold);
    }
    if work.traveller.standing == Standing::Nonconforming {
        return say(Label::Failed);
    }
    let Some(bench) = Bench::of(&work.traveller, &work.route, &model.desk.station) else { return String::new() };
    let rows = bench.rows();
    let next = rows.iter().find(|row| row.state == crate::app::checklist::State::Next);
    next.map_or_else(
        || say(Label::NothingMissing),
        |row| match &row.asks {
            Asks::Part { title, .. } => (*title).to_owned(),
            Asks::Gauge { kind, .. } => format!("{} {kind}", page.pen.say(Shop::Gauge)),
            Asks::Check { check, point } => {
                point.map_or_else(|| check.title.clone(), |p| format!("{} {p}", check.title))
            }
            Asks::Signature(_) | Asks::FirstPiece => say(Label::Signature),
        },
    )
}
