//! Scanners come and go: what is to be opened, and how each scanner of the configuration stands. Pure.

use std::collections::BTreeMap;

use crate::app::msg::ScannerState;
use crate::capture::scanner::identity::{Identity, assign};
use crate::capture::scanner::seen::{Keys, Seen};
use crate::domain::id::DeviceId;

/// Devices that are open at once: scanners have several parts.
const OPEN_MOST: usize = 64;

/// The devices that belong to scanners of the configuration, by their nodes.
pub(super) struct Hotplug {
    scanners: Vec<(DeviceId, Identity)>,
    devices: BTreeMap<String, Device>,
    told: Vec<Option<ScannerState>>,
}

struct Device {
    scanner: usize,
    keys: Keys,
    phase: Phase,
}

enum Phase {
    /// A thread opens it. `again`: something changed since, so that what it finds may be out of date. `was`: what kept
    /// it from being read the last time.
    Opening { again: bool, was: Option<Bar> },
    /// A thread reads it.
    Reading,
    /// It is there, and cannot be read.
    Barred(Bar),
}

/// What keeps a device from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bar {
    NotPermitted,
    Taken { by: Option<String> },
}

impl From<Bar> for ScannerState {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::NotPermitted => Self::NotPermitted,
            Bar::Taken { by } => Self::Taken { by },
        }
    }
}

/// What became of a device that was to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Report {
    /// It is kept from everybody else, and read.
    Reading,
    /// It cannot be read.
    Barred(Bar),
    /// It is not there, or went away.
    Gone,
}

/// A device that is to be opened on a thread of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Open {
    /// Its node.
    pub(super) node: String,
    /// The scanner of the configuration that it belongs to, by its place there.
    pub(super) scanner: usize,
    /// What its keys are good for.
    pub(super) keys: Keys,
}

impl Hotplug {
    pub(super) fn new(scanners: Vec<(DeviceId, Identity)>) -> Self {
        let told = scanners.iter().map(|_| None).collect();
        Self { scanners, devices: BTreeMap::new(), told }
    }

    /// Something may have changed: these devices are there now. Says which are to be opened.
    pub(super) fn look(&mut self, seen: &[Seen]) -> Vec<Open> {
        // What cannot be read is forgotten when it is not there; what is open tells by itself that it went away.
        self.devices.retain(|node, device| {
            !matches!(device.phase, Phase::Barred(_)) || seen.iter().any(|seen| seen.node == *node)
        });
        let identities: Vec<_> = self.scanners.iter().map(|(_, identity)| identity).collect();
        let mut open = Vec::new();
        for (scanner, seen) in assign(&identities, seen) {
            let full = self.devices.len() >= OPEN_MOST;
            let was = match self.devices.get_mut(&seen.node).map(|device| &mut device.phase) {
                Some(Phase::Opening { again, .. }) => {
                    *again = true;
                    continue;
                }
                Some(Phase::Reading) => continue,
                Some(Phase::Barred(bar)) => Some(bar.clone()),
                None if full => continue,
                None => None,
            };
            let phase = Phase::Opening { again: false, was };
            self.devices.insert(seen.node.clone(), Device { scanner, keys: seen.keys, phase });
            open.push(Open { node: seen.node.clone(), scanner, keys: seen.keys });
        }
        open
    }

    /// What became of a device. True where it is worth to look again at once.
    pub(super) fn report(&mut self, node: &str, report: Report) -> bool {
        let Some(device) = self.devices.get_mut(node) else { return false };
        // What changed while it was being opened may be just what was missing.
        let again = matches!(device.phase, Phase::Opening { again: true, .. } | Phase::Reading);
        match report {
            Report::Reading => {
                device.phase = Phase::Reading;
                false
            }
            Report::Barred(bar) => {
                device.phase = Phase::Barred(bar);
                again
            }
            Report::Gone => {
                self.devices.remove(node);
                again
            }
        }
    }

    /// How each scanner stands that stands otherwise than was told last. `patient`: what is just being opened is waited
    /// for, so that it is not called lost for a blink.
    pub(super) fn news(&mut self, patient: bool) -> Vec<(DeviceId, ScannerState)> {
        let mut news = Vec::new();
        for scanner in 0..self.scanners.len() {
            let Some(state) = self.state(scanner, patient) else { continue };
            let (Some((name, _)), Some(told)) = (self.scanners.get(scanner), self.told.get_mut(scanner)) else {
                continue;
            };
            if told.as_ref() != Some(&state) {
                news.push((name.clone(), state.clone()));
                *told = Some(state);
            }
        }
        news
    }

    /// Whether a scanner is not ready, so that it is worth to look again some time.
    pub(super) fn misses(&self) -> bool {
        self.told.iter().any(|state| *state != Some(ScannerState::Ready))
    }

    /// How a scanner stands: as the worst of its parts, since a part that is not kept from others types elsewhere.
    fn state(&self, scanner: usize, patient: bool) -> Option<ScannerState> {
        let parts = || self.devices.values().filter(move |device| device.scanner == scanner);
        let bars = parts().filter_map(|part| match &part.phase {
            Phase::Barred(bar) | Phase::Opening { was: Some(bar), .. } => Some(bar),
            Phase::Opening { was: None, .. } | Phase::Reading => None,
        });
        // Who took it is more than that it may not be read.
        let worst = bars.max_by_key(|bar| matches!(bar, Bar::Taken { .. }));
        let is_open = parts().any(|part| part.keys == Keys::Types && matches!(part.phase, Phase::Reading));
        let opening = parts().any(|part| matches!(part.phase, Phase::Opening { was: None, .. }));
        match worst {
            Some(bar) => Some(bar.clone().into()),
            None if opening && patient => None,
            None if is_open => Some(ScannerState::Ready),
            None => Some(ScannerState::Lost),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::scanner::identity::Model;

    const VOYAGER: Model = Model { vendor: 0x0c2e, product: 0x0b6a };

    fn part(node: &str, port: &str, keys: Keys) -> Seen {
        Seen {
            node: node.to_owned(),
            name: String::new(),
            model: VOYAGER,
            serial: String::new(),
            port: port.to_owned(),
            keys,
        }
    }

    fn left(node: &str) -> Seen {
        part(node, "usb-1/input0", Keys::Types)
    }

    fn hotplug() -> Hotplug {
        let scanner = |name: &str, port: &str| {
            (DeviceId::parse(name).unwrap(), Identity::new(None, None, Some(port.to_owned())).unwrap())
        };
        Hotplug::new(vec![scanner("left", "usb-1"), scanner("right", "usb-2")])
    }

    fn opened(open: &[Open]) -> Vec<&str> {
        open.iter().map(|open| open.node.as_str()).collect()
    }

    fn news(hotplug: &mut Hotplug) -> Vec<(String, ScannerState)> {
        hotplug.news(true).into_iter().map(|(name, state)| (name.to_string(), state)).collect()
    }

    fn of(name: &str, state: ScannerState) -> (String, ScannerState) {
        (name.to_owned(), state)
    }

    #[test]
    fn a_scanner_is_opened_once_and_told_when_it_is_ready() {
        let mut hotplug = hotplug();
        let other = part("event0", "usb-9/input0", Keys::Types);
        assert_eq!(opened(&hotplug.look(&[other.clone(), left("event1")])), ["event1"]);
        assert_eq!(news(&mut hotplug), [of("right", ScannerState::Lost)], "the left one is not yet known");
        assert!(!hotplug.report("event1", Report::Reading));
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Ready)]);
        assert_eq!(hotplug.look(&[other, left("event1")]), []);
        assert_eq!(news(&mut hotplug), []);
        assert!(hotplug.misses(), "the right one");
    }

    #[test]
    fn one_that_goes_and_comes_again_by_the_same_node_is_opened_again() {
        let mut hotplug = hotplug();
        hotplug.look(&[left("event1")]);
        hotplug.report("event1", Report::Reading);
        news(&mut hotplug);
        // The kernel tells of the new one before the old one's thread noticed.
        assert_eq!(hotplug.look(&[left("event1")]), []);
        assert!(hotplug.report("event1", Report::Gone), "look again");
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Lost)]);
        assert_eq!(opened(&hotplug.look(&[left("event1")])), ["event1"]);
        assert_eq!(news(&mut hotplug), [], "lost until it is ready");
        hotplug.report("event1", Report::Reading);
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Ready)]);
    }

    #[test]
    fn what_is_not_permitted_is_tried_again_when_something_changes() {
        let mut hotplug = hotplug();
        hotplug.look(&[left("event1")]);
        assert!(!hotplug.report("event1", Report::Barred(Bar::NotPermitted)));
        assert_eq!(news(&mut hotplug)[0], of("left", ScannerState::NotPermitted));
        assert_eq!(opened(&hotplug.look(&[left("event1")])), ["event1"]);
        assert_eq!(news(&mut hotplug), [], "not permitted until it is known better");
        // It was permitted just while it was tried.
        hotplug.look(&[left("event1")]);
        assert!(hotplug.report("event1", Report::Barred(Bar::NotPermitted)), "look again");
        assert_eq!(opened(&hotplug.look(&[left("event1")])), ["event1"]);
        hotplug.report("event1", Report::Reading);
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Ready)]);
    }

    #[test]
    fn a_file_that_comes_after_the_device_is_not_missed() {
        let mut hotplug = hotplug();
        hotplug.look(&[left("event1")]);
        assert!(!hotplug.report("event1", Report::Gone), "no file, and nothing changed: it is waited for");
        hotplug.look(&[left("event1")]);
        hotplug.look(&[left("event1")]);
        assert!(hotplug.report("event1", Report::Gone), "the file came while it was tried");
    }

    #[test]
    fn a_scanner_is_as_ready_as_the_least_of_its_parts() {
        let mut hotplug = hotplug();
        let parts = [left("event1"), part("event2", "usb-1/input1", Keys::Others)];
        assert_eq!(opened(&hotplug.look(&parts)), ["event1", "event2"]);
        hotplug.report("event1", Report::Reading);
        let by = Some("actkbd (412)".to_owned());
        hotplug.report("event2", Report::Barred(Bar::Taken { by: by.clone() }));
        assert_eq!(news(&mut hotplug)[0], of("left", ScannerState::Taken { by }));
        // Without the part that types there is no scanner.
        hotplug.report("event1", Report::Gone);
        hotplug.look(&parts[1..]);
        hotplug.report("event2", Report::Reading);
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Lost)]);
    }

    #[test]
    fn what_cannot_be_read_and_goes_is_lost() {
        let mut hotplug = hotplug();
        hotplug.look(&[left("event1")]);
        hotplug.report("event1", Report::Barred(Bar::NotPermitted));
        news(&mut hotplug);
        assert_eq!(hotplug.look(&[]), []);
        assert_eq!(news(&mut hotplug), [of("left", ScannerState::Lost)]);
    }

    #[test]
    fn one_that_is_never_done_opening_is_lost_in_the_end() {
        let mut hotplug = hotplug();
        hotplug.look(&[left("event1")]);
        assert_eq!(news(&mut hotplug), [of("right", ScannerState::Lost)]);
        let told: Vec<_> = hotplug.news(false).into_iter().map(|(name, state)| (name.to_string(), state)).collect();
        assert_eq!(told, [of("left", ScannerState::Lost)]);
    }
}
