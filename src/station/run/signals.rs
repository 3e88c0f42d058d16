//! Signals become messages: the terminal is left sane, whoever ends the program.

use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::inbox::Inbox;
use crate::app::msg::News;
use crate::app::port::Fault;
use crate::station::threads;

/// Time that the main loop has to leave after a signal. A terminal that hung up can keep the keyboard thread spinning,
/// and a full line can keep a write waiting; neither may keep the process.
const LEAVE_WITHIN: Duration = Duration::from_secs(2);

/// Starts the thread that waits for signals.
pub(super) fn watch(inbox: Inbox) -> Result<(), Fault> {
    let failed = |e: std::io::Error| {
        Fault::new(
            format!("signals cannot be watched: {e}"),
            "start the program again; if it stays so, restart the machine",
        )
    };
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).map_err(failed)?;
    threads::spawn("signals", move || {
        if signals.forever().next().is_some() {
            // A full inbox is no reason to stay.
            let _ = inbox.try_send(News::Quit);
            leave_at_last();
        }
    })?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the guard that ends the process where the main loop cannot")]
fn leave_at_last() {
    std::thread::sleep(LEAVE_WITHIN);
    // The record is safe: whatever was answered is committed.
    std::process::exit(3);
}
