//! The rules of a step beyond what it asks for: who does it, with which gauges, how long after another step, and which
//! units have it.
//!
//! A rule that names another step, `minutes_since` or `not_by`, asks for nothing of a unit that has not done the other
//! step: it was not drawn for it, left it out, or is of another variant.

use toml::Spanned;

use crate::domain::first_piece::FirstPieceRule;
use crate::domain::golden::Golden;
use crate::domain::id::StepId;
use crate::domain::packing::PackRule;
use crate::domain::route::{MinutesSince, Sample};

use super::bounds::{
    GAUGES_MOST, MINUTES_MOST, NOT_BY_MOST, REWORK_LOOPS_MOST, SAMPLE_MOST, SHORT_CHARS_MOST, TIGHTENED_DEFAULT,
    TIGHTENED_MOST,
};
use super::form::{MINUTES_SINCE, SAMPLE, WHEN};
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::step::{Known, exists};
use super::table::Table;
use super::{first, packs};
use crate::domain::nearest::nearest;

/// The rules of a step, as [`Step`](crate::domain::route::Step) has them.
pub(super) struct Rules {
    pub(super) qualification: Option<String>,
    pub(super) not_by: Vec<StepId>,
    pub(super) gauges: Vec<String>,
    pub(super) minutes_since: Option<MinutesSince>,
    pub(super) when: Option<String>,
    pub(super) sample: Option<Sample>,
    pub(super) group: Option<String>,
    pub(super) optional: bool,
    pub(super) rework: bool,
    pub(super) rework_max: Option<u32>,
    pub(super) first_piece: Option<FirstPieceRule>,
    pub(super) golden: Option<Golden>,
    pub(super) pack: Option<PackRule>,
}

/// Reads the rules of the step at a place in the order.
pub(super) fn read(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> Rules {
    let short = |to: &mut Remarks<'_>, key| table.text(to, key, SHORT_CHARS_MOST).map(|t| t.into_inner().to_owned());
    let gauges = table.texts(to, "gauge", GAUGES_MOST, SHORT_CHARS_MOST);
    Rules {
        qualification: short(to, "qualification"),
        not_by: not_by(table, place, known, to),
        gauges: gauges.into_iter().map(|g| g.into_inner().to_owned()).collect(),
        minutes_since: minutes_since(table, place, known, to),
        when: when(table, known, to),
        sample: sample(table, to),
        group: short(to, "group"),
        optional: table.flag(to, "optional").is_some_and(Spanned::into_inner),
        rework: table.flag(to, "rework").is_some_and(Spanned::into_inner),
        rework_max: table.count(to, "rework_max", 1..=REWORK_LOOPS_MOST).map(Spanned::into_inner),
        first_piece: first::first_piece(table, to),
        golden: first::golden(table, to),
        pack: packs::read(table, to),
    }
}

fn not_by(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> Vec<StepId> {
    let own = known.steps.get(place).and_then(Option::as_ref).map(|id| id.get_ref().clone());
    let mut steps = Vec::new();
    for other in table.ids::<StepId>(to, "not_by", NOT_BY_MOST) {
        if is_earlier(&other, place, known, to) {
            if let Some(own) = &own {
                to.mark(Place::NotBy(own.clone(), other.get_ref().clone()), &other.span());
            }
            steps.push(other.into_inner());
        }
    }
    steps
}

fn minutes_since(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> Option<MinutesSince> {
    let table = table.table(to, "minutes_since", &MINUTES_SINCE)?;
    let step = table.id::<StepId>(to, "step").filter(|step| is_earlier(step, place, known, to));
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

/// Whether a step is there and comes before the one at a place; if not, that is noted down.
fn is_earlier(step: &Spanned<StepId>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> bool {
    if !exists(step, known, to) {
        return false;
    }
    let before = known.steps.get(..place).unwrap_or_default();
    let is_earlier = before.iter().flatten().any(|id| id.get_ref() == step.get_ref());
    if !is_earlier {
        let what = format!("step {} does not come before this one", quoted(step.get_ref().as_str()));
        to.wrong(&step.span(), what, "the id of an earlier step");
    }
    is_earlier
}

fn when(table: &Table<'_>, known: &Known<'_>, to: &mut Remarks<'_>) -> Option<String> {
    let variant = table.table(to, "when", &WHEN).and_then(|when| when.text(to, "variant", SHORT_CHARS_MOST))?;
    let name = *variant.get_ref();
    if !known.variants.contains_key(name) {
        let write = nearest(name, known.variants.keys().map(String::as_str));
        let write = write.map_or_else(|| "the name of a `[variant]`".to_owned(), quoted);
        to.wrong(&variant.span(), format!("there is no variant {}", quoted(name)), write);
    }
    Some(name.to_owned())
}

fn sample(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Sample> {
    let table = table.table(to, "sample", &SAMPLE)?;
    let one_in = table.count(to, "one_in", 2..=SAMPLE_MOST);
    let tightened = table.count(to, "tightened", 1..=TIGHTENED_MOST);
    let tightened = tightened.map_or(TIGHTENED_DEFAULT, Spanned::into_inner);
    Some(Sample { one_in: one_in?.into_inner(), tightened })
}

#[cfg(test)]
mod tests {
    use crate::domain::id::StepId;
    use crate::domain::route::{Sample, Step};
    use crate::route_file::testing::{found_with, with};
    use crate::route_file::{parse, read};

    /// What is found where step 20 says something more.
    fn step(written: &str) -> Vec<String> {
        found_with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"))
    }

    /// Step 20 of a sound route, where it says something more.
    fn sound(written: &str) -> Step {
        let text = with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"));
        assert_eq!(read("r.toml", &text).unwrap().unenforced, []);
        parse("r.toml", &text).unwrap().route.step(&StepId::parse("20").unwrap()).unwrap().clone()
    }

    #[test]
    fn a_time_is_measured_from_an_earlier_step() {
        assert_eq!(
            step("minutes_since = { step = \"10\" }"),
            ["31:17: minutes_since needs `min` or `max`; write `min = 30` or `max = 240`"]
        );
        for later in ["20", "30"] {
            assert_eq!(
                step(&format!("minutes_since = {{ step = \"{later}\", min = 1 }}")),
                [format!("31:26: step `{later}` does not come before this one; write the id of an earlier step")]
            );
        }
        assert_eq!(
            step("minutes_since = { step = \"x\", min = 1 }"),
            ["31:26: there is no step `x`; write one of the steps `10`, `20`, `30`"]
        );
        assert_eq!(
            step("minutes_since = { step = \"10\", min = 9, max = 8 }"),
            ["31:38: `min` is above `max`; write the smaller number as `min`"]
        );
        assert_eq!(
            step("minutes_since = { step = \"10\", max = 0 }"),
            ["31:38: `max` cannot be `0`; write a whole number from 1 to 525600"]
        );
        let since = sound("minutes_since = { step = \"10\", max = 30 }").minutes_since.unwrap();
        assert_eq!((since.step.as_str(), since.min, since.max), ("10", None, Some(30)));
    }

    #[test]
    fn a_sample_is_one_in_so_many() {
        assert_eq!(
            step("sample = { one_in = 1 }"),
            ["31:21: `one_in` cannot be `1`; write a whole number from 2 to 10000"]
        );
        assert_eq!(
            step("sample = { one_in = 2, tightened = 0 }"),
            ["31:36: `tightened` cannot be `0`; write a whole number from 1 to 1000"]
        );
        assert_eq!(step("sample = 20"), ["31:10: `sample` cannot be a whole number; write `sample = { one_in = 20 }`"]);
        let alone = with("on_fail = \"20\"\n", "").replace("id = \"20\"\n", "id = \"20\"\nsample = { one_in = 20 }\n");
        let route = read("r.toml", &alone).unwrap().route;
        assert_eq!(route.steps[1].sample, Some(Sample { one_in: 20, tightened: 5 }));
    }

    #[test]
    fn a_step_is_of_a_variant_that_is_there() {
        assert_eq!(
            step("when = { variant = \"EX\" }"),
            ["31:20: there is no variant `EX`; write the name of a `[variant]`"]
        );
        let two = with("order = \"none\"", "order = \"required\"")
            .replace("[defect]", "[variant]\nSTD = {}\nEX = {}\n[defect]")
            .replace("id = \"20\"\n", "id = \"20\"\nwhen = { variant = \"EXX\" }\n");
        assert_eq!(crate::route_file::testing::found(&two), ["34:20: there is no variant `EXX`; write `EX`"]);
    }

    #[test]
    fn whoever_built_may_not_accept() {
        assert_eq!(
            step("not_by = [\"10\", \"20\", \"30\", \"x\"]"),
            [
                "31:17: step `20` does not come before this one; write the id of an earlier step",
                "31:23: step `30` does not come before this one; write the id of an earlier step",
                "31:29: there is no step `x`; write one of the steps `10`, `20`, `30`",
            ]
        );
        assert_eq!(step("not_by = \"10\""), ["31:10: `not_by` cannot be a text; write `not_by = [\"20\"]`"]);
        assert_eq!(sound("not_by = [\"10\"]").not_by, [StepId::parse("10").unwrap()]);
    }

    #[test]
    fn a_step_names_what_its_operator_holds_and_its_gauges() {
        assert_eq!(step("gauge = \"torque\""), ["31:9: `gauge` cannot be a text; write `gauge = [\"torque\"]`"]);
        assert_eq!(
            step("qualification = \"\""),
            ["31:17: `qualification` is empty; write `qualification = \"torque-m4\"`"]
        );
        let step = sound("qualification = \"torque-m4\"\ngauge = [\"torque\"]");
        assert_eq!((step.qualification.as_deref(), step.gauge_kinds()), (Some("torque-m4"), vec!["torque"]));
    }
}
