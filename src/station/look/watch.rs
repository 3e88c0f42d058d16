//! Other processes' work is noticed when it is committed: the kernel says that the write-ahead log changed. And where
//! another file is put in the ledger's place, which this process would never see otherwise.

use std::ffi::OsString;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use rustix::fs::inotify::{self, ReadFlags, WatchFlags};

use super::desk::Desk;
use crate::app::inspect::update::Msg;
use crate::app::port::Fault;
use crate::station::threads;

/// Starts the thread that waits for a ledger to change.
pub(super) fn watch(ledger: &Path, desk: Arc<Desk>, to: SyncSender<Msg>) -> Result<(), Fault> {
    let failed = |e: rustix::io::Errno| {
        Fault::new(
            format!("changes of the ledger cannot be watched: {e}"),
            "raise fs.inotify.max_user_instances, or check that the directory of the ledger may be read",
        )
    };
    let directory = ledger.parent().unwrap_or(Path::new("/"));
    let name = ledger.file_name().unwrap_or_default().to_owned();
    let watch: OwnedFd = inotify::init(inotify::CreateFlags::CLOEXEC).map_err(failed)?;
    let flags = WatchFlags::MODIFY | WatchFlags::MOVED_TO | WatchFlags::CREATE | WatchFlags::DELETE;
    inotify::add_watch(&watch, directory, flags).map_err(failed)?;
    threads::spawn("ledger-watch", move || wait(&watch, &name, &desk, &to))?;
    Ok(())
}

fn wait(watch: &OwnedFd, name: &OsString, desk: &Desk, to: &SyncSender<Msg>) {
    let mut log = name.clone();
    log.push("-wal");
    let mut buffer = [const { MaybeUninit::uninit() }; 4_096];
    let mut events = inotify::Reader::new(watch, &mut buffer);
    while let Ok(event) = events.next() {
        let is = |file: &OsString| event.file_name().is_some_and(|n| n.to_bytes() == file.as_bytes());
        // Where the kernel could not keep up, anything may have happened.
        let lost = event.events().contains(ReadFlags::QUEUE_OVERFLOW);
        if lost || is(&log) {
            desk.changed();
        } else if is(name) && !event.events().contains(ReadFlags::MODIFY) && to.send(Msg::Replaced).is_err() {
            return;
        }
    }
}
