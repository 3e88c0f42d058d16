//! The devices that could be scanners: which are, whether they can be read, and what to do where not.

use std::path::Path;

use crate::capture::scanner::device::{Barred, Device};
use crate::capture::scanner::holder;
use crate::capture::scanner::identity::assign;
use crate::capture::scanner::seen::{Keys, Seen};
use crate::domain::id::DeviceId;
use crate::station::scanner_file::Scanner;

/// How the terminal is called among the programs of a machine.
const TERMINAL: &str = "traveller (";

/// Whether a device can be read and kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It can.
    Free,
    /// A key of it is down, so that it cannot be told without harm.
    InUse,
    /// This program may not open it.
    NotPermitted,
    /// Another program keeps it for itself.
    Taken {
        /// The programs that have it open, as far as that can be found out.
        by: Option<String>,
    },
    /// It does not answer.
    Gone,
}

impl Access {
    /// As scripts read it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::InUse => "in-use",
            Self::NotPermitted => "not-permitted",
            Self::Taken { .. } => "taken",
            Self::Gone => "gone",
        }
    }

    /// Whether a terminal reads it or could.
    fn is_well(&self) -> bool {
        match self {
            Self::Free | Self::InUse => true,
            Self::Taken { by } => by.as_ref().is_some_and(|by| by.contains(TERMINAL)),
            Self::NotPermitted | Self::Gone => false,
        }
    }
}

/// A device that could be a scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the kernel says about it.
    pub seen: Seen,
    /// Whether it can be read.
    pub access: Access,
    /// The scanner of the configuration that it is, if it is one.
    pub scanner: Option<DeviceId>,
}

/// All that could be scanners, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The devices that can type what a label says.
    pub found: Vec<Found>,
    /// Scanners of the configuration that are not there.
    pub missing: Vec<DeviceId>,
    /// Scanners of the configuration that several devices fit.
    pub several: Vec<DeviceId>,
}

/// Tries whether a device can be read and kept, and lets go of it again at once.
pub fn probe(seen: &Seen) -> Access {
    let file = Path::new("/dev/input").join(&seen.node);
    let tried = Device::open(&file).and_then(|mut device| device.try_grab());
    match tried {
        Ok(true) => Access::Free,
        Ok(false) => Access::InUse,
        Err(Barred::NotPermitted) => Access::NotPermitted,
        Err(Barred::Taken) => Access::Taken { by: holder::holders(Path::new("/proc"), &file, std::process::id()) },
        Err(Barred::Gone) => Access::Gone,
    }
}

/// Looks at all devices. Only those that can type what a label says are tried.
pub fn survey(scanners: &[Scanner], seen: &[Seen], probe: impl Fn(&Seen) -> Access) -> Survey {
    let typing: Vec<_> = seen.iter().filter(|seen| seen.keys == Keys::Types).cloned().collect();
    let identities: Vec<_> = scanners.iter().map(|scanner| &scanner.identity).collect();
    let assigned = assign(&identities, &typing);
    let of = |scanner: usize| assigned.iter().filter(move |(at, _)| *at == scanner).map(|(_, seen)| *seen);
    let (mut missing, mut several) = (Vec::new(), Vec::new());
    for (at, scanner) in scanners.iter().enumerate() {
        match of(at).next() {
            None => missing.push(scanner.name.clone()),
            Some(first) if of(at).skip(1).any(|other| !other.is_part_of_same(first)) => {
                several.push(scanner.name.clone());
            }
            Some(_) => {}
        }
    }
    let name = |seen: &Seen| {
        let (at, _) = assigned.iter().find(|(_, device)| device.node == seen.node)?;
        scanners.get(*at).map(|scanner| scanner.name.clone())
    };
    let found =
        typing.iter().map(|seen| Found { access: probe(seen), scanner: name(seen), seen: seen.clone() }).collect();
    Survey { found, missing, several }
}

impl Survey {
    /// Whether each scanner of the configuration is there and can be read.
    pub fn is_well(&self) -> bool {
        let readable = |found: &Found| found.scanner.is_none() || found.access.is_well();
        self.missing.is_empty() && self.several.is_empty() && self.found.iter().all(readable)
    }

    /// What to do, a sentence for each thing.
    pub fn advice(&self) -> Vec<String> {
        let mut advice = Vec::new();
        for found in &self.found {
            let Some(name) = &found.scanner else { continue };
            let node = &found.seen.node;
            advice.extend(match &found.access {
                Access::Free | Access::InUse => None,
                Access::NotPermitted => Some(format!(
                    "{name} ({node}) may not be read: install the rules of `traveller doctor scanners --udev`, let the \
                     program run in the group traveller, and plug the scanner in again"
                )),
                Access::Taken { by: Some(by) } if by.contains(TERMINAL) => {
                    Some(format!("{name} ({node}) is read by {by}: nothing to do"))
                }
                Access::Taken { by: Some(by) } => Some(format!(
                    "{name} ({node}) is kept by another program; {by} has it open: end that program, and its scans \
                     come here"
                )),
                Access::Taken { by: None } => Some(format!(
                    "{name} ({node}) is kept by another program: run this as root to see which, and end it"
                )),
                Access::Gone => Some(format!("{name} ({node}) does not answer: unplug it and plug it in again")),
            });
        }
        for name in &self.missing {
            advice.push(format!(
                "{name} is not there: plug it in; where another took its place, remove [scanner.{name}] and enrol that"
            ));
        }
        for name in &self.several {
            advice.push(format!("several devices are {name}: write its serial number or its port in [scanner.{name}]"));
        }
        if self.found.is_empty() {
            advice.push(
                "no device here can type a label: plug the scanner in; set it to keyboard mode (USB HID) by its \
                 manual; in a container or virtual machine hand /dev/input on"
                    .to_owned(),
            );
        } else if self.found.iter().any(|found| found.scanner.is_none()) {
            advice.push(
                "a device without a name is left alone: if it is a scanner, run `traveller doctor scanners --enrol \
                 NAME`"
                    .to_owned(),
            );
        }
        advice
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::label::Unmarked;
    use crate::capture::scanner::identity::{Identity, Model};
    use crate::capture::scanner::options::Options;

    fn scanner(name: &str, serial: &str) -> Scanner {
        Scanner {
            name: DeviceId::parse(name).unwrap(),
            identity: Identity::new(None, Some(serial.to_owned()), None).unwrap(),
            station: None,
            options: Options::default(),
            unmarked: Unmarked::Plain,
        }
    }

    fn device(node: &str, serial: &str, keys: Keys) -> Seen {
        let model = Model { vendor: 0x0c2e, product: 0x0b6a };
        let port = format!("usb-{node}/input0");
        Seen { node: node.to_owned(), name: "Voyager".to_owned(), model, serial: serial.to_owned(), port, keys }
    }

    fn taken(by: &str) -> Access {
        Access::Taken { by: Some(by.to_owned()) }
    }

    #[test]
    fn all_is_well_where_each_scanner_can_be_read_or_is() {
        let scanners = [scanner("left", "SN1"), scanner("right", "SN2")];
        let devices = [
            device("event0", "", Keys::Types),
            device("event1", "SN1", Keys::Types),
            device("event2", "SN2", Keys::Types),
            device("event3", "SN2", Keys::Others),
        ];
        let survey = survey(&scanners, &devices, |seen| match seen.node.as_str() {
            "event0" => Access::NotPermitted,
            "event2" => taken("traveller (7)"),
            _ => Access::Free,
        });
        let found: Vec<_> = survey.found.iter().map(|f| f.scanner.as_ref().map(DeviceId::as_str)).collect();
        assert_eq!(found, [None, Some("left"), Some("right")]);
        assert!(survey.is_well());
        let advice = survey.advice();
        assert!(advice[0].starts_with("right (event2) is read by traveller (7): nothing to do"), "{advice:?}");
        assert!(advice[1].contains("--enrol NAME"), "{advice:?}");
    }

    #[test]
    fn what_keeps_a_scanner_from_being_read_is_told_with_what_to_do() {
        let cases = [
            (Access::NotPermitted, "may not be read: install the rules of `traveller doctor scanners --udev`"),
            (taken("actkbd (412)"), "actkbd (412) has it open: end that program"),
            (Access::Taken { by: None }, "run this as root to see which"),
            (Access::Gone, "does not answer: unplug it"),
        ];
        for (access, said) in cases {
            let survey = survey(&[scanner("left", "SN1")], &[device("event1", "SN1", Keys::Types)], |_| access.clone());
            assert!(!survey.is_well(), "{access:?}");
            let advice = survey.advice();
            assert!(
                advice.len() == 1 && advice[0].starts_with("left (event1) ") && advice[0].contains(said),
                "{advice:?}"
            );
        }
    }

    #[test]
    fn one_that_is_missing_and_one_that_is_there_twice_are_told() {
        let devices = [device("event1", "SN1", Keys::Types), device("event2", "SN1", Keys::Types)];
        let survey = survey(&[scanner("left", "SN1"), scanner("right", "SN2")], &devices, |_| Access::Free);
        let names = |ids: &[DeviceId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!((names(&survey.missing), names(&survey.several)), (vec!["right".into()], vec!["left".into()]));
        assert!(!survey.is_well());
        let advice = survey.advice();
        assert!(advice[0].starts_with("right is not there: plug it in"), "{advice:?}");
        assert!(advice[1].starts_with("several devices are left: write its serial"), "{advice:?}");
    }

    #[test]
    fn where_there_is_nothing_at_all_it_is_said_what_to_plug_in() {
        let survey = survey(&[], &[device("event3", "", Keys::Others)], |_| panic!("it types nothing"));
        assert!(survey.is_well() && survey.found.is_empty());
        assert!(survey.advice()[0].starts_with("no device here can type a label"));
    }
}
