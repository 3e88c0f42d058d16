//! The events of a device, as the kernel sends them, and what they are to a decoder.

/// `EV_SYN` of `linux/input-event-codes.h`.
const SYN: u16 = 0;
/// `EV_KEY`.
const KEY: u16 = 1;
/// `SYN_REPORT`: what happened at once is complete.
const REPORT: u16 = 0;
/// `SYN_DROPPED`: the kernel's buffer was full.
const DROPPED: u16 = 3;

/// What happened at a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A key went down (1), up (0), or repeats (2).
    Key {
        /// Which key.
        code: u16,
        /// Down, up, or repeating.
        value: i32,
    },
    /// The kernel dropped events.
    Dropped,
    /// Events are whole again; which keys are down is to be asked anew.
    Whole,
}

/// Follows the events of one device. Between a drop and the next report they are parts of something unknown.
#[derive(Debug, Default)]
pub struct Frames {
    broken: bool,
}

impl Frames {
    /// Takes the next event: its type, code and value.
    pub fn take(&mut self, kind: u16, code: u16, value: i32) -> Option<Event> {
        match (kind, code) {
            (SYN, DROPPED) => {
                self.broken = true;
                Some(Event::Dropped)
            }
            (SYN, REPORT) if self.broken => {
                self.broken = false;
                Some(Event::Whole)
            }
            (KEY, _) if !self.broken => Some(Event::Key { code, value }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_a_drop_and_the_next_report_nothing_counts() {
        let mut frames = Frames::default();
        let sent = [(1, 30, 1), (4, 4, 458_756), (0, 0, 0), (0, 3, 0), (1, 30, 0), (1, 31, 1), (0, 0, 0), (1, 31, 0)];
        let heard: Vec<_> = sent.into_iter().filter_map(|(kind, code, value)| frames.take(kind, code, value)).collect();
        let key = |code, value| Event::Key { code, value };
        assert_eq!(heard, [key(30, 1), Event::Dropped, Event::Whole, key(31, 0)]);
    }

    #[test]
    fn a_second_drop_before_the_report_is_one_too() {
        let mut frames = Frames::default();
        let sent = [(0, 3, 0), (0, 3, 0), (1, 2, 1), (0, 0, 0), (0, 0, 0)];
        let heard: Vec<_> = sent.into_iter().filter_map(|(kind, code, value)| frames.take(kind, code, value)).collect();
        assert_eq!(heard, [Event::Dropped, Event::Dropped, Event::Whole]);
    }
}
