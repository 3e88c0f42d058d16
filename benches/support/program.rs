//! The program itself, as plants run it: how long it took, and how much memory.

use std::ffi::OsStr;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::Outcome;
use super::sample::timed;
use super::table::{Budget, Table};

/// The memory that nightly work may take.
const KIB_MOST: u64 = 65_536;
/// How often it is looked at; what was the most is kept by the kernel.
const LOOKS: Duration = Duration::from_millis(20);

/// Runs a command to its end, which must be good; nanoseconds. Its memory is a line of the table.
pub(crate) fn run<'a>(table: &mut Table, args: impl IntoIterator<Item = &'a OsStr>) -> Outcome<u64> {
    let args: Vec<&OsStr> = args.into_iter().collect();
    let mut peak = 0;
    let (nanos, ended) = timed(|| watched(&args, &mut peak));
    ended?;
    let name = args.first().map(|name| name.to_string_lossy()).unwrap_or_default();
    table.line(&format!("  peak memory of {name}"), (peak, KIB_MOST), "KiB", Budget::Most(100));
    Ok(nanos)
}

#[expect(clippy::disallowed_methods, reason = "it is looked at again and again")]
fn watched(args: &[&OsStr], peak: &mut u64) -> Outcome<()> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_traveller")).args(args).stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", program.id());
    loop {
        let said = fs::read_to_string(&status).unwrap_or_default();
        let most = said.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        *peak = most.unwrap_or(0).max(*peak);
        match program.try_wait()? {
            None => thread::sleep(LOOKS),
            Some(ended) if ended.success() => return Ok(()),
            Some(ended) => return Err(format!("{args:?}: {ended}").into()),
        }
    }
}
