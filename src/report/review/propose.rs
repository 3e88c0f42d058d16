//! A first route file from a log: the usual order, written down for a plant engineer to make a route of. What the log
//! cannot know, such as checks, materials and signatures, is asked for in comments.

use std::fmt::{Arguments, Write};

use super::content::{Review, Step};
use super::log::Log;
use super::spans::told;
use crate::domain::text::{clipped, display_safe};

/// Cases of which the numbers are looked at for the pattern of the identifier.
const NUMBERS_MOST: usize = 10_000;
/// Runs of digits, letters or signs that a number has, to be told by a pattern.
const RUNS_MOST: usize = 12;
/// Characters of a title, and of the name of a station.
const TITLE_CHARS: usize = 60;
const STATION_CHARS: usize = 16;
/// A step that fewer of a thousand cases have may be one that is not always done.
const ALWAYS_PER_MILLE: u64 = 950;

/// The file's text.
pub fn route_file(log: &Log, review: &Review, route: &str) -> String {
    let mut file = String::new();
    put(
        &mut file,
        format_args!("# A first route, from {} cases. It tells how work went, not how it should go:", review.cases),
    );
    put(&mut file, format_args!("# read each step, then add what must be checked, built in and signed.\n"));
    put(
        &mut file,
        format_args!("route = {}\nrevision = \"A\"\nproduct = [{}]", quoted(route), quoted(&route.to_uppercase())),
    );
    put(&mut file, format_args!("title = {}  # what people call the product\n", quoted(route)));
    put(&mut file, format_args!("[identifier]\nkind = \"serial\""));
    let found = pattern(log);
    let remark = if found.is_some() { "as the cases are numbered" } else { "write here what your numbers look like" };
    let pattern = found.unwrap_or_else(|| r"[A-Z]{2}-\d{6}".to_owned());
    put(&mut file, format_args!("pattern = '{pattern}'  # {remark}"));
    let placed: Vec<&Step> = review.steps.iter().filter(|step| step.group.is_some()).collect();
    for (at, step) in placed.iter().enumerate() {
        let together = |other: Option<&&Step>| other.is_some_and(|other| other.group == step.group);
        let of_group =
            together(placed.get(at + 1)) || together(at.checked_sub(1).and_then(|before| placed.get(before)));
        write_step(&mut file, (at + 1) * 10, step, of_group, review);
        back(&mut file, at, &placed, review);
    }
    file
}

fn write_step(file: &mut String, id: usize, step: &Step, of_group: bool, review: &Review) {
    let has = review.cases - step.lacking;
    put(file, format_args!("\n[[step]]\nid = \"{id}\"\ntitle = {}", quoted(&clipped(&step.name, TITLE_CHARS))));
    put(file, format_args!("phase = \"{}\"  # guessed from the name", phase(&step.name)));
    put(file, format_args!("station = {}", quoted(&station(&step.name, id))));
    if let (true, Some(group)) = (of_group, step.group) {
        put(file, format_args!("group = \"any-order-{group}\"  # no order among these is on record"));
    }
    if has * 1_000 < review.cases * ALWAYS_PER_MILLE {
        let cases = review.cases;
        put(file, format_args!("# {has} of {cases} cases have it: is it left out, or for some variants only?"));
    }
    if step.work.many > 0 {
        let (half, ninth) = (told(step.work.median), told(step.work.ninth));
        put(file, format_args!("# half of them took no longer than {half}, nine of ten no longer than {ninth}"));
    }
}

/// Where work went back to from a step, as the key that allows it.
fn back(file: &mut String, at: usize, placed: &[&Step], review: &Review) {
    let Some(step) = placed.get(at) else { return };
    let ways = review.loops.iter().filter(|back| back.from == step.name);
    let mut to: Vec<usize> =
        ways.filter_map(|back| placed.iter().position(|other| other.name == back.to)).filter(|to| *to < at).collect();
    to.sort_unstable();
    to.dedup();
    if !to.is_empty() {
        let ids: Vec<_> = to.iter().map(|to| format!("\"{}\"", (to + 1) * 10)).collect();
        put(file, format_args!("rework_to = [{}]  # work went back there", ids.join(", ")));
    }
}

/// Words that tell a phase, in the names of activities.
const PHASES: [(&str, &[&str]); 4] = [
    ("receiving", &["receiv", "goods in", "incoming", "wareneingang"]),
    ("dispatch", &["dispatch", "ship", "deliver", "versand"]),
    ("packing", &["pack"]),
    ("test", &["test", "inspect", "check", "measur", "prüf", "verif"]),
];

/// The phase that a name tells; of what tells none, assembly.
fn phase(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let tells = |(_, words): &&(&str, &[&str])| words.iter().any(|word| name.contains(word));
    PHASES.iter().find(tells).map_or("assembly", |(phase, _)| *phase)
}

/// A class of stations, named like the activity.
fn station(name: &str, id: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let words: String = name.chars().map(plain).collect();
    let words: Vec<_> = words.split('-').filter(|word| !word.is_empty()).collect();
    let mut slug: String = words.join("-").chars().take(STATION_CHARS).collect();
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug.is_empty() { format!("station-{id}") } else { slug }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in display_safe(text).chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Capital,
    Small,
    Sign(char),
}

impl Class {
    fn of(c: char) -> Option<Self> {
        match c {
            '0'..='9' => Some(Self::Digit),
            'A'..='Z' => Some(Self::Capital),
            'a'..='z' => Some(Self::Small),
            '-' | '_' | '/' | '.' => Some(Self::Sign(c)),
            _ => None,
        }
    }
}

/// A run of one class in every number: its text where it is the same in all, and how long it is.
struct Run {
    class: Class,
    text: Option<String>,
    least: usize,
    most: usize,
}

/// What all numbers of the cases look like; none where they do not look alike.
fn pattern(log: &Log) -> Option<String> {
    let numbers = (0..u32::try_from(log.cases.len().min(NUMBERS_MOST)).ok()?).map(|n| log.cases.name(n));
    let mut form: Option<Vec<Run>> = None;
    for number in numbers {
        let runs = runs(&number)?;
        match &mut form {
            None => form = Some(runs),
            Some(form) => join(form, &runs)?,
        }
    }
    let written = form?.iter().map(written).collect::<String>();
    Some(written).filter(|pattern| !pattern.is_empty())
}

fn runs(number: &str) -> Option<Vec<Run>> {
    let classes: Vec<(Class, char)> = number.chars().map(|c| Some((Class::of(c)?, c))).collect::<Option<_>>()?;
    let run = |run: &[(Class, char)]| {
        let class = run.first()?.0;
        let text = run.iter().map(|(_, c)| *c).collect();
        Some(Run { class, text: Some(text), least: run.len(), most: run.len() })
    };
    let runs: Vec<Run> = classes.chunk_by(|one, next| one.0 == next.0).map(run).collect::<Option<_>>()?;
    (runs.len() <= RUNS_MOST).then_some(runs)
}

fn join(form: &mut [Run], runs: &[Run]) -> Option<()> {
    if form.len() != runs.len() {
        return None;
    }
    for (known, new) in form.iter_mut().zip(runs) {
        if known.class != new.class {
            return None;
        }
        known.text = known.text.take().filter(|text| Some(text) == new.text.as_ref());
        known.least = known.least.min(new.least);
        known.most = known.most.max(new.most);
    }
    Some(())
}

fn written(run: &Run) -> String {
    let many =
        if run.least == run.most { format!("{{{}}}", run.least) } else { format!("{{{},{}}}", run.least, run.most) };
    match (run.class, &run.text) {
        // A number counts up: that so far all begin alike says nothing.
        (Class::Digit, _) => format!(r"\d{many}"),
        (Class::Capital | Class::Small, Some(text)) => text.clone(),
        (Class::Capital, None) => format!("[A-Z]{many}"),
        (Class::Small, None) => format!("[a-z]{many}"),
        (Class::Sign('.'), _) => r"\.".repeat(run.most),
        (Class::Sign(sign), _) => sign.to_string().repeat(run.most),
    }
}

/// Writing to memory has no way to fail.
fn put(file: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(file, "{line}");
}

#[cfg(test)]
mod tests {
    use super::super::log::ROWS_MOST;
    use super::*;

    fn of(numbers: &[&str]) -> Option<String> {
        let mut log = Log::default();
        for number in numbers {
            log.cases.number(number, ROWS_MOST).unwrap();
        }
        pattern(&log)
    }

    #[test]
    fn numbers_that_look_alike_have_a_pattern() {
        assert_eq!(of(&["PC2-000123", "PC2-000999"]).unwrap(), r"PC\d{1}-\d{6}");
        assert_eq!(of(&["A/1.x", "B/12.y"]).unwrap(), r"[A-Z]{1}/\d{1,2}\.[a-z]{1}");
        assert_eq!(of(&["A1", "1A"]), None);
        assert_eq!(of(&["Stück 1"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_station_is_named_like_what_is_done_there() {
        assert_eq!(station("Final test & visual inspection", 10), "final-test-visua");
        assert_eq!(station("Prüfen", 20), "pr-fen");
        assert_eq!(station("検査", 30), "station-30");
    }
}
