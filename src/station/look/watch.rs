//! Other processes' work is noticed when it is committed: the kernel says that the write-ahead log changed. And where
//! another file is put in the ledger's place, which this process would never see otherwise.

use std::ffi::OsString;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fs::inotify::{self, ReadFlags, WatchFlags};

use crate::app::port::Fault;
use crate::station::threads;

/// What happened to the file of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// Somebody may have recorded something.
    Changed,
    /// Another file lies in its place.
    Replaced,
}

/// Starts the thread that waits for a ledger to change, and tells it; it ends when nobody listens any more.
pub(super) fn watch(ledger: &Path, tell: impl Fn(News) -> bool + Send + 'static) -> Result<(), Fault> {
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
    threads::spawn("ledger-watch", move || wait(&watch, &name, tell))?;
    Ok(())
}

fn wait(watch: &OwnedFd, name: &OsString, tell: impl Fn(News) -> bool) {
    let mut log = name.clone();
    log.push("-wal");
    let mut buffer = [const { MaybeUninit::uninit() }; 4_096];
    let mut events = inotify::Reader::new(watch, &mut buffer);
    while let Ok(event) = events.next() {
        let is = |file: &OsString| event.file_name().is_some_and(|n| n.to_bytes() == file.as_bytes());
        // Where the kernel could not keep up, anything may have happened.
        let lost = event.events().contains(ReadFlags::QUEUE_OVERFLOW);
        let news = if lost || is(&log) {
            News::Changed
        } else if is(name) && !event.events().contains(ReadFlags::MODIFY) {
            News::Replaced
        } else {
            continue;
        };
        if !tell(news) {
            return;
        }
    }
}
