//! The proof that a label means one thing: no pattern takes a command code, and no label fits two things that could
//! be meant at one moment.
//!
//! A label is read as what the open unit still needs before it is read as a unit, so a component or a scanned check
//! that fits the number of a unit, of any route, would take the neighbour's label for its own.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::command_code::{LETTERS, PREFIX};
use crate::domain::id::{CheckId, PartId, RouteId, StepId};
use crate::domain::route::{Capture, CheckKind, Expect, Route};

use super::automaton::{Automaton, Search, TooIntricate};
use super::bounds::{AUTOMATA_BYTES_MOST, AUTOMATON_BYTES_MOST, PAIRS_MOST};
use super::finding::{Finding, Weight};
use super::parse::RouteFile;
use super::remarks::Place;
use super::source::{Source, quoted};

/// What to write instead of an intricate pattern.
const SIMPLER: &str = "fixed letters and counted repeats, such as `B[0-9]{7}`";

/// What a label may be meant as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder<'r> {
    /// A unit of the route.
    Unit(&'r RouteId),
    /// A component, and the route that makes it.
    Component(&'r PartId, Option<&'r RouteId>),
    /// A scanned check.
    Scan(&'r StepId, &'r CheckId),
}

impl Holder<'_> {
    fn place(self) -> Place {
        match self {
            Self::Unit(_) => Place::Identifier,
            Self::Component(part, _) => Place::Part(part.clone()),
            Self::Scan(step, check) => Place::Scan(step.clone(), check.clone()),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Unit(route) => format!("a unit of {}", quoted(route.as_str())),
            Self::Component(part, _) => format!("part {}", quoted(part.as_str())),
            Self::Scan(step, check) => format!("check {} of step {}", quoted(check.as_str()), quoted(step.as_str())),
        }
    }
}

/// What a label must look like to be meant as something, and the steps where it can be.
struct Claim<'f> {
    file: &'f RouteFile,
    holder: Holder<'f>,
    steps: Vec<&'f StepId>,
    automaton: Automaton,
}

/// The proof over some files; what it may take grows with them.
pub(super) struct Proof<'f> {
    claims: Vec<Claim<'f>>,
    search: Search,
    findings: Vec<Finding>,
}

impl<'f> Proof<'f> {
    /// Gathers what the labels of these files may be meant as.
    pub(super) fn over(files: &[&'f RouteFile]) -> Self {
        let search = Search { pairs_left: PAIRS_MOST * files.len() };
        let mut proof = Self { claims: Vec::new(), search, findings: Vec::new() };
        for file in files {
            proof.gather(file);
        }
        proof
    }

    fn gather(&mut self, file: &'f RouteFile) {
        let mut bytes_left = AUTOMATA_BYTES_MOST;
        for (holder, pattern, steps) in holders(&file.route) {
            // Labels that identify something are ASCII; another text is never one of them.
            if !pattern.is_ascii() {
                continue;
            }
            let automaton = Automaton::of(&pattern).and_then(|automaton| {
                bytes_left = bytes_left.checked_sub(automaton.bytes()).ok_or(TooIntricate)?;
                Ok(automaton)
            });
            if let Ok(automaton) = automaton {
                self.claims.push(Claim { file, holder, steps, automaton });
            } else {
                bytes_left = bytes_left.saturating_sub(AUTOMATON_BYTES_MOST);
                let what = format!("the pattern of {} is too intricate to prove what fits it", holder.words());
                self.say(file, &holder.place(), what, SIMPLER);
            }
        }
    }

    fn say(&mut self, file: &RouteFile, place: &Place, what: String, write: &str) {
        let nowhere: Range<usize> = 0..0;
        let span = file.places.get(place).unwrap_or(&nowhere);
        let finding = Source::new(&file.name, &file.text).finding(span, Weight::Wrong, what, write.to_owned());
        self.findings.push(finding);
    }

    /// What is wrong within each of the files.
    pub(super) fn within(mut self) -> Vec<Finding> {
        let claims = std::mem::take(&mut self.claims);
        let commands = Automaton::of(&format!("{PREFIX}[{LETTERS}]{{4}}"));
        for (at, claim) in claims.iter().enumerate() {
            if self.search.common(&claim.automaton, &claim.automaton) == Ok(None) {
                let what = format!("no label fits the pattern of {}", claim.holder.words());
                self.say(
                    claim.file,
                    &claim.holder.place(),
                    what,
                    "one that 1 to 64 printable ASCII characters can fit",
                );
            }
            if let Ok(commands) = &commands
                && let Ok(Some(label)) = self.search.common(&claim.automaton, commands)
            {
                let what = format!("the command code {} would be read as {}", quoted(&label), claim.holder.words());
                self.say(claim.file, &claim.holder.place(), what, "a pattern with a beginning of its own");
            }
            for earlier in claims.iter().take(at) {
                let one_file = std::ptr::eq(earlier.file, claim.file);
                if one_file && (rivals(earlier, claim) || meet(earlier, claim)) {
                    self.compare(earlier, claim);
                }
            }
        }
        self.findings
    }

    /// What is wrong between the files.
    pub(super) fn between(mut self) -> Vec<Finding> {
        let claims = std::mem::take(&mut self.claims);
        self.findings.clear();
        for (at, claim) in claims.iter().enumerate() {
            for earlier in claims.iter().take(at) {
                if !std::ptr::eq(earlier.file, claim.file) && rivals(earlier, claim) {
                    self.compare(earlier, claim);
                }
            }
        }
        self.findings
    }

    fn compare(&mut self, earlier: &Claim<'_>, claim: &Claim<'_>) {
        let other = if std::ptr::eq(earlier.file, claim.file) {
            earlier.holder.words()
        } else {
            let span = earlier.file.places.get(&earlier.holder.place()).cloned().unwrap_or_default();
            let place = Source::new(&earlier.file.name, &earlier.file.text).name_of(&span);
            format!("{} at {place}", earlier.holder.words())
        };
        let (what, write) = match self.search.common(&earlier.automaton, &claim.automaton) {
            Ok(None) => return,
            Ok(Some(label)) => (
                format!("the label {} could be {} or {other}", quoted(&label), claim.holder.words()),
                "patterns that no label fits both, such as a beginning of its own for each",
            ),
            Err(TooIntricate) => {
                (format!("the pattern of {} is too intricate to compare with {other}", claim.holder.words()), SIMPLER)
            }
        };
        self.say(claim.file, &claim.holder.place(), what, write);
    }
}

/// Everything that a label of a route may be meant as: its holder, its pattern, and the steps where it can be.
fn holders(route: &Route) -> Vec<(Holder<'_>, Cow<'_, str>, Vec<&StepId>)> {
    let identifier = Cow::Borrowed(route.identifier.pattern.as_str());
    let mut all = vec![(Holder::Unit(&route.id), identifier, Vec::new())];
    for (id, part) in &route.parts {
        if let (Capture::Serial, Some(pattern)) = (part.capture, &part.pattern) {
            let steps = route.steps.iter().filter(|s| s.uses.contains_key(id)).map(|s| &s.id).collect();
            all.push((Holder::Component(id, part.made_by.as_ref()), Cow::Borrowed(pattern.as_str()), steps));
        }
    }
    for step in &route.steps {
        for check in &step.checks {
            let CheckKind::Scan { expect } = &check.kind else { continue };
            let pattern = match expect {
                Expect::Pattern(pattern) => Cow::Borrowed(pattern.as_str()),
                Expect::Equals(text) => Cow::Owned(regex::escape(text)),
            };
            all.push((Holder::Scan(&step.id, &check.id), pattern, vec![&step.id]));
        }
    }
    all
}

/// Whether one is the number of a unit, which the other may never be taken for. Revisions of one route share their
/// units, and a component that is made by a route is a unit of it.
fn rivals(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    match (one.holder, other.holder) {
        (Holder::Unit(a), Holder::Unit(b)) => a != b,
        (Holder::Unit(unit), Holder::Component(_, made_by)) | (Holder::Component(_, made_by), Holder::Unit(unit)) => {
            made_by != Some(unit)
        }
        (Holder::Unit(_), Holder::Scan(..)) | (Holder::Scan(..), Holder::Unit(_)) => true,
        (Holder::Component(..) | Holder::Scan(..), Holder::Component(..) | Holder::Scan(..)) => false,
    }
}

/// Whether both can be needed at one step.
fn meet(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    one.steps.iter().any(|step| other.steps.contains(step))
}
