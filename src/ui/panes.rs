//! Where things are: the same places on every screen, so that a change of screen moves nothing that stays.
//!
//! ```text
//! status   one row; two where it is narrow
//! body     the screen                                    side: the route, where it is wide
//! band     what the last input came to; grows upwards
//! field    what is typed
//! keys     what the keys do now
//! ```

use ratatui::layout::Rect;

/// The smallest terminal that everything fits on.
pub const LEAST: (u16, u16) = (40, 12);
/// Cells from which on one row takes the whole status.
pub const WIDE_STATUS: u16 = 72;
/// Cells from which on the route stands beside the body.
const WIDE_BODY: u16 = 116;
/// Cells of the body where the route stands beside it.
const BODY: u16 = 78;

/// The places of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panes {
    /// The status line.
    pub status: Rect,
    /// The screen.
    pub body: Rect,
    /// Beside it, where it is wide.
    pub side: Option<Rect>,
    /// What the last input came to: its lowest row.
    pub band: Rect,
    /// What is typed.
    pub field: Rect,
    /// What the keys do.
    pub keys: Rect,
}

impl Panes {
    /// The places within a terminal that is not too small.
    pub fn of(whole: Rect) -> Self {
        let row = |from_bottom: u16| Rect { y: whole.bottom().saturating_sub(from_bottom), height: 1, ..whole };
        let status = Rect { height: if whole.width >= WIDE_STATUS { 1 } else { 2 }, ..whole };
        // A row and a cell of air, where there is room for it.
        let (air, edge) = if whole.height >= 20 { (1, 1) } else { (0, 0) };
        let top = status.bottom().saturating_add(air);
        let body = Rect {
            x: whole.x.saturating_add(edge),
            y: top,
            width: whole.width.saturating_sub(2 * edge),
            height: whole.bottom().saturating_sub(3).saturating_sub(top),
        };
        let side = (whole.width >= WIDE_BODY).then(|| {
            let x = body.x.saturating_add(BODY).saturating_add(3);
            Rect { x, width: body.right().saturating_sub(x), ..body }
        });
        let body = if side.is_some() { Rect { width: BODY, ..body } } else { body };
        Self { status, body, side, band: row(3), field: row(2), keys: row(1) }
    }

    /// Whether the terminal is too small for any of it.
    pub fn too_small(whole: Rect) -> bool {
        whole.width < LEAST.0 || whole.height < LEAST.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_lie_within_and_never_over_each_other() {
        for width in LEAST.0..=160 {
            for height in LEAST.1..=60 {
                let whole = Rect::new(0, 0, width, height);
                let p = Panes::of(whole);
                assert!(p.status.bottom() <= p.body.y && p.body.bottom() <= p.band.y, "{width}x{height}");
                assert!(p.band.bottom() <= p.field.y && p.field.bottom() <= p.keys.y && p.keys.bottom() == height);
                assert!(p.body.right() <= width && p.side.is_none_or(|s| s.x > p.body.right() && s.right() <= width));
                assert!(p.body.height >= 7, "{width}x{height}");
            }
        }
    }
}
