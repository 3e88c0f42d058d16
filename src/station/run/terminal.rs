//! The operator's terminal, from the first frame to the last.

use std::io::{self, Stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::inbox::{Inbox, inbox, millis};
use super::recorder::{JOBS_MOST, Job, Recorder, Served};
use super::{keyboard, scanners, signals, status, watch};
use crate::app::effect::Effect;
use crate::app::model::{Model, Settings};
use crate::app::msg::{Msg, News};
use crate::app::port::{Fault, Head};
use crate::app::seat::PerSeat;
use crate::app::seats::{Binding, Seats, update};
use crate::app::settlement::Desk;
use crate::app::wall::until_next_minute;
use crate::ledger::Writer;
use crate::station::clock::StationClock;
use crate::station::office::{Office, Post};
use crate::station::replicas::Replicas;
use crate::station::scanner_file::Scanner;
use crate::station::threads;
use crate::ui::seats::view;
use crate::ui::terminal::{self, Screen, Sound};
use crate::ui::theme::Theme;

/// Messages that are taken before the screen is drawn again.
const TAKEN_AT_ONCE: usize = 64;

/// What the terminal works with.
pub struct Bench {
    /// Gives commands to the gate.
    pub office: Office<Writer>,
    /// The ledger's file.
    pub ledger: PathBuf,
}

/// How the terminal begins.
pub struct Start {
    /// What it works with; a fault where the ledger cannot be worked with, which it shows.
    pub bench: Result<Bench, Fault>,
    /// Of each seat what does not change, and the station that it serves.
    pub seats: PerSeat<(Settings, Post)>,
    /// The scanners that feed this terminal.
    pub scanners: Vec<Scanner>,
    /// The language.
    pub lang: crate::app::lang::Lang,
    /// The colours.
    pub theme: Theme,
    /// The sounds.
    pub sound: Sound,
    /// The clocks.
    pub clock: StationClock,
    /// What is known of the replicas.
    pub replicas: Replicas,
}

/// Runs the terminal until it is left.
pub fn run(start: Start) -> Result<(), Fault> {
    let (inbox, arriving) = inbox(start.clock.clone());
    let (jobs, waiting) = sync_channel(JOBS_MOST);
    let clock = start.clock;
    let zone = TimeZone::system();
    signals::watch(inbox.clone())?;
    let mut bench = start.bench.and_then(|bench| open(bench, &start.seats));
    let head = match &mut bench {
        Ok(bench) => bench.office.ledger().reader().head()?,
        Err(_) => None,
    };
    let replicas = start.replicas;
    let begin = |(settings, post): (Settings, Post)| {
        let desk = match &mut bench {
            Ok(bench) => bench.office.desk(Some(&post))?,
            Err(_) => Desk::default(),
        };
        let status = status::status(&clock, &zone, head.as_ref(), &replicas);
        let mut model = Model::new(settings, desk.clone(), status, millis(&clock));
        model.lang = start.lang;
        Ok::<_, Fault>((model, Served::new(post, desk)))
    };
    let (models, served) = start.seats.try_map(begin)?.unzip();
    let bindings = start.scanners.iter().map(|s| Binding { scanner: s.name.clone(), station: s.station.clone() });
    let mut seats = Seats::new(models, bindings.collect());
    terminal::leave_on_panic();
    terminal::enter(start.sound).map_err(unusable)?;
    let entered = Entered;
    let mut screen = Screen::new(io::stdout(), terminal::size(), start.sound).map_err(unusable)?;
    keyboard::watch(inbox.clone())?;
    scanners::watch(start.scanners, &inbox)?;
    let worker = match bench {
        Ok(bench) => {
            let looking = Arc::new(AtomicBool::new(false));
            watch::watch(&bench.ledger, jobs.clone(), looking.clone())?;
            let recorder = Recorder { office: bench.office, served, inbox: inbox.clone(), looking };
            Some(threads::spawn("recorder", move || recorder.work(&waiting))?)
        }
        Err(fault) => {
            update(&mut seats, inbox.now(News::Broken(fault)));
            None
        }
    };
    let mut turn = Loop { seats, inbox, clock, zone, jobs, head, replicas, theme: start.theme };
    let ended = turn.until_left(&mut screen, &arriving);
    drop(entered);
    // Keys still come, and an inbox that is full would keep the recorder from its end. Without the thread nobody could
    // send any more, which does as well.
    drop(threads::spawn("leaving", move || arriving.into_iter().for_each(drop)));
    // The recorder makes the head file durable before the process ends.
    drop(turn.jobs.send(Job::Stop));
    if let Some(worker) = worker {
        drop(worker.join());
    }
    ended
}

/// Begins to serve the stations.
fn open(mut bench: Bench, seats: &PerSeat<(Settings, Post)>) -> Result<Bench, Fault> {
    for (_, (_, post)) in seats.iter() {
        bench.office.open(post)?;
    }
    Ok(bench)
}

/// The terminal as long as this lives; however the program goes on, it is given back.
struct Entered;

impl Drop for Entered {
    fn drop(&mut self) {
        terminal::leave();
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err hands over")]
fn unusable(e: io::Error) -> Fault {
    Fault::new(
        format!("the terminal cannot be used: {e}"),
        "run the program on a terminal; use `traveller pipe` without one",
    )
}

struct Loop {
    seats: Seats,
    inbox: Inbox,
    clock: StationClock,
    zone: TimeZone,
    jobs: SyncSender<Job>,
    /// Where the ledger stands.
    head: Option<Head>,
    replicas: Replicas,
    theme: Theme,
}

impl Loop {
    fn until_left(&mut self, screen: &mut Screen<Stdout>, arriving: &Receiver<Msg>) -> Result<(), Fault> {
        let mut minute = millis(&self.clock).plus(until_next_minute(self.clock.read().at));
        loop {
            screen.draw(|frame| view(&self.seats, &self.theme, frame)).map_err(unusable)?;
            let now = millis(&self.clock);
            let due = self.seats.deadline();
            let wake = due.map_or(minute, |(_, _, at)| at.min(minute));
            let msg = match arriving.recv_timeout(Duration::from_millis(u64::from(wake.since(now)))) {
                Ok(msg) => msg,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    let now = millis(&self.clock);
                    match due {
                        Some((seat, deadline, at)) if at <= now => self.inbox.now(News::Due(seat, deadline)),
                        _ if minute <= now => {
                            minute = now.plus(until_next_minute(self.clock.read().at));
                            self.replicas.look();
                            self.status()
                        }
                        _ => continue,
                    }
                }
            };
            if self.take(screen, msg)? {
                return Ok(());
            }
            for msg in arriving.try_iter().take(TAKEN_AT_ONCE) {
                if self.take(screen, msg)? {
                    return Ok(());
                }
            }
        }
    }

    /// Takes one message; true where the program is to end.
    fn take(&mut self, screen: &mut Screen<Stdout>, msg: Msg) -> Result<bool, Fault> {
        if matches!(msg.news, News::Resized) {
            screen.resize(terminal::size());
        }
        let settled = self.note(&msg.news);
        let mut effects = update(&mut self.seats, msg);
        if settled {
            let status = self.status();
            effects.extend(update(&mut self.seats, status));
        }
        for effect in effects {
            match effect {
                Effect::Submit(submission) => self.ask(Job::Submit(submission))?,
                Effect::Look(request, at) => self.ask(Job::LookAt(request, at))?,
                Effect::Bell(bell) => screen.ring(bell).map_err(unusable)?,
                Effect::Quit => return Ok(true),
            }
        }
        Ok(false)
    }

    fn ask(&self, job: Job) -> Result<(), Fault> {
        let gone = |_| Fault::new("the recorder stopped", "start the program again; the record is safe");
        self.jobs.send(job).map_err(gone)
    }

    fn status(&self) -> Msg {
        self.inbox.now(News::Status(status::status(&self.clock, &self.zone, self.head.as_ref(), &self.replicas)))
    }

    /// Keeps in mind where the ledger stands.
    fn note(&mut self, news: &News) -> bool {
        let News::Settled { outcome: Ok(settled), .. } = news else { return false };
        let Some(receipt) = &settled.receipt else { return false };
        self.head = Some(receipt.head().clone());
        true
    }
}
