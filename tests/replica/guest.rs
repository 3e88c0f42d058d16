//! A run beside somebody at work.

use traveller::domain::time::At;
use traveller::ledger::open_reader;
use traveller::replicate::address::Address;
use traveller::replicate::dir::Dir;
use traveller::replicate::run::{Errand, Progress, Sent, replicate};

use super::absorbing::Floor;
use super::new_box::{at_work, restore};
use crate::support::shell::LEAD_PIN;

#[test]
fn who_records_meanwhile_is_noticed_once_and_nothing_is_left_out() {
    let floor = Floor::new();
    at_work(&floor);
    // Two lives of one terminal: two segments, and a moment between them.
    let new = floor.terminal("new");
    restore(&new).json();
    new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
    let ledger = floor.path("new").join("ledger.db");
    let send = |to: &str, between: &dyn Fn()| {
        let (state, address) =
            (Dir::open_or_make(&floor.path(&format!("{to}.state"))).unwrap(), Address::Dir(floor.path(to)));
        let errand = Errand { address: &address, state: &state, fresh_mark: "0123456789abcdef", now: At(0) };
        let reader = open_reader(&ledger).unwrap();
        let (mut heard, mut sent) = (Vec::new(), Sent::default());
        replicate(&reader, &errand, &mut sent, &mut |progress| {
            match progress {
                Progress::Sent(_) => between(),
                Progress::Guest => {}
            }
            heard.push(matches!(progress, Progress::Guest));
        })
        .unwrap();
        (heard, sent)
    };
    let (heard, _) = send("alone", &|| ());
    assert_eq!(heard, [false, false], "nobody is at work");
    let (heard, before) = send("beside", &|| {
        new.run("hold V000002 --reason looked-at --by OP-1001").done();
        new.run("hold --release V000002 --reason well --by OP-1001").done();
    });
    assert_eq!(heard, [false, true, false], "told once, and sent all the same");
    let (heard, after) = send("beside", &|| ());
    assert_eq!((heard, after.already), (vec![false], before.sent), "a later run begins anew");
    new.run("verify --against ../beside").done();
}
