//! What the steps of a route draw on: `[part.NUMBER]`, `[variant]` and `[defect]`.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::id::{DefectId, PartId, RouteId};
use crate::domain::route::{Capture, Part};

use super::bounds::{DEFECTS_MOST, PARTS_MOST, SHORT_CHARS_MOST, TITLE_CHARS_MOST, VARIANT_VALUES_MOST, VARIANTS_MOST};
use super::form::PART;
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;
use super::value::{self, Called, Value, parsed};
use super::{gtin, pattern};

/// The variants: for each name, the values that `{key}` stands for.
pub(super) type Variants = BTreeMap<String, BTreeMap<String, String>>;

/// Reads every `[part.NUMBER]`. `None` stands for a part that is there and wrong.
pub(super) fn parts(route: &Table<'_>, to: &mut Remarks<'_>) -> BTreeMap<PartId, Option<Part>> {
    let mut parts = BTreeMap::new();
    for (name, value) in route.named(to, "part", PARTS_MOST) {
        let Some(id) = parsed::<PartId>(to, name.get_ref(), &name.span()) else { continue };
        let part = part(to, id.get_ref(), value);
        parts.insert(id.into_inner(), part);
    }
    parts
}

fn part<'t>(to: &mut Remarks<'_>, id: &PartId, value: &'t Value<'t>) -> Option<Part> {
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
    match capture.as_ref().map(Spanned::get_ref) {
        Some(Capture::Serial) if !table.has("pattern") && !table.has("gs1") => {
            let what = format!("{} is captured by serial, so it needs `pattern` or `gs1`", quoted(id.as_str()));
            to.wrong(table.span(), what, "what its serial numbers look like: `pattern = 'B\\d{7}'`");
        }
        Some(Capture::Lot | Capture::Loaded) => {
            for key in ["pattern", "made_by"].into_iter().filter(|key| table.has(key)) {
                let what = format!("`{key}` has no place in a part that is captured by lot");
                to.wrong(&table.key_span(key), what, "the part without it, or `capture = \"serial\"`");
            }
        }
        Some(Capture::Serial) | None => {}
    }
    let pattern = match (pattern, capture.as_ref().map(Spanned::get_ref), &gtin) {
        (None, Some(Capture::Serial), Some(gtin)) if !table.has("pattern") => {
            to.mark(Place::Part(id.clone()), &table.key_span("gs1"));
            gtin::pattern(&table, to, gtin)
        }
        (pattern, _, _) => pattern.map(Spanned::into_inner),
    };
    Some(Part {
        title: title.map_or_else(|| id.to_string(), |t| t.into_inner().to_owned()),
        capture: capture?.into_inner(),
        pattern,
        gtin,
        typed,
        made_by: made_by.map(Spanned::into_inner),
        alternates: Vec::new(),
        supplier_parts: Vec::new(),
        inspect: false,
        floor_minutes: None,
        overrun: 0,
    })
}

/// Reads `[variant]`. Every variant has the same values, so that `{key}` stands for something in each.
pub(super) fn variants(route: &Table<'_>, to: &mut Remarks<'_>) -> Variants {
    let mut variants = Variants::new();
    let mut first: Option<(String, Vec<String>)> = None;
    for (name, value) in route.named(to, "variant", VARIANTS_MOST) {
        let DeValue::Table(entries) = value.get_ref() else {
            let called = Called { name: name.get_ref(), example: "STD = { fw = \"PC200-2.4.1\" }" };
            value::another_type::<()>(to, &called, value);
            continue;
        };
        let values = values(entries, value, to);
        let keys: Vec<String> = entries.keys().map(|k| k.get_ref().to_string()).collect();
        let (model, wanted) = first.get_or_insert_with(|| ((*name.get_ref()).to_owned(), keys.clone()));
        if let Some(lacking) = wanted.iter().find(|key| !keys.contains(*key)) {
            let what =
                format!("variant {} lacks {}, which {} has", quoted(name.get_ref()), quoted(lacking), quoted(model));
            to.wrong(&name.span(), what, "the same values for every variant");
        } else if let Some(extra) = keys.iter().find(|key| !wanted.contains(key)) {
            let what =
                format!("variant {} has {}, which {} lacks", quoted(name.get_ref()), quoted(extra), quoted(model));
            to.wrong(&name.span(), what, "the same values for every variant");
        }
        variants.insert((*name.get_ref()).to_owned(), values);
    }
    variants
}

fn values<'t>(entries: &'t DeTable<'t>, variant: &Value<'_>, to: &mut Remarks<'_>) -> BTreeMap<String, String> {
    if entries.len() > VARIANT_VALUES_MOST {
        let what = format!("a variant has {} values", entries.len());
        to.wrong(&variant.span(), what, format!("at most {VARIANT_VALUES_MOST} values"));
    }
    let mut values = BTreeMap::new();
    for (key, value) in entries.iter().take(VARIANT_VALUES_MOST) {
        let called = Called { name: key.get_ref(), example: "fw = \"PC200-2.4.1\"" };
        if let Some(text) = value::text(to, &called, value, SHORT_CHARS_MOST) {
            values.insert(key.get_ref().to_string(), (*text.get_ref()).to_owned());
        }
    }
    values
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
    use crate::route_file::testing::{SOUND, found, found_with, not_yet_with};

    #[test]
    fn a_part_is_captured_as_it_is_identified() {
        assert_eq!(
            found_with("pattern = 'B\\d{7}'\n", ""),
            ["12:1: `BOARD-1` is captured by serial, so it needs `pattern` or `gs1`; \
                 write what its serial numbers look like: `pattern = 'B\\d{7}'`"],
        );
        assert_eq!(
            found_with("capture = \"lot\"", "capture = \"lot\"\npattern = 'x'"),
            ["18:1: `pattern` has no place in a part that is captured by lot; \
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

    #[test]
    fn variants_have_the_same_values() {
        let variant = |written: &str| found_with("[defect]", &format!("[variant]\n{written}\n[defect]"));
        assert_eq!(
            variant("STD = { fw = \"1\" }\nEX = { fv = \"2\" }"),
            ["21:1: variant `EX` lacks `fw`, which `STD` has; write the same values for every variant"],
        );
        assert_eq!(
            variant("STD = { fw = \"1\" }\nEX = { fw = \"2\", x = \"3\" }"),
            ["21:1: variant `EX` has `x`, which `STD` lacks; write the same values for every variant"],
        );
        assert_eq!(
            variant("STD = 3"),
            ["20:7: `STD` cannot be a whole number; write `STD = { fw = \"PC200-2.4.1\" }`"]
        );
        assert_eq!(variant("STD = { fw = 3 }"), ["20:14: `fw` cannot be a whole number; write `fw = \"PC200-2.4.1\"`"]);
        assert_eq!(
            not_yet_with("[defect]", "[variant]\nSTD = { fw = \"1\" }\n[defect]"),
            ["19:2: `variant` is not enforced yet, and a route that asks for it is not released; \
                 write a route for each variant"],
        );
    }
}
