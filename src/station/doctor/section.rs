//! Writes a `[scanner.NAME]` into `traveller.toml`. What stands there is left as it is.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::app::port::Fault;
use crate::capture::scanner::identity::Identity;
use crate::capture::scanner::options::LayoutName;
use crate::capture::scanner::seen::Seen;
use crate::domain::id::{DeviceId, StationId};
use crate::station::config::BadConfig;
use crate::station::config_file;

/// Whom a new configuration file may be read by: everybody. It holds no secret.
const MODE: u32 = 0o644;

/// Why a section was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// The file would not be right with it.
    Wrong(BadConfig),
    /// The machine failed.
    Failed(Fault),
}

/// What tells a device from all others that are there: its serial number, else its port, else what it is. None where
/// nothing does.
pub fn identity(device: &Seen, all: &[Seen]) -> Option<Identity> {
    let model = Some(device.model);
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let by_serial = text(&device.serial).map(|serial| (Some(serial), None));
    let by_port = text(device.place()).map(|port| (None, Some(port)));
    let ways = [by_serial, by_port, Some((None, None))];
    let identities = ways.into_iter().flatten().filter_map(|(serial, port)| Identity::new(model, serial, port));
    let others = || all.iter().filter(|other| other.node != device.node && !other.is_part_of_same(device));
    identities.into_iter().find(|identity| !others().any(|other| identity.fits(other)))
}

/// The section, as it is written.
pub fn section(name: &DeviceId, identity: &Identity, station: Option<&StationId>, layout: LayoutName) -> String {
    let is_bare = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let key = if is_bare(name.as_str()) { name.to_string() } else { quoted(name.as_str()) };
    let mut text = format!("[scanner.{key}]\n");
    let mut line = |key: &str, value: &str| {
        let _always_ok = writeln!(text, "{key} = {}", quoted(value));
    };
    if let Some(model) = identity.model() {
        line("vendor", &format!("{:04x}", model.vendor));
        line("product", &format!("{:04x}", model.product));
    }
    for (key, value) in [("serial", identity.serial()), ("port", identity.port())] {
        if let Some(value) = value {
            line(key, value);
        }
    }
    if let Some(station) = station {
        line("station", station.as_str());
    }
    line("layout", layout.word());
    text
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _always_ok = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Adds a section to the end of a file, which is made where there is none. Where the file would not be right with it,
/// nothing is written. Whoever reads the file meanwhile reads the old one or the new one.
pub fn append(file: &Path, section: &str) -> Result<(), NotWritten> {
    let failed = |e: io::Error| {
        let what = format!("{} could not be written: {e}", file.display());
        NotWritten::Failed(Fault::new(what, "check whom the file and its directory belong to; nothing was changed"))
    };
    // A link stays one.
    let target = match fs::canonicalize(file) {
        Err(e) if e.kind() == ErrorKind::NotFound => file.to_owned(),
        found => found.map_err(failed)?,
    };
    let before = match fs::read_to_string(&target) {
        Err(e) if e.kind() == ErrorKind::NotFound => String::new(),
        read => read.map_err(failed)?,
    };
    let gap = match before.as_str() {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let after = format!("{before}{gap}{section}");
    config_file::check(&file.display().to_string(), &after).map_err(NotWritten::Wrong)?;
    replace(&target, &after).map_err(failed)
}

fn replace(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut to = OpenOptions::new().write(true).create(true).truncate(true).mode(MODE).open(&new)?;
    if let Ok(old) = fs::metadata(file) {
        to.set_permissions(old.permissions())?;
    }
    to.write_all(text.as_bytes())?;
    to.sync_all()?;
    fs::rename(&new, file)?;
    let directory = file.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::capture::scanner::identity::Model;
    use crate::capture::scanner::seen::Keys;

    fn device(node: &str, serial: &str, port: &str) -> Seen {
        let model = Model { vendor: 0x0c2e, product: 0x0b6a };
        let text = str::to_owned;
        Seen { node: text(node), name: text("x"), model, serial: text(serial), port: text(port), keys: Keys::Types }
    }

    fn told_by(device: &Seen, all: &[Seen]) -> Option<(Option<String>, Option<String>)> {
        identity(device, all).map(|i| (i.serial().map(str::to_owned), i.port().map(str::to_owned)))
    }

    #[test]
    fn a_device_is_told_from_all_others_by_the_first_that_does() {
        let one = device("event1", "SN1", "usb-1/input0");
        let its_other_part = device("event2", "SN1", "usb-1/input1");
        let same_serial = device("event3", "SN1", "usb-2/input0");
        let (serial, port) = (Some("SN1".to_owned()), Some("usb-1".to_owned()));
        assert_eq!(told_by(&one, &[one.clone(), its_other_part.clone()]), Some((serial, None)));
        assert_eq!(told_by(&one, &[one.clone(), its_other_part, same_serial.clone()]), Some((None, port)));
        let bare = device("event4", "", "");
        assert_eq!(told_by(&bare, std::slice::from_ref(&bare)), Some((None, None)), "by what it is");
        assert_eq!(told_by(&bare, &[bare.clone(), same_serial]), None, "nothing tells it from the other");
    }

    fn a_section(name: &str) -> String {
        let one = device("event1", "SN\"1\\", "usb-1/input0");
        let station = StationId::parse("ASSY-1").unwrap();
        let identity = identity(&one, &[]).unwrap();
        section(&DeviceId::parse(name).unwrap(), &identity, Some(&station), LayoutName::De)
    }

    #[test]
    fn what_is_written_reads_back_and_what_stood_there_stands() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("traveller.toml");
        let before = "# ours\nroutes = \"routes\"  # kept\n[station.ASSY-1]\nclass = \"assembly\"";
        fs::write(&file, before).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let link = home.path().join("link.toml");
        symlink(&file, &link).unwrap();
        append(&link, &a_section("bench left")).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(before), "{text}");
        let config = config_file::read(&link).unwrap();
        let [scanner] = config.scanners.as_slice() else { panic!("{text}") };
        assert_eq!((scanner.name.as_str(), scanner.identity.serial()), ("bench left", Some("SN\"1\\")));
        assert_eq!(scanner.options.layout, LayoutName::De);
        assert!(scanner.identity.fits(&device("event9", "SN\"1\\", "")));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2, "nothing is left over");
    }

    #[test]
    fn a_file_that_is_not_there_is_made() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("traveller.toml");
        append(&file, &a_section("left")).unwrap();
        assert!(fs::read_to_string(&file).unwrap().starts_with("[scanner.left]\nvendor = \"0c2e\"\n"));
    }

    #[test]
    fn what_would_not_be_right_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("traveller.toml");
        append(&file, &a_section("left")).unwrap();
        let before = fs::read(&file).unwrap();
        for name in ["left", "right"] {
            // Twice the same name; two names for one device.
            let NotWritten::Wrong(_) = append(&file, &a_section(name)).unwrap_err() else { panic!("{name}") };
        }
        assert_eq!(fs::read(&file).unwrap(), before);
        fs::write(&file, "[station.PACK-1]\nclass = 'packing'\n").unwrap();
        let NotWritten::Wrong(bad) = append(&file, &a_section("left")).unwrap_err() else { panic!() };
        assert!(bad.what.contains("the file lists no station ASSY-1"), "{bad}");
    }

    #[test]
    fn what_somebody_left_half_written_is_in_nobodys_way() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("traveller.toml");
        fs::write(home.path().join("traveller.toml.new"), "#".repeat(9_999)).unwrap();
        append(&file, &a_section("left")).unwrap();
        assert_eq!(config_file::read(&file).unwrap().scanners.len(), 1);
        assert!(matches!(
            append(&home.path().join("none/traveller.toml"), &a_section("a")),
            Err(NotWritten::Failed(_))
        ));
    }
}
