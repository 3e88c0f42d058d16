//! How units are packed: how many go into a carton, and what they must have in common.

use serde::{Deserialize, Serialize};

/// Units that a carton may hold.
pub const CARTON_UNITS_MOST: u32 = 10_000;
/// Units that one shipment may have: they are dispatched together.
pub const SHIPMENT_UNITS_MOST: u32 = 10_000;

/// How a step packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRule {
    /// Units that go into a carton.
    pub units: u32,
    /// What all of them must have in common, beside the route.
    pub same: Vec<Same>,
}

/// What the units of a carton have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Same {
    /// The revision of the route.
    Revision,
    /// The work order.
    Order,
    /// The customer of the work order.
    Customer,
}

impl Same {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Revision, Self::Order, Self::Customer];

    /// The word for it in routes and records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Order => "order",
            Self::Customer => "customer",
        }
    }
}

impl std::str::FromStr for Same {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|same| same.word() == text);
        known.ok_or_else(|| format!("{text} is none of revision, order, customer"))
    }
}
