//! A week of the example plant, into which gaps are planted: the stored events are changed by hand, as a damaged or
//! partial record would have them, and the tables made anew from what is left.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::shell::Shell;

/// A finding: unit, or the lot where it is about no unit, code, step.
pub(crate) type Found = (String, String, String);

/// A stored event.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    body: String,
    /// The same, to be looked at.
    pub(crate) says: Value,
}

impl Stored {
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.says["kind"] == kind
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.says[key].as_str().unwrap_or_default()
    }

    pub(crate) fn seq(&self) -> u64 {
        self.says["seq"].as_u64().unwrap()
    }

    /// What it builds on.
    pub(crate) fn parent(&self) -> Option<u64> {
        self.says["builds_on"].as_u64()
    }
}

/// The week, and what was changed.
pub(crate) struct Week {
    pub(crate) shell: Shell,
    pub(crate) events: BTreeMap<u64, Stored>,
    changed: BTreeSet<u64>,
    /// What must be found.
    pub(crate) expected: BTreeSet<Found>,
}

impl Week {
    /// A week on record, as it happened.
    pub(crate) fn new() -> Self {
        let shell = Shell::of_the_demo();
        let lines = shell.run("events --json").done();
        let stored = |line: &str| {
            let says: Value = serde_json::from_str(line).unwrap();
            (says["seq"].as_u64().unwrap(), Stored { body: line.to_owned(), says })
        };
        let events = lines.lines().map(stored).collect();
        Self { shell, events, changed: BTreeSet::new(), expected: BTreeSet::new() }
    }

    /// The first event that fits, of a unit in which nothing was planted yet.
    #[track_caller]
    pub(crate) fn find(&self, fits: impl Fn(&Stored) -> bool) -> Stored {
        let is_fresh = |event: &&Stored| !self.expected.iter().any(|(unit, _, _)| unit == event.text("unit"));
        self.events.values().filter(is_fresh).find(|event| fits(event)).expect("such an event").clone()
    }

    /// Whether a unit has every step behind it.
    pub(crate) fn is_done(&self, unit: &str) -> bool {
        let ends = ["unit-completed", "unit-dispatched"];
        let of_unit = |event: &&Stored| event.text("unit") == unit;
        let last = self.events.values().filter(of_unit).rfind(|e| !e.is("unit-closed") && !e.is("refused"));
        last.is_some_and(|event| ends.iter().any(|kind| event.is(kind)))
    }

    /// Whether an event is of the attempt by which its step passed.
    pub(crate) fn passed_with(&self, event: &Stored) -> bool {
        let same = |other: &&Stored| {
            ["unit", "step", "attempt"].iter().all(|key| other.says[*key] == event.says[*key])
                && other.is("step-passed")
        };
        let again = |other: &&Stored| {
            other.text("unit") == event.text("unit") && (other.is("disposed") || other.is("observation-voided"))
        };
        self.events.values().any(|other| same(&other)) && !self.events.values().any(|other| again(&other))
    }

    /// Changes the text of an event.
    #[track_caller]
    pub(crate) fn edit(&mut self, seq: u64, from: &str, to: &str) {
        let event = self.events.get_mut(&seq).unwrap();
        assert!(event.body.contains(from), "{from}: {}", event.body);
        event.body = event.body.replacen(from, to, 1);
        event.says = serde_json::from_str(&event.body).unwrap();
        self.changed.insert(seq);
    }

    /// Takes an event out, and links what builds on it to what it builds on, so that only what it said is missing.
    pub(crate) fn lose(&mut self, seq: u64) {
        let gone = self.events.remove(&seq).unwrap();
        self.changed.insert(seq);
        let next: Vec<_> = self.events.values().filter(|e| e.parent() == Some(seq)).map(Stored::seq).collect();
        for next in next {
            let (from, to) = (
                format!("\"builds_on\":{seq},"),
                gone.parent().map_or_else(String::new, |before| format!("\"builds_on\":{before},")),
            );
            self.edit(next, &from, &to);
        }
    }

    pub(crate) fn expect(&mut self, unit: &str, code: &str, step: &str) {
        self.expected.insert((unit.to_owned(), code.to_owned(), step.to_owned()));
    }

    /// Writes what was changed and makes the tables anew; everything that the check then finds.
    #[expect(clippy::disallowed_methods, reason = "a stranger's hand")]
    pub(crate) fn found(&self, options: &str) -> BTreeSet<Found> {
        let conn = rusqlite::Connection::open(self.shell.ledger()).unwrap();
        for seq in &self.changed {
            let place = (1_i64 << 40) | i64::try_from(*seq).unwrap();
            match self.events.get(seq) {
                Some(event) => conn.execute("UPDATE event SET body = ?1 WHERE id = ?2", (&event.body, place)).unwrap(),
                None => conn.execute("DELETE FROM event WHERE id = ?1", [place]).unwrap(),
            };
        }
        drop(conn);
        self.shell.run("rebuild").done();
        found(&self.shell, options)
    }
}

/// Everything that the check finds, the remark aside that a plant without a replica has.
pub(crate) fn found(shell: &Shell, options: &str) -> BTreeSet<Found> {
    let answer = shell.run(&format!("gaps --json {options}")).json();
    assert_eq!(answer["more"], 0);
    let lists = ["gaps", "remarks"].iter().flat_map(|list| answer[*list].as_array().unwrap());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |finding: &Value| {
        for said in ["what", "who", "how"] {
            assert!(!text(&finding[said]).is_empty(), "{finding}");
        }
        let whose = ["unit", "lot"].iter().map(|of| text(&finding[*of])).find(|of| !of.is_empty());
        (whose.unwrap_or_default(), text(&finding["code"]), text(&finding["step"]))
    };
    lists.map(of).filter(|(unit, code, _)| !(unit.is_empty() && code == "not-replicated")).collect()
}
