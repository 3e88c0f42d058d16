//! Every page of the inspector, as it looks: 80 by 24, 40 by 12, and 132 by 43; German where it differs in more than
//! words. And at any size at all.

use traveller::app::inspect::found::Hit;
use traveller::app::inspect::model::{Effect, Note};
use traveller::app::inspect::page::Page;
use traveller::app::inspect::record::{Logged, Looked};
use traveller::app::inspect::update::Msg;
use traveller::app::lang::Lang;
use traveller::app::msg::Key;
use traveller::ui::theme::Theme;

use super::looker::Looker;
use crate::terminal::picture::{fits_every_console, kept_beside, picture};
use crate::terminal::plant::Plant;

const PUMP: &str = "PC226-000417";

/// A pump that failed its leak test once, was refused somewhere, and is held; and another one that just began.
fn plant() -> Plant {
    let plant = Plant::new();
    let mut post = plant.pump_at_test(PUMP);
    for line in ["PC200-2.4.1", "300", "300"] {
        post.enter(line);
    }
    drop(post);
    plant.working("receiving", "PC226-000418").all(&["1"]);
    plant.hold(PUMP, "was dropped");
    plant
}

/// What is random in an event is always the same on a picture.
fn steady(logged: &mut Logged) {
    logged.id.epoch = "0123456789abcdef".parse().unwrap();
    logged.hash = "ab".repeat(32);
    logged.previous = logged.previous.as_ref().map(|_| "cd".repeat(32));
    logged.body = format!("{{\"v\":1,\"terminal\":\"T1\",\"kind\":\"{}\"}}", logged.event.what.kind());
}

pub(super) fn same(name: &str, looker: &mut Looker) {
    for hit in &mut looker.model.find.hits {
        if let Hit::Event(logged) = hit {
            steady(logged);
        }
    }
    for open in &mut looker.model.pages {
        match &mut open.page {
            Page::Unit(page) => page.record.events.iter_mut().for_each(steady),
            Page::Event(logged) => steady(logged),
            Page::Ledger(streams) => {
                for stream in streams.iter_mut() {
                    stream.epoch = "0123456789abcdef".parse().unwrap();
                }
            }
            Page::Lot(page) => page.look.events.iter_mut().for_each(steady),
            Page::Load(_) | Page::Used(_) => {}
        }
    }
    let looker = std::cell::RefCell::new(looker);
    let cells = |size| looker.borrow_mut().cells(size, Theme::colour16());
    fits_every_console(name, cells);
    kept_beside().bind(|| insta::assert_snapshot!(name, picture(cells)));
}

#[test]
fn searching() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), "");
    same("newest", &mut looker);
    looker.type_in("pc226");
    same("found", &mut looker);
    looker.type_in(" st");
    same("completing", &mut looker);
    looker.key(Key::Tab);
    looker.type_in("lost");
    same("misread", &mut looker);
    looker.model.lang = Lang::German;
    same("misread-de", &mut looker);
    let mut looker = Looker::at(&plant.ledger(), "op:OP-1");
    looker.model.pages.clear();
    same("events", &mut looker);
    let mut looker = Looker::at(&plant.ledger(), "zz");
    same("nothing", &mut looker);
    let mut looker = Looker::at(&plant.ledger(), "SCR");
    same("lots", &mut looker);
}

#[test]
fn a_units_pages() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), PUMP);
    same("record", &mut looker);
    looker.key(Key::Char('f'));
    same("record-trouble", &mut looker);
    looker.model.lang = Lang::German;
    same("record-de", &mut looker);
    looker.model.lang = Lang::English;
    looker.key(Key::Char('g'));
    same("parts", &mut looker);
    looker.key(Key::Tab);
    same("used-nowhere", &mut looker);
    looker.key(Key::Tab);
    same("route", &mut looker);
    looker.key(Key::Tab);
    same("gaps", &mut looker);
    looker.key(Key::Down);
    looker.key(Key::Char('y'));
    assert!(matches!(looker.effects.last(), Some(Effect::Copy(how)) if !how.is_empty()), "{:?}", looker.effects);
    looker.model.lang = Lang::German;
    same("gaps-de", &mut looker);
    let mut looker = Looker::at(&plant.ledger(), PUMP);
    looker.keys(&[Key::Char('f'), Key::Enter]);
    same("event", &mut looker);
    looker.model.lang = Lang::German;
    same("event-de", &mut looker);
}

#[test]
fn other_pages() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), "");
    looker.line(":used SCR-1");
    same("where-used", &mut looker);
    looker.key(Key::Esc);
    looker.type_in(":ledger");
    same("command", &mut looker);
    looker.key(Key::Enter);
    same("ledger", &mut looker);
    looker.key(Key::Char('?'));
    same("inspect-help", &mut looker);
    looker.model.lang = Lang::German;
    same("inspect-help-de", &mut looker);
}

#[test]
fn an_event_that_was_changed_shows() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), PUMP);
    let Page::Unit(page) = &mut looker.model.pages.last_mut().unwrap().page else { panic!() };
    page.record.events[2].holds = false;
    let changed = page.record.events[2].clone();
    same("record-broken", &mut looker);
    looker.key(Key::Char('f'));
    assert_eq!(looker.model.cursor().at, 2, "it counts as a failure");
    looker.hear(Msg::Looked { request: 0, outcome: Ok(Looked::Event(Box::new(changed.clone()))) });
    assert!(matches!(looker.model.page().unwrap().page, Page::Unit(_)), "nobody asked for it");
    looker.model.pages.last_mut().unwrap().page = Page::Event(Box::new(changed));
    assert!(looker.text().contains("DOES NOT FOLLOW"));
}

#[test]
fn any_size_is_drawn() {
    let plant = plant();
    let pages: [&[Key]; 9] = [
        &[],
        &[Key::Char('g')],
        &[Key::Char('w')],
        &[Key::Char('d')],
        &[Key::Char('l')],
        &[Key::Enter],
        &[Key::F(1)],
        &[Key::Char(':'), Key::Char('x')],
        &[Key::Char('/'), Key::Char('s')],
    ];
    for keys in pages {
        let mut looker = Looker::at(&plant.ledger(), PUMP);
        looker.keys(keys);
        looker.model.note = Some(Note::NoExport);
        for (width, height) in (1..=250).step_by(7).flat_map(|w| (1..=80).step_by(3).map(move |h| (w, h))) {
            looker.cells((width, height), Theme::colour16());
        }
        for size in [(1, 1), (2, 1), (1, 2), (19, 6), (20, 5), (20, 6), (120, 6), (119, 24), (250, 80)] {
            looker.cells(size, Theme::mono());
        }
    }
}

#[test]
fn letters_are_keys_only_where_nobody_types() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), "");
    looker.type_in("q");
    assert_eq!((looker.model.line.as_str(), looker.effects.len()), ("q", 0), "it is typed");
    looker.key(Key::Backspace);
    looker.key(Key::Down);
    // A label that is scanned into the list begins a search, and its Enter opens what it names.
    looker.line(PUMP);
    assert!(looker.text().contains("Made of"), "{}", looker.text());
    looker.line("B0004170");
    assert!(looker.text().contains(PUMP), "the unit that has it:\n{}", looker.text());
    looker.key(Key::Char('y'));
    looker.key(Key::Char('e'));
    looker.key(Key::Char('q'));
    let [Effect::Copy(body), Effect::Export, Effect::Quit] = looker.effects.as_slice() else {
        panic!("{:?}", looker.effects)
    };
    assert!(body.starts_with("{\"v\":"), "the event as it is stored: {body}");
    looker.model.leave.export = false;
    looker.model.leave.copy = false;
    looker.key(Key::Char('e'));
    assert_eq!(looker.model.note, Some(Note::NoExport));
    looker.key(Key::Char('y'));
    assert_eq!(looker.model.note, Some(Note::NoCopy));
    assert_eq!(looker.effects.len(), 3, "nothing is written where nothing may be");
}

#[test]
fn back_goes_one_thing_back_and_a_look_that_comes_late_opens_nothing() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), PUMP);
    looker.key(Key::Enter);
    assert_eq!(looker.model.pages.len(), 2);
    looker.key(Key::Esc);
    looker.key(Key::Esc);
    assert_eq!((looker.model.pages.len(), looker.model.line.as_str()), (0, PUMP));
    looker.key(Key::Esc);
    assert_eq!(looker.model.line, "", "then the search is new");
    looker.hear(Msg::Looked { request: 999, outcome: Ok(Looked::Nothing) });
    assert!(looker.model.note.is_none() && looker.model.pages.is_empty());
    looker.type_in(":event 999999");
    looker.key(Key::Enter);
    assert_eq!(looker.model.note, Some(Note::NotThere));
}
