//! The review as the parts of a sheet. Every text is harmless to show.

use super::checks::{CheckLine, OfRoute, RefusalLine};
use super::content::{Review, Step};
use super::spans::told;
use crate::domain::text::{clipped, display_safe};
use crate::report::shift::content::Section;

/// Characters of a name within a table.
const NAME_CHARS: usize = 26;
/// Handovers and ways back on the sheet.
const PAIRS_SHOWN: usize = 10;
/// Activities of a way on the sheet.
const WAY_STEPS: usize = 40;

/// What there is to know of the sheet.
pub(super) fn facts(review: &Review) -> Vec<(&'static str, String)> {
    let fit = &review.conformance;
    vec![
        ("Cases", format!("{}, {} things done, {} to {}", review.cases, review.events, review.from, review.to)),
        (
            "Took",
            format!(
                "half of them longer than {}, one in ten longer than {}",
                told(review.took.median),
                told(review.took.ninth)
            ),
        ),
        ("Conform", format!("{} of {} cases, {}", fit.conform, review.cases, percent(fit.per_mille))),
        (
            "Done",
            format!(
                "{} in turn, {} too early, {} again, {} not in the order",
                fit.right, fit.early, fit.again, fit.other
            ),
        ),
    ]
}

/// What there is to know before the figures are believed.
pub(super) fn remarks(review: &Review) -> Vec<String> {
    let mut remarks = Vec::new();
    if !review.of_route {
        remarks.push(
            "The order is the one that most cases follow. Whether it is the right one, the plant must say.".to_owned(),
        );
    }
    if !review.has_ends {
        remarks.push("No ends are on record: a wait is from one time to the next, the work in it included.".to_owned());
    }
    if review.unread > 0 {
        let told = review.left_out.iter().map(|left| format!("line {}: {}", left.line, left.what)).collect::<Vec<_>>();
        remarks.push(format!("{} rows could not be read and are left out. {}", review.unread, told.join("; ")));
    }
    if review.undecided > 0 {
        remarks.push(format!(
            "{} things share the moment of the one before them. Their order is that of the file.",
            review.undecided
        ));
    }
    if !review.unseen.is_empty() {
        remarks.push(format!("Nothing in the log is called {}.", review.unseen.join(", or ")));
    }
    remarks.iter().map(|remark| safe(remark)).collect()
}

/// The parts of the sheet.
pub(super) fn sections(review: &Review) -> Vec<Section> {
    let mut all = of_the_flow(review);
    all.extend(review.ledger.iter().flat_map(of_the_ledger));
    all
}

/// What only a ledger knows.
fn of_the_ledger(of: &OfRoute) -> Vec<Section> {
    let check = |line: &CheckLine| {
        let worse = line.worse.iter().map(|w| format!("{} {} of {}", w.of, w.failed, w.seen)).collect::<Vec<_>>();
        vec![
            format!("{} {}", line.step, name(&line.title)),
            line.seen.to_string(),
            line.failed.to_string(),
            line.typed.to_string(),
            line.only.as_deref().map_or_else(|| "-".to_owned(), name),
            line.why.unwrap_or("-").to_owned(),
            if worse.is_empty() { "-".to_owned() } else { worse.join(", ") },
        ]
    };
    let refusal = |line: &RefusalLine| {
        let times = |micros| if line.cleared.many == 0 { "-".to_owned() } else { told(micros) };
        let cleared = line.cleared;
        vec![
            line.code.to_owned(),
            line.times.to_string(),
            times(cleared.sum),
            times(cleared.median),
            times(cleared.ninth),
        ]
    };
    vec![
        part(
            "Checks",
            &["check", "seen", "failed", "typed", "always", "kept for", "fails more at"],
            of.checks.iter().map(check),
        ),
        part(
            "Refusals, and how long until work went on",
            &["code", "times", "in all", "half", "9 of 10"],
            of.refusals.iter().map(refusal),
        ),
    ]
}

fn of_the_flow(review: &Review) -> Vec<Section> {
    vec![
        part(
            "Questions for the meeting",
            &["what", "costs", "ask"],
            review.questions.iter().map(|question| {
                vec![
                    question.about.to_owned(),
                    question.cost.map_or_else(|| "-".to_owned(), told),
                    question.ask.clone(),
                ]
            }),
        ),
        part(
            "Steps (half of the work, and 9 of 10, took no longer than; ? is not in every case)",
            &["step", "done", "early", "again", "lacks", "who", "half", "9 of 10"],
            review.steps.iter().map(step),
        ),
        part(
            "Waits",
            &["times", "in all", "half", "9 of 10", "from", "to"],
            review.handovers.iter().take(PAIRS_SHOWN).map(|h| {
                let wait = h.wait;
                vec![
                    wait.many.to_string(),
                    told(wait.sum),
                    told(wait.median),
                    told(wait.ninth),
                    name(&h.from),
                    name(&h.to),
                ]
            }),
        ),
        part(
            "Ways back",
            &["times", "cases", "costs", "from", "to"],
            review.loops.iter().take(PAIRS_SHOWN).map(|back| {
                vec![back.times.to_string(), back.cases.to_string(), told(back.cost), name(&back.from), name(&back.to)]
            }),
        ),
        part(
            &format!("Ways: {} different ones", review.ways),
            &["cases", "such as", "way"],
            review.variants.iter().map(|way| {
                let mut steps: Vec<_> = way.way.iter().take(WAY_STEPS).map(|step| name(step)).collect();
                if way.way.len() > WAY_STEPS {
                    steps.push(format!("and {} more", way.way.len() - WAY_STEPS));
                }
                vec![way.cases.to_string(), name(&way.example), steps.join(" > ")]
            }),
        ),
    ]
}

fn step(step: &Step) -> Vec<String> {
    let group = step.group.map_or_else(|| "  ".to_owned(), |group| format!("{group:>2}"));
    let time = |micros: i64| if step.work.many == 0 { "-".to_owned() } else { told(micros) };
    let optional = if step.required || step.group.is_none() { "" } else { " ?" };
    vec![
        format!("{group} {}{optional}", name(&step.name)),
        step.done.to_string(),
        step.early.to_string(),
        step.again.to_string(),
        step.lacking.to_string(),
        if step.people == 0 { "-".to_owned() } else { step.people.to_string() },
        time(step.work.median),
        time(step.work.ninth),
    ]
}

fn part(title: &str, columns: &[&'static str], rows: impl Iterator<Item = Vec<String>>) -> Section {
    let rows = rows.map(|row| row.iter().map(|cell| safe(cell)).collect()).collect();
    Section { title: title.to_owned(), columns: columns.to_vec(), rows, more: 0 }
}

/// A name, as long as a table has room for.
pub(super) fn name(name: &str) -> String {
    clipped(name, NAME_CHARS).into_owned()
}

pub(super) fn safe(text: &str) -> String {
    display_safe(text).into_owned()
}

/// A share as `98.4 %`.
pub(super) fn percent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}
