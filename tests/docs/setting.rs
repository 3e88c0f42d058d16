//! What `pages.toml` says: on which plant each page is run, and what on it is other than the page has it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// The parts of pages that are run, each page's in its order.
    #[serde(rename = "part")]
    pub(super) parts: Vec<Part>,
    /// What is not run here: why, and the commands.
    pub(super) elsewhere: Vec<Elsewhere>,
}

/// A page, or what follows from one place of it on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    /// The page.
    pub(super) page: String,
    /// The text that the part begins with; left out for the beginning of the page.
    pub(super) from: Option<String>,
    pub(super) plant: Plant,
    /// What the key is good for that its `ssh` has.
    #[serde(default)]
    pub(super) key: Key,
    /// What `traveller.toml` says there.
    pub(super) config: Option<String>,
    /// Files that lie there.
    #[serde(default)]
    pub(super) files: BTreeMap<String, String>,
    /// What was done before: commands, `at STATION:` with lines for the pipe between ` | `, `release ROUTE` of the
    /// scenarios, and `kit`, `assemble` or `make` with a valve and its body.
    #[serde(default)]
    pub(super) before: Vec<String>,
    /// What the page's examples stand for.
    #[serde(default)]
    pub(super) stands: BTreeMap<String, String>,
    /// Exit codes other than 0.
    #[serde(default)]
    pub(super) answers: BTreeMap<String, i32>,
    /// Commands that may answer 0 or 1: what they find depends on the machine.
    #[serde(default)]
    pub(super) either: Vec<String>,
    /// Commands that open a screen.
    #[serde(default)]
    pub(super) screens: BTreeMap<String, Screen>,
}

/// The plant of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Plant {
    /// A machine without a ledger.
    New,
    /// That of the scenarios: a lead, an operator, an inspector, the route of the valve and a lot.
    Valves,
    /// The demo's week.
    Demo,
    /// A terminal that was replaced twice, with units of which two boxes tell; its replica is mounted.
    Forked,
}

/// What a key of ssh is good for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Key {
    /// Replicas.
    #[default]
    Receive,
    /// Technicians.
    Look,
}

/// What a screen shows, and the keys that leave it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Screen {
    pub(super) shows: String,
    pub(super) leave: String,
}

/// Commands that are not run here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Elsewhere {
    pub(super) page: String,
    pub(super) why: String,
    pub(super) commands: Vec<String>,
}

impl Settings {
    pub(super) fn read() -> Self {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/docs/pages.toml");
        toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    }
}
