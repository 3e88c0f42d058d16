//! Choosing what a station works with: an order, a lot, a gauge. What is chosen from a list goes to the gate as if its
//! label had been typed, so that the gate decides as it does for a scan.

use std::sync::Arc;

use super::question::{Answer, Choice, Picked, Question, Title, Unfit, pick};
use super::receiving::Receiving;
use super::shelf::{Shelf, ShelfLot};
use crate::domain::command::Command;
use crate::domain::label::Label;

/// What can be done at a station before a unit is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Choose the order that new units start under.
    Order,
    /// Load a lot.
    Lot,
    /// Choose a gauge.
    Gauge,
    /// Receive material.
    Receive,
}

impl Errand {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Order, Self::Lot, Self::Gauge, Self::Receive];

    fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Lot => "lot",
            Self::Gauge => "gauge",
            Self::Receive => "receive",
        }
    }
}

/// Asks what is to be done at the station.
#[derive(Debug, Clone)]
pub struct Menu {
    shelf: Arc<Shelf>,
}

/// Asks for one of a list.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Of what.
    pub of: Errand,
    options: Vec<Choice>,
    /// What is gone back to; none: the screen.
    menu: Option<Menu>,
}

impl Menu {
    /// Asks what is to be done with what is on the shelf.
    pub fn over(shelf: Shelf) -> Self {
        Self { shelf: Arc::new(shelf) }
    }

    pub(super) fn choices() -> Vec<Choice> {
        Errand::ALL.map(|e| Choice { code: e.code().to_owned(), title: Title::Errand(e) }).into()
    }

    pub(super) fn answer(self, text: &str, scanned: bool) -> Answer {
        match pick(text, scanned, &Self::choices()) {
            Picked::One(Choice { title: Title::Errand(Errand::Receive), .. }) => {
                Answer::Ask(Question::Receive(Box::new(Receiving::begin(self.shelf))))
            }
            Picked::One(Choice { title: Title::Errand(of), .. }) => {
                let options = listed(&self.shelf, of, |lot| lot.loads);
                Answer::Ask(Question::Pick(Pick { of, options, menu: Some(self) }))
            }
            Picked::One(_) | Picked::Zero | Picked::Beyond => Answer::Unfit(Question::Menu(self), Unfit::NotListed),
            Picked::NoNumber => Answer::Label,
        }
    }
}

impl Pick {
    /// Asks for a lot of these that a step takes next.
    pub fn lot(shelf: &Shelf, fits: impl Fn(&ShelfLot) -> bool) -> Self {
        Self { of: Errand::Lot, options: listed(shelf, Errand::Lot, fits), menu: None }
    }

    /// Asks for a gauge of the kind that a step needs next.
    pub fn gauge(shelf: &Shelf, kind: &str) -> Self {
        let fits = |choice: &Choice| matches!(&choice.title, Title::Gauge(g) if g.gauge.kind == kind);
        let mut options = listed(shelf, Errand::Gauge, |_| false);
        options.retain(fits);
        Self { of: Errand::Gauge, options, menu: None }
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        self.options.clone()
    }

    pub(super) fn answer(self, text: &str, scanned: bool) -> Answer {
        match pick(text, scanned, &self.options) {
            Picked::One(choice) => Answer::Submit(Command::Scan { label: Label::Text(choice.code), unit: None }, None),
            Picked::Zero | Picked::Beyond => Answer::Unfit(Question::Pick(self), Unfit::NotListed),
            Picked::NoNumber => Answer::Label,
        }
    }

    pub(super) fn back(self) -> Option<Question> {
        self.menu.map(Question::Menu)
    }
}

fn listed(shelf: &Shelf, of: Errand, fits: impl Fn(&ShelfLot) -> bool) -> Vec<Choice> {
    let choice = |code: &str, title| Choice { code: code.to_owned(), title };
    match of {
        Errand::Order => {
            shelf.orders.iter().map(|o| choice(o.order.as_str(), Title::Order(Box::new(o.clone())))).collect()
        }
        Errand::Lot => {
            let lots = shelf.lots.iter().filter(|lot| fits(lot));
            lots.map(|l| choice(l.lot.lot.as_str(), Title::Lot(Box::new(l.clone())))).collect()
        }
        Errand::Gauge => {
            shelf.gauges.iter().map(|g| choice(g.gauge.gauge.as_str(), Title::Gauge(Box::new(g.clone())))).collect()
        }
        Errand::Receive => Vec::new(),
    }
}
