//! What the kernel tells everybody about an input device, whether this program may read it or not.

use std::fs;
use std::path::Path;

use super::identity::Model;

/// Input devices that are looked at.
const DEVICES_MOST: usize = 256;

/// An input device with keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its file in `/dev/input`, such as `event3`. Another one after each time that it is plugged in.
    pub node: String,
    /// What its maker calls it.
    pub name: String,
    /// Who made it, and what it is.
    pub model: Model,
    /// Its serial number; empty where it has none.
    pub serial: String,
    /// Where it is plugged in, and which of its parts this is: `usb-0000:00:14.0-2/input0`. Empty where nobody knows.
    pub port: String,
    /// What its keys are good for.
    pub keys: Keys,
}

/// What the keys of a device are good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Letters, digits and Enter: it can type what a label says.
    Types,
    /// Others, such as the volume.
    Others,
}

/// Codes of the letters A to Z, of the digits, and of Enter: `linux/input-event-codes.h`.
const TYPING: [std::ops::RangeInclusive<u16>; 5] = [2..=11, 16..=25, 28..=28, 30..=38, 44..=50];
/// Codes that are buttons of mice, joysticks and pens, and no keys.
const BUTTONS: std::ops::Range<u16> = 0x100..0x160;
/// Codes that there are.
const CODES: u16 = 0x300;

impl Seen {
    /// Where the whole device is plugged in: the same for each of its parts.
    pub fn place(&self) -> &str {
        self.port.split('/').next().unwrap_or_default()
    }

    /// Whether both are parts of one device.
    pub fn is_part_of_same(&self, other: &Self) -> bool {
        !self.place().is_empty()
            && self.place() == other.place()
            && self.model == other.model
            && self.serial == other.serial
    }
}

/// The input devices that have keys, by the number of their node. `sys` is where sysfs is, such as `/sys`.
///
/// None where there is no such place: then there is no device either.
pub fn look(sys: &Path) -> Vec<Seen> {
    let Ok(entries) = fs::read_dir(sys.join("class/input")) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut nodes: Vec<_> = names.filter_map(|n| Some((n.strip_prefix("event")?.parse::<u32>().ok()?, n))).collect();
    nodes.sort_unstable();
    nodes.truncate(DEVICES_MOST);
    nodes
        .into_iter()
        .filter_map(|(_, node)| device(&sys.join("class/input").join(&node).join("device"), node))
        .collect()
}

/// What is written about one device; none where it has no keys, or went away meanwhile.
fn device(about: &Path, node: String) -> Option<Seen> {
    let text = |name: &str| {
        let bytes = fs::read(about.join(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).trim().to_owned()
    };
    let number = |name: &str| u16::from_str_radix(&text(name), 16).ok();
    Some(Seen {
        keys: keys(&text("capabilities/key"))?,
        name: text("name"),
        model: Model { vendor: number("id/vendor")?, product: number("id/product")? },
        serial: text("uniq"),
        port: text("phys"),
        node,
    })
}

/// What keys are good for, by the kernel's list of them: words of as many bits as a machine word has, the highest
/// first, in hex.
fn keys(words: &str) -> Option<Keys> {
    let words: Vec<u64> = words.split_whitespace().rev().map_while(|w| u64::from_str_radix(w, 16).ok()).collect();
    let width = u16::try_from(usize::BITS).unwrap_or(64);
    let has = |code: u16| words.get(usize::from(code / width)).is_some_and(|word| word >> (code % width) & 1 == 1);
    if TYPING.into_iter().flatten().all(has) {
        return Some(Keys::Types);
    }
    (0..CODES).filter(|code| !BUTTONS.contains(code)).any(has).then_some(Keys::Others)
}

#[cfg(test)]
#[cfg(target_pointer_width = "64")]
mod tests {
    use super::*;

    /// A place like `/sys` with the given devices: node, name, vendor, product, serial, port, keys.
    fn sysfs(devices: &[[&str; 7]]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for [node, name, vendor, product, serial, port, keys] in devices {
            let about = root.path().join("class/input").join(node).join("device");
            fs::create_dir_all(about.join("id")).unwrap();
            fs::create_dir_all(about.join("capabilities")).unwrap();
            let write = |file: &str, text: &str| fs::write(about.join(file), format!("{text}\n")).unwrap();
            write("name", name);
            write("id/vendor", vendor);
            write("id/product", product);
            write("uniq", serial);
            write("phys", port);
            write("capabilities/key", keys);
        }
        root
    }

    #[test]
    fn a_device_is_described_by_what_everybody_may_read() {
        let keyboard = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe";
        let root = sysfs(&[
            ["event10", "Scanner", "0c2e", "0b6a", "SN0001", "usb-0000:00:14.0-2/input0", keyboard],
            ["event2", "Scanner Consumer", "0c2e", "0b6a", "SN0001", "usb-0000:00:14.0-2/input1", "3f000300 0 0 0"],
            ["event3", "Mouse", "046d", "c077", "", "usb-0000:00:14.0-1/input0", "70000 0 0 0 0"],
            ["event4", "Lid Switch", "0000", "0005", "", "PNP0C0D/button/input0", "0"],
            ["mouse0", "Mouse", "046d", "c077", "", "", keyboard],
        ]);
        let seen = look(root.path());
        let found: Vec<_> = seen.iter().map(|s| (s.node.as_str(), s.keys)).collect();
        assert_eq!(found, [("event2", Keys::Others), ("event10", Keys::Types)]);
        assert_eq!(seen[1].model, Model { vendor: 0x0c2e, product: 0x0b6a });
        assert_eq!((seen[1].serial.as_str(), seen[1].place()), ("SN0001", "usb-0000:00:14.0-2"));
        assert!(seen[0].is_part_of_same(&seen[1]));
    }

    #[test]
    fn where_nothing_is_mounted_nothing_is_seen() {
        assert_eq!(look(Path::new("/nowhere/at/all")), Vec::new());
    }

    #[test]
    fn keys_that_type_are_all_there_or_it_does_not_type() {
        // Digits and Enter alone: a keypad.
        assert_eq!(keys("10000ffc"), Some(Keys::Others));
        assert_eq!(keys("7f07fd3ff0ffc"), Some(Keys::Types));
        // The same without M.
        assert_eq!(keys("3f07fd3ff0ffc"), Some(Keys::Others));
        assert_eq!(keys(""), None);
        assert_eq!(keys("no hex"), None);
    }
}
