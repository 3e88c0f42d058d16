//! Random routes: few parts, few stations, and everything that a step may ask for.
//!
//! Labels overlap on purpose: a cap may read as a board, a whole unit is a part of another route.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

use traveller::domain::id::{CheckId, DefectId, Point, Revision, RouteId, StationId, StepId};
use traveller::domain::load::LoadRule;
use traveller::domain::panel::Panel;
use traveller::domain::pattern::Pattern;
use traveller::domain::role::Role;
use traveller::domain::route::{
    Advance, Check, CheckKind, ClockRule, Expect, Identifier, IdentifierKind, MinutesSince, Phase, Retest, Route,
    Sample, SignOff, Start, Step, StepLater, Typed,
};

use super::parts::{PARTS_USED, PartsSpec, is_serial, part_id, parts};

/// Classes of stations that steps name.
pub(crate) const CLASSES: [&str; 3] = ["prep", "fit", "test"];
/// The stations, each with its class.
pub(crate) const STATIONS: [(&str, &str); 4] =
    [("PREP-1", "prep"), ("FIT-1", "fit"), ("FIT-2", "fit"), ("TEST-1", "test")];
/// The GTINs of the two products.
pub(crate) const GTINS: [&str; 2] = ["09521000000018", "09521000000025"];
/// The reasons for which a retest may be begun, where a route names them.
pub(crate) const REASON: &str = "reseat";
/// The defect that every route lists.
pub(crate) const DEFECT: &str = "DENT";
/// What a signature says.
pub(crate) const MEANING: &str = "checked";

/// The variants of a route that has some, and what each of them reads as.
pub(crate) const VARIANTS: [(&str, &str); 2] = [("STD", "PLATE"), ("EX", "P9")];
/// Kinds of gauges.
pub(crate) const KINDS: [&str; 2] = ["length", "torque"];
/// The qualification that steps ask for.
pub(crate) const SKILL: &str = "torque-m4";

/// A route in few words: what is shrunk, and what a failure prints.
#[derive(Clone)]
pub(crate) struct RouteSpec {
    pub(super) begin: BeginSpec,
    pub(super) dispatch: bool,
    pub(super) parts: PartsSpec,
    pub(super) steps: Vec<StepSpec>,
}

/// How units begin.
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BeginSpec {
    pub(super) twice: bool,
    pub(super) scanned_only: bool,
    /// 1: an order is required; 2: numbers say which one.
    pub(super) order: usize,
    pub(super) variants: bool,
    /// Which rule there is for a doubtful clock.
    pub(super) clock: usize,
    /// Its units are batches.
    pub(super) batch: bool,
    /// They lie on panels, two on each.
    pub(super) panel: bool,
}

/// What one step asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct StepSpec {
    pub(super) class: usize,
    pub(super) inspector: bool,
    pub(super) uses: BTreeMap<usize, u32>,
    pub(super) checks: Vec<CheckSpec>,
    pub(super) sign: Option<(usize, bool)>,
    pub(super) auto: bool,
    pub(super) retest: Option<(u32, bool)>,
    pub(super) attempts: u32,
    pub(super) back: usize,
    pub(super) rework_to: Vec<usize>,
    pub(super) choice: Choice,
    pub(super) when: Option<usize>,
    pub(super) skilled: bool,
    pub(super) not_by: Option<usize>,
    pub(super) gauges: usize,
    /// How far back the other step is, and least and greatest minutes.
    pub(super) window: Option<(usize, Option<u32>, Option<u32>)>,
    pub(super) load: Option<LoadSpec>,
}

/// That a step is done in loads: of so many units, least and greatest minutes, and whether its first check is one of
/// the load.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoadSpec {
    pub(super) units: u32,
    pub(super) min: Option<u32>,
    pub(super) max: Option<u32>,
    pub(super) checked: bool,
}

/// Whether every unit has a step, and in which order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Choice {
    #[default]
    All,
    Optional,
    Sample(u32, u32),
    /// In any order with the step before.
    Beside,
}

#[derive(Clone, Debug)]
pub(super) struct CheckSpec {
    pub(super) kind: usize,
    pub(super) points: usize,
    pub(super) scanned_only: bool,
    /// The kind of gauge that gives the value.
    pub(super) source: Option<usize>,
}

fn check() -> impl Strategy<Value = CheckSpec> {
    let points = prop_oneof![3 => Just(0), 1 => 1..3_usize];
    (0..7_usize, points, proptest::bool::weighted(0.15), weighted(0.2, 0..KINDS.len()))
        .prop_map(|(kind, points, scanned_only, source)| CheckSpec { kind, points, scanned_only, source })
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        5 => Just(Choice::All),
        1 => Just(Choice::Optional),
        1 => (2..4_u32, 0..3_u32).prop_map(|(n, tightened)| Choice::Sample(n, tightened)),
        1 => Just(Choice::Beside),
    ]
}

/// Whether a check can be one of a load.
fn is_made_once(check: &CheckSpec) -> bool {
    check.points == 0 && check.source.is_none() && matches!(check.kind, 0 | 1 | 3)
}

fn step() -> impl Strategy<Value = StepSpec> {
    let uses = proptest::collection::btree_map(0..PARTS_USED, 1..3_u32, 0..3);
    let sign = weighted(0.35, (0..2_usize, any::<bool>()));
    let retest = weighted(0.3, (1..3_u32, any::<bool>()));
    let ways = (any::<bool>(), retest, 1..4_u32, 0..3_usize, vec(0..6_usize, 0..3));
    let window = (1..3_usize, weighted(0.5, 1..30_u32), weighted(0.7, 30..120_u32));
    let rules = (choice(), weighted(0.2, 0..2_usize), proptest::bool::weighted(0.2), weighted(0.2, 1..4_usize));
    let load = (1..5_u32, weighted(0.7, 1..30_u32), weighted(0.4, 30..90_u32), any::<bool>())
        .prop_map(|(units, min, max, checked)| LoadSpec { units, min, max, checked });
    let rules = (rules, prop_oneof![4 => Just(0), 1 => 1..4_usize], weighted(0.3, window), weighted(0.3, load));
    let asks = (0..CLASSES.len(), proptest::bool::weighted(0.2), uses, vec(check(), 0..3), sign);
    (asks, ways, rules).prop_map(|((class, inspector, uses, mut checks, sign), ways, rules)| {
        let (auto, retest, attempts, back, rework_to) = ways;
        let ((choice, when, skilled, not_by), gauges, window, load) = rules;
        // Of the loads about half are for the skilled, and most are measured.
        let skilled = skilled || load.is_some_and(|load| load.units % 2 == 0);
        let is_measured = load.is_some_and(|load| load.checked && load.units > 1);
        let gauges = if is_measured { gauges.max(1) } else { gauges };
        if load.is_some_and(|load| load.checked) && (is_measured || !checks.iter().any(is_made_once)) {
            let kind = usize::from(!is_measured);
            checks.insert(0, CheckSpec { kind, points: 0, scanned_only: false, source: None });
        }
        StepSpec {
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
            choice,
            when,
            skilled,
            not_by,
            gauges,
            window,
            load,
        }
    })
}

/// One route with one to six steps.
pub(crate) fn route() -> impl Strategy<Value = RouteSpec> {
    let order = prop_oneof![4 => Just(0), 2 => Just(1), 1 => Just(2_usize)];
    let bools = (proptest::bool::weighted(0.3), proptest::bool::weighted(0.2), any::<bool>(), 0..3_usize);
    let bools = (bools, proptest::bool::weighted(0.4), proptest::bool::weighted(0.2));
    (bools, order, any::<bool>(), parts(), vec(step(), 1..=6)).prop_map(
        |(((twice, scanned_only, variants, clock), batch, panel), order, dispatch, parts, steps)| {
            let variants = variants && order > 0;
            let panel = panel && !batch && !twice && order < 2;
            let begin = BeginSpec { twice, scanned_only, order, variants, clock, batch, panel };
            RouteSpec { begin, dispatch, parts, steps }
        },
    )
}

impl RouteSpec {
    /// A product of many rules: a sub-assembly and an inspected lot; an optional step; two in any order, one of them
    /// measured; a skilled one, in time, by somebody else, with paste that is loaded; a sample; and the end.
    pub(crate) fn rich() -> Self {
        let confirm = |points| CheckSpec { kind: 1, points, scanned_only: false, source: None };
        let plain = StepSpec { attempts: 2, auto: true, ..StepSpec::default() };
        let checked = |class| StepSpec { class, checks: vec![confirm(0)], ..plain.clone() };
        let number = CheckSpec { kind: 0, points: 0, scanned_only: false, source: None };
        let paste = StepSpec {
            checks: vec![confirm(2)],
            uses: BTreeMap::from([(5, 2)]),
            window: Some((4, Some(5), Some(60))),
            not_by: Some(4),
            skilled: true,
            ..checked(1)
        };
        let begin = BeginSpec { order: 1, variants: true, ..BeginSpec::default() };
        let parts =
            PartsSpec { inspect: true, floor_minutes: Some(100), made_by: true, overrun: 1, ..PartsSpec::default() };
        let steps = vec![
            StepSpec { uses: BTreeMap::from([(2, 1), (4, 1)]), ..plain.clone() },
            StepSpec { choice: Choice::Optional, ..checked(0) },
            checked(1),
            StepSpec { choice: Choice::Beside, gauges: 1, checks: vec![number], ..checked(1) },
            paste,
            StepSpec { choice: Choice::Sample(2, 1), ..checked(2) },
            plain,
        ];
        Self { begin, dispatch: false, parts, steps }
    }

    /// One step that asks for nothing.
    pub(crate) fn bare() -> Self {
        let steps = vec![StepSpec { attempts: 2, ..StepSpec::default() }];
        Self { begin: BeginSpec::default(), dispatch: false, parts: PartsSpec::default(), steps }
    }

    /// Three steps: a kit of a board and glue; a value at two points, by hand; a test that somebody else signs.
    pub(crate) fn example() -> Self {
        let step = StepSpec { uses: BTreeMap::from([(0, 1), (3, 2)]), auto: true, attempts: 2, ..StepSpec::default() };
        let number = |points| CheckSpec { kind: 0, points, scanned_only: false, source: None };
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
        let begin = BeginSpec { twice: true, ..BeginSpec::default() };
        Self { begin, dispatch: true, parts: PartsSpec::default(), steps: vec![step, fit, test] }
    }

    /// The route itself; `number` makes its name and the numbers of its units. The third one is another revision of the
    /// first.
    pub(crate) fn build(&self, number: usize) -> Arc<Route> {
        let step = |i| {
            let step = self.step(i);
            // A tester takes one unit at a time.
            Step { golden: self.golden(i, number).filter(|_| step.load.is_none()), ..step }
        };
        let steps = (0..self.steps.len()).map(step).collect();
        let begin = self.begin;
        let (name, revision, numbers) =
            [("R0", "A", "U0[0-9]"), ("R1", "A", "U1[0-9]"), ("R0", "B", "U0[0-6]")][number];
        let values = |value: &str| BTreeMap::from([("fw".to_owned(), value.to_owned())]);
        let variants = VARIANTS.iter().filter(|_| begin.variants);
        Arc::new(Route {
            id: RouteId::parse(name).unwrap(),
            revision: Revision::parse(revision).unwrap(),
            products: vec!["P".to_owned()],
            title: "A product".to_owned(),
            identifier: Identifier {
                kind: if begin.batch { IdentifierKind::Batch } else { IdentifierKind::Serial },
                pattern: Pattern::parse(&if begin.panel { format!("{numbers}-[12]") } else { numbers.to_owned() })
                    .unwrap(),
                start: match begin {
                    BeginSpec { order: 2, .. } => Start::Order,
                    BeginSpec { twice: true, .. } => Start::Twice,
                    _ => Start::Once,
                },
                gtin: GTINS[number % 2].parse().ok(),
                typed: if begin.scanned_only { Typed::Refuse } else { Typed::Allow },
                panel: begin.panel.then(|| Panel { pattern: Pattern::parse(numbers).unwrap(), boards: 2 }),
            },
            order_required: begin.order == 1,
            variants: variants.map(|(name, value)| ((*name).to_owned(), values(value))).collect(),
            parts: self.parts.build(number),
            defects: BTreeMap::from([(DefectId::parse(DEFECT).unwrap(), "Dent".to_owned())]),
            steps,
            rework_max: (number == 1).then_some(2),
            review_months: None,
            clock: [ClockRule::Steps, ClockRule::Trusted, ClockRule::Any][begin.clock],
        })
    }

    /// The group that a step is in, by its first step.
    pub(super) fn group(&self, at: usize) -> Option<usize> {
        let last = self.steps.len() - 1;
        let beside =
            |at: usize| at > 0 && matches!(self.steps[at].choice, Choice::Beside) && !(self.dispatch && at == last);
        let first = (0..=at).rev().find(|at| !beside(*at))?;
        (beside(at) || at < last && beside(at + 1)).then_some(first)
    }

    /// Every unit has the step, of whichever variant.
    pub(super) fn is_sure(&self, at: usize) -> bool {
        let is_chosen = matches!(self.steps[at].choice, Choice::Optional | Choice::Sample(..));
        let is_end = at + 1 == self.steps.len();
        let has_sure_before = || (0..at).any(|before| self.is_sure(before));
        let sampled = matches!(self.steps[at].choice, Choice::Sample(..));
        self.group(at).is_some()
            || is_end
            || !self.is_rework(at) && !(is_chosen && (!sampled || has_sure_before())) && self.when(at).is_none()
    }

    fn when(&self, at: usize) -> Option<&'static str> {
        let may = self.begin.variants && self.group(at).is_none() && at + 1 < self.steps.len();
        self.steps[at].when.filter(|_| may).map(|v| VARIANTS[v].0)
    }

    /// The step that separates the boards of a panel: one that every board has.
    fn parts_at(&self) -> usize {
        let half = self.steps.len() / 2;
        (half..self.steps.len()).find(|at| self.is_sure(*at)).unwrap_or(half)
    }

    /// How a step is done in loads. Every unit begins before the first of them.
    fn load(&self, at: usize) -> Option<LoadRule> {
        let is_end = self.dispatch && at + 1 == self.steps.len();
        let may = self.group(at).is_none() && !is_end && (0..at).any(|before| self.is_sure(before));
        let LoadSpec { units, min, max, checked } = self.steps[at].load.filter(|_| may)?;
        let check = self.steps[at].checks.iter().position(is_made_once).filter(|_| checked);
        let checks = check.map(|c| CheckId::parse(&format!("c{c}")).unwrap()).into_iter().collect();
        Some(LoadRule { units, min, max, checks })
    }

    fn step(&self, at: usize) -> Step {
        let spec = &self.steps[at];
        let is_last = at + 1 == self.steps.len();
        let load = self.load(at);
        let is_whole = self.begin.panel && at <= self.parts_at();
        // No piece of a batch has a component of its own.
        let may_use = |(part, _): &(&usize, &u32)| !self.begin.batch || !is_serial(**part);
        let has_needs = spec.uses.iter().any(|uses| may_use(&uses)) || !spec.checks.is_empty() || spec.sign.is_some();
        let group = self.group(at);
        let earlier = |back: usize| at.checked_sub(back).filter(|e| group.is_none() || self.group(*e) != group);
        let may_choose = group.is_none() && !is_last;
        let sure_before = (0..at).any(|before| self.is_sure(before));
        let on_fail = at.saturating_sub(spec.back);
        let on_fail = if self.is_sure(on_fail) { on_fail } else { at };
        Step {
            id: step_id(at),
            title: "A step".to_owned(),
            phase: if is_last && self.dispatch { Phase::Dispatch } else { Phase::Assembly },
            station: StationId::parse(CLASSES[spec.class]).unwrap(),
            role: if spec.inspector { Role::Inspector } else { Role::Operator },
            document: None,
            instructions: None,
            uses: spec.uses.iter().filter(may_use).map(|(part, n)| (part_id(*part), *n)).collect(),
            checks: spec.checks.iter().enumerate().map(|(i, c)| c.build(i, self.begin.variants)).collect(),
            sign_off: spec.sign.map(|(role, second)| SignOff {
                role: [Role::Inspector, Role::Operator][role],
                meaning: MEANING.to_owned(),
                second,
            }),
            advance: if spec.auto && has_needs { Advance::Auto } else { Advance::Pass },
            retest: spec
                .retest
                .map(|(max, named)| Retest { max, reasons: if named { vec![REASON.to_owned()] } else { Vec::new() } }),
            on_fail: step_id(on_fail),
            rework_to: self.rework_to(at).map(step_id).collect(),
            attempts: spec.attempts,
            qualification: spec.skilled.then(|| SKILL.to_owned()),
            not_by: spec.not_by.and_then(earlier).map(step_id).into_iter().collect(),
            gauges: (0..KINDS.len()).filter(|k| spec.gauges >> k & 1 == 1).map(|k| KINDS[k].to_owned()).collect(),
            minutes_since: spec.window.and_then(|(back, min, max)| {
                let step = step_id(earlier(back)?);
                (min.is_some() || max.is_some()).then_some(MinutesSince { step, min, max })
            }),
            when: self.when(at).map(str::to_owned),
            sample: match spec.choice {
                Choice::Sample(one_in, tightened) if may_choose && sure_before => Some(Sample { one_in, tightened }),
                _ => None,
            },
            group: group.map(|first| format!("g{first}")),
            pack: None,
            optional: may_choose && matches!(spec.choice, Choice::Optional),
            rework: self.is_rework(at),
            rework_max: (spec.back == 2).then_some(1),
            nests: (1 + u32::try_from(spec.back).unwrap_or(0) % 3).max(if is_whole { 2 } else { 1 }),
            first_piece: self.first_piece(at).filter(|_| load.is_none() && !self.begin.panel),
            load,
            depanel: self.begin.panel && at == self.parts_at(),
            golden: None,
            later: StepLater::default(),
        }
    }
}

fn step_id(at: usize) -> StepId {
    StepId::parse(&format!("{}0", at + 1)).unwrap()
}

impl CheckSpec {
    pub(super) fn build(&self, at: usize, variants: bool) -> Check {
        let pattern = |text| Pattern::parse(text).unwrap();
        let kind = match self.kind {
            0 => CheckKind::Number {
                limits: "1.00 .. 2.00 mm".parse().unwrap(),
                plausible: Some(("0.00".parse().unwrap(), "9.00".parse().unwrap())),
            },
            1 => CheckKind::Confirm,
            2 => CheckKind::Text { pattern: Some(pattern("[A-Za-z0-9 -]+")) },
            3 => CheckKind::Choice { pass: vec!["red".to_owned()], fail: vec!["green".to_owned()] },
            5 if variants => CheckKind::Scan { expect: Expect::Equals("{fw}".to_owned()) },
            4 | 5 => CheckKind::Scan { expect: Expect::Equals("PLATE".to_owned()) },
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
            source_gauge: self.source.filter(|_| self.kind == 0).map(|k| KINDS[k].to_owned()),
        }
    }
}

impl fmt::Debug for RouteSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "route: {:?}, dispatch {}, {:?}", self.begin, self.dispatch, self.parts)?;
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
            let skill = step.qualification.as_ref();
            write!(f, "when {:?} {skill:?} not by {:?} gauges {:?} ", step.when, step.not_by, step.gauges)?;
            write!(f, "{:?} {:?} group {:?} ", step.minutes_since, step.sample, step.group)?;
            write!(f, "optional {} nests {} load {:?} ", step.optional, step.nests, step.load)?;
            writeln!(f, "retest {:?} on_fail {} rework_to {back:?}", step.retest, step.on_fail)?;
        }
        Ok(())
    }
}
