//! Targets that fill up, vanish, or may not be written; runs that die.

use std::fs;
use std::process::Command;

use super::desk::{Desk, files};

#[test]
fn a_disk_that_is_not_mounted_is_refused_and_not_made_anew() {
    let desk = Desk::new();
    desk.replicate().done();
    let away = desk.shell.home.path().join("away");
    fs::rename(desk.target(), &away).unwrap();
    let answer = desk.replicate();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(!desk.target().exists(), "it is not made anew");

    fs::create_dir(desk.target()).unwrap();
    let answer = desk.replicate();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("another disk, or none, is mounted there"), "{answer:?}");
    assert_eq!(files(&desk.target()).len(), 0, "the mount point stays empty");

    fs::write(desk.target().join("traveller-target.json"), "{\"mark\":\"0000000000000000\"}").unwrap();
    assert!(desk.replicate().err.contains("is another one"));
    fs::write(desk.target().join("traveller-target.json"), "{").unwrap();
    assert!(desk.replicate().err.contains("cannot be read"));

    fs::remove_dir_all(desk.target()).unwrap();
    fs::rename(away, desk.target()).unwrap();
    desk.replicate().done();
    assert!(desk.state()["failed"].is_null());
}

/// A mount that is gone with this value.
struct Mount(std::path::PathBuf);

impl Mount {
    fn at(desk: &Desk, options: &str) -> Option<Self> {
        let place = desk.target();
        fs::create_dir_all(&place).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "none"]).arg(&place).output();
        mounted.is_ok_and(|m| m.status.success()).then_some(Self(place))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _gone_anyway = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_target_without_room_gets_the_rest_the_next_time() {
    let desk = Desk::new();
    let Some(mount) = Mount::at(&desk, "size=64k") else {
        println!("SKIPPED: this user may not mount a small disk");
        return;
    };
    desk.replicate().done();
    fs::write(desk.target().join("filler"), vec![7; 1 << 20]).unwrap_err();
    desk.work(2001);
    let answer = desk.replicate();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("make room there"), "{answer:?}");
    assert_eq!(desk.segments().len(), 1, "no half segment");
    assert!(desk.state()["failed"]["what"].is_string() && desk.state()["done"] != desk.state()["tried"]);
    fs::remove_file(desk.target().join("filler")).unwrap();
    desk.replicate().done();
    assert_eq!(desk.segments().len(), 2);
    drop(mount);
}

#[test]
fn a_target_that_may_not_be_written_says_so() {
    let desk = Desk::new();
    let Some(mount) = Mount::at(&desk, "size=1m") else {
        println!("SKIPPED: this user may not mount a small disk");
        return;
    };
    desk.replicate().done();
    desk.work(2001);
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(&mount.0).status().unwrap().success());
    let answer = desk.replicate();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("mount it writable"), "{answer:?}");
}

#[test]
fn what_a_dead_run_left_is_removed_and_the_rest_is_sent() {
    let desk = Desk::new();
    desk.replicate().done();
    let left = desk.stream().join(".traveller-new-0000000000004");
    fs::write(&left, "half").unwrap();
    desk.work(2001);
    desk.replicate().done();
    assert!(!left.exists());
    assert_eq!(desk.segments().len(), 2);
}

/// Killed at its n-th call of each kind that changes something, the next run ends what it began.
#[test]
fn a_run_that_is_killed_anywhere_is_ended_by_the_next() {
    if Command::new("strace").arg("--version").output().is_err() {
        println!("SKIPPED: strace is not installed");
        return;
    }
    let mut kills = 0;
    for call in ["mkdir", "mkdirat", "fsync", "renameat2", "unlinkat", "flock"] {
        for when in 1..20 {
            let desk = Desk::new();
            let program = desk.shell.command("replicate --to nas");
            let mut killed = Command::new("strace");
            killed.args(["-f", "-o", "/dev/null", "-e", &format!("inject={call}:signal=KILL:when={when}")]);
            killed.arg(program.get_program()).args(program.get_args()).current_dir(desk.shell.home.path());
            let done = killed.env("TRAVELLER_LEDGER", desk.shell.ledger()).output().unwrap().status.success();
            kills += u32::from(!done);
            desk.replicate().done();
            let segments = desk.segments();
            let bodies = zstd::decode_all(&*fs::read(&segments[0]).unwrap()).unwrap();
            assert_eq!(String::from_utf8(bodies).unwrap(), desk.shell.run("events --json").done(), "{call} {when}");
            let left: Vec<_> = files(&desk.target());
            assert_eq!(left.len(), 2, "{call} {when}: the mark and one segment, {left:?}");
            if done {
                break;
            }
        }
    }
    assert!(kills > 10, "only {kills} runs were killed");
}
