//! Random routes: few parts, few stations, and everything that a step may ask for.
//!
//! Labels overlap on purpose: a cap may read as a board, a whole unit is a part of another route.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

use traveller::domain::id::{CheckId, DefectId, PartId, Point, Revision, RouteId, StationId, StepId};
use traveller::domain::pattern::Pattern;
use traveller::domain::role::Role;
use traveller::domain::route::{
    Advance, Capture, Check, CheckKind, ClockRule, Expect, Identifier, IdentifierKind, Part, Phase, Retest, Route,
    SignOff, Start, Step, StepLater, Typed,
};

/// Classes of stations that steps name.
pub(crate) const CLASSES: [&str; 3] = ["prep", "fit", "test"];
/// The stations, each with its class.
pub(crate) const STATIONS: [(&str, &str); 4] =
    [("PREP-1", "prep"), ("FIT-1", "fit"), ("FIT-2", "fit"), ("TEST-1", "test")];
/// Parts: name, capture, and what a serial number looks like.
const PARTS: [(&str, Capture, &str); 5] = [
    ("BOARD", Capture::Serial, "B[0-9]{1,2}"),
    ("CAP", Capture::Serial, "B[0-4]|C[0-9]{1,2}"),
    ("SUB", Capture::Serial, "U1[0-9]|S[0-9]{1,2}"),
    ("GLUE", Capture::Lot, ""),
    ("SCREW", Capture::Lot, ""),
];
/// The GTINs of the two products, of the board and of the glue.
pub(crate) const GTINS: [&str; 2] = ["09521000000018", "09521000000025"];
pub(crate) const BOARD_GTIN: &str = "09521000000117";
pub(crate) const GLUE_GTIN: &str = "09521000000131";
/// The reasons for which a retest may be begun, where a route names them.
pub(crate) const REASON: &str = "reseat";
/// The defect that every route lists.
pub(crate) const DEFECT: &str = "DENT";
/// What a signature says.
pub(crate) const MEANING: &str = "checked";

/// A route in few words: what is shrunk, and what a failure prints.
#[derive(Clone)]
pub(crate) struct RouteSpec {
    twice: bool,
    dispatch: bool,
    scanned_only: bool,
    steps: Vec<StepSpec>,
}

#[derive(Clone, Debug)]
struct StepSpec {
    class: usize,
    inspector: bool,
    uses: BTreeMap<usize, u32>,
    checks: Vec<CheckSpec>,
    sign: Option<(usize, bool)>,
    auto: bool,
    retest: Option<(u32, bool)>,
    attempts: u32,
    back: usize,
    rework_to: Vec<usize>,
}

#[derive(Clone, Debug)]
struct CheckSpec {
    kind: usize,
    points: usize,
    scanned_only: bool,
}

fn check() -> impl Strategy<Value = CheckSpec> {
    (0..6_usize, prop_oneof![3 => Just(0), 1 => 1..3_usize], proptest::bool::weighted(0.15))
        .prop_map(|(kind, points, scanned_only)| CheckSpec { kind, points, scanned_only })
}

fn step() -> impl Strategy<Value = StepSpec> {
    let uses = proptest::collection::btree_map(0..PARTS.len(), 1..3_u32, 0..3);
    let sign = weighted(0.35, (0..2_usize, any::<bool>()));
    let retest = weighted(0.3, (1..3_u32, any::<bool>()));
    let ways = (any::<bool>(), retest, 1..4_u32, 0..3_usize, vec(0..6_usize, 0..3));
    ((0..CLASSES.len(), proptest::bool::weighted(0.2), uses, vec(check(), 0..3), sign), ways).prop_map(
        |((class, inspector, uses, checks, sign), (auto, retest, attempts, back, rework_to))| StepSpec {
            class,
            inspector,
            uses,
            checks,
            sign,
            auto,
            retest,
            attempts,
            back,
            rework_to,
        },
    )
}

/// One route with one to six steps.
pub(crate) fn route() -> impl Strategy<Value = RouteSpec> {
    let begin = (proptest::bool::weighted(0.3), proptest::bool::weighted(0.2));
    (begin, any::<bool>(), vec(step(), 1..=6)).prop_map(|((twice, scanned_only), dispatch, steps)| RouteSpec {
        twice,
        dispatch,
        scanned_only,
        steps,
    })
}

impl RouteSpec {
    /// Three steps: a kit of a board and glue; a value at two points, by hand; a test that somebody else signs.
    pub(crate) fn example() -> Self {
        let step = StepSpec {
            class: 0,
            inspector: false,
            uses: BTreeMap::from([(0, 1), (3, 2)]),
            checks: Vec::new(),
            sign: None,
            auto: true,
            retest: None,
            attempts: 2,
            back: 0,
            rework_to: Vec::new(),
        };
        let number = |points| CheckSpec { kind: 0, points, scanned_only: false };
        let fit = StepSpec { class: 1, uses: BTreeMap::new(), checks: vec![number(2)], auto: false, ..step.clone() };
        let test = StepSpec {
            class: 2,
            checks: vec![number(0)],
            sign: Some((0, true)),
            retest: Some((1, true)),
            attempts: 3,
            back: 2,
            ..fit.clone()
        };
        Self { twice: true, dispatch: true, scanned_only: false, steps: vec![step, fit, test] }
    }

    /// The route itself; `number` makes its name and the numbers of its units.
    pub(crate) fn build(&self, number: usize) -> Arc<Route> {
        let steps = (0..self.steps.len()).map(|i| self.step(i)).collect();
        Arc::new(Route {
            id: RouteId::parse(&format!("R{number}")).unwrap(),
            revision: Revision::parse("A").unwrap(),
            products: vec!["P".to_owned()],
            title: "A product".to_owned(),
            identifier: Identifier {
                kind: IdentifierKind::Serial,
                pattern: Pattern::parse(&format!("U{number}[0-9]")).unwrap(),
                start: if self.twice { Start::Twice } else { Start::Once },
                gtin: GTINS[number].parse().ok(),
                typed: if self.scanned_only { Typed::Refuse } else { Typed::Allow },
            },
            order_required: false,
            variants: BTreeMap::new(),
            parts: parts(),
            defects: BTreeMap::from([(DefectId::parse(DEFECT).unwrap(), "Dent".to_owned())]),
            steps,
            review_months: None,
            clock: ClockRule::Trusted,
        })
    }

    fn step(&self, at: usize) -> Step {
        let spec = &self.steps[at];
        let is_last = at + 1 == self.steps.len();
        let has_needs = !spec.uses.is_empty() || !spec.checks.is_empty() || spec.sign.is_some();
        Step {
            id: step_id(at),
            title: "A step".to_owned(),
            phase: if is_last && self.dispatch { Phase::Dispatch } else { Phase::Assembly },
            station: StationId::parse(CLASSES[spec.class]).unwrap(),
            role: if spec.inspector { Role::Inspector } else { Role::Operator },
            document: None,
            instructions: None,
            uses: spec.uses.iter().map(|(part, n)| (PartId::parse(PARTS[*part].0).unwrap(), *n)).collect(),
            checks: spec.checks.iter().enumerate().map(|(i, c)| c.build(i)).collect(),
            sign_off: spec.sign.map(|(role, second)| SignOff {
                role: [Role::Inspector, Role::Operator][role],
                meaning: MEANING.to_owned(),
                second,
            }),
            advance: if spec.auto && has_needs { Advance::Auto } else { Advance::Pass },
            retest: spec
                .retest
                .map(|(max, named)| Retest { max, reasons: if named { vec![REASON.to_owned()] } else { Vec::new() } }),
            on_fail: step_id(at.saturating_sub(spec.back)),
            rework_to: spec.rework_to.iter().map(|to| step_id((*to).min(at))).collect(),
            attempts: spec.attempts,
            qualification: None,
            not_by: Vec::new(),
            gauges: Vec::new(),
            minutes_since: None,
            when: None,
            sample: None,
            group: None,
            optional: false,
            later: StepLater::default(),
        }
    }
}

fn step_id(at: usize) -> StepId {
    StepId::parse(&format!("{}0", at + 1)).unwrap()
}

fn parts() -> BTreeMap<PartId, Part> {
    let part = |(name, capture, pattern): &(&str, Capture, &str)| {
        let pattern = (*capture == Capture::Serial).then(|| Pattern::parse(pattern).unwrap());
        let gtin = match *name {
            "BOARD" => BOARD_GTIN.parse().ok(),
            "GLUE" => GLUE_GTIN.parse().ok(),
            _ => None,
        };
        // Nobody types the number of a cap.
        let typed = if *name == "CAP" { Typed::Refuse } else { Typed::Allow };
        let part = Part {
            title: "A part".to_owned(),
            capture: *capture,
            pattern,
            gtin,
            typed,
            made_by: None,
            alternates: Vec::new(),
            supplier_parts: Vec::new(),
            inspect: false,
            floor_minutes: None,
            overrun: 0,
        };
        (PartId::parse(name).unwrap(), part)
    };
    PARTS.iter().map(part).collect()
}

impl CheckSpec {
    fn build(&self, at: usize) -> Check {
        let pattern = |text| Pattern::parse(text).unwrap();
        let kind = match self.kind {
            0 => CheckKind::Number {
                limits: "1.00 .. 2.00 mm".parse().unwrap(),
                plausible: Some(("0.00".parse().unwrap(), "9.00".parse().unwrap())),
            },
            1 => CheckKind::Confirm,
            2 => CheckKind::Text { pattern: Some(pattern("[A-Za-z0-9 -]+")) },
            3 => CheckKind::Choice { pass: vec!["red".to_owned()], fail: vec!["green".to_owned()] },
            4 => CheckKind::Scan { expect: Expect::Equals("PLATE".to_owned()) },
            // Some of what it expects also reads as a component.
            _ => CheckKind::Scan { expect: Expect::Pattern(pattern("[CP]9")) },
        };
        let by_hand_only = matches!(kind, CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. });
        Check {
            id: CheckId::parse(&format!("c{at}")).unwrap(),
            title: "A check".to_owned(),
            kind,
            points: ["A", "B"].iter().take(self.points).map(|p| Point::parse(p).unwrap()).collect(),
            why: None,
            typed: if self.scanned_only && !by_hand_only { Typed::Refuse } else { Typed::Allow },
            source_gauge: None,
        }
    }
}

impl fmt::Debug for RouteSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "route: start {}, dispatch {}", if self.twice { "twice" } else { "once" }, self.dispatch)?;
        for step in &self.build(0).steps {
            let uses: Vec<_> = step.uses.iter().map(|(part, n)| format!("{part} {n}")).collect();
            let checks: Vec<_> =
                step.checks.iter().map(|c| format!("{} {}{:?}", c.id, c.kind_word(), c.points)).collect();
            let back: Vec<_> = step.rework_to.iter().map(ToString::to_string).collect();
            write!(f, "  step {} at {} by {}: ", step.id, step.station, step.role.word())?;
            write!(f, "use {uses:?} checks {checks:?} {:?} attempts {} ", step.advance, step.attempts)?;
            if let Some(sign) = &step.sign_off {
                write!(f, "signed by {}{} ", sign.role.word(), if sign.second { ", another person" } else { "" })?;
            }
            writeln!(f, "retest {:?} on_fail {} rework_to {back:?}", step.retest, step.on_fail)?;
        }
        Ok(())
    }
}
