//! Times to the microsecond: what is refused a moment too early or too late, and accepted at the very moment.
//!
//! A decision is made again as if it had been asked for at another moment. No test waits for that moment: the clock of
//! the record is moved.

use std::sync::Arc;

use traveller::app::port::Fault;
use traveller::app::replay::{self, History};
use traveller::domain::event::{Event, Link};
use traveller::domain::id::{Revision, RouteId, UnitId};
use traveller::domain::route::Route;
use traveller::domain::time::{At, SECOND};
use traveller::domain::what::What;
use traveller::ledger::read::past::Past;

use crate::support::act::Act;
use crate::support::floor::{Floor, acts_of};

const MINUTE: i64 = 60 * SECOND;

/// The past in which one action was asked for at another moment.
struct Moved<'l> {
    past: Past<'l>,
    act: u64,
    to: At,
}

impl History for Moved<'_> {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        self.past.of_unit(unit)
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        let mut events = self.past.action(act)?;
        for stamp in events.iter_mut().map(|event| &mut event.stamp).filter(|_| act == self.act) {
            let later = self.to.0 - stamp.at.0;
            stamp.mono = stamp.mono.checked_add_signed(later).expect("a moment since the boot");
            stamp.at = self.to;
        }
        Ok(events)
    }

    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault> {
        self.past.event(link)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        self.past.route(route, revision)
    }
}

/// Plays acts, and decides the last one again at moments after the last event of a kind, given in microseconds; what
/// each comes to.
fn again_at<const N: usize>(floor: &mut Floor, acts: &str, kind: &str, after: [i64; N]) -> [Vec<&'static str>; N] {
    #[derive(serde::Deserialize)]
    struct Acts {
        acts: Vec<Act>,
    }
    let acts: Acts = toml::from_str(acts).unwrap();
    floor.play(kind, &acts.acts);
    let reader = traveller::ledger::open_reader(&floor.plant.ledger()).unwrap();
    let past = || reader.past(traveller::route_file::released).unwrap().unwrap();
    let all = acts_of(&mut past());
    let act = *all.last().expect("an action");
    let events = all.iter().flat_map(|act| past().action(*act).unwrap());
    let from = events.filter(|event| event.what.kind() == kind).last().expect("such an event").stamp.at;
    after.map(|micros| {
        let to = At(from.0 + micros);
        let replayed = replay::actions(&mut Moved { past: past(), act, to }, [act]).unwrap();
        let different = replayed.different.into_iter().next();
        different.map_or_else(
            || {
                let first = &past().action(act).unwrap()[0];
                vec![if let What::Refused(refused) = &first.what { refused.code.word() } else { first.what.kind() }]
            },
            |different| different.now,
        )
    })
}

#[test]
fn a_window_opens_and_closes_at_its_minute() {
    let mut floor = Floor::new();
    floor.release("resin");
    let opens = r#"acts = [
        "kit: OP-1", "kit: R000001", "kit: = pass -> step-passed",
        "bench: OP-2", "bench: R000001 -> too-early",
    ]"#;
    let at = [30 * MINUTE - 1, 30 * MINUTE, 240 * MINUTE, 240 * MINUTE + 1];
    assert_eq!(
        again_at(&mut floor, opens, "step-passed", at),
        [vec!["too-early"], vec!["unit-opened"], vec!["unit-opened"], vec!["too-late"]]
    );
}

#[test]
fn a_floor_life_ends_after_its_minute() {
    let mut floor = Floor::new();
    floor.release("frame");
    floor.shell.receive("GA-1", "GASKET", 10, None);
    floor.shell.receive("PA-1", "PASTE", 10, None);
    let paste = r#"acts = [
        "kit: OP-1", "kit: F000001", "kit: GA-1", "kit: F000002", "kit: GA-1",
        "bench: OP-1", "bench: F000001", "bench: PA-1", "bench: = pass -> step-passed",
        "bench: F000002", "bench: PA-1 -> material-installed",
    ]"#;
    let at = [60 * MINUTE, 60 * MINUTE + 1];
    assert_eq!(again_at(&mut floor, paste, "lot-opened", at), [vec!["material-installed"], vec!["lot-expired"]]);
}
