//! EPCIS 2.0: each event has what its sort must have, in the words of the Core Business Vocabulary, and the events are
//! those of the record. The rules are written down here from the standard; its schema file is not part of this project.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::gaps::planted::Week;
use crate::support::shell::Shell;

const BIZ_STEPS: [&str; 10] = [
    "commissioning",
    "inspecting",
    "installing",
    "removing",
    "assembling",
    "packing",
    "unpacking",
    "shipping",
    "destroying",
    "receiving",
];
const DISPOSITIONS: [&str; 6] = ["active", "conformant", "non_conformant", "in_transit", "destroyed", "returned"];
/// What every event may have.
const COMMON: [&str; 11] = [
    "type",
    "eventID",
    "eventTime",
    "recordTime",
    "eventTimeZoneOffset",
    "errorDeclaration",
    "action",
    "bizStep",
    "disposition",
    "readPoint",
    "bizTransactionList",
];

fn is_uri(value: &Value) -> bool {
    let text = value.as_str().unwrap();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty()
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && text.bytes().all(plain)
}

fn is_time(value: &Value) -> bool {
    value.as_str().unwrap().parse::<jiff::Timestamp>().is_ok()
}

/// Whether an event is as the standard asks.
#[track_caller]
fn is_sound(event: &Value) {
    let fields = event.as_object().unwrap();
    let sort = event["type"].as_str().unwrap();
    let (own, must): (&[&str], &[&str]) = match sort {
        "ObjectEvent" => (&["epcList"], &["epcList"]),
        "AggregationEvent" | "AssociationEvent" => (&["parentID", "childEPCs", "childQuantityList"], &["parentID"]),
        other => panic!("{other}"),
    };
    for field in fields.keys() {
        assert!(COMMON.contains(&field.as_str()) || own.contains(&field.as_str()), "{field}: {event}");
    }
    for field in ["eventID", "eventTime", "eventTimeZoneOffset", "action", "bizStep"].iter().chain(must) {
        assert!(fields.contains_key(*field), "no {field}: {event}");
    }
    assert!(is_uri(&event["eventID"]) && is_time(&event["eventTime"]), "{event}");
    let offset = event["eventTimeZoneOffset"].as_str().unwrap();
    let is_offset = offset.len() == 6 && offset.starts_with(['+', '-']) && offset.as_bytes()[3] == b':';
    assert!(is_offset && offset[1..3].parse::<u8>().unwrap() <= 14, "{event}");
    assert!(["ADD", "OBSERVE", "DELETE"].contains(&event["action"].as_str().unwrap()), "{event}");
    assert!(BIZ_STEPS.contains(&event["bizStep"].as_str().unwrap()), "{event}");
    assert!(
        event["disposition"].is_null() || DISPOSITIONS.contains(&event["disposition"].as_str().unwrap()),
        "{event}"
    );
    for list in ["epcList", "childEPCs"] {
        let list = event[list].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(list.iter().all(is_uri), "{event}");
        assert_eq!(list.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), list.len(), "each once: {event}");
    }
    if sort != "ObjectEvent" {
        let many = |list: &str| event[list].as_array().map_or(0, Vec::len);
        assert!(is_uri(&event["parentID"]) && many("childEPCs") + many("childQuantityList") > 0, "{event}");
    }
    for quantity in event["childQuantityList"].as_array().into_iter().flatten() {
        assert!(is_uri(&quantity["epcClass"]) && quantity["quantity"].is_u64(), "{event}");
    }
    for transaction in event["bizTransactionList"].as_array().into_iter().flatten() {
        assert!(transaction["type"] == "prodorder" && is_uri(&transaction["bizTransaction"]), "{event}");
    }
    if let Some(place) = fields.get("readPoint") {
        assert!(is_uri(&place["id"]), "{event}");
    }
    if let Some(error) = fields.get("errorDeclaration") {
        assert!(is_time(&error["declarationTime"]) && error["reason"] == "did_not_occur", "{event}");
    }
}

#[track_caller]
fn told(shell: &Shell, options: &str) -> Vec<Value> {
    let document = shell.run(&format!("export --format epcis {options}")).done();
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!((&document["type"], &document["schemaVersion"]), (&"EPCISDocument".into(), &"2.0".into()));
    assert!(document["@context"].as_array().unwrap().iter().all(is_uri) && is_time(&document["creationDate"]));
    let events = document["epcisBody"]["eventList"].as_array().unwrap().clone();
    events.iter().for_each(is_sound);
    let names: BTreeSet<String> = events
        .iter()
        .filter(|event| event["errorDeclaration"].is_null())
        .map(|event| event["eventID"].to_string())
        .collect();
    let first = events.iter().filter(|event| event["errorDeclaration"].is_null()).count();
    assert_eq!(names.len(), first, "each event has a name of its own");
    events
}

fn count(events: &[Value], step: &str, action: &str, disposition: Option<&str>) -> usize {
    let fits = |event: &&Value| {
        event["bizStep"] == step
            && event["action"] == action
            && event["disposition"].as_str() == disposition
            && event["errorDeclaration"].is_null()
    };
    events.iter().filter(fits).count()
}

fn epc(event: &Value) -> &str {
    event["epcList"][0].as_str().unwrap()
}

#[test]
fn the_events_are_those_of_the_record() {
    let week = Week::new();
    let events = told(&week.shell, "--all");
    let kind = |kind: &str| week.events.values().filter(|e| e.is(kind)).count();
    let with = |kind: &str, fits: &dyn Fn(&Value) -> bool| {
        week.events.values().filter(|e| e.is(kind) && fits(&e.says["data"])).count()
    };
    // Golden samples are no goods.
    let samples = week.events.values().filter(|e| e.is("unit-started") && e.says["purpose"] == "golden").count();
    let begun = kind("unit-started") - samples + kind("batch-begun");
    assert_eq!(count(&events, "commissioning", "ADD", Some("active")), begun);
    assert_eq!(count(&events, "inspecting", "OBSERVE", Some("conformant")), kind("step-passed"));
    assert_eq!(count(&events, "inspecting", "OBSERVE", Some("non_conformant")), kind("step-failed"));
    let serial = with("material-installed", &|data| data["piece"]["serial"].is_string());
    assert_eq!(count(&events, "installing", "ADD", None), serial);
    let lots = with("material-installed", &|data| data["piece"]["lot"].is_string());
    assert_eq!(count(&events, "assembling", "ADD", None), lots);
    let removed: usize = week.events.values().filter_map(|e| e.says["data"]["removed"].as_array()).map(Vec::len).sum();
    assert_eq!(count(&events, "removing", "DELETE", None), removed);
    let scrapped = with("disposed", &|data| data["outcome"] == "scrap");
    assert_eq!(count(&events, "destroying", "DELETE", Some("destroyed")), scrapped);
    assert_eq!(told(&week.shell, "--all"), events, "the same names in every export");
    let based = told(&week.shell, "--all --base https://plant.example/id/");
    // What has a GTIN has its Digital Link, everything else the address of the plant.
    let begun: Vec<&str> = based.iter().filter(|e| e["bizStep"] == "commissioning").map(epc).collect();
    let (linked, own): (Vec<&str>, Vec<&str>) =
        begun.into_iter().partition(|name| name.starts_with("https://id.gs1.org/01/"));
    assert!(!linked.is_empty() && !own.is_empty());
    assert!(own.iter().all(|name| name.starts_with("https://plant.example/id/unit/")), "{own:?}");
    // A sub-assembly has one name, in its own record and in the product.
    let made: BTreeSet<_> =
        based.iter().filter(|e| e["bizStep"] == "commissioning").map(|e| e["epcList"][0].to_string()).collect();
    let boards = based.iter().filter(|e| e["bizStep"] == "installing").flat_map(|e| e["childEPCs"].as_array().unwrap());
    assert!(boards.filter(|name| made.contains(&name.to_string())).count() > 5);
}

#[test]
fn what_was_taken_back_is_declared_an_error() {
    let shell = Shell::at_work();
    let void = r#"{"command":"void","reason":"wrong body"}"#;
    let last = shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", void, "B0002", "L-1"]);
    assert_eq!(last[4]["did"], "voided", "{last:?}");
    let events = told(&shell, "V000001");
    let bodies: Vec<_> = events.iter().filter(|e| e["bizStep"] == "installing").collect();
    let [first, declared, second] = bodies.as_slice() else { panic!("{bodies:?}") };
    assert!(first["errorDeclaration"].is_null() && declared["errorDeclaration"].is_object());
    assert_eq!((&first["eventID"], &first["childEPCs"]), (&declared["eventID"], &declared["childEPCs"]));
    assert_ne!(second["childEPCs"], first["childEPCs"]);
}

#[test]
fn cartons_leave_once_by_their_sscc() {
    let shell = crate::command_line::cartons::shell();
    shell.run("shipment close LS-1 --by OP-1001").done();
    let events = told(&shell, "--all");
    assert_eq!(count(&events, "packing", "ADD", None), 3);
    let left: Vec<_> =
        events.iter().filter(|e| e["bizStep"] == "shipping").map(|e| e["epcList"][0].as_str().unwrap()).collect();
    let of_carton: Vec<_> = left.iter().filter(|name| **name == "https://id.gs1.org/00/306141410000000006").collect();
    assert_eq!((of_carton.len(), left.len()), (1, 2), "{left:?}");
    shell.run("return SO000001 --reason smells --by OP-1001").done();
    assert_eq!(count(&told(&shell, "SO000001"), "receiving", "OBSERVE", Some("returned")), 1);
}
