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

/// The lot has a trace of its own, before those of the units that have it.
#[test]
fn the_trace_of_a_lot_is_its_history() {
    let week = Week::new();
    let lots = week.shell.run("lot list --json").json()["lots"].clone();
    for lot in lots.as_array().unwrap().iter().map(|lot| lot["lot"].as_str().unwrap()) {
        let file = week.shell.home.path().join(format!("{lot}.xes"));
        week.shell.run(&format!("export --lot {lot} --format xes --to {lot}.xes")).done();
        let checked = Command::new("xmllint").args(["--noout", "--schema", SCHEMA]).arg(&file).output().unwrap();
        assert!(checked.status.success(), "{lot}: {}", String::from_utf8_lossy(&checked.stderr));
        let log = std::fs::read_to_string(&file).unwrap();
        let own = log.split("</trace>").next().unwrap();
        assert!(own.contains(&format!("<string key=\"concept:name\" value=\"{lot}\"/>")), "{own}");
        let history = week.shell.run(&format!("lot show {lot} --json")).json()["history"].clone();
        let history = history.as_array().unwrap();
        assert_eq!(own.matches("<event>").count(), history.len(), "{lot}");
        let drawn = history.iter().filter(|entry| entry["what"] == "drawn").count();
        assert_eq!(own.matches("<string key=\"concept:name\" value=\"Used\"/>").count(), drawn, "{lot}");
        for entry in history {
            let at = format!("<date key=\"time:timestamp\" value=\"{}\"/>", entry["at"].as_str().unwrap());
            assert!(own.contains(&at), "{lot}: {at}");
        }
    }
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
