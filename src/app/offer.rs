//! What the keys do now. The key line shows it, and the keys do it: there is one list.

use super::checklist::Bench;
use super::giving_up::GivingUp;
use super::model::{Face, Model, Overlay, Screen};
use crate::domain::need::Need;
use crate::domain::refusal::Code;
use crate::domain::route::Capture;
use crate::domain::traveller::{Standing, Traveller};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Shows what can be done here.
    Help,
    /// Passes the step.
    Pass,
    /// Begins another attempt.
    Retest,
    /// Leaves the step out.
    Skip,
    /// Turns to another step of the group first.
    Other,
    /// Chooses what the station works with, or receives material.
    Station,
    /// Lists what fits the next need.
    List,
    /// Begins the load.
    BeginLoad,
    /// Ends the load.
    EndLoad,
    /// Puts the unit down.
    PutDown,
    /// Fails the step.
    Fail,
    /// Fails, splits or merges pieces of a batch.
    Pieces,
    /// Holds the unit.
    Hold,
    /// Shows the last answer again.
    Last,
    /// Shows the unit's record.
    History,
    /// Takes the last record back.
    Void,
    /// Begins a carton with a number of the house.
    NewCarton,
    /// Takes the last unit out of the carton.
    TakeOut,
    /// The shipment leaves.
    Dispatch,
    /// Lets a lead decide.
    Lead,
    /// Calls a lead.
    Call,
    /// Takes the call back.
    CallOff,
    /// Says that the station is down or works again, or leaves a note.
    Shift,
    /// Says that what shows was seen.
    Seen,
    /// Lets a lead move the unit to another revision.
    Move,
    /// Lets a lead say why an hour fell short, or somebody enter a paper.
    Hour,
    /// Begins to enter a paper.
    Paper,
    /// All of the paper is entered.
    EndPaper,
    /// Changes the language.
    Language,
    /// Signs off.
    SignOff,
    /// Leaves the program.
    Quit,
    /// Goes back, or confirms that a stop was read.
    Back,
}

impl Act {
    /// All of them; those that matter most first.
    pub const ALL: [Self; 32] = [
        Self::Back,
        Self::EndPaper,
        Self::Seen,
        Self::Pass,
        Self::Dispatch,
        Self::NewCarton,
        Self::TakeOut,
        Self::Retest,
        Self::Skip,
        Self::Other,
        Self::Station,
        Self::BeginLoad,
        Self::EndLoad,
        Self::PutDown,
        Self::Fail,
        Self::Pieces,
        Self::Lead,
        Self::CallOff,
        Self::Hold,
        Self::SignOff,
        Self::Quit,
        Self::Help,
        Self::List,
        Self::Void,
        Self::History,
        Self::Language,
        Self::Last,
        Self::Call,
        Self::Shift,
        Self::Move,
        Self::Hour,
        Self::Paper,
    ];
}

/// A key that does something now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Which function key; none: Esc.
    pub key: Option<u8>,
    /// What it does.
    pub act: Act,
    /// Whether the key line shows it. What it does not show is asked of the gate, which says why not.
    pub shown: bool,
}

const fn key(key: u8, act: Act) -> Offer {
    Offer { key: Some(key), act, shown: true }
}

const BACK: Offer = Offer { key: None, act: Act::Back, shown: true };

/// Every key that does something now, in the order of the keys.
pub fn offers(model: &Model) -> Vec<Offer> {
    let mut all = Vec::with_capacity(10);
    match model.over.as_ref().map(|o| &o.what) {
        None => return offers_beneath(model),
        Some(Overlay::Ask(_)) => all.push(BACK),
        Some(Overlay::Handover(_)) => all.extend([BACK, key(2, Act::Seen)]),
        Some(Overlay::Help | Overlay::Last | Overlay::History(_)) => {
            all.extend([BACK, key(1, Act::Help)]);
            all.extend(reading_keys(model));
        }
    }
    all.push(key(10, Act::Language));
    all
}

/// Every key that does something on the screen beneath an overlay.
pub fn offers_beneath(model: &Model) -> Vec<Offer> {
    let mut all = work_keys(model);
    let first = usize::from(all.first() == Some(&BACK));
    all.insert(first, key(1, Act::Help));
    all.push(key(10, Act::Language));
    let may_tell = model.desk.operator.is_some() && model.paper().is_none();
    if may_tell && !matches!(model.screen(), Screen::Fault(_)) {
        all.push(key(11, Act::Shift));
    }
    all.extend(leaving(model));
    all
}

/// What the function key of that number does now.
pub fn function(model: &Model, number: u8) -> Option<Offer> {
    offers(model).into_iter().find(|o| o.key == Some(number))
}

fn work_keys(model: &Model) -> Vec<Offer> {
    let mut all = Vec::with_capacity(8);
    match model.screen() {
        Screen::Fault(_) => {
            if matches!(model.face, Face::Fault { lasting: false, .. }) {
                all.push(BACK);
            }
            return all;
        }
        Screen::Stopped(stop) => {
            all.push(BACK);
            let about_open =
                stop.refusal.evidence.unit == model.desk.open.as_ref().and_then(|w| w.traveller.unit.clone());
            if stop.refusal.code == Code::UnitOpen && about_open && model.desk.open.is_some() {
                all.push(key(2, Act::PutDown));
            }
        }
        Screen::Step(bench) => all.extend(step_keys(bench)),
        Screen::Nonconforming(_) | Screen::Carton(_) => all.push(key(2, Act::PutDown)),
        // The work is done here: what comes next may be of another order, or material.
        Screen::Passed(_) | Screen::Failed(_) => all.extend([BACK, key(2, Act::Station)]),
        Screen::Ready => {
            let station = match model.load().map(|at_hand| at_hand.load.begun.is_some()) {
                None => Act::Station,
                Some(false) => Act::BeginLoad,
                Some(true) => Act::EndLoad,
            };
            all.push(key(2, station));
            all.extend(model.settings.cartons.as_ref().map(|_| key(3, Act::NewCarton)));
        }
        Screen::Shipment(shipment) => {
            all.push(Offer { shown: shipment.units > 0, ..key(2, Act::Dispatch) });
            all.push(key(3, Act::PutDown));
        }
        Screen::SignOn => {}
    }
    all.extend(reading_keys(model));
    if let Screen::Step(bench) = model.screen()
        && can_void(model, bench)
    {
        all.push(key(7, Act::Void));
    }
    all.extend(handover_keys(model));
    if model.last_packed().is_some() {
        all.push(key(7, Act::TakeOut));
    }
    all.extend(lead_key(model));
    all
}

/// What comes first for a lead: to end the paper that is being entered, what waits for a decision, what may be decided
/// all the same; where there is nothing in hand, what is to be said of the past.
fn lead_key(model: &Model) -> Option<Offer> {
    if model.paper().is_some() {
        return Some(key(9, Act::EndPaper));
    }
    let is_idle = matches!(model.screen(), Screen::Ready | Screen::SignOn);
    let confirms = is_idle && model.desk.recovered.is_some();
    let waits = confirms || model.is_too_late() || overridable(model).is_some() || GivingUp::of(model).is_some();
    if waits || model.subject().is_some_and(|w| waits_for_a_lead(&w.traveller)) {
        Some(key(9, Act::Lead))
    } else if matches!(model.screen(), Screen::Step(_)) {
        // Nothing waits for a lead, who may come all the same.
        Some(Offer { shown: false, ..key(9, Act::Move) })
    } else if model.subject().is_some_and(|w| !w.traveller.passed.is_empty()) {
        Some(Offer { shown: false, ..key(9, Act::Lead) })
    } else if is_idle && !model.settings.calendar.shifts().is_empty() {
        Some(key(9, Act::Hour))
    } else {
        matches!(model.screen(), Screen::Ready).then(|| Offer { shown: false, ..key(9, Act::Paper) })
    }
}

/// What whoever is signed on can say about the station, whatever shows.
fn handover_keys(model: &Model) -> Vec<Offer> {
    if model.desk.operator.is_none() || model.paper().is_some() {
        return Vec::new();
    }
    let call = if model.desk.station.watch.call.is_some() { Act::CallOff } else { Act::Call };
    vec![key(8, call)]
}

/// What there is to read.
fn reading_keys(model: &Model) -> impl Iterator<Item = Offer> {
    let last = model.last.is_some().then(|| key(5, Act::Last));
    let history = model.subject().is_some().then(|| key(6, Act::History));
    last.into_iter().chain(history)
}

/// A step can be passed when nothing is missing; after a failure there is another attempt or none. Before that, an
/// optional step can be left out, and what is needed next from a shelf can be chosen from a list.
fn step_keys(bench: Bench<'_>) -> Vec<Offer> {
    if bench.traveller.is_held() {
        return vec![key(2, Act::PutDown), key(4, Act::Hold)];
    }
    let forward = if bench.failed().is_some() {
        key(2, Act::Retest)
    } else if bench.is_complete() {
        key(2, Act::Pass)
    } else if bench.may_be_skipped() {
        key(2, Act::Skip)
    } else if bench.next().is_some_and(|need| is_on_a_shelf(&need)) {
        key(2, Act::List)
    } else if bench.has_another_here() {
        key(2, Act::Other)
    } else {
        Offer { key: Some(2), act: Act::Pass, shown: false }
    };
    let fail = if bench.traveller.batch.is_some() { Act::Pieces } else { Act::Fail };
    vec![forward, key(3, fail), key(4, Act::Hold)]
}

/// Whether it comes in lots, or is a gauge: what can be listed.
fn is_on_a_shelf(need: &Need<'_>) -> bool {
    match need {
        Need::Material { capture, .. } => matches!(capture, Capture::Lot | Capture::Loaded),
        Need::Gauge(_) => true,
        Need::Check { .. } | Need::Signature(_) | Need::FirstPiece => false,
    }
}

/// Only one's own last record, and none that failed.
fn can_void(model: &Model, bench: Bench<'_>) -> bool {
    let me = model.desk.operator.as_ref().map(|p| &p.badge);
    let last = bench.attempt().and_then(|a| a.undo.iter().rev().find(|u| u.by.as_ref() == me));
    last.is_some_and(|u| !u.failed) && !bench.traveller.is_held()
}

/// The refusal that shows, where a second person may let it go.
pub(super) fn overridable(model: &Model) -> Option<Code> {
    let Face::Stopped(stop) = &model.face else { return None };
    Some(stop.refusal.code).filter(|code| model.settings.overrides.contains(code))
}

fn waits_for_a_lead(traveller: &Traveller) -> bool {
    traveller.is_held() || matches!(traveller.standing, Standing::Nonconforming | Standing::Scrapped)
}

fn leaving(model: &Model) -> Option<Offer> {
    let broken = matches!(model.face, Face::Fault { lasting: true, .. });
    if model.desk.operator.is_some() && !broken {
        Some(key(12, Act::SignOff))
    } else {
        model.settings.may_quit.then(|| key(12, Act::Quit))
    }
}
