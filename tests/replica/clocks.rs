//! A machine whose clock is wrong by decades, or is set back between two runs. The clock is handed in, so that it can
//! be wrong here.

use std::fs;

use traveller::domain::event::Event;
use traveller::domain::time::{At, Clock, SECOND};
use traveller::ledger::{Birth, open_plant, open_reader, verify};
use traveller::replicate::address::Address;
use traveller::replicate::age::{Limits, replica};
use traveller::replicate::dir::Dir;
use traveller::replicate::drill::{Drill, drill};
use traveller::replicate::restore::{Wish, begin, take_in};
use traveller::replicate::run::{Errand, Sent, replicate};
use traveller::replicate::state::{self, DrillOutcome, TargetState};

use super::desk::Desk;

/// What the clock says, one run after the other: right, sixty years ahead, right again, thirty years behind, the epoch
/// of all clocks, the end of all time.
const SAID: [&str; 6] = [
    "2026-11-29T06:00:00Z",
    "2086-11-29T06:00:00Z",
    "2026-11-29T06:01:00Z",
    "1996-11-29T06:00:00Z",
    "1970-01-01T00:00:00Z",
    "9999-12-30T22:00:00Z",
];

fn clocks() -> impl Iterator<Item = At> {
    SAID.into_iter().map(|text| text.parse().unwrap())
}

/// A run of replicate by a clock; what it sent, and what it keeps of the target.
fn run(desk: &Desk, now: At) -> (Sent, TargetState) {
    let kept = desk.shell.home.path().join("ledger.db.state");
    let (state, address) = (Dir::open_or_make(&kept).unwrap(), Address::Dir(desk.target()));
    let errand = Errand { address: &address, state: &state, fresh_mark: "0123456789abcdef", now };
    let mut sent = Sent::default();
    replicate(&open_reader(&desk.shell.ledger()).unwrap(), &errand, &mut sent, &mut |_name| ()).unwrap();
    (sent, state::read_targets(&kept).unwrap().remove(0))
}

fn birth(at: At) -> Birth {
    Birth { at, clock: Clock::Synced, boot: "0a1b2c3d".parse().unwrap(), mono: 7, demo: false, after: None }
}

#[test]
fn whatever_the_clock_says_everything_new_is_sent_once_and_no_age_is_made_up() {
    let desk = Desk::new();
    for (badge, now) in (2001..).zip(clocks()) {
        desk.work(badge);
        let (sent, kept) = run(&desk, now);
        assert_eq!((kept.done, kept.heads[0].seq), (Some(now), desk.head()), "{now}");
        assert!(sent.sent > 0);
        let again = run(&desk, now.plus(-3 * 365 * 86_400 * SECOND)).0;
        assert_eq!((again.sent, again.already), (0, desk.head()), "set back in between");
        let answer = desk.shell.run("verify --against nas --json").json();
        assert_eq!((&answer["ok"], &answer["against"]["streams"][0]["missing"]), (&true.into(), &0.into()), "{answer}");
        // Seen by a clock that is right again, a replica of the future is not called fresh.
        let right: At = SAID[0].parse().unwrap();
        let seen = format!("{:?}", replica(Some(&kept), right, Limits::default()));
        assert_eq!(seen.contains("Fresh"), kept.done.unwrap() == right, "{now}: {seen}");
    }
}

#[test]
fn whatever_the_clock_says_a_drill_proves_the_same() {
    let desk = Desk::new();
    let (_, kept) = run(&desk, SAID[0].parse().unwrap());
    for (n, now) in clocks().enumerate() {
        let place = desk.shell.home.path().join(format!("drill-{n}"));
        fs::create_dir(&place).unwrap();
        let path = desk.target();
        let targets = [kept.clone()];
        let (birth, by) = (birth(now), "a clock");
        let trial =
            Drill { address: "nas", path: &path, place: &place, terminal: None, targets: &targets, birth: &birth, by };
        let drilled = drill(&trial, &mut |_name| ()).unwrap();
        assert_eq!((drilled.outcome, drilled.events), (DrillOutcome::Ok, desk.head()), "{now}: {}", drilled.what);
    }
}

#[test]
fn a_box_that_is_restored_by_a_clock_behind_the_record_says_that_its_time_is_in_doubt_and_goes_on() {
    let desk = Desk::new();
    let (_, kept) = run(&desk, SAID[0].parse().unwrap());
    let newest = open_reader(&desk.shell.ledger()).unwrap().streams().unwrap()[0].at.unwrap();
    for (n, now) in clocks().enumerate() {
        let ledger = desk.shell.home.path().join(format!("new-{n}.db"));
        let terminal = "T1".parse().unwrap();
        let path = desk.target();
        let wish = Wish { address: "nas", path: &path, terminal: &terminal, life: None, receipts: &kept.heads };
        let mut plant = open_plant(&ledger, true).unwrap();
        let found = take_in(&mut plant, &wish, &mut |_name| ()).unwrap();
        begin(plant, &found, birth(now), "a clock").unwrap();
        let reader = open_reader(&ledger).unwrap();
        assert!(verify(&reader, None).unwrap().is_ok());
        let first = reader.events_before(None, 1).unwrap().remove(0);
        let begun = Event::read(&first.body).unwrap();
        let wanted = if now < newest { Clock::Doubt } else { Clock::Synced };
        assert_eq!((begun.stamp.at, begun.stamp.clock), (now, wanted), "{}", first.body);
    }
}

#[test]
fn a_terminal_whose_time_is_behind_says_so_and_not_how_many_hours_below_nothing() {
    let desk = Desk::new();
    desk.replicate().done();
    let ahead = "9999-12-30T22:00:00Z".parse().unwrap();
    let place = desk.shell.home.path().join("ahead.db");
    let path = desk.target();
    let terminal = "T1".parse().unwrap();
    let wish = Wish { address: "nas", path: &path, terminal: &terminal, life: None, receipts: &[] };
    let mut plant = open_plant(&place, true).unwrap();
    let found = take_in(&mut plant, &wish, &mut |_name| ()).unwrap();
    begin(plant, &found, birth(ahead), "a clock").unwrap();
    desk.shell.run("replicate --to nas-ahead --ledger ahead.db").done();
    let drilled = desk.shell.run("drill --from nas-ahead");
    let age = drilled.out.lines().find(|line| line.contains("newest event")).unwrap();
    assert!(age.contains("set it right") && !age.contains("hours"), "{drilled:?}");
}
