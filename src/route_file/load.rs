//! `load = { ... }`: a step that many units go through together.

use toml::Spanned;

use crate::domain::id::CheckId;
use crate::domain::load::LoadRule;
use crate::domain::route::Check;

use super::bounds::{CHECKS_MOST, LOAD_MOST, MINUTES_MOST};
use super::form::LOAD;
use super::remarks::Remarks;
use super::source::quoted;
use super::table::Table;

/// Reads it, beside the checks of the step.
pub(super) fn read(step: &Table<'_>, checks: &[Check], to: &mut Remarks<'_>) -> Option<LoadRule> {
    let table = step.table(to, "load", &LOAD)?;
    let units = table.count(to, "units", 1..=LOAD_MOST);
    let min = table.count(to, "min", 1..=MINUTES_MOST);
    let max = table.count(to, "max", 1..=MINUTES_MOST);
    if let (Some(min), Some(max)) = (&min, &max)
        && min.get_ref() > max.get_ref()
    {
        to.wrong(&min.span(), "`min` is above `max`", "the smaller number as `min`");
    }
    let named = table.ids::<CheckId>(to, "checks", CHECKS_MOST);
    for check in &named {
        let found = checks.iter().find(|c| c.id == *check.get_ref());
        if found.is_none_or(|c| !c.points.is_empty() || c.source_gauge.is_some()) {
            let what = format!("{} is no check of this step that is made once", quoted(check.get_ref().as_str()));
            to.wrong(&check.span(), what, "the id of a check without `points` and `source`");
        }
    }
    if step.has("group") {
        to.wrong(&step.key_span("load"), "`load` has no place in a step of a group", "the step without `group`");
    }
    let (min, max) = (min.map(Spanned::into_inner), max.map(Spanned::into_inner));
    let checks = named.into_iter().map(Spanned::into_inner).collect();
    Some(LoadRule { units: units?.into_inner(), min, max, checks })
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

    #[test]
    fn a_load_has_a_size_a_time_and_checks_of_its_own() {
        let step = |load: &str| found_with("id = \"20\"\n", &format!("id = \"20\"\nload = {{ {load} }}\n"));
        assert!(step("min = 3").iter().any(|f| f.contains("units")), "{:?}", step("min = 3"));
        assert!(step("units = 4, min = 9, max = 3").iter().any(|f| f.contains("`min` is above `max`")));
        assert!(step("units = 4, checks = [\"none\"]").iter().any(|f| f.contains("no check of this step")));
        assert_eq!(step("units = 4, min = 3, max = 9"), Vec::<String>::new());
    }
}
