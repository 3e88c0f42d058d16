//! What the README tells a person to type is there, and does what it says.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::support::page::commands;

/// Opens the demo. The test that runs the demo takes its command from here.
pub(crate) const DEMO: &str = "cargo run --release -- demo";
/// Runs every test.
const TESTS: &str = "tests/run";
/// What `tests/run` does, in this order.
const STAGES: &[&str] = &["packages", "format", "lints", "docs", "tidy", "dependencies", "rig", "tests"];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap()
}

/// The program's words right after `stage` in the script.
fn stages(script: &str) -> Vec<&str> {
    script.lines().filter_map(|line| line.strip_prefix("stage ")).collect()
}

#[test]
fn the_first_two_commands_are_the_demo_and_the_tests() {
    let commands = commands(&read("README.md"));
    assert_eq!(commands.iter().take(2).collect::<Vec<_>>(), [DEMO, TESTS]);
}

#[test]
fn the_test_command_can_be_run_and_has_every_stage() {
    let mode = fs::metadata(repository(TESTS)).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111, "{TESTS} is not executable: chmod +x {TESTS}");
    let script = read(TESTS);
    assert_eq!(stages(&script), STAGES);
    assert!(script.contains("\nset -euo pipefail\n"), "{TESTS} must stop at the first failure");
    assert_eq!(script.lines().last(), Some("cargo test --locked --tests"), "its last line must be the test runner's");
}

#[test]
fn the_readme_names_every_stage() {
    let readme = read("README.md");
    for stage in STAGES {
        assert!(readme.contains(&format!("*{stage}*")), "README.md does not say what the stage {stage} does");
    }
}

#[test]
fn ci_runs_the_test_command_and_nothing_else() {
    let script = read(".ci/run");
    let acts: Vec<_> = script.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(acts, ["exec \"$(dirname \"${BASH_SOURCE[0]}\")/../tests/run\""]);
}
