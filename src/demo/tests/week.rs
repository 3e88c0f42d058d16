//! A small week, played into a ledger of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use jiff::tz::TimeZone;

use super::super::{Options, Pins, Played, Text, examples, play};
use super::told::{CODES, KINDS};
use crate::app::port::Fault;
use crate::app::replay;
use crate::domain::command::Command;
use crate::domain::event::{Event, How};
use crate::domain::id::{Boot, PinId, UnitId};
use crate::domain::refusal::Code;
use crate::domain::role::PinCheck;
use crate::domain::time::{At, Clock};
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::{Outcome, Piece, Remark, What};
use crate::ledger::read::events::Which;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::ledger::{self, Birth, Reader};
use crate::route_file;

/// Enough for one of everything.
const UNITS: u64 = 60;

/// PINs in memory, so that no test waits for hashes.
#[derive(Default)]
struct PlainPins {
    kept: BTreeMap<PinId, String>,
    looked_at: u32,
}

impl Pins for PlainPins {
    fn add(&mut self, pin: &str) -> Result<PinId, Fault> {
        let id = PinId::parse(&format!("{:016x}", self.kept.len())).unwrap();
        self.kept.insert(id.clone(), pin.to_owned());
        Ok(id)
    }

    fn check(&mut self, id: &PinId, pin: &str) -> Result<PinCheck, Fault> {
        self.looked_at += 1;
        Ok(if self.kept[id] == pin { PinCheck::Right } else { PinCheck::Wrong })
    }
}

fn options(units: u64, seed: u64) -> Options {
    Options {
        units,
        seed,
        now: "2026-11-25T15:20:00Z".parse().unwrap(),
        zone: TimeZone::UTC,
        boot: Boot::parse("de300000").unwrap(),
        scenes: true,
    }
}

struct Week {
    _home: tempfile::TempDir,
    reader: Reader,
    played: Played,
    looked_at: u32,
}

fn week(texts: &[Text], options: &Options) -> Week {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("ledger.db");
    let mut pins = PlainPins::default();
    let played = fill(&path, texts, options, &mut pins).unwrap();
    Week { _home: home, reader: ledger::open_reader(&path).unwrap(), played, looked_at: pins.looked_at }
}

fn fill(path: &Path, texts: &[Text], options: &Options, pins: &mut PlainPins) -> Result<Played, Fault> {
    let birth = Birth::of_demo(options.opens(), Clock::Synced, options.boot.clone());
    let how = ledger::Options { create: Some(birth), ..ledger::Options::new(route_file::released) };
    let mut writer = ledger::open_writer(path, &how).unwrap();
    play(&mut writer, pins, texts, options)
}

fn events(reader: &Reader) -> Vec<Event> {
    let mut all = Vec::new();
    let keep = |stored: ledger::read::events::Stored| {
        all.push(stored.event()?);
        Ok(ControlFlow::Continue(()))
    };
    reader.each_event(&Which::All, keep).unwrap();
    all
}

fn bodies(reader: &Reader) -> Vec<String> {
    let epoch = reader.head().unwrap().unwrap().epoch;
    let mut all = Vec::new();
    let keep = |stored: ledger::read::events::Stored| {
        all.push(stored.body.replace(epoch.as_str(), "the epoch"));
        Ok(ControlFlow::Continue(()))
    };
    reader.each_event(&Which::All, keep).unwrap();
    all
}

#[test]
fn the_ledger_of_a_week_is_in_order_and_every_decision_is_made_again() {
    let week = week(&examples(), &options(UNITS, 1));
    let verified = ledger::verify(&week.reader, None).unwrap();
    assert!(verified.is_ok(), "{:?}", verified.findings);
    let mut past = week.reader.past(route_file::released).unwrap().unwrap();
    let mut acts = Vec::new();
    past.each_action(|act| {
        acts.push(act);
        Ok(())
    })
    .unwrap();
    let replayed = replay::actions(&mut past, acts).unwrap();
    assert_eq!(replayed.different, []);
    // Some answers record nothing.
    assert!(replayed.decisions > week.played.actions * 9 / 10);
    assert_eq!(week.played.units, UNITS);
    assert!(week.played.refusals * 6 < week.played.actions, "{} refusals", week.played.refusals);
}

#[test]
fn the_same_seed_gives_the_same_week() {
    let played = |seed| bodies(&week(&examples(), &options(40, seed)).reader);
    let once = played(7);
    assert_eq!(once, played(7));
    assert_ne!(once, played(8));
}

#[test]
fn a_week_has_one_of_everything() {
    for seed in 1..=4 {
        let events = events(&week(&examples(), &options(UNITS, seed)).reader);
        let kinds: BTreeSet<&str> = events.iter().map(|e| e.what.kind()).collect();
        for kind in KINDS {
            assert!(kinds.contains(kind), "seed {seed}: {kind}");
        }
        let refused: BTreeSet<Code> =
            events.iter().filter_map(|e| if let What::Refused(r) = &e.what { Some(r.code) } else { None }).collect();
        for code in CODES {
            let early = code == Code::SignatureMissing
                && [Code::CheckMissing, Code::MaterialMissing].iter().any(|c| refused.contains(c));
            assert!(refused.contains(&code) || early, "seed {seed}: {}", code.word());
        }
        let has = |wanted: fn(&Event) -> bool| events.iter().any(wanted);
        let disposed = |e: &Event| if let What::Disposed(d) = &e.what { Some(d.clone()) } else { None };
        let outcomes: Vec<_> = events.iter().filter_map(disposed).collect();
        assert!(outcomes.iter().any(|d| matches!(d.outcome, Outcome::Rework { .. }) && !d.removed.is_empty()));
        assert!(outcomes.iter().any(|d| d.outcome == Outcome::Scrap));
        assert!(outcomes.iter().any(|d| d.outcome == Outcome::UseAsIs));
        assert!(
            has(|e| matches!(&e.what, What::UnitOpened(o) if o.takeover_from.is_some())),
            "seed {seed}: a takeover"
        );
        assert!(has(|e| matches!(&e.what, What::CheckRecorded(_)) && e.about.corrects.is_some()), "a correction");
        let how: BTreeSet<&str> = events.iter().filter_map(|e| e.about.how.as_ref().map(How::word)).collect();
        assert_eq!(how, BTreeSet::from(["gauge", "loaded", "scanned", "transcribed", "typed"]), "seed {seed}");
    }
}

#[test]
fn a_week_meets_the_rules_of_its_routes() {
    for seed in 1..=4 {
        let events = events(&week(&examples(), &options(UNITS, seed)).reader);
        let has = |what: &str, wanted: fn(&Event) -> bool| assert!(events.iter().any(wanted), "seed {seed}: {what}");
        let variant = |of: &str| {
            events.iter().any(|e| matches!(&e.what, What::UnitStarted(s) if s.variant.as_deref() == Some(of)))
        };
        assert!(variant("STD") && variant("EX"), "seed {seed}: both variants");
        has("somebody who stands by at a load", |e| matches!(&e.what, What::LoadEntered(l) if l.supervisor.is_some()));
        has("a load that is measured", |e| matches!(&e.what, What::LoadChecked(l) if l.gauge.is_some()));
        let with_all = |e: &&Event| matches!(&e.what, What::UnitOpened(o) if o.supervisor.is_some());
        let on_panel = events.iter().filter(with_all).filter(|e| e.about.nest.is_some()).count();
        assert_eq!(on_panel, 4, "seed {seed}: somebody stands by at all boards of a panel");
        has("an order with a range", |e| matches!(&e.what, What::OrderOpened(o) if o.serials.is_some()));
        has("an order that is chosen", |e| matches!(&e.what, What::OrderOpened(o) if o.serials.is_none()));
        has("a lot in quarantine", |e| matches!(&e.what, What::LotReceived(l) if l.quarantined));
        has("an alternate", |e| matches!(&e.what, What::MaterialInstalled(m) if m.is.is_some()));
        has(
            "a lot that is replaced in the middle of a unit",
            |e| matches!(&e.what, What::MaterialInstalled(m) if m.quantity == 0),
        );
        has("a lot that expires earlier", |e| remarks(e).iter().any(|r| matches!(r, Remark::EarlierExpiry { .. })));
        has("a book that is wrong", |e| remarks(e).iter().any(|r| matches!(r, Remark::BookShort { .. })));
        has("somebody who stands by", |e| matches!(&e.what, What::UnitOpened(o) if o.supervisor.is_some()));
        has("steps in another order", |e| matches!(&e.what, What::UnitOpened(o) if o.due.is_some()));
        has("a chosen gauge", |e| matches!(&e.what, What::CheckRecorded(c) if c.gauge.is_some()));
        for drawn in [true, false] {
            let is = |e: &Event| matches!(&e.what, What::StepPassed(p) if p.samples.iter().any(|s| s.taken == drawn));
            assert!(events.iter().any(is), "seed {seed}: a unit that is drawn, or not: {drawn}");
        }
        has("a lot that is called back", |e| {
            e.cause.as_ref().is_some_and(|c| matches!(c.cmd, Command::HoldUnits { .. })) && e.about.unit.is_some()
        });
    }
}

#[test]
fn boards_are_made_before_they_are_installed() {
    let week = week(&examples(), &options(UNITS, 1));
    let mut boards = 0;
    for event in events(&week.reader) {
        let What::MaterialInstalled(installed) = &event.what else { continue };
        let Piece::Serial(serial) = &installed.piece else { continue };
        if installed.part.as_str() == "PCB-0417" {
            let board = week.reader.traveller(&UnitId::parse(serial.as_str()).unwrap()).unwrap().unwrap();
            assert_eq!((board.state(), board.route.unwrap().0.as_str()), (State::Complete, "pcb0417"));
            boards += 1;
        }
    }
    assert!(boards > 5, "{boards} boards");
}

fn remarks(event: &Event) -> &[Remark] {
    if let What::MaterialInstalled(m) = &event.what {
        &m.remarks
    } else if let What::LotLoaded(l) = &event.what {
        &l.remarks
    } else {
        &[]
    }
}

#[test]
fn nothing_happens_outside_of_working_hours_or_after_now() {
    let options = options(UNITS, 4);
    let events = events(&week(&examples(), &options).reader);
    assert!(matches!(&events[0].what, What::LedgerCreated(c) if c.demo));
    let mut last = At(0);
    for event in &events {
        assert!(event.stamp.at >= last && event.stamp.at <= options.now, "{}", event.stamp.at);
        assert_eq!(event.stamp.clock, Clock::Synced);
        last = event.stamp.at;
    }
    assert!(options.now.0 - last.0 < 3_600 * crate::domain::time::SECOND, "the week ends now, and ended {last}");
    let stations: BTreeSet<_> = events.iter().filter_map(|e| e.about.station.clone()).collect();
    assert!(stations.len() >= 6, "{stations:?}");
}

#[test]
fn the_week_ends_in_the_middle_of_things() {
    for seed in 1..=4 {
        let week = week(&examples(), &options(UNITS, seed));
        let open = week.reader.open_units().unwrap();
        let half_done = |unit| week.reader.traveller(unit).unwrap().is_some_and(|t: Traveller| t.touched());
        assert!(open.iter().filter(|u| half_done(&u.unit)).count() >= 2, "seed {seed}");
        let here = &week.played.card.place;
        assert!(open.iter().any(|u| half_done(&u.unit) && u.open_station.as_ref() == Some(&here.station)));
        for class in ["assembly", "dispatch", "packing", "receiving", "test"] {
            let due =
                UnitFilter { station: class.parse().ok(), state: Some(State::InProcess), ..UnitFilter::default() };
            let due = week.reader.units(&due, Page::Before(None), 100).unwrap();
            assert!(due.iter().any(|u| u.open_station.is_none()), "seed {seed}: nothing waits at {class}");
        }
        let states: BTreeSet<&str> = week.reader.unit_counts().unwrap().into_iter().map(|(s, _)| s.word()).collect();
        assert!(states.contains("held") && states.contains("nonconforming"), "seed {seed}: {states:?}");
        let what: Vec<&str> = week.played.card.lines.iter().map(|l| l.what.as_str()).collect();
        assert!(what.len() <= 16, "seed {seed}: {what:#?}");
        for line in [
            "PIN",
            "learning",
            "stands by",
            "is loaded",
            "gauge",
            "an order",
            "half done here",
            "waiting here",
            "refused here",
            "on hold",
            "expired",
            "PASS",
        ] {
            assert!(what.iter().any(|w| w.contains(line)), "seed {seed}: {line} in {what:#?}");
        }
    }
}

#[test]
fn each_pin_is_looked_at_once() {
    let week = week(&examples(), &options(UNITS, 5));
    let people = u32::try_from(week.reader.people().unwrap().len()).unwrap();
    // Nobody signs on at every station in both shifts of a short week; a few PINs are mistyped, each once.
    assert!((people..people + 6).contains(&week.looked_at), "{} of {people}", week.looked_at);
}

#[test]
fn any_route_can_be_played() {
    let valve = Text { name: "valve.toml", text: include_str!("../../../tests/scenarios/routes/valve.toml") };
    let week = week(&[valve], &Options { scenes: false, ..options(50, 6) });
    let verified = ledger::verify(&week.reader, None).unwrap();
    assert!(verified.is_ok(), "{:?}", verified.findings);
    assert_eq!(week.reader.unit_counts().unwrap().into_iter().map(|(_, n)| n).sum::<u32>(), 50);
}

#[test]
fn more_units_than_numbers_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let text = include_str!("../../../tests/scenarios/routes/valve.toml").replace(r"'B\d{4}'", r"'B\d{2}'");
    let valve = Text { name: "valve.toml", text: Box::leak(text.into_boxed_str()) };
    let refused = fill(&home.path().join("l.db"), &[valve], &options(200, 6), &mut PlainPins::default());
    assert!(refused.unwrap_err().what.contains("offers 100 numbers"));
}

#[test]
fn what_was_glued_before_the_weekend_is_glued_again() {
    let late = (1..=8).find_map(|seed| {
        let monday = Options { now: "2026-11-23T15:20:00Z".parse().unwrap(), scenes: false, ..options(140, seed) };
        let events = events(&week(&examples(), &monday).reader);
        let refused = |e: &&Event| matches!(&e.what, What::Refused(r) if r.code == Code::TooLate);
        let unit = events.iter().find(refused)?.about.unit.clone();
        Some((unit, events))
    });
    let (unit, events) = late.unwrap();
    let glued = |o: &Outcome| matches!(o, Outcome::Rework { to, .. } if to.as_str() == "30");
    let done = |e: &Event| matches!(&e.what, What::Disposed(d) if glued(&d.outcome));
    assert!(events.iter().any(|e| e.about.unit == unit && done(e)), "{unit:?}");
}
