//! The rules of a part: what may take its place, what suppliers call it, when a lot of it may be used, and how far the
//! book may be wrong.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::domain::id::PartId;
use crate::domain::route::{Capture, Part};

use super::bounds::{
    ALTERNATES_MOST, FLOOR_MINUTES_MOST, OVERRUN_MOST, PARTS_MOST, SHORT_CHARS_MOST, SUPPLIER_PARTS_MOST,
};
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;
use crate::domain::nearest::nearest;

/// Keys that belong to some ways of capture only.
const KEYS_OF_CAPTURES: [(&str, &[Capture]); 5] = [
    ("pattern", &[Capture::Serial]),
    ("made_by", &[Capture::Serial]),
    ("inspect", &[Capture::Lot, Capture::Loaded]),
    ("floor_minutes", &[Capture::Lot, Capture::Loaded]),
    ("overrun", &[Capture::Loaded]),
];

/// The rules of a part, as [`Part`] has them.
pub(super) struct Rules {
    pub(super) names: Names,
    pub(super) inspect: bool,
    pub(super) floor_minutes: Option<u32>,
    pub(super) overrun: u32,
}

/// What else a part is called by, and what takes its place: names that are held against those of other parts.
pub(super) struct Names {
    pub(super) alternates: Vec<Spanned<PartId>>,
    pub(super) supplier_parts: Vec<Spanned<String>>,
}

/// Reads the rules of a part. Keys that belong to another way of capture are noted down.
pub(super) fn read(table: &Table<'_>, capture: Option<Capture>, to: &mut Remarks<'_>) -> Rules {
    if let Some(capture) = capture {
        strangers(table, capture, to);
    }
    let alternates = table.ids::<PartId>(to, "alternates", ALTERNATES_MOST);
    let supplier_parts = table.texts(to, "supplier_part", SUPPLIER_PARTS_MOST, SHORT_CHARS_MOST);
    let owned = |text: Spanned<&str>| Spanned::new(text.span(), (*text.get_ref()).to_owned());
    Rules {
        names: Names { alternates, supplier_parts: supplier_parts.into_iter().map(owned).collect() },
        inspect: table.flag(to, "inspect").is_some_and(Spanned::into_inner),
        floor_minutes: table.count(to, "floor_minutes", 1..=FLOOR_MINUTES_MOST).map(Spanned::into_inner),
        overrun: table.count(to, "overrun", 0..=OVERRUN_MOST).map_or(0, Spanned::into_inner),
    }
}

fn strangers(table: &Table<'_>, capture: Capture, to: &mut Remarks<'_>) {
    for (key, homes) in KEYS_OF_CAPTURES {
        if table.has(key) && !homes.contains(&capture) {
            let what = format!("`{key}` has no place in a part of `capture = \"{}\"`", capture.word());
            let homes: Vec<String> = homes.iter().map(|c| format!("`capture = \"{}\"`", c.word())).collect();
            to.wrong(&table.key_span(key), what, format!("the part without it, or {}", homes.join(" or ")));
        }
    }
}

/// Holds the names of all parts against each other.
pub(super) fn between(parts: &BTreeMap<PartId, Option<Part>>, named: &[(PartId, Names)], to: &mut Remarks<'_>) {
    for (id, names) in named {
        for alternate in &names.alternates {
            to.mark(Place::Alternate(id.clone(), alternate.get_ref().clone()), &alternate.span());
            is_fit(alternate, id, parts, to);
        }
    }
    let mut seen: BTreeMap<&str, (&PartId, usize)> = BTreeMap::new();
    for (id, text) in named.iter().flat_map(|(id, names)| names.supplier_parts.iter().map(move |text| (id, text))) {
        let own = parts.keys().find(|part| part.as_str() == text.get_ref());
        let (line, _) = to.source().place(text.span().start);
        let first = *seen.entry(text.get_ref().as_str()).or_insert((id, line));
        if let Some(own) = own {
            let what = format!("{} is a part number of our own", quoted(own.as_str()));
            to.wrong(&text.span(), what, "the number that the supplier prints");
        } else if first.0 != id {
            let (text_of, other) = (quoted(text.get_ref()), quoted(first.0.as_str()));
            let what = format!("{text_of} stands for part {other} already, at line {}", first.1);
            to.wrong(&text.span(), what, "it for one of the two parts");
        }
    }
}

/// The parts of a batch are known by their lots: a component of one number is in one piece, and nobody knows in which.
pub(super) fn by_lot_only(route: &Table<'_>, parts: &BTreeMap<PartId, Option<Part>>, to: &mut Remarks<'_>) {
    let is_serial = |(id, part): (&PartId, &Option<Part>)| {
        part.as_ref().filter(|part| part.capture == Capture::Serial).map(|_| id.as_str().to_owned())
    };
    let serial: Vec<String> = parts.iter().filter_map(is_serial).collect();
    for (name, _) in route.named(to, "part", PARTS_MOST) {
        let text: &str = name.get_ref();
        if serial.iter().any(|id| id == text) {
            let what = format!("part {} of a batch is captured by serial", quoted(text));
            to.wrong(&name.span(), what, "`capture = \"lot\"`, or `kind = \"serial\"` for the units");
        }
    }
}

/// Whether a part may take the place of another one; if not, that is noted down.
fn is_fit(alternate: &Spanned<PartId>, id: &PartId, parts: &BTreeMap<PartId, Option<Part>>, to: &mut Remarks<'_>) {
    let name = quoted(alternate.get_ref().as_str());
    let capture = |id| parts.get(id).and_then(Option::as_ref).map(|part| part.capture);
    if alternate.get_ref() == id {
        to.wrong(&alternate.span(), format!("{name} cannot take its own place"), "other parts, or none");
    } else if !parts.contains_key(alternate.get_ref()) {
        let near = nearest(alternate.get_ref().as_str(), parts.keys().map(PartId::as_str));
        let write = near.map_or_else(|| "a part that has a table `[part.NUMBER]`".to_owned(), quoted);
        to.wrong(&alternate.span(), format!("part {name} is not declared"), write);
    } else if let (Some(own), Some(other)) = (capture(id), capture(alternate.get_ref()))
        && own != other
    {
        let (part, own, other) = (quoted(id.as_str()), own.word(), other.word());
        let what = format!("{name} is captured by `{other}`, and {part} by `{own}`");
        to.wrong(&alternate.span(), what, format!("a part of `capture = \"{own}\"`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::id::PartId;
    use crate::domain::route::Part;
    use crate::route_file::read;
    use crate::route_file::testing::{found, found_with, with};

    /// What is found where the gasket, a lot, says something more.
    fn gasket(written: &str) -> Vec<String> {
        found_with("capture = \"lot\"\n", &format!("capture = \"lot\"\n{written}\n"))
    }

    /// What is found where the board, a serial part, says something more.
    fn board(written: &str) -> Vec<String> {
        found_with("pattern = 'B\\d{7}'\n", &format!("pattern = 'B\\d{{7}}'\n{written}\n"))
    }

    #[test]
    fn a_part_has_the_rules_of_its_capture() {
        assert_eq!(
            board("inspect = true\nfloor_minutes = 60\noverrun = 5"),
            [
                "16:1: `inspect` has no place in a part of `capture = \"serial\"`; \
                 write the part without it, or `capture = \"lot\"` or `capture = \"loaded\"`",
                "17:1: `floor_minutes` has no place in a part of `capture = \"serial\"`; \
                 write the part without it, or `capture = \"lot\"` or `capture = \"loaded\"`",
                "18:1: `overrun` has no place in a part of `capture = \"serial\"`; \
                 write the part without it, or `capture = \"loaded\"`",
            ]
        );
        assert_eq!(
            gasket("overrun = 5\nmade_by = \"fan\""),
            [
                "18:1: `overrun` has no place in a part of `capture = \"lot\"`; \
                 write the part without it, or `capture = \"loaded\"`",
                "19:1: `made_by` has no place in a part of `capture = \"lot\"`; \
                 write the part without it, or `capture = \"serial\"`",
            ]
        );
    }

    #[test]
    fn the_values_of_the_rules_have_bounds() {
        assert_eq!(
            gasket("floor_minutes = 0"),
            ["18:17: `floor_minutes` cannot be `0`; write a whole number from 1 to 525600"]
        );
        assert_eq!(
            found_with("capture = \"lot\"", "capture = \"loaded\"\noverrun = 100001"),
            ["18:11: `overrun` cannot be `100001`; write a whole number from 0 to 100000"]
        );
        assert_eq!(gasket("inspect = 1"), ["18:11: `inspect` cannot be a whole number; write `inspect = true`"]);
        assert_eq!(
            gasket("supplier_part = \"X\""),
            ["18:17: `supplier_part` cannot be a text; write `supplier_part = [\"4410-B\"]`"]
        );
    }

    #[test]
    fn the_rules_reach_the_part() {
        let written =
            "capture = \"loaded\"\ninspect = true\nfloor_minutes = 60\noverrun = 5\nsupplier_part = [\"S 1\"]";
        let file = read("r.toml", &with("capture = \"lot\"", written)).unwrap();
        assert_eq!(file.unenforced, []);
        let Part { inspect, floor_minutes, overrun, supplier_parts, .. } =
            &file.route.parts[&PartId::parse("GASKET").unwrap()];
        assert_eq!((*inspect, *floor_minutes, *overrun), (true, Some(60), 5));
        assert_eq!(supplier_parts, &["S 1"]);
    }

    #[test]
    fn a_part_takes_the_place_of_one_of_the_same_capture() {
        assert_eq!(
            gasket("alternates = [\"GASKET\", \"GASKT\", \"BOARD-1\", \"x\"]"),
            [
                "18:15: `GASKET` cannot take its own place; write other parts, or none",
                "18:25: part `GASKT` is not declared; write `GASKET`",
                "18:34: `BOARD-1` is captured by `serial`, and `GASKET` by `lot`; write a part of `capture = \"lot\"`",
                "18:45: part `x` is not declared; write a part that has a table `[part.NUMBER]`",
            ]
        );
        let two = "alternates = [\"GASKET-B\"]\n[part.GASKET-B]\ncapture = \"lot\"";
        assert_eq!(gasket(two), Vec::<String>::new());
        // What may take the place of a part that nobody uses is used by nobody.
        let unused = format!("[part.OLD]\ncapture = \"lot\"\n{two}\n[defect]");
        assert_eq!(
            found_with("[defect]", &unused),
            [
                "19:7: part `OLD` is used by no step; write it into the `use` of a step, or the route without it",
                "22:7: part `GASKET-B` is used by no step; write it into the `use` of a step, or the route without it",
            ]
        );
    }

    #[test]
    fn a_suppliers_number_stands_for_one_part() {
        let twice = with("capture = \"lot\"\n", "capture = \"lot\"\nsupplier_part = [\"X-1\", \"X-1\", \"BOARD-1\"]\n")
            .replace("capture = \"serial\"\n", "capture = \"serial\"\nsupplier_part = [\"X-1\"]\n");
        assert_eq!(
            found(&twice),
            [
                "19:18: `X-1` stands for part `BOARD-1` already, at line 15; write it for one of the two parts",
                "19:25: `X-1` is there twice; write it once",
                "19:25: `X-1` stands for part `BOARD-1` already, at line 15; write it for one of the two parts",
                "19:32: `BOARD-1` is a part number of our own; write the number that the supplier prints",
            ]
        );
    }
}
