//! A terminal that serves two stations, with a scanner at each: what is submitted goes through the gate.

use std::sync::Arc;

use traveller::app::effect::{Effect, Submission};
use traveller::app::model::Model;
use traveller::app::msg::{Key, Millis, Msg, News, ScannerState};
use traveller::app::seat::{PerSeat, Seat};
use traveller::app::seats::{Binding, Seats, update};
use traveller::app::settlement::Settlement;
use traveller::domain::label::Label;
use traveller::ledger::Writer;
use traveller::station::clerk::{Clerk, With};
use traveller::station::pin::Pin;

use super::plant::Plant;

/// The scanner of the first seat, that of the second, and one that is bound to neither.
pub(super) const SCANNERS: [&str; 3] = ["left", "right", "spare"];

/// A terminal at two stations.
pub(super) struct Pair {
    #[expect(dead_code, reason = "keeps the ledger where it is while the pair works")]
    dir: Arc<tempfile::TempDir>,
    clerks: PerSeat<Clerk<Writer>>,
    pub(super) seats: Seats,
    pub(super) now: u64,
    pub(super) out: Vec<Effect>,
    pub(super) settled: Vec<(Seat, Settlement)>,
}

impl Pair {
    /// Two stations of the plant, with nobody signed on and every scanner ready. `pin` tells whether signing on takes
    /// one.
    pub(super) fn new(plant: &Plant, classes: [&str; 2], pin: bool) -> Self {
        let [first, second] = classes.map(|class| plant.seat(class, pin));
        let (clerks, models) = PerSeat::new(first, Some(second)).unzip();
        let station = |model: &Model| Some(model.settings.place.station.clone());
        let stations = [station(models.at(Seat::First)), station(models.at(Seat::Second)), None];
        let bindings = SCANNERS.into_iter().zip(stations);
        let bindings = bindings.map(|(name, station)| Binding { scanner: name.parse().unwrap(), station });
        let seats = Seats::new(models, bindings.collect());
        let mut pair = Self { dir: plant.dir(), clerks, seats, now: 0, out: Vec::new(), settled: Vec::new() };
        for name in SCANNERS {
            pair.hear(News::Scanner { name: name.parse().unwrap(), state: ScannerState::Ready });
        }
        pair
    }

    pub(super) fn hear(&mut self, news: News) {
        self.out.extend(update(&mut self.seats, Msg { at: Millis(self.now), news }));
    }

    /// Answers the oldest of what was submitted; false where nothing is.
    pub(super) fn settle_one(&mut self) -> bool {
        let is_asked = |e: &Effect| matches!(e, Effect::Submit(_) | Effect::Look(..));
        let Some(at) = self.out.iter().position(is_asked) else { return false };
        let submission = match self.out.remove(at) {
            Effect::Submit(submission) => submission,
            Effect::Look(request, look) => {
                let seen = self.clerks.at_mut(request.seat).look(*look).unwrap().unwrap();
                self.hear(News::Seen { request, outcome: Ok(seen) });
                return true;
            }
            Effect::Bell(_) | Effect::Quit => unreachable!(),
        };
        let Submission { request, command, pin, device, screen_ms } = *submission;
        let with = With { pin: pin.map(|p| Pin::given(p.reveal())), device, screen_ms: Some(screen_ms) };
        let settlement = self.clerks.at_mut(request.seat).give(&command, &with).unwrap();
        self.settled.push((request.seat, settlement.clone()));
        self.hear(News::Settled { request, outcome: Ok(Box::new(settlement)) });
        true
    }

    pub(super) fn settle(&mut self) {
        while self.settle_one() {}
    }

    /// Something is scanned, and not yet answered. `begun` milliseconds ago its first character came.
    pub(super) fn scanned(&mut self, scanner: &str, label: Label, begun: u64) {
        let (device, begun) = (scanner.parse().unwrap(), Millis(self.now - begun));
        self.hear(News::Scan { label, device, begun });
    }

    /// A second later something is scanned, and answered.
    pub(super) fn scan(&mut self, scanner: &str, label: &str) {
        self.now += 1_000;
        self.scanned(scanner, Label::read(label.as_bytes()), 0);
        self.settle();
    }

    pub(super) fn key(&mut self, key: Key) {
        self.hear(News::Key(key));
    }

    pub(super) fn typed(&mut self, text: &str) {
        text.chars().for_each(|c| self.key(Key::Char(c)));
    }

    /// A second later something is typed, and answered.
    pub(super) fn enter(&mut self, text: &str) {
        self.now += 1_000;
        self.typed(text);
        self.key(Key::Enter);
        self.settle();
    }

    /// A second later a key is pressed, and what it does is answered.
    pub(super) fn press(&mut self, key: Key) {
        self.now += 1_000;
        self.key(key);
        self.settle();
    }

    pub(super) fn model(&self, seat: Seat) -> &Model {
        self.seats.iter().find(|(which, _)| *which == seat).unwrap().1
    }

    /// The screens of both.
    pub(super) fn screens(&self) -> [&'static str; 2] {
        [Seat::First, Seat::Second].map(|seat| self.model(seat).screen().name())
    }

    /// The last answer as the contract's word, and where it was given.
    pub(super) fn answer(&self) -> (Seat, &'static str) {
        let (seat, settlement) = self.settled.last().expect("something was settled");
        let word = match &settlement.answer {
            Ok(did) => did.word(),
            Err(refusal) => refusal.code.word(),
        };
        (*seat, word)
    }

    pub(super) fn keyboard(&self) -> Seat {
        self.seats.with_keyboard().0
    }
}
