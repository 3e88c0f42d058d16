//! A screen as text that a reviewer can read: its rows, and below them where each look begins and ends.

use std::fmt::Write as _;

use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;
use ratatui::{Frame, Terminal};
use traveller::app::model::Model;
use traveller::app::seats::Seats;
use traveller::ui::glyph::on_every_console;
use traveller::ui::theme::Theme;
use traveller::ui::view::view;

/// The sizes that every screen is looked at in.
pub(crate) const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (132, 43)];

/// The cells of a frame.
pub(super) fn drawn((width, height): (u16, u16), draw: impl FnOnce(&mut Frame<'_>)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(draw).unwrap();
    terminal.backend().buffer().clone()
}

/// The cells of a model's screen.
pub(super) fn cells(model: &Model, theme: Theme, size: (u16, u16)) -> Buffer {
    drawn(size, |frame| view(model, &theme, frame))
}

/// The cells of a terminal with its seats.
pub(super) fn cells_of_seats(seats: &Seats, theme: Theme, size: (u16, u16)) -> Buffer {
    drawn(size, |frame| traveller::ui::seats::view(seats, &theme, frame))
}

/// A screen in every size.
pub(crate) fn picture(cells: impl Fn((u16, u16)) -> Buffer) -> String {
    SIZES.iter().map(|size| one(&cells(*size))).collect::<Vec<_>>().join("\n")
}

/// Every console can show it, in every size.
pub(crate) fn fits_every_console(name: &str, cells: impl Fn((u16, u16)) -> Buffer) {
    for row in SIZES.iter().flat_map(|size| rows(&cells(*size))) {
        assert!(row.chars().all(on_every_console), "{name}: {row}");
    }
}

/// A picture is kept in `snapshots`, beside whoever looks, under its own name alone.
pub(crate) fn kept_beside() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The rows of a screen, without looks.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    buffer.content.chunks(width).map(|row| (0..width).map(|x| sign(row, x)).collect::<String>()).collect()
}

/// A coloured cell far from any letter is part of a big letter, or of a band.
fn sign(row: &[Cell], x: usize) -> &str {
    let beside = row[x.saturating_sub(1)..(x + 2).min(row.len())].iter();
    let letters = beside.filter(|c| c.bg != Color::Reset).any(|c| c.symbol() != " ");
    let coloured = row[x].bg != Color::Reset;
    if coloured && !letters { "█" } else { row[x].symbol() }
}

/// One screen, with its looks.
pub(super) fn one(buffer: &Buffer) -> String {
    let mut out = format!("{} x {}\n", buffer.area.width, buffer.area.height);
    for row in rows(buffer) {
        let _ = writeln!(out, "|{}", row.trim_end());
    }
    let width = usize::from(buffer.area.width);
    for (y, row) in buffer.content.chunks(width).enumerate() {
        for (from, until, look) in runs(row) {
            let _ = writeln!(out, "{y:>2} {from:>3}-{until:<3} {look}");
        }
    }
    out
}

/// Runs of cells that look the same, the plain ones left out.
fn runs(row: &[Cell]) -> Vec<(usize, usize, String)> {
    let mut all: Vec<(usize, usize, String)> = Vec::new();
    for (x, cell) in row.iter().enumerate() {
        let look = look(cell);
        match all.last_mut() {
            Some((_, until, before)) if *before == look && *until + 1 == x => *until = x,
            _ => all.push((x, x, look)),
        }
    }
    all.retain(|(_, _, look)| !look.is_empty());
    all
}

fn look(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if !cell.modifier.is_empty() {
        parts.push(format!("{:?}", cell.modifier).to_lowercase());
    }
    if cell.fg != Color::Reset {
        parts.push(format!("{:?}", cell.fg).to_lowercase());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on {:?}", cell.bg).to_lowercase());
    }
    parts.join(" ")
}
