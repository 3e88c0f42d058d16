//! EPCIS 2.0: each event has what its sort must have, in the words of the Core Business Vocabulary, and the events are
//! those of the record. The rules are written down here from the standard; its schema file is not part of this project.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::gaps::planted::Week;
use crate::support::shell::Shell;

const BIZ_STEPS: [&str; 11] = [
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
    "holding",
];
const DISPOSITIONS: [&str; 8] =
    ["active", "conformant", "non_conformant", "in_transit", "destroyed", "returned", "available", "unavailable"];
/// What every event may have.
const COMMON: [&str; 10] = [
    "type",
    "eventID",
    "eventTime",
    "recordTime",
    "eventTimeZoneOffset",
    "errorDeclaration",
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
        "ObjectEvent" => (&["action", "epcList", "quantityList"], &["action"]),
        "AggregationEvent" | "AssociationEvent" => {
            (&["action", "parentID", "childEPCs", "childQuantityList"], &["action", "parentID"])
        }
        "TransformationEvent" => (&["inputQuantityList", "outputQuantityList", "transformationID"], &[]),
        other => panic!("{other}"),
    };
    for field in fields.keys() {
        assert!(COMMON.contains(&field.as_str()) || own.contains(&field.as_str()), "{field}: {event}");
    }
    for field in ["eventID", "eventTime", "eventTimeZoneOffset"].iter().chain(must) {
        assert!(fields.contains_key(*field), "no {field}: {event}");
    }
    assert!(is_uri(&event["eventID"]) && is_time(&event["eventTime"]), "{event}");
    let offset = event["eventTimeZoneOffset"].as_str().unwrap();
    let is_offset = offset.len() == 6 && offset.starts_with(['+', '-']) && offset.as_bytes()[3] == b':';
    assert!(is_offset && offset[1..3].parse::<u8>().unwrap() <= 14, "{event}");
    assert!(event["action"].as_str().is_none_or(|a| ["ADD", "OBSERVE", "DELETE"].contains(&a)), "{event}");
    // Where the vocabulary has no step for it, the state is told.
    assert!(fields.contains_key("bizStep") || fields.contains_key("disposition"), "{event}");
    assert!(event["bizStep"].as_str().is_none_or(|step| BIZ_STEPS.contains(&step)), "{event}");
    assert!(
        event["disposition"].is_null() || DISPOSITIONS.contains(&event["disposition"].as_str().unwrap()),
        "{event}"
    );
    for list in ["epcList", "childEPCs"] {
        let list = event[list].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(list.iter().all(is_uri), "{event}");
        assert_eq!(list.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), list.len(), "each once: {event}");
    }
    let many = |list: &str| event[list].as_array().map_or(0, Vec::len);
    match sort {
        "ObjectEvent" => assert_eq!(many("epcList") + many("quantityList"), 1, "{event}"),
        // One that takes its time has a name, and may tell of what went in and of what came of it at different times.
        "TransformationEvent" => {
            let (into, out) = (many("inputQuantityList"), many("outputQuantityList"));
            let is_named = fields.get("transformationID").is_some_and(is_uri);
            assert!(into + out > 0 && (is_named || into * out > 0), "{event}");
        }
        _ => assert!(is_uri(&event["parentID"]) && many("childEPCs") + many("childQuantityList") > 0, "{event}"),
    }
    for list in ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"] {
        for quantity in event[list].as_array().into_iter().flatten() {
            let is_known = quantity.get("quantity").is_none_or(|many| many.as_u64().is_some_and(|many| many > 0));
            assert!(is_uri(&quantity["epcClass"]) && is_known, "{event}");
        }
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

/// The number that an object event is about; of a batch its class.
fn epc(event: &Value) -> &str {
    event["epcList"][0].as_str().or(event["quantityList"][0]["epcClass"].as_str()).unwrap()
}

fn transformed(events: &[Value], with: &str, without: &str) -> usize {
    let fits = |e: &&Value| e["type"] == "TransformationEvent" && e[with].is_array() && e[without].is_null();
    events.iter().filter(fits).filter(|e| e["errorDeclaration"].is_null()).count()
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
    let begun = kind("unit-started") - samples;
    assert_eq!(count(&events, "commissioning", "ADD", Some("active")), begun);
    assert_eq!(count(&events, "inspecting", "OBSERVE", Some("conformant")), kind("step-passed"));
    assert_eq!(count(&events, "inspecting", "OBSERVE", Some("non_conformant")), kind("step-failed"));
    let serial = with("material-installed", &|data| data["piece"]["serial"].is_string());
    assert_eq!(count(&events, "installing", "ADD", None), serial);
    let lots = with("material-installed", &|data| data["piece"]["lot"].is_string());
    let is_made = |e: &&crate::gaps::planted::Stored| e.is("material-installed") && e.says["pieces"].is_u64();
    let into_batches = week.events.values().filter(is_made).count();
    assert!(into_batches > 0);
    assert_eq!(count(&events, "assembling", "ADD", None), lots - into_batches);
    assert_eq!(transformed(&events, "inputQuantityList", "outputQuantityList"), into_batches);
    let moved = kind("batch-begun") + kind("batch-joined");
    let both = events.iter().filter(|e| e["inputQuantityList"].is_array() && e["outputQuantityList"].is_array());
    assert_eq!(both.count(), moved);
    let removed: usize = week.events.values().filter_map(|e| e.says["data"]["removed"].as_array()).map(Vec::len).sum();
    assert_eq!(count(&events, "removing", "DELETE", None), removed);
    let scrapped = with("disposed", &|data| data["outcome"] == "scrap");
    assert_eq!(count(&events, "destroying", "DELETE", Some("destroyed")), scrapped);
    assert_eq!(told(&week.shell, "--all"), events, "the same names in every export");
    let based = told(&week.shell, "--all --base https://plant.example/id/");
    // What has a GTIN has its Digital Link, everything else the address of the plant.
    let is_begun = |e: &&Value| e["bizStep"] == "commissioning" && e["type"] == "ObjectEvent";
    let begun: Vec<&str> = based.iter().filter(is_begun).map(epc).collect();
    let (linked, own): (Vec<&str>, Vec<&str>) =
        begun.into_iter().partition(|name| name.starts_with("https://id.gs1.org/01/"));
    assert!(!linked.is_empty() && !own.is_empty());
    let is_own = |name: &&str| name.starts_with("https://plant.example/id/unit/") || is_batch(name);
    assert!(own.iter().all(is_own) && own.iter().any(is_batch), "{own:?}");
    // A sub-assembly has one name, in its own record and in the product.
    let made: BTreeSet<_> = based.iter().filter(is_begun).map(|e| e["epcList"][0].to_string()).collect();
    let boards = based.iter().filter(|e| e["bizStep"] == "installing").flat_map(|e| e["childEPCs"].as_array().unwrap());
    assert!(boards.filter(|name| made.contains(&name.to_string())).count() > 5);
}

fn is_batch(name: &&str) -> bool {
    name.starts_with("https://plant.example/id/batch/")
}

/// Pieces have no numbers: what goes into a batch is not to be found in any of them again, and a batch that goes into
/// another one is no more.
#[test]
fn what_ceases_to_be_in_making_a_batch_is_transformed() {
    let shell = Shell::at_work();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/washer.toml");
    shell.run(&format!("route release {file} --by OP-1001")).done();
    for (lot, part) in [("ST-1", "STEEL"), ("GR-1", "GREASE")] {
        shell.run(&format!("lot receive {lot} --part {part} --quantity 1000 --by OP-1001")).done();
    }
    let void = r#"{"command":"void","reason":"wrong lot"}"#;
    let begun = ["OP-2001", "BW0001", r#"{"value":"40"}"#, "ST-1", void, "ST-1", r#"{"value":"pass"}"#];
    assert_eq!(shell.pipe("PRESS-1", &begun)[6]["did"], "step-passed");
    shell.run("batch split BW0001 --quantity 15 --into BW0002 --by OP-1001").done();
    shell.run("batch merge BW0002 --into BW0001 --by OP-1001").done();
    let events = told(&shell, "--all");
    let of = |list: &Value| {
        let name = |q: &Value| q["epcClass"].as_str().unwrap().rsplit([':', '/']).next().unwrap().to_owned();
        list.as_array().map(|list| list.iter().map(|q| (name(q), q["quantity"].as_u64().unwrap())).collect::<Vec<_>>())
    };
    let changed: Vec<_> = events
        .iter()
        .filter(|e| e["type"] == "TransformationEvent")
        .map(|e| (of(&e["inputQuantityList"]), of(&e["outputQuantityList"]), e["errorDeclaration"].is_object()))
        .collect();
    let some = |name: &str, many| Some(vec![(name.to_owned(), many)]);
    assert_eq!(
        changed,
        [
            (some("ST-1", 80), None, false),
            (some("ST-1", 80), None, true),
            (some("ST-1", 80), None, false),
            (some("BW0002", 15), some("BW0001", 15), false),
            (some("BW0001", 15), some("BW0002", 15), false),
        ]
    );
    let begun = events.iter().find(|e| e["bizStep"] == "commissioning" && e["action"] == "ADD").unwrap();
    assert_eq!((begun["epcList"].is_null(), &begun["quantityList"][0]["quantity"]), (true, &40.into()));
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

/// What became of each lot of a week, by its log; and its name is the one that units tell of what they took.
#[test]
fn a_lot_is_told_from_its_receipt_on() {
    let week = Week::new();
    let listed = week.shell.run("lot list --json").json()["lots"].clone();
    let mut met = BTreeSet::new();
    for stands in listed.as_array().unwrap() {
        let lot = stands["lot"].as_str().unwrap();
        let events = told(&week.shell, &format!("--lot {lot}"));
        let is_lot = |e: &&Value| e["type"] == "ObjectEvent" && e["quantityList"][0]["epcClass"].is_string();
        let own: Vec<&Value> = events.iter().filter(is_lot).filter(|e| epc(e).ends_with(lot)).collect();
        let of_log = week.events.values().filter(|e| e.says["data"]["lot"] == lot);
        let due: Vec<_> = of_log.filter_map(|e| Some((said(e)?, &e.says["at"]))).collect();
        assert_eq!(own.iter().map(|e| (in_words(e), &e["eventTime"])).collect::<Vec<_>>(), due, "{lot}");
        met.extend(due.iter().map(|(said, _)| *said));
        let receipt = week.events.values().find(|e| e.is("lot-received") && e.says["data"]["lot"] == lot).unwrap();
        let received = receipt.says["data"]["quantity"].as_str().unwrap();
        assert_eq!(own[0]["quantityList"][0]["quantity"].to_string(), received, "{lot}");
        assert!(own.iter().all(|e| e["action"] == "OBSERVE" && epc(e) == epc(own[0])), "{lot}");
        for list in ["childQuantityList", "inputQuantityList"] {
            let taken = events.iter().flat_map(|e| e[list].as_array().into_iter().flatten());
            let of_it: Vec<_> = taken.map(|q| q["epcClass"].as_str().unwrap()).filter(|n| n.ends_with(lot)).collect();
            assert!(of_it.iter().all(|name| *name == epc(own[0])), "{lot}: {of_it:?}");
        }
    }
    let all = [
        (Some("receiving"), "available"),
        (Some("receiving"), "unavailable"),
        (Some("inspecting"), "conformant"),
        (Some("inspecting"), "non_conformant"),
        (Some("holding"), "unavailable"),
        (None, "available"),
        (None, "non_conformant"),
    ];
    assert_eq!(met, BTreeSet::from(all), "the week has all of them");
    let failed = "lot inspect L2611-00001 --failed --reason cracks --by OP-3001";
    week.shell.run_with(failed, "TRAVELLER_PIN", "619274").done();
    let last = told(&week.shell, "--lot L2611-00001").into_iter().filter(|e| e["bizStep"] == "inspecting");
    assert!(last.into_iter().any(|e| e["disposition"] == "non_conformant" && epc(&e).ends_with("L2611-00001")));
}

/// Step and state of an event.
fn in_words(event: &Value) -> (Option<&str>, &str) {
    (event["bizStep"].as_str(), event["disposition"].as_str().unwrap())
}

/// What an event of a lot is in the vocabulary.
fn said(event: &crate::gaps::planted::Stored) -> Option<(Option<&'static str>, &'static str)> {
    let data = &event.says["data"];
    Some(match event.says["kind"].as_str().unwrap() {
        "lot-received" if data["quarantined"] == true => (Some("receiving"), "unavailable"),
        "lot-received" => (Some("receiving"), "available"),
        "lot-inspected" if data["passed"] == true => (Some("inspecting"), "conformant"),
        "lot-inspected" => (Some("inspecting"), "non_conformant"),
        "lot-held" => (Some("holding"), "unavailable"),
        "lot-released" => (None, "available"),
        "lot-rejected" => (None, "non_conformant"),
        _ => return None,
    })
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
