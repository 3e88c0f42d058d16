//! Rules for udev: who may read the scanners of the configuration, and that no desktop takes them for keyboards.

use std::fmt::Write as _;

use crate::station::scanner_file::Scanner;

/// The group that may read enrolled scanners.
const GROUP: &str = "traveller";

/// The rules, as they are put into `/etc/udev/rules.d/70-traveller-scanners.rules`.
pub fn rules(scanners: &[Scanner]) -> String {
    let mut rules = String::from(
        "# Made by `traveller doctor scanners --udev`: the scanners of traveller.toml, and nothing else.\n\
         # To be put into /etc/udev/rules.d/70-traveller-scanners.rules; then: udevadm control --reload, and plug the\n\
         # scanners in again.\n\
         ACTION==\"remove\", GOTO=\"traveller_end\"\n\
         SUBSYSTEM!=\"input\", GOTO=\"traveller_end\"\n\
         KERNEL!=\"event*\", GOTO=\"traveller_end\"\n",
    );
    for scanner in scanners {
        let identity = &scanner.identity;
        let mut matches = Vec::new();
        if let Some(model) = identity.model() {
            matches.push(format!("ATTRS{{id/vendor}}==\"{:04x}\"", model.vendor));
            matches.push(format!("ATTRS{{id/product}}==\"{:04x}\"", model.product));
        }
        if let Some(serial) = identity.serial() {
            matches.push(format!("ATTRS{{uniq}}==\"{}\"", pattern(serial)));
        }
        if let Some(port) = identity.port() {
            let place = port.split_once("/input").map_or(port, |(place, _)| place);
            // A part of what is plugged in there; or that itself, as the radio that a scanner talks to.
            matches.push(format!("ATTRS{{phys}}==\"{0}|{0}/*\"", pattern(place)));
        }
        let _always_ok = writeln!(
            rules,
            "# {}\n{}, GROUP=\"{GROUP}\", MODE=\"0660\", ENV{{LIBINPUT_IGNORE_DEVICE}}=\"1\"",
            scanner.name,
            matches.join(", ")
        );
    }
    rules.push_str("LABEL=\"traveller_end\"\n");
    rules
}

/// A text as a pattern of udev that fits it. What has a meaning there stands for any one character.
fn pattern(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || " -_.:/+".contains(c) { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::label::Unmarked;
    use crate::capture::scanner::identity::{Identity, Model};
    use crate::capture::scanner::options::Options;
    use crate::domain::id::DeviceId;

    fn scanner(name: &str, model: Option<Model>, serial: Option<&str>, port: Option<&str>) -> Scanner {
        let identity = Identity::new(model, serial.map(str::to_owned), port.map(str::to_owned)).unwrap();
        Scanner {
            name: DeviceId::parse(name).unwrap(),
            identity,
            station: None,
            options: Options::default(),
            unmarked: Unmarked::Plain,
        }
    }

    #[test]
    fn each_scanner_has_one_rule_of_what_the_configuration_says() {
        let voyager = Some(Model { vendor: 0x0c2e, product: 0x0b6a });
        let text = rules(&[
            scanner("left", voyager, Some("SN\"*1"), None),
            scanner("right", None, None, Some("usb-0000:00:14.0-2/input0")),
        ]);
        let lines: Vec<_> = text.lines().filter(|line| line.starts_with("ATTRS")).collect();
        let given = "GROUP=\"traveller\", MODE=\"0660\", ENV{LIBINPUT_IGNORE_DEVICE}=\"1\"";
        assert_eq!(
            lines,
            [
                format!(
                    "ATTRS{{id/vendor}}==\"0c2e\", ATTRS{{id/product}}==\"0b6a\", ATTRS{{uniq}}==\"SN??1\", {given}"
                ),
                format!("ATTRS{{phys}}==\"usb-0000:00:14.0-2|usb-0000:00:14.0-2/*\", {given}"),
            ]
        );
        assert!(text.contains("# left\n") && text.ends_with("LABEL=\"traveller_end\"\n"));
    }

    #[test]
    fn without_scanners_no_device_is_given_to_anybody() {
        assert!(!rules(&[]).contains("GROUP"));
    }
}
