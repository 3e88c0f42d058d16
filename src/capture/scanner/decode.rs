//! Key codes to the text of a scan. Pure: keys and moments in, scans out.

use super::options::Options;
use crate::domain::label::Loss;

/// What came of the keys so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// When its first key went down, in milliseconds of the clock that the keys were told with.
    pub begun_ms: u64,
    /// The scan, terminator removed, in UTF-8; or why there is none.
    pub scan: Result<Vec<u8>, Loss>,
}

/// Turns the keys of one scanner into scans.
#[derive(Debug)]
pub struct Decoder {
    options: Options,
}

impl Decoder {
    /// A decoder for a scanner that was programmed so.
    pub fn new(options: Options) -> Self {
        Self { options }
    }
}
