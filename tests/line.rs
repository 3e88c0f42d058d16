//! A whole line on one ledger: each station a process of its own, and a shell beside them.

use std::sync::mpsc::{Receiver, Sender, channel};

use traveller::station::threads;

use crate::support::pipe::Pipe;
use crate::support::shell::{OPERATOR_PIN, Shell};

/// Units that go through the line.
const UNITS: u32 = 25;

const SEATED: &str = r#"{"check":"seated","value":"pass"}"#;
const PASS: &str = r#"{"command":"pass"}"#;

/// Takes units from the station before, does its work, and hands them on at once.
fn serve(mut pipe: Pipe, from: Receiver<u32>, to: Option<Sender<u32>>, work: impl Fn(&mut Pipe, &str, u32)) {
    for n in from {
        work(&mut pipe, &format!("V{n:06}"), n);
        if let Some(next) = &to {
            next.send(n).unwrap();
        }
    }
    drop(to);
    let ended = pipe.end();
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{ended:?}");
}

fn kit(pipe: &mut Pipe, unit: &str, n: u32) {
    let body = format!("B{n:04}");
    pipe.expect(&[
        (unit, "confirm-start"),
        (unit, "unit-opened"),
        (&body, "material-installed"),
        ("L-1", "step-passed"),
    ]);
}

fn bench(pipe: &mut Pipe, unit: &str, _n: u32) {
    pipe.expect(&[
        (unit, "unit-opened"),
        (r#"{"value":"2.21"}"#, "check-recorded"),
        (r#"{"value":"2.40"}"#, "check-recorded"),
        (SEATED, "check-recorded"),
        (r#"{"check":"colour","value":"red"}"#, "check-recorded"),
        ("PLATE-V100", "check-recorded"),
        (r#"{"value":"fine"}"#, "step-passed"),
    ]);
}

fn test(pipe: &mut Pipe, unit: &str, n: u32) {
    pipe.expect(&[(unit, "unit-opened"), (r#"{"value":"0.30"}"#, "check-recorded")]);
    // Hashing a PIN takes its time: a few signatures are enough to show that nobody waits for one.
    if n.is_multiple_of(8) {
        let sign = format!(r#"{{"sign":{{"badge":"OP-3001","pin":"{OPERATOR_PIN}"}}}}"#);
        pipe.expect(&[(&sign, "signature-recorded"), (PASS, "step-passed")]);
    } else {
        pipe.expect(&[(r#"{"command":"close"}"#, "closed")]);
    }
}

#[test]
fn what_one_station_passes_the_next_one_knows_at_once() {
    let shell = Shell::at_work();
    let [mut first, mut second, mut third] = ["KIT-1", "BENCH-1", "TEST-1"].map(|station| Pipe::at(&shell, station));
    for pipe in [&mut first, &mut second, &mut third] {
        pipe.expect(&[("OP-2001", "signed-on")]);
    }
    let (start, to_first) = channel();
    let (from_first, to_second) = channel();
    let (from_second, to_third) = channel();
    let line = [
        threads::spawn("kit", move || serve(first, to_first, Some(from_first), kit)).unwrap(),
        threads::spawn("bench", move || serve(second, to_second, Some(from_second), bench)).unwrap(),
        threads::spawn("test", move || serve(third, to_third, None, test)).unwrap(),
    ];
    (1..=UNITS).for_each(|n| start.send(n).unwrap());
    drop(start);
    for station in line {
        station.join().unwrap();
    }

    let units = shell.run("units --json").json();
    let due: Vec<_> = units["units"].as_array().unwrap().iter().map(|u| u["step"].as_str().unwrap()).collect();
    let signed = usize::try_from(UNITS / 8).unwrap();
    assert_eq!(due.len(), usize::try_from(UNITS).unwrap());
    assert_eq!(due.iter().filter(|step| **step == "40").count(), signed, "{due:?}");
    assert_eq!(shell.run("verify --json").json()["ok"], true);
    let replayed = shell.run("replay --all --json").json();
    assert_eq!((&replayed["same"], replayed["different"].as_array().unwrap().len()), (&replayed["decisions"], 0));
    let refused = shell.run("refusals --json").json();
    let codes = refused["refusals"].as_array().unwrap().iter().filter(|r| r["code"] != "confirm-start").count();
    assert_eq!(codes, 0, "{refused}");
}

#[test]
fn what_a_shell_does_a_running_pipe_knows_at_once() {
    let shell = Shell::at_work();
    let mut kit = Pipe::at(&shell, "KIT-1");
    kit.expect(&[("OP-2001", "signed-on"), ("V000001", "confirm-start"), ("V000001", "unit-opened")]);
    kit.expect(&[("L-9", "unknown-label"), ("B0001", "material-installed"), ("L-9", "unknown-lot")]);
    shell.run("lot receive L-9 --part SEAL --quantity 3 --by OP-1001").done();
    shell.run("lot hold L-9 --reason stain --by OP-1001").done();
    kit.expect(&[("L-9", "lot-on-hold")]);
    shell.run("lot release L-9 --reason clean --by OP-1001").done();
    shell.run("hold V000001 --reason stop --by OP-1001").done();
    kit.expect(&[("L-9", "on-hold")]);
    shell.run("hold --release V000001 --reason fine --by OP-1001").done();
    kit.expect(&[("L-9", "step-passed"), ("V000002", "confirm-start"), ("V000002", "unit-opened")]);
    shell.run("operator revoke OP-2001 --reason left --by OP-1001").done();
    kit.expect(&[("B0002", "unknown-badge"), ("OP-2001", "unknown-badge"), ("OP-1001", "signed-on")]);
    assert_eq!(kit.end().code, 0);
}

#[test]
fn a_unit_sent_back_from_elsewhere_is_taken_off_the_bench() {
    let shell = Shell::at_work();
    let [mut kit, mut bench, mut test] = ["KIT-1", "BENCH-1", "TEST-1"].map(|station| Pipe::at(&shell, station));
    for pipe in [&mut kit, &mut bench, &mut test] {
        pipe.expect(&[("OP-2001", "signed-on")]);
    }
    self::kit(&mut kit, "V000001", 1);
    self::bench(&mut bench, "V000001", 1);
    test.expect(&[
        ("V000001", "unit-opened"),
        (r#"{"value":"0.90","gauge":"LT-1"}"#, "check-recorded"),
        (r#"{"command":"retest","reason":"reseat"}"#, "retest-begun"),
        (r#"{"value":"0.90","gauge":"LT-1"}"#, "check-recorded"),
        (PASS, "check-failed"),
    ]);
    let decided = format!(
        r#"{{"disposition":"rework","unit":"V000001","reason":"new seal","sign":{{"badge":"OP-1001","pin":"{}"}}}}"#,
        crate::support::shell::LEAD_PIN
    );
    kit.expect(&[(&decided, "disposed")]);
    // Step 20 is due, at the bench: nothing of it is taken at the test.
    test.expect(&[(PASS, "nothing-open"), (r#"{"value":"2.21"}"#, "nothing-open"), ("V000001", "wrong-station")]);
    self::bench(&mut bench, "V000001", 1);
    for pipe in [kit, bench, test] {
        assert_eq!(pipe.end().code, 0);
    }
}
