//! The names of things: validated once, where they enter, and never doubted afterwards.
//!
//! Identifiers are printable ASCII, so that their width on a console is never a question.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is no identifier of the wanted sort.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sort} is {rule}")]
pub struct BadId {
    /// The sort of identifier, as people call it.
    pub sort: &'static str,
    /// What it must be.
    pub rule: &'static str,
}

fn printable(text: &str, most: usize) -> bool {
    !text.is_empty()
        && text.len() <= most
        && text.bytes().all(|b| (0x20..=0x7e).contains(&b))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

fn plain(text: &str, most: usize) -> bool {
    !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
}

fn upper(text: &str, most: usize) -> bool {
    !text.is_empty()
        && text.len() <= most
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

fn hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $sort:literal, $most:literal, $check:ident, $rule:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text that is one; refuses any other.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                if $check(text, $most) {
                    Ok(Self(Arc::from(text)))
                } else {
                    Err(BadId { sort: $sort, rule: $rule })
                }
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::parse(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// One identified product: a serial number or a batch number.
    UnitId, "a unit's number", 64, printable, "1 to 64 printable ASCII characters"
);
id!(
    /// The serial number of a component that is installed in a unit.
    Serial, "a serial number", 64, printable, "1 to 64 printable ASCII characters"
);
id!(
    /// Identified material.
    LotId, "a lot number", 64, printable, "1 to 64 printable ASCII characters"
);
id!(
    /// A carton: what units are packed in.
    CartonId, "a carton's number", 32, printable, "1 to 32 printable ASCII characters"
);
id!(
    /// A shipment: what leaves together.
    ShipmentId, "a shipment's number", 32, printable, "1 to 32 printable ASCII characters"
);
id!(
    /// What a person's badge reads as.
    Badge, "a badge", 32, printable, "1 to 32 printable ASCII characters"
);
id!(
    /// A shift of the plant.
    ShiftName, "a shift's name", 16, plain, "1 to 16 letters, digits and - _ . /"
);
id!(
    /// A route: the ordered steps of one product.
    RouteId, "a route's name", 32, plain, "1 to 32 letters, digits and - _ . /"
);
id!(
    /// A revision of a route.
    Revision, "a revision", 16, plain, "1 to 16 letters, digits and - _ . /"
);
id!(
    /// A step of a route (field: operation).
    StepId, "a step's id", 16, plain, "1 to 16 letters, digits and - _ . /"
);
id!(
    /// One required observation within a step.
    CheckId, "a check's id", 24, plain, "1 to 24 letters, digits and - _ . /"
);
id!(
    /// A place of a check that is observed more than once.
    Point, "a point", 16, plain, "1 to 16 letters, digits and - _ . /"
);
id!(
    /// A part number: material that a step consumes.
    PartId, "a part number", 32, plain, "1 to 32 letters, digits and - _ . /"
);
id!(
    /// A place where steps are done (`TEST-1`), or a class of such places (`test`).
    StationId, "a station", 16, plain, "1 to 16 letters, digits and - _ . /"
);
id!(
    /// The name of a device: a scanner, a gauge, a machine.
    DeviceId, "a device", 32, printable, "1 to 32 printable ASCII characters"
);
id!(
    /// A defect that an operator can choose.
    DefectId, "a defect code", 24, plain, "1 to 24 letters, digits and - _ . /"
);
id!(
    /// A work order.
    OrderId, "an order", 32, printable, "1 to 32 printable ASCII characters"
);
id!(
    /// A deviation permit.
    PermitId, "a permit's number", 32, plain, "1 to 32 letters, digits and - _ . /"
);
id!(
    /// The device that keeps a ledger.
    TerminalId, "a terminal", 16, upper, "1 to 16 of A-Z, 0-9 and -"
);
id!(
    /// One life of a ledger: random, minted when it is created or restored.
    Epoch, "an epoch", 16, hex, "16 lowercase hexadecimal digits"
);
id!(
    /// One boot of the machine: the first 8 digits of its boot id.
    Boot, "a boot id", 8, hex, "8 lowercase hexadecimal digits"
);
id!(
    /// One run of a program at a station.
    Session, "a session", 16, hex, "16 lowercase hexadecimal digits"
);
id!(
    /// Names the entry of the PIN file that holds a person's PIN hash.
    PinId, "a PIN id", 16, hex, "16 lowercase hexadecimal digits"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_bidi_and_overlong_texts_are_no_identifiers() {
        for bad in ["", " A", "A ", "A\u{1b}[2J", "A\u{202e}B", "A\tB", "\u{e9}"] {
            assert!(UnitId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(UnitId::parse(&"A".repeat(65)).is_err());
        assert!(UnitId::parse(&"A".repeat(64)).is_ok());
        assert!(TerminalId::parse("t1").is_err());
        assert!(Epoch::parse("0123456789ABCDEF").is_err());
    }
}
