//! What a plant says about one scanner: how it was programmed.

/// How one scanner was programmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The keyboard that it types like. The console's layout has no say: scanners send the places of keys.
    pub layout: LayoutName,
    /// What ends a scan.
    pub end: End,
    /// What the scanner sends instead of GS (FNC1), where it cannot send that.
    pub gs: Option<char>,
    /// Milliseconds without a key after which an unfinished scan is discarded.
    pub gap_ms: u32,
}

/// Milliseconds without a key after which an unfinished scan is discarded, unless the plant says otherwise.
pub const GAP_MS: u32 = 1_000;

impl Default for Options {
    fn default() -> Self {
        Self { layout: LayoutName::Us, end: End::Any, gs: None, gap_ms: GAP_MS }
    }
}

/// Whether a character may stand for GS: a sign, since labels are made of letters and digits.
pub fn may_stand_for_gs(c: char) -> bool {
    c.is_ascii_graphic() && !c.is_ascii_alphanumeric()
}

/// Keyboards that a scanner may type like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayoutName {
    /// United States: what scanners do unless programmed otherwise.
    Us,
    /// United Kingdom.
    Gb,
    /// Germany.
    De,
    /// France.
    Fr,
    /// Spain.
    Es,
    /// Italy.
    It,
    /// Sweden.
    Se,
    /// Switzerland, German.
    Ch,
}

impl LayoutName {
    /// All of them.
    pub const ALL: [Self; 8] = [Self::Us, Self::Gb, Self::De, Self::Fr, Self::Es, Self::It, Self::Se, Self::Ch];

    /// Its name in `traveller.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Gb => "gb",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::It => "it",
            Self::Se => "se",
            Self::Ch => "ch",
        }
    }
}

/// What ends a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Enter, Tab or line feed: whichever comes. An empty scan behind one is no scan.
    Any,
    /// Enter (CR), of either block of keys.
    Enter,
    /// Tab.
    Tab,
    /// Line feed, sent as Ctrl+J.
    LineFeed,
}
