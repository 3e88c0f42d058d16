//! The play: stations and the office act in turn, in the order of time, until the week ends now.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use jiff::tz::TimeZone;

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::id::Boot;
use crate::domain::time::At;
use crate::domain::what::Leaving;

use super::act::Act;
use super::calendar::Week;
use super::card::Card;
use super::cast::{Cast, Pins};
use super::dice::Dice;
use super::floor::Floor;
use super::material::{Store, day_after};
use super::opening::EARLIER;
use super::plant::Plant;
use super::routes::{Text, read};
use super::scenes::{ROUTES as SCENES, Stage};

/// Days that qualifications count.
const QUALIFIED: i64 = 300;
/// Acts of a station for each of the office.
const OFFICE_TURN: i64 = 3;

/// What to play.
#[derive(Debug, Clone)]
pub struct Options {
    /// Units to begin.
    pub units: u64,
    /// The same seed gives the same week.
    pub seed: u64,
    /// When the week ends.
    pub now: At,
    /// Where the plant is: its shifts begin by the clock on the wall there.
    pub zone: TimeZone,
    /// The boot that the events name.
    pub boot: Boot,
    /// Whether what happens beside one unit after another is played too: panels, loads, batches, cartons, permits.
    pub scenes: bool,
}

impl Options {
    /// When the plant is made ready: the moment of the ledger's creation lies before it.
    pub fn opens(&self) -> At {
        Week::until(self.now, &self.zone).begin().plus(-EARLIER)
    }
}

/// What was played.
#[derive(Debug, Clone)]
pub struct Played {
    /// Units that were begun.
    pub units: u64,
    /// Commands that the gate decided.
    pub actions: u64,
    /// Those that it refused.
    pub refusals: u64,
    /// Codes to go on with.
    pub card: Card,
}

/// Plays a week into an empty ledger, through the gate.
pub fn play<L: Ledger, P: Pins>(
    ledger: &mut L,
    pins: &mut P,
    texts: &[Text],
    options: &Options,
) -> Result<Played, Fault> {
    let routes: Vec<_> = texts.iter().map(|text| Ok((*text, read(*text)?))).collect::<Result<_, Fault>>()?;
    let week = Week::until(options.now, &options.zone);
    let dice = Dice::new(options.seed);
    let year = week.begin().to_string().get(2..4).and_then(|y| y.parse().ok()).unwrap_or(0);
    let plain: Vec<_> = routes.iter().map(|(_, route)| route.clone()).collect();
    let floor = Floor::new(&plain, options.units, year)?;
    let store = Store::new(&floor, week.begin(), year)?;
    let until = day_after(week.begin(), QUALIFIED)?;
    let cast = Cast::new(floor.crews(until), &floor.qualifications(until))?;
    let mut plant = Plant::new(ledger, pins, (week, options.boot.clone()), dice, (floor, store, cast));
    let scenes: Vec<_> = SCENES.iter().map(|text| Ok((*text, read(*text)?))).collect::<Result<_, Fault>>()?;
    let all: Vec<_> = routes.iter().chain(scenes.iter().filter(|_| options.scenes)).cloned().collect();
    if options.scenes {
        plant.stage = Stage::new();
    }
    let played = plant.open(&all).and_then(|()| plant.run()).and_then(|()| plant.finish());
    if played.is_err() {
        plant.ledger.rollback();
    }
    played
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Everybody acts in turn, until the week is over and every unit was begun.
    fn run(&mut self) -> Result<(), Fault> {
        let office = self.floor.benches.len();
        let mut turns: BinaryHeap<Reverse<(i64, usize)>> = (0..=office).map(|who| Reverse((0, who))).collect();
        turns.push(Reverse((Stage::begins(self.week.total()), office + 1)));
        while let Some(Reverse((work, who))) = turns.pop() {
            if work >= self.week.total() && self.floor.to_begin() == 0 {
                break;
            }
            let pace = self.pace(work);
            let next = match who.cmp(&office) {
                Ordering::Less => Some(self.tick(who, work, pace)?),
                Ordering::Equal => {
                    self.hold_office(work, pace)?;
                    Some(work + pace * OFFICE_TURN)
                }
                // When the scenes are over, nobody waits for them.
                Ordering::Greater => self.perform_scene(work)?,
            };
            turns.extend(next.map(|next| Reverse((next.max(work + 1), who))));
        }
        Ok(())
    }

    /// One act at a station; the working time of the next.
    fn tick(&mut self, bench: usize, work: i64, pace: i64) -> Result<i64, Fault> {
        let closing = self.week.closing(work).filter(|closing| (work + 1..=work + pace).contains(closing));
        let at = self.floor.bench(bench)?;
        if let Some(closing) = closing.filter(|_| at.acts.is_empty()) {
            if at.present.is_some() {
                if let Some(note) = self.note_for_the_next() {
                    self.perform(bench, work, &note)?;
                }
                self.perform(bench, work, &Act::new(Command::SignOff { why: Leaving::SignOff }))?;
            }
            return Ok(closing + pace / 4);
        }
        if at.acts.is_empty() {
            let acts = self.decide(bench, work)?;
            self.floor.bench(bench)?.acts.extend(acts);
        }
        if let Some(act) = self.floor.bench(bench)?.acts.pop_front() {
            self.perform(bench, work, &act)?;
        }
        // What was begun is brought to an end before the plant closes.
        Ok(closing.map_or(work + pace, |closing| work + (closing - work) / 2))
    }

    fn finish(&mut self) -> Result<Played, Fault> {
        let card = self.card()?;
        self.commit()?;
        let units = self.floor.quota();
        Ok(Played { units, actions: self.actions, refusals: self.refusals, card })
    }
}
