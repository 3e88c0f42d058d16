//! The real program on a real terminal: it enters, takes keys, and leaves the terminal sane, however it ends.

use std::io::Write as _;
use std::path::Path;

use portable_pty::CommandBuilder;

use crate::support::session::Session;
use crate::support::week;

/// A small demonstration to work on.
fn demo(dir: &Path) -> std::path::PathBuf {
    let ledger = dir.join("ledger.db");
    week::play_into(&ledger, 12);
    ledger
}

fn run(dir: &Path) -> Session {
    let session = Session::traveller(&demo(dir), &["run", "--station", "receiving"]);
    session.wait_for("SCAN YOUR BADGE");
    session
}

#[test]
fn a_person_signs_on_and_terminates_the_program_by_signal() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = run(dir.path());
    session.type_line("OP-1001");
    session.wait_for("PIN");
    session.type_line("428617");
    session.wait_for("SCAN A UNIT");
    session.type_line("NO-SUCH-THING");
    session.wait_for("NO-SUCH-THING");
    assert!(session.text().contains("LOG OK"));
    assert!(!session.text().contains("428617"), "the PIN shows");
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    session.is_sane();
    let reader = traveller::ledger::open_reader(&dir.path().join("ledger.db")).unwrap();
    let station = reader.station(&"receiving".parse().unwrap()).unwrap();
    assert_eq!(station.operator, None, "whoever was there is signed off with the program");
}

/// F9 and F11, as a terminal sends them.
const F9: &str = "\u{1b}[20~";
const F11: &str = "\u{1b}[23~";

#[test]
fn a_paper_is_entered_and_a_label_is_replaced_with_the_keys_of_a_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = run(dir.path());
    session.type_line("OP-1001");
    session.wait_for("PIN");
    session.type_line("428617");
    session.wait_for("SCAN A UNIT");
    session.keys(F11);
    session.wait_for("a unit without a label");
    session.type_line("3");
    session.wait_for("HOW IS THE UNIT KNOWN?");
    session.keys("\u{1b}");
    session.wait_for("SCAN A UNIT");
    session.keys(F9);
    session.wait_for("WHEN WAS IT, BY THE PAPER?");
    let written = std::fs::metadata(dir.path().join("ledger.db")).unwrap().modified().unwrap();
    let written = jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::try_from(written).unwrap());
    session.type_line(&written.strftime("%Y%m%d%H%M").to_string());
    session.wait_for("WHO WITNESSES THE PAPER?");
    session.type_line("OP-2001");
    session.wait_for("ENTER YOUR PIN");
    session.type_line("204815");
    session.wait_for("From now on read from paper");
    assert!(session.text().contains("FROM PAPER"));
    session.type_line("OP-2001");
    session.wait_for("SCAN A UNIT");
    session.keys(F9);
    session.wait_for("All of the paper is entered");
    assert!(!session.text().contains("FROM PAPER"));
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

#[test]
fn a_paste_that_leaves_in_its_middle_ends_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger.db");
    let mut session = Session::traveller(&ledger, &["demo", "--units", "12"]);
    session.wait_for("SCAN YOUR BADGE");
    // A badge to be answered, Ctrl-C, and more keys than the inbox holds.
    session.keys(&format!("OP-1001\r\u{3}{}", "x".repeat(3_000)));
    session.ends();
    session.is_sane();
}

#[test]
fn the_line_going_dead_ends_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = run(dir.path());
    session.keys = None;
    session.master = None;
    session.signal("-HUP");
    session.ends();
}

#[test]
fn a_second_terminal_for_the_same_station_is_refused_and_names_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(dir.path());
    let mut second = Session::traveller(&dir.path().join("ledger.db"), &["run", "--station", "receiving"]);
    assert_eq!(second.ends(), 2);
    second.wait_for(&first.child.process_id().unwrap().to_string());
}

#[test]
fn what_another_process_did_shows_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = run(dir.path());
    session.type_line("OP-1001");
    session.wait_for("ENTER YOUR PIN");
    session.type_line("428617");
    session.wait_for("SCAN A UNIT");
    let before = session.text();
    // A unit begins at the same class of stations and is put down: from then on it waits here too.
    let mut pipe = std::process::Command::new(env!("CARGO_BIN_EXE_traveller"))
        .args(["pipe", "--station", "RECEIVING-9", "--ledger"])
        .arg(dir.path().join("ledger.db"))
        .env("TRAVELLER_CONFIG", config(dir.path()))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let unit = "GX80-99999";
    assert!(!before.contains(unit));
    let lines = format!("OP-2001\n{unit}\n{unit}\n");
    pipe.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let answers = pipe.wait_with_output().unwrap();
    let text = String::from_utf8(answers.stdout).unwrap();
    assert!(text.lines().count() == 3 && text.contains("unit-opened"), "{text}");
    session.wait("the units that wait", |s| s.contents() != before);
    session.signal("-TERM");
    session.ends();
}

/// Who is signed on at a station.
fn operator(ledger: &Path, station: &str) -> Option<String> {
    let reader = traveller::ledger::open_reader(ledger).unwrap();
    reader.station(&station.parse().unwrap()).unwrap().operator.map(|badge| badge.to_string())
}

/// Receiving above, assembly below, and somebody signed on at each.
fn two_stations(ledger: &Path) -> Session {
    let mut session = Session::traveller(ledger, &["run", "--station", "receiving", "--station", "assembly"]);
    let shows = |text: &'static str, times| move |s: &vt100::Screen| s.contents().matches(text).count() == times;
    session.wait("a badge is asked for twice", shows("SCAN YOUR BADGE", 2));
    for (signed_on, (badge, pin)) in [(1, ("OP-1001", "428617")), (2, ("OP-2001", "204815"))] {
        session.type_line(badge);
        session.wait_for("ENTER YOUR PIN");
        session.type_line(pin);
        session.wait("a unit is asked for", shows("SCAN A UNIT", signed_on));
        session.keys("\t");
    }
    session
}

#[test]
fn two_stations_at_one_terminal_are_put_down_with_it_and_after_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = demo(dir.path());
    let here = || ["receiving", "assembly"].map(|station| operator(&ledger, station));
    let mut session = two_stations(&ledger);
    assert_eq!(here(), [Some("OP-1001".to_owned()), Some("OP-2001".to_owned())]);
    session.signal("-KILL");
    session.ends();
    assert!(here().iter().all(Option::is_some), "nobody could put them down");
    let mut session = two_stations(&ledger);
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    assert_eq!(here(), [None, None]);
    session.is_sane();
}

fn config(dir: &Path) -> std::path::PathBuf {
    let file = dir.join("traveller.toml");
    std::fs::write(&file, "[station.RECEIVING-9]\nclass = \"receiving\"\n").unwrap();
    file
}

#[test]
fn a_unit_that_is_taken_over_at_one_half_is_gone_from_the_other_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = demo(dir.path());
    // Both stations are served because a scanner is bound to each; none of them is there.
    let config = "\
[operators]
pin_at_sign_on = false
[station.RECEIVING-1]
class = 'receiving'
[station.RECEIVING-2]
class = 'receiving'
[scanner.left]
serial = 'no such thing'
station = 'RECEIVING-1'
[scanner.right]
serial = 'nor this'
station = 'RECEIVING-2'
";
    let file = dir.path().join("traveller.toml");
    std::fs::write(&file, config).unwrap();
    let mut session = Session::traveller(&ledger, &["run", "--config", file.to_str().unwrap()]);
    let rows = |s: &vt100::Screen| s.rows(0, 80).collect::<Vec<_>>();
    let upper = move |s: &vt100::Screen, text: &str| rows(s).iter().take(12).any(|row| row.contains(text));
    let lower = move |s: &vt100::Screen, text: &str| rows(s).iter().skip(12).any(|row| row.contains(text));
    session.wait("both halves", |s| upper(s, "RECEIVING-1") && lower(s, "RECEIVING-2") && lower(s, "NO SCANNER"));
    session.type_line("OP-2001");
    session.wait("notes of the shift before", |s| upper(s, "NOTES FROM THE SHIFT BEFORE"));
    session.keys("\x1bOQ");
    session.wait("the upper half is manned", |s| upper(s, "SCAN A UNIT"));
    session.keys("\t");
    session.type_line("OP-2002");
    session.wait("the lower half is manned", |s| lower(s, "SCAN A UNIT"));
    let unit = "GX80-99999";
    session.type_line(unit);
    session.wait("the label is asked for again", |s| lower(s, "Scan it again"));
    session.type_line(unit);
    session.wait("the unit is open below", |s| lower(s, "STEP 10") && !upper(s, "STEP"));
    session.keys("\t");
    session.type_line(unit);
    session.wait("it is open above alone", |s| upper(s, "STEP 10") && lower(s, "SCAN A UNIT") && !lower(s, unit));
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_scanner_that_is_not_there_is_told_and_the_keyboard_does_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("traveller.toml");
    let scanners = "[scanner.bench]\nserial = \"no such number\"\n[scanner.other]\nserial = \"x\"\nstation = \"S-9\"\n";
    std::fs::write(&file, scanners).unwrap();
    let file = file.to_str().unwrap();
    let mut session = Session::traveller(&demo(dir.path()), &["run", "--station", "receiving", "--config", file]);
    session.wait_for("NO SCANNER");
    session.type_line("OP-1001");
    session.wait_for("PIN");
    assert!(!session.text().contains("other"), "one of another station is not this terminal's:\n{}", session.text());
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

#[test]
fn the_top_line_tells_how_old_the_replica_is_and_what_it_lacks() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, file) = (demo(dir.path()), dir.path().join("traveller.toml"));
    std::fs::write(&file, format!("[replicate]\nto = [\"{}\"]\n", dir.path().join("nas").display())).unwrap();
    let file = file.to_str().unwrap();
    let run = || Session::traveller(&ledger, &["run", "--station", "dock", "--config", file]);
    let mut session = run();
    session.wait_for("!REPL never");
    assert!(!session.text().contains("UNSENT 0 "), "{}", session.text());
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    let mut replicate = std::process::Command::new(env!("CARGO_BIN_EXE_traveller"));
    let sent = replicate.args(["replicate", "--config", file, "--ledger"]).arg(&ledger).output().unwrap();
    assert!(sent.status.success(), "{sent:?}");
    let mut session = run();
    session.wait("a fresh replica", |s| s.contents().contains("0 min  UNSENT 0 ") && !s.contents().contains("!REPL"));
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_ledger_that_lost_records_stops_the_terminal_with_a_screen() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = demo(dir.path());
    let old = dir.path().join("old.db");
    std::fs::copy(&ledger, &old).unwrap();
    let pipe = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!(
            "echo OP-2001 | {} pipe --station receiving --ledger {}",
            env!("CARGO_BIN_EXE_traveller"),
            ledger.display()
        ))
        .output()
        .unwrap();
    assert!(pipe.status.success(), "{pipe:?}");
    // The card was swapped for an old copy: what was recorded since is gone.
    for beside in ["-wal", "-shm"] {
        let mut name = ledger.clone().into_os_string();
        name.push(beside);
        std::fs::remove_file(name).unwrap();
    }
    std::fs::copy(&old, &ledger).unwrap();
    let mut session = Session::traveller(&ledger, &["run", "--station", "receiving"]);
    session.wait_for("missing");
    session.type_line("OP-1001");
    session.signal("-TERM");
    session.ends();
    session.is_sane();
}

/// Run in a process of its own, on a terminal, by the test below.
#[test]
#[ignore = "the child of a_panic_gives_the_terminal_back"]
fn panics_on_a_terminal() {
    traveller::ui::terminal::leave_on_panic();
    traveller::ui::terminal::enter(traveller::ui::terminal::Sound::Ring).unwrap();
    panic!("a defect that nobody foresaw");
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "pty::panics_on_a_terminal", "--ignored", "--nocapture"]);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("RUST_BACKTRACE", "0");
    let mut session = Session::start(command);
    assert_ne!(session.ends(), 0);
    session.wait_for("a defect that nobody foresaw");
    session.is_sane();
}
