//! A target on another machine, by a real sshd with a restricted key.

use std::fs;

use super::desk::{Desk, files};
use super::far_side::{FarSide, PROGRAM};
use crate::support::shell::Shell;

#[test]
fn what_is_missing_arrives_by_a_key_that_is_good_for_nothing_else() {
    let Some(far) = FarSide::with_sshd() else { return };
    let desk = Desk::new();
    let answer = far.replicate(&desk);
    assert_eq!(answer.code, 0, "{answer:?}");
    let answer = answer.json();
    assert_eq!((answer["sent"].as_u64(), answer["already"].as_u64()), (Some(desk.head()), Some(0)), "{answer}");
    assert_eq!((&answer["target"], &desk.state()["heads"]), (&"ssh://far/srv/replica".into(), &answer["heads"]));
    far.is_whole(&desk);

    let before = files(&far.replica());
    let again = far.replicate(&desk).json();
    assert_eq!((again["sent"].as_u64(), again["already"].as_u64()), (Some(0), Some(desk.head())), "{again}");
    assert_eq!(files(&far.replica()), before, "twice is nothing");
    fs::remove_file(before.iter().find(|f| f.extension().is_some_and(|e| e == "zst")).unwrap()).unwrap();
    desk.work(2001);
    far.replicate(&desk).done();
    far.is_whole(&desk);

    // Whatever the key asks for, it gets the receiver.
    let ssh = far.at("bin/ssh");
    let asked = std::process::Command::new(ssh).args(["-o", "BatchMode=yes", "far", "id"]).output().unwrap();
    let said = String::from_utf8(asked.stdout).unwrap();
    assert!(said.contains("TRAVELLER REPLICA 1") && !said.contains("uid="), "{said}");
}

#[test]
fn it_refuses_what_a_directory_refuses() {
    let Some(far) = FarSide::with_sshd() else { return };
    let desk = Desk::new();
    let old = desk.copied(&desk.shell.home.path().join("old"));
    let twin = desk.copied(&desk.shell.home.path().join("twin"));
    far.replicate(&desk).done();
    desk.work(2001);
    far.replicate(&desk).done();
    let before = files(&far.replica());

    let answer = far.replicate(&old);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.json()["divergence"][0]["what"].as_str().unwrap().contains("was set back"));
    twin.work(2002);
    twin.work(2003);
    let answer = far.replicate(&twin);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.json()["divergence"][0]["what"].as_str().unwrap().contains("is another one there"));
    assert_eq!(files(&far.replica()), before, "nothing is written");

    let segment = before.iter().rfind(|f| f.extension().is_some_and(|e| e == "zst")).unwrap();
    let whole = fs::read(segment).unwrap();
    fs::write(segment, &whole[..whole.len() / 2]).unwrap();
    let (what, _) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("the far side says: ") && what.contains("is damaged"), "{what}");
    fs::write(segment, whole).unwrap();

    let away = far.at("away");
    fs::rename(far.replica(), &away).unwrap();
    let (what, _) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("could not be opened") && !far.replica().exists(), "{what}");
    fs::create_dir(far.replica()).unwrap();
    let (what, instead) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("another disk, or none, is mounted there") && instead.contains("mount"), "{what} {instead}");
    assert_eq!(files(&far.replica()).len(), 0);
    fs::write(far.replica().join("traveller-target.json"), "{\"mark\":\"0000000000000000\"}").unwrap();
    let (what, _) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("is another one"), "{what}");
}

#[test]
fn a_host_that_nobody_knows_and_a_key_that_it_does_not_know_are_told_and_hide_no_other_target() {
    let Some(far) = FarSide::with_sshd() else { return };
    let desk = Desk::new();
    let known = fs::read_to_string(far.at("known_hosts")).unwrap();
    let other = format!("far {}", fs::read_to_string(far.at("stranger.pub")).unwrap());
    for known_hosts in ["", &other] {
        far.put("known_hosts", known_hosts);
        let answer = far.run(&desk, "replicate --to ssh://far/srv/replica nas");
        assert_eq!(answer.code, 3, "{answer:?}");
        assert!(answer.err.contains("Host key verification failed"), "{answer:?}");
        assert!(answer.err.contains("compare the key of that host"), "{answer:?}");
        assert!(answer.out.contains("events sent"), "the other target has its own: {answer:?}");
    }
    far.put("known_hosts", &known);
    // Then sshd asks for a password, and nobody is there to type one.
    far.put("authorized", "");
    let (what, instead) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("Permission denied (publickey,password"), "{what}");
    assert!(instead.contains("nobody is there to type a password"), "{instead}");
    assert!(!far.replica().exists());
}

#[test]
fn a_banner_is_read_past() {
    let Some(far) = FarSide::with_sshd() else { return };
    let desk = Desk::new();
    let receive = format!("{PROGRAM} receive --into {}", far.replica().display());
    far.force(&format!("echo Welcome to NAS-7; printf unfinished; exec {receive}"));
    far.replicate(&desk).done();
    far.is_whole(&desk);
    desk.work(2001);
    far.force(&format!("yes Welcome | head -c 200000; exec {receive}"));
    let (what, _) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("not what a receiver says"), "{what}");
}

#[test]
fn a_connection_that_drops_in_mid_segment_leaves_nothing_half() {
    let Some(far) = FarSide::with_sshd() else { return };
    let desk = Desk::new();
    far.replicate(&desk).done();
    let before = files(&far.replica());
    for badge in 2001..2010 {
        desk.work(badge);
    }
    for bytes in [1, 50, 200, 300, 600, 900, 1_200] {
        far.force(&format!("dd bs=1 count={bytes} status=none | {PROGRAM} receive --into {}", far.replica().display()));
        let (what, instead) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
        assert!(what.contains(" failed: ") && !instead.is_empty(), "{bytes}: {what}");
        assert_eq!(files(&far.replica()), before, "{bytes}");
    }
    far.force(&format!("{PROGRAM} receive --into {}", far.replica().display()));
    far.replicate(&desk).done();
    far.is_whole(&desk);
}

#[test]
fn an_old_image_is_found_and_stopped_on_another_machine_too() {
    let Some(far) = FarSide::with_sshd() else { return };
    let old = Desk::new();
    far.replicate(&old).done();
    let new = Desk { shell: Shell::new() };
    new.shell.run(&format!("restore --from {} --terminal T1", far.replica().display())).done();
    far.replicate(&new).done();
    let before = files(&far.replica());
    let answer = far.replicate(&old);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.json()["divergence"][0]["what"].is_string());
    assert_eq!(files(&far.replica()), before);
    old.shell.run("operator enrol --badge OP-2001 --name Op --role operator --by OP-1001").failed(3);
    far.replicate(&new).done();
}
