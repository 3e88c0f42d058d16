//! The forms that a line of the pipe may have, and what is none.

use super::input::*;
use crate::domain::command::{Command, Decide};
use crate::domain::id::Badge;
use crate::domain::label::Label;
use crate::domain::refusal::Code;
use crate::domain::reworking::Reworking;

fn command(line: &str) -> Command {
    read(line.as_bytes()).command
}

#[test]
fn each_form_of_the_contract_is_read() {
    assert!(matches!(command("PC226-000001"), Command::Scan { label: Label::Text(t), .. } if t == "PC226-000001"));
    let named = read(br#"{"scan":"A","device":"DS2208"}"#);
    assert_eq!(named.device.unwrap().as_str(), "DS2208");
    assert_eq!(read(b"PC226-000001").device.unwrap().as_str(), "pipe");
    assert_eq!(read(br#"{"value":"2.21"}"#).device, None);
    let value = command(r#"{"value":"2.21","check":"torque","point":"A","gauge":"G-7"}"#);
    assert!(matches!(value, Command::Value { check: Some(c), gauge: Some(_), .. } if c.as_str() == "torque"));
    assert_eq!(command(r#"{"command":"pass"}"#), Command::Pass);
    assert_eq!(command(r#"{"command":"void","reason":"typo"}"#), Command::Void { reason: "typo".to_owned() });
    let signed = read(br#"{"sign":{"badge":"OP-3001","pin":"271828"}}"#);
    assert!(signed.pin.is_some());
    let disposed = command(
        r#"{"disposition":"rework","reason":"loose","to":"30","removed":[{"serial":"B1","fate":"scrap"}],
            "sign":{"badge":"L","pin":"271828"}}"#,
    );
    assert!(matches!(disposed, Command::Dispose { decision: Decide::Rework, removed, .. } if removed.len() == 1));
    assert_eq!(command(r#"{"command":"skip"}"#), Command::Skip);
    let unit = "U-7".parse().unwrap();
    let of = command(r#"{"command":"pass","unit":"U-7"}"#);
    assert_eq!(of, Command::For { unit, command: Box::new(Command::Pass) });
    let signed = command(r#"{"sign":{"badge":"OP-3001","pin":"271828"},"unit":"U-7"}"#);
    assert!(matches!(signed, Command::For { command, .. } if matches!(*command, Command::Sign { .. })));
}

#[test]
fn an_order_or_a_gauge_is_chosen_as_if_its_label_was_scanned() {
    for (chosen, label) in [(r#"{"select":{"order":"88120"}}"#, "88120"), (r#"{"select":{"gauge":"G-7"}}"#, "G-7")] {
        let (chosen, scanned) = (read(chosen.as_bytes()), read(label.as_bytes()));
        assert_eq!((chosen.command, chosen.device), (scanned.command, scanned.device));
    }
}

#[test]
fn a_lot_comes_in_by_whoever_signs_is_named_or_is_signed_on() {
    let here: Badge = "OP-2001".parse().unwrap();
    let lot = r#""lot":"L-7","part":"SEAL","quantity":"40","expires":"2030-01-01","quarantine":true"#;
    let open = read(format!(r#"{{"receive":{{{lot},"label":"]d2..."}}}}"#).as_bytes());
    assert!(matches!(open.command, Command::Malformed { .. }), "where nobody is signed on");
    let by_operator = open.receive.unwrap().command(Some(&here));
    assert!(matches!(
        &by_operator,
        Command::ReceiveLot { lot, quantity, quarantine: true, label: Some(_), by, .. }
            if lot.as_str() == "L-7" && quantity.to_string() == "40" && *by == here
    ));
    let sign = r#""sign":{"badge":"OP-8","pin":"271828"}"#;
    for (line, who, has_pin) in [
        (format!(r#"{{"receive":{{{lot},"by":"OP-9"}}}}"#), "OP-9", false),
        (format!(r#"{{"receive":{{{lot}}},{sign}}}"#), "OP-8", true),
    ] {
        let named = read(line.as_bytes());
        assert!(matches!(&named.command, Command::ReceiveLot { by, .. } if by.as_str() == who), "{line}");
        assert_eq!((named.receive.is_none(), named.pin.is_some()), (true, has_pin), "{line}");
    }
    for bad in [
        format!(r#"{{"receive":{{{lot},"colour":"red"}}}}"#),
        format!(r#"{{"receive":{{{lot}}},"unit":"U"}}"#),
        format!(r#"{{"receive":{{{lot},"by":"OP-9"}},{sign}}}"#),
        r#"{"receive":{"lot":"L-7"}}"#.to_owned(),
        r#"{"select":{"order":"1","gauge":"2"}}"#.to_owned(),
        r#"{"select":{"order":"1"},"scan":"A"}"#.to_owned(),
        r#"{"select":{"unit":"1"}}"#.to_owned(),
    ] {
        assert!(matches!(command(&bad), Command::Malformed { .. }), "{bad}");
    }
}

#[test]
fn a_second_person_overrides_or_sends_back_signed_and_with_a_reason() {
    let sign = r#""reason":"r","sign":{"badge":"L","pin":"271828"}"#;
    let over = command(&format!(r#"{{"override":"too-late","unit":"U1",{sign}}}"#));
    assert!(matches!(over, Command::Override(o) if o.rule == Code::TooLate && o.allowed.is_none()));
    let back = read(format!(r#"{{"send-back":"20",{sign}}}"#).as_bytes());
    assert!(back.pin.is_some());
    assert!(matches!(back.command, Command::Rework(r) if matches!(*r, Reworking::SendBack { unit: None, .. })));
    for bad in [
        format!(r#"{{"override":"too-late","send-back":"20",{sign}}}"#),
        format!(r#"{{"override":"no-such-rule",{sign}}}"#),
        format!(r#"{{"send-back":"20","value":"1",{sign}}}"#),
        r#"{"send-back":"20","reason":"r"}"#.to_owned(),
    ] {
        assert!(matches!(command(&bad), Command::Malformed { .. }), "{bad}");
    }
}

#[test]
fn a_label_is_replaced_or_printed_once_more_by_whoever_signs() {
    let sign = r#""sign":{"badge":"L","pin":"271828"}"#;
    let found = format!(r#"{{"label":{{"replace":{{"found":{{"component":"B1"}},"reason":"worn"}}}},{sign}}}"#);
    let replaced = read(found.as_bytes());
    assert!(replaced.pin.is_some());
    assert!(matches!(replaced.command, Command::Label(l) if l.component().is_some() && l.unit().is_none()));
    let again = command(&format!(r#"{{"label":{{"reprint":{{"unit":"U1","reason":"jam"}}}},{sign}}}"#));
    assert!(matches!(again, Command::Label(l) if l.reason() == "jam" && l.unit().is_some()));
    for bad in [
        r#"{"label":{"reprint":{"unit":"U1","reason":"jam"}}}"#.to_owned(),
        format!(r#"{{"label":{{"reprint":{{"unit":"U1"}}}},{sign}}}"#),
        format!(r#"{{"label":{{"reprint":{{"unit":"U1","reason":"jam"}}}},"value":"1",{sign}}}"#),
    ] {
        assert!(matches!(command(&bad), Command::Malformed { .. }), "{bad}");
    }
}

#[test]
fn whatever_cannot_be_read_is_refused_and_keeps_no_pin() {
    for bad in [
        "{",
        r#"{"scan":"A","value":"1"}"#,
        r#"{"command":"fail"}"#,
        r#"{"command":"pass","reason":"x"}"#,
        r#"{"command":"sign-off","unit":"U"}"#,
        r#"{"unknown":1}"#,
        r#"{"disposition":"scrap","reason":"x"}"#,
        r#"{"value":"1","check":"a b"}"#,
        "{}",
    ] {
        assert!(matches!(command(bad), Command::Malformed { .. }), "{bad}");
    }
    let secret = command(r#"{"sign":{"badge":"OP-3001","pin":"271828"}"#);
    assert_eq!(secret, Command::Malformed { input: "{...}".to_owned() });
}

/// Each thing that a line may ask for, and what it is said with.
const ASKS: [(&str, &str); 15] = [
    (r#""scan":"A""#, ""),
    (r#""value":"1""#, ""),
    (r#""command":"pass""#, ""),
    (r#""disposition":"scrap""#, r#""reason":"r","#),
    (r#""settle":["e"]"#, r#""unit":"U1","reason":"r","#),
    (r#""receive":{"lot":"L-7","part":"SEAL","quantity":"40"}"#, ""),
    (r#""select":{"order":"1"}"#, ""),
    (r#""batch":{"split":{"unit":"B1","into":"B2","pieces":3}}"#, ""),
    (r#""override":"too-late""#, r#""reason":"r","#),
    (r#""send-back":"20""#, r#""reason":"r","#),
    (r#""drop-first-piece":"U1""#, r#""reason":"r","#),
    (r#""pack":{"begin":{"next":"30614141"}}"#, ""),
    (r#""label":{"reprint":{"unit":"U1","reason":"jam"}}"#, ""),
    (r#""explain":"2030-01-01T06:00:00Z""#, r#""reason":"r","#),
    (r#""move":{"unit":"U1","route":"pc200","to":"D"}"#, r#""reason":"r","#),
];
const SIGN: &str = r#""sign":{"badge":"L","pin":"271828"}"#;

fn is_refused(line: &str) -> bool {
    let read = read(line.as_bytes());
    read.receive.is_none() && matches!(read.command, Command::Malformed { .. })
}

#[test]
fn a_line_asks_for_one_thing() {
    for (n, (one, with)) in ASKS.iter().enumerate() {
        let alone = [format!("{{{with}{one}}}"), format!("{{{with}{one},{SIGN}}}")];
        assert!(alone.iter().any(|line| !is_refused(line)), "{one}");
        for (two, also) in &ASKS[n + 1..] {
            for rest in [String::new(), format!("{with}{SIGN},"), format!("{also}{SIGN},")] {
                let line = format!("{{{rest}{one},{two}}}");
                assert!(is_refused(&line), "{line}");
            }
        }
    }
}

#[test]
fn what_belongs_to_nothing_that_is_asked_for_is_refused_with_all_of_it() {
    for more in [
        r#""device":"D""#,
        r#""check":"c""#,
        r#""point":"A""#,
        r#""gauge":"G""#,
        r#""to":"20""#,
        r#""defect":"d""#,
        r#""removed":[{"serial":"B1","fate":"scrap"}]"#,
    ] {
        for (one, with) in &ASKS[2..] {
            let its_own = (one.contains("disposition") && !more.contains("device"))
                && (more.contains("to") || more.contains("defect") || more.contains("removed"))
                || one.contains("settle") && more.contains(r#""to""#)
                || one.contains("send-back") && more.contains("removed");
            let lines = [format!("{{{with}{one},{more}}}"), format!("{{{with}{one},{more},{SIGN}}}")];
            assert!(its_own || lines.iter().all(|line| is_refused(line)), "{lines:?}");
        }
    }
}
