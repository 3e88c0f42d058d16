//! GS1 Digital Link URIs, uncompressed: a primary key and its qualifiers at the end of the path, data attributes in the
//! query (GS1 Digital Link Standard: URI Syntax). Any domain will do.
//!
//! An address claims to be one where its path ends in a primary key and what follows a key. All other addresses are
//! plain.

use super::ai::Ai;
use super::elements::{Element, FIELDS_MOST};
use super::flaw::{Fault, Flaw};
use super::{percent, rules, table};
use crate::domain::gs1::{AI_GTIN, GTIN_DIGITS, GTIN_LENGTHS};
use crate::domain::structured::Field;

/// One identifier of the address, its value decoded.
struct Given<'t> {
    ai: &'static Ai,
    key: &'t str,
    value: String,
}

/// The parts of an address.
struct Address<'t> {
    domain: &'t str,
    path: &'t str,
    query: &'t str,
}

/// What a Digital Link says; none where the text is no address, or one without a key.
pub fn read(text: &str) -> Option<Result<Vec<Field>, Fault>> {
    let address = Address::of(text)?;
    let path = path(address.path)?;
    Some(fields(text, &address, &path))
}

fn fields(text: &str, address: &Address<'_>, path: &[(&'static Ai, &str, &str)]) -> Result<Vec<Field>, Fault> {
    if !text.bytes().all(may_stand_in_address) || !address.domain.bytes().all(may_stand_in_domain) {
        return Err(Fault::whole(Flaw::BadAddress));
    }
    let in_path: Vec<Given<'_>> =
        path.iter().map(|(ai, key, value)| given(ai, key, value, percent::Plus::Kept)).collect::<Result<_, _>>()?;
    let in_query = attributes(address.query)?;
    if in_path.len().saturating_add(in_query.len()) > FIELDS_MOST {
        return Err(Fault::whole(Flaw::TooManyFields));
    }
    check_places(&in_path, &in_query)?;
    let all = || in_path.iter().chain(&in_query);
    for given in all() {
        given.ai.check(&given.value).map_err(Fault::at(given.key))?;
    }
    let elements: Vec<Element<'_>> =
        all().map(|given| Element { ai: given.ai, key: given.key, value: &given.value }).collect();
    rules::check(&elements)?;
    Ok(elements.iter().map(Element::field).collect())
}

impl<'t> Address<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let schemes = ["https://", "HTTPS://", "http://", "HTTP://"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme))?;
        let rest = rest.split_once('#').map_or(rest, |(rest, _fragment)| rest);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (domain, path) = rest.split_once('/')?;
        (!domain.is_empty()).then_some(Self { domain, path, query })
    }
}

/// The identifiers of the path, from the last primary key on. Read from the end: an identifier and a value in turn, as
/// long as they are known.
fn path(path: &str) -> Option<Vec<(&'static Ai, &str, &str)>> {
    let mut from_end = path.rsplit('/');
    let mut found = Vec::new();
    while let (Some(value), Some(key)) = (from_end.next(), from_end.next()) {
        let ai = table::find(key)?;
        found.push((ai, key, value));
        if ai.key.is_some() {
            found.reverse();
            return Some(found);
        }
    }
    None
}

/// The identifiers of the query. Parameters that are no identifier are for others.
fn attributes(query: &str) -> Result<Vec<Given<'_>>, Fault> {
    let pairs = query.split('&').filter_map(|parameter| parameter.split_once('='));
    let numbered = pairs.filter(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()));
    let known = |(key, value)| {
        let ai = table::find(key).ok_or_else(|| Fault::at(key)(Flaw::UnknownIdentifier))?;
        given(ai, key, value, percent::Plus::Space)
    };
    numbered.map(known).collect()
}

fn given<'t>(ai: &'static Ai, key: &'t str, encoded: &str, plus: percent::Plus) -> Result<Given<'t>, Fault> {
    let value = percent::decode(encoded, plus).ok_or_else(|| Fault::at(key)(Flaw::NotInSet82))?;
    if value.is_empty() {
        return Err(Fault::at(key)(Flaw::NoValue));
    }
    // Older addresses leave the zeros of a GTIN out. Its check digit is the same with them.
    let is_gtin = key == AI_GTIN && GTIN_LENGTHS.contains(&value.len());
    let value = if is_gtin { format!("{value:0>GTIN_DIGITS$}") } else { value };
    Ok(Given { ai, key, value })
}

/// Whether each identifier stands where it may.
fn check_places(path: &[Given<'_>], query: &[Given<'_>]) -> Result<(), Fault> {
    let Some((root, qualifiers)) = path.split_first() else { return Ok(()) };
    let orders = root.ai.key.unwrap_or_default();
    let qualifiers: Vec<&str> = qualifiers.iter().map(|given| given.key).collect();
    if !qualifiers.is_empty() && !orders.iter().any(|order| is_within(&qualifiers, order)) {
        return Err(Fault::whole(Flaw::BadPath));
    }
    for (at, attribute) in query.iter().enumerate() {
        let before = path.iter().chain(query.iter().take(at));
        if before.into_iter().any(|other| other.key == attribute.key) {
            return Err(Fault::at(attribute.key)(Flaw::Twice));
        }
        if !attribute.ai.is_attribute || belongs_in_path(attribute.key, &qualifiers, orders) {
            return Err(Fault::at(attribute.key)(Flaw::NotAttribute));
        }
    }
    Ok(())
}

/// Whether an identifier could stand in the path beside the qualifiers that are there.
fn belongs_in_path(key: &str, qualifiers: &[&str], orders: &[&[&str]]) -> bool {
    orders.iter().any(|order| order.contains(&key) && is_within(qualifiers, order))
}

/// Whether these are some of an order, in that order.
fn is_within(qualifiers: &[&str], order: &[&str]) -> bool {
    let mut rest = order.iter();
    qualifiers.iter().all(|qualifier| rest.any(|next| next == qualifier))
}

/// RFC 3986: unreserved, reserved and the percent sign.
fn may_stand_in_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn may_stand_in_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte)
}
