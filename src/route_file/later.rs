//! Keys of a step that are understood and checked, and that the gate does not enforce yet.

use crate::domain::route::StepLater;

use super::remarks::Remarks;
use super::table::Table;

/// The keys, in the order of [`StepLater`].
const KEYS: [&str; 1] = ["hub_lost"];

/// Reads them.
pub(super) fn read(table: &Table<'_>, to: &mut Remarks<'_>) -> StepLater {
    let hub_lost = table.word(to, "hub_lost", &[("refuse", "refuse"), ("provisional", "provisional")]);
    let later = StepLater { hub_lost: hub_lost.map(|word| word.into_inner().to_owned()) };
    for key in KEYS.into_iter().filter(|key| table.has(key)) {
        to.not_yet(&table.key_span(key), &format!("`{key}`"), "the step without it");
    }
    later
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{found_with, not_yet_with};

    #[test]
    fn what_is_not_enforced_yet_is_checked_all_the_same() {
        let step = |written: &str| found_with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"));
        assert_eq!(step("hub_lost = \"refused\""), ["31:12: `hub_lost` cannot be `refused`; write `refuse`"]);
    }

    #[test]
    fn what_every_step_does_anyway_is_enforced() {
        assert_eq!(not_yet_with("id = \"20\"\n", "id = \"20\"\noptional = false\nnests = 4\n"), Vec::<String>::new());
        assert_eq!(
            not_yet_with("id = \"20\"\n", "id = \"20\"\nhub_lost = \"refuse\"\n"),
            ["31:1: `hub_lost` is not enforced yet, and a route that asks for it is not released; \
                 write the step without it"],
        );
    }
}
