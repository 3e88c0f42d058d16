//! Where an event is stored: its stream and its number there, in one integer. Measured smallest and fastest of all
//! layouts that keep events of several terminals in one table.

/// Bits of a place that hold the number within the stream.
const SEQ_BITS: u32 = 40;
/// The greatest number an event can have: at a thousand events a second, enough for 34 years.
pub const SEQ_MOST: u64 = (1 << SEQ_BITS) - 1;
/// The greatest number a stream can have.
pub const STREAM_MOST: u32 = (1 << 22) - 1;

/// Where an event is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(i64);

impl Place {
    /// Before every event.
    pub const START: Self = Self(0);

    /// The place of an event; none beyond the limits.
    pub fn new(stream: u32, seq: u64) -> Option<Self> {
        let seq = i64::try_from(seq).ok().filter(|_| seq <= SEQ_MOST)?;
        (stream <= STREAM_MOST).then_some(Self((i64::from(stream) << SEQ_BITS) | seq))
    }

    /// The place that a stored integer names.
    pub fn of_row(row: i64) -> Self {
        Self(row)
    }

    /// The integer that is stored.
    pub fn row(self) -> i64 {
        self.0
    }

    /// The stream.
    pub fn stream(self) -> u32 {
        u32::try_from(self.0 >> SEQ_BITS).unwrap_or(0)
    }

    /// The number within the stream.
    pub fn seq(self) -> u64 {
        self.0.unsigned_abs() & SEQ_MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_holds_stream_and_number() {
        let place = Place::new(3, SEQ_MOST).unwrap();
        assert_eq!((place.stream(), place.seq()), (3, SEQ_MOST));
        assert_eq!(Place::of_row(place.row()), place);
        assert!(Place::new(1, SEQ_MOST) < Place::new(2, 0));
        assert_eq!(Place::new(1, SEQ_MOST + 1), None);
        assert_eq!(Place::new(STREAM_MOST + 1, 1), None);
        let most = Place::new(STREAM_MOST, SEQ_MOST).unwrap();
        assert_eq!((most.stream(), most.seq()), (STREAM_MOST, SEQ_MOST));
    }
}
