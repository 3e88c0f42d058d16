//! What the steps of a route draw on: `[part.NUMBER]` and `[defect]`.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use crate::domain::id::{DefectId, PartId, RouteId};
use crate::domain::route::{Capture, Part};

use super::bounds::{DEFECTS_MOST, PARTS_MOST, TITLE_CHARS_MOST};
use super::form::PART;
use super::part_rules::Names;
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;
use super::value::{self, Called, Value, parsed};
use super::{gtin, part_rules, pattern};

/// Reads every `[part.NUMBER]`. `None` stands for a part that is there and wrong.
pub(super) fn parts(route: &Table<'_>, to: &mut Remarks<'_>) -> BTreeMap<PartId, Option<Part>> {
    let mut parts = BTreeMap::new();
    let mut named = Vec::new();
    for (name, value) in route.named(to, "part", PARTS_MOST) {
        let Some(id) = parsed::<PartId>(to, name.get_ref(), &name.span()) else { continue };
        let (part, its_names) = part(to, id.get_ref(), value).unzip();
        named.extend(its_names.map(|names| (id.get_ref().clone(), names)));
        parts.insert(id.into_inner(), part);
    }
    part_rules::between(&parts, &named, to);
    parts
}

fn part<'t>(to: &mut Remarks<'_>, id: &PartId, value: &'t Value<'t>) -> Option<(Part, Names)> {
    let DeValue::Table(entries) = value.get_ref() else {
        return value::another_type(to, &Called { name: id.as_str(), example: "capture = \"lot\"" }, value);
    };
    let table = Table::open(&PART, entries, value.span(), to);
    let captures = [("serial", Capture::Serial), ("lot", Capture::Lot), ("loaded", Capture::Loaded)];
    let capture = table.word(to, "capture", &captures);
    let title = table.text(to, "title", TITLE_CHARS_MOST);
    let pattern = pattern::of_labels(&table, to, "pattern");
    if let Some(pattern) = &pattern {
        to.mark(Place::Part(id.clone()), &pattern.span());
    }
    let gtin = gtin::read(&table, to, Place::PartGtin(id.clone()));
    let typed = gtin::typed(&table, to);
    let made_by = table.id::<RouteId>(to, "made_by");
    if let Some(made_by) = &made_by {
        to.mark(Place::MadeBy(id.clone()), &made_by.span());
    }
    let is_serial = capture.as_ref().is_some_and(|c| *c.get_ref() == Capture::Serial);
    if is_serial && !table.has("pattern") && !table.has("gs1") {
        let what = format!("{} is captured by serial, so it needs `pattern` or `gs1`", quoted(id.as_str()));
        to.wrong(table.span(), what, "what its serial numbers look like: `pattern = 'B\\d{7}'`");
    }
    let rules = part_rules::read(&table, capture.as_ref().map(Spanned::get_ref).copied(), to);
    let pattern = match (pattern, &gtin) {
        (None, Some(gtin)) if is_serial && !table.has("pattern") => {
            to.mark(Place::Part(id.clone()), &table.key_span("gs1"));
            gtin::pattern(&table, to, &gtin.serial_pattern())
        }
        (pattern, _) => pattern.map(Spanned::into_inner),
    };
    let part = Part {
        title: title.map_or_else(|| id.to_string(), |t| t.into_inner().to_owned()),
        capture: capture?.into_inner(),
        pattern,
        gtin,
        typed,
        made_by: made_by.map(Spanned::into_inner),
        alternates: rules.names.alternates.iter().map(|id| id.get_ref().clone()).collect(),
        supplier_parts: rules.names.supplier_parts.iter().map(|text| text.get_ref().clone()).collect(),
        inspect: rules.inspect,
        floor_minutes: rules.floor_minutes,
        overrun: rules.overrun,
    };
    Some((part, rules.names))
}

/// Reads `[defect]`.
pub(super) fn defects(route: &Table<'_>, to: &mut Remarks<'_>) -> BTreeMap<DefectId, String> {
    let mut defects = BTreeMap::new();
    for (name, value) in route.named(to, "defect", DEFECTS_MOST) {
        let id = parsed::<DefectId>(to, name.get_ref(), &name.span());
        let called = Called { name: name.get_ref(), example: "LEAK = \"Leaks\"" };
        let title = value::text(to, &called, value, TITLE_CHARS_MOST);
        if let (Some(id), Some(title)) = (id, title) {
            defects.insert(id.into_inner(), (*title.get_ref()).to_owned());
        }
    }
    defects
}

#[cfg(test)]
mod tests {
    use crate::domain::id::PartId;
    use crate::route_file::parse;
    use crate::route_file::testing::{SOUND, found, found_with};

    #[test]
    fn a_part_is_captured_as_it_is_identified() {
        assert_eq!(
            found_with("pattern = 'B\\d{7}'\n", ""),
            ["12:1: `BOARD-1` is captured by serial, so it needs `pattern` or `gs1`; \
                 write what its serial numbers look like: `pattern = 'B\\d{7}'`"],
        );
        assert_eq!(
            found_with("capture = \"lot\"", "capture = \"lot\"\npattern = 'x'"),
            ["18:1: `pattern` has no place in a part of `capture = \"lot\"`; \
                 write the part without it, or `capture = \"serial\"`"],
        );
        assert!(
            found("part.X = 7").contains(&"1:10: `X` cannot be a whole number; write `capture = \"lot\"`".to_owned())
        );
        assert_eq!(parse("r.toml", SOUND).unwrap().route.parts[&PartId::parse("GASKET").unwrap()].title, "GASKET");
    }

    #[test]
    fn a_part_has_a_part_number_and_a_use() {
        assert_eq!(
            found_with("[part.GASKET]", "[part.\"G \"]"),
            [
                "16:7: `G ` cannot be a part number; write 1 to 32 letters, digits and - _ . /",
                "27:22: part `GASKET` is not declared; write a table `[part.GASKET]`",
            ],
        );
        assert_eq!(
            found_with("[part.GASKET]", "[part.GASKETT]"),
            [
                "16:7: part `GASKETT` is used by no step; write it into the `use` of a step, or the route without it",
                "27:22: part `GASKET` is not declared; write `GASKETT`",
            ],
        );
    }

    #[test]
    fn a_defect_has_a_code_and_a_title() {
        assert_eq!(
            found_with("LEAK = \"Leaks\"", "LEAK = 4\n\"a b\" = \"x\""),
            [
                "20:8: `LEAK` cannot be a whole number; write `LEAK = \"Leaks\"`",
                "21:1: `a b` cannot be a defect code; write 1 to 24 letters, digits and - _ . /",
            ],
        );
    }
}
