//! A target that is taken away while a run writes to it: what is written into a directory that nobody finds again is
//! not sent.

use std::process::Command;

use traveller::domain::time::At;
use traveller::ledger::open_reader;
use traveller::replicate::address::Address;
use traveller::replicate::dir::Dir;
use traveller::replicate::run::{Errand, Sent, replicate};
use traveller::replicate::state::read_target;

use super::desk::Desk;
use super::disk::Mount;

fn told(command: &[&str]) -> bool {
    Command::new(command[0]).args(&command[1..]).status().unwrap().success()
}

#[test]
fn a_target_that_is_unmounted_in_mid_run_holds_nothing_and_gets_its_own_the_next_time() {
    let desk = Desk::new();
    let (usb, nas) = (desk.shell.home.path().join("disk"), desk.target());
    let Some(_mount) = Mount::at(&usb, "size=3m") else { return };
    std::fs::create_dir(&nas).unwrap();
    let (usb, place) = (usb.to_str().unwrap(), nas.to_str().unwrap());
    assert!(told(&["mount", "--bind", usb, place]));
    let reader = open_reader(&desk.shell.ledger()).unwrap();
    let state = Dir::open_or_make(&desk.shell.home.path().join("ledger.db.state")).unwrap();
    let address = Address::parse(place).unwrap();
    let errand =
        Errand { address: &address, state: &state, fresh_mark: "0123456789abcdef", now: At(1_795_413_600_000_000) };
    let mut sent = Sent::default();
    let ended = replicate(&reader, &errand, &mut sent, &mut |_name| assert!(told(&["umount", "-l", place])));
    let fault = ended.unwrap_err();
    assert!(fault.what.contains("was unmounted") && fault.instead.contains("mount it again"), "{fault:?}");
    let kept = read_target(&state, &address.to_string()).unwrap().unwrap();
    assert!(kept.heads.is_empty() && kept.done.is_none() && kept.failed.is_some(), "{kept:?}");
    // An empty mount point is not the target.
    let (what, _) = desk.shell.run("replicate --to nas").failed(3);
    assert!(what.contains("another disk, or none, is mounted there"), "{what}");
    assert!(told(&["mount", "--bind", usb, place]));
    desk.replicate().done();
    assert_eq!(desk.state()["heads"][0]["seq"].as_u64(), Some(desk.head()));
    assert!(told(&["umount", place]));
}
