//! A route: the ordered steps of one product, with all that each step requires.
//!
//! A `Route` is sound by construction of the route file's reader; nothing here reads TOML.

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use super::check::{Check, CheckKind, Expect, Typed, Why};
use super::first_piece::FirstPieceRule;
use super::golden::Golden;
use super::gs1::Gtin;
use super::id::{CheckId, DefectId, PartId, Revision, RouteId, StationId, StepId};
use super::load::LoadRule;
use super::packing::PackRule;
use super::panel::Panel;
use super::pattern::Pattern;
use super::role::Role;

/// The ordered steps of one product, in one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its name.
    pub id: RouteId,
    /// Its revision.
    pub revision: Revision,
    /// The products it makes.
    pub products: Vec<String>,
    /// What people call it.
    pub title: String,
    /// How its units are identified.
    pub identifier: Identifier,
    /// Whether a unit starts only under a work order.
    pub order_required: bool,
    /// The variants: for each name, the values that `{key}` stands for.
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
    /// The parts its steps use.
    pub parts: BTreeMap<PartId, Part>,
    /// The reasons of failure that an operator can choose.
    pub defects: BTreeMap<DefectId, String>,
    /// The steps, in order; at least one.
    pub steps: Vec<Step>,
    /// How often a unit may go back at all, over its life.
    pub rework_max: Option<u32>,
    /// Months between reviews, where the route names them.
    pub review_months: Option<u32>,
    /// What happens where a time limit cannot be known for certain.
    pub clock: ClockRule,
}

/// What happens where a time limit or a last day cannot be known for certain, since the clock is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockRule {
    /// The time between steps must be certain, as it always is within one boot. A day counts by the best that is known:
    /// never earlier than the newest moment of the record that could be trusted.
    #[default]
    Steps,
    /// Days too: whatever has a last day is refused while nothing vouches for the clock.
    Trusted,
    /// The best that is known counts for both.
    Any,
}

/// How units of a route are identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// One product, or a batch of them.
    pub kind: IdentifierKind,
    /// What the whole number looks like.
    pub pattern: Pattern,
    /// How a new unit begins.
    pub start: Start,
    /// The GTIN of the product, where GS1 labels identify its units.
    pub gtin: Option<Gtin>,
    /// Whether a typed number names a unit, or only a scanned one.
    pub typed: Typed,
    /// The panels that the units lie on, where they do.
    pub panel: Option<Panel>,
}

impl Identifier {
    /// Whether a text is the number of a unit, or of a panel of them.
    pub fn claims(&self, text: &str) -> bool {
        self.pattern.matches(text) || self.is_panel(text)
    }

    /// Whether a text is the number of a panel.
    pub fn is_panel(&self, text: &str) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.pattern.matches(text)) && !self.pattern.matches(text)
    }
}

/// What one identifier stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierKind {
    /// One product.
    Serial,
    /// A quantity of products.
    Batch,
}

/// How a new unit begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Its label is scanned twice.
    Twice,
    /// Its label is scanned once.
    Once,
    /// Its number lies in the range of an open order.
    Order,
}

/// A part number and how its pieces are identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What people call it.
    pub title: String,
    /// How a piece is identified.
    pub capture: Capture,
    /// What a serial number of it looks like.
    pub pattern: Option<Pattern>,
    /// Its GTIN, where GS1 labels identify it.
    pub gtin: Option<Gtin>,
    /// Whether a typed number counts, or only a scanned one.
    pub typed: Typed,
    /// The route that makes it, where it is a unit itself.
    pub made_by: Option<RouteId>,
    /// Other parts of this route that may take its place.
    pub alternates: Vec<PartId>,
    /// The numbers that suppliers print on its labels.
    pub supplier_parts: Vec<String>,
    /// Whether a lot of it is used only after its inspection passed.
    pub inspect: bool,
    /// Minutes that a lot of it may stay open.
    pub floor_minutes: Option<u32>,
    /// Pieces that may be drawn from a loaded lot beyond what the book says is left.
    pub overrun: u32,
}

/// How a piece of material is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capture {
    /// Each piece by its own serial number.
    Serial,
    /// By the lot it came from.
    Lot,
    /// By the lot that is loaded at the station.
    Loaded,
}

impl Capture {
    /// The word for it in routes and records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Lot => "lot",
            Self::Loaded => "loaded",
        }
    }
}

/// Where in a product's life a step lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Goods come in.
    Receiving,
    /// The product is built.
    Assembly,
    /// The product is tested.
    Test,
    /// The product is packed.
    Packing,
    /// The product leaves.
    Dispatch,
}

/// One step (field: operation).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id, such as `10`.
    pub id: StepId,
    /// What people call it.
    pub title: String,
    /// Where in the product's life it lies.
    pub phase: Phase,
    /// The class of stations where it is done.
    pub station: StationId,
    /// The role that does it.
    pub role: Role,
    /// The document that the operator works to.
    pub document: Option<String>,
    /// What to do, in a sentence or two.
    pub instructions: Option<String>,
    /// Material: how many of which part.
    pub uses: BTreeMap<PartId, u32>,
    /// Observations, in the order they are asked for.
    pub checks: Vec<Check>,
    /// The signature, where one is required.
    pub sign_off: Option<SignOff>,
    /// Whether the step passes with its last need, or waits for the pass command.
    pub advance: Advance,
    /// Attempts that the operator may begin himself.
    pub retest: Option<Retest>,
    /// Where rework goes back to by default.
    pub on_fail: StepId,
    /// Where else rework may go back to.
    pub rework_to: Vec<StepId>,
    /// Failed attempts after which the step is not tried again.
    pub attempts: u32,
    /// A qualification that the operator must hold.
    pub qualification: Option<String>,
    /// Whoever worked on one of these steps neither does this one nor signs it.
    pub not_by: Vec<StepId>,
    /// Kinds of gauges that the step needs.
    pub gauges: Vec<String>,
    /// A least and a greatest time since another step.
    pub minutes_since: Option<MinutesSince>,
    /// The only variant that has this step; none: all have it.
    pub when: Option<String>,
    /// Not every unit has this step.
    pub sample: Option<Sample>,
    /// Neighbouring steps of one group are done in any order.
    pub group: Option<String>,
    /// The step may be left out.
    pub optional: bool,
    /// Only rework leads to it: instructions of its own, with all that a step may ask for.
    pub rework: bool,
    /// How often a unit may go back from it, over its life.
    pub rework_max: Option<u32>,
    /// Units that may be open at once on a station, each in its nest.
    pub nests: u32,
    /// It is done in loads of many units.
    pub load: Option<LoadRule>,
    /// Passing the step separates the boards of a panel.
    pub depanel: bool,
    /// The first piece after each change is approved before another one is taken up.
    pub first_piece: Option<FirstPieceRule>,
    /// The tester proves itself by golden samples.
    pub golden: Option<Golden>,
    /// The step is done by packing the unit into a carton.
    pub pack: Option<PackRule>,
    /// Keys that are understood and not enforced yet.
    pub later: StepLater,
}

/// How many units have a step, and when every one has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// One in so many.
    pub one_in: u32,
    /// After a failure every unit, until so many passed in a row.
    pub tightened: u32,
}

/// What a step may say that the gate does not enforce yet. A route that says any of it is not released.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepLater {
    /// What happens when the hub is out of reach.
    pub hub_lost: Option<String>,
}

/// Least and greatest minutes since another step passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinutesSince {
    /// The other step.
    pub step: StepId,
    /// At least so many.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
}

/// When a step passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// With its last need.
    Auto,
    /// When the pass command says so.
    Pass,
}

/// Attempts that an operator may begin without a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retest {
    /// How many.
    pub max: u32,
    /// For which reasons; empty: any.
    pub reasons: Vec<String>,
}

/// A signature that a step requires (21 CFR 11.50: name, time and meaning).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Who may sign.
    pub role: Role,
    /// What the signature says.
    pub meaning: String,
    /// Whether it must be another person than the one who did the work.
    pub second: bool,
}

impl Route {
    /// The step of that id.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == *id)
    }

    /// The place of a step in the order.
    pub fn position(&self, id: &StepId) -> Option<usize> {
        self.steps.iter().position(|s| s.id == *id)
    }

    /// The step that follows.
    pub fn after(&self, id: &StepId) -> Option<&Step> {
        self.steps.get(self.position(id)? + 1)
    }

    /// The first step.
    pub fn first(&self) -> Option<&Step> {
        self.steps.first()
    }

    /// A text of the route for a variant: each `{key}` is the variant's value.
    pub fn text_for<'t>(&self, text: &'t str, variant: Option<&str>) -> Cow<'t, str> {
        let values = variant.and_then(|name| self.variants.get(name));
        let Some(values) = values.filter(|_| text.contains('{')) else { return Cow::Borrowed(text) };
        Cow::Owned(values.iter().fold(text.to_owned(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value)))
    }

    /// Whether anything here depends on a day or a time.
    pub fn minds_time(&self) -> bool {
        let step = |s: &Step| {
            s.minutes_since.is_some()
                || s.load.is_some()
                || s.qualification.is_some()
                || !s.gauge_kinds().is_empty()
                || s.golden.is_some()
        };
        self.steps.iter().any(step) || self.parts.values().any(|p| p.floor_minutes.is_some())
    }

    /// Whether a piece of `found` may stand in for a part.
    pub fn takes(&self, part: &PartId, found: &PartId) -> bool {
        part == found || self.parts.get(part).is_some_and(|about| about.alternates.contains(found))
    }
}

impl Step {
    /// The check of that id.
    pub fn check(&self, id: &CheckId) -> Option<&Check> {
        self.checks.iter().find(|c| c.id == *id)
    }

    /// Whether the step asks for anything at all.
    pub fn has_needs(&self) -> bool {
        !self.uses.is_empty() || !self.checks.is_empty() || self.sign_off.is_some()
    }

    /// The kinds of gauges that must be chosen, each once: those of the step, and those that a check is measured by.
    pub fn gauge_kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = Vec::new();
        let of_checks = self.checks.iter().filter_map(|c| c.source_gauge.as_deref());
        for kind in self.gauges.iter().map(String::as_str).chain(of_checks) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Whether units of a variant have this step.
    pub fn is_of(&self, variant: Option<&str>) -> bool {
        self.when.as_deref().is_none_or(|when| variant == Some(when))
    }
}
