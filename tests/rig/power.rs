//! The power goes while lines are acknowledged. The answers leave over the serial line; the next machine on the same
//! disk is told of them and holds them against the ledger.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;

use super::machine::{load, run, serial_line};
use crate::faults::acknowledged::Acknowledged;
use crate::faults::cell::{furnish, lines_of};
use crate::support::shell::Shell;

/// What earlier machines acknowledged: one answer a line.
const ACKNOWLEDGED: &str = "/rig/acknowledged";
/// Units that one machine is given: more than it comes to.
const UNITS_OF_A_MACHINE: u32 = 20_000;

fn acknowledged() -> Acknowledged {
    let mut answers = Acknowledged::default();
    for line in std::fs::read_to_string(ACKNOWLEDGED).unwrap().lines() {
        answers.hear(serde_json::from_str(line).unwrap());
    }
    answers
}

/// Gives lines to a pipe until the power goes, its answers going out as they are.
fn work(shell: &Shell, machine: u32) -> ! {
    let mut lines = "OP-1001\n".to_owned();
    for unit in (machine * UNITS_OF_A_MACHINE..).take(UNITS_OF_A_MACHINE.try_into().unwrap()) {
        for line in lines_of(unit) {
            writeln!(lines, "{line}").unwrap();
        }
    }
    std::fs::write("/tmp/lines", lines).unwrap();
    // What the test runner began to say stays off the first answer's line.
    serial_line().write_all(b"\n").unwrap();
    let mut pipe = shell.command("pipe --station CELL-1");
    let ended = pipe.stdin(File::open("/tmp/lines").unwrap()).stdout(serial_line()).status().unwrap();
    panic!("the power was not cut, and the pipe ended: {ended}");
}

#[ignore = "runs in the rig"]
#[test]
fn every_acknowledged_line_outlives_a_power_cut() {
    load("virtio_pci virtio_blk crc32c_generic ext4");
    run("mount -t ext4 /dev/vda /disk");
    let shell = Shell::at("/disk");
    let acknowledged = acknowledged();
    if acknowledged.len() == 0 {
        furnish(&shell);
    } else {
        acknowledged.head_does_not_lead(&shell.ledger());
        acknowledged.are_on_record(&shell.ledger());
        assert_eq!(shell.run("verify --json").json()["ok"], true);
    }
    if let Some(machine) = std::env::var("cut").ok().and_then(|n| n.parse().ok()) {
        work(&shell, machine);
    }
    let replayed = shell.run("replay --all --json").json();
    assert_eq!(replayed["same"], replayed["decisions"], "{}", replayed["different"]);
    run("umount /disk");
}
