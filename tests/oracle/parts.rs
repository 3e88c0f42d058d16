//! The parts of random routes, and what routes ask of them.
//!
//! Labels overlap on purpose: a cap may read as a board, a whole unit is a part of another route.

use std::collections::BTreeMap;

use proptest::option::weighted;
use proptest::prelude::*;

use traveller::domain::id::{PartId, RouteId};
use traveller::domain::pattern::Pattern;
use traveller::domain::route::{Capture, Part, Typed};

/// Parts: name, capture, and what a serial number looks like. Steps use the first ones; the others stand in for some.
const PARTS: [(&str, Capture, &str); 9] = [
    ("BOARD", Capture::Serial, "B[0-9]{1,2}"),
    ("CAP", Capture::Serial, "B[0-4]|C[0-9]{1,2}"),
    ("SUB", Capture::Serial, "U1[0-9]|S[0-9]{1,2}"),
    ("GLUE", Capture::Lot, ""),
    ("SCREW", Capture::Lot, ""),
    ("PASTE", Capture::Loaded, ""),
    ("GEL", Capture::Loaded, ""),
    ("NUT", Capture::Lot, ""),
    ("PLUG", Capture::Serial, "L[0-9]{1,2}"),
];
/// Parts that steps use.
pub(super) const PARTS_USED: usize = 6;
/// The GTINs of the board and of the glue.
pub(crate) const BOARD_GTIN: &str = "09521000000117";
pub(crate) const GLUE_GTIN: &str = "09521000000131";

/// What a route asks of its parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartsSpec {
    pub(super) inspect: bool,
    pub(super) floor_minutes: Option<u32>,
    pub(super) overrun: u32,
    pub(super) alternates: bool,
    pub(super) made_by: bool,
}

pub(super) fn parts() -> impl Strategy<Value = PartsSpec> {
    let bools = (proptest::bool::weighted(0.3), any::<bool>(), proptest::bool::weighted(0.8));
    (bools, weighted(0.3, 10..240_u32), 0..4_u32).prop_map(
        |((inspect, alternates, made_by), floor_minutes, overrun)| PartsSpec {
            inspect,
            floor_minutes,
            overrun,
            alternates,
            made_by,
        },
    )
}

pub(super) fn part_id(at: usize) -> PartId {
    PartId::parse(PARTS[at].0).unwrap()
}

/// Whether each piece of a part has a number of its own.
pub(super) fn is_serial(at: usize) -> bool {
    PARTS[at].1 == Capture::Serial
}

impl PartsSpec {
    /// The parts of the route of that number: units of the second one are parts of the first.
    pub(super) fn build(self, number: usize) -> BTreeMap<PartId, Part> {
        let part = |(name, capture, pattern): &(&str, Capture, &str)| {
            let alternate = match *name {
                "BOARD" => Some("PLUG"),
                "SCREW" => Some("NUT"),
                "PASTE" => Some("GEL"),
                _ => None,
            };
            let part = Part {
                title: "A part".to_owned(),
                capture: *capture,
                pattern: (*capture == Capture::Serial).then(|| Pattern::parse(pattern).unwrap()),
                gtin: match *name {
                    "BOARD" => BOARD_GTIN.parse().ok(),
                    "GLUE" => GLUE_GTIN.parse().ok(),
                    _ => None,
                },
                // Nobody types the number of a cap.
                typed: if *name == "CAP" { Typed::Refuse } else { Typed::Allow },
                made_by: (self.made_by && *name == "SUB" && number != 1).then(|| RouteId::parse("R1").unwrap()),
                alternates: alternate
                    .filter(|_| self.alternates)
                    .into_iter()
                    .map(|a| PartId::parse(a).unwrap())
                    .collect(),
                supplier_parts: Vec::new(),
                inspect: self.inspect && matches!(*name, "SCREW" | "GEL"),
                floor_minutes: self.floor_minutes.filter(|_| matches!(*name, "GLUE" | "PASTE")),
                overrun: if *capture == Capture::Loaded { self.overrun } else { 0 },
            };
            (PartId::parse(name).unwrap(), part)
        };
        PARTS.iter().map(part).collect()
    }
}
