//! The languages that the operator's terminal speaks.

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English; also what pipes and shells get.
    #[default]
    English,
    /// German.
    German,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The one that the language key goes to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::German,
            Self::German => Self::English,
        }
    }

    /// Its sign, two letters.
    pub fn sign(self) -> &'static str {
        match self {
            Self::English => "EN",
            Self::German => "DE",
        }
    }
}
