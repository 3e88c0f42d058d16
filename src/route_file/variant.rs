//! `[variant]`: what the units of a route differ in.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::domain::text::is_safe;

use super::bounds::{SHORT_CHARS_MOST, VARIANT_VALUES_MOST, VARIANTS_MOST};
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;
use super::value::{self, Called, Value};

/// The variants: for each name, the values that `{key}` stands for.
pub(super) type Variants = BTreeMap<String, BTreeMap<String, String>>;

/// Reads `[variant]`. Every variant has the same values, so that `{key}` stands for something in each.
pub(super) fn variants(route: &Table<'_>, to: &mut Remarks<'_>) -> Variants {
    let mut variants = Variants::new();
    to.mark(Place::Variants, &route.key_span("variant"));
    let mut first: Option<(String, Vec<String>)> = None;
    for (name, value) in route.named(to, "variant", VARIANTS_MOST) {
        if !is_name(name.get_ref()) {
            let what = format!("{} cannot be the name of a variant", quoted(name.get_ref()));
            to.wrong(&name.span(), what, format!("1 to {SHORT_CHARS_MOST} characters that a screen may show"));
            continue;
        }
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
        to.mark(Place::Variant((*name.get_ref()).to_owned()), &name.span());
        variants.insert((*name.get_ref()).to_owned(), values);
    }
    variants
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= SHORT_CHARS_MOST && text.chars().all(is_safe)
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

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

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
            variant("\"E\\u001b\" = {}"),
            ["20:1: `E<1B>` cannot be the name of a variant; write 1 to 40 characters that a screen may show"]
        );
        assert_eq!(
            variant("STD = {}"),
            ["19:2: a unit is of a variant, and nothing says of which; \
                 write `order = \"required\"` above the first table, or `start = \"order\"` in `[identifier]`"],
        );
    }
}
