//! The traveller document: what is on record about a unit, and what the record lacks.

use serde_json::Value;
use traveller::domain::event::Event;
use traveller::domain::traveller::Traveller;
use traveller::report::gaps::{gaps, is_complete};

use super::pump::{self, PUMP, at_the_bench};
use crate::support::shell::{Shell, VALVE};

#[test]
fn a_whole_record_is_complete() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let shown = shell.run("show V000001 --json").json();
    assert_eq!(
        (&shown["state"], &shown["complete"], &shown["step"]),
        (&"dispatched".into(), &true.into(), &Value::Null)
    );
    assert_eq!(shown["gaps"].as_array().unwrap().len(), 0);
    let steps = shown["steps"].as_array().unwrap();
    let states: Vec<_> = steps.iter().map(|s| (s["id"].as_str().unwrap(), s["state"].as_str().unwrap())).collect();
    assert_eq!(states, [("10", "passed"), ("20", "passed"), ("30", "passed"), ("40", "passed")]);
    let bench = &steps[1]["attempts"][0];
    assert_eq!(
        (&bench["by"], &bench["station"], &bench["result"]),
        (&"OP-2001".into(), &"BENCH-1".into(), &"passed".into())
    );
    let torque = &bench["checks"][1];
    assert_eq!((&torque["id"], &torque["point"], &torque["value"]), (&"torque".into(), &"B".into(), &"2.20".into()));
    assert_eq!((&torque["verdict"], &torque["how"]), (&"pass".into(), &"typed".into()));
    let signed = &steps[2]["attempts"][0]["signatures"][0];
    assert_eq!((&signed["by"], &signed["meaning"]), (&"OP-3001".into(), &"tested and accepted".into()));
    let seal = &steps[0]["attempts"][0]["materials"][1];
    assert_eq!((&seal["part"], &seal["lot"], &seal["quantity"]), (&"SEAL".into(), &"L-1".into(), &2.into()));
    let events = shown["events"].as_array().unwrap();
    let listed = shell.run("events --unit V000001 --json").done();
    assert_eq!(events.len(), listed.lines().count());
    let page = shell.run("show V000001").done();
    assert!(page.contains("Record    complete") && page.contains("torque B = 2.20"), "{page}");
}

#[test]
fn a_unit_on_its_way_lacks_what_lies_ahead() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0002", "L-1"]);
    shell.run("hold V000002 --reason stop --by OP-1001").done();
    let shown = shell.run("show V000002 --json").json();
    assert_eq!((&shown["state"], &shown["complete"], &shown["step"]), (&"held".into(), &false.into(), &"20".into()));
    assert_eq!((&shown["hold"]["reason"], &shown["hold"]["by"]), (&"stop".into(), &"OP-1001".into()));
    let steps: Vec<_> = shown["gaps"].as_array().unwrap().iter().map(|g| g["step"].as_str().unwrap()).collect();
    assert_eq!(steps, ["20", "30", "40"]);
    let (what, _) = shell.run("show V000003").failed(1);
    assert!(what.contains("V000003 is not on record"), "{what}");
}

/// A record from which one event is missing lacks exactly what that event said.
#[test]
fn whatever_is_missing_is_named() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let route = traveller::route_file::released(&std::fs::read_to_string(VALVE).unwrap()).unwrap();
    let listed = shell.run("events --unit V000001 --json").done();
    let events: Vec<Event> = listed.lines().map(|body| Event::read(body).unwrap()).collect();
    let lacking = |without: usize| {
        let kept = events.iter().enumerate().filter(|(n, _)| *n != without).map(|(_, e)| e);
        let traveller = Traveller::replay(kept);
        let gaps = gaps(&traveller, &route);
        assert_eq!(is_complete(&traveller, &gaps), gaps.is_empty() && without >= events.len());
        gaps.into_iter().map(|g| (g.code, g.step.to_string())).collect::<Vec<_>>()
    };
    assert!(lacking(events.len()).is_empty());
    let mut named = 0;
    for (n, event) in events.iter().enumerate() {
        let code = match event.what.kind() {
            "material-installed" => "material-missing",
            "check-recorded" => "check-missing",
            "signature-recorded" => "signature-missing",
            "step-passed" => "step-missing",
            _ => continue,
        };
        let step = event.about.step.as_ref().unwrap().to_string();
        let gaps = lacking(n);
        assert!(gaps.contains(&(code, step.clone())), "without the {code} of step {step}: {gaps:?}");
        named += 1;
    }
    assert_eq!(named, 2 + 6 + 1 + 1 + 4);
}

/// What a unit need not have is no gap, and is told as what it is; what it measured names its gauge.
#[test]
fn a_record_lacks_nothing_of_a_step_that_the_unit_does_not_have() {
    let shell = pump::shell();
    at_the_bench(&shell, &["P000001"]);
    let skipped = shell.pipe("BENCH-1", &["OP-2001", "P000001", r#"{"command":"skip"}"#]);
    assert_eq!(skipped[2]["did"], "step-skipped", "{skipped:?}");
    let left = shell.pipe("GATE-1", &["OP-2001", "P000001", r#"{"command":"pass"}"#]);
    assert_eq!(left[2]["did"], "unit-dispatched", "{left:?}");
    let shown = shell.run("show P000001 --json").json();
    assert_eq!((&shown["complete"], shown["gaps"].as_array().unwrap().len()), (&true.into(), 0), "{}", shown["gaps"]);
    let states: Vec<_> = shown["steps"].as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["passed", "passed", "not-of-variant", "skipped", "passed"]);
    assert_eq!(shown["steps"][1]["attempts"][0]["checks"][0]["gauge"], "G-7");
    let page = shell.run("show P000001").done();
    assert!(page.contains("Order     88120") && page.contains("Variant   STD") && page.contains("gauge G-7"), "{page}");

    let route = traveller::route_file::released(&std::fs::read_to_string(PUMP).unwrap()).unwrap();
    let listed = shell.run("events --unit P000001 --json").done();
    let told = |kind: &str, of: &str, key: &str| {
        let without = |body: &str| {
            let mut event: Value = serde_json::from_str(body).unwrap();
            if kind.is_empty() || event["kind"] == kind {
                let place = if of.is_empty() { &mut event } else { &mut event[of] };
                place.as_object_mut().unwrap().remove(key);
            }
            Event::read(&event.to_string()).unwrap()
        };
        let events: Vec<_> = listed.lines().map(without).collect();
        let lacking = gaps(&Traveller::replay(&events), &route);
        lacking.into_iter().map(|g| (g.code, g.step.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(told("", "", "nothing"), []);
    assert_eq!(told("check-recorded", "data", "gauge"), [("gauge-missing", "20".to_owned())]);
    assert_eq!(told("", "", "order"), [("order-missing", "10".to_owned())]);
    assert_eq!(told("unit-started", "data", "variant")[0], ("variant-missing", "10".to_owned()));
}

/// Steps of a group count in whichever order they passed, and a unit that was not drawn lacks nothing.
#[test]
fn a_record_is_measured_by_the_way_that_the_unit_took() {
    let shell = Shell::at_work();
    let route = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command_line/routes/tray.toml");
    shell.run(&format!("route release {route} --by OP-1001")).done();
    let pass = |station: &str, unit: &str| {
        let answers = shell.pipe(station, &["OP-2001", unit, r#"{"command":"pass"}"#]);
        assert_eq!(answers[2]["verdict"], "accepted", "{station}: {answers:?}");
    };
    let states = |unit: &str| {
        let shown = shell.run(&format!("show {unit} --json")).json();
        let steps = shown["steps"].as_array().unwrap();
        let states: Vec<_> = steps.iter().map(|s| s["state"].as_str().unwrap().to_owned()).collect();
        let gaps: Vec<_> = shown["gaps"].as_array().unwrap().iter().map(|g| g["step"].to_string()).collect();
        (states.join(" "), gaps.join(" "), shown["complete"] == true)
    };
    for unit in ["T0001", "T0002"] {
        pass("CUT-1", unit);
        pass("RIGHT-1", unit);
    }
    let half = ("passed due passed ahead ahead".to_owned(), r#""20" "40" "50""#.to_owned(), false);
    assert_eq!(states("T0001"), half);
    pass("LEFT-1", "T0001");
    pass("LEFT-1", "T0002");
    let weighed = shell.pipe("SCALE-1", &["OP-2001", "T0001", r#"{"value":"pass"}"#]);
    assert_eq!(weighed[2]["did"], "step-passed", "{weighed:?}");
    for unit in ["T0001", "T0002"] {
        pass("GATE-1", unit);
    }
    assert_eq!(states("T0001"), ("passed passed passed passed passed".to_owned(), String::new(), true));
    assert_eq!(states("T0002"), ("passed passed passed not-sampled passed".to_owned(), String::new(), true));
}
