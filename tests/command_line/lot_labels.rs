//! A lot that is received by its label.

use traveller::app::lang::Lang;
use traveller::capture::label::flaw::Flaw;
use traveller::ui::words;

use crate::support::shell::{Answer, Shell};

const FILTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/filter.toml");

/// A device at work, with a route that says which labels its parts have.
fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run(&format!("route release {FILTER} --by OP-1001")).done();
    shell
}

fn receive(shell: &Shell, label: &str, rest: &str) -> Answer {
    let line = format!("{rest} --quantity 5 --by OP-1001");
    let mut command = shell.command("lot receive");
    Answer::of(&command.arg(label).args(line.split_whitespace()).output().unwrap())
}

fn on_record(shell: &Shell, lot: &str) -> serde_json::Value {
    let lots = shell.run("lot list --json").json();
    lots["lots"].as_array().unwrap().iter().find(|l| l["lot"] == lot).cloned().unwrap_or_default()
}

#[test]
fn a_label_fills_the_number_and_the_last_day() {
    let shell = shell();
    receive(&shell, "]C101095210000001311733043010G-7", "--part GREASE").done();
    let lot = on_record(&shell, "G-7");
    assert_eq!((&lot["part"], &lot["expires"]), (&"GREASE".into(), &"2033-04-30".into()));
    receive(&shell, "01095210000001311733043010G-8", "--part GREASE --expires 2033-04-30").done();
    assert_eq!(on_record(&shell, "G-8")["expires"], "2033-04-30");
    receive(&shell, "[)>\u{1e}06\u{1d}1PCLIP\u{1d}1TC-7\u{1e}\u{4}", "--part CLIP").done();
    assert_eq!(on_record(&shell, "C-7")["part"], "CLIP");
    receive(&shell, "]C0P-1", "--part CLIP").done();
    assert_eq!(on_record(&shell, "P-1")["part"], "CLIP");
}

#[test]
fn every_flaw_of_a_label_is_said_in_every_language() {
    for flaw in Flaw::ALL {
        for lang in Lang::ALL {
            assert!(words::flaw(lang, flaw.as_str()).is_some(), "{lang:?}: {}", flaw.as_str());
        }
    }
}

#[test]
fn what_the_label_says_and_what_is_typed_must_agree() {
    let shell = shell();
    let label = "]C101095210000001311733043010G-7";
    let (what, _) = receive(&shell, label, "--part GREASE --expires 2034-01-01").failed(2);
    assert!(what.contains("2033-04-30") && what.contains("2034-01-01"), "{what}");
    let (what, _) = receive(&shell, label, "--part CLIP").failed(2);
    assert!(what.contains("that of part GREASE"), "{what}");
    let (what, _) = receive(&shell, "]C1010952100000001910G-7", "--part GREASE").failed(2);
    assert!(what.contains("bad check digit in AI 01"), "{what}");
    let (what, _) = receive(&shell, "]C10109521000000131", "--part GREASE").failed(2);
    assert!(what.contains("names no lot"), "{what}");
    assert!(on_record(&shell, "G-7").is_null());
}

#[test]
fn a_label_of_another_part_or_lot_is_refused_and_on_record() {
    let shell = shell();
    let seal = "[)>\u{1e}06\u{1d}1PSEAL\u{1d}1TS-7\u{1e}\u{4}";
    let clip = "[)>\u{1e}06\u{1d}1PCLIP\u{1d}1TC-7\u{1e}\u{4}";
    let beside = |lot: &str, part: &str, label: &str| {
        let mut command = shell.command(&format!("lot receive {lot} --part {part} --quantity 5 --by OP-1001 --label"));
        Answer::of(&command.arg(label).output().unwrap())
    };
    let refused = [
        (receive(&shell, "]C1010952100000099510G-7", "--part GREASE"), "wrong-part"),
        (receive(&shell, seal, "--part CLIP"), "wrong-part"),
        (beside("C-7", "CLIP", seal), "wrong-part"),
        (beside("C-8", "CLIP", clip), "unknown-lot"),
        (beside("C-7", "CLIP", "]C1010952100000001910C-7"), "misread"),
    ];
    for (answer, code) in refused {
        let (what, _) = answer.failed(1);
        assert!(what.contains(&format!("refused ({code})")), "{what}");
    }
    let told = shell.run("refusals --json").json();
    assert_eq!(told["refusals"].as_array().unwrap().len(), 5);
    beside("C-7", "CLIP", clip).done();
    assert_eq!(on_record(&shell, "C-7")["part"], "CLIP");
    beside("G-9", "GREASE", "]C101095210000001311733043010G-9").done();
    assert_eq!(on_record(&shell, "G-9")["expires"], "2033-04-30");
}
