//! How hard a segment is compressed. Whoever reads it need not know: all of them unpack in the same few MiB.

use std::io;

use zstd::stream::raw::CParameter;
use zstd::stream::write::Encoder;
use zstd::zstd_safe::Strategy;

use super::segment::{EVENTS_MOST, WINDOW_LOG_MOST};

/// Events that are packed hard in one go: a night, and a few that were missed.
const HARD_EVENTS_MOST: u64 = 10 * EVENTS_MOST;
/// The level of all that was recorded in years: a quarter more bytes, as fast as most disks.
const QUICK_LEVEL: i32 = 9;
/// The level that the parameters of a night go out from.
const HARD_LEVEL: i32 = 12;
/// How a night is packed. Events repeat each other at great length, so a long match is taken as it is, and few are
/// looked at: that comes to what the highest level gives, in a tenth of its time and of its memory. Of an event of 900
/// bytes 33 are left.
const HARD: [CParameter; 6] = [
    CParameter::HashLog(18),
    CParameter::ChainLog(20),
    CParameter::SearchLog(4),
    CParameter::MinMatch(6),
    CParameter::TargetLength(999),
    CParameter::Strategy(Strategy::ZSTD_btopt),
];

/// How hard to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// To be sent every night, and kept for good: in as few bytes as there is time for.
    Hard,
    /// All that a ledger holds, for the first time: it is to be away soon.
    Quick,
}

impl Packing {
    /// How to pack so many events that are sent in one go.
    pub fn of(events: u64) -> Self {
        if events <= HARD_EVENTS_MOST { Self::Hard } else { Self::Quick }
    }

    /// What compresses a segment.
    pub fn encoder<W: io::Write>(self, into: W) -> io::Result<Encoder<'static, W>> {
        let (level, parameters) = match self {
            Self::Hard => (HARD_LEVEL, &HARD[..]),
            Self::Quick => (QUICK_LEVEL, &[][..]),
        };
        let mut encoder = Encoder::new(into, level)?;
        for parameter in parameters.iter().copied().chain([CParameter::WindowLog(WINDOW_LOG_MOST)]) {
            encoder.set_parameter(parameter)?;
        }
        encoder.include_checksum(true)?;
        Ok(encoder)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_night_is_packed_harder_than_years_and_both_unpack() {
        assert_eq!((Packing::of(60_000), Packing::of(20_000_000)), (Packing::Hard, Packing::Quick));
        let event = |n: u64| format!("{{\"seq\":{n},\"mono\":{},\"unit\":\"U{}\"}}\n", n * 7_919 % 10_007, n / 9);
        let bodies: String = (0..20_000).map(event).collect();
        let [hard, quick] = [Packing::Hard, Packing::Quick].map(|packing| {
            let mut encoder = packing.encoder(Vec::new()).unwrap();
            encoder.write_all(bodies.as_bytes()).unwrap();
            let packed = encoder.finish().unwrap();
            assert_eq!(zstd::decode_all(packed.as_slice()).unwrap(), bodies.as_bytes());
            packed.len()
        });
        assert!(hard < quick, "{hard} {quick}");
    }
}
