//! One opened input device: kept from everybody else, and read event by event.
//!
//! It is opened raw. The kinder way of the same crate mends a drop by itself and so joins two scans to one.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use evdev::raw_stream::RawDevice;
use evdev::{EventType, InputEvent, LedCode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::frames::{Event, Frames};
use super::reader::Source;
use super::request;

/// Keys that can be down at once and are told of: more than anybody has fingers.
const DOWN_MOST: usize = 32;

/// Why a device cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It is not there, or it went away, or it does not answer.
    Gone,
    /// This program may not open it.
    NotPermitted,
    /// Another program keeps it for itself.
    Taken,
}

impl From<io::Error> for Barred {
    fn from(error: io::Error) -> Self {
        match Errno::from_io_error(&error) {
            Some(Errno::ACCESS | Errno::PERM) => Self::NotPermitted,
            Some(Errno::BUSY) => Self::Taken,
            _ => Self::Gone,
        }
    }
}

/// An opened device.
#[derive(Debug)]
pub struct Device {
    raw: RawDevice,
    frames: Frames,
}

impl Device {
    /// Opens a device by its file.
    pub fn open(node: &Path) -> Result<Self, Barred> {
        let raw = RawDevice::open(node)?;
        request::tell_time_since_boot(&raw)?;
        // Kernels before 4.4 cannot: then fewer characters fit into their buffer, and a drop is still noticed.
        let _unmasked = request::keep_back_scan_codes(&raw);
        Ok(Self { raw, frames: Frames::default() })
    }

    /// Keeps the device from everybody else, as soon as no key is down: who saw a key go down must see it go up. The
    /// kernel gives it back when the program ends, however it ends.
    ///
    /// True where keys came meanwhile: what follows may be the end of a scan whose beginning went elsewhere.
    pub fn grab_at_rest(&mut self) -> Result<bool, Barred> {
        let mut heard = false;
        while !self.try_grab()? {
            self.wait(None)?;
            heard |= self.drain()?;
        }
        if self.wait(Some(0))? {
            heard |= self.drain()?;
        }
        Ok(heard)
    }

    /// Keeps the device from everybody else where no key is down. False where one is.
    pub fn try_grab(&mut self) -> Result<bool, Barred> {
        if !self.is_at_rest()? {
            return Ok(false);
        }
        self.raw.grab()?;
        // One that went down just before the grab went elsewhere, and so must its end.
        if !self.is_at_rest()? {
            self.raw.ungrab()?;
            return Ok(false);
        }
        Ok(true)
    }

    /// Gives the device back.
    pub fn release(&mut self) -> Result<(), Barred> {
        Ok(self.raw.ungrab()?)
    }

    fn is_at_rest(&self) -> Result<bool, Barred> {
        Ok(self.raw.get_key_state()?.iter().next().is_none())
    }

    /// Turns the light of Caps Lock off, where this program may: some scanners go by it and turn upper case to lower.
    pub fn caps_lock_off(&mut self) {
        let off = [
            InputEvent::new(EventType::LED.0, LedCode::LED_CAPSL.0, 0),
            InputEvent::new(EventType::SYNCHRONIZATION.0, 0, 0),
        ];
        // A scanner without lights, or one that may only be read, is read all the same.
        let _without_light = self.raw.send_events(&off);
    }

    /// Waits until there is something to read; false where the time, in milliseconds, passed before.
    fn wait(&self, within: Option<u64>) -> Result<bool, Barred> {
        let timeout = within.and_then(|ms| Timespec::try_from(Duration::from_millis(ms)).ok());
        let mut fds = [PollFd::new(&self.raw, PollFlags::IN)];
        loop {
            match poll(&mut fds, timeout.as_ref()) {
                Ok(0) => return Ok(false),
                Ok(_) if fds.iter().any(|fd| fd.revents().contains(PollFlags::IN)) => return Ok(true),
                // A signal interrupted it.
                Err(Errno::INTR) => {}
                // Nothing to read and never again.
                Ok(_) | Err(_) => return Err(Barred::Gone),
            }
        }
    }

    /// Reads what there is; it is not wanted. True where keys were among it.
    fn drain(&mut self) -> Result<bool, Barred> {
        let mut keys = false;
        self.fetch(&mut |event, _| keys |= matches!(event, Event::Key { .. } | Event::Dropped))?;
        Ok(keys)
    }

    fn fetch(&mut self, each: &mut dyn FnMut(Event, u64)) -> Result<(), Barred> {
        let events = loop {
            match self.raw.fetch_events() {
                Ok(events) => break events.collect::<Vec<_>>(),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        };
        for event in events {
            let at = millis(event.timestamp());
            if let Some(event) = self.frames.take(event.event_type().0, event.code(), event.value()) {
                each(event, at);
            }
        }
        Ok(())
    }
}

/// Milliseconds of the boot clock. The crate takes every moment for one of the wall clock.
fn millis(moment: SystemTime) -> u64 {
    let since_boot = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_boot.as_millis()).unwrap_or(u64::MAX)
}

impl Source for Device {
    fn next(&mut self, within: Option<u64>, each: &mut dyn FnMut(Event, u64)) -> Result<bool, Barred> {
        if !self.wait(within)? {
            return Ok(false);
        }
        self.fetch(each)?;
        Ok(true)
    }

    fn down(&self) -> Result<Vec<u16>, Barred> {
        Ok(self.raw.get_key_state()?.iter().take(DOWN_MOST).map(evdev::KeyCode::code).collect())
    }
}

impl std::os::fd::AsFd for Device {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.raw.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_device_from_being_read_is_told_apart() {
        let barred = |errno: i32| Barred::from(io::Error::from_raw_os_error(errno));
        let (eacces, eperm, ebusy, enodev, enoent) = (13, 1, 16, 19, 2);
        assert_eq!([barred(eacces), barred(eperm)], [Barred::NotPermitted; 2]);
        assert_eq!(barred(ebusy), Barred::Taken);
        assert_eq!([barred(enodev), barred(enoent)], [Barred::Gone; 2]);
    }

    #[test]
    fn a_file_that_is_no_device_is_not_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(Device::open(file.path()).unwrap_err(), Barred::Gone);
        assert_eq!(Device::open(Path::new("/nowhere/at/all")).unwrap_err(), Barred::Gone);
    }
}
