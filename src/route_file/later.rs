//! Keys of a step that are understood and checked, and that the gate does not enforce yet.

use toml::Spanned;

use crate::domain::id::StepId;
use crate::domain::route::{MinutesSince, Sample, StepLater};

use super::bounds::{GAUGES_MOST, MINUTES_MOST, NESTS_MOST, SAMPLE_MOST, SHORT_CHARS_MOST};
use super::form::{MINUTES_SINCE, SAMPLE, WHEN};
use super::nearest::nearest;
use super::remarks::Remarks;
use super::source::quoted;
use super::step::{Known, exists};
use super::table::Table;

/// The keys, in the order of [`StepLater`].
const KEYS: [&str; 2] = ["hub_lost", "nests"];

/// Reads them.
pub(super) fn read(table: &Table<'_>, to: &mut Remarks<'_>) -> StepLater {
    let hub_lost = table.word(to, "hub_lost", &[("refuse", "refuse"), ("provisional", "provisional")]);
    let later = StepLater {
        hub_lost: hub_lost.map(|word| word.into_inner().to_owned()),
        nests: table.count(to, "nests", 1..=NESTS_MOST).map(Spanned::into_inner),
    };
    for key in KEYS.into_iter().filter(|key| table.has(key)) {
        // What every step does anyway asks for nothing.
        let nothing_new = key == "nests" && later.nests == Some(1);
        if !nothing_new {
            to.not_yet(&table.key_span(key), &format!("`{key}`"), "the step without it");
        }
    }
    later
}

pub(super) fn gauges(table: &Table<'_>, to: &mut Remarks<'_>) -> Vec<String> {
    let gauges = table.texts(to, "gauge", GAUGES_MOST, SHORT_CHARS_MOST);
    gauges.into_iter().map(|g| g.into_inner().to_owned()).collect()
}

pub(super) fn minutes_since(
    table: &Table<'_>,
    place: usize,
    known: &Known<'_>,
    to: &mut Remarks<'_>,
) -> Option<MinutesSince> {
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

pub(super) fn when(table: &Table<'_>, known: &Known<'_>, to: &mut Remarks<'_>) -> Option<String> {
    let variant = table.table(to, "when", &WHEN).and_then(|when| when.text(to, "variant", SHORT_CHARS_MOST));
    let variant = variant?;
    let name = *variant.get_ref();
    if !known.variants.contains_key(name) {
        let write = nearest(name, known.variants.keys().map(String::as_str));
        let write = write.map_or_else(|| "the name of a `[variant]`".to_owned(), quoted);
        to.wrong(&variant.span(), format!("there is no variant {}", quoted(name)), write);
    }
    Some(name.to_owned())
}

pub(super) fn sample(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Sample> {
    let table = table.table(to, "sample", &SAMPLE)?;
    let one_in = table.count(to, "one_in", 2..=SAMPLE_MOST).map(Spanned::into_inner)?;
    Some(Sample { one_in, tightened: 5 })
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{found_with, not_yet_with};

    #[test]
    fn what_is_not_enforced_yet_is_checked_all_the_same() {
        let step = |written: &str| found_with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"));
        assert_eq!(
            step("minutes_since = { step = \"10\" }"),
            ["31:17: minutes_since needs `min` or `max`; write `min = 30` or `max = 240`"]
        );
        assert_eq!(
            step("minutes_since = { step = \"30\", min = 1 }"),
            ["31:26: step `30` does not come before this one; write the id of an earlier step"]
        );
        assert_eq!(
            step("minutes_since = { step = \"x\", min = 1 }"),
            ["31:26: there is no step `x`; write one of the steps `10`, `20`, `30`"]
        );
        assert_eq!(
            step("minutes_since = { step = \"10\", min = 9, max = 8 }"),
            ["31:38: `min` is above `max`; write the smaller number as `min`"]
        );
        assert_eq!(
            step("sample = { one_in = 1 }"),
            ["31:21: `one_in` cannot be `1`; write a whole number from 2 to 10000"]
        );
        assert_eq!(
            step("when = { variant = \"EX\" }"),
            ["31:20: there is no variant `EX`; write the name of a `[variant]`"]
        );
        assert_eq!(step("hub_lost = \"refused\""), ["31:12: `hub_lost` cannot be `refused`; write `refuse`"]);
        assert_eq!(step("nests = 65"), ["31:9: `nests` cannot be `65`; write a whole number from 1 to 64"]);
        assert_eq!(step("gauge = \"torque\""), ["31:9: `gauge` cannot be a text; write `gauge = [\"torque\"]`"]);
    }

    #[test]
    fn what_every_step_does_anyway_is_enforced() {
        assert_eq!(not_yet_with("id = \"20\"\n", "id = \"20\"\noptional = false\nnests = 1\n"), Vec::<String>::new());
        assert_eq!(
            not_yet_with("id = \"20\"\n", "id = \"20\"\noptional = true\n"),
            ["31:1: `optional` is not enforced yet, and a route that asks for it is not released; \
                 write the step without it"],
        );
    }
}
