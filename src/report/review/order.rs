//! The order in which work is usually done, found from the cases themselves or taken from a route.

use std::collections::BTreeMap;

use super::log::{Done, Log};

/// What is done in at least so many of a thousand cases belongs to the usual order, and is lacking where it is not
/// done.
pub const USUAL_PER_MILLE: u64 = 500;
/// Two activities of which neither comes first in more than so many of a thousand cases are done in any order.
pub const CERTAIN_PER_MILLE: u64 = 650;

/// A place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The activity.
    pub activity: u32,
    /// Places of one group are done in any order among each other. Groups count from 0.
    pub group: usize,
    /// Whether a case without it lacks something.
    pub required: bool,
}

/// The order of activities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// The places, first to last.
    pub places: Vec<Place>,
    /// Steps of the route that the log has no activity of.
    pub unseen: Vec<String>,
    at: BTreeMap<u32, usize>,
}

/// A step of a route, as the order needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it may be called in the log: its title, its number.
    pub names: Vec<String>,
    /// Steps of one group are done in any order.
    pub group: Option<String>,
    /// Whether every unit has it.
    pub required: bool,
}

impl Order {
    fn of(places: Vec<Place>, unseen: Vec<String>) -> Self {
        let at = places.iter().enumerate().map(|(at, place)| (place.activity, at)).collect();
        Self { places, unseen, at }
    }

    /// Where an activity stands.
    pub fn place(&self, activity: u32) -> Option<(usize, &Place)> {
        let at = *self.at.get(&activity)?;
        Some((at, self.places.get(at)?))
    }

    /// The order of a route: a step is the activity of its title or number, whether or not in capitals.
    pub fn of_route(log: &Log, steps: &[Listed]) -> Self {
        let numbers = 0..u32::try_from(log.activities.len()).unwrap_or(u32::MAX);
        let known: BTreeMap<String, u32> = numbers.map(|n| (folded(&log.activities.name(n)), n)).collect();
        let (mut places, mut unseen) = (Vec::new(), Vec::new());
        let mut group = 0;
        let mut before: Option<&Listed> = None;
        for step in steps {
            let together = before.is_some_and(|before| before.group.is_some() && before.group == step.group);
            group += usize::from(before.is_some() && !together);
            before = Some(step);
            match step.names.iter().find_map(|name| known.get(&folded(name))) {
                Some(activity) => places.push(Place { activity: *activity, group, required: step.required }),
                None => unseen.extend(step.names.first().cloned()),
            }
        }
        Self::of(places, unseen)
    }

    /// The order that most cases follow: of two activities, the one comes first that is done first in most cases that
    /// have both.
    pub fn usual(log: &Log) -> Self {
        let usual = usual(log);
        let before = firsts(log, &usual);
        let wins = |one: usize| {
            let others = 0..usual.len();
            others.filter(|other| before.count(one, *other) > before.count(*other, one)).count()
        };
        let mut sorted: Vec<_> = (0..usual.len()).map(|at| (usual.len() - wins(at), at)).collect();
        sorted.sort_unstable();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (_, at) in sorted {
            match groups.last_mut() {
                Some(last) if last.iter().all(|other| before.undecided(*other, at)) => last.push(at),
                _ => groups.push(vec![at]),
            }
        }
        let places = groups.iter().enumerate().flat_map(|(group, members)| {
            let place =
                |at: &usize| usual.get(*at).map(|activity| Place { activity: *activity, group, required: true });
            members.iter().filter_map(place).collect::<Vec<_>>()
        });
        Self::of(places.collect(), Vec::new())
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What at least half of the cases have, by number.
fn usual(log: &Log) -> Vec<u32> {
    let mut having: BTreeMap<u32, u64> = BTreeMap::new();
    let mut cases = 0;
    for case in log.each_case() {
        cases += 1;
        for done in firsts_of(case) {
            *having.entry(done.activity).or_default() += 1;
        }
    }
    having.into_iter().filter(|(_, n)| n * 1_000 >= cases * USUAL_PER_MILLE).map(|(activity, _)| activity).collect()
}

/// The first time that each activity of a case was done, in order.
pub(super) fn firsts_of(case: &[Done]) -> Vec<Done> {
    let mut seen = std::collections::BTreeSet::new();
    case.iter().filter(|done| seen.insert(done.activity)).copied().collect()
}

/// In how many cases one activity began before another.
struct Before {
    many: usize,
    counts: Vec<u64>,
}

impl Before {
    fn count(&self, one: usize, other: usize) -> u64 {
        self.counts.get(one * self.many + other).copied().unwrap_or_default()
    }

    fn undecided(&self, one: usize, other: usize) -> bool {
        let (there, back) = (self.count(one, other), self.count(other, one));
        there.max(back) * 1_000 <= (there + back) * CERTAIN_PER_MILLE
    }
}

fn firsts(log: &Log, usual: &[u32]) -> Before {
    let many = usual.len();
    let mut counts = vec![0; many * many];
    for case in log.each_case() {
        let firsts: Vec<(usize, i64)> = firsts_of(case)
            .iter()
            .filter_map(|done| Some((usual.binary_search(&done.activity).ok()?, done.from)))
            .collect();
        for (n, (one, from)) in firsts.iter().enumerate() {
            // What began at the same moment says nothing about the order.
            for (other, _) in firsts.iter().skip(n + 1).filter(|(_, later)| later > from) {
                if let Some(count) = counts.get_mut(one * many + other) {
                    *count += 1;
                }
            }
        }
    }
    Before { many, counts }
}

#[cfg(test)]
mod tests {
    use super::super::log::tests::of_words;
    use super::*;

    fn words(log: &Log, order: &Order) -> Vec<String> {
        let mut groups: Vec<Vec<String>> = Vec::new();
        for place in &order.places {
            let name = log.activities.name(place.activity).to_string();
            match groups.get_mut(place.group) {
                Some(group) => group.push(name),
                None => groups.push(vec![name]),
            }
        }
        groups
            .into_iter()
            .map(|mut group| {
                group.sort();
                group.join("+")
            })
            .collect()
    }

    #[test]
    fn the_usual_order_is_that_of_most_cases() {
        let log =
            of_words(&["cut drill test pack", "cut test drill pack", "cut drill test pack rework", "cut drill test"]);
        assert_eq!(words(&log, &Order::usual(&log)), ["cut", "drill", "test", "pack"]);
    }

    #[test]
    fn what_goes_first_as_often_as_last_is_one_group() {
        let log =
            of_words(&["cut left right test", "cut right left test", "cut left right test", "cut right left test"]);
        assert_eq!(words(&log, &Order::usual(&log)), ["cut", "left+right", "test"]);
    }

    #[test]
    fn the_order_of_a_route_is_taken_as_it_stands() {
        let log = of_words(&["CUT test 20"]);
        let listed = |names: &[&str], group: Option<&str>| Listed {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            group: group.map(str::to_owned),
            required: true,
        };
        let steps = [
            listed(&["Cut", "10"], None),
            listed(&["Left", "20"], Some("sides")),
            listed(&["Right", "25"], Some("sides")),
            listed(&["Test", "30"], None),
        ];
        let order = Order::of_route(&log, &steps);
        assert_eq!(order.places.iter().map(|p| p.group).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(words(&log, &order), ["CUT", "20", "test"]);
        assert_eq!(order.unseen, ["Right"]);
    }
}
