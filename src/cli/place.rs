//! The stations that a program serves: which, and that no other program serves them.

use std::collections::BTreeSet;

use super::context::Context;
use super::failure::Failure;
use crate::app::port::Fault;
use crate::app::seat::{PerSeat, SEATS_MOST};
use crate::domain::ambient::Place;
use crate::domain::id::StationId;
use crate::ledger::lock::{NotLocked, StationLock};
use crate::ledger::station_lock;
use crate::station::config::Settings;

/// The stations to serve: those that were named; else those that scanners of the configuration are bound to; else the
/// only one that it lists.
pub(super) fn choose(settings: &Settings, named: &[StationId]) -> Result<PerSeat<Place>, Failure> {
    let by_name = !named.is_empty();
    let bound: BTreeSet<_> = settings.scanners.iter().filter_map(|s| s.station.clone()).collect();
    let by_scanner = !by_name && !bound.is_empty();
    let stations: Vec<StationId> = if by_name {
        named.to_vec()
    } else if by_scanner {
        bound.into_iter().collect()
    } else {
        settings.stations.keys().cloned().collect()
    };
    match stations.as_slice() {
        [one] => Ok(PerSeat::new(settings.place(one)?, None)),
        [one, two] if one == two => {
            Err(Failure::wrong_use(format!("station {one} was named twice"), "name it once, or name another one too"))
        }
        [one, two] if by_name || by_scanner => Ok(PerSeat::new(settings.place(one)?, Some(settings.place(two)?))),
        many if by_name => Err(Failure::wrong_use(
            format!("{} stations were named", many.len()),
            format!("name at most {SEATS_MOST}, and give the others a terminal of their own"),
        )),
        many => Err(unnamed(many)),
    }
}

/// Nobody said which of these.
fn unnamed(known: &[StationId]) -> Failure {
    let known: Vec<_> = known.iter().map(StationId::as_str).collect();
    let instead = if known.is_empty() {
        "write --station NAME".to_owned()
    } else {
        format!("write --station with one of {}; or twice, for two at one terminal", known.join(", "))
    };
    Failure::wrong_use("no station was named", instead)
}

/// Keeps other programs from the station while this is held.
pub(super) fn lock(cx: &Context<'_>, place: &Place) -> Result<StationLock, Failure> {
    station_lock(&cx.settings.ledger, &place.station).map_err(|why| match why {
        NotLocked::HeldBy { .. } => {
            Failure::wrong_use(why.to_string(), "end that program first, or name another station")
        }
        NotLocked::Io { .. } => Failure::Machine(Fault::new(why.to_string(), "check the directory of the ledger")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::config::{Asked, Environment};

    struct Nothing;

    impl Environment for Nothing {
        fn var(&self, name: &str) -> Option<std::ffi::OsString> {
            (name == "HOME").then(|| "/home/x".into())
        }
    }

    /// What is served under that configuration, or why not.
    fn served(config: &str, named: &[&str]) -> Result<Vec<String>, String> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("traveller.toml");
        std::fs::write(&file, config).unwrap();
        let settings = Settings::load(Asked { config: Some(file), ..Asked::default() }, &Nothing).unwrap();
        let named: Vec<_> = named.iter().map(|n| n.parse().unwrap()).collect();
        match choose(&settings, &named) {
            Ok(places) => Ok(places.iter().map(|(_, p)| format!("{} {}", p.station, p.class)).collect()),
            Err(Failure::WrongUse(fault)) => Err(fault.to_string()),
            Err(other) => panic!("{other:?}"),
        }
    }

    const TWO: &str = "[station.A-1]\nclass = 'a'\n[station.B-1]\nclass = 'b'\n[station.C-1]\nclass = 'c'\n";

    fn bound(stations: &[&str]) -> String {
        let scanner = |(n, s): (usize, &&str)| format!("[scanner.s{n}]\nserial = '{n}'\nstation = '{s}'\n");
        format!("{TWO}{}", stations.iter().enumerate().map(scanner).collect::<Vec<_>>().concat())
    }

    #[test]
    fn a_terminal_serves_what_was_named_or_what_its_scanners_are_for() {
        assert_eq!(served("", &["TEST-1"]), Ok(vec!["TEST-1 test".to_owned()]));
        assert_eq!(served("", &["TEST-1", "PACK-2"]), Ok(vec!["TEST-1 test".to_owned(), "PACK-2 pack".to_owned()]));
        assert_eq!(served(TWO, &["B-1", "A-1"]), Ok(vec!["B-1 b".to_owned(), "A-1 a".to_owned()]), "in that order");
        assert_eq!(served(&bound(&["B-1", "A-1", "A-1"]), &[]), Ok(vec!["A-1 a".to_owned(), "B-1 b".to_owned()]));
        assert_eq!(served(&bound(&["B-1"]), &[]), Ok(vec!["B-1 b".to_owned()]));
        assert_eq!(served(&bound(&["B-1"]), &["C-1"]), Ok(vec!["C-1 c".to_owned()]), "a name beats the scanners");
        assert_eq!(served("[station.A-1]\nclass = 'a'\n", &[]), Ok(vec!["A-1 a".to_owned()]));
    }

    #[test]
    fn what_is_not_clear_is_asked_and_what_is_too_much_is_refused() {
        let twice = served(TWO, &["A-1", "A-1"]).unwrap_err();
        assert!(twice.starts_with("station A-1 was named twice"), "{twice}");
        let many = served(TWO, &["A-1", "B-1", "C-1"]).unwrap_err();
        assert!(many.starts_with("3 stations were named; name at most 2"), "{many}");
        for config in [TWO.to_owned(), bound(&["A-1", "B-1", "C-1"])] {
            let open = served(&config, &[]).unwrap_err();
            assert!(open.contains("write --station with one of A-1, B-1, C-1"), "{open}");
        }
        assert!(served("", &[]).unwrap_err().ends_with("write --station NAME"));
    }
}
