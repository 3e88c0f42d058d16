//! The night: the units of systemd, and the user that they name.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::desk::files;
use crate::faults::cell::{furnish, lines_of};
use crate::support::pipe::Pipe;
use crate::support::shell::{Answer, Shell};

/// Where the units are.
const UNITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/systemd");
/// The page that says how they are set up.
const PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/night.md"));

/// A user that replicates, and the group of the terminal.
const REPLICA: u32 = 65_534;
const GROUP: u32 = 65_533;

/// What a unit says, by section and key. A key that is repeated adds to its list.
fn unit(name: &str) -> BTreeMap<(String, String), Vec<String>> {
    let text = fs::read_to_string(Path::new(UNITS).join(name)).unwrap();
    let mut said: BTreeMap<_, Vec<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            name.strip_suffix(']').unwrap().clone_into(&mut section);
        } else {
            let (key, value) = line.split_once('=').unwrap();
            said.entry((section.clone(), key.to_owned())).or_default().push(value.to_owned());
        }
    }
    said
}

fn assert_says(unit: &BTreeMap<(String, String), Vec<String>>, section: &str, wanted: &[(&str, &str)]) {
    for (key, value) in wanted {
        let said = unit.get(&(section.to_owned(), (*key).to_owned())).map(|all| all.join(" "));
        assert_eq!(said.as_deref(), Some(*value), "[{section}] {key}");
    }
}

#[test]
fn the_service_reads_the_record_and_may_write_receipts_and_targets_alone() {
    let service = unit("traveller-replicate.service");
    assert_says(
        &service,
        "Service",
        &[
            ("Type", "oneshot"),
            ("User", "traveller-replica"),
            ("Group", "traveller"),
            ("ProtectSystem", "strict"),
            ("ReadWritePaths", "-/mnt/traveller"),
            ("StateDirectory", "traveller-replica"),
            ("NoNewPrivileges", "yes"),
            ("CapabilityBoundingSet", ""),
            ("PrivateTmp", "yes"),
            ("ProtectHome", "yes"),
            ("IOSchedulingClass", "idle"),
            ("CPUWeight", "1"),
            ("Nice", "19"),
            // Neither a contradiction nor a wrong configuration mends itself.
            ("RestartPreventExitStatus", "1 2"),
        ],
    );
    // It would be another user each night, and the receipts somebody else's; and it asks which boot this is.
    for absent in ["DynamicUser", "ProcSubset"] {
        assert!(!service.contains_key(&("Service".to_owned(), absent.to_owned())), "{absent}");
    }
}

#[test]
fn a_missed_night_is_made_up_for() {
    let timer = unit("traveller-replicate.timer");
    assert_says(
        &timer,
        "Timer",
        &[("OnCalendar", "*-*-* 02:00"), ("Persistent", "true"), ("RandomizedDelaySec", "1h")],
    );
    assert_says(&timer, "Install", &[("WantedBy", "timers.target")]);
}

#[test]
fn the_drill_is_as_confined_and_writes_receipts_alone() {
    let (replicate, drill) = (unit("traveller-replicate.service"), unit("traveller-drill.service"));
    let of_its_own = [
        "ExecStart",
        "Environment",
        "TimeoutStartSec",
        "Restart",
        "RestartSec",
        "RestartPreventExitStatus",
        "ReadWritePaths",
        "RestrictAddressFamilies",
    ];
    for ((section, key), value) in replicate.iter().filter(|((section, _), _)| section == "Service") {
        if !of_its_own.contains(&key.as_str()) {
            assert_eq!(drill.get(&(section.clone(), key.clone())), Some(value), "{key}");
        }
    }
    assert!(!drill.contains_key(&("Service".to_owned(), "ReadWritePaths".to_owned())));
    let timer = unit("traveller-drill.timer");
    assert_says(&timer, "Timer", &[("OnCalendar", "Sun *-*-1..7 04:00"), ("Persistent", "true")]);
}

/// What systemd itself says of the units, with a program that is there; none where there is no systemd.
fn analyzed(arguments: &[&str]) -> Option<Output> {
    let place = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(UNITS).unwrap() {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.replace("/usr/bin/traveller", env!("CARGO_BIN_EXE_traveller"));
        fs::write(place.path().join(entry.file_name()), text).unwrap();
    }
    let mut analyze = Command::new("systemd-analyze");
    let analyze = analyze.args(arguments).current_dir(place.path()).env("SYSTEMD_PAGER", "");
    let output = analyze.output().ok();
    if output.is_none() {
        println!("SKIPPED: systemd is not installed");
    }
    output
}

#[test]
fn systemd_takes_the_units_without_a_remark() {
    let units = fs::read_dir(UNITS).unwrap().map(|unit| format!("./{}", unit.unwrap().file_name().to_str().unwrap()));
    for unit in units {
        let Some(output) = analyzed(&["verify", &unit]) else { return };
        assert!(output.status.success() && output.stderr.is_empty() && output.stdout.is_empty(), "{output:?}");
    }
}

#[test]
fn systemd_finds_little_that_the_services_are_exposed_to() {
    for name in ["replicate", "drill", "board"] {
        let service = format!("./traveller-{name}.service");
        let Some(output) = analyzed(&["security", "--offline=true", "--threshold=20", &service]) else { return };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// A user that is made up for each run has its directory below `/run/private`, where nobody else comes in.
#[test]
fn the_page_on_the_wall_is_there_for_whoever_reads_it() {
    let board = unit("traveller-board.service");
    assert_says(
        &board,
        "Service",
        &[
            ("User", "traveller-board"),
            ("Group", "traveller-look"),
            ("UMask", "0022"),
            ("RuntimeDirectory", "traveller-board"),
            ("RuntimeDirectoryMode", "0755"),
            ("RuntimeDirectoryPreserve", "yes"),
        ],
    );
    assert!(!board.contains_key(&("Service".to_owned(), "DynamicUser".to_owned())));
    let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/board.md"));
    assert!(page.contains("useradd --system --gid traveller-look") && page.contains("traveller-board\n"));
}

#[test]
fn the_terminal_is_started_again_however_often_it_ends_and_says_so_while_it_does_not_run() {
    let terminal = unit("traveller.service");
    assert_says(&terminal, "Unit", &[("StartLimitIntervalSec", "0")]);
    assert_says(&terminal, "Service", &[("Restart", "always"), ("RestartSec", "1"), ("StandardError", "journal")]);
    let left = &terminal[&("Service".to_owned(), "ExecStopPost".to_owned())][0];
    assert!(left.contains(r"\033c") && left.contains("DOES NOT RUN"), "{left}");
}

/// What requires a mount is not started where that fails, is not tried again, and tells nobody why.
#[test]
fn a_mount_that_fails_is_tried_again_and_hides_no_other_target() {
    let drop_in: Vec<&str> = PAGE.split("```").filter(|block| block.contains("targets.conf")).collect();
    assert_eq!(drop_in.len(), 1);
    assert!(drop_in[0].contains("\nWants=mnt-traveller.mount\nAfter=mnt-traveller.mount\n"), "{drop_in:?}");
    assert!(drop_in[0].contains("\nReadWritePaths=-/mnt/traveller "), "{drop_in:?}");
    assert!(!drop_in[0].contains("Requires"), "{drop_in:?}");
}

/// Gives a file to somebody, with these rights.
fn give(path: &Path, owner: u32, mode: u32) {
    chown(path, Some(owner), Some(GROUP)).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The user that replicates, as `docs/night.md` sets it up.
struct Nightly {
    place: tempfile::TempDir,
}

impl Nightly {
    fn of(shell: &Shell) -> Self {
        for file in files(shell.home.path()) {
            let is_secret = file.extension().is_some_and(|e| e == "pins");
            give(&file, 0, if is_secret { 0o600 } else { 0o640 });
        }
        give(shell.home.path(), 0, 0o750);
        let place = tempfile::tempdir().unwrap();
        give(place.path(), REPLICA, 0o750);
        fs::copy(env!("CARGO_BIN_EXE_traveller"), place.path().join("traveller")).unwrap();
        Self { place }
    }

    fn run(&self, shell: &Shell, line: &str) -> Answer {
        let asked = shell.command(line);
        let mut command = Command::new("setpriv");
        command.args([&format!("--reuid={REPLICA}"), &format!("--regid={GROUP}"), "--clear-groups", "--"]);
        command.arg(self.place.path().join("traveller")).args(asked.get_args()).current_dir(self.place.path());
        command.env_clear().envs(asked.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", std::env::var_os("PATH").unwrap());
        Answer::of(&command.output().unwrap())
    }

    fn segments(&self) -> Vec<PathBuf> {
        let sent = files(&self.place.path().join("nas"));
        sent.into_iter().filter(|file| file.extension().is_some_and(|e| e == "zst")).collect()
    }
}

#[test]
fn the_user_that_replicates_cannot_change_the_record_and_leaves_nothing_beside_it() {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        println!("SKIPPED: this user may not become another");
        return;
    }
    let shell = Shell::new();
    furnish(&shell);
    let mut pipe = Pipe::at(&shell, "CELL-1");
    pipe.ask(b"OP-1001").unwrap();
    let mut work = |unit: u32| lines_of(unit).iter().for_each(|line| drop(pipe.ask(line.as_bytes()).unwrap()));
    work(1);
    let nightly = Nightly::of(&shell);
    let before: Vec<_> = files(shell.home.path());
    let line = "replicate --to nas --state kept --json";
    // Beside the writer, again when there is nothing new, and again after more work.
    nightly.run(&shell, line).done();
    nightly.run(&shell, line).done();
    assert_eq!(nightly.segments().len(), 1);
    work(2);
    let sent = nightly.run(&shell, line).json();
    assert!(sent["sent"].as_u64().unwrap() > 3 && nightly.segments().len() == 2, "{sent}");
    let (what, _) = nightly.run(&shell, "lot hold N-1 --reason r --by OP-1001").failed(3);
    assert!(what.contains("may not be written"), "{what}");
    let (what, _) = nightly.run(&shell, "replicate --to nas").failed(3);
    assert!(what.contains("receipts could not be kept"), "beside the ledger: {what}");
    let pins = shell.home.path().join("ledger.db.pins");
    assert_eq!(fs::metadata(pins).unwrap().mode() & 0o077, 0, "they are nobody else's to read");
    work(3);
    drop(pipe);
    // It can try out what it sent, too.
    nightly.run(&shell, line).done();
    let drilled = nightly.run(&shell, "drill --from nas --state kept --json").json();
    assert_eq!(drilled["outcome"], "ok", "{drilled}");
    nightly.run(&shell, line).done();
    let after = files(shell.home.path());
    assert_eq!(after, before, "nothing was left beside the record");
    assert!(after.iter().all(|file| fs::metadata(file).unwrap().uid() == 0), "{after:?}");
    // The terminal reads the receipts as a member of the group.
    for file in files(&nightly.place.path().join("kept")) {
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o040, 0o040, "{}", file.display());
    }
    let bodies: Vec<u8> =
        nightly.segments().iter().flat_map(|file| zstd::decode_all(&*fs::read(file).unwrap()).unwrap()).collect();
    assert_eq!(String::from_utf8(bodies).unwrap(), shell.run("events --json").done());
}

#[test]
fn the_page_says_what_the_units_say() {
    for said in [
        "traveller-replica",
        "warn_hours = 26",
        "attention_hours = 50",
        "Persistent=true",
        "systemctl enable --now traveller-replicate.timer traveller-drill.timer",
    ] {
        assert!(PAGE.contains(said), "{said}");
    }
}
