//! `[[step]]`: one step, with all that it requires.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::domain::id::{CheckId, PartId, StationId, StepId};
use crate::domain::role::Role;
use crate::domain::route::{Advance, Check, Part, Phase, Retest, SignOff, Step};

use super::bounds::{
    ATTEMPTS_DEFAULT, ATTEMPTS_MOST, CHECKS_MOST, DOCUMENT_CHARS_MOST, INSTRUCTIONS_CHARS_MOST, NESTS_MOST,
    PIECES_MOST, REASONS_MOST, RETESTS_MOST, REWORK_MOST, SHORT_CHARS_MOST, TITLE_CHARS_MOST, USES_MOST,
};
use super::form::{CHECK, RETEST, SIGN_OFF};
use super::remarks::{Place, Remarks};
use super::source::{listed, quoted};
use super::table::Table;
use super::value::{self, Called, parsed};
use super::variant::Variants;
use super::{check, later, load, rules};
use crate::domain::nearest::nearest;

/// Steps that a sentence lists.
const LISTED_MOST: usize = 12;

/// When a step passes, in the words of the file.
pub(super) const ADVANCES: [(&str, Advance); 2] = [("auto", Advance::Auto), ("pass", Advance::Pass)];

/// What a step may refer to.
pub(super) struct Known<'k> {
    /// The ids of all steps, in order; `None` for one that has no sound id.
    pub(super) steps: &'k [Option<Spanned<StepId>>],
    /// The parts; `None` for one that is there and wrong.
    pub(super) parts: &'k BTreeMap<PartId, Option<Part>>,
    /// The variants.
    pub(super) variants: &'k Variants,
    /// When a step passes that does not say.
    pub(super) advance: Option<Advance>,
}

/// Reads the step at a place in the order.
pub(super) fn read(table: &Table<'_>, place: usize, known: &Known<'_>, to: &mut Remarks<'_>) -> Option<Step> {
    let id = known.steps.get(place).and_then(Option::as_ref).map(|id| id.get_ref().clone());
    let title = table.text(to, "title", TITLE_CHARS_MOST);
    let phase = phase(table, place + 1 == known.steps.len(), to);
    let station = table.id::<StationId>(to, "station");
    let role = table.word(to, "role", &roles());
    let document = table.text(to, "document", DOCUMENT_CHARS_MOST);
    let instructions = table.text(to, "instructions", INSTRUCTIONS_CHARS_MOST);
    let uses = uses(table, known, to);
    let checks = checks(table, id.as_ref(), known, to);
    let sign_off = sign_off(table, to);
    let advance = advance(table, known, to);
    let retest = retest(table, to);
    let (on_fail, rework_to) = rework(table, id.as_ref(), known, to);
    let attempts = table.count(to, "attempts", 1..=ATTEMPTS_MOST);
    let load = load::read(table, &checks, to);
    let depanel = table.flag(to, "depanel");
    let nests = table.count(to, "nests", 1..=NESTS_MOST);
    let rules = rules::read(table, place, known, to);
    let later = later::read(table, to);
    let id = id?;
    to.mark(Place::Step(id.clone()), table.span());
    mark_keys(table, &id, to);
    Some(Step {
        title: title?.into_inner().to_owned(),
        phase: phase?,
        station: station?.into_inner(),
        role: role.map_or(Role::Operator, Spanned::into_inner),
        document: document.map(|t| t.into_inner().to_owned()),
        instructions: instructions.map(|t| t.into_inner().to_owned()),
        uses,
        checks,
        sign_off,
        advance,
        retest,
        on_fail: on_fail.unwrap_or_else(|| id.clone()),
        rework_to,
        attempts: attempts.map_or(ATTEMPTS_DEFAULT, Spanned::into_inner),
        qualification: rules.qualification,
        not_by: rules.not_by,
        gauges: rules.gauges,
        minutes_since: rules.minutes_since,
        when: rules.when,
        sample: rules.sample,
        group: rules.group,
        optional: rules.optional,
        rework: rules.rework,
        rework_max: rules.rework_max,
        nests: nests.map_or(1, Spanned::into_inner),
        load,
        depanel: depanel.is_some_and(Spanned::into_inner),
        first_piece: rules.first_piece,
        golden: rules.golden,
        pack: rules.pack,
        later,
        id,
    })
}

/// Remembers where the keys are that are held against other steps, and against the configuration.
fn mark_keys(table: &Table<'_>, id: &StepId, to: &mut Remarks<'_>) {
    for key in ["station", "minutes_since", "when", "sample", "group", "optional", "rework", "first_piece", "golden"] {
        if let Some(value) = table.value(key) {
            to.mark(Place::Key(id.clone(), key), &value.span());
        }
    }
}

fn roles() -> [(&'static str, Role); 4] {
    Role::ALL.map(|role| (role.word(), role))
}

/// Only the last step dispatches: what left the plant is not worked on.
fn phase(table: &Table<'_>, last: bool, to: &mut Remarks<'_>) -> Option<Phase> {
    let words = [
        ("receiving", Phase::Receiving),
        ("assembly", Phase::Assembly),
        ("test", Phase::Test),
        ("packing", Phase::Packing),
        ("dispatch", Phase::Dispatch),
    ];
    let phase = table.word(to, "phase", &words)?;
    if *phase.get_ref() == Phase::Dispatch && !last {
        to.wrong(
            &phase.span(),
            "only the last step can be of phase `dispatch`",
            "`packing`, or this step as the last one",
        );
    }
    Some(phase.into_inner())
}

fn uses(table: &Table<'_>, known: &Known<'_>, to: &mut Remarks<'_>) -> BTreeMap<PartId, u32> {
    let mut uses = BTreeMap::new();
    for (name, value) in table.named(to, "use", USES_MOST) {
        let Some(part) = parsed::<PartId>(to, name.get_ref(), &name.span()) else { continue };
        if !known.parts.contains_key(part.get_ref()) {
            let what = format!("part {} is not declared", quoted(name.get_ref()));
            let near = nearest(name.get_ref(), known.parts.keys().map(PartId::as_str));
            let write = near.map_or_else(|| format!("a table `[part.{}]`", key(part.get_ref().as_str())), quoted);
            to.wrong(&name.span(), what, write);
        }
        let called = Called { name: name.get_ref(), example: "use = { PCB-0417 = 1 }" };
        if let Some(count) = value::count(to, &called, value, 1..=PIECES_MOST) {
            uses.insert(part.into_inner(), count.into_inner());
        }
    }
    uses
}

fn checks(table: &Table<'_>, step: Option<&StepId>, known: &Known<'_>, to: &mut Remarks<'_>) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    let mut seen: BTreeMap<CheckId, usize> = BTreeMap::new();
    for table in table.tables(to, "check", &CHECK, CHECKS_MOST) {
        let Some(check) = check::read(&table, step, known.variants, to) else { continue };
        let span = table.value("id").map_or_else(|| table.span().clone(), Spanned::span);
        let (line, _) = to.source().place(span.start);
        if let Some(first) = seen.insert(check.id.clone(), line) {
            let what = format!("check {} is there already, at line {first}", quoted(check.id.as_str()));
            to.wrong(&span, what, "an id of its own");
        }
        checks.push(check);
    }
    checks
}

fn sign_off(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<SignOff> {
    let table = table.table(to, "sign_off", &SIGN_OFF)?;
    let role = table.word(to, "role", &roles());
    let meaning = table.text(to, "meaning", SHORT_CHARS_MOST);
    let second = table.flag(to, "second");
    Some(SignOff {
        role: role?.into_inner(),
        meaning: meaning?.into_inner().to_owned(),
        second: second.is_some_and(Spanned::into_inner),
    })
}

/// `auto` where the step has needs and no signature, else `pass`; the step's word goes before the route's.
fn advance(table: &Table<'_>, known: &Known<'_>, to: &mut Remarks<'_>) -> Advance {
    let has_needs = table.has("use") || table.has("check") || table.has("sign_off");
    let own = table.word(to, "advance", &ADVANCES);
    if let Some(auto) = own.as_ref().filter(|a| *a.get_ref() == Advance::Auto)
        && !has_needs
    {
        to.wrong(&auto.span(), "a step that asks for nothing cannot pass by itself", "`advance = \"pass\"`");
    }
    match own.map(Spanned::into_inner).or(known.advance) {
        Some(advance) if has_needs => advance,
        None if has_needs && !table.has("sign_off") => Advance::Auto,
        _ => Advance::Pass,
    }
}

fn retest(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Retest> {
    let table = table.table(to, "retest", &RETEST)?;
    let max = table.count(to, "max", 1..=RETESTS_MOST);
    let reasons = table.texts(to, "reasons", REASONS_MOST, SHORT_CHARS_MOST);
    Some(Retest { max: max?.into_inner(), reasons: reasons.into_iter().map(|t| t.into_inner().to_owned()).collect() })
}

/// Where rework goes back to. That it does go back, and not ahead, is proven over the whole route.
fn rework(
    table: &Table<'_>,
    step: Option<&StepId>,
    known: &Known<'_>,
    to: &mut Remarks<'_>,
) -> (Option<StepId>, Vec<StepId>) {
    let on_fail = table.id::<StepId>(to, "on_fail").filter(|target| exists(target, known, to));
    if let (Some(step), Some(target)) = (step, &on_fail) {
        to.mark(Place::OnFail(step.clone()), &target.span());
    }
    let mut rework_to = Vec::new();
    for target in table.ids::<StepId>(to, "rework_to", REWORK_MOST) {
        if !exists(&target, known, to) {
            continue;
        }
        if let Some(step) = step {
            to.mark(Place::ReworkTo(step.clone(), target.get_ref().clone()), &target.span());
        }
        rework_to.push(target.into_inner());
    }
    (on_fail.map(Spanned::into_inner), rework_to)
}

/// Whether a step is there; if not, that is noted down.
pub(super) fn exists(target: &Spanned<StepId>, known: &Known<'_>, to: &mut Remarks<'_>) -> bool {
    let all = || known.steps.iter().flatten().map(Spanned::get_ref);
    let there = all().any(|id| id == target.get_ref());
    // A step whose own id is wrong may be the one that is meant.
    if !there && known.steps.iter().all(Option::is_some) {
        let what = format!("there is no step {}", quoted(target.get_ref().as_str()));
        let some = listed(all().take(LISTED_MOST).map(StepId::as_str));
        let more = if known.steps.len() > LISTED_MOST { ", ..." } else { "" };
        to.wrong(&target.span(), what, format!("one of the steps {some}{more}"));
    }
    there
}

/// A name as a key of TOML.
fn key(name: &str) -> String {
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { format!("\"{name}\"") }
}

#[cfg(test)]
mod tests {
    use crate::domain::id::StepId;
    use crate::domain::route::Advance;
    use crate::route_file::parse;
    use crate::route_file::testing::{SOUND, each, found, found_with, with};

    #[test]
    fn ids_are_there_once() {
        assert_eq!(
            found_with("id = \"20\"\n", "id = \"10\"\n"),
            [
                "30:6: step `10` is there already, at line 23; write an id of its own",
                "48:11: there is no step `20`; write one of the steps `10`, `10`, `30`",
            ],
        );
        assert_eq!(
            found_with("id = \"visual\"", "id = \"torque\""),
            ["40:6: check `torque` is there already, at line 35; write an id of its own"],
        );
        // Whoever names a step whose id is wrong may well mean it.
        assert_eq!(
            found_with("id = \"20\"\n", "id = 20\n"),
            ["30:6: `id` cannot be a whole number; write `id = \"10\"`"]
        );
    }

    #[test]
    fn only_what_is_there_is_named() {
        assert_eq!(
            found_with(
                "use = { BOARD-1 = 1, GASKET = 2 }",
                "use = { BOARD-1 = 0, GASKET = 2, BORD-1 = 1e308, \"x/y\" = 1 }"
            ),
            [
                "27:19: `BOARD-1` cannot be `0`; write a whole number from 1 to 1000",
                "27:34: part `BORD-1` is not declared; write `BOARD-1`",
                "27:43: `BORD-1` cannot be a number with a point; write `use = { PCB-0417 = 1 }`",
                "27:50: part `x/y` is not declared; write a table `[part.\"x/y\"]`",
            ],
        );
        assert_eq!(
            found_with("on_fail = \"20\"", "on_fail = \"40\""),
            ["48:11: there is no step `40`; write one of the steps `10`, `20`, `30`"]
        );
        assert_eq!(
            found_with("rework_to = [\"10\"]", "rework_to = [\"10\", \"10\", \"99\"]"),
            [
                "49:20: `10` is there twice; write it once",
                "49:26: there is no step `99`; write one of the steps `10`, `20`, `30`",
            ],
        );
    }

    #[test]
    fn only_the_last_step_dispatches() {
        assert_eq!(
            found_with("phase = \"assembly\"", "phase = \"dispatch\""),
            ["32:9: only the last step can be of phase `dispatch`; write `packing`, or this step as the last one"],
        );
        assert_eq!(found_with("phase = \"test\"", "phase = \"dispatch\""), Vec::<String>::new());
        assert_eq!(
            found_with("phase = \"test\"", "phase = \"tets\""),
            ["46:9: `phase` cannot be `tets`; write `test`"]
        );
    }

    #[test]
    fn a_route_has_a_step_and_not_too_many() {
        let head = SOUND.split("[part.").next().unwrap();
        assert_eq!(found(&format!("step = []\n{head}")), ["1:1: a route needs a step; write `[[step]]`"]);
        let steps =
            each(0..300, |n| format!("[[step]]\nid = \"{n}\"\ntitle = \"T\"\nphase = \"test\"\nstation = \"test\"\n"));
        assert_eq!(found(&format!("{head}{steps}")), ["512:1: `step` has 300 entries; write at most 100"]);
    }

    #[test]
    fn a_step_passes_with_its_last_need_or_waits() {
        let advance = |text: &str, step: &str| {
            parse("r.toml", text).unwrap().route.step(&StepId::parse(step).unwrap()).unwrap().advance
        };
        assert_eq!(advance(SOUND, "10"), Advance::Auto);
        assert_eq!(advance(SOUND, "30"), Advance::Pass);
        let by_route = with("order = \"none\"", "advance = \"pass\"");
        assert_eq!(advance(&by_route, "10"), Advance::Pass);
        let by_step = by_route.replace("id = \"10\"\n", "id = \"10\"\nadvance = \"auto\"\n");
        assert_eq!(advance(&by_step, "10"), Advance::Auto);
        let signed = with("order = \"none\"", "advance = \"auto\"");
        assert_eq!(advance(&signed, "30"), Advance::Auto);
        let idle = "\n[[step]]\nid = \"40\"\ntitle = \"Idle\"\nphase = \"packing\"\nstation = \"packing\"\n";
        assert_eq!(advance(&format!("{signed}{idle}"), "40"), Advance::Pass);
        assert_eq!(
            found(&format!("{SOUND}{idle}advance = \"auto\"\n")),
            ["74:11: a step that asks for nothing cannot pass by itself; write `advance = \"pass\"`"],
        );
    }
}
