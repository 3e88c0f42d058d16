//! Events of one stream as whoever keeps another stream, or none, reads them: named in full, and what they name too.
//!
//! An event names what lies in its own stream by the number alone. Read beside the events of other streams, that number
//! would name the wrong one.

use super::event::{Event, EventRef, Link};
use super::id::{Epoch, TerminalId};

/// The stream that a reader appends to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// The ledger's device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
}

impl Event {
    /// The event as it reads where another stream is kept, or none: `hash` is its own, and `hash_of` tells those of its
    /// stream. The bytes that were recorded are what they were: what comes out is for folds, and never written.
    pub fn read_elsewhere<E>(
        mut self,
        own: Option<&Stream>,
        hash: String,
        mut hash_of: impl FnMut(u64) -> Result<String, E>,
    ) -> Result<Self, E> {
        let (terminal, epoch) = (self.stamp.terminal.clone(), self.stamp.epoch.clone());
        for link in self.names_mut() {
            match link {
                Link::Here(seq) => {
                    let (terminal, epoch) = (terminal.clone(), epoch.clone());
                    *link = Link::There(EventRef(terminal, epoch, *seq, hash_of(*seq)?));
                }
                Link::There(EventRef(terminal, epoch, seq, _hash)) => {
                    if own.is_some_and(|own| own.terminal == *terminal && own.epoch == *epoch) {
                        *link = Link::Here(*seq);
                    }
                }
            }
        }
        self.stamp.elsewhere = Some(hash);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::domain::traveller::Traveller;

    const HEAD: &str = r#""act":1,"at":"2026-03-02T06:00:00.000000Z","clock":"synced","boot":"0a1b2c3d","mono":1"#;

    fn event(terminal: &str, seq: u64, rest: &str) -> Event {
        let body = format!(r#"{{"v":1,"terminal":"{terminal}","epoch":"00112233aabbccdd","seq":{seq},{HEAD},{rest}}}"#);
        Event::read(&body).unwrap()
    }

    fn there(terminal: &str, seq: u64) -> Link {
        let (terminal, epoch) = (terminal.parse().unwrap(), "00112233aabbccdd".parse().unwrap());
        Link::There(EventRef(terminal, epoch, seq, format!("h{seq}")))
    }

    fn elsewhere(event: Event, own: Option<&Stream>) -> Event {
        let hash = format!("h{}", event.stamp.seq);
        event.read_elsewhere(own, hash, |seq| Ok::<_, Infallible>(format!("h{seq}"))).unwrap()
    }

    fn held(terminal: &str, seq: u64, builds_on: &str) -> Event {
        let rest = format!(r#""kind":"unit-held","unit":"U1","builds_on":{builds_on},"corrects":{builds_on}"#);
        event(terminal, seq, &rest)
    }

    #[test]
    fn a_fold_names_events_of_another_stream_in_full() {
        let here = held("T1", 7, "3");
        assert_eq!(Traveller::replay([&here]).head, Some(Link::Here(7)));
        let read = elsewhere(here.clone(), None);
        assert_eq!((&read.about.builds_on, &read.about.corrects), (&Some(there("T1", 3)), &Some(there("T1", 3))));
        assert_eq!(Traveller::replay([&read]).head, Some(there("T1", 7)));
        let on_two = held("T2", 7, r#"["T1","00112233aabbccdd",7,"h7"]"#);
        assert_eq!(Traveller::replay([&read, &elsewhere(on_two, None)]).head, Some(there("T2", 7)));
    }

    #[test]
    fn what_names_the_readers_own_stream_is_a_number_there_and_only_there() {
        let own =
            |terminal: &str| Stream { terminal: terminal.parse().unwrap(), epoch: "00112233aabbccdd".parse().unwrap() };
        let event = held("T2", 7, r#"["T1","00112233aabbccdd",3,"h3"]"#);
        assert_eq!(elsewhere(event.clone(), Some(&own("T1"))).about.builds_on, Some(Link::Here(3)));
        assert_eq!(elsewhere(event.clone(), Some(&own("T3"))).about.builds_on, Some(there("T1", 3)));
        let later = Stream { epoch: "ffffffffffffffff".parse().unwrap(), ..own("T1") };
        assert_eq!(elsewhere(event, Some(&later)).about.builds_on, Some(there("T1", 3)));
    }

    #[test]
    fn where_it_is_read_changes_none_of_what_else_was_recorded() {
        let event = held("T1", 7, r#"["T2","00112233aabbccdd",3,"h3"]"#);
        assert_eq!(elsewhere(event.clone(), None).body(), event.body());
    }

    #[test]
    fn a_hash_that_is_not_to_be_had_is_the_readers_to_say() {
        assert_eq!(held("T1", 7, "3").read_elsewhere(None, "h7".to_owned(), Err).unwrap_err(), 3);
    }
}
