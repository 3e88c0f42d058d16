//! The order of what several streams tell of one subject: what an event builds on comes before it, a stream comes after
//! the event that it was begun after, and what nothing else puts in order goes by terminal, epoch and number. No clock
//! is asked, and neither is the order in which the streams were read: the same events always come in the same order.
//!
//! And what is broken in the history of a unit: an event that builds on one that is not there, and two events that
//! build on the same one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::event::{Event, Link};
use super::traveller::Traveller;
use super::what::What;

/// An event of the subject, as far as the order goes. Streams are numbered by terminal and epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knot {
    /// Its stream.
    pub stream: usize,
    /// Its number there.
    pub seq: u64,
    /// The events of other streams that it names.
    pub after: Vec<(usize, u64)>,
}

/// The events in their order: the position of each among those given. `begun_after` tells of each stream the event that
/// it was begun after. A circle, which nobody can have recorded honestly, is cut where the numbers are lowest.
pub fn order(knots: &[Knot], begun_after: &[Option<(usize, u64)>]) -> Vec<usize> {
    let mut queues: BTreeMap<usize, VecDeque<(usize, &Knot)>> = BTreeMap::new();
    let mut sorted: Vec<(usize, &Knot)> = knots.iter().enumerate().collect();
    sorted.sort_by_key(|(_, knot)| (knot.stream, knot.seq));
    for (at, knot) in sorted {
        queues.entry(knot.stream).or_default().push_back((at, knot));
    }
    let mut ordered = Vec::with_capacity(knots.len());
    while let Some(stream) = next(&queues, begun_after) {
        let Some(queue) = queues.get_mut(&stream) else { break };
        ordered.extend(queue.pop_front().map(|(at, _)| at));
        if queue.is_empty() {
            queues.remove(&stream);
        }
    }
    ordered
}

/// The first stream whose next event has all before it that it comes after.
fn next(queues: &BTreeMap<usize, VecDeque<(usize, &Knot)>>, begun_after: &[Option<(usize, u64)>]) -> Option<usize> {
    let is_past = |(stream, seq): (usize, u64)| {
        queues.get(&stream).and_then(|q| q.front()).is_none_or(|(_, knot)| knot.seq > seq)
    };
    let may_begin = |stream: usize| {
        let mut at = stream;
        for _each in begun_after {
            let Some(before) = begun_after.get(at).copied().flatten() else { return true };
            if !is_past(before) {
                return false;
            }
            at = before.0;
        }
        true
    };
    let is_ready = |stream: usize, queue: &VecDeque<(usize, &Knot)>| {
        let named = queue.front().is_none_or(|(_, knot)| knot.after.iter().all(|before| is_past(*before)));
        named && may_begin(stream)
    };
    let ready = queues.iter().find(|(stream, queue)| is_ready(**stream, queue));
    ready.or_else(|| queues.first_key_value()).map(|(stream, _)| *stream)
}

/// An event of a unit's history, as far as its threads go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The event.
    event: Link,
    /// Whether it changes the unit.
    changes: bool,
    /// What it builds on: one, or every end that it comes after; none where it begins the unit.
    parents: Vec<Link>,
    /// The broken events that it settles.
    settles: Vec<Link>,
}

impl Thread {
    /// The thread of an event, named as its reader names it.
    pub fn of(event: &Event) -> Self {
        let changes = event.about.saw.is_none() && event.what.changes_a_unit();
        let refused = matches!(event.what, What::Refused(_));
        let mut parents: Vec<Link> = event.about.builds_on.iter().cloned().collect();
        let mut settles = Vec::new();
        if let What::HistorySettled(settled) = &event.what {
            parents.extend(settled.ends.iter().cloned());
            settles.clone_from(&settled.events);
        }
        Self { event: event.stamp.link(), changes: changes && !refused, parents, settles }
    }

    /// Whether it goes on at this end of a history and nowhere else, or changes nothing.
    pub fn goes_on_at(&self, head: Option<&Link>) -> bool {
        !self.changes || self.parents.iter().eq(head)
    }
}

/// Something broken in a unit's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// An event builds on one that is not there.
    Hole {
        /// The event.
        event: Link,
        /// What is missing.
        missing: Link,
    },
    /// Several events build on the same one, or begin the unit.
    Fork {
        /// The one that they build on; none where each begins the unit.
        parent: Option<Link>,
        /// Those events.
        children: Vec<Link>,
    },
}

/// What is broken in a history: holes first, each in the order of the history. What somebody settled is broken no more,
/// as long as nothing else turns up at the same place.
pub fn breaks(history: &[Thread]) -> Vec<Break> {
    let known: BTreeSet<&Link> = history.iter().map(|thread| &thread.event).collect();
    let changing = || history.iter().filter(|thread| thread.changes);
    let parents = |thread: &'_ Thread| match thread.parents.as_slice() {
        [] => vec![None],
        some => some.iter().cloned().map(Some).collect(),
    };
    let mut children: BTreeMap<Option<Link>, Vec<Link>> = BTreeMap::new();
    let mut breaks = Vec::new();
    for thread in changing() {
        let missing = thread.parents.iter().filter(|parent| !known.contains(parent));
        breaks.extend(missing.map(|missing| Break::Hole { event: thread.event.clone(), missing: missing.clone() }));
        for parent in parents(thread) {
            children.entry(parent).or_default().push(thread.event.clone());
        }
    }
    for parent in changing().flat_map(parents) {
        let Some(children) = children.remove(&parent).filter(|of_it| of_it.len() > 1) else { continue };
        breaks.push(Break::Fork { parent, children });
    }
    breaks.retain(|broken| !changing().any(|thread| broken.is_ended_by(&thread.settles)));
    breaks
}

/// The events of a history that nothing builds on.
fn ends(history: &[Thread]) -> Vec<Link> {
    let changing = || history.iter().filter(|thread| thread.changes);
    let built_on: BTreeSet<&Link> = changing().flat_map(|thread| &thread.parents).collect();
    changing().map(|thread| &thread.event).filter(|event| !built_on.contains(event)).cloned().collect()
}

impl Traveller {
    /// Takes note of what is broken in its history.
    pub fn look_for_breaks(&mut self, history: &[Thread]) {
        self.breaks = breaks(history);
        self.ends = if self.breaks.is_empty() { Vec::new() } else { ends(history) };
    }
}

/// A unit's history, folded event by event in its order, with what is broken in it.
#[derive(Debug, Clone, Default)]
pub struct History {
    traveller: Traveller,
    threads: Vec<Thread>,
    has_others: bool,
}

impl History {
    /// A history that begins with nothing on record.
    pub fn new(traveller: Traveller) -> Self {
        Self { traveller, ..Self::default() }
    }

    /// Folds the next event.
    pub fn apply(&mut self, event: &Event) {
        self.traveller.apply(event);
        self.has_others |= event.stamp.elsewhere.is_some();
        self.threads.push(Thread::of(event));
    }

    /// The unit. One stream alone, which numbers its own events, cannot be broken.
    pub fn told(self) -> Traveller {
        let Self { mut traveller, threads, has_others } = self;
        if has_others {
            traveller.look_for_breaks(&threads);
        }
        traveller
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn knot(stream: usize, seq: u64, after: &[(usize, u64)]) -> Knot {
        Knot { stream, seq, after: after.to_vec() }
    }

    fn ordered(knots: &[Knot], begun_after: &[Option<(usize, u64)>]) -> Vec<(usize, u64)> {
        order(knots, begun_after).into_iter().map(|at| (knots[at].stream, knots[at].seq)).collect()
    }

    #[test]
    fn what_is_built_on_comes_first_and_the_rest_goes_by_name() {
        let knots = [knot(1, 4, &[]), knot(0, 9, &[(1, 4)]), knot(0, 2, &[]), knot(1, 5, &[(0, 9)])];
        assert_eq!(ordered(&knots, &[None, None]), [(0, 2), (1, 4), (0, 9), (1, 5)]);
        let loose = [knot(1, 4, &[]), knot(0, 9, &[]), knot(0, 2, &[])];
        assert_eq!(ordered(&loose, &[None, None]), [(0, 2), (0, 9), (1, 4)]);
    }

    #[test]
    fn a_stream_comes_after_what_it_was_begun_after_even_by_way_of_another() {
        let knots = [knot(0, 3, &[]), knot(2, 5, &[]), knot(2, 9, &[])];
        assert_eq!(ordered(&knots, &[Some((1, 7)), Some((2, 6)), None]), [(2, 5), (0, 3), (2, 9)]);
    }

    #[test]
    fn a_circle_is_cut_and_loses_nothing() {
        let knots = [knot(0, 1, &[(1, 1)]), knot(1, 1, &[(0, 1)])];
        assert_eq!(ordered(&knots, &[Some((1, 1)), Some((0, 1))]), [(0, 1), (1, 1)]);
    }

    #[test]
    fn holes_and_forks_are_told() {
        let thread = |event: u64, parent: Option<u64>| Thread {
            event: Link::Here(event),
            changes: true,
            parents: parent.map(Link::Here).into_iter().collect(),
            settles: Vec::new(),
        };
        let passing = Thread { event: Link::Here(3), changes: false, parents: Vec::new(), settles: Vec::new() };
        assert_eq!(breaks(&[thread(1, None), thread(2, Some(1)), passing, thread(4, Some(2))]), []);
        let hole = Break::Hole { event: Link::Here(4), missing: Link::Here(9) };
        let fork = Break::Fork { parent: Some(Link::Here(1)), children: vec![Link::Here(2), Link::Here(5)] };
        let history = [thread(1, None), thread(2, Some(1)), thread(4, Some(9)), thread(5, Some(1))];
        assert_eq!(breaks(&history), [hole, fork]);
        let twice = Break::Fork { parent: None, children: vec![Link::Here(1), Link::Here(2)] };
        assert_eq!(breaks(&[thread(1, None), thread(2, None)]), [twice]);
    }

    #[test]
    fn what_is_settled_by_name_is_broken_no_more_until_something_else_turns_up() {
        let here = |all: &[u64]| all.iter().copied().map(Link::Here).collect::<Vec<_>>();
        let thread = |event: u64, parents: &[u64], settles: &[u64]| {
            let (event, parents, settles) = (Link::Here(event), here(parents), here(settles));
            Thread { event, changes: true, parents, settles }
        };
        let fork = [thread(1, &[], &[]), thread(2, &[1], &[]), thread(3, &[1], &[]), thread(4, &[2], &[])];
        let and = |more: &[Thread]| fork.iter().chain(more).cloned().collect::<Vec<_>>();
        assert_eq!(ends(&fork), here(&[3, 4]));
        let both = thread(5, &[4, 3], &[2, 3]);
        let joined = and(std::slice::from_ref(&both));
        assert_eq!((breaks(&joined), ends(&joined)), (Vec::new(), here(&[5])));
        let one = thread(5, &[4, 3], &[2]);
        let is_fork =
            |parent, children: &[u64]| Break::Fork { parent: Some(Link::Here(parent)), children: here(children) };
        assert_eq!(breaks(&and(&[one])), [is_fork(1, &[2, 3])], "who names one of two settles nothing");
        let third = thread(6, &[1], &[]);
        assert_eq!(breaks(&and(&[both.clone(), third])), [is_fork(1, &[2, 3, 6])], "a third one was not known");
        let late = thread(6, &[3], &[]);
        assert_eq!(breaks(&and(&[both, late])), [is_fork(3, &[5, 6])], "nor what went on at a settled end");
        let hole = [thread(1, &[], &[]), thread(2, &[9], &[]), thread(3, &[2, 1], &[2])];
        assert_eq!(breaks(&hole), []);
    }

    proptest! {
        #[test]
        fn however_they_are_given_the_order_is_one_and_keeps_every_bond(
            lengths in prop::collection::vec(1_u64..8, 1..4),
            bonds in prop::collection::vec((0_usize..4, 1_u64..8, 0_usize..4, 1_u64..8), 0..12),
            seed in any::<u64>(),
        ) {
            let mut knots: Vec<Knot> = Vec::new();
            for (stream, length) in lengths.iter().enumerate() {
                knots.extend((1..=*length).map(|seq| knot(stream, seq, &[])));
            }
            for (stream, seq, to, on) in bonds {
                // Bonds that lead to lower numbers make no circles.
                if let Some(knot) = knots.iter_mut().find(|k| (k.stream, k.seq) == (stream, seq) && on < seq) {
                    knot.after.push((to, on));
                }
            }
            let begun_after = vec![None; lengths.len()];
            let once = ordered(&knots, &begun_after);
            prop_assert_eq!(once.len(), knots.len());
            let at = |of: (usize, u64)| once.iter().position(|o| *o == of);
            for knot in &knots {
                for before in knot.after.iter().filter(|b| at(**b).is_some()) {
                    prop_assert!(at(*before) < at((knot.stream, knot.seq)), "{:?}", knot);
                }
            }
            let turn = usize::try_from(seed % 97).unwrap() % knots.len();
            knots.rotate_left(turn);
            knots.reverse();
            prop_assert_eq!(ordered(&knots, &begun_after), once);
        }
    }
}
