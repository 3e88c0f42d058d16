//! Scanners on USB: the machine is its own host. The kernel's dummy controller joins a gadget that is a keyboard to the
//! drivers that a real scanner meets.

use std::fs::{self, DirEntry, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::keys::{Stroke, US};
use super::machine::{Pace, comes_true, load, run, until};

/// Scanners that can be plugged in at once.
pub(super) const SOCKETS: u8 = 3;
/// Where the kernel is told what to be.
const GADGETS: &str = "/config/usb_gadget";
/// A keyboard with eight bytes a report: what is held, a zero, six keys. Device Class Definition for HID 1.11, B.1.
const KEYBOARD: [u8; 63] = [
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95,
    0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05,
    0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x03, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19,
    0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
];

/// Time between two reports.
const REPORT: Duration = Duration::from_millis(1);

/// A scanner on USB. It is unplugged when the proof is over.
pub(super) struct UsbScanner {
    gadget: PathBuf,
    socket: u8,
}

/// Gives the machine its USB controllers and drivers.
pub(super) fn load_usb() {
    load("evdev usbhid hid-generic usb_f_hid");
    run(&format!("modprobe dummy_hcd num={SOCKETS}"));
    if !Path::new(GADGETS).exists() {
        run("mount -t configfs config /config");
    }
}

impl UsbScanner {
    /// Plugs in a scanner. Its serial number is `SN000` and the number of its socket, from 1 on.
    pub(super) fn plugged_in(socket: u8) -> Self {
        load_usb();
        let gadget = Path::new(GADGETS).join(format!("scanner-{socket}"));
        let scanner = Self { gadget, socket };
        scanner.say("idVendor", "0x0c2e");
        scanner.say("idProduct", "0x0b6a");
        scanner.say("bcdUSB", "0x0200");
        scanner.say("strings/0x409/manufacturer", "Rig");
        scanner.say("strings/0x409/product", "Voyager");
        scanner.say("strings/0x409/serialnumber", &scanner.serial());
        scanner.say("functions/hid.keys/protocol", "1");
        scanner.say("functions/hid.keys/subclass", "1");
        scanner.say("functions/hid.keys/report_length", "8");
        fs::write(scanner.gadget.join("functions/hid.keys/report_desc"), KEYBOARD).unwrap();
        fs::create_dir(scanner.gadget.join("configs/c.1")).unwrap();
        symlink(scanner.gadget.join("functions/hid.keys"), scanner.gadget.join("configs/c.1/hid.keys")).unwrap();
        scanner.plug_in();
        scanner
    }

    fn say(&self, file: &str, text: &str) {
        let file = self.gadget.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }

    /// Plugs it in again, and waits for the machine to notice.
    pub(super) fn plug_in(&self) {
        self.say("UDC", &format!("dummy_udc.{}", self.socket - 1));
        until(|| self.found().is_some(), || format!("no keyboard came of {}", self.serial()));
    }

    fn serial(&self) -> String {
        format!("SN000{}", self.socket)
    }

    /// The input device of its serial number, as the machine has it.
    fn found(&self) -> Option<String> {
        let devices = fs::read_dir("/sys/class/input").ok()?.map(|device| device.unwrap());
        let is_it = |device: &DirEntry| {
            let uniq = fs::read_to_string(device.path().join("device/uniq"));
            uniq.is_ok_and(|uniq| uniq.trim() == self.serial())
        };
        devices.filter(is_it).map(|device| device.file_name().into_string().unwrap()).find(|n| n.starts_with("event"))
    }

    /// Where it can be read.
    pub(super) fn node(&self) -> PathBuf {
        Path::new("/dev/input").join(self.found().unwrap())
    }

    /// Pulls its plug, and waits for the machine to notice.
    pub(super) fn unplug(&self) {
        self.say("UDC", "\n");
        until(|| self.found().is_none(), || format!("the keyboard of {} stays", self.serial()));
    }

    /// Where its reports are written.
    fn reports(&self) -> File {
        let device = fs::read_to_string(self.gadget.join("functions/hid.keys/dev")).unwrap();
        let minor = device.trim().rsplit(':').next().unwrap();
        OpenOptions::new().write(true).open(format!("/dev/hidg{minor}")).unwrap()
    }

    /// Presses a key and keeps it down.
    pub(super) fn press(&self, stroke: Stroke) {
        self.reports().write_all(&stroke.report()).unwrap();
    }

    /// Lets all keys go.
    pub(super) fn let_go(&self) {
        self.reports().write_all(&[0; 8]).unwrap();
    }

    /// Sends keys, each pressed and let go: a report each millisecond, as the fastest scanners do.
    pub(super) fn send(&self, strokes: &[Stroke]) {
        let (mut reports, mut pace) = (self.reports(), Pace::new(REPORT));
        for (at, stroke) in strokes.iter().enumerate() {
            reports.write_all(&stroke.report()).unwrap();
            pace.keep();
            // What is held stays so while the next key is pressed, as a number on the keypad needs it.
            let held = strokes.get(at + 1).map_or(0, |next| next.held & stroke.held);
            reports.write_all(&Stroke { held, key: 0 }.report()).unwrap();
            pace.keep();
        }
    }

    /// Scans a text, and Enter behind it.
    pub(super) fn scan(&self, text: &str) {
        self.send(&US.scan(text));
    }
}

impl Drop for UsbScanner {
    fn drop(&mut self) {
        // It may be unplugged already, and a proof that failed says so by itself.
        let _unplugged = fs::write(self.gadget.join("UDC"), "\n");
        comes_true(|| self.found().is_none());
        let _removed = fs::remove_file(self.gadget.join("configs/c.1/hid.keys"));
        for directory in ["configs/c.1", "functions/hid.keys", "strings/0x409", ""] {
            let _removed = fs::remove_dir(self.gadget.join(directory));
        }
    }
}
