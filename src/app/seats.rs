//! The terminal with its seats: what arrives finds the seat that it is for, and the one keyboard belongs to one seat
//! at a time.
//!
//! A scanner that is bound to a station feeds that seat; any other feeds the seat that has the keyboard. A scan takes
//! the keyboard along, so that a value typed after it lands at the unit that was scanned; but never from a seat at
//! which something is half typed or a question is open. Tab moves it by hand.

use std::collections::BTreeMap;

use super::effect::Effect;
use super::model::Model;
use super::msg::{Deadline, Key, Millis, Msg, News, ScannerState};
use super::seat::{PerSeat, Seat};
use super::update::update as update_seat;
use crate::domain::id::{DeviceId, StationId};

/// A scanner of the configuration, and the station that it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The scanner's name.
    pub scanner: DeviceId,
    /// The station; none: it feeds whichever seat has the keyboard.
    pub station: Option<StationId>,
}

/// The models of a terminal's seats.
#[derive(Debug)]
pub struct Seats {
    models: PerSeat<Model>,
    keyboard: Seat,
    /// The scanners that feed one seat alone.
    bound: BTreeMap<DeviceId, Seat>,
}

impl Seats {
    /// The seats as the terminal begins. A scanner is taken for lost until it is told of.
    pub fn new(mut models: PerSeat<Model>, bindings: Vec<Binding>) -> Self {
        let mut bound = BTreeMap::new();
        for (seat, model) in models.iter_mut() {
            model.seat = seat;
            let place = &model.settings.place.station;
            let here = bindings.iter().filter(|b| b.station.as_ref() == Some(place));
            bound.extend(here.map(|b| (b.scanner.clone(), seat)));
        }
        let mut seats = Self { models, keyboard: Seat::First, bound };
        for Binding { scanner, .. } in bindings {
            for (_, model) in seats.fed_by(&scanner) {
                model.scanners.insert(scanner.clone(), ScannerState::Lost);
            }
        }
        seats
    }

    /// The seat that has the keyboard, and its model.
    pub fn with_keyboard(&self) -> (Seat, &Model) {
        (self.keyboard, self.models.at(self.keyboard))
    }

    /// The seat without the keyboard, where there are two.
    pub fn without_keyboard(&self) -> Option<(Seat, &Model)> {
        self.models.iter().find(|(seat, _)| *seat != self.keyboard)
    }

    /// The models, the upper seat first.
    pub fn iter(&self) -> impl Iterator<Item = (Seat, &Model)> {
        self.models.iter()
    }

    /// The earliest moment that a seat waits for.
    pub fn deadline(&self) -> Option<(Seat, Deadline, Millis)> {
        let all = self.models.iter().filter_map(|(seat, m)| m.deadline().map(|(what, at)| (seat, what, at)));
        all.min_by_key(|(_, _, at)| *at)
    }

    /// The seats that a scanner may feed.
    fn fed_by(&mut self, scanner: &DeviceId) -> impl Iterator<Item = (Seat, &mut Model)> {
        let bound = self.bound.get(scanner).copied();
        self.models.iter_mut().filter(move |(seat, _)| bound.is_none_or(|b| b == *seat))
    }

    /// Tab moves the keyboard, unless it may be the end of what a scanner types.
    fn tab_moves(&self) -> bool {
        let (_, here) = self.with_keyboard();
        self.models.are_two() && (here.line.is_empty() || !here.scanners.is_empty())
    }

    /// A scan takes the keyboard along to its seat, unless somebody is using it.
    fn follow(&mut self, seat: Seat, at: Millis) {
        let (_, here) = self.with_keyboard();
        let in_use = !here.line.is_empty() || here.question().is_some();
        if seat != self.keyboard && !in_use {
            self.keyboard = seat;
            self.models.at_mut(seat).keyboard_came(at);
        }
    }
}

/// Takes what arrived, at the seat that it is for. The answer is what is to be done.
pub fn update(seats: &mut Seats, msg: Msg) -> Vec<Effect> {
    let Msg { at, news } = msg;
    let seat = match &news {
        News::Key(Key::Tab) if seats.tab_moves() && seats.with_keyboard().1.doubt(at).is_none() => {
            seats.keyboard = seats.keyboard.other();
            seats.models.at_mut(seats.keyboard).somebody_came(at);
            return Vec::new();
        }
        News::Key(_) => seats.keyboard,
        News::Scan { label, device, .. } => {
            let seat = seats.bound.get(device).copied().unwrap_or(seats.keyboard);
            // A scan that was lost may be nobody's doing, such as a cable that was pulled.
            if label.text().is_some() {
                seats.follow(seat, at);
            }
            seat
        }
        News::Settled { request, .. } => request.seat,
        News::LedgerChanged(seat, _) | News::Waiting(seat, _) | News::Due(seat, _) => *seat,
        News::Resized | News::Quit => Seat::First,
        News::Scanner { name, state } => return scanner(seats, at, name, state),
        News::Status(_) | News::Broken(_) => {
            let models = seats.models.iter_mut();
            return models.flat_map(|(_, model)| update_seat(model, Msg { at, news: news.clone() })).collect();
        }
    };
    update_seat(seats.models.at_mut(seat), Msg { at, news })
}

/// A scanner came or went. What it typed on the terminal before it was taken over landed at the keyboard's seat,
/// whichever it feeds.
fn scanner(seats: &mut Seats, at: Millis, name: &DeviceId, state: &ScannerState) -> Vec<Effect> {
    let keyboard = seats.keyboard;
    let mut effects = Vec::new();
    let mut came = false;
    for (seat, model) in seats.fed_by(name) {
        came |= seat != keyboard && model.is_coming(name, state);
        let news = News::Scanner { name: name.clone(), state: state.clone() };
        effects.extend(update_seat(model, Msg { at, news }));
    }
    if came {
        seats.models.at_mut(keyboard).scanner_came(at);
    }
    effects
}
