//! The scanners' threads: one waits for devices that come and go, one decides, and one for each open device reads.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::hotplug::{Bar, Hotplug, Open, Report};
use super::inbox::Inbox;
use crate::app::msg::{Millis, News};
use crate::app::port::Fault;
use crate::capture::label::{self, Unmarked};
use crate::capture::scanner::decode::{Decoder, Heard};
use crate::capture::scanner::device::{Barred, Device};
use crate::capture::scanner::nodes::Nodes;
use crate::capture::scanner::seen::{self, Keys};
use crate::capture::scanner::{holder, reader};
use crate::domain::label::{Label, Loss};
use crate::station::scanner_file::Scanner;
use crate::station::threads;

/// Time after which it is looked again for a scanner that is not ready. What comes, goes or is permitted is told by the
/// kernel at once; that another program let go of a scanner is told by nobody. While all are ready nothing looks.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// What the deciding thread is told.
enum Turn {
    /// Devices came, went, or are permitted to somebody else.
    Changed,
    /// What became of a device that was to be opened.
    Report(String, Report),
}

/// Starts to read the scanners of the configuration. What is wrong with one is told to the inbox, and is no fault.
pub(super) fn watch(scanners: Vec<Scanner>, inbox: &Inbox) -> Result<(), Fault> {
    if scanners.is_empty() {
        return Ok(());
    }
    let (turns, coming) = channel();
    // Where the kernel has no watch left, what comes is found by looking again.
    if let Ok(mut nodes) = Nodes::watch(Path::new("/dev")) {
        let turns = turns.clone();
        threads::spawn("scanner-nodes", move || while nodes.wait().is_ok() && turns.send(Turn::Changed).is_ok() {})?;
    }
    let watch = Watch { scanners: scanners.into_iter().map(Arc::new).collect(), inbox: inbox.clone(), turns };
    threads::spawn("scanners", move || watch.decide(&coming))?;
    Ok(())
}

struct Watch {
    scanners: Vec<Arc<Scanner>>,
    inbox: Inbox,
    turns: Sender<Turn>,
}

impl Watch {
    /// Decides what is opened, until nobody is there to be told.
    fn decide(&self, coming: &Receiver<Turn>) {
        let names = self.scanners.iter().map(|s| (s.name.clone(), s.identity.clone())).collect();
        let mut hotplug = Hotplug::new(names);
        let (mut look, mut patient) = (true, true);
        loop {
            if look {
                for open in hotplug.look(&seen::look(Path::new("/sys"))) {
                    self.open(open);
                }
            }
            for (name, state) in hotplug.news(patient) {
                if self.inbox.send(News::Scanner { name, state }).is_err() {
                    return;
                }
            }
            let turn = if hotplug.misses() {
                coming.recv_timeout(LOOK_AGAIN)
            } else {
                coming.recv().map_err(RecvTimeoutError::from)
            };
            (look, patient) = match turn {
                Ok(Turn::Changed) => (true, true),
                Ok(Turn::Report(node, report)) => (hotplug.report(&node, report), true),
                Err(RecvTimeoutError::Timeout) => (true, false),
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
    }

    /// Starts the thread that opens a device and reads it.
    fn open(&self, open: Open) {
        let Some(scanner) = self.scanners.get(open.scanner) else { return };
        let part = Part {
            file: Path::new("/dev/input").join(&open.node),
            node: open.node.clone(),
            keys: open.keys,
            scanner: scanner.clone(),
            inbox: self.inbox.clone(),
            turns: self.turns.clone(),
        };
        if threads::spawn("scanner", move || part.serve()).is_err() {
            // It is looked for again, as one that is not there.
            drop(self.turns.send(Turn::Report(open.node, Report::Gone)));
        }
    }
}

/// A part of a scanner that one thread opens and reads.
struct Part {
    file: PathBuf,
    node: String,
    keys: Keys,
    scanner: Arc<Scanner>,
    inbox: Inbox,
    turns: Sender<Turn>,
}

impl Part {
    fn serve(&self) {
        let report = match self.read() {
            Barred::Gone => Report::Gone,
            Barred::NotPermitted => Report::Barred(Bar::NotPermitted),
            Barred::Taken => {
                let by = holder::holders(Path::new("/proc"), &self.file, std::process::id());
                Report::Barred(Bar::Taken { by })
            }
        };
        self.report(report);
    }

    /// Nobody to be told means that the program ends.
    fn report(&self, report: Report) {
        drop(self.turns.send(Turn::Report(self.node.clone(), report)));
    }

    /// Opens the device and reads it as long as that can be done. Says why it cannot any more.
    fn read(&self) -> Barred {
        match self.prepare() {
            Err(barred) => barred,
            Ok(mut device) => {
                self.report(Report::Reading);
                match self.keys {
                    Keys::Types => {
                        let mut decoder = Decoder::new(self.scanner.options.clone());
                        reader::read(&mut device, &mut decoder, || self.inbox.moment().0, |heard| self.tell(heard));
                    }
                    Keys::Others => reader::swallow(&mut device),
                }
                Barred::Gone
            }
        }
    }

    /// The device, kept from everybody else and at rest.
    fn prepare(&self) -> Result<Device, Barred> {
        let mut device = Device::open(&self.file)?;
        let cut = device.grab_at_rest()?;
        device.caps_lock_off();
        let cut = reader::rest(&mut device)? || cut;
        if cut && self.keys == Keys::Types {
            let begun_ms = self.inbox.moment().0;
            let _deaf = self.tell(Heard { begun_ms, scan: Err(Loss::Overrun) });
        }
        Ok(device)
    }

    /// What was scanned. What it says by a standard is read where it is acted on, unless this scanner reads nothing but
    /// what is of one standard.
    fn label(&self, bytes: &[u8]) -> Label {
        let label = Label::read(bytes);
        match self.scanner.unmarked {
            Unmarked::Plain => label,
            Unmarked::Gs1 => label::read_as(label, Unmarked::Gs1),
        }
    }

    fn tell(&self, heard: Heard) -> ControlFlow<()> {
        let label = heard.scan.map_or_else(Label::Lost, |bytes| self.label(&bytes));
        let news = News::Scan { label, device: self.scanner.name.clone(), begun: Millis(heard.begun_ms) };
        match self.inbox.send(news) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_ended) => ControlFlow::Break(()),
        }
    }
}
