//! Which device a scanner of the configuration is. Nothing is read because it looks like a scanner.

use std::fmt;

use super::seen::Seen;

/// Who made a device, and what it is: the ids that every USB device tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Model {
    /// The maker.
    pub vendor: u16,
    /// The product of that maker.
    pub product: u16,
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:04x}", self.vendor, self.product)
    }
}

/// What tells a scanner from all other devices: everything that is named here must fit, and something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    model: Option<Model>,
    serial: Option<String>,
    port: Option<String>,
}

impl Identity {
    /// An identity by what is known; none where nothing is.
    pub fn new(model: Option<Model>, serial: Option<String>, port: Option<String>) -> Option<Self> {
        let known = model.is_some() || serial.is_some() || port.is_some();
        known.then_some(Self { model, serial, port })
    }

    /// Who made it, and what it is, where that is named.
    pub fn model(&self) -> Option<Model> {
        self.model
    }

    /// Its serial number, where that is named.
    pub fn serial(&self) -> Option<&str> {
        self.serial.as_deref()
    }

    /// Where it is plugged in, where that is named.
    pub fn port(&self) -> Option<&str> {
        self.port.as_deref()
    }

    /// Whether this device is it, or a part of it.
    pub fn fits(&self, seen: &Seen) -> bool {
        self.model.is_none_or(|model| model == seen.model)
            && self.serial.as_ref().is_none_or(|serial| *serial == seen.serial)
            && self.port.as_ref().is_none_or(|port| lies_at(&seen.port, port))
    }

    /// Whether one device could fit both: nothing that both name is different.
    pub fn may_meet(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>, equal: fn(&str, &str) -> bool| match (a, b) {
            (Some(a), Some(b)) => equal(a, b),
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
        self.model.zip(other.model).is_none_or(|(a, b)| a == b)
            && same(&self.serial, &other.serial, |a, b| a == b)
            && same(&self.port, &other.port, |a, b| lies_at(a, b) || lies_at(b, a))
    }
}

/// Whether a port is this place or a part of what is plugged in there; port 1 is not port 10, nor port 1 of a hub.
fn lies_at(port: &str, place: &str) -> bool {
    port.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Which of the identities each device belongs to: by itself, or because another part of the same device does.
pub fn assign<'a>(identities: &[&Identity], seen: &'a [Seen]) -> Vec<(usize, &'a Seen)> {
    let named = |device: &Seen| identities.iter().position(|identity| identity.fits(device));
    let whole = |device: &'a Seen| seen.iter().filter(move |other| other.is_part_of_same(device));
    let found = |device: &'a Seen| named(device).or_else(|| whole(device).find_map(named)).map(|at| (at, device));
    seen.iter().filter_map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::super::seen::Keys;
    use super::*;

    const VOYAGER: Model = Model { vendor: 0x0c2e, product: 0x0b6a };
    const KEYBOARD: Model = Model { vendor: 0x046d, product: 0xc31c };

    fn seen(node: &str, model: Model, serial: &str, port: &str) -> Seen {
        let text = str::to_owned;
        Seen { node: text(node), name: text("x"), model, serial: text(serial), port: text(port), keys: Keys::Types }
    }

    fn identity(model: Option<Model>, serial: Option<&str>, port: Option<&str>) -> Identity {
        Identity::new(model, serial.map(str::to_owned), port.map(str::to_owned)).unwrap()
    }

    #[test]
    fn all_that_is_named_must_fit() {
        let device = seen("event1", VOYAGER, "SN1", "usb-a-1/input0");
        let cases = [
            (Some(VOYAGER), None, None, true),
            (Some(KEYBOARD), None, None, false),
            (None, Some("SN1"), None, true),
            (Some(VOYAGER), Some("SN2"), None, false),
            (None, None, Some("usb-a-1"), true),
            (None, None, Some("usb-a-1/input0"), true),
            (None, None, Some("usb-a"), false),
            (Some(VOYAGER), Some("SN1"), Some("usb-a-1"), true),
        ];
        for (model, serial, port, fits) in cases {
            assert_eq!(identity(model, serial, port).fits(&device), fits, "{model:?} {serial:?} {port:?}");
        }
        let at_ten = seen("event2", VOYAGER, "", "usb-a-10/input0");
        let behind_a_hub = seen("event2", VOYAGER, "", "usb-a-1.2/input0");
        let port_one = identity(None, None, Some("usb-a-1"));
        assert!(!port_one.fits(&at_ten) && !port_one.fits(&behind_a_hub));
    }

    #[test]
    fn nothing_named_is_no_identity() {
        assert_eq!(Identity::new(None, None, None), None);
    }

    #[test]
    fn identities_meet_unless_something_that_both_name_differs() {
        let model = identity(Some(VOYAGER), None, None);
        let one = identity(Some(VOYAGER), Some("SN1"), None);
        let two = identity(Some(VOYAGER), Some("SN2"), None);
        let port = identity(None, None, Some("usb-a-1"));
        assert!(model.may_meet(&one) && one.may_meet(&port) && port.may_meet(&model));
        assert!(!one.may_meet(&two));
        assert!(!identity(Some(KEYBOARD), None, None).may_meet(&one));
        assert!(!port.may_meet(&identity(None, None, Some("usb-a-10"))));
        assert!(port.may_meet(&identity(None, None, Some("usb-a-1/input0"))));
    }

    #[test]
    fn all_parts_of_a_device_go_with_it_and_nothing_else_does() {
        let devices = [
            seen("event0", KEYBOARD, "", "usb-a-3/input0"),
            seen("event1", VOYAGER, "", "usb-a-1/input0"),
            seen("event2", VOYAGER, "", "usb-a-1/input1"),
            seen("event3", VOYAGER, "", "usb-a-2/input0"),
            seen("event4", VOYAGER, "", ""),
        ];
        let left = identity(None, None, Some("usb-a-1/input0"));
        let right = identity(None, None, Some("usb-a-2"));
        let found: Vec<_> = assign(&[&left, &right], &devices).into_iter().map(|(i, s)| (i, s.node.as_str())).collect();
        assert_eq!(found, [(0, "event1"), (0, "event2"), (1, "event3")]);
    }
}
