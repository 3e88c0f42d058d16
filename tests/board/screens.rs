//! Every page of the board, as it looks: 80 by 24, 40 by 12, and 132 by 43; German where it differs in more than words.
//! And at any size at all.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use traveller::app::board::content::Board;
use traveller::app::board::model::{Effect, Model, Note};
use traveller::app::board::pages::Page;
use traveller::app::board::update::{Msg, update};
use traveller::app::lang::Lang;
use traveller::app::msg::Key;
use traveller::app::port::Fault;
use traveller::ui::board::{extent, rows, view};
use traveller::ui::sheet::Sheet;
use traveller::ui::theme::Theme;

use super::sample::board;
use crate::terminal::picture::{fits_every_console, kept_beside, picture, rows as text_rows};

/// The board of a moment, with nobody at its keyboard yet.
fn shown(board: Option<Board>) -> Model {
    let mut model = Model::new(Lang::English, TimeZone::UTC, None);
    model.time = "09:31".to_owned();
    model.board = board.map(Box::new);
    model
}

fn cells(model: &mut Model, (width, height): (u16, u16), theme: Theme) -> Buffer {
    let size = Size { width, height };
    model.settle(rows(size), extent(model, size));
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
    view(model, theme, &mut buffer);
    buffer
}

fn same(name: &str, model: &mut Model) {
    let model = std::cell::RefCell::new(model);
    let cells = |size| cells(&mut model.borrow_mut(), size, Theme::colour16());
    fits_every_console(name, cells);
    kept_beside().bind(|| insta::assert_snapshot!(name, picture(cells)));
}

#[test]
fn each_page() {
    let mut model = shown(Some(board()));
    let names = ["line", "shift", "now", "units", "quality", "limits", "trend"];
    for (page, name) in Page::ALL.into_iter().zip(names) {
        update(&mut model, Msg::Key(Key::F(2 + u8::try_from(page.place()).unwrap())));
        assert_eq!(model.page, page);
        same(&format!("board-{name}"), &mut model);
    }
    update(&mut model, Msg::Key(Key::F(10)));
    same("board-trend-de", &mut model);
    update(&mut model, Msg::Key(Key::Char('1')));
    same("board-line-de", &mut model);
    update(&mut model, Msg::Key(Key::F(1)));
    same("board-help-de", &mut model);
    update(&mut model, Msg::Key(Key::F(10)));
    same("board-help", &mut model);
    update(&mut model, Msg::Key(Key::Esc));
    update(&mut model, Msg::Failed(Fault::new("the disk is gone", "put it back")));
    same("board-failed", &mut model);
    assert!(matches!(model.note, Some(Note::Failed(_))));
    update(&mut model, Msg::Board(Box::new(board())));
    assert_eq!(model.note, None, "it answers again");
}

#[test]
fn nothing_is_read_yet_and_nothing_is_on_record() {
    same("board-reading", &mut shown(None));
    let mut empty = shown(Some(Board::default()));
    same("board-empty", &mut empty);
    update(&mut empty, Msg::Key(Key::Char('7')));
    same("board-no-trend", &mut empty);
}

#[test]
fn any_size_is_drawn() {
    for page in 0..=Page::ALL.len() {
        let mut model = shown(Some(board()));
        let key = if page == Page::ALL.len() { Key::F(1) } else { Key::F(2 + u8::try_from(page).unwrap()) };
        update(&mut model, Msg::Key(key));
        for (width, height) in (1..=250).step_by(7).flat_map(|w| (1..=80).step_by(3).map(move |h| (w, h))) {
            cells(&mut model, (width, height), Theme::colour16());
        }
        for size in [(1, 1), (2, 1), (1, 2), (19, 4), (20, 3), (20, 4), (250, 80)] {
            cells(&mut model, size, Theme::mono());
        }
    }
}

#[test]
fn what_is_wrong_is_said_without_colour() {
    let mut model = shown(Some(board()));
    let rows = text_rows(&cells(&mut model, (80, 24), Theme::mono()));
    let of = |word: &str| rows.iter().find(|row| row.contains(word)).unwrap_or_else(|| panic!("{word}: {rows:#?}"));
    assert!(of("SILENT").starts_with('?'), "silence is a state");
    assert!(of("DOWN").starts_with('!') && of("CALL").starts_with('!'));
    assert!(rows[0].contains("BEHIND 24"), "{}", rows[0]);
}

#[test]
fn keys_turn_pages_and_scroll_and_never_beyond_the_end() {
    let mut model = shown(Some(board()));
    for _ in 0..Page::ALL.len() {
        update(&mut model, Msg::Key(Key::Tab));
    }
    assert_eq!(model.page, Page::Line);
    cells(&mut model, (80, 12), Theme::mono());
    for _ in 0..50 {
        update(&mut model, Msg::Key(Key::PageDown));
    }
    let rows = text_rows(&cells(&mut model, (80, 12), Theme::mono()));
    assert!(rows[10].contains("09:00"), "the last hour stands at the end:\n{rows:#?}");
    update(&mut model, Msg::Key(Key::Up));
    update(&mut model, Msg::Key(Key::Char('3')));
    assert_eq!(model.top(), 0, "each page has a place of its own");
    for key in [Key::Enter, Key::Backspace, Key::Char('x'), Key::F(9), Key::F(11), Key::Char('n')] {
        assert_eq!(update(&mut model, Msg::Key(key)), None);
        assert_eq!(model.page, Page::Now, "{key:?} means nothing here");
    }
    assert_eq!(model.check, Some("pc200:40:leak".parse().unwrap()), "chosen on the way past that page");
    assert_eq!(update(&mut model, Msg::Key(Key::Char('7'))), None, "and read already");
    assert_eq!(update(&mut model, Msg::Key(Key::Char('n'))), Some(Effect::Trend("pc200:30:torque".parse().unwrap())));
    assert_eq!(update(&mut model, Msg::Key(Key::Char('n'))), Some(Effect::Trend("pc200:40:leak".parse().unwrap())));
    assert_eq!(update(&mut model, Msg::Key(Key::Char('p'))), Some(Effect::Trend("pc200:30:torque".parse().unwrap())));
    let rows = text_rows(&cells(&mut model, (80, 24), Theme::mono()));
    assert!(rows[2].contains("reading"), "the trend of another check is not shown as this one's:\n{rows:#?}");
    update(&mut model, Msg::Key(Key::Esc));
    assert_eq!(model.page, Page::Line);
    for key in [Key::Char('q'), Key::F(12), Key::Interrupt] {
        assert_eq!(update(&mut model, Msg::Key(key)), Some(Effect::Quit));
    }
}

#[test]
fn frames_stay_within_their_bytes() {
    let mut model = shown(Some(board()));
    let size = Size { width: 80, height: 24 };
    let mut sheet = Sheet::new(Vec::new(), size);
    let mut sent = 0;
    let mut frame = |model: &mut Model| {
        model.settle(rows(size), extent(model, size));
        sheet.draw(|buffer| view(model, Theme::colour16(), buffer)).unwrap();
        let all = sheet.sent().len();
        all - std::mem::replace(&mut sent, all)
    };
    let first = frame(&mut model);
    assert!((500..=4_000).contains(&first), "the first frame has {first} bytes");
    assert_eq!(frame(&mut model), 0, "nothing costs nothing");
    model.time = "09:32".to_owned();
    model.board.as_mut().unwrap().at = Some(super::sample::at("09:32"));
    let minute = frame(&mut model);
    assert!((1..=200).contains(&minute), "a minute has {minute} bytes");
    model.board.as_mut().unwrap().stations[2].passed += 1;
    let pass = frame(&mut model);
    assert!((1..=100).contains(&pass), "one pass has {pass} bytes");
    update(&mut model, Msg::Key(Key::Down));
    let scroll = frame(&mut model);
    assert!((1..=1_000).contains(&scroll), "a scroll has {scroll} bytes");
}
