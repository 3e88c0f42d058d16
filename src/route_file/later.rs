//! Keys of a step that are understood and checked, and that the gate does not enforce yet.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::domain::id::StepId;
use crate::domain::route::{MinutesSince, StepLater};

use super::bounds::{GAUGES_MOST, MINUTES_MOST, NESTS_MOST, SAMPLE_MOST, SHORT_CHARS_MOST};
use super::form::{MINUTES_SINCE, SAMPLE, WHEN};
use super::nearest::nearest;
use super::remarks::Remarks;
use super::source::quoted;
use super::step::{Known, exists};
use super::table::Table;

/// The keys, in the order of [`StepLater`].
const KEYS: [&str; 9] =
    ["qualification", "gauge", "minutes_since", "when", "sample", "group", "optional", "hub_lost", "nests"];

/// Reads them.
pub(super) fn read(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> StepLater {
    let text = |to: &mut Remarks<'_>, key| table.text(to, key, SHORT_CHARS_MOST).map(|t| t.into_inner().to_owned());
    let hub_lost = table.word(to, "hub_lost", &[("refuse", "refuse"), ("provisional", "provisional")]);
    let later = StepLater {
        qualification: text(to, "qualification"),
        gauges: gauges(table, to),
        minutes_since: minutes_since(table, place, known, to),
        when: when(table, known, to),
        sample_one_in: sample(table, to),
        group: text(to, "group"),
        optional: table.flag(to, "optional").is_some_and(Spanned::into_inner),
        hub_lost: hub_lost.map(|word| word.into_inner().to_owned()),
        nests: table.count(to, "nests", 1..=NESTS_MOST).map(Spanned::into_inner),
    };
    for key in KEYS.into_iter().filter(|key| table.has(key)) {
        // What every step does anyway asks for nothing.
        let nothing_new = (key == "optional" && !later.optional) || (key == "nests" && later.nests == Some(1));
        if !nothing_new {
            to.not_yet(&table.key_span(key), &format!("`{key}`"), "the step without it");
        }
    }
    later
}

fn gauges(table: &Table<'_>, to: &mut Remarks<'_>) -> Vec<String> {
    let gauges = table.texts(to, "gauge", GAUGES_MOST, SHORT_CHARS_MOST);
    gauges.into_iter().map(|g| g.into_inner().to_owned()).collect()
}

fn minutes_since(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> Option<MinutesSince> {
    let table = table.table(to, "minutes_since", &MINUTES_SINCE)?;
    let step = table.id::<StepId>(to, "step").filter(|step| exists(step, known, to));
    if let Some(step) = &step {
        let before = known.steps.get(..place).unwrap_or_default();
        if !before.iter().flatten().any(|id| id.get_ref() == step.get_ref()) {
            let what = format!("step {} does not come before this one", quoted(step.get_ref().as_str()));
            to.wrong(&step.span(), what, "the id of an earlier step");
        }
    }
    let min = table.count(to, "min", 0..=MINUTES_MOST);
    let max = table.count(to, "max", 1..=MINUTES_MOST);
    if !table.has("min") && !table.has("max") {
        to.wrong(table.span(), "minutes_since needs `min` or `max`", "`min = 30` or `max = 240`");
    }
    if let (Some(min), Some(max)) = (&min, &max)
        && min.get_ref() > max.get_ref()
    {
        to.wrong(&min.span(), "`min` is above `max`", "the smaller number as `min`");
    }
    let (min, max) = (min.map(Spanned::into_inner), max.map(Spanned::into_inner));
    Some(MinutesSince { step: step?.into_inner(), min, max })
}

fn when(table: &Table<'_>, known: &Known<'_>, to: &mut Remarks<'_>) -> BTreeMap<String, String> {
    let variant = table.table(to, "when", &WHEN).and_then(|when| when.text(to, "variant", SHORT_CHARS_MOST));
    let Some(variant) = variant else { return BTreeMap::new() };
    let name = *variant.get_ref();
    if !known.variants.contains_key(name) {
        let write = nearest(name, known.variants.keys().map(String::as_str));
        let write = write.map_or_else(|| "the name of a `[variant]`".to_owned(), quoted);
        to.wrong(&variant.span(), format!("there is no variant {}", quoted(name)), write);
    }
    BTreeMap::from([("variant".to_owned(), name.to_owned())])
}

fn sample(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<u32> {
    let table = table.table(to, "sample", &SAMPLE)?;
    table.count(to, "one_in", 2..=SAMPLE_MOST).map(Spanned::into_inner)
}
