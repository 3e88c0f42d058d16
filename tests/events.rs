//! Events of every version that plants have on disk, one for each kind: they stay readable for ever.
//!
//! `events/version-1.jsonl` was written by the first version and is never changed. A new version of a kind gets a file
//! of its own.

use std::collections::BTreeSet;

use traveller::domain::event::Event;

const VERSION_1: &str = include_str!("events/version-1.jsonl");
/// Kinds of events in the first version.
const KINDS: usize = 29;

#[test]
fn what_the_first_version_wrote_is_read_and_written_the_same() {
    let mut kinds = BTreeSet::new();
    for body in VERSION_1.lines() {
        let event = Event::read(body).unwrap_or_else(|e| panic!("{e}: {body}"));
        assert_eq!(event.body(), body, "what was read is not what was written");
        let outcome = Event::read_outcome(body).unwrap();
        assert_eq!((&outcome.stamp, &outcome.about, &outcome.what), (&event.stamp, &event.about, &event.what));
        kinds.insert(event.what.kind());
    }
    assert_eq!(kinds.len(), KINDS, "{kinds:?}");
}

#[test]
fn what_is_no_event_is_refused_with_words() {
    let body = VERSION_1.lines().next().unwrap();
    for (damage, with) in
        [("\"v\":1", "\"v\":99"), ("ledger-created", "ledger-destroyed"), ("\"seq\":1", "\"seq\":\"1\"")]
    {
        let damaged = body.replacen(damage, with, 1);
        assert_ne!(damaged, body);
        assert!(Event::read(&damaged).unwrap_err().to_string().starts_with("no readable event: "));
    }
}
