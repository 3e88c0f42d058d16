//! The cases, held against the order: what was done too early, what again, and what never.
//!
//! A thing that was done is one of four, decided from the case alone and in its own order. `again`: the activity was
//! done in this case before. `early`: a required activity of a group before it was not done yet; a gate would have
//! refused it. `right`: neither. `other`: the order does not know the activity. A case conforms where everything in it
//! is right or other, and it lacks nothing that is required.

use std::collections::BTreeMap;

use super::log::{Done, Log};
use super::order::Order;

/// What something that was done is, against the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// In its turn.
    Right,
    /// Before something that is required and comes first: the place of that in the order.
    Early {
        /// The first such place.
        lacking: usize,
    },
    /// It was done in this case already.
    Again,
    /// It is not in the order.
    Other,
}

/// What one place of the order came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// In its turn.
    pub right: u64,
    /// Too early.
    pub early: u64,
    /// Done again.
    pub again: u64,
    /// Cases that do not have it.
    pub lacking: u64,
}

/// How the cases fit the order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conformance {
    /// Cases.
    pub cases: u64,
    /// Cases that conform.
    pub conform: u64,
    /// What the order does not know.
    pub other: u64,
    /// By place of the order.
    pub places: Vec<Tally>,
    /// How often the first was done before the second, which comes before it: two places of the order.
    pub early: BTreeMap<(usize, usize), u64>,
}

impl Conformance {
    /// Holds every case against the order.
    pub fn of(log: &Log, order: &Order) -> Self {
        let mut all = Self { places: vec![Tally::default(); order.places.len()], ..Self::default() };
        for case in log.each_case() {
            let mut walk = Walk::new(order);
            let mut conforms = true;
            for done in case {
                let judged = walk.judge(done);
                conforms &= matches!(judged, Judged::Right | Judged::Other);
                all.count(order, done, judged);
            }
            for at in walk.lacking() {
                let required = order.places.get(at).is_some_and(|place| place.required);
                conforms &= !required;
                if let Some(tally) = all.places.get_mut(at) {
                    tally.lacking += 1;
                }
            }
            all.cases += 1;
            all.conform += u64::from(conforms);
        }
        all
    }

    /// Right, early and again, of all places.
    pub fn in_all(&self) -> [u64; 3] {
        let sum = |of: fn(&Tally) -> u64| self.places.iter().map(of).sum();
        [sum(|t| t.right), sum(|t| t.early), sum(|t| t.again)]
    }

    fn count(&mut self, order: &Order, done: &Done, judged: Judged) {
        let at = order.place(done.activity).map(|(at, _)| at);
        let tally = at.and_then(|at| self.places.get_mut(at));
        match (judged, tally) {
            (Judged::Right, Some(tally)) => tally.right += 1,
            (Judged::Again, Some(tally)) => tally.again += 1,
            (Judged::Early { lacking }, Some(tally)) => {
                tally.early += 1;
                *self.early.entry((at.unwrap_or_default(), lacking)).or_default() += 1;
            }
            (Judged::Other, _) | (_, None) => self.other += 1,
        }
    }
}

/// One case, walked through in its own order.
#[derive(Debug)]
pub struct Walk<'o> {
    order: &'o Order,
    done: Vec<bool>,
    /// The first place that is required and not done.
    lacks: usize,
}

impl<'o> Walk<'o> {
    /// At the beginning.
    pub fn new(order: &'o Order) -> Self {
        let mut walk = Self { order, done: vec![false; order.places.len()], lacks: 0 };
        walk.go_on();
        walk
    }

    /// What the next thing is that was done.
    pub fn judge(&mut self, done: &Done) -> Judged {
        let Some((at, place)) = self.order.place(done.activity) else { return Judged::Other };
        let Some(was) = self.done.get_mut(at) else { return Judged::Other };
        if std::mem::replace(was, true) {
            return Judged::Again;
        }
        let lacking = self.order.places.get(self.lacks).filter(|first| first.group < place.group);
        let judged = lacking.map_or(Judged::Right, |_| Judged::Early { lacking: self.lacks });
        self.go_on();
        judged
    }

    /// The places that were not done.
    pub fn lacking(&self) -> impl Iterator<Item = usize> {
        self.done.iter().enumerate().filter(|(_, done)| !**done).map(|(at, _)| at)
    }

    fn go_on(&mut self) {
        let rest = self.order.places.iter().zip(&self.done).enumerate().skip(self.lacks);
        let mut open = rest.filter(|(_, (place, done))| place.required && !**done).map(|(at, _)| at);
        self.lacks = open.next().unwrap_or(self.order.places.len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::tests::of_words;
    use super::*;

    #[test]
    fn each_thing_is_right_early_again_or_other() {
        let log = of_words(&["cut drill test", "cut drill test", "cut drill test", "cut test drill test", "cut lunch"]);
        let order = Order::usual(&log);
        let found = Conformance::of(&log, &order);
        assert_eq!((found.cases, found.conform, found.other), (5, 3, 1));
        let tallies: Vec<_> = found.places.iter().map(|t| [t.right, t.early, t.again, t.lacking]).collect();
        assert_eq!(tallies, [[5, 0, 0, 0], [4, 0, 0, 1], [3, 1, 1, 1]]);
        assert_eq!(found.early, BTreeMap::from([((2, 1), 1)]));
        assert_eq!(found.in_all(), [12, 1, 1]);
    }

    #[test]
    fn within_a_group_nothing_is_early() {
        let log =
            of_words(&["cut left right test", "cut right left test", "cut left right test", "cut right left test"]);
        assert_eq!(Conformance::of(&log, &Order::usual(&log)).conform, 4);
    }
}
