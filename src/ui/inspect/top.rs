//! What stands above the list: the ledger, the search line, and what the page is about.

use ratatui::layout::Rect;

use super::said::is_trouble;
use super::{things, unit};
use crate::app::inspect::completion::OFFERED_MOST;
use crate::app::inspect::found::{Reach, Through};
use crate::app::inspect::model::{Focus, Model};
use crate::app::inspect::page::{Page, Tab, UnitPage};
use crate::app::inspect::things::LotPage;
use crate::domain::text::display_safe;
use crate::ui::glyph::cells;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::words::label::Label;
use crate::ui::words::look::Look;
use crate::ui::wrap::tail;

/// The ledger: what it is, whether the ends of its chains hold, when something was recorded last, and the clock.
pub(super) fn status(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let bar = pen.theme.bar();
    pen.fill(area, bar);
    let x = pen.put(area, 0, 0, pen.say(Look::Title), bar.patch(pen.theme.strong()));
    let mut facts = Vec::new();
    let mut broken = false;
    if let Some(standing) = &model.standing {
        let name = standing.terminal.clone();
        facts.push(name.unwrap_or_else(|| format!("{} {}", standing.streams, pen.say(Look::Streams))));
        facts.push(format!("{} {}", standing.events, pen.say(Look::Events)));
        broken = !standing.ends_hold;
        facts.push(pen.say(if broken { Look::EndBroken } else { Look::EndOk }).to_owned());
        if area.width >= 70 {
            let last = standing.last.map(|at| pen.speech.time(at)).unwrap_or_default();
            facts.push(format!("{} {last}", pen.say(Look::Last)));
        }
    }
    let room = Rect { width: area.width.saturating_sub(u16_of(cells(&model.time)) + 1), ..area };
    let mut x = x.saturating_add(2);
    for fact in facts {
        let style = if broken && fact.starts_with('!') { pen.theme.bar_warning() } else { bar };
        if x.saturating_add(u16_of(cells(&fact))) <= room.width {
            x = pen.put(room, x, 0, &fact, style).saturating_add(2);
        }
    }
    pen.put_right(area, 0, &model.time, bar);
}

/// The search line, or the command that is being typed; and what was found.
pub(super) fn line(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    if model.focus == Focus::Command {
        pen.put(area, 0, 0, &format!(":{}_", display_safe(&model.command)), strong);
        return;
    }
    let count = match &model.find.reach {
        Some(_) if model.find.hits.is_empty() => pen.say(Look::NothingFound).to_owned(),
        Some(reach) => {
            let more = if reach.full || reach.going { "+" } else { "" };
            format!("{}{more} {}", model.find.hits.len(), pen.say(Look::Found))
        }
        None => String::new(),
    };
    pen.put_right(area, 0, &count, plain);
    let room = usize::from(area.width).saturating_sub(cells(&count) + 4);
    let typed = tail(&display_safe(&model.line), room);
    let cursor = if model.focus == Focus::Line { "_" } else { "" };
    let x = pen.put(area, 0, 0, "/ ", strong);
    pen.put(area, x, 0, &format!("{typed}{cursor}"), if cursor.is_empty() { plain } else { strong });
}

/// What the list is about: how a word may go on, or how far the search looked; the unit and its tabs.
pub(super) fn title(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let plain = pen.theme.plain();
    match model.page().map(|open| &open.page) {
        None => {
            let offered = model.completions();
            if offered.is_empty() {
                let newest = model.line.trim().is_empty();
                pen.put(area, 1, 0, if newest { pen.say(Look::Newest) } else { "" }, plain);
                return;
            }
            let mut x = 1;
            for word in offered.iter().take(OFFERED_MOST) {
                if x + u16_of(cells(word)) < area.width {
                    x = pen.put(area, x, 0, word, plain).saturating_add(2);
                }
            }
        }
        Some(Page::Unit(page)) => unit_title(pen, area, page),
        Some(Page::Lot(page)) => lot_title(pen, area, page),
        Some(Page::Load(load)) => {
            let stands = things::load_stands(pen, load, model.wall.now);
            let x = pen.put(area, 1, 0, pen.say(Look::Load), plain);
            let x = pen.put(area, x.saturating_add(1), 0, &load.load, pen.theme.strong());
            pen.put(area, x.saturating_add(1), 0, &stands, plain);
        }
        Some(Page::Used(used)) => {
            let x = pen.put(area, 1, 0, pen.say(Look::UsedTitle), plain);
            pen.put(area, x.saturating_add(1), 0, &used.of, pen.theme.strong());
            let total = unit::total(pen, used);
            pen.put_right(area, 0, &total, plain);
        }
        Some(Page::Event(logged)) => {
            let unit = logged.event.about.unit.as_ref().map_or("", |unit| unit.as_str());
            let x = pen.put(area, 1, 0, pen.say(Look::FieldEvent), plain);
            let x = pen.put(area, x.saturating_add(1), 0, &logged.id.seq.to_string(), pen.theme.strong());
            pen.put(area, x.saturating_add(2), 0, unit, plain);
        }
        Some(Page::Ledger(_)) => drop(pen.put(area, 1, 0, pen.say(Look::LedgerTitle), plain)),
    }
}

fn unit_title(pen: &mut Pen<'_>, area: Rect, page: &UnitPage) {
    let (plain, strong) = (pen.theme.plain(), pen.theme.strong());
    let record = &page.record;
    let state = record.traveller.state();
    let x = pen.put(area, 1, 0, record.unit.as_str(), strong);
    let style = if is_trouble(state) { pen.theme.failed() } else { plain };
    let mut x = pen.put(area, x.saturating_add(1), 0, state.word(), style).saturating_add(2);
    let wide = area.width >= super::hits::WIDE;
    if wide && let Some((route, revision)) = &record.traveller.route {
        x = pen.put(area, x, 0, &format!("{route} {} {revision}", pen.say(Label::Revision)), plain).saturating_add(2);
    }
    if !record.events.iter().all(|logged| logged.holds) {
        pen.put(area, x, 0, pen.say(Look::ChainBroken), pen.theme.failed());
    }
    tabs(pen, area, &Tab::ALL, page.tab);
}

/// The lot, how it stands, and as much of what it is as there is room for.
fn lot_title(pen: &mut Pen<'_>, area: Rect, page: &LotPage) {
    let (plain, strong) = (pen.theme.plain(), pen.theme.strong());
    let (state, trouble, facts) = things::lot_stands(pen, &page.look);
    let x = pen.put(area, 1, 0, page.look.lot.as_str(), strong);
    let style = if trouble { pen.theme.failed() } else { plain };
    let x = pen.put(area, x.saturating_add(1), 0, &state, style).saturating_add(2);
    let left = tabs(pen, area, &LotPage::TABS, page.tab);
    let room = Rect { width: left.saturating_sub(1), ..area };
    if x < room.width {
        pen.put(room, x, 0, &facts, plain);
    }
}

/// The tabs at the right; on a narrow screen only the one that shows. Where they begin.
fn tabs(pen: &mut Pen<'_>, area: Rect, all: &[Tab], shown: Tab) -> u16 {
    let wide = area.width >= super::hits::WIDE;
    let tabs = all.iter().copied().filter(|tab| wide || *tab == shown);
    let words: Vec<(Tab, &str)> = tabs.map(|tab| (tab, pen.say(word(tab)))).collect();
    let width = words.iter().map(|(_, word)| u16_of(cells(word)) + 1).sum::<u16>();
    let first = area.width.saturating_sub(width);
    let mut x = first;
    for (tab, word) in words {
        let style = if tab == shown { pen.theme.bar() } else { pen.theme.plain() };
        x = pen.put(area, x, 0, word, style).saturating_add(1);
    }
    first
}

fn word(tab: Tab) -> Look {
    match tab {
        Tab::Record => Look::TabRecord,
        Tab::Parts => Look::TabParts,
        Tab::Used => Look::TabUsed,
        Tab::Route => Look::TabRoute,
        Tab::Gaps => Look::TabGaps,
    }
}

/// How far the search has looked. What it did not look at is told.
pub(super) fn reach(pen: &Pen<'_>, reach: Reach) -> String {
    if reach.full {
        return pen.say(Look::Full).to_owned();
    }
    let (looked_at, of, back) = match reach.through {
        Through::Beginnings => return pen.say(Look::Beginnings).to_owned(),
        Through::Numbers(n) => (n, Look::Numbers, None),
        Through::Units(n) => (n, Look::Units, None),
        Through::Refusals(n, back) => (n, Look::Refusals, back),
        Through::Events(n, back) => (n, Look::EventsSearched, back),
    };
    if !reach.going {
        return format!("{} {looked_at} {}", pen.say(Look::All), pen.say(of));
    }
    let back = back.map(|at| format!(", {} {}", pen.say(Look::BackTo), pen.speech.time(at))).unwrap_or_default();
    format!("{looked_at} {}{back}, {}", pen.say(of), pen.say(Look::GoesOn))
}
