//! What a label says by a standard: its fields. How they are read from its text is not known here.

use serde::{Deserialize, Serialize};

use super::label::Raw;

/// A text whose symbology or structure is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structured {
    /// The text as read, symbology identifier included.
    pub raw: String,
    /// The AIM symbology identifier that it begins with, such as `]d2` (ISO/IEC 15424).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbology: Option<String>,
    /// By which standard the fields are read.
    pub syntax: Syntax,
    /// Whether the label itself says so, by its symbology identifier, FNC1 or envelope. Where it does not, the text
    /// only has that form, and may be meant as a plain one.
    pub marked: bool,
    /// The fields, in the order of the label; none in a plain text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// By which standard a label is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Syntax {
    /// None.
    Plain,
    /// GS1 element string: the keys are Application Identifiers (GS1 General Specifications, section 3).
    Gs1,
    /// GS1 Digital Link URI, uncompressed: the keys are Application Identifiers.
    DigitalLink,
    /// ISO/IEC 15434 format 06: the keys are data identifiers of ANSI MH10.8.2.
    Iso15434,
}

/// One field of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What it is: an Application Identifier such as `01`, or a data identifier such as `1P`.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// A text that claims a structure and breaks its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// What a record keeps of the text.
    pub raw: Raw,
    /// The AIM symbology identifier that it begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbology: Option<String>,
    /// Which standard it claims.
    pub syntax: Syntax,
    /// Which rule it breaks, as a word of `capture::label`, such as `bad-check-digit`.
    pub flaw: String,
    /// In which field, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Bytes of a symbology identifier.
const SYMBOLOGY_BYTES: usize = 3;

/// The AIM symbology identifier that a text begins with, `]`, a letter and a modifier (ISO/IEC 15424), and the rest.
pub fn split_symbology(text: &str) -> Option<(&str, &str)> {
    let (symbology, rest) = text.split_at_checked(SYMBOLOGY_BYTES)?;
    let [b']', code, modifier] = symbology.as_bytes() else { return None };
    let is_one = code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric();
    is_one.then_some((symbology, rest))
}

/// A text without the AIM symbology identifier that it begins with.
pub fn without_symbology(text: &str) -> &str {
    split_symbology(text).map_or(text, |(_, rest)| rest)
}

impl Structured {
    /// The text without its symbology identifier.
    pub fn body(&self) -> &str {
        let prefix = self.symbology.as_deref().unwrap_or_default();
        self.raw.strip_prefix(prefix).unwrap_or(&self.raw)
    }

    /// Whether two fields of that key say different things.
    pub fn has_two(&self, key: &str) -> bool {
        let first = self.field(key);
        self.fields.iter().any(|f| f.key == key && Some(f.value.as_str()) != first)
    }

    /// What the first field of that key says.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|f| f.key == key).map(|f| f.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbology_identifier_is_a_letter_and_a_modifier() {
        for (text, body) in [
            ("]C0LGCPSSK", "LGCPSSK"),
            ("]d1", ""),
            ("]c0", ""),
            ("]C", "]C"),
            ("]", "]"),
            ("]0A", "]0A"),
            ("]C-A", "]C-A"),
            ("]\u{fc}\u{fc}A", "]\u{fc}\u{fc}A"),
            ("PC226-000001", "PC226-000001"),
        ] {
            assert_eq!(without_symbology(text), body);
        }
        assert_eq!(split_symbology("]C1010950"), Some(("]C1", "010950")));
        assert_eq!(split_symbology("]A0"), Some(("]A0", "")));
        for none in ["", "]", "]C", "C10", "]10A", "]C-1", "]ä1", "]Cä"] {
            assert_eq!(split_symbology(none), None, "{none}");
        }
    }
}
