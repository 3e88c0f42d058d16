//! The ledger of a plant: what five terminals replicated, in whatever order it arrives.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use traveller::domain::id::{Epoch, TerminalId};
use traveller::ledger::chain::Hash;
use traveller::replicate::packing::Packing;
use traveller::replicate::segment::Packer;

use super::desk::files;
use super::traced;
use crate::support::shell::{Answer, Shell};

/// Five terminals of a plant that send to one share.
pub(crate) struct Floor {
    home: Shell,
}

impl Floor {
    pub(crate) fn new() -> Self {
        Self { home: Shell::new() }
    }

    /// A device of the plant.
    pub(super) fn terminal(&self, name: &str) -> Shell {
        let home = self.path(name);
        fs::create_dir_all(&home).unwrap();
        Shell::at(home.to_str().unwrap())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.home.home.path().join(name)
    }

    /// A terminal with a lead, sent to the share.
    fn begun(&self, name: &str) -> Shell {
        let shell = self.terminal(name);
        shell.run(&format!("operator enrol --badge OP-1001 --name Lead --role lead --terminal {name}")).done();
        sent(&shell);
        shell
    }

    /// A command at the plant's own desk.
    pub(super) fn plant(&self, line: &str) -> Answer {
        self.home.run(&format!("{line} --ledger plant.db"))
    }

    pub(super) fn absorb(&self, from: &str) -> Answer {
        self.plant(&format!("absorb {from} --json"))
    }

    pub(crate) fn nas(&self) -> PathBuf {
        self.path("nas")
    }
}

/// Sends what is new.
pub(super) fn sent(shell: &Shell) {
    shell.run("replicate --to ../nas").done();
}

/// A few events more.
fn works(shell: &Shell, badge: u32) {
    shell.run(&format!("operator enrol --badge OP-{badge} --name Op --role operator --by OP-1001")).done();
    sent(shell);
}

/// Segments of a replica, below it.
fn segments(nas: &Path) -> Vec<PathBuf> {
    let found = files(nas).into_iter().filter(|f| f.to_str().unwrap().ends_with(".jsonl.zst"));
    found.map(|f| f.strip_prefix(nas).unwrap().to_owned()).collect()
}

/// A trace with what is listed in it in an order of its own: what several terminals put into one unit is listed by its
/// places, and those are as it arrived.
fn in_order(mut trace: Value) -> Value {
    if let Some(parts) = trace["made_of"].as_array_mut() {
        for part in parts.iter_mut() {
            *part = in_order(part.take());
        }
        parts.sort_by_key(Value::to_string);
    }
    trace
}

/// Everything that people are told of a plant, in an order of its own.
fn told(floor: &Floor, ledger: &str) -> Vec<String> {
    let run = |line: &str| floor.home.run(&format!("{line} --ledger {ledger}")).done();
    let list = |line: &str, key: &str| -> Vec<String> {
        let answer: Value = serde_json::from_str(&run(&format!("{line} --json"))).unwrap();
        let mut all: Vec<String> = answer[key].as_array().unwrap().iter().map(Value::to_string).collect();
        all.sort();
        all
    };
    let mut all = list("units", "units");
    let names: Vec<String> =
        all.iter().map(|u| serde_json::from_str::<Value>(u).unwrap()["unit"].as_str().unwrap().to_owned()).collect();
    for name in names.iter().step_by(7) {
        all.push(run(&format!("show {name} --json")));
        all.push(in_order(serde_json::from_str(&run(&format!("trace {name} --json"))).unwrap()).to_string());
    }
    for (line, key) in
        [("lot list", "lots"), ("operator list", "operators"), ("order list", "orders"), ("gauge list", "gauges")]
    {
        all.extend(list(line, key));
    }
    all.extend(list("where-used L-1", "units"));
    let mut refusals: Vec<String> = list("refusals", "refusals");
    all.append(&mut refusals);
    all
}

#[test]
fn five_terminals_in_any_order_give_the_same_plant() {
    let floor = Floor::new();
    for (name, seed) in [("T1", 7), ("T2", 8), ("T3", 9)] {
        let shell = floor.terminal(name);
        shell.run(&format!("demo --no-terminal --units 6 --seed {seed} --terminal {name}")).done();
        sent(&shell);
    }
    for (name, unit) in [("T4", "V000041"), ("T5", "V000051")] {
        let shell = floor.begun(name);
        for (badge, role) in [("OP-2001", "operator"), ("OP-3001", "inspector")] {
            shell.run(&format!("operator enrol --badge {badge} --name {role} --role {role} --by OP-1001")).done();
            sent(&shell);
        }
        shell.run(&format!("route release {} --by OP-1001", crate::support::shell::VALVE)).done();
        shell.run("lot receive L-1 --part SEAL --quantity 100 --by OP-1001").done();
        shell.make(unit, &format!("B{}", &unit[3..]));
        sent(&shell);
    }
    let once = floor.absorb("nas").json();
    assert_eq!(once["heads"].as_array().unwrap().len(), 5, "{once}");
    assert_eq!(once["divergence"], Value::from(Vec::<u8>::new()), "{once}");
    let in_order = told(&floor, "plant.db");
    let nas = floor.nas();
    let all = segments(&nas);
    assert!(all.len() > 8, "{all:?}");
    for (turn, step) in [5_usize, 7].into_iter().enumerate() {
        let part = floor.path(&format!("part-{turn}"));
        fs::create_dir(&part).unwrap();
        fs::copy(nas.join("traveller-target.json"), part.join("traveller-target.json")).unwrap();
        let ledger = format!("mixed-{turn}.db");
        for n in 0..all.len() {
            let segment = &all[(n * step + turn) % all.len()];
            let to = part.join(segment);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(nas.join(segment), to).unwrap();
            if n % 3 == turn {
                let answer = floor.home.run(&format!("absorb part-{turn} --ledger {ledger}"));
                assert!(answer.code < 2, "a hole is told, and hinders nothing: {answer:?}");
            }
        }
        floor.home.run(&format!("absorb part-{turn} --ledger {ledger}")).done();
        assert_eq!(told(&floor, &ledger), in_order, "turn {turn}");
        floor.home.run(&format!("verify --ledger {ledger}")).done();
        floor.home.run(&format!("rebuild --ledger {ledger}")).done();
        floor.home.run(&format!("verify --ledger {ledger}")).done();
    }
}

#[test]
fn what_is_there_is_not_taken_again_and_what_is_new_is() {
    let floor = Floor::new();
    let shell = floor.begun("T1");
    let first = floor.absorb("nas").json();
    let events = first["sent"].as_u64().unwrap();
    let again = floor.absorb("nas").json();
    assert_eq!((again["sent"].as_u64(), again["already"].as_u64()), (Some(0), Some(events)), "{again}");
    works(&shell, 2001);
    let more = floor.absorb("nas").json();
    assert_eq!((more["sent"].as_u64(), more["already"].as_u64()), (Some(1), Some(events)), "{more}");
    floor.plant("verify").done();
}

#[test]
fn a_ledger_of_copies_serves_no_station_and_a_terminals_takes_no_copies() {
    let floor = Floor::new();
    let shell = floor.begun("T1");
    floor.absorb("nas").json();
    for line in
        ["pipe --station KIT-1", "operator enrol --badge OP-9 --name X --role lead", "hold U1 --reason x --by OP-1001"]
    {
        let (what, _) = floor.plant(line).failed(2);
        assert!(what.contains("only holds copies"), "{what}");
    }
    let (what, _) = shell.run("absorb ../nas").failed(2);
    assert!(what.contains("is that of terminal T1"), "{what}");
    let mut nameless = floor.home.command("absorb nas");
    nameless.env_remove("TRAVELLER_LEDGER").env("HOME", floor.path(""));
    let (what, _) = Answer::of(&nameless.output().unwrap()).failed(2);
    assert!(what.contains("no ledger was named"), "{what}");
}

#[test]
fn a_spoilt_segment_is_named_and_hinders_no_other_stream() {
    let floor = Floor::new();
    let (one, _two) = (floor.begun("T1"), floor.begun("T2"));
    works(&one, 2001);
    let last = floor.nas().join(segments(&floor.nas()).iter().rfind(|s| s.starts_with("T1")).unwrap());
    let whole = fs::read(&last).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    for spoilt in [&whole[..whole.len() / 2], &[], &flipped] {
        fs::write(&last, spoilt).unwrap();
        let answer = floor.absorb("nas");
        assert_eq!(answer.code, 3, "{answer:?}");
        assert!(answer.err.contains(last.file_name().unwrap().to_str().unwrap()), "{answer:?}");
        let heads = answer.json()["heads"].clone();
        let events: Vec<_> = heads.as_array().unwrap().iter().map(|h| h["seq"].as_u64().unwrap()).collect();
        assert_eq!(events, [2, 2], "nothing of it is taken: {heads}");
    }
    // Every event of it is sound, and only at its end does it show that they are not those of its name.
    fs::remove_file(&last).unwrap();
    let end = "0".repeat(64);
    let renamed = last.with_file_name(format!("{0:013}-{0:013}-{end}.jsonl.zst", 3));
    fs::write(&renamed, &whole).unwrap();
    let answer = floor.absorb("nas");
    assert!(answer.code == 3 && answer.err.contains("do not lead to the hash"), "{answer:?}");
    assert_eq!(answer.json()["heads"][0]["seq"].as_u64(), Some(2));
    floor.plant("verify").done();
    fs::remove_file(&renamed).unwrap();
    fs::write(&last, whole).unwrap();
    assert_eq!(floor.absorb("nas").json()["sent"].as_u64(), Some(1));
    floor.plant("verify").done();
}

#[test]
fn what_a_newer_program_recorded_or_another_terminal_is_not_taken_and_what_comes_before_is() {
    let floor = Floor::new();
    let stream = floor.nas().join("T1").join("0123456789abcdef");
    fs::create_dir_all(&stream).unwrap();
    fs::write(floor.nas().join("traveller-target.json"), r#"{"mark":"0123456789abcdef"}"#).unwrap();
    let (terminal, epoch) = ("T1".parse::<TerminalId>().unwrap(), "0123456789abcdef".parse::<Epoch>().unwrap());
    let event = |terminal: &str, seq: u64, kind: &str| {
        let moment = r#""at":"2026-03-02T06:00:00.000000Z","clock":"synced","boot":"0a1b2c3d","mono":1"#;
        let name = format!(r#""terminal":"{terminal}","epoch":"{epoch}","seq":{seq},"act":{seq}"#);
        format!(r#"{{"v":1,{name},{moment},"kind":"{kind}","data":{{"after":null,"demo":false}}}}"#)
    };
    let write = |first: u64, previous: Hash, body: &str| {
        let mut packer = Packer::new(terminal.clone(), epoch.clone(), first, previous, Packing::Hard).unwrap();
        packer.push(body).unwrap();
        let (name, file) = packer.finish().unwrap().unwrap();
        let path = stream.join(name.file());
        fs::write(&path, file).unwrap();
        (name.head, path)
    };
    let (head, _) = write(1, Hash::ZERO, &event("T1", 1, "ledger-created"));
    for (body, told) in [
        (event("T1", 2, "unit-teleported"), "update this program"),
        (event("T2", 2, "ledger-created"), "nobody recorded that here"),
        (event("T1", 2, "ledger-created"), "nobody recorded that here"),
        ("no event".to_owned(), "update this program"),
    ] {
        let (_, path) = write(2, head, &body);
        let answer = floor.absorb("nas");
        assert!(answer.code == 3 && answer.err.contains(told), "{answer:?}");
        let heads = answer.json()["heads"].clone();
        assert_eq!(heads[0]["seq"].as_u64(), Some(1), "{heads}");
        fs::remove_file(path).unwrap();
    }
    floor.plant("verify").done();
}

#[test]
fn a_hole_is_told_and_filled_later() {
    let floor = Floor::new();
    let shell = floor.begun("T1");
    works(&shell, 2001);
    works(&shell, 2002);
    let second = floor.nas().join(&segments(&floor.nas())[1]);
    let away = floor.path("away");
    fs::rename(&second, &away).unwrap();
    let answer = floor.absorb("nas");
    assert_eq!(answer.code, 1, "{answer:?}");
    let trouble = answer.json()["divergence"][0].clone();
    assert_eq!(
        (trouble["seq"].as_u64(), trouble["what"].as_str()),
        (Some(3), Some("events 3 to 3 are not in it; what follows them waits"))
    );
    fs::rename(&away, &second).unwrap();
    let answer = floor.absorb("nas");
    assert_eq!((answer.code, answer.json()["sent"].as_u64()), (0, Some(2)));
}

#[test]
fn foreign_files_links_and_pipes_are_passed_over_and_told() {
    let floor = Floor::new();
    floor.begun("T1");
    let nas = floor.nas();
    let stream = nas.join(segments(&nas)[0].parent().unwrap());
    fs::write(nas.join("Thumbs.db"), "theirs").unwrap();
    fs::write(stream.join("notes.txt"), "mine").unwrap();
    std::os::unix::fs::symlink(&stream, stream.parent().unwrap().join("0123456789abcdef")).unwrap();
    std::os::unix::fs::symlink("/etc", nas.join("T9")).unwrap();
    let name = format!("{0:013}-{0:013}-{1}.jsonl.zst", 9, "a".repeat(64));
    assert!(std::process::Command::new("mkfifo").arg(stream.join(&name)).status().unwrap().success());
    let answer = floor.absorb("nas");
    assert_eq!(answer.code, 0, "{answer:?}");
    let answer = answer.json();
    assert_eq!(answer["heads"].as_array().unwrap().len(), 1, "{answer}");
    assert!(answer["remarks"].as_array().unwrap().len() >= 4, "{answer}");
    fs::remove_file(nas.join("traveller-target.json")).unwrap();
    let unmarked = floor.absorb("nas");
    assert!(unmarked.code == 3 && unmarked.err.contains("traveller-target.json"), "{unmarked:?}");
}

#[test]
fn two_ledgers_of_one_name_are_told() {
    let floor = Floor::new();
    floor.begun("T1");
    let twin = floor.terminal("twin");
    twin.run("operator enrol --badge OP-1001 --name Lead --role lead --terminal T1").done();
    sent(&twin);
    let answer = floor.absorb("nas");
    assert_eq!(answer.code, 0, "{answer:?}");
    let remarks = answer.json()["remarks"].to_string();
    assert!(remarks.contains("are both of terminal T1"), "{remarks}");
}

#[test]
fn an_event_that_differs_is_divergence_and_nothing_is_overwritten() {
    let floor = Floor::new();
    let shell = floor.begun("T1");
    let image = floor.path("T1").join("ledger.db");
    let copy = floor.terminal("image");
    for file in files(&floor.path("T1")).into_iter().filter(|f| f.parent() == image.parent()) {
        fs::copy(&file, floor.path("image").join(file.file_name().unwrap())).unwrap();
    }
    works(&shell, 2001);
    floor.absorb("nas").json();
    copy.run("operator enrol --badge OP-2002 --name Op --role operator --by OP-1001").done();
    copy.run("replicate --to ../other").done();
    let answer = floor.absorb("other");
    assert_eq!(answer.code, 1, "{answer:?}");
    let trouble = answer.json()["divergence"][0].clone();
    assert_eq!(
        (trouble["seq"].as_u64(), trouble["what"].as_str()),
        (Some(3), Some("event 3 is another one here")),
        "{trouble}"
    );
    floor.plant("verify").done();
    assert_eq!(floor.absorb("nas").code, 0, "what was there is untouched");
}

/// Killed at each call that changes something, the next run ends what it began.
#[test]
fn a_plant_that_was_killed_anywhere_is_brought_up_to_date_by_the_next_run() {
    if !traced::is_there() {
        return;
    }
    let floor = Floor::new();
    works(&floor.begun("T1"), 2001);
    let line = format!("absorb {}", floor.nas().display());
    for (call, when) in traced::calls(&Shell::new(), &line) {
        let plant = Shell::new();
        let killed = traced::killed(&plant, &line, call, when);
        plant.run(&line).done();
        let verified = plant.run("verify --json").json();
        assert_eq!(verified["ledgers"][0]["events"].as_u64(), Some(3), "{call} {when}: {verified}");
        assert!(killed, "{call} {when}: it ended before");
    }
}

/// Each round makes the plant's ledger anew, in the moment in which the others open it.
#[test]
fn two_that_absorb_at_once_take_each_event_once() {
    let floor = Floor::new();
    works(&floor.begun("T1"), 2001);
    works(&floor.begun("T2"), 2001);
    for round in 0..20 {
        let run = || floor.home.command(&format!("absorb nas --ledger plant{round}.db")).spawn().unwrap();
        for child in [run(), run(), run()] {
            Answer::of(&child.wait_with_output().unwrap()).done();
        }
        let verified = floor.home.run(&format!("verify --json --ledger plant{round}.db")).json();
        assert_eq!(verified["ledgers"].as_array().unwrap().len(), 2, "{verified}");
    }
}
