//! Where the time goes: the work of each activity, the wait at each handover, the loops.

use std::collections::BTreeMap;

use super::log::{Done, Log};
use super::spans::Spans;

/// From one activity to the one that followed it in the same case.
type Pair = (u32, u32);

/// How work went on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// How long each activity took; all nothing where no ends are on record.
    pub work: BTreeMap<u32, Spans>,
    /// How long a case waited from the end of one activity to the beginning of the next.
    pub waits: BTreeMap<Pair, Spans>,
    /// What was gone back to: from which activity to which one that was done before.
    pub loops: BTreeMap<Pair, Loop>,
    /// How long the cases took, from their first beginning to their last end.
    pub cases: Spans,
    /// How often another person went on.
    pub handed: u64,
    /// How often an activity began before the one before it ended.
    pub overlaps: u64,
    /// How many did each activity.
    pub people: BTreeMap<u32, u64>,
}

/// A way back: to what was done before in the same case, or to itself. All that is done again from there on belongs to
/// it, until the case goes back once more or on to something new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loop {
    /// How often.
    pub times: u64,
    /// In how many cases.
    pub cases: u64,
    /// The waits before what was done again, and the time it took, in microseconds.
    pub cost: i64,
}

impl Flow {
    /// Counts a log.
    pub fn of(log: &Log) -> Self {
        let mut flow = Self::default();
        let (mut work, mut waits) = (Vec::with_capacity(log.done().len()), Vec::with_capacity(log.done().len()));
        let (mut lengths, mut people) = (Vec::new(), Vec::new());
        for case in log.each_case() {
            let mut back = Backwards::default();
            let mut before: Option<&Done> = None;
            for done in case {
                work.push((done.activity, done.to - done.from));
                if done.who > 0 {
                    people.push((done.activity, done.who));
                }
                let wait = before.map_or(0, |before| done.from - before.to);
                if let Some(before) = before {
                    waits.push(((before.activity, done.activity), wait.max(0)));
                    flow.overlaps += u64::from(wait < 0);
                    flow.handed += u64::from(before.who > 0 && done.who > 0 && before.who != done.who);
                }
                back.see(before.map(|before| before.activity), done.activity, wait.max(0) + (done.to - done.from));
                before = Some(done);
            }
            for (pair, found) in back.found {
                let all = flow.loops.entry(pair).or_default();
                *all = Loop { times: all.times + found.times, cases: all.cases + 1, cost: all.cost + found.cost };
            }
            let begun = case.iter().map(|done| done.from).min().unwrap_or_default();
            let ended = case.iter().map(|done| done.to).max().unwrap_or_default();
            lengths.push(ended - begun);
        }
        people.sort_unstable();
        people.dedup();
        for (activity, _) in people {
            *flow.people.entry(activity).or_default() += 1;
        }
        Self { work: by_key(work), waits: by_key(waits), cases: Spans::of(lengths), ..flow }
    }
}

/// The ways back of one case.
#[derive(Default)]
struct Backwards {
    /// What was done so far, in the order of its first time.
    seen: Vec<u32>,
    /// The way back that the case is on.
    on: Option<Pair>,
    found: BTreeMap<Pair, Loop>,
}

impl Backwards {
    /// Takes the next thing that was done, and what it cost.
    fn see(&mut self, before: Option<u32>, activity: u32, cost: i64) {
        let first = |activity: u32| self.seen.iter().position(|known| *known == activity);
        let (Some(before), Some(was)) = (before, first(activity)) else {
            self.seen.push(activity);
            self.on = None;
            return;
        };
        let is_back = first(before).is_none_or(|from| was <= from);
        if is_back {
            self.on = Some((before, activity));
        }
        if let Some(pair) = self.on {
            let found = self.found.entry(pair).or_default();
            found.times += u64::from(is_back);
            found.cost += cost;
        }
    }
}

/// What was counted for each key.
fn by_key<K: Ord + Copy>(mut all: Vec<(K, i64)>) -> BTreeMap<K, Spans> {
    all.sort_unstable();
    let groups = all.chunk_by(|one, next| one.0 == next.0);
    groups
        .filter_map(|group| Some((group.first()?.0, Spans::of(group.iter().map(|(_, length)| *length).collect()))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(rows: &[(u32, u32, u32, i64, i64)]) -> Log {
        let mut log = Log::new(true);
        for (case, activity, who, from, to) in rows {
            log.add(Done { case: *case, activity: *activity, who: *who, from: *from, to: *to });
        }
        log.sorted()
    }

    #[test]
    fn work_waits_and_ways_back_are_counted() {
        let flow = Flow::of(&log(&[
            (0, 1, 1, 0, 10),
            (0, 2, 2, 15, 20),
            (0, 1, 2, 30, 34),
            (0, 2, 2, 33, 40),
            (1, 1, 1, 0, 4),
        ]));
        assert_eq!(flow.work[&1], Spans::of(vec![10, 4, 4]));
        assert_eq!(flow.waits[&(1, 2)], Spans::of(vec![5, 0]));
        assert_eq!(flow.waits[&(2, 1)], Spans::of(vec![10]));
        assert_eq!(flow.loops, BTreeMap::from([((2, 1), Loop { times: 1, cases: 1, cost: 10 + 4 + 7 })]));
        assert_eq!((flow.handed, flow.overlaps, flow.cases.most, flow.people[&1]), (1, 1, 40, 2));
    }
}
