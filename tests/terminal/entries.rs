//! What an entered line means: the answer to what the step asks next, or a label.

use traveller::app::entry::{Entry, fails, read};
use traveller::domain::need::Need;
use traveller::domain::route::Route;

fn route(file: &str) -> Route {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("routes").join(file);
    traveller::route_file::released(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What a line means while that check is next.
fn meaning(route: &Route, check: &str, text: &str) -> Option<String> {
    let check = route.steps.iter().find_map(|s| s.check(&check.parse().unwrap())).unwrap();
    match read(text, Some(&Need::Check { check, point: None, left: 1 }), route) {
        Entry::Value(value) => Some(value),
        Entry::Label => None,
    }
}

#[test]
fn a_line_is_a_value_only_where_it_could_be_the_answer() {
    let (pump, gearbox) = (route("pc200.toml"), route("gearbox.toml"));
    let cases: [(&Route, &str, &str, Option<&str>); 28] = [
        (&pump, "complete", "1", Some("pass")),
        (&pump, "complete", "2", Some("fail")),
        (&pump, "complete", "3", None),
        (&pump, "complete", "11", None),
        (&pump, "complete", "pass", None),
        (&pump, "display", "1", Some("clear")),
        (&pump, "display", "4", Some("dead")),
        (&pump, "display", "5", None),
        (&pump, "display", "0", None),
        (&pump, "display", "dim", Some("dim")),
        (&pump, "display", "Dim", None),
        (&pump, "torque", "2.21", Some("2.21")),
        (&pump, "torque", "2,21", Some("2,21")),
        (&pump, "torque", "OP-2001", None),
        (&pump, "torque", "4711", None),
        (&pump, "torque", "PC226-000418", None),
        (&pump, "firmware", "PC200-2.4.1", None),
        (&pump, "firmware", "1", None),
        (&pump, "remark", "none", Some("none")),
        (&pump, "remark", "PC226-000418", None),
        (&pump, "remark", "]C0PC226-000418", None),
        (&pump, "remark", "A\u{1b}[2J", None),
        (&gearbox, "certificate", "AB-1234", Some("AB-1234")),
        (&gearbox, "certificate", "ab-1234", None),
        (&gearbox, "certificate", "GX80-00042", None),
        (&gearbox, "noise", "68", Some("68")),
        (&gearbox, "noise", "6800", Some("6800")),
        (&gearbox, "noise", "680000", None),
    ];
    for (route, check, text, value) in cases {
        assert_eq!(meaning(route, check, text).as_deref(), value, "{check}: {text:?}");
    }
}

#[test]
fn a_gs1_label_of_the_product_answers_no_check() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/routes/filter.toml");
    let filter = traveller::route_file::released(&std::fs::read_to_string(path).unwrap()).unwrap();
    for label in [
        "010952100000001821F2",
        "]d2010952100000001821F2",
        "(01)09521000000018(21)F2",
        "https://id.example.com/01/09521000000018/21/F2",
    ] {
        assert_eq!(meaning(&filter, "note", label), None, "{label}");
    }
    assert_eq!(meaning(&filter, "note", "0109521 is bent").as_deref(), Some("0109521 is bent"));
}

#[test]
fn without_a_check_to_answer_everything_is_a_label() {
    let pump = route("pc200.toml");
    let part = "PCB-0417".parse().unwrap();
    let capture = traveller::domain::route::Capture::Serial;
    let material = Need::Material { part: &part, title: "Main board", capture, left: 1 };
    for text in ["1", "2.21", "none", "B0004170"] {
        assert_eq!(read(text, None, &pump), Entry::Label);
        assert_eq!(read(text, Some(&material), &pump), Entry::Label);
    }
}

#[test]
fn what_fails_for_certain_is_known_before_it_is_recorded() {
    let pump = route("pc200.toml");
    let check = |id: &str| pump.steps.iter().find_map(|s| s.check(&id.parse().unwrap())).unwrap();
    assert!(fails(check("complete"), "fail") && !fails(check("complete"), "pass"));
    assert!(fails(check("display"), "dim") && !fails(check("display"), "clear"));
    assert!(!fails(check("torque"), "9.99"), "numbers are asked twice by the gate");
}
