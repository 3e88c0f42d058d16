//! The thread that reads the ledger. It alone has the connection; what is asked last comes first.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use super::dead_man::DeadMan;
use super::desk::{Desk, QUERY_MS_MOST, Task};
use super::lacking::Lacking;
use super::reading;
use super::search::Search;
use crate::app::inspect::completion::{WORDS_MOST, Words};
use crate::app::inspect::model::Standing;
use crate::app::inspect::record::{Computed, Looked, StreamRow, Wanted};
use crate::app::inspect::update::Msg;
use crate::app::port::Fault;
use crate::ledger::Reader;
use crate::ledger::read::proven::Link;
use crate::ledger::reader::Stream;
use crate::station::clock::StationClock;
use crate::station::config::Settings;

/// Milliseconds from one report of how far something is to the next: a slow line carries each.
const REPORT_MS: u64 = 500;
/// Words of one sort that are kept to complete with.
const WORDS: u32 = 500;

/// The reader of the ledger.
pub(super) struct Worker {
    pub(super) reader: Reader,
    pub(super) guard: DeadMan,
    pub(super) desk: Arc<Desk>,
    pub(super) to: SyncSender<Msg>,
    pub(super) clock: StationClock,
    pub(super) settings: Settings,
}

/// What is under way and rests while something else is asked.
#[derive(Default)]
struct Begun {
    search: Option<(Search, usize)>,
    verify: Option<Verify>,
    reported: u64,
}

/// Chains that are being computed anew.
struct Verify {
    request: u64,
    streams: Vec<Stream>,
    rows: Vec<StreamRow>,
    at: usize,
    link: Link,
}

impl Worker {
    /// Reads what is asked for, until nobody asks any more.
    pub(super) fn work(mut self) -> Result<(), Fault> {
        let desk = self.desk.clone();
        self.reader.end_when(move || desk.should_end())?;
        let mut begun = Begun::default();
        let mut lacking = Lacking::new(self.settings.clone());
        if self.tell_standing().and_then(|()| self.tell_words()).is_err() {
            // Something was asked meanwhile, and comes first; it is told with the next change.
            self.desk.changed();
        }
        loop {
            let goes_on = begun.search.as_ref().is_some_and(|(s, _)| s.is_going()) || begun.verify.is_some();
            let done = match self.desk.next(goes_on) {
                Task::Stop => return Ok(()),
                Task::Look(request, Wanted::Verify) => self.begin_verify(request, &mut begun),
                Task::Look(request, wanted) => {
                    begun.verify = None;
                    let outcome =
                        self.guard.within(|| reading::look(&self.reader, &wanted, &mut lacking, self.clock.read().at));
                    match self.settled(outcome) {
                        Some(outcome) => self.send(Msg::Looked { request, outcome }),
                        None => Ok(()),
                    }
                }
                Task::Search(request, query) => {
                    begun.search = None;
                    let search = self.guard.within(|| Search::begin(&self.reader, request, query));
                    self.answer(search, &mut begun)
                }
                Task::Changed => self.changed(),
                Task::GoOn if begun.verify.is_some() => self.verify_on(&mut begun),
                Task::GoOn => self.search_on(&mut begun),
            };
            if done.is_err() {
                // The screen is gone.
                return Ok(());
            }
        }
    }

    fn send(&self, msg: Msg) -> Result<(), Gone> {
        self.to.send(msg).map_err(|_closed| Gone)
    }

    fn now(&self) -> u64 {
        self.clock.mono() / 1_000
    }

    /// An answer that somebody still waits for; one that took too long is a fault that says so.
    fn settled<T>(&self, outcome: Result<T, Fault>) -> Option<Result<T, Fault>> {
        match outcome {
            Err(_) if self.desk.is_superseded() => None,
            Err(_) if self.desk.should_end() => Some(Err(Fault::new(
                format!("the ledger did not answer within {} s", QUERY_MS_MOST / 1_000),
                "ask for less, or look again when the device is less busy",
            ))),
            outcome => Some(outcome),
        }
    }

    fn answer(&self, search: Result<Search, Fault>, begun: &mut Begun) -> Result<(), Gone> {
        match self.settled(search) {
            None => Ok(()),
            Some(Err(fault)) => self.send(Msg::Failed(fault)),
            Some(Ok(search)) => {
                let found = search.found();
                begun.reported = self.now();
                begun.search = Some((search, found.hits.len()));
                self.send(Msg::Found(found))
            }
        }
    }

    /// One stretch more of the search, told where there is something new, and at its end.
    fn search_on(&self, begun: &mut Begun) -> Result<(), Gone> {
        let Some((mut search, told)) = begun.search.take() else { return Ok(()) };
        let stepped = self.guard.within(|| search.step(&self.reader));
        if let Some(Err(fault)) = self.settled(stepped) {
            return self.send(Msg::Failed(fault));
        }
        let due = self.now() >= begun.reported + REPORT_MS;
        let is_news = search.count() > told || !search.is_going();
        if is_news || due {
            begun.reported = self.now();
            self.send(Msg::Found(search.found()))?;
        }
        let count = search.count();
        begun.search = Some((search, count));
        Ok(())
    }

    fn begin_verify(&self, request: u64, begun: &mut Begun) -> Result<(), Gone> {
        let read = self.guard.within(|| Ok((self.reader.streams()?, reading::streams(&self.reader)?)));
        match self.settled(read) {
            None => Ok(()),
            Some(Err(fault)) => self.send(Msg::Looked { request, outcome: Err(fault) }),
            Some(Ok((streams, mut rows))) => {
                for row in &mut rows {
                    row.computed = Some(Computed { to: 0, broken_at: None });
                }
                self.send(Msg::Looked { request, outcome: Ok(Looked::Ledger(rows.clone())) })?;
                begun.reported = self.now();
                begun.verify = Some(Verify { request, streams, rows, at: 0, link: Link::START });
                Ok(())
            }
        }
    }

    fn verify_on(&self, begun: &mut Begun) -> Result<(), Gone> {
        let Some(mut verify) = begun.verify.take() else { return Ok(()) };
        let Some(stream) = verify.streams.get(verify.at) else {
            return self.send(Msg::Verified(verify.request, verify.rows, true));
        };
        let page = self.guard.within(|| self.reader.chain_on(stream, verify.link));
        let is_of_now = match self.settled(page) {
            None => true,
            Some(Err(fault)) => return self.send(Msg::Failed(fault)),
            Some(Ok(page)) => {
                verify.take(page);
                false
            }
        };
        if !is_of_now && self.now() >= begun.reported + REPORT_MS {
            begun.reported = self.now();
            self.send(Msg::Verified(verify.request, verify.rows.clone(), false))?;
        }
        begun.verify = Some(verify);
        Ok(())
    }

    fn changed(&self) -> Result<(), Gone> {
        let changed = self.guard.within(|| self.reader.changed_by_others());
        self.desk.looked(*changed.as_ref().unwrap_or(&false));
        match self.settled(changed) {
            Some(Ok(true)) => {
                if let Some(Err(fault)) = self.settled(self.tell_standing()) {
                    return self.send(Msg::Failed(fault));
                }
                self.send(Msg::Changed)
            }
            Some(Err(fault)) => self.send(Msg::Failed(fault)),
            Some(Ok(false)) | None => Ok(()),
        }
    }

    fn tell_standing(&self) -> Result<(), Fault> {
        let rows = self.guard.within(|| reading::streams(&self.reader))?;
        let standing = Standing {
            terminal: rows.iter().find(|row| row.own).map(|row| row.terminal.to_string()),
            streams: rows.len(),
            events: rows.iter().map(|row| row.seq).sum(),
            last: rows.iter().filter_map(|row| row.at).max(),
            ends_hold: rows.iter().all(|row| row.end_holds),
        };
        let _gone = self.send(Msg::Standing(standing));
        Ok(())
    }

    fn tell_words(&self) -> Result<(), Fault> {
        let words = self.guard.within(|| words(&self.reader))?;
        let _gone = self.send(Msg::Words(words));
        Ok(())
    }
}

/// Nobody draws any more.
struct Gone;

impl Verify {
    fn take(&mut self, page: Option<Result<Link, u64>>) {
        let computed = self.rows.get_mut(self.at).and_then(|row| row.computed.as_mut());
        match page {
            Some(Ok(link)) => {
                if let Some(computed) = computed {
                    computed.to = link.seq;
                }
                self.link = link;
            }
            Some(Err(seq)) => {
                if let Some(computed) = computed {
                    computed.broken_at = Some(seq);
                }
                (self.at, self.link) = (self.at + 1, Link::START);
            }
            None => (self.at, self.link) = (self.at + 1, Link::START),
        }
    }
}

/// What the ledger has to complete a search with.
fn words(reader: &Reader) -> Result<Words, Fault> {
    let mut routes: Vec<_> = reader.routes()?.into_iter().map(|row| row.release.route.to_string()).collect();
    let places = reader.stations()?.into_iter().filter_map(|station| station.station.map(|s| s.to_string()));
    let classes = reader.work_in_process()?.into_iter().map(|count| count.station.to_string());
    let mut stations: Vec<_> = places.chain(classes).collect();
    for list in [&mut routes, &mut stations] {
        list.sort_unstable();
        list.dedup();
        list.truncate(WORDS_MOST);
    }
    let operators = reader.find_badges("", WORDS)?.iter().map(ToString::to_string).collect();
    let orders = reader.find_orders("", WORDS)?.iter().map(|row| row.order.to_string()).collect();
    Ok(Words { routes, stations, operators, orders })
}
