//! `pack = { ... }`: the step is done by packing the unit into a carton. Nothing else is asked for at such a step: a
//! carton is filled scan by scan, and whatever is to be checked or signed is so before.

use toml::Spanned;

use crate::domain::packing::{CARTON_UNITS_MOST, PackRule, Same};

use super::form::PACK;
use super::remarks::Remarks;
use super::source::quoted;
use super::table::Table;

/// Keys that a step cannot have that is done by packing.
const NOT_BESIDE: [&str; 10] =
    ["use", "check", "sign_off", "advance", "retest", "gauge", "qualification", "sample", "group", "optional"];

/// Reads how a step packs.
pub(super) fn read(step: &Table<'_>, to: &mut Remarks<'_>) -> Option<PackRule> {
    let table = step.table(to, "pack", &PACK)?;
    let units = table.count(to, "units", 1..=CARTON_UNITS_MOST);
    let mut same: Vec<Same> = Vec::new();
    for word in table.texts(to, "same", Same::ALL.len(), WORD_CHARS_MOST) {
        match word.get_ref().parse() {
            Ok(one) if !same.contains(&one) => same.push(one),
            Ok(_) => to.wrong(&word.span(), format!("{} is there twice", quoted(word.get_ref())), "it once"),
            Err(_unknown) => {
                let what = format!("{} is nothing that units have in common", quoted(word.get_ref()));
                to.wrong(&word.span(), what, "`revision`, `order` or `customer`");
            }
        }
    }
    for key in NOT_BESIDE.into_iter().filter(|key| step.has(key)) {
        let what = format!("a step that packs has no `{key}`");
        to.wrong(table.span(), what, "a step of its own before this one, or this one without `pack`");
    }
    let is_packing = step.value("phase").is_none_or(|v| v.get_ref().as_str() == Some("packing"));
    if !is_packing {
        to.wrong(table.span(), "only a step of phase `packing` packs", "`phase = \"packing\"`");
    }
    Some(PackRule { units: units.map(Spanned::into_inner)?, same })
}

/// Characters of a word.
const WORD_CHARS_MOST: usize = 20;
