//! The text of a release: what the ledger keeps, and what it is known by.

use sha2::{Digest as _, Sha256};

use crate::domain::label::hex;
use crate::domain::route::Route;

use super::parse::parse;

/// The route of a text that was released; none where this program cannot read it.
pub fn released(text: &str) -> Option<Route> {
    parse("the released text", text).ok().map(|file| file.route)
}

/// SHA-256 of a text, in lowercase hex.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
