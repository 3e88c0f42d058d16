//! The screen of a terminal with one seat or two.
//!
//! Two seats are stacked where both fit; each is drawn as it would be on a terminal of its own. On a lower terminal the
//! seat that has the keyboard shows, and a row beneath it tells what there is at the other one.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::operator::{elsewhere, too_small};
use super::panes::{LEAST, Panes};
use super::theme::Theme;
use super::view::{Keyboard, pen, seat, view as view_alone};
use crate::app::seats::Seats;

/// Draws the whole screen.
pub fn view(seats: &Seats, theme: &Theme, frame: &mut Frame<'_>) {
    let whole = frame.area();
    let (keyboard, here) = seats.with_keyboard();
    let Some((_, away)) = seats.without_keyboard() else { return view_alone(here, theme, frame) };
    if Panes::too_small(whole) {
        too_small::draw(&mut pen(here, theme, frame), whole, here);
        let last = Rect { y: whole.y.saturating_add(2), height: whole.height.min(3).saturating_sub(2), ..whole };
        return elsewhere::draw(&mut pen(away, theme, frame), last, away);
    }
    let Some(halves) = halves(whole) else {
        let (upper, last) = above_last_row(whole);
        seat(&mut pen(here, theme, frame), upper, here, Keyboard::Here);
        return elsewhere::draw(&mut pen(away, theme, frame), last, away);
    };
    for ((which, model), half) in seats.iter().zip(halves) {
        let keyboard = if which == keyboard { Keyboard::Here } else { Keyboard::Away };
        seat(&mut pen(model, theme, frame), half, model, keyboard);
    }
}

/// Two halves, one above the other, where each is high enough.
fn halves(whole: Rect) -> Option<[Rect; 2]> {
    let upper = Rect { height: whole.height / 2, ..whole };
    let lower = Rect { y: upper.bottom(), height: whole.height.saturating_sub(upper.height), ..whole };
    (upper.height >= LEAST.1).then_some([upper, lower])
}

/// All but the last row, and that row.
fn above_last_row(whole: Rect) -> (Rect, Rect) {
    let upper = Rect { height: whole.height.saturating_sub(1), ..whole };
    (upper, Rect { y: upper.bottom(), height: 1, ..whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_share_the_terminal_where_both_are_high_enough() {
        assert_eq!(halves(Rect::new(0, 0, 80, 23)), None);
        for height in 24..70 {
            let [upper, lower] = halves(Rect::new(0, 0, 80, height)).unwrap();
            assert_eq!((upper.height + lower.height, lower.y), (height, upper.height));
            assert!(upper.height >= LEAST.1 && lower.height >= upper.height);
        }
    }
}
