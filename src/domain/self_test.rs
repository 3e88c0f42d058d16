//! The scanner's self-test: a label that shows at once whether a scanner types as it is read.
//!
//! It begins with letters that lie on the same key everywhere, so that it is known again however badly the rest came.
//! The first part has a key at each end of what keyboards do differently, and no keyboard takes any of it for a dead
//! key. The second part, in the square symbol alone, has signs that lie somewhere else on nearly every keyboard, and
//! GS, which many scanners drop unless they are told not to.

use serde::{Deserialize, Serialize};

use super::label::GS;

/// What the label begins with. No command code reads so.
pub const PREFIX: &str = "LGCTEST";
/// Letters, digits and dashes that tell families of keyboards apart.
pub const LETTERS: &str = "AzyQwM10-_/:;";
/// Signs that tell the keyboards of a family apart.
pub const SIGNS: &str = "\"@+\\[]{}";
/// What stands behind GS, so that one that is missing shows.
pub const AFTER_GS: char = 'G';

/// The text of the bar code.
pub fn short_text() -> String {
    format!("{PREFIX}{LETTERS}")
}

/// The text of the square symbol.
pub fn long_text() -> String {
    format!("{PREFIX}{LETTERS}{SIGNS}{GS}{AFTER_GS}")
}

/// How the self-test came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelfTest {
    /// The bar code, right. Signs and GS were not tried.
    LettersRight,
    /// The square symbol, right to the last character.
    AllRight,
    /// All right, but GS is missing: fields of a structured label would run together.
    NoGs,
    /// All right, but GS came as this character.
    GsAs(char),
    /// Small letters came as capitals, and capitals as small ones.
    CaseSwapped,
    /// The scanner types like one keyboard and is read as another. Keyboards as `traveller.toml` names them; of each,
    /// those that would explain what came.
    OtherKeyboard {
        /// Those that the scanner may type like.
        typed: Vec<String>,
        /// Those that it may be read as.
        read_as: Vec<String>,
    },
    /// Otherwise than printed, in no way that is known.
    Unlike,
}

impl SelfTest {
    /// Whether nothing is to be done.
    pub fn is_right(&self) -> bool {
        matches!(self, Self::LettersRight | Self::AllRight)
    }
}
