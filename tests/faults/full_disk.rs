//! A full disk: the program says so in two lines and ends; what it acknowledged is on record, nothing is half there.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::cell::{furnish, goes_on, work_until_it_ends};
use crate::support::pipe::Pipe;
use crate::support::shell::Shell;

#[test]
fn a_file_that_may_not_grow() {
    let shell = Shell::new();
    furnish(&shell);
    // The limit counts blocks of 512 or 1,024 bytes, as the shell has it: either is reached soon.
    let program = shell.command("pipe --station CELL-1");
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\""]).arg(program.get_program());
    limited.args(program.get_args()).current_dir(shell.home.path()).env_clear();
    limited.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("PATH", "/usr/bin:/bin");
    let mut pipe = Pipe::of(&mut limited);
    let (last, finished) = work_until_it_ends(&mut pipe, 1);
    let (what, instead) = pipe.end().failed(3);
    assert!(what.contains("disk failed"), "{what}");
    assert!(!instead.is_empty());
    goes_on(&shell, &last, finished + 1);
}

/// A small file system of its own, gone with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where this user may not mount anything.
    fn at(place: &Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m,mode=0700", "none"]).arg(place).output();
        mounted.is_ok_and(|m| m.status.success()).then(|| Self(place.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _gone_anyway = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_disk_without_room() {
    let shell = Shell::new();
    let Some(disk) = SmallDisk::at(shell.home.path()) else {
        println!("SKIPPED: this user may not mount a small disk; a_file_that_may_not_grow stands in for it");
        return;
    };
    furnish(&shell);
    let mut pipe = Pipe::at(&shell, "CELL-1");
    let (last, finished) = work_until_it_ends(&mut pipe, 1);
    let (what, instead) = pipe.end().failed(3);
    assert!(what.contains("the disk is full"), "{what}");
    assert!(instead.contains("free some space"), "{instead}");

    // No room for anything: what reads still reads, and what writes says when it cannot. What room the log of SQLite
    // has of its own is used first.
    let ballast = disk.0.join("ballast");
    let _until_it_is_full =
        Command::new("dd").args(["if=/dev/zero", "bs=4096"]).arg(format!("of={}", ballast.display())).output();
    shell.run("units --json").done();
    shell.run("verify").done();
    let received = (1..2_000).find(|n| {
        let answer = shell.run(&format!("lot receive M-{n} --part NUT --quantity 1 --by OP-1001"));
        answer.code != 0 && answer.failed(3).0.contains("the disk is full")
    });
    let received = received.expect("there is an end of room");
    let lots = shell.run("lot list --json").json();
    assert_eq!(lots["lots"].as_array().unwrap().len(), received, "N-1, and every M that was answered with yes");

    std::fs::remove_file(ballast).unwrap();
    let room = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&disk.0).status().unwrap();
    assert!(room.success());
    goes_on(&shell, &last, finished + 1);
    shell.run(&format!("lot receive M-{received} --part NUT --quantity 1 --by OP-1001")).done();
}
