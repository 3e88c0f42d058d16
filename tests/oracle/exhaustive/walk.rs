//! Breadth first over everything that can be done, each state once.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use traveller::domain::traveller::Standing;

use super::broken::Broken;
use super::features::{Feature, Small, goods, routes};
use super::goods::Goods;
use super::moves::{Move, moves, settle_in};
use super::world::World;

/// Commands one after the other; `TRAVELLER_MODEL_DEPTH` says otherwise.
const DEPTH: usize = 12;
/// States of one route, the nearest first; without a bound where `TRAVELLER_MODEL_DEPTH` is given.
const STATES_MOST: usize = 150;
/// Where several units are in one hand, or a rule is let go, the ways are longer.
const STATES_OF_MANY_MOST: usize = 600;
/// Until a unit is back that left, the ways are longer still.
const STATES_OF_GOODS_MOST: usize = 1_500;

/// What a walk came to.
#[derive(Default)]
struct Seen {
    routes: usize,
    states: usize,
    transitions: usize,
    complete: usize,
    labelled: usize,
    gone: usize,
    whole: usize,
    refusals: BTreeMap<&'static str, usize>,
}

#[derive(Clone, Copy)]
struct Bounds {
    depth: usize,
    states: usize,
}

fn bounds() -> Bounds {
    let given = std::env::var("TRAVELLER_MODEL_DEPTH").ok().and_then(|n| n.parse().ok());
    match given {
        Some(depth) => Bounds { depth, states: usize::MAX },
        None => Bounds { depth: DEPTH, states: STATES_MOST },
    }
}

/// A state, and how it was come to.
struct Node {
    world: World,
    before: Option<(usize, Move)>,
    depth: usize,
}

fn hashed(world: &World) -> u64 {
    let mut hasher = DefaultHasher::new();
    world.key().hash(&mut hasher);
    hasher.finish()
}

/// Everything that can be done on one route: what was seen, or a complaint of the oracle and the way to it.
fn walk(small: &Small, broken: Option<Broken>, bounds: &Bounds) -> Result<Seen, String> {
    let mut world = World::new(small, broken);
    settle_in(&mut world, small).map_err(|complaint| format!("{:?}: {complaint}", small.features))?;
    let all = moves(small);
    let mut seen = Seen { routes: 1, ..Seen::default() };
    let mut known = HashSet::from([hashed(&world)]);
    let mut nodes = vec![Node { world, before: None, depth: 0 }];
    let mut waiting = VecDeque::from([0]);
    let mut all_of_them = true;
    while let Some(at) = waiting.pop_front() {
        if nodes[at].depth == bounds.depth || nodes.len() >= bounds.states {
            all_of_them = false;
            continue;
        }
        for step in &all {
            // What is done to an open unit is tried once where none is open; after that it tells nothing new.
            if nodes[at].depth > 1 && nodes[at].world.has_nothing_for(step) {
                continue;
            }
            let mut world = nodes[at].world.clone();
            seen.transitions += 1;
            let no = world.does(step).map_err(|complaint| told(small, &nodes, at, step, &complaint))?;
            if let Some(no) = no {
                *seen.refusals.entry(no.code.word()).or_default() += 1;
            }
            if known.insert(hashed(&world)) {
                let depth = nodes[at].depth + 1;
                seen.complete += usize::from(world.is_any(|t| t.standing == Standing::Complete));
                seen.labelled += usize::from(world.is_any(|t| !t.labels.changes.is_empty()));
                seen.gone += usize::from(world.is_any(|t| t.standing == Standing::Dispatched));
                nodes.push(Node { world, before: Some((at, step.clone())), depth });
                waiting.push_back(nodes.len() - 1);
            }
        }
    }
    seen.states = nodes.len();
    seen.whole = usize::from(all_of_them);
    Ok(seen)
}

fn told(small: &Small, nodes: &[Node], mut at: usize, last: &Move, complaint: &str) -> String {
    let mut story = vec![format!("{last:?}")];
    while let Some((before, step)) = &nodes[at].before {
        story.push(format!("{step:?}"));
        at = *before;
    }
    story.reverse();
    format!("{:?}: {complaint}\nafter:\n  {}", small.features, story.join("\n  "))
}

/// Everything that can be done on each of these routes, so many states of each; what was seen. No complaint is left.
fn walk_all(all: &[Small], bounds: impl Fn(&Small) -> Bounds + Sync) -> Seen {
    let (next, total) = (AtomicUsize::new(0), Mutex::new(Seen::default()));
    let complaints = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(small) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match walk(small, None, &bounds(small)) {
                        Ok(seen) => total.lock().unwrap().add(&seen),
                        Err(complaint) => complaints.lock().unwrap().push(complaint),
                    }
                }
            });
        }
    });
    let (total, complaints) = (total.into_inner().unwrap(), complaints.into_inner().unwrap());
    println!("{} routes, {} of them wholly", total.routes, total.whole);
    println!("{} states, {} transitions, {} with a unit done", total.states, total.transitions, total.complete);
    println!("{} with another label, {} with a unit that left", total.labelled, total.gone);
    println!("refusals: {:#?}", total.refusals);
    assert!(
        complaints.is_empty(),
        "{} routes: {}",
        complaints.len(),
        complaints[..complaints.len().min(5)].join("\n\n")
    );
    total
}

#[test]
fn no_sequence_of_commands_leads_around_the_gate() {
    let given = bounds();
    let total = walk_all(&routes(), |small| {
        let is_far = small.is_many() || small.features == [Feature::Check, Feature::Window];
        let states = if is_far { STATES_OF_MANY_MOST.max(given.states) } else { given.states };
        Bounds { states, ..given }
    });
    assert!(total.complete > total.routes, "hardly any unit was ever done");
}

#[test]
fn no_label_and_no_carton_leads_around_the_gate() {
    let given = bounds();
    let total = walk_all(&goods(), |_| Bounds { states: STATES_OF_GOODS_MOST.max(given.states), ..given });
    assert!(total.labelled > 1_000 && total.gone > 100, "{} and {}", total.labelled, total.gone);
}

#[test]
fn a_broken_gate_is_found() {
    use Feature::{Bare, Check, Loaded, Nests, Signed, Window};
    let all = routes();
    let cases: [(Broken, &[Feature], bool, &str); 10] = [
        (Broken::ForgetsChecks, &[Bare, Check], false, "passes without [(\"check\""),
        (Broken::PassesEarly, &[Bare, Check], false, "passes without [(\"check\""),
        (Broken::SkipsAnything, &[Bare, Check], false, "leaves out a step that is not optional"),
        (Broken::NeverWaits, &[Bare, Window], false, "comes too early"),
        (Broken::SignsAlone, &[Bare, Signed], false, "passes without [(\"signature\""),
        (Broken::GuessesUnit, &[Nests], false, "one of several, not named"),
        (Broken::GuessesUnit, &[Check], true, "one of several, not named"),
        (Broken::EndsEarly, &[Check, Loaded], false, "ends too early"),
        (Broken::KeepsAll, &[Check], false, "counts ["),
        (Broken::PermitsForever, &[Check, Window], false, "is under a permit"),
    ];
    for (broken, features, panel, complaint) in cases {
        let small = all.iter().find(|s| s.features == features && s.panel == panel && !s.batch).unwrap();
        // Until a permit matters, a unit has to be made, and has to wait.
        let states = if matches!(broken, Broken::PermitsForever) { 4_000 } else { 1_000 };
        let bounds = Bounds { depth: 8, states };
        assert!(walk(small, None, &bounds).is_ok(), "{broken:?}");
        let said = walk(small, Some(broken), &bounds).err().unwrap_or_default();
        assert!(said.contains(complaint), "{broken:?} on {:?}: {said:?}", small.features);
    }
}

#[test]
fn a_gate_that_is_careless_with_goods_is_found() {
    let all = goods();
    for (broken, kind, complaint) in [
        (Broken::WorksUnlabelled, Goods::Labelled, "before its new label was scanned back"),
        (Broken::ClosesUncounted, Goods::Packed, "closes a carton of 1 with 2"),
    ] {
        let small = all.iter().find(|small| small.goods == Some(kind)).unwrap();
        let said = walk(small, Some(broken), &Bounds { depth: 8, states: 1_000 }).err().unwrap_or_default();
        assert!(said.contains(complaint), "{broken:?}: {said:?}");
    }
}

impl Seen {
    fn add(&mut self, other: &Self) {
        self.routes += other.routes;
        self.states += other.states;
        self.transitions += other.transitions;
        self.complete += other.complete;
        self.labelled += other.labelled;
        self.gone += other.gone;
        self.whole += other.whole;
        for (code, n) in &other.refusals {
            *self.refusals.entry(code).or_default() += n;
        }
    }
}
