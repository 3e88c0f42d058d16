//! XES: the log is as the schema of the standard asks, and its events are those of the record.

use std::process::Command;

use crate::gaps::planted::Week;

/// The rules of the standard for what stands where, as a schema; written for this test.
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/export/xes.xsd");

#[test]
fn the_log_is_valid_and_its_events_are_those_of_the_record() {
    let mut week = Week::new();
    let event = week.find(|e| e.is("disposed"));
    let reason = format!("\"reason\":{}", event.says["reason"]);
    week.edit(event.seq(), &reason, "\"reason\":\"<b>\\\"R&D\\\"\\u0001\"");
    week.found("");
    week.shell.run("export --all --format xes --to log.xes").done();
    let file = week.shell.home.path().join("log.xes");
    let checked = Command::new("xmllint").args(["--noout", "--schema", SCHEMA]).arg(&file).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let log = std::fs::read_to_string(&file).unwrap();
    let kind = |kind: &str| week.events.values().filter(|e| e.is(kind)).count();
    assert_eq!(log.matches("<trace>").count(), kind("unit-started") + kind("batch-begun"));
    for kind_of in ["unit-opened", "step-passed", "step-failed", "disposed", "unit-held", "unit-dispatched"] {
        let written = format!("<string key=\"kind\" value=\"{kind_of}\"/>");
        assert_eq!(log.matches(&written).count(), kind(kind_of), "{kind_of}");
    }
    assert!(log.contains("value=\"&lt;b&gt;&quot;R&amp;D&quot;&lt;01&gt;\""), "nothing breaks out of its place");
}

/// What the schema would not let pass, so that it is known to look.
#[test]
fn a_log_in_disorder_is_found() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("log.xes");
    let log = |body: &str| format!("<log xes.version=\"1849.2016\">{body}</log>");
    for (body, is_valid) in [
        ("<trace><event><string key=\"a\" value=\"b\"/></event></trace>", true),
        ("<trace><event><string key=\"a\"/></event></trace>", false),
        ("<trace><event><date key=\"a\" value=\"yesterday\"/></event></trace>", false),
        ("<trace/><classifier name=\"a\" keys=\"b\"/>", false),
        ("<event><trace/></event>", false),
        ("<classifier name=\"Activity\" keys=\"concept:name\"/>", true),
        ("<classifier name=\"by activity\" keys=\"concept:name\"/>", false),
        ("<global scope=\"unit\"/>", false),
    ] {
        std::fs::write(&file, log(body)).unwrap();
        let checked = Command::new("xmllint").args(["--noout", "--schema", SCHEMA]).arg(&file).output().unwrap();
        assert_eq!(checked.status.success(), is_valid, "{body}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}
