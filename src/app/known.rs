//! Reasons that every plant has: chosen by number, the same in every language.

/// Reasons that every plant has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Something is damaged.
    Damaged,
    /// Quality is to look at it.
    AskQuality,
    /// Material is missing.
    NoMaterial,
    /// Something was mistyped.
    Mistyped,
    /// The wrong piece was scanned.
    WrongPiece,
    /// It was the wrong unit.
    WrongUnit,
    /// It settled itself.
    Settled,
    /// The key was pressed by mistake.
    ByMistake,
    /// A label cannot be read any more.
    Worn,
    /// A label is gone.
    Lost,
    /// A label was printed wrong.
    Misprinted,
}

impl Known {
    /// Reasons to hold a unit.
    pub const OF_HOLD: [Self; 3] = [Self::Damaged, Self::AskQuality, Self::NoMaterial];
    /// Reasons to take a unit out of its carton.
    pub const OF_TAKING_OUT: [Self; 3] = [Self::Damaged, Self::WrongUnit, Self::AskQuality];
    /// Reasons to take a record back.
    pub const OF_VOID: [Self; 3] = [Self::Mistyped, Self::WrongPiece, Self::WrongUnit];

    /// Reasons to take a call back.
    pub const OF_WITHDRAWAL: [Self; 2] = [Self::Settled, Self::ByMistake];

    /// Reasons for another label.
    pub const OF_LABEL: [Self; 3] = [Self::Worn, Self::Lost, Self::Misprinted];

    /// What is recorded.
    pub fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::AskQuality => "ask-quality",
            Self::NoMaterial => "no-material",
            Self::Mistyped => "mistyped",
            Self::WrongPiece => "wrong-piece",
            Self::WrongUnit => "wrong-unit",
            Self::Settled => "settled",
            Self::ByMistake => "by-mistake",
            Self::Worn => "worn",
            Self::Lost => "lost",
            Self::Misprinted => "misprinted",
        }
    }
}
