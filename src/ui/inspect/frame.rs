//! The frame around every page of the inspector, and how much of a list it shows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{bottom, event, help, hits, ledger, things, top, unit};
use crate::app::inspect::model::Model;
use crate::app::inspect::page::{Page, Tab};
use crate::app::inspect::record::Logged;
use crate::app::inspect::things::load_rows;
use crate::domain::route::Route;
use crate::ui::pen::Pen;
use crate::ui::row::Row;
use crate::ui::theme::Theme;
use crate::ui::words::look::Look;
use crate::ui::words::speech::Speech;

/// Rows above and below the list.
const AROUND: u16 = 5;
/// Cells from which on the event under the cursor shows beside the list.
const BESIDE: u16 = 120;
/// Cells of the list where something shows beside it.
const LIST: u16 = 72;
/// Cells of a file's lines.
const FILE: u16 = 132;

fn pen<'a>(model: &Model, theme: Theme, buffer: &'a mut Buffer) -> Pen<'a> {
    Pen::new(buffer, theme, Speech { lang: model.lang, utc_offset: Some(model.wall.utc_offset) })
}

/// Rows that a list has on a screen.
pub fn rows(size: Size) -> usize {
    usize::from(size.height.saturating_sub(AROUND))
}

/// How long the list is that shows.
pub fn extent(model: &Model, size: Size) -> usize {
    let mut scratch = Buffer::empty(Rect::default());
    let pen = pen(model, Theme::mono(), &mut scratch);
    if model.help.is_some() {
        return help::rows(&pen, size.width).len();
    }
    match model.page().map(|open| &open.page) {
        None => model.find.hits.len(),
        Some(Page::Unit(page)) => unit::extent(page),
        Some(Page::Lot(page)) => page.extent(),
        Some(Page::Load(load)) => load_rows(load).count(),
        Some(Page::Used(used)) => used.units.len(),
        Some(Page::Event(logged)) => event::rows(&pen, logged, route_of(model, logged), size.width).len(),
        Some(Page::Ledger(streams)) => streams.len(),
    }
}

/// Draws the screen. It reads no clock, changes nothing, and fits any terminal.
pub fn view(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let whole = buffer.area;
    let mut pen = pen(model, theme, buffer);
    if whole.height <= AROUND || whole.width < 20 {
        let text = pen.say(Look::TooSmall);
        pen.put(whole, 0, 0, text, theme.plain());
        return;
    }
    let row = |y: u16| Rect { y, height: 1, ..whole };
    top::status(&mut pen, row(0), model);
    top::line(&mut pen, row(1), model);
    top::title(&mut pen, row(2), model);
    let body = Rect { y: 3, height: whole.height - AROUND, ..whole };
    list(&mut pen, body, model);
    bottom::note(&mut pen, row(whole.height - 2), model);
    bottom::keys(&mut pen, row(whole.height - 1), model);
}

fn list(pen: &mut Pen<'_>, body: Rect, model: &Model) {
    let beside = beside(model).filter(|_| body.width >= BESIDE);
    let left = if beside.is_some() { Rect { width: LIST, ..body } } else { body };
    let cursor = model.cursor();
    let reads = model.help.is_some() || matches!(model.page().map(|open| &open.page), Some(Page::Event(_)));
    for (n, row) in all(pen, model, left.width, cursor.top, usize::from(body.height)).iter().enumerate() {
        let y = u16::try_from(n).unwrap_or(u16::MAX);
        row.draw(pen, left, y, !reads && cursor.top + n == cursor.at);
    }
    if let Some(logged) = beside {
        let x = LIST + 1;
        let right = Rect { x: body.x + x, width: body.width - x, ..body };
        let rows = event::rows(pen, logged, route_of(model, logged), right.width);
        for (n, row) in rows.iter().take(usize::from(body.height)).enumerate() {
            row.draw(pen, right, u16::try_from(n).unwrap_or(u16::MAX), false);
        }
    }
}

/// The rows from one on, at most so many.
fn all(pen: &Pen<'_>, model: &Model, width: u16, from: usize, most: usize) -> Vec<Row> {
    if model.help.is_some() {
        return help::rows(pen, width).into_iter().skip(from).take(most).collect();
    }
    match model.page().map(|open| &open.page) {
        None => model.find.hits.iter().skip(from).take(most).map(|hit| hits::row(pen, hit, width)).collect(),
        Some(Page::Unit(page)) => {
            (from..from.saturating_add(most)).map_while(|at| unit::row(pen, page, at, width)).collect()
        }
        Some(Page::Lot(page)) => {
            (from..from.saturating_add(most)).map_while(|at| things::lot_row(pen, page, at, width)).collect()
        }
        Some(Page::Load(load)) => {
            load_rows(load).skip(from).take(most).map(|row| things::load_row(pen, row, width)).collect()
        }
        Some(Page::Used(used)) => {
            used.units.iter().skip(from).take(most).map(|used| unit::used(pen, used, width)).collect()
        }
        Some(Page::Event(logged)) => {
            event::rows(pen, logged, route_of(model, logged), width).into_iter().skip(from).take(most).collect()
        }
        Some(Page::Ledger(streams)) => {
            streams.iter().skip(from).take(most).map(|stream| ledger::row(pen, stream, width)).collect()
        }
    }
}

/// The event under the cursor of a unit's record.
fn beside(model: &Model) -> Option<&Logged> {
    let page = model.shown_unit().filter(|page| page.tab == Tab::Record && model.help.is_none())?;
    page.record.events.get(model.cursor().at)
}

/// The route of an event, where the page of its unit lies beneath.
fn route_of<'m>(model: &'m Model, logged: &Logged) -> Option<&'m Route> {
    let unit = logged.event.about.unit.as_ref()?;
    model.pages.iter().rev().find_map(|open| match &open.page {
        Page::Unit(page) if page.record.unit == *unit => page.record.route.as_deref(),
        Page::Unit(_) | Page::Lot(_) | Page::Load(_) | Page::Used(_) | Page::Event(_) | Page::Ledger(_) => None,
    })
}

/// What shows, whole, as lines of a text.
pub fn plain(model: &Model) -> Vec<String> {
    let mut scratch = Buffer::empty(Rect::default());
    let pen = pen(model, Theme::mono(), &mut scratch);
    let rows = all(&pen, model, FILE, 0, usize::MAX);
    rows.iter().map(|row| crate::domain::text::display_safe(&row.plain(usize::from(FILE))).into_owned()).collect()
}
