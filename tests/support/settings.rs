//! Settings as they are on a machine that has no configuration and no variables.

use std::ffi::OsString;
use std::path::Path;

use traveller::station::config::{Asked, Environment, Settings};

struct NoVariables;

impl Environment for NoVariables {
    fn var(&self, _name: &str) -> Option<OsString> {
        None
    }
}

/// The settings for a ledger.
pub(crate) fn settings(ledger: &Path) -> Settings {
    Settings::load(Asked { ledger: Some(ledger.to_owned()), ..Asked::default() }, &NoVariables).unwrap()
}
