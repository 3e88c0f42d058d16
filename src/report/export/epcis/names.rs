//! The identifiers of things in EPCIS: GS1 Digital Link URIs where GS1 keys are known, else URIs of the plant.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::gs1::Gtin;
use crate::domain::id::{CartonId, LotId, PartId, RouteId, UnitId};
use crate::domain::packing::sscc::is_sscc;
use crate::domain::route::{IdentifierKind, Route};

/// Where Digital Link URIs are resolved.
const DIGITAL_LINK: &str = "https://id.gs1.org";
/// What URIs of a plant begin with that did not name its own.
pub const NO_BASE: &str = "urn:x-traveller:";

/// How things are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    base: String,
    gtins: BTreeMap<RouteId, Gtin>,
    parts: BTreeMap<PartId, Gtin>,
}

impl Names {
    /// Names with URIs of the plant that begin like this.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), gtins: BTreeMap::new(), parts: BTreeMap::new() }
    }

    /// The units of a route are named by its GTIN, where it has one; lots by that of their part, on whichever route.
    pub fn know(&mut self, route: &Route) {
        let known = route.parts.iter().filter_map(|(part, about)| Some((part.clone(), about.gtin.clone()?)));
        self.parts.extend(known);
        if let Some(gtin) = &route.identifier.gtin {
            self.gtins.insert(route.id.clone(), gtin.clone());
        }
    }

    /// A unit.
    pub fn unit(&self, route: &RouteId, unit: &UnitId) -> String {
        match self.gtins.get(route) {
            Some(gtin) => serial_of(gtin, unit.as_str()),
            None => self.own("unit", &[unit.as_str()]),
        }
    }

    /// A batch of a route, as the class of its pieces.
    pub fn batch(&self, route: &Route, batch: &UnitId) -> String {
        match &route.identifier.gtin {
            Some(gtin) => lot_of(gtin, batch.as_str()),
            None => self.own("batch", &[batch.as_str()]),
        }
    }

    /// A component: named like the unit that it is, by its part's GTIN, or by the plant.
    pub fn component(&self, route: &Route, part: &PartId, serial: &str) -> String {
        let about = route.parts.get(part);
        let made = about.and_then(|part| part.made_by.as_ref());
        match made.and_then(|route| self.gtins.get(route)).or_else(|| about.and_then(|part| part.gtin.as_ref())) {
            Some(gtin) => serial_of(gtin, serial),
            None if made.is_some() => self.own("unit", &[serial]),
            None => self.own("component", &[part.as_str(), serial]),
        }
    }

    /// The pieces of a lot, as a class.
    pub fn lot(&self, route: &Route, part: &PartId, lot: &LotId) -> String {
        match route.parts.get(part).and_then(|part| part.gtin.as_ref()) {
            Some(gtin) => lot_of(gtin, lot.as_str()),
            None => self.lot_of(part, lot),
        }
    }

    /// The same, where no route is told.
    pub fn lot_of(&self, part: &PartId, lot: &LotId) -> String {
        match self.parts.get(part) {
            Some(gtin) => lot_of(gtin, lot.as_str()),
            None => self.own("lot", &[part.as_str(), lot.as_str()]),
        }
    }

    /// A carton: by its SSCC where its number is one.
    pub fn carton(&self, carton: &CartonId) -> String {
        let number = carton.as_str();
        if is_sscc(number) { format!("{DIGITAL_LINK}/00/{number}") } else { self.own("carton", &[number]) }
    }

    /// Anything that the plant names: a station, an order, a shipment.
    pub fn own(&self, kind: &str, names: &[&str]) -> String {
        let between = if self.base.ends_with(':') { ':' } else { '/' };
        let mut uri = format!("{}{kind}", self.base);
        for name in names {
            uri.push(between);
            uri.push_str(&escaped(name));
        }
        uri
    }
}

/// A serial number of a product. A number that has its GTIN within it names the same as one that has not.
fn serial_of(gtin: &Gtin, number: &str) -> String {
    let bare = number.strip_prefix(&gtin.with_serial("")).unwrap_or(number);
    format!("{DIGITAL_LINK}/01/{}/21/{}", gtin.as_str(), escaped(bare))
}

/// A lot of a product, in the same way.
fn lot_of(gtin: &Gtin, number: &str) -> String {
    let bare = number.strip_prefix(&gtin.with_lot("")).unwrap_or(number);
    format!("{DIGITAL_LINK}/01/{}/10/{}", gtin.as_str(), escaped(bare))
}

/// Whether what a route makes is counted, and has no number of its own.
pub fn is_counted(route: &Route) -> bool {
    route.identifier.kind == IdentifierKind::Batch
}

/// A text within a URI: whatever is not unreserved (RFC 3986) is written as its bytes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _always_ok = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_named_by_gs1_keys_or_by_the_plant() {
        let names = Names::new("https://plant.example/id/");
        let route: RouteId = "pc200".parse().unwrap();
        let unit: UnitId = "PC2 26/1".parse().unwrap();
        assert_eq!(names.unit(&route, &unit), "https://plant.example/id/unit/PC2%2026%2F1");
        assert_eq!(Names::new(NO_BASE).unit(&route, &unit), "urn:x-traveller:unit:PC2%2026%2F1");
        let gtin: Gtin = "09506000134352".parse().unwrap();
        let known = Names { gtins: BTreeMap::from([(route.clone(), gtin)]), ..names };
        let link = "https://id.gs1.org/01/09506000134352/21/A%2F1";
        assert_eq!(known.unit(&route, &"A/1".parse().unwrap()), link);
        assert_eq!(known.unit(&route, &"(01)09506000134352(21)A/1".parse().unwrap()), link);
        let sscc: CartonId = "106141412345678908".parse().unwrap();
        assert_eq!(known.carton(&sscc), "https://id.gs1.org/00/106141412345678908");
        assert_eq!(known.carton(&"BOX-1".parse().unwrap()), "https://plant.example/id/carton/BOX-1");
    }
}
