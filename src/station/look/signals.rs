//! Signals end whoever looks: the terminal is left sane, whoever sends them, and a terminal that hung up keeps nobody.

use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::port::Fault;
use crate::station::threads;

/// Time that the loop has to leave after a signal.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// Starts the thread that waits for signals, and asks the loop to leave.
pub(super) fn watch(quit: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    let failed = |e: std::io::Error| {
        Fault::new(
            format!("signals cannot be watched: {e}"),
            "start the program again; if it stays so, restart the machine",
        )
    };
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).map_err(failed)?;
    threads::spawn("signals", move || {
        if signals.forever().next().is_some() {
            quit();
            leave_at_last();
        }
    })?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the guard that ends the process where the loop cannot")]
fn leave_at_last() {
    std::thread::sleep(LEAVE_WITHIN);
    std::process::exit(0);
}
