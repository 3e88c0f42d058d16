//! Every sort of finding: its word, whether it is a gap, who can mend it, and how.

use serde::{Serialize, Serializer};

use crate::domain::id::{LotId, StepId, UnitId};

/// What a finding is about, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place<'a> {
    /// The unit.
    pub unit: Option<&'a UnitId>,
    /// The lot.
    pub lot: Option<&'a LotId>,
    /// The step.
    pub step: Option<&'a StepId>,
}

/// A sort of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An event builds on one that is not there.
    Hole,
    /// Two events build on the same one.
    Fork,
    /// One thing is on record under two numbers that say the same.
    Identity,
    /// The unit began under no order.
    Order,
    /// Nobody knows its variant.
    Variant,
    /// A step has not passed.
    Step,
    /// It went through no load.
    Load,
    /// Pieces of a part are missing.
    Material,
    /// A lot was used of which no receipt is on record.
    Receipt,
    /// Pieces of a lot were used that its inspection should have passed first.
    Inspection,
    /// Pieces of a lot were used while nobody should have used it.
    Barred,
    /// Pieces of a lot were used after its last day, or open for too long.
    Expired,
    /// More of a lot was used than there was.
    Overdrawn,
    /// A component that is a unit itself has no record.
    Component,
    /// An observation is missing.
    Check,
    /// One failed and was not accepted.
    Failed,
    /// Nobody knows what was measured with.
    Gauge,
    /// A signature is missing.
    Signature,
    /// A signature lacks one of its parts.
    Signing,
    /// A fact was recorded after its step, its shift or its time.
    Late,
    /// Records that were copied from paper.
    Paper,
    /// The label of a lot was never scanned: whoever used it typed its number.
    Typed,
    /// A fact bears an earlier time than the one before it.
    Backwards,
    /// A unit stood too long between two steps.
    Waiting,
    /// A component that nothing was made of.
    Parent,
    /// Something was accepted for the time being.
    Provisional,
    /// Events that are on this terminal alone.
    Unsent,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 27] = [
        Self::Hole,
        Self::Fork,
        Self::Identity,
        Self::Order,
        Self::Variant,
        Self::Step,
        Self::Load,
        Self::Material,
        Self::Receipt,
        Self::Inspection,
        Self::Barred,
        Self::Expired,
        Self::Overdrawn,
        Self::Component,
        Self::Check,
        Self::Failed,
        Self::Gauge,
        Self::Signature,
        Self::Signing,
        Self::Late,
        Self::Paper,
        Self::Typed,
        Self::Backwards,
        Self::Waiting,
        Self::Parent,
        Self::Provisional,
        Self::Unsent,
    ];

    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hole => "incomplete-record",
            Self::Fork => "fork",
            Self::Identity => "identity-twice",
            Self::Order => "order-missing",
            Self::Variant => "variant-missing",
            Self::Step => "step-missing",
            Self::Load => "load-missing",
            Self::Material => "material-missing",
            Self::Receipt => "receipt-missing",
            Self::Inspection => "inspection-missing",
            Self::Barred => "lot-on-hold",
            Self::Expired => "lot-expired",
            Self::Overdrawn => "lot-exhausted",
            Self::Component => "component-unknown",
            Self::Check => "check-missing",
            Self::Failed => "check-failed",
            Self::Gauge => "gauge-missing",
            Self::Signature => "signature-missing",
            Self::Signing => "signature-incomplete",
            Self::Late => "late",
            Self::Paper => "transcribed",
            Self::Typed => "never-scanned",
            Self::Backwards => "out-of-time-order",
            Self::Waiting => "waiting",
            Self::Parent => "no-parent",
            Self::Provisional => "provisional",
            Self::Unsent => "not-replicated",
        }
    }

    /// Whether the record lacks a fact. Else it is a remark.
    pub fn is_gap(self) -> bool {
        self < Self::Late
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hole => "Events that are missing",
            Self::Fork => "Histories that fork",
            Self::Identity => "One identity in two formats",
            Self::Order => "Begun under no order",
            Self::Variant => "Variant not on record",
            Self::Step => "Steps not passed",
            Self::Load => "Loads not on record",
            Self::Material => "Material not on record",
            Self::Receipt => "Lots without receipt",
            Self::Inspection => "Used and not inspected",
            Self::Barred => "Used while on hold",
            Self::Expired => "Used after its time",
            Self::Overdrawn => "More used than there was",
            Self::Component => "Components without a record",
            Self::Check => "Observations not on record",
            Self::Failed => "Failed and not accepted",
            Self::Gauge => "Gauges not on record",
            Self::Signature => "Signatures not on record",
            Self::Signing => "Signatures that lack a part",
            Self::Late => "Recorded late",
            Self::Paper => "From paper",
            Self::Typed => "Labels that nobody scanned",
            Self::Backwards => "Out of time order",
            Self::Waiting => "Stood too long",
            Self::Parent => "Components in no product",
            Self::Provisional => "Accepted for the time being",
            Self::Unsent => "On this terminal alone",
        }
    }

    /// Who can mend it, where nobody is named by the step.
    pub fn who(self) -> &'static str {
        match self {
            Self::Order | Self::Variant | Self::Failed | Self::Barred | Self::Expired => "quality",
            Self::Inspection => "an inspector",
            Self::Overdrawn | Self::Receipt => "whoever receives material",
            Self::Component | Self::Hole | Self::Backwards | Self::Unsent => "the technician",
            Self::Fork
            | Self::Identity
            | Self::Step
            | Self::Load
            | Self::Material
            | Self::Check
            | Self::Gauge
            | Self::Signature
            | Self::Signing
            | Self::Late
            | Self::Paper
            | Self::Typed
            | Self::Waiting
            | Self::Parent
            | Self::Provisional => "a lead",
        }
    }

    /// What mends it there.
    pub fn how(self, place: Place<'_>) -> String {
        let unit = place.unit.map_or("UNIT", UnitId::as_str);
        let step = place.step.map_or("STEP", StepId::as_str);
        let lot = place.lot.map_or("LOT", LotId::as_str);
        match self {
            Self::Hole => {
                format!("absorb what lacks (traveller absorb); else name the events: traveller settle {unit} --event E")
            }
            Self::Fork => format!("name every event of it: traveller settle {unit} --event E --event E"),
            Self::Identity => format!("hold both until it is known which label is right: traveller hold {unit}"),
            Self::Order | Self::Variant => format!("hold it and decide: traveller hold {unit}"),
            Self::Step => format!("do step {step}; a unit that is done goes back: {}", back(unit, step)),
            Self::Load | Self::Material | Self::Check | Self::Gauge | Self::Signature | Self::Signing => {
                back(unit, step)
            }
            Self::Failed => format!("decide about it, on F9 or the pipe, or {}", back(unit, step)),
            Self::Receipt => "traveller lot receive, by its papers; on a plant's ledger absorb the terminal".to_owned(),
            Self::Inspection => format!("inspect what is left, and decide about the unit: traveller lot inspect {lot}"),
            Self::Barred | Self::Expired => {
                format!("decide about the unit, and hold all that has it: traveller hold --where-used {lot}")
            }
            Self::Overdrawn => format!("count what is left, and compare it with the papers: traveller lot show {lot}"),
            Self::Component => "absorb the terminal that made it: traveller absorb".to_owned(),
            Self::Late => "ask whoever recorded it; record at the bench, when it is done".to_owned(),
            Self::Paper => "compare it with the paper, and keep that".to_owned(),
            Self::Typed => "scan the label; print one where the lot has none".to_owned(),
            Self::Backwards => "look at the clock: traveller doctor".to_owned(),
            Self::Waiting => format!("bring it to step {step}, or hold it with a reason: traveller hold {unit}"),
            Self::Parent => format!("install it, or hold it with a reason: traveller hold {unit}"),
            Self::Provisional => "decide it".to_owned(),
            Self::Unsent => "traveller replicate".to_owned(),
        }
    }
}

fn back(unit: &str, step: &str) -> String {
    format!("traveller rework send-back {unit} --to {step}")
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_listed_once_in_its_order_and_gaps_come_first() {
        assert!(Kind::ALL.is_sorted() && Kind::ALL.windows(2).all(|pair| pair[0] != pair[1]));
        let words: std::collections::BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), Kind::ALL.len());
        assert_eq!(Kind::ALL.iter().filter(|kind| kind.is_gap()).count(), 19);
    }
}
