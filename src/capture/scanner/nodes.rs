//! Tells when an input device comes, goes, or is permitted to somebody else. The kernel says it; nothing polls.

use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use rustix::io::Errno;

/// Bytes of news that are read at once: some dozens.
const NEWS_BYTES: usize = 4_096;
/// The directory of input devices, in that of all devices.
const INPUT: &str = "input";

/// Watches the directory of input devices, which is not there before the first of them is.
#[derive(Debug)]
pub struct Nodes {
    inotify: OwnedFd,
    dev: PathBuf,
    watching: Watching,
}

#[derive(Debug, Clone, Copy)]
enum Watching {
    /// The directory of input devices, by this number.
    Input(i32),
    /// The directory that it will come to.
    Parent(i32),
}

impl Nodes {
    /// Begins to watch. `dev` is where devices are, such as `/dev`.
    pub fn watch(dev: &Path) -> rustix::io::Result<Self> {
        let inotify = inotify::init(CreateFlags::CLOEXEC)?;
        let watching = begin(&inotify, dev)?;
        Ok(Self { inotify, dev: dev.to_owned(), watching })
    }

    /// Waits until something may have changed.
    pub fn wait(&mut self) -> rustix::io::Result<()> {
        while !self.changed()? {}
        Ok(())
    }

    /// Waits for news, and reads all that there is. Says whether it is about input devices.
    fn changed(&mut self) -> rustix::io::Result<bool> {
        let mut buffer = [const { MaybeUninit::uninit() }; NEWS_BYTES];
        let mut news = inotify::Reader::new(&self.inotify, &mut buffer);
        let (mut changed, mut moved) = (false, false);
        loop {
            match news.next() {
                Ok(event) => {
                    let input = |name: &CStr| name.to_bytes() == INPUT.as_bytes();
                    match self.watching {
                        Watching::Input(watch) if event.wd() == watch => {
                            changed = true;
                            moved |= event.events().contains(ReadFlags::IGNORED);
                        }
                        Watching::Parent(watch) if event.wd() == watch => {
                            moved |= event.file_name().is_some_and(input);
                        }
                        // More than the kernel keeps happened at once, or it is of a watch that ended.
                        Watching::Input(_) | Watching::Parent(_) => {
                            changed |= event.events().contains(ReadFlags::QUEUE_OVERFLOW);
                        }
                    }
                }
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error),
            }
            if news.is_buffer_empty() {
                break;
            }
        }
        if moved {
            if let Watching::Parent(watch) = self.watching {
                inotify::remove_watch(&self.inotify, watch)?;
            }
            self.watching = begin(&self.inotify, &self.dev)?;
        }
        Ok(changed || moved)
    }
}

/// Watches the directory of input devices, else the one that it will come to.
fn begin(inotify: &OwnedFd, dev: &Path) -> rustix::io::Result<Watching> {
    let input = || {
        let what = WatchFlags::CREATE | WatchFlags::ATTRIB | WatchFlags::DELETE | WatchFlags::ONLYDIR;
        inotify::add_watch(inotify, dev.join(INPUT), what).map(Watching::Input)
    };
    match input() {
        Err(Errno::NOENT) => {
            let parent = inotify::add_watch(inotify, dev, WatchFlags::CREATE | WatchFlags::ONLYDIR)?;
            // It may have come meanwhile.
            match input() {
                Err(Errno::NOENT) => Ok(Watching::Parent(parent)),
                watching => {
                    inotify::remove_watch(inotify, parent)?;
                    watching
                }
            }
        }
        watching => watching,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_device_that_comes_is_permitted_and_goes_is_told_each_time() {
        let dev = tempfile::tempdir().unwrap();
        let input = dev.path().join("input");
        fs::create_dir(&input).unwrap();
        let mut nodes = Nodes::watch(dev.path()).unwrap();
        let node = input.join("event0");
        fs::write(&node, "").unwrap();
        nodes.wait().unwrap();
        fs::set_permissions(&node, fs::Permissions::from_mode(0o660)).unwrap();
        nodes.wait().unwrap();
        fs::remove_file(&node).unwrap();
        nodes.wait().unwrap();
    }

    #[test]
    fn the_directory_itself_may_come_go_and_come_again() {
        let dev = tempfile::tempdir().unwrap();
        let input = dev.path().join("input");
        let mut nodes = Nodes::watch(dev.path()).unwrap();
        for _ in 0..2 {
            fs::write(dev.path().join("ttyS9"), "").unwrap();
            fs::create_dir(&input).unwrap();
            nodes.wait().unwrap();
            assert!(matches!(nodes.watching, Watching::Input(_)));
            fs::write(input.join("event0"), "").unwrap();
            nodes.wait().unwrap();
            fs::remove_dir_all(&input).unwrap();
            while matches!(nodes.watching, Watching::Input(_)) {
                nodes.wait().unwrap();
            }
            fs::remove_file(dev.path().join("ttyS9")).unwrap();
        }
    }
}
