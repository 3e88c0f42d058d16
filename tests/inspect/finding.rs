//! Finding by what a scanner reads, and by what kind of thing happened; and on the ledger of a plant, which holds what
//! many terminals recorded.

use traveller::app::inspect::found::Hit;
use traveller::app::inspect::page::Page;
use traveller::app::msg::Key;

use super::looker::Looker;
use crate::support::shell::Shell;
use crate::terminal::plant::Plant;

const PUMP: &str = "PC226-000417";

#[test]
fn a_label_that_is_scanned_opens_what_it_names() {
    let plant = Plant::new();
    drop(plant.pump_at_test(PUMP));
    let labels = [
        format!("]d2010950600013435221{PUMP}"),
        format!("]C1010950600013435217270131\u{1d}21{PUMP}"),
        format!("https://id.gs1.org/01/09506000134352/21/{PUMP}"),
        format!("]A0{PUMP}"),
        PUMP.to_owned(),
    ];
    for label in labels {
        // Into the search line, and into a list where small letters are keys.
        let lists = if label.starts_with("https") { &[false][..] } else { &[false, true] };
        for list in lists.iter().copied() {
            let mut looker = Looker::at(&plant.ledger(), "");
            if list {
                looker.key(Key::Down);
            }
            looker.line(&label);
            let open = looker.model.page().map(|open| &open.page);
            assert!(matches!(open, Some(Page::Unit(page)) if page.record.unit.as_str() == PUMP), "{label:?}: {open:?}");
        }
    }
    let mut looker = Looker::at(&plant.ledger(), "");
    looker.line("]C1010950600013435210SCR-1");
    assert!(
        matches!(looker.model.page().map(|open| &open.page), Some(Page::Lot(page)) if page.look.lot.as_str() == "SCR-1")
    );
}

#[test]
fn what_happened_is_found_by_its_kind_and_says_what_it_is() {
    let shell = Shell::new();
    shell.run("demo --no-terminal --units 60").done();
    let cases = [
        ("kind:route-moved", "→ "),
        ("kind:hour-explained", "11-"),
        ("kind:station-up", " min"),
        ("kind:carton-closed", "x"),
        ("kind:shipment-dispatched", "x"),
        ("kind:permit-opened", "DP-"),
        ("kind:note-left", "  "),
        ("kind:sent-back", "→ "),
    ];
    for (line, facts) in cases {
        let mut looker = Looker::at(&shell.ledger(), line);
        looker.model.pages.clear();
        let kind = line.trim_start_matches("kind:");
        assert!(!looker.model.find.hits.is_empty(), "the demo has no {kind}");
        let of_kind = |hit: &Hit| matches!(hit, Hit::Event(logged) if logged.event.what.kind() == kind);
        assert!(looker.model.find.hits.iter().all(of_kind), "{line}: {:?}", looker.model.find.hits);
        let text = looker.text();
        let row = text.lines().skip(3).find(|row| row.contains(kind));
        assert!(row.is_some_and(|row| row.contains(facts)), "{line}: {text}");
    }
    let mut looker = Looker::at(&shell.ledger(), "");
    looker.type_in("kind:permit-o");
    assert_eq!(looker.model.completions(), ["kind:permit-opened"]);
}

/// Two terminals that send to one share, and the desk that absorbs it.
#[test]
fn the_ledger_of_a_plant_is_looked_at_like_one_of_a_terminal() {
    let desk = Shell::new();
    for (terminal, unit) in [("T1", "V000001"), ("T2", "V000002")] {
        let shell = desk.terminal(terminal);
        shell.pipe("KIT-1", &["OP-2001", unit, unit, "B0001"]);
        shell.run(&format!("replicate --to {}", desk.home.path().join("nas").display())).done();
    }
    desk.run("absorb nas --ledger plant.db").done();
    let ledger = desk.home.path().join("plant.db");
    for unit in ["V000001", "V000002"] {
        let looker = Looker::at(&ledger, unit);
        let Some(Page::Unit(page)) = looker.model.page().map(|open| &open.page) else { panic!("{unit}") };
        assert!(page.record.events.iter().all(|logged| logged.holds), "{unit}: every hash holds");
        assert!(page.record.events.len() >= 3, "{unit}");
    }
    let mut looker = Looker::at(&ledger, "op:OP-2001");
    looker.model.pages.clear();
    let terminals: std::collections::BTreeSet<String> = looker
        .model
        .find
        .hits
        .iter()
        .filter_map(|hit| if let Hit::Event(logged) = hit { Some(logged.id.terminal.to_string()) } else { None })
        .collect();
    assert_eq!(terminals.into_iter().collect::<Vec<_>>(), ["T1", "T2"], "what both recorded is found");
    looker.line(":ledger");
    let Some(Page::Ledger(streams)) = looker.model.page().map(|open| &open.page) else { panic!() };
    assert_eq!(streams.iter().filter(|stream| stream.end_holds).count(), 2, "{streams:?}");
    // The board of the plant is that of both.
    let board = desk.run("board --json --ledger plant.db").json();
    let units: u64 = board["work"].as_array().unwrap().iter().map(|line| line["units"].as_u64().unwrap()).sum();
    assert_eq!(units, 2, "{board}");
}
