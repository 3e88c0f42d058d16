//! ISO/IEC 15434 envelopes: `[)>`, RS, then records of a format each, GS between fields, RS behind each record, EOT at
//! the end. Format 06 has data identifiers of ANSI MH10.8.2, format 05 has GS1 Application Identifiers.
//!
//! Labels on the market lack parts of the envelope, and keyboards cannot send some. What stays certain is read: the
//! trailer may be missing in part or whole, and the RS behind `[)>`, with a stray `>` before it, as some suppliers
//! print. Where GS is lost, fields cannot be told apart, and nothing is read.

use super::elements::{self, FIELDS_MOST};
use super::flaw::{Fault, Flaw};
use crate::domain::label::GS;
use crate::domain::structured::{Field, Syntax};

const HEADER: &str = "[)>";
const RS: char = '\u{1e}';
const EOT: char = '\u{4}';
/// Digits of a data identifier before its letter (ANSI MH10.8.2).
const DIGITS_MOST: usize = 3;

/// What records say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// 05.
    Gs1,
    /// 06.
    DataIdentifiers,
}

/// What an envelope says; none where the text is no envelope, or one of a format that is not read here.
pub fn read(text: &str) -> Option<(Syntax, Result<Vec<Field>, Fault>)> {
    let behind = text.strip_prefix('>').filter(|rest| rest.starts_with(HEADER)).unwrap_or(text);
    let content = behind.strip_prefix(HEADER)?;
    let content = content.strip_prefix(RS).unwrap_or(content);
    let (format, _) = format(content)?;
    let content = content.strip_suffix(EOT).unwrap_or(content);
    let content = content.strip_suffix(RS).unwrap_or(content);
    let syntax = match format {
        Format::Gs1 => Syntax::Gs1,
        Format::DataIdentifiers => Syntax::Iso15434,
    };
    Some((syntax, records(content, format)))
}

/// The format that a record begins with, and its data.
fn format(record: &str) -> Option<(Format, &str)> {
    let of_format = |digits, format| record.strip_prefix(digits).map(|data| (format, data));
    of_format("05", Format::Gs1).or_else(|| of_format("06", Format::DataIdentifiers))
}

/// The fields of all records. They are all of the first one's format: fields of two are not told apart by their keys.
fn records(content: &str, first: Format) -> Result<Vec<Field>, Fault> {
    let mut fields = Vec::new();
    for record in content.split(RS) {
        let own = format(record).filter(|(format, _)| *format == first);
        let data = own.and_then(|(_, data)| data.strip_prefix(GS)).ok_or(Fault::whole(Flaw::BadEnvelope))?;
        match first {
            Format::Gs1 => fields.extend(elements::read(data)?),
            Format::DataIdentifiers => identified(data, &mut fields)?,
        }
    }
    Ok(fields)
}

/// The fields of one record of format 06. Empty ones behind the last are a separator too much, and tell nothing.
fn identified(data: &str, fields: &mut Vec<Field>) -> Result<(), Fault> {
    let data = data.trim_end_matches(GS);
    if data.is_empty() {
        return Err(Fault::whole(Flaw::Empty));
    }
    for field in data.split(GS) {
        if fields.len() == FIELDS_MOST {
            return Err(Fault::whole(Flaw::TooManyFields));
        }
        let length = identifier_length(field).ok_or(Fault::whole(Flaw::UnknownIdentifier))?;
        let (key, value) = field.split_at_checked(length).unwrap_or((field, ""));
        if value.chars().any(char::is_control) {
            return Err(Fault::at(key)(Flaw::BadEnvelope));
        }
        fields.push(Field { key: key.to_owned(), value: value.to_owned() });
    }
    Ok(())
}

/// Bytes of the data identifier that a field begins with: up to three digits and a capital letter.
fn identifier_length(field: &str) -> Option<usize> {
    let digits = field.bytes().take_while(u8::is_ascii_digit).count();
    let letter = field.as_bytes().get(digits)?;
    (digits <= DIGITS_MOST && letter.is_ascii_uppercase()).then_some(digits.saturating_add(1))
}
