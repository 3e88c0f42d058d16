//! Targets that fill up, vanish, or may not be written; runs that die.

use std::fs;

use super::desk::{Desk, files};
use super::disk::Mount;
use super::traced;

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

#[test]
fn a_target_without_room_gets_the_rest_the_next_time() {
    let desk = Desk::new();
    let Some(mount) = Mount::at(&desk.target(), "size=64k") else {
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
    let Some(mount) = Mount::at(&desk.target(), "size=1m") else {
        println!("SKIPPED: this user may not mount a small disk");
        return;
    };
    desk.replicate().done();
    desk.work(2001);
    mount.read_only();
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

/// Killed at each call that changes something, the next run ends what it began.
#[test]
fn a_run_that_is_killed_anywhere_is_ended_by_the_next() {
    if !traced::is_there() {
        return;
    }
    for (call, when) in traced::calls(&Desk::new().shell, "replicate --to nas") {
        let desk = Desk::new();
        let killed = traced::killed(&desk.shell, "replicate --to nas", call, when);
        desk.replicate().done();
        let segments = desk.segments();
        let bodies = zstd::decode_all(&*fs::read(&segments[0]).unwrap()).unwrap();
        assert_eq!(String::from_utf8(bodies).unwrap(), desk.shell.run("events --json").done(), "{call} {when}");
        let left: Vec<_> = files(&desk.target());
        assert_eq!(left.len(), 2, "{call} {when}: the mark and one segment, {left:?}");
        assert!(killed, "{call} {when}: it ended before");
    }
}

/// There a file has both names for a moment.
#[test]
fn a_run_that_is_killed_between_two_names_is_ended_by_the_next() {
    if !traced::is_there() {
        return;
    }
    for at in ["linkat", "unlinkat"] {
        for when in 1..=4 {
            let desk = Desk::new();
            let kill = format!("inject={at}:signal=KILL:when={when}");
            traced::failing(&desk.shell, "replicate --to nas", &["inject=renameat2:error=EINVAL", &kill]);
            let again = traced::failing(&desk.shell, "replicate --to nas", &["inject=renameat2:error=EINVAL"]);
            assert!(again.status.success(), "{at} {when}: {again:?}");
            assert_eq!(files(&desk.target()).len(), 2, "{at} {when}: the mark and one segment");
            desk.shell.run("verify --against nas").done();
        }
    }
}

/// NFS knows no rename that refuses to replace, FAT and many a share no second names either.
#[test]
fn a_share_that_cannot_refuse_to_replace_is_written_without_replacing() {
    if !traced::is_there() {
        return;
    }
    let nfs = ["inject=renameat2:error=EINVAL"];
    let fat = ["inject=renameat2:error=EINVAL", "inject=linkat:error=EPERM"];
    for failures in [&nfs[..], &fat] {
        let desk = Desk::new();
        let ended = traced::failing(&desk.shell, "replicate --to nas", failures);
        assert!(ended.status.success(), "{ended:?}");
        let there = files(&desk.target());
        assert_eq!(there.len(), 2, "the mark and one segment: {there:?}");
        assert_eq!(desk.replicate().json()["already"].as_u64(), Some(desk.head()));

        fs::write(desk.shell.home.path().join("copy.db"), "mine").unwrap();
        let ended = traced::failing(&desk.shell, "backup copy.db", failures);
        assert_eq!(ended.status.code(), Some(2), "{ended:?}");
        assert_eq!(fs::read_to_string(desk.shell.home.path().join("copy.db")).unwrap(), "mine");
    }
}
