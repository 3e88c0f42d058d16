//! Other processes' work is noticed when it is committed: the kernel says that the write-ahead log changed.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use rustix::fs::inotify;

use super::recorder::Job;
use crate::app::port::Fault;
use crate::station::threads;

/// Starts the thread that waits for the write-ahead log of a ledger to change.
///
/// `looking` is up from a change until the recorder looks, so that at most one look waits for it.
pub(super) fn watch(ledger: &Path, recorder: SyncSender<Job>, looking: Arc<AtomicBool>) -> Result<(), Fault> {
    let failed = |e: rustix::io::Errno| {
        Fault::new(
            format!("changes of the ledger cannot be watched: {e}"),
            "raise fs.inotify.max_user_instances, or end other programs that watch files",
        )
    };
    let mut log = ledger.as_os_str().to_owned();
    log.push("-wal");
    let log = PathBuf::from(log);
    let watch: OwnedFd = inotify::init(inotify::CreateFlags::CLOEXEC).map_err(failed)?;
    inotify::add_watch(&watch, &log, inotify::WatchFlags::MODIFY).map_err(failed)?;
    threads::spawn("ledger-watch", move || wait(&watch, &recorder, &looking))?;
    Ok(())
}

fn wait(watch: &OwnedFd, recorder: &SyncSender<Job>, looking: &AtomicBool) {
    let mut buffer = [const { std::mem::MaybeUninit::uninit() }; 4_096];
    let mut events = inotify::Reader::new(watch, &mut buffer);
    while events.next().is_ok() {
        if !looking.swap(true, Ordering::AcqRel) && recorder.send(Job::Look).is_err() {
            return;
        }
    }
}
