//! A lot's page and a load's, as they look, and every way that leads there.

use traveller::app::inspect::model::{Effect, Note};
use traveller::app::inspect::page::{Page, Tab};
use traveller::app::inspect::update::Msg;
use traveller::app::lang::Lang;
use traveller::app::msg::Key;
use traveller::domain::command::{Command, LotMove};
use traveller::ui::theme::Theme;

use super::looker::Looker;
use super::screens::same;
use crate::support::shell::Shell;
use crate::terminal::plant::Plant;

const PUMP: &str = "PC226-000417";

/// A pump with screws of a lot that was held since.
fn plant() -> Plant {
    let plant = Plant::new();
    drop(plant.pump_at_test(PUMP));
    let (lot, by, reason) = ("SCR-1".parse().unwrap(), "QA-1".parse().unwrap(), "heads break".to_owned());
    plant.done(&Command::ChangeLot { lot, to: LotMove::Hold, reason, by });
    plant
}

/// A plant that cured two beads in a load.
fn oven() -> Plant {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/bead.toml");
    plant.manned("bench").all(&["BD0001", "1", "BD0002", "1"]);
    let mut post = plant.manned("oven");
    post.all(&["BD0001", "BD0002"]);
    post.f(2);
    plant.later(31);
    post.enter("120");
    post.f(2);
    assert_eq!(post.answer(), "load-ended");
    drop(post);
    plant
}

fn lot_shown(looker: &Looker) -> Option<&str> {
    match &looker.model.page()?.page {
        Page::Lot(page) => Some(page.look.lot.as_str()),
        Page::Unit(_) | Page::Load(_) | Page::Used(_) | Page::Event(_) | Page::Ledger(_) => None,
    }
}

fn load_shown(looker: &Looker) -> Option<&str> {
    match &looker.model.page()?.page {
        Page::Load(load) => Some(&load.load),
        Page::Unit(_) | Page::Lot(_) | Page::Used(_) | Page::Event(_) | Page::Ledger(_) => None,
    }
}

#[test]
fn a_lots_pages() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), "SCR-1");
    same("lot", &mut looker);
    looker.model.lang = Lang::German;
    same("lot-de", &mut looker);
    looker.model.lang = Lang::English;
    looker.key(Key::Tab);
    same("lot-used", &mut looker);
    looker.key(Key::Tab);
    same("lot-gaps", &mut looker);
    looker.key(Key::Tab);
    assert!(looker.text().contains("lot-held"), "after the last one the first:\n{}", looker.text());
    for key in ['g', 'd'] {
        looker.key(Key::Char(key));
        assert!(looker.text().contains("lot-held"), "a lot is made of nothing and follows no route");
    }
}

#[test]
fn a_loads_page() {
    let plant = oven();
    let mut looker = Looker::at(&plant.ledger(), "OVEN");
    looker.key(Key::Enter);
    same("load-page", &mut looker);
    looker.model.lang = Lang::German;
    same("load-page-de", &mut looker);
    looker.keys(&[Key::PageDown; 6]);
    looker.key(Key::Enter);
    assert!(looker.text().contains("BD0002"), "the last row is the last unit:\n{}", looker.text());
}

/// By its number, by its label, from a unit that has it, by a command; and what has the lot is one key further.
#[test]
fn a_lot_is_reached_from_wherever_its_number_shows() {
    let plant = plant();
    for line in ["SCR-1", "]C1010950600013435210SCR-1", "scr-1"] {
        let mut looker = Looker::at(&plant.ledger(), "");
        looker.line(line);
        assert_eq!(lot_shown(&looker), Some("SCR-1"), "{line}");
    }
    let mut looker = Looker::at(&plant.ledger(), PUMP);
    looker.key(Key::Char('g'));
    let Page::Unit(page) = &looker.model.page().unwrap().page else { panic!() };
    let row = page.record.tree.pieces.iter().position(|node| format!("{:?}", node.piece).contains("SCR-1")).unwrap();
    looker.keys(&vec![Key::Down; row]);
    looker.key(Key::Enter);
    assert_eq!(lot_shown(&looker), Some("SCR-1"));
    looker.key(Key::Char('w'));
    looker.key(Key::Enter);
    assert!(looker.model.shown_unit().is_some_and(|page| page.record.unit.as_str() == PUMP));
    looker.key(Key::Esc);
    assert_eq!(lot_shown(&looker), Some("SCR-1"));
    looker.keys(&[Key::Char('r'), Key::Enter, Key::Char('y')]);
    assert!(matches!(looker.effects.last(), Some(Effect::Copy(body)) if body.contains("lot-received")));
    for (command, opens) in [(":lot SCR-1", Some("SCR-1")), (":lot L-404", None)] {
        let mut looker = Looker::at(&plant.ledger(), "");
        looker.line(command);
        assert_eq!(lot_shown(&looker), opens);
        assert_eq!(looker.model.note, opens.is_none().then_some(Note::NotThere), "{command}");
    }
}

/// From the record of a unit that was in it, from an event of it, and by a command.
#[test]
fn a_load_is_reached_from_a_unit_that_was_in_it() {
    let plant = oven();
    let mut looker = Looker::at(&plant.ledger(), "BD0001");
    let Page::Unit(page) = &looker.model.page().unwrap().page else { panic!() };
    let row = page.record.events.iter().position(|logged| logged.event.about.load.is_some()).unwrap();
    looker.keys(&[Key::PageUp; 4]);
    looker.keys(&vec![Key::Up; 30]);
    looker.key(Key::Char('o'));
    assert_eq!(load_shown(&looker), None, "its beginning was in no load");
    looker.keys(&vec![Key::Down; row]);
    looker.key(Key::Char('o'));
    let load = load_shown(&looker).unwrap().to_owned();
    looker.keys(&[Key::Esc, Key::Enter, Key::Char('o')]);
    assert_eq!(load_shown(&looker), Some(load.as_str()), "from the event too");
    let mut looker = Looker::at(&plant.ledger(), "");
    looker.line(&format!(":load {load}"));
    assert_eq!(load_shown(&looker), Some(load.as_str()));
    looker.line(":load NONE-1");
    assert_eq!(looker.model.note, Some(Note::NotThere));
}

/// What is recorded meanwhile shows, at the tab and the row where somebody reads.
#[test]
fn a_lot_that_shows_is_read_again_where_it_was_left() {
    let plant = plant();
    let mut looker = Looker::at(&plant.ledger(), "GSK-1");
    looker.keys(&[Key::Char('l'), Key::Char('w')]);
    let (lot, by, reason) = ("GSK-1".parse().unwrap(), "QA-1".parse().unwrap(), "brittle".to_owned());
    plant.done(&Command::ChangeLot { lot, to: LotMove::Hold, reason, by });
    looker.hear(Msg::Changed);
    let Page::Lot(page) = &looker.model.page().unwrap().page else { panic!() };
    assert_eq!((page.tab, page.look.stands.as_ref().unwrap().standing.word()), (Tab::Used, "held"));
}

/// What the page says of each lot of a week is what `lot show` and `gaps --lot` say.
#[test]
fn the_page_says_what_the_listing_says() {
    let shell = Shell::of_the_demo();
    let lots = shell.run("lot list --json").json()["lots"].clone();
    for lot in lots.as_array().unwrap() {
        let name = lot["lot"].as_str().unwrap();
        let mut looker = Looker::at(&shell.ledger(), name);
        let told = shell.run(&format!("lot show {name} --json")).json();
        let text = looker.text();
        let Page::Lot(page) = &looker.model.page().unwrap().page else { panic!("{name}") };
        let drawn = |what: &str| told["history"].as_array().unwrap().iter().filter(|e| e["what"] == what).count();
        let of_kind = |kind: &str| page.look.events.iter().filter(|e| e.event.what.kind() == kind).count();
        assert_eq!(of_kind("material-installed"), drawn("drawn"), "{name}");
        assert_eq!(of_kind("lot-loaded"), drawn("loaded"), "{name}");
        assert_eq!((page.look.unlisted, page.look.lacks.iter().filter(|l| l.is_gap).count()), (0, 0), "{name}");
        assert!(text.contains(told["state"].as_str().unwrap()), "{name}:\n{text}");
        assert!(text.contains(&format!("{} left", told["left"].as_str().unwrap())), "{name}:\n{text}");
    }
}

#[test]
fn any_size_is_drawn() {
    let (lots, loads) = (plant(), oven());
    let ways: [(&Plant, &str, &[Key]); 4] = [
        (&lots, "SCR-1", &[]),
        (&lots, "SCR-1", &[Key::Char('w')]),
        (&lots, "SCR-1", &[Key::Char('l')]),
        (&loads, "OVEN", &[Key::Enter]),
    ];
    for (plant, line, keys) in ways {
        let mut looker = Looker::at(&plant.ledger(), line);
        looker.keys(keys);
        for (width, height) in (1..=250).step_by(7).flat_map(|w| (1..=80).step_by(3).map(move |h| (w, h))) {
            looker.cells((width, height), Theme::colour16());
        }
        for size in [(1, 1), (2, 1), (19, 6), (20, 6), (59, 7), (60, 7), (250, 80)] {
            looker.cells(size, Theme::mono());
        }
    }
}
