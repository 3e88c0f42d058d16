//! 21 CFR Part 11, as far as a program can show it.

use serde_json::Value;

use crate::support::shell::{LEAD_PIN, OPERATOR_PIN, Shell};

fn events(shell: &Shell) -> Vec<Value> {
    let lines = shell.run("events --json").done();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The last refusal on record: its code, who was told, and the unit.
fn last_refusal(shell: &Shell) -> (String, Value, Value) {
    let refused = events(shell).into_iter().rfind(|event| event["kind"] == "refused").unwrap();
    (refused["data"]["code"].as_str().unwrap().to_owned(), refused["by"].clone(), refused["unit"].clone())
}

/// Changes the file as somebody would who has SQLite and the rights.
#[expect(clippy::disallowed_methods, reason = "a stranger's hand")]
fn edit(shell: &Shell, sql: &str) {
    rusqlite::Connection::open(shell.ledger()).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn s11_10_a_an_altered_record_is_discernible_and_named() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let value = events(&shell).into_iter().find(|e| e["data"]["value"] == "2.21").unwrap();
    edit(&shell, "UPDATE event SET body = replace(body, '\"2.21\"', '\"2.22\"')");
    let verified = shell.run("verify --json");
    assert_eq!(verified.code, 1);
    let findings = verified.json()["findings"].as_array().unwrap().clone();
    assert!(findings.iter().any(|finding| finding["seq"] == value["seq"]), "{findings:?}");
}

#[test]
fn s11_10_d_g_an_unknown_person_and_one_without_the_right_are_refused_and_it_is_on_record() {
    let shell = Shell::at_work();
    let answer = shell.pipe("KIT-1", &["OP-9999"]).remove(0);
    assert_eq!(answer["code"], "unknown-badge");
    assert_eq!(last_refusal(&shell).0, "unknown-badge");
    shell.kit("V000001", "B0001");
    let answer = shell.pipe("BENCH-1", &["OP-3001", "V000001"]).remove(1);
    assert_eq!(answer["code"], "role", "an inspector does no operator's step: {answer}");
    let (code, by, unit) = last_refusal(&shell);
    assert_eq!((code.as_str(), &by, &unit), ("role", &"OP-3001".into(), &"V000001".into()));
}

#[test]
fn s11_10_e_each_entry_says_who_when_and_what_and_old_values_stay_readable() {
    let shell = Shell::at_work();
    shell.kit("V000001", "B0001");
    let void = r#"{"command":"void","reason":"misread"}"#;
    shell.pipe("BENCH-1", &["OP-2001", "V000001", r#"{"value":"2.21"}"#, void, r#"{"value":"2.12"}"#]);
    let all = events(&shell);
    let find = |kind: &str| all.iter().filter(|e| e["kind"] == kind).collect::<Vec<_>>();
    let (made, taken_back) = (find("check-recorded"), find("observation-voided"));
    assert_eq!((&made[0]["data"]["value"], &made[1]["data"]["value"]), (&"2.21".into(), &"2.12".into()));
    assert_eq!((&taken_back[0]["reason"], &taken_back[0]["corrects"]), (&"misread".into(), &made[0]["seq"]));
    for event in made.iter().chain(&taken_back) {
        assert!(event["by"] == "OP-2001" && event["at"].is_string() && event["clock"].is_string(), "{event}");
    }
    let seen = &shell.run("show V000001 --json").json()["steps"][1]["attempts"][0]["checks"];
    assert_eq!((&seen[0]["value"], &seen[0]["voided"]), (&"2.21".into(), &true.into()));
}

/// The time is the program's own: none of what an operator gives it has one. And nothing removes an entry.
#[test]
fn s11_10_e_nobody_sets_the_time_and_no_command_deletes() {
    let shell = Shell::at_work();
    let answer = shell.pipe("KIT-1", &["OP-2001", r#"{"scan":"V000001","at":"2020-01-01T00:00:00Z"}"#]).remove(1);
    assert_eq!(answer["verdict"], "refused", "{answer}");
    let help = shell.run("--help").done();
    let commands: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(commands.contains(&"verify") && commands.len() > 30);
    for word in ["delete", "remove", "edit", "purge", "erase", "truncate"] {
        assert!(commands.iter().all(|command| !command.contains(word)), "{word}");
    }
}

#[test]
fn s11_10_f_steps_out_of_their_order_are_refused() {
    let shell = Shell::at_work();
    shell.kit("V000001", "B0001");
    let answer = shell.pipe("TEST-1", &["OP-2001", "V000001"]).remove(1);
    assert_eq!((&answer["verdict"], &answer["code"]), (&"refused".into(), &"wrong-station".into()));
    let answer = shell.pipe("BENCH-1", &["OP-2001", "V000001", r#"{"command":"pass"}"#]).remove(2);
    assert_eq!((&answer["verdict"], &answer["code"]), (&"refused".into(), &"check-missing".into()));
    assert_eq!(shell.run("show V000001 --json").json()["step"], "20");
}

#[test]
fn s11_10_h_a_result_counts_only_from_a_station_of_the_step() {
    let shell = Shell::at_work();
    shell.kit("V000001", "B0001");
    let answers = shell.pipe("GATE-1", &["OP-2001", "V000001", r#"{"value":"2.21"}"#]);
    assert_eq!((&answers[1]["code"], &answers[2]["code"]), (&"wrong-station".into(), &"nothing-open".into()));
    let shown = shell.run("show V000001 --json").json();
    assert_eq!(shown["steps"][1]["attempts"].as_array().unwrap().len(), 0);
}

#[test]
fn s11_10_k_revisions_are_in_the_order_of_time_and_a_unit_keeps_its_own() {
    let shell = Shell::at_work();
    shell.kit("V000001", "B0001");
    let text = std::fs::read_to_string(crate::support::shell::VALVE).unwrap();
    let newer = text.replace("revision = \"A\"", "revision = \"B\"").replace("2.00 .. 2.40", "2.10 .. 2.40");
    std::fs::write(shell.home.path().join("b.toml"), newer).unwrap();
    shell.run("route release b.toml --by OP-1001").done();
    shell.kit("V000002", "B0002");
    let revision = |unit: &str| shell.run(&format!("show {unit} --json")).json()["revision"].clone();
    assert_eq!((revision("V000001"), revision("V000002")), ("A".into(), "B".into()));
    let released: Vec<_> = events(&shell).into_iter().filter(|e| e["kind"] == "route-released").collect();
    assert!(released[0]["at"].as_str() < released[1]["at"].as_str() && released[1]["by"] == "OP-1001");
    assert_eq!(shell.run("route show valve --revision A").done(), text, "the old one is there word for word");
}

#[test]
fn s11_70_a_signature_that_is_moved_to_another_unit_or_record_is_found() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.make("V000002", "B0002");
    let of = |unit: &str| {
        events(&shell).into_iter().find(|e| e["kind"] == "signature-recorded" && e["unit"] == unit).unwrap()["seq"]
            .clone()
    };
    let (from, to) = (of("V000001"), of("V000002"));
    edit(
        &shell,
        &format!(
            "UPDATE event SET body = (SELECT body FROM event WHERE id & 0xffffffffff = {from})
             WHERE id & 0xffffffffff = {to}"
        ),
    );
    let verified = shell.run("verify --json");
    assert_eq!(verified.code, 1);
    let findings = verified.json()["findings"].as_array().unwrap().clone();
    assert!(findings.iter().any(|finding| finding["seq"] == to), "{findings:?}");
}

/// What is recorded after a signature takes it along: it is to be signed again.
#[test]
fn s11_70_a_change_to_what_was_signed_takes_the_signature_along() {
    let shell = Shell::at_work();
    shell.assemble("V000001", "B0001");
    let value = |v: &str| format!(r#"{{"value":"{v}"}}"#);
    let sign = format!(r#"{{"sign":{{"badge":"OP-3001","pin":"{OPERATOR_PIN}"}}}}"#);
    let void = r#"{"command":"void","reason":"wrong part"}"#;
    let pass = r#"{"command":"pass"}"#;
    let last = shell.pipe("TEST-1", &["OP-2001", "V000001", &value("0.30"), &sign, void, pass]);
    assert_eq!((&last[3]["did"], &last[4]["did"]), (&"signature-recorded".into(), &"voided".into()), "{last:?}");
    assert_eq!(last[5]["verdict"], "refused", "{last:?}");
    let attempt = &shell.run("show V000001 --json").json()["steps"][2]["attempts"][0];
    assert_eq!(attempt["signatures"].as_array().unwrap().len(), 0, "{attempt}");
}

#[test]
fn s11_100_and_s11_300_a_a_badge_is_one_persons_for_ever() {
    let shell = Shell::at_work();
    let again = "operator enrol --badge OP-2001 --name Somebody --role operator --by OP-1001";
    shell.run(again).failed(1);
    shell.run("operator revoke OP-2001 --reason left --by OP-1001").done();
    shell.run(again).failed(1);
    let listed = shell.run("operator list --json").done();
    assert!(listed.contains("\"OP-2001\"") && !listed.contains("Somebody"), "{listed}");
}

#[test]
fn s11_200_a_signature_takes_badge_and_pin_each_time() {
    let shell = Shell::at_work();
    shell.assemble("V000001", "B0001");
    let value = |v: &str| format!(r#"{{"value":"{v}"}}"#);
    let sign = |pin: &str| format!(r#"{{"sign":{{"badge":"OP-3001","pin":"{pin}"}}}}"#);
    let last =
        shell.pipe("TEST-1", &["OP-2001", "V000001", &value("0.30"), "OP-3001", &sign(LEAD_PIN), &sign(OPERATOR_PIN)]);
    assert_ne!(last[3]["did"], "signature-recorded", "a badge alone signs nothing: {last:?}");
    assert_eq!((&last[4]["code"], &last[5]["did"]), (&"wrong-pin".into(), &"signature-recorded".into()), "{last:?}");
    let signed = events(&shell).into_iter().rfind(|e| e["kind"] == "signature-recorded").unwrap();
    assert_eq!((&signed["auth"], &signed["by"]), (&"badge+pin".into(), &"OP-3001".into()));
    assert!(!signed.to_string().contains(OPERATOR_PIN), "a PIN is never on record");
}

#[test]
fn s11_300_c_a_lost_badge_counts_no_more_at_once() {
    let shell = Shell::at_work();
    shell.run("operator revoke OP-2001 --reason lost --by OP-1001").done();
    let answer = shell.pipe("KIT-1", &["OP-2001"]).remove(0);
    assert_eq!(answer["verdict"], "refused", "{answer}");
    shell.run("operator enrol --badge OP-2002 --name operator --role operator --by OP-1001").done();
    assert_eq!(shell.pipe("KIT-1", &["OP-2002"]).remove(0)["did"], "signed-on");
}

#[test]
fn s11_300_d_repeated_wrong_pins_lock_the_badge_and_are_on_record() {
    let shell = Shell::at_work();
    shell.run("operator enrol --badge OP-1002 --name Second --role lead --by OP-1001").done();
    let wrong = || shell.run_with("lot hold L-1 --reason r --by OP-1002", "TRAVELLER_PIN", "975310");
    let codes: Vec<_> = (0..6).map(|_| wrong().code).collect();
    assert!(codes.iter().all(|code| *code == 1), "{codes:?}");
    assert_eq!(last_refusal(&shell).0, "locked-out");
    let refused = events(&shell).into_iter().filter(|e| e["data"]["code"] == "wrong-pin").count();
    assert!(refused >= 5, "{refused}");
}
