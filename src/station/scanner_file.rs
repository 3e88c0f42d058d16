//! `[scanner.NAME]` of `traveller.toml`: which devices are scanners, where each belongs, and how it was programmed.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::config_file::Text;
use crate::capture::label::Unmarked;
use crate::capture::scanner::identity::{Identity, Model};
use crate::capture::scanner::options::{End, GAP_MS, LayoutName, Options, may_stand_for_gs};
use crate::domain::id::{DeviceId, StationId};

/// Scanners that one terminal may have.
const SCANNERS_MOST: usize = 16;
/// Bytes of a serial number or a port: what the kernel keeps of them.
const IDENTITY_BYTES_MOST: usize = 255;
/// Milliseconds without a key that may be chosen: longer than a slow scanner pauses, shorter than a person waits.
const GAP_MS_ALLOWED: std::ops::RangeInclusive<u32> = 100..=10_000;

/// A scanner of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanner {
    /// Its name: the device in every record of what it scanned.
    pub name: DeviceId,
    /// Which device it is.
    pub identity: Identity,
    /// The station that it scans for; none: whichever the program serves.
    pub station: Option<StationId>,
    /// How it was programmed.
    pub options: Options,
    /// What its labels are taken for that say nothing of themselves.
    pub unmarked: Unmarked,
}

const UNMARKED: [(&str, Unmarked); 2] = [("plain", Unmarked::Plain), ("gs1", Unmarked::Gs1)];
const ENDS: [(&str, End); 4] =
    [("any", End::Any), ("enter", End::Enter), ("tab", End::Tab), ("line-feed", End::LineFeed)];

/// A scanner as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenScanner {
    vendor: Option<Spanned<String>>,
    product: Option<Spanned<String>>,
    serial: Option<Spanned<String>>,
    port: Option<Spanned<String>>,
    station: Option<Spanned<String>>,
    layout: Option<Spanned<String>>,
    end: Option<Spanned<String>>,
    gs: Option<Spanned<String>>,
    gap_ms: Option<Spanned<i64>>,
    unmarked: Option<Spanned<String>>,
}

/// Checks the scanners of a file that lists these stations.
pub(super) fn check(
    text: &Text<'_>,
    written: BTreeMap<Spanned<String>, WrittenScanner>,
    stations: &BTreeMap<StationId, StationId>,
) -> Result<Vec<Scanner>, BadConfig> {
    if let Some(name) = written.keys().nth(SCANNERS_MOST) {
        return Err(text.bad(
            name.span(),
            "one terminal has too many scanners",
            &format!("list at most {SCANNERS_MOST}"),
        ));
    }
    let mut scanners: Vec<Scanner> = Vec::new();
    for (name, written) in written {
        let scanner = scanner(text, &name, written, stations)?;
        if let Some(other) = scanners.iter().find(|other| other.identity.may_meet(&scanner.identity)) {
            return Err(text.bad(
                name.span(),
                &format!("one device could be both [scanner.{}] and [scanner.{}]", other.name, scanner.name),
                "write the serial number of each, or the port of each",
            ));
        }
        scanners.push(scanner);
    }
    Ok(scanners)
}

fn scanner(
    text: &Text<'_>,
    name: &Spanned<String>,
    written: WrittenScanner,
    stations: &BTreeMap<StationId, StationId>,
) -> Result<Scanner, BadConfig> {
    let model = model(text, written.vendor, written.product)?;
    let serial = written.serial.map(|t| identity_text(text, "serial", t)).transpose()?;
    let port = written.port.map(|t| identity_text(text, "port", t)).transpose()?;
    let identity = Identity::new(model, serial, port).ok_or_else(|| {
        text.bad(
            name.span(),
            &format!("nothing says which device [scanner.{}] is", name.get_ref()),
            "write vendor and product, serial, or port; `traveller doctor scanners` lists them",
        )
    })?;
    let options = Options {
        layout: text.word_or(written.layout, LayoutName::Us, &LayoutName::ALL.map(|layout| (layout.word(), layout)))?,
        end: text.word_or(written.end, End::Any, &ENDS)?,
        gs: written.gs.map(|gs| substitute(text, &gs)).transpose()?,
        gap_ms: written.gap_ms.map_or(Ok(GAP_MS), |ms| gap(text, &ms))?,
    };
    let station = written.station.map(|station| belongs(text, &station, stations)).transpose()?;
    let unmarked = text.word_or(written.unmarked, Unmarked::Plain, &UNMARKED)?;
    Ok(Scanner { name: text.id(name)?, identity, station, options, unmarked })
}

/// Vendor and product go together.
fn model(
    text: &Text<'_>,
    vendor: Option<Spanned<String>>,
    product: Option<Spanned<String>>,
) -> Result<Option<Model>, BadConfig> {
    let number = |written: &Spanned<String>| {
        let digits = written.get_ref();
        let four = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let number = if four { u16::from_str_radix(digits, 16).ok() } else { None };
        number.ok_or_else(|| {
            text.bad(written.span(), &format!("\"{digits}\" is no id"), "write 4 hex digits, such as \"0c2e\"")
        })
    };
    match (vendor, product) {
        (Some(vendor), Some(product)) => Ok(Some(Model { vendor: number(&vendor)?, product: number(&product)? })),
        (Some(vendor), None) => Err(text.bad(vendor.span(), "vendor is written without product", "write product too")),
        (None, Some(product)) => Err(text.bad(product.span(), "product is written without vendor", "write vendor too")),
        (None, None) => Ok(None),
    }
}

fn identity_text(text: &Text<'_>, key: &str, written: Spanned<String>) -> Result<String, BadConfig> {
    if written.get_ref().trim().is_empty() || written.get_ref().len() > IDENTITY_BYTES_MOST {
        let instead = format!("write 1 to {IDENTITY_BYTES_MOST} characters, or leave {key} out");
        return Err(text.bad(written.span(), &format!("\"{}\" is no {key}", written.get_ref()), &instead));
    }
    Ok(written.into_inner())
}

/// What stands for GS must be nothing that labels are made of.
fn substitute(text: &Text<'_>, written: &Spanned<String>) -> Result<char, BadConfig> {
    let mut characters = written.get_ref().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if may_stand_for_gs(c) => Ok(c),
        _ => Err(text.bad(
            written.span(),
            &format!("\"{}\" cannot stand for GS", written.get_ref()),
            "write one character that no label has, such as \"|\"",
        )),
    }
}

fn gap(text: &Text<'_>, written: &Spanned<i64>) -> Result<u32, BadConfig> {
    let fits = u32::try_from(*written.get_ref()).ok().filter(|ms| GAP_MS_ALLOWED.contains(ms));
    fits.ok_or_else(|| {
        let (least, most) = (GAP_MS_ALLOWED.start(), GAP_MS_ALLOWED.end());
        let what = format!("gap_ms is {}", written.get_ref());
        text.bad(written.span(), &what, &format!("write a number from {least} to {most}"))
    })
}

/// A station of the file, where it lists any.
fn belongs(
    text: &Text<'_>,
    written: &Spanned<String>,
    stations: &BTreeMap<StationId, StationId>,
) -> Result<StationId, BadConfig> {
    let station: StationId = text.id(written)?;
    if stations.is_empty() || stations.contains_key(&station) {
        return Ok(station);
    }
    let known: Vec<_> = stations.keys().map(StationId::as_str).collect();
    let instead = format!("write one of {}, or add [station.{station}]", known.join(", "));
    Err(text.bad(written.span(), &format!("the file lists no station {station}"), &instead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::config_file;

    fn check(text: &str) -> Result<Vec<Scanner>, BadConfig> {
        config_file::check("traveller.toml", text).map(|file| file.scanners)
    }

    #[test]
    fn a_scanner_says_which_device_it_is_and_how_it_was_programmed() {
        let scanners = check(
            r#"
[station.ASSY-1]
class = "assembly"
[scanner.bench-left]
vendor = "0c2e"
product = "0B6A"
serial = "SN0001"
station = "ASSY-1"
layout = "de"
end = "tab"
gs = "|"
gap_ms = 500
unmarked = "gs1"
[scanner."bench right"]
vendor = "05e0"
product = "1200"
port = "usb-0000:00:14.0-2"
"#,
        )
        .unwrap();
        let [right, left] = scanners.as_slice() else { panic!("{scanners:?}") };
        assert_eq!((left.name.as_str(), right.name.as_str()), ("bench-left", "bench right"));
        assert_eq!(left.identity.model(), Some(Model { vendor: 0x0c2e, product: 0x0b6a }));
        assert_eq!((left.identity.serial(), left.identity.port()), (Some("SN0001"), None));
        assert_eq!(left.station.as_ref().map(StationId::as_str), Some("ASSY-1"));
        assert_eq!(left.options, Options { layout: LayoutName::De, end: End::Tab, gs: Some('|'), gap_ms: 500 });
        assert_eq!((left.unmarked, right.unmarked), (Unmarked::Gs1, Unmarked::Plain));
        assert_eq!((right.identity.port(), &right.station), (Some("usb-0000:00:14.0-2"), &None));
        assert_eq!(right.options, Options::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_what_to_write() {
        let cases = [
            ("[scanner.a]\n", "1:10: nothing says which device [scanner.a] is", "write vendor and product, serial"),
            ("[scanner.a]\nvendor = '0c2e'", "2:10: vendor is written without product", "write product too"),
            ("[scanner.a]\nproduct = '0b6a'", "2:11: product is written without vendor", "write vendor too"),
            ("[scanner.a]\nvendor = 'c2e'\nproduct = '0b6a'", "2:10: \"c2e\" is no id", "write 4 hex digits"),
            ("[scanner.a]\nvendor = 0x0c2e\nproduct = '0b6a'", "2:10: invalid type", "mend the line"),
            ("[scanner.a]\nserial = ' '", "2:10: \" \" is no serial", "write 1 to 255 characters"),
            (
                "[scanner.a]\nserial = 'x'\nlayout = 'uk'",
                "3:10: \"uk\" is none of its values",
                "write \"us\" or \"gb\"",
            ),
            ("[scanner.a]\nserial = 'x'\nend = 'cr'", "3:7: \"cr\" is none", "write \"any\" or \"enter\" or \"tab\""),
            ("[scanner.a]\nserial = 'x'\ngs = 'G'", "3:6: \"G\" cannot stand for GS", "write one character"),
            ("[scanner.a]\nserial = 'x'\ngs = '||'", "3:6: \"||\" cannot stand for GS", "write one character"),
            ("[scanner.a]\nserial = 'x'\ngap_ms = 99", "3:10: gap_ms is 99", "write a number from 100 to 10000"),
            ("[scanner.a]\nserial = 'x'\nunmarked = 'gs'", "3:12: \"gs\" is none", "write \"plain\" or \"gs1\""),
            ("[scanner.a]\nbaud = 9600", "2:1: `baud` is no key of this place", "write `vendor`, `product`"),
            ("[scanner.'\u{e4}']\nserial = 'x'", "1:10: \"\u{e4}\" is not a device", "write "),
            (
                "[scanner.a]\nserial = 'x'\nstation = 'B'\n[station.A]\nclass = 'a'",
                "3:11: the file lists no station B",
                "write one of A, or add [station.B]",
            ),
            (
                "[scanner.a]\nserial = 'x'\n[scanner.b]\nport = 'usb-1'",
                "3:10: one device could be both [scanner.a] and [scanner.b]",
                "write the serial number of each, or the port of each",
            ),
        ];
        for (text, what, instead) in cases {
            let bad = check(text).unwrap_err();
            assert!(bad.what.starts_with(&format!("traveller.toml:{what}")), "{text:?}: {}", bad.what);
            assert!(bad.instead.starts_with(instead), "{text:?}: {}", bad.instead);
        }
    }

    #[test]
    fn where_no_station_is_listed_a_scanner_may_name_any() {
        let scanners = check("[scanner.a]\nserial = 'x'\nstation = 'ASSY-1'").unwrap();
        assert_eq!(scanners[0].station.as_ref().map(StationId::as_str), Some("ASSY-1"));
    }

    #[test]
    fn one_terminal_has_so_many_scanners_and_no_more() {
        let file = |n| (0..n).map(|i| format!("[scanner.s{i:02}]\nserial = '{i}'")).collect::<Vec<_>>().join("\n");
        assert_eq!(check(&file(SCANNERS_MOST)).unwrap().len(), SCANNERS_MOST);
        let bad = check(&file(SCANNERS_MOST + 1)).unwrap_err();
        assert!(bad.what.ends_with("one terminal has too many scanners"), "{}", bad.what);
    }
}
