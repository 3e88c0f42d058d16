//! What happens around a run: disks that fail at any call, a line that records all the while, clocks that are wrong.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::desk::{Desk, files};
use super::traced;
use crate::support::pipe::Pipe;
use crate::support::shell::{Answer, Shell};

/// Between two actions of a busy line.
const BREATH: Duration = Duration::from_millis(50);

/// Whether what is at the target is what the device has, and nothing else.
#[track_caller]
fn is_whole(desk: &Desk) {
    let answer = desk.shell.run("verify --against nas --json").json();
    let against = &answer["against"];
    assert_eq!((&against["streams"][0]["missing"], &against["ok"]), (&0.into(), &true.into()), "{answer}");
    assert_eq!(against["remarks"].as_array().map(Vec::len), Some(0), "{answer}");
}

/// A device that has two segments to send: one where there is a hole, and one of what is new.
fn two_to_send() -> Desk {
    let desk = Desk::new();
    desk.replicate().done();
    desk.work(2001);
    desk.replicate().done();
    fs::remove_file(&desk.segments()[0]).unwrap();
    desk.work(2002);
    desk
}

/// The same once more, in a place of its own.
fn again(desk: &Desk) -> Desk {
    let shell = Shell::new();
    let all = desk.shell.home.path().join(".");
    assert!(Command::new("cp").arg("-a").arg(all).arg(shell.home.path()).status().unwrap().success());
    Desk { shell }
}

/// A disk that is pulled out answers any call with this error from some moment on.
#[test]
fn a_disk_that_fails_at_any_call_costs_that_run_alone() {
    if !traced::is_there() {
        return;
    }
    let line = "replicate --to nas --json";
    let model = two_to_send();
    for (call, when) in traced::calls(&again(&model).shell, line) {
        let desk = again(&model);
        let ended =
            Answer::of(&traced::failing(&desk.shell, line, &[&format!("inject={call}:error=EIO:when={when}+")]));
        let before = files(&desk.target());
        // Where nothing can be written any more, no words can.
        let told = ended.code == 0 || !ended.err.is_empty() || call == "write";
        assert!(ended.code != 1 && told, "{call} {when}: {ended:?}");
        desk.replicate().done();
        is_whole(&desk);
        let after = files(&desk.target());
        let kept = before.iter().filter(|f| f.extension().is_some_and(|e| e == "zst")).all(|f| after.contains(f));
        assert!(kept, "{call} {when}: what had its name keeps it: {before:?} {after:?}");
    }
}

#[test]
fn a_run_that_fails_in_its_middle_says_what_it_sent() {
    if !traced::is_there() {
        return;
    }
    let desk = two_to_send();
    let hole = desk.head() - desk.replicate().json()["already"].as_u64().unwrap();
    let desk = two_to_send();
    let line = "replicate --to nas --json";
    let ended = Answer::of(&traced::failing(&desk.shell, line, &["inject=renameat2:error=EIO:when=2"]));
    assert_eq!(ended.code, 3, "{ended:?}");
    let answer: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let sent = answer["sent"].as_u64().unwrap();
    assert!(sent > 0 && sent < hole && answer["bytes"].as_u64() > Some(0), "{answer} of {hole}");
    assert!(answer["failed"]["what"].as_str().unwrap().contains("could not be written"), "{answer}");
    let rest = desk.replicate().json();
    assert_eq!(rest["sent"].as_u64(), Some(hole - sent), "{rest}");
    is_whole(&desk);
}

#[expect(clippy::disallowed_methods, reason = "the line has a breath that nothing else tells of")]
#[test]
fn a_line_that_records_all_the_while_is_sent_as_far_as_it_was() {
    let desk = Desk::new();
    desk.work(2001);
    let mut pipe = Pipe::at(&desk.shell, "KIT-1");
    pipe.expect(&[("OP-2001", "signed-on")]);
    let mut sent = Vec::new();
    for _ in 0..5 {
        let mut command = desk.shell.command("replicate --to nas --json");
        let mut run = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut recorded = 0;
        while run.try_wait().unwrap().is_none() || recorded == 0 {
            assert_eq!(pipe.say("NOT-A-LABEL"), "unknown-label");
            recorded += 1;
            // A night rests beside each of them: a line without a breath would make each night longer than the last.
            std::thread::sleep(BREATH);
        }
        let answer = Answer::of(&run.wait_with_output().unwrap()).json();
        let seq = answer["heads"][0]["seq"].as_u64().unwrap();
        assert_eq!(seq, answer["sent"].as_u64().unwrap() + answer["already"].as_u64().unwrap(), "{answer}");
        sent.push(seq);
    }
    pipe.end().done();
    assert!(sent.is_sorted() && sent.first() < sent.last(), "{sent:?}");
    desk.replicate().done();
    is_whole(&desk);
}

/// Nothing but the age that is shown goes by a clock.
#[test]
fn clocks_that_are_wrong_by_years_change_nothing_that_is_sent() {
    for year in ["1970", "2099"] {
        let desk = Desk::new();
        desk.replicate().done();
        let state = files(&desk.shell.home.path().join("ledger.db.state"));
        let file = state.iter().find(|f| f.extension().is_some_and(|e| e == "json")).unwrap();
        let said = fs::read_to_string(file).unwrap();
        let now = desk.state()["done"].as_str().unwrap()[..4].to_owned();
        fs::write(file, said.replace(&format!("\"{now}-"), &format!("\"{year}-"))).unwrap();
        assert!(desk.state()["done"].as_str().unwrap().starts_with(year));
        for file in files(&desk.target()).iter().chain(&state) {
            let set = Command::new("touch").args(["-d", &format!("{year}-06-01")]).arg(file).status().unwrap();
            assert!(set.success());
        }
        let already = desk.head();
        desk.work(2001);
        let answer = desk.replicate().json();
        assert_eq!(answer["already"].as_u64(), Some(already), "{answer}");
        is_whole(&desk);
        assert!(desk.state()["done"].as_str().unwrap().starts_with(&now), "the clock is right again");
    }
}
