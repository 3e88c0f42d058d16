//! The same work on a ledger on disk: it answers the same, and stores the same bytes.

use std::cell::RefCell;
use std::sync::Arc;

use tempfile::TempDir;

use traveller::app::replay;
use traveller::app::settlement::Settlement;
use traveller::app::submit::submit;
use traveller::domain::ambient::Ambient;
use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::id::Boot;
use traveller::domain::route::Route;
use traveller::domain::time::Clock;
use traveller::ledger::place::Place;
use traveller::ledger::{Birth, Options, Writer, open_writer, verify};

use super::model::{Heard, must};

thread_local! {
    /// What the texts of this case's routes read as. A ledger reads routes from text, and these have none.
    static ROUTES: RefCell<Vec<Arc<Route>>> = const { RefCell::new(Vec::new()) };
}

/// A route by its number, which is all of its text.
fn read_route(text: &str) -> Option<Route> {
    let number: usize = text.parse().ok()?;
    ROUTES.with_borrow(|routes| routes.get(number).map(|r| r.as_ref().clone()))
}

/// A ledger on disk.
pub(super) struct Twin {
    place: TempDir,
    writer: Option<Writer>,
    /// How far its events were compared.
    seen: Place,
}

impl Twin {
    /// A new ledger, which knows these routes once they are released.
    pub(super) fn new(routes: &[Arc<Route>]) -> Self {
        ROUTES.set(routes.to_vec());
        let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let mut twin = Self { place, writer: None, seen: Place::START };
        twin.reopen();
        twin
    }

    /// Opens the ledger anew, with nothing remembered.
    pub(super) fn reopen(&mut self) {
        self.writer = None;
        let at = "2026-11-23T05:00:00Z".parse().unwrap();
        let birth = Birth {
            at,
            clock: Clock::Synced,
            boot: Boot::parse("0badcafe").unwrap(),
            mono: 1,
            demo: false,
            after: None,
        };
        let options = Options { create: Some(birth), ..Options::new(read_route) };
        self.writer = Some(open_writer(&self.place.path().join("twin.db"), &options).unwrap());
    }

    fn writer(&self) -> &Writer {
        self.writer.as_ref().unwrap()
    }

    /// Every event so far.
    pub(super) fn events(&self) -> Vec<Event> {
        let stored = self.writer().reader().events_after(Place::START, 1_000).unwrap();
        stored.iter().map(|s| s.event().unwrap()).collect()
    }

    /// The same command comes to the same answer, and the same bytes.
    pub(super) fn does_the_same(
        &mut self,
        command: &Command,
        now: &Ambient,
        settled: &Settlement,
        action: &[Event],
    ) -> Heard {
        let again = submit(self.writer.as_mut().unwrap(), command, now).map_err(|fault| format!("a fault: {fault}"))?;
        let same = Settlement { receipt: settled.receipt.clone(), ..again };
        must(same == *settled, format!("on disk it is answered {:?}", same.answer))?;
        let from = self.seen;
        let stored = self.writer().reader().events_after(from, 1_000).unwrap();
        let stored: Vec<_> = stored.into_iter().filter(|s| s.place.seq() > 1).collect();
        self.seen = stored.last().map_or(from, |s| s.place);
        let bodies: Vec<_> = stored.iter().map(|s| s.body.as_str()).collect();
        let expected: Vec<_> = action.iter().map(Event::body).collect();
        must(bodies == expected, format!("on disk it is {bodies:#?},\nin memory {expected:#?}"))
    }

    /// Its chain and its tables are in order, and everything is decided the same again.
    pub(super) fn is_sound(&self) -> Heard {
        let reader = self.writer().reader();
        let verified = verify(reader, None).map_err(|fault| fault.to_string())?;
        must(verified.is_ok(), format!("{:?}", verified.findings))?;
        let mut past = reader.past(read_route).unwrap().ok_or("it has no past")?;
        let mut acts = Vec::new();
        past.each_action(|act| {
            acts.push(act);
            Ok(())
        })
        .unwrap();
        let again = replay::actions(&mut past, acts).map_err(|fault| fault.to_string())?;
        must(
            again.same == again.decisions,
            format!("decided again on disk, {:?} came out another way", again.different),
        )
    }
}
