//! Wrong use and wrong configuration: two lines, the right exit code, and nothing changed.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::shell::Shell;

#[test]
fn what_reads_never_makes_a_ledger() {
    let shell = Shell::new();
    for line in [
        "show V000001",
        "units",
        "refusals --json",
        "events",
        "trace V000001",
        "where-used L-1 --json",
        "verify",
        "rebuild",
        "replay --all",
        "route list",
        "lot list",
        "operator list",
        "order list",
        "gauge list --json",
        "suspects station:TEST-1 --since 2026-01-01",
        "where-used --supplier Acme",
        "recover V000001 --serial B0001=scrap --reason parts --by OP-1001",
        "operator qualify OP-2001 --qualify esd=2030-01-01 --by OP-1001",
        "pipe --station TEST-1",
        "lot receive L-1 --part SEAL --quantity 1 --by OP-1001",
        "hold V000001 --reason stop --by OP-1001",
    ] {
        let (what, _) = shell.run(line).failed(2);
        assert!(what.contains("there is no ledger"), "{line}: {what}");
    }
    assert!(std::fs::read_dir(shell.home.path()).unwrap().next().is_none());
}

#[test]
fn wrong_arguments_are_told_in_two_lines() {
    let shell = Shell::new();
    for (line, said) in [
        ("travel", "unrecognized subcommand"),
        ("show", "required arguments were not provided: <UNIT>"),
        ("show V000001 V000002", "unexpected argument"),
        ("lot receive L-1 --part SEAL --quantity 1,5 --by OP-1001", "not a plain decimal number"),
        ("lot receive L-1 --part SEAL --quantity 1 --expires soon --by OP-1001", "not a day such as"),
        ("operator enrol --badge OP-1 --name A --role boss", "a role is operator"),
        ("units --terminal t1", "a terminal is 1 to 16 of A-Z"),
        ("hold --reason stop --by OP-1001", "required arguments were not provided"),
        ("operator qualify OP-2001 --by OP-1001", "required arguments were not provided"),
        ("operator qualify OP-2001 --trainee esd --by OP-1001", "a qualification is written NAME=DATE"),
        ("where-used", "required arguments were not provided"),
        ("where-used L-1 --supplier Acme", "cannot be used with"),
        ("where-used L-1 --limit 0", "is not in 1..=1000"),
    ] {
        let (what, _) = shell.run(line).failed(2);
        assert!(what.contains(said), "{line}: {what}");
    }
    let hostile = shell.command("show").arg("A\u{1b}[2J\u{202e}").output().unwrap();
    let err = String::from_utf8(hostile.stderr).unwrap();
    assert!(err.contains("<1B>") && err.contains("<202E>") && !err.contains('\u{1b}'), "{err:?}");
}

#[test]
fn the_ledger_keeps_its_own_terminal() {
    let shell = Shell::at_work();
    let (what, _) = shell.run("units --terminal T2").failed(2);
    assert!(what.contains("of terminal T1, not of T2"), "{what}");
    let (what, _) = shell.run_with("lot hold L-1 --reason x --by OP-1001", "TRAVELLER_TERMINAL", "T2").failed(2);
    assert!(what.contains("of terminal T1, not of T2"), "{what}");
    shell.run_with("units --terminal T1", "TRAVELLER_TERMINAL", "T2").done();
}

#[test]
fn a_configuration_is_read_whole_or_not_at_all() {
    let shell = Shell::at_work();
    let file = shell.home.path().join("traveller.toml");
    std::fs::write(&file, "[station.TEST-1]\nclass = 'test'\n\n[screen]\ncolour = 'red'\n").unwrap();
    let (what, instead) = shell.run("units").failed(2);
    assert_eq!(what, "traveller: traveller.toml:5:1: `colour` is no key of this place");
    assert_eq!(instead, "write `language` or `theme`");
    std::fs::write(&file, "[station.TEST-1]\nclass = 'test'\n").unwrap();
    let (what, instead) = shell.run("pipe --station TEST-2").failed(2);
    assert!(what.contains("lists no station TEST-2") && instead.contains("TEST-1"), "{what} {instead}");
}

#[test]
fn a_station_is_served_once() {
    let shell = Shell::at_work();
    let mut first =
        shell.command("pipe --station TEST-1").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    first.stdin.as_mut().unwrap().write_all(b"OP-2001\n").unwrap();
    let mut verdict = String::new();
    BufReader::new(first.stdout.as_mut().unwrap()).read_line(&mut verdict).unwrap();
    assert!(verdict.contains("signed-on"), "{verdict}");
    let (what, _) = shell.run("pipe --station TEST-1").failed(2);
    assert!(what.contains(&format!("already run by process {}", first.id())), "{what}");
    assert_eq!(shell.pipe("TEST-2", &["OP-3001"])[0]["did"], "signed-on");
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(shell.pipe("TEST-1", &["OP-2001"])[0]["did"], "signed-on");
}

#[test]
fn nobody_who_stops_reading_is_told_of_an_error() {
    let shell = Shell::at_work();
    for line in ["events", "events --json", "--help", "route show valve"] {
        let mut command = shell.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(command.stdout.take());
        let ended = command.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), b"".as_slice()), "{line}");
    }
}

#[test]
fn a_screen_needs_a_terminal() {
    let shell = Shell::at_work();
    for line in ["", "run --station TEST-1"] {
        let (what, instead) = shell.run(line).failed(2);
        assert!(what.contains("no terminal") && instead.contains("traveller pipe"), "{what} {instead}");
    }
}
