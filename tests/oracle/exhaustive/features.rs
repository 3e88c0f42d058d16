//! Small routes: each step has one feature of a short list, at one of two classes of stations.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::route::Route;

use super::goods::{Goods, packed};
use crate::oracle::parts::PartsSpec;
use crate::oracle::routes::{BeginSpec, CheckSpec, Choice, LoadSpec, RouteSpec, StepSpec};

/// What a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    Bare,
    Check,
    Retested,
    Points,
    Board,
    Glue,
    Paste,
    Signed,
    Optional,
    Beside,
    Sampled,
    Reworked,
    OfVariant,
    Gauge,
    Window,
    Apart,
    Skilled,
    First,
    FirstOfLot,
    Nests,
    Loaded,
    OnlyRework,
}

use Feature::{
    Apart, Bare, Beside, Board, Check, First, FirstOfLot, Gauge, Glue, Loaded, Nests, OfVariant, OnlyRework, Optional,
    Paste, Points, Retested, Reworked, Sampled, Signed, Skilled, Window,
};

/// All of them, for routes of one and two steps.
const ALL: [Feature; 21] = [
    Bare, Check, Retested, Points, Board, Glue, Paste, Signed, Optional, Beside, Sampled, Reworked, OfVariant, Gauge,
    Window, Apart, Skilled, First, FirstOfLot, Nests, Loaded,
];
/// Those that reach over steps, for routes of three.
const FAR: [Feature; 8] = [Check, Optional, Beside, Sampled, Reworked, OfVariant, Window, Apart];
/// Those that many units meet at once.
const MANY: [Feature; 4] = [Check, Nests, Loaded, Points];

/// One small route.
pub(super) struct Small {
    pub(super) features: Vec<Feature>,
    /// Whether its units are batches.
    pub(super) batch: bool,
    /// Whether they lie on panels.
    pub(super) panel: bool,
    pub(super) route: Arc<Route>,
    /// The same route in another revision, where units may move to it.
    pub(super) next: Option<Arc<Route>>,
    /// What is done with its units beside working on them.
    pub(super) goods: Option<Goods>,
}

impl Small {
    pub(super) fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    /// Whether several units are in one hand.
    pub(super) fn is_many(&self) -> bool {
        self.panel || self.has(Loaded) || self.has(Nests) || self.is_shipped()
    }

    /// Whether its units leave with a shipment.
    pub(super) fn is_shipped(&self) -> bool {
        matches!(self.goods, Some(Goods::Packed | Goods::Loose))
    }
}

/// Every small route, each once: what is the same route in other words is left out.
pub(super) fn routes() -> Vec<Small> {
    let mut all: Vec<Small> = Vec::new();
    let ones = ALL.iter().map(|a| vec![*a]);
    let twos = ALL.iter().flat_map(|a| ALL.iter().map(|b| vec![*a, *b]));
    let threes = FAR.iter().flat_map(|a| FAR.iter().flat_map(|b| FAR.iter().map(|c| vec![*a, *b, *c])));
    let led = [Check, Optional, Reworked, Window].map(|last| vec![Check, OnlyRework, last]);
    for features in ones.chain(twos).chain(threes).chain(led) {
        for apart in [false, true] {
            // Of three steps the last one is elsewhere, of two the second; of one there is nothing to tell.
            if apart && features.len() == 1 {
                continue;
            }
            // Where a rule reaches over steps, or of one step: no piece of a batch has a board of its own.
            let far = features.len() == 2 && !apart && features.iter().all(|f| FAR.contains(f));
            let may_be_batch = (features.len() == 1 || far) && !features.contains(&Board);
            for batch in [false, true].into_iter().filter(|batch| !batch || may_be_batch) {
                let route = build(&features, apart, (batch, false));
                if all.iter().all(|small| small.route != route) {
                    let firsts = features.len() < 3 && [Check, Nests].contains(&features[0]) && !batch;
                    let moves =
                        firsts || features == [Check, OnlyRework, Check] || batch && features == [Check, Loaded];
                    let next = moves.then(|| another_revision(&route));
                    all.push(Small { features: features.clone(), batch, panel: false, route, next, goods: None });
                }
            }
            if features.len() < 3 && features.iter().all(|f| MANY.contains(f)) {
                let route = build(&features, apart, (false, true));
                all.push(Small {
                    features: features.clone(),
                    batch: false,
                    panel: true,
                    route,
                    next: None,
                    goods: None,
                });
            }
        }
    }
    all
}

/// Routes whose units are labelled anew, or packed, or shipped.
pub(super) fn goods() -> Vec<Small> {
    let of = |features: &[Feature], apart: bool, batch: bool, goods: Goods| {
        let route = build(features, apart, (batch, false));
        let route = if goods == Goods::Packed { packed(&route) } else { route };
        Small { features: features.to_vec(), batch, panel: false, route, next: None, goods: Some(goods) }
    };
    vec![
        of(&[Check], false, false, Goods::Labelled),
        of(&[Check], false, true, Goods::Labelled),
        of(&[Board, Check], false, false, Goods::Labelled),
        of(&[Check, Check], true, false, Goods::Labelled),
        of(&[Check, Loaded], false, false, Goods::Labelled),
        of(&[Check, Bare], false, false, Goods::Packed),
        of(&[Check, Bare], true, false, Goods::Packed),
        of(&[Check], false, false, Goods::Loose),
    ]
}

/// Another revision: a step comes before the first one, and the last one asks for one thing more.
fn another_revision(route: &Route) -> Arc<Route> {
    let mut next = Route { revision: "B".parse().unwrap(), ..route.clone() };
    let mut first = next.steps[0].clone();
    let check = first.checks[0].clone();
    first.id = "05".parse().unwrap();
    first.on_fail = first.id.clone();
    (first.group, first.when, first.sample, first.optional) = (None, None, None, false);
    (first.minutes_since, first.not_by, first.rework_to) = (None, Vec::new(), Vec::new());
    next.steps.insert(0, first);
    let last = next.steps.last_mut().unwrap();
    last.checks.push(traveller::domain::route::Check { id: "c9".parse().unwrap(), ..check });
    Arc::new(next)
}

fn build(features: &[Feature], apart: bool, (batch, panel): (bool, bool)) -> Arc<Route> {
    let last = features.len() - 1;
    let steps = features.iter().enumerate().map(|(at, f)| step(*f, usize::from(apart && at == last))).collect();
    let variants = features.contains(&OfVariant);
    let begin = BeginSpec { order: usize::from(variants), variants, batch, panel, ..BeginSpec::default() };
    let parts = PartsSpec { floor_minutes: Some(30), overrun: 1, ..PartsSpec::default() };
    RouteSpec { begin, dispatch: false, parts, steps }.build(0)
}

fn step(feature: Feature, class: usize) -> StepSpec {
    let confirm = |points| CheckSpec { kind: 1, points, scanned_only: false, source: None };
    let plain = StepSpec { class, attempts: 2, auto: true, ..StepSpec::default() };
    let checked = StepSpec { checks: vec![confirm(0)], ..plain.clone() };
    let uses = |part: usize, n: u32| StepSpec { uses: BTreeMap::from([(part, n)]), ..plain.clone() };
    match feature {
        Bare => plain,
        Check => checked,
        Retested => StepSpec { retest: Some((1, false)), auto: false, attempts: 3, ..checked },
        Points => StepSpec { checks: vec![confirm(2)], ..plain },
        Board => uses(0, 1),
        Glue => uses(3, 1),
        Paste => StepSpec { checks: vec![confirm(0)], ..uses(5, 1) },
        Signed => StepSpec { sign: Some((1, true)), ..checked },
        Optional => StepSpec { choice: Choice::Optional, ..checked },
        Beside => StepSpec { choice: Choice::Beside, ..checked },
        Sampled => StepSpec { choice: Choice::Sample(2, 1), ..checked },
        Reworked => StepSpec { back: 1, auto: false, ..checked },
        OfVariant => StepSpec { when: Some(1), ..checked },
        Gauge => StepSpec { gauges: 1, ..checked },
        Window => StepSpec { window: Some((1, Some(10), Some(30))), ..plain },
        Apart => StepSpec { not_by: Some(1), ..checked },
        // As `RouteSpec::first_piece` has it.
        First => StepSpec { class: 1, back: 1, ..checked },
        FirstOfLot => StepSpec { class: 0, back: 1, checks: vec![confirm(0)], ..uses(5, 1) },
        Skilled => StepSpec { skilled: true, ..checked },
        // As `RouteSpec::step` has it.
        Nests => StepSpec { back: 1, attempts: 3, checks: vec![confirm(2)], ..plain },
        Loaded => {
            let load = LoadSpec { units: 2, min: Some(10), max: Some(30), checked: true };
            StepSpec { load: Some(load), checks: vec![confirm(0)], ..plain }
        }
        // As `RouteSpec::is_rework` has it, and what leads there.
        OnlyRework => StepSpec { attempts: 3, ..checked },
    }
}
