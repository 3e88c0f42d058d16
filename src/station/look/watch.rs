//! Other processes' work is noticed when it is committed: the kernel says that the write-ahead log changed. And where
//! another file is put in the ledger's place, which this process would never see otherwise.

use std::ffi::OsString;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify::{self, ReadFlags, WatchFlags};
use rustix::io::Errno;

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
    let failed = |e: Errno| {
        Fault::new(
            format!("changes of the ledger cannot be watched: {e}"),
            "raise fs.inotify.max_user_instances, or check that the directory of the ledger may be read",
        )
    };
    let watch: OwnedFd =
        inotify::init(inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK).map_err(failed)?;
    let directory = ledger.parent().unwrap_or(Path::new("/"));
    let name = ledger.file_name().unwrap_or_default().to_owned();
    let flags = WatchFlags::MODIFY | WatchFlags::MOVED_TO | WatchFlags::CREATE | WatchFlags::DELETE;
    inotify::add_watch(&watch, directory, flags).map_err(failed)?;
    threads::spawn("ledger-watch", move || wait(&watch, &name, tell))?;
    Ok(())
}

/// A commit writes its log in many pieces. Whoever woke for each of them would take the processor from the one who
/// records, who is not done then; and nothing of it counts yet.
const COMMITTING: Duration = Duration::from_millis(40);

#[expect(clippy::disallowed_methods, reason = "only after the kernel told something: a commit ends meanwhile")]
fn wait(watch: &OwnedFd, name: &OsString, tell: impl Fn(News) -> bool) {
    let mut log = name.clone();
    log.push("-wal");
    let mut buffer = [const { MaybeUninit::uninit() }; 4_096];
    let mut events = inotify::Reader::new(watch, &mut buffer);
    loop {
        match poll(&mut [PollFd::new(watch, PollFlags::IN)], None) {
            Ok(_) => thread::sleep(COMMITTING),
            Err(Errno::INTR) => continue,
            Err(_) => return,
        }
        let Ok(news) = all(&mut events, name, &log) else { return };
        if !news.into_iter().flatten().all(&tell) {
            return;
        }
    }
}

/// All that the kernel has to tell by now.
fn all(
    events: &mut inotify::Reader<'_, &OwnedFd>,
    name: &OsString,
    log: &OsString,
) -> Result<[Option<News>; 2], Errno> {
    let (mut changed, mut replaced) = (false, false);
    loop {
        match events.next() {
            Ok(event) => {
                let is = |file: &OsString| event.file_name().is_some_and(|n| n.to_bytes() == file.as_bytes());
                // Where the kernel could not keep up, anything may have happened.
                changed |= event.events().contains(ReadFlags::QUEUE_OVERFLOW) || is(log);
                replaced |= is(name) && !event.events().contains(ReadFlags::MODIFY);
            }
            Err(Errno::AGAIN) => return Ok([replaced.then_some(News::Replaced), changed.then_some(News::Changed)]),
            Err(Errno::INTR) => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write as _;
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn many_writes_of_a_commit_are_told_of_at_once_and_the_last_one_is() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = dir.path().join("t.db");
        let (tell, told) = mpsc::channel();
        watch(&ledger, move |news| tell.send(news).is_ok()).unwrap();
        let hear = || told.recv_timeout(Duration::from_secs(20)).unwrap();
        let mut log = File::create(dir.path().join("t.db-wal")).unwrap();
        for _ in 0..500 {
            log.write_all(b"page").unwrap();
        }
        assert_eq!(hear(), News::Changed);
        let more = std::iter::from_fn(|| told.recv_timeout(COMMITTING * 5).ok()).count();
        assert!(more < 50, "told {more} times more");
        log.write_all(b"page").unwrap();
        assert_eq!(hear(), News::Changed);
        let new = dir.path().join("new.db");
        fs::write(&new, "another").unwrap();
        fs::rename(&new, &ledger).unwrap();
        assert_eq!(hear(), News::Replaced);
    }
}
