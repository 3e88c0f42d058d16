//! Lists to choose from or to read, and the card of codes for a person who tries the program out.

use crate::app::model::Model;
use crate::ui::pen::Page;
use crate::ui::words::label::Label;

/// The part of a list that shows when it is scrolled to `top`: from where, and how many.
pub(super) fn window(length: usize, top: usize, rows: usize) -> (usize, usize) {
    let top = top.min(length.saturating_sub(rows));
    (top, rows.min(length - top))
}

/// Codes to type or scan, where there are any and there is room.
pub(super) fn card(page: &mut Page<'_, '_>, model: &Model) {
    let lines = &model.settings.card;
    if lines.is_empty() || page.left() < 3 {
        return;
    }
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let title = page.pen.say(Label::CardTitle);
    page.line(title, plain);
    for line in lines {
        let x = page.at(1, &line.code, strong);
        page.at(x.max(22).saturating_add(2), &line.what, plain);
        page.skip(1);
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn a_window_never_leaves_its_list() {
        assert_eq!(window(30, 0, 10), (0, 10));
        assert_eq!(window(30, 25, 10), (20, 10));
        assert_eq!(window(3, 9_999, 10), (0, 3));
        assert_eq!(window(0, 5, 0), (0, 0));
    }
}
