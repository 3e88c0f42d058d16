//! The proof that a label means one thing: no pattern takes a command code, and no label fits two things that could
//! be meant at one moment.
//!
//! A label is read as what the open unit still needs before it is read as a unit, so a component or a scanned check
//! that fits the number of a unit, of any route, would take the neighbour's label for its own.

use crate::domain::command_code::{LETTERS, PREFIX};
use crate::domain::id::StepId;

use super::automaton::{Among, Automaton, Search, TooIntricate};
use super::bounds::{AUTOMATA_BYTES_MOST, AUTOMATON_BYTES_MOST, FINDINGS_MOST, PAIRS_MOST};
use super::finding::{Finding, Weight};
use super::holders::{Form, Holder, holders};
use super::parse::RouteFile;
use super::remarks::Place;
use super::source::{Source, quoted};

/// What to write instead of an intricate pattern.
const SIMPLER: &str = "fixed letters and counted repeats, such as `B[0-9]{7}`";

/// What a label must look like to be meant as something, and the steps where it can be.
struct Claim<'f> {
    file: &'f RouteFile,
    holder: Holder<'f>,
    form: Form,
    steps: Vec<&'f StepId>,
    automaton: Automaton,
}

impl Claim<'_> {
    fn place(&self) -> Place {
        self.holder.place(self.form)
    }
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
        for (holder, form, pattern, steps) in holders(&file.route) {
            // Labels that identify something are ASCII; another text is never one of them.
            if !pattern.is_ascii() {
                continue;
            }
            let automaton = Automaton::of(&pattern).and_then(|automaton| {
                bytes_left = bytes_left.checked_sub(automaton.bytes()).ok_or(TooIntricate)?;
                Ok(automaton)
            });
            if let Ok(automaton) = automaton {
                self.claims.push(Claim { file, holder, form, steps, automaton });
            } else if matches!(holder, Holder::Text(..)) {
                // A text is only held against the command codes, and the gate takes none for a text anyway.
            } else {
                bytes_left = bytes_left.saturating_sub(AUTOMATON_BYTES_MOST);
                self.say(file, &holder.place(form), too_intricate(holder), SIMPLER);
            }
        }
    }

    fn say(&mut self, file: &RouteFile, place: &Place, what: String, write: &str) {
        // One more than is reported, so that the report can say that there are more.
        if self.findings.len() <= FINDINGS_MOST {
            let span = file.places.get(place).cloned().unwrap_or_default();
            let finding = Source::new(&file.name, &file.text).finding(&span, Weight::Wrong, what, write.to_owned());
            self.findings.push(finding);
        }
    }

    /// What is wrong within each of the files.
    pub(super) fn within(mut self) -> Vec<Finding> {
        let claims = std::mem::take(&mut self.claims);
        let commands = Automaton::of(&command_form());
        for (at, claim) in claims.iter().enumerate() {
            if claim.form == Form::Number {
                self.alone(claim, commands.as_ref().map_err(|why| *why));
            }
            for earlier in claims.iter().take(at) {
                let one_file = std::ptr::eq(earlier.file, claim.file);
                if one_file && earlier.holder != claim.holder && (rivals(earlier, claim) || meet(earlier, claim)) {
                    self.compare(earlier, claim);
                }
            }
        }
        self.findings
    }

    /// What is wrong between the files.
    pub(super) fn between(mut self) -> Vec<Finding> {
        let claims = std::mem::take(&mut self.claims);
        for (at, claim) in claims.iter().enumerate() {
            self.made(claim, &claims);
            for earlier in claims.iter().take(at) {
                if !std::ptr::eq(earlier.file, claim.file) && rivals(earlier, claim) {
                    self.compare(earlier, claim);
                }
            }
        }
        self.findings
    }

    /// A part that another route makes has the number of a unit of that route, in one of its revisions at least.
    fn made(&mut self, claim: &Claim<'_>, all: &[Claim<'_>]) {
        let (Holder::Component(part, Some(made_by)), Form::Number) = (claim.holder, claim.form) else { return };
        let is_maker = |c: &&Claim<'_>| c.holder == Holder::Unit(made_by) && c.form == Form::Number;
        let mut makers = all.iter().filter(is_maker).peekable();
        let search = &mut self.search;
        let mut fits_none =
            |c: &Claim<'_>| search.common(&claim.automaton, &c.automaton, Among::Identifiers) == Ok(None);
        if makers.peek().is_some() && makers.all(&mut fits_none) {
            let (part, route) = (quoted(part.as_str()), quoted(made_by.as_str()));
            let what = format!("no label fits both part {part} and a unit of {route}, which makes it");
            self.say(claim.file, &claim.place(), what, "the pattern of that route's units");
        }
    }

    /// Some label fits, and no command code does.
    fn alone(&mut self, claim: &Claim<'_>, commands: Result<&Automaton, TooIntricate>) {
        let Claim { file, holder, automaton, .. } = claim;
        let place = claim.place();
        let some = self.search.common(automaton, automaton, holder.among());
        let command = commands.and_then(|commands| self.search.common(automaton, commands, Among::Identifiers));
        if some == Ok(None) {
            let write = match holder.among() {
                Among::Identifiers => "one that 1 to 64 printable ASCII characters can fit",
                Among::Labels => "one that some label can fit",
            };
            self.say(file, &place, format!("no label fits the pattern of {}", holder.words()), write);
        }
        if let Ok(Some(label)) = &command {
            let what = format!("the command code {} would be read as {}", quoted(label), holder.words());
            self.say(file, &place, what, "a pattern with a beginning of its own");
        }
        if some.is_err() || command.is_err() {
            self.say(file, &place, too_intricate(*holder), SIMPLER);
        }
    }

    /// No label fits both.
    fn compare(&mut self, earlier: &Claim<'_>, claim: &Claim<'_>) {
        // Two GS1 labels are told apart by their GTINs.
        if (earlier.form, claim.form) == (Form::Gs1, Form::Gs1) {
            return;
        }
        let among = match (earlier.holder.among(), claim.holder.among()) {
            (Among::Labels, Among::Labels) => Among::Labels,
            (Among::Identifiers, _) | (_, Among::Identifiers) => Among::Identifiers,
        };
        let label = match self.search.common(&earlier.automaton, &claim.automaton, among) {
            Ok(None) => return,
            Ok(Some(label)) => label,
            Err(TooIntricate) => {
                return self.say(claim.file, &claim.place(), too_intricate(claim.holder), SIMPLER);
            }
        };
        let place = earlier.place();
        let other = if std::ptr::eq(earlier.file, claim.file) {
            earlier.holder.words()
        } else {
            let span = earlier.file.places.get(&place).cloned().unwrap_or_default();
            let place = Source::new(&earlier.file.name, &earlier.file.text).name_of(&span);
            format!("{} at {place}", earlier.holder.words())
        };
        let what = format!("the label {} could be {} or {other}", quoted(&label), claim.holder.words());
        let write = "patterns that no label fits both, such as a beginning of its own for each";
        self.say(claim.file, &claim.place(), what, write);
    }
}

fn too_intricate(holder: Holder<'_>) -> String {
    format!("the pattern of {} is too intricate to prove what fits it", holder.words())
}

/// What every command code looks like, damaged ones included.
fn command_form() -> String {
    format!("{PREFIX}[{LETTERS}]{{4}}")
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
        (Holder::Text(..), _)
        | (_, Holder::Text(..))
        | (Holder::Component(..) | Holder::Scan(..), Holder::Component(..) | Holder::Scan(..)) => false,
    }
}

/// Whether both can be needed at one step.
fn meet(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    let is_scanned = |claim: &Claim<'_>| !matches!(claim.holder, Holder::Text(..));
    is_scanned(one) && is_scanned(other) && one.steps.iter().any(|step| other.steps.contains(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command_code::CommandCode;
    use crate::route_file::testing::{SOUND, found, found_with, with};

    const INSTEAD: &str = "patterns that no label fits both, such as a beginning of its own for each";

    #[test]
    fn the_form_of_a_command_code_is_that_of_the_codes() {
        let form = Automaton::of(&command_form()).unwrap();
        let mut search = Search { pairs_left: PAIRS_MOST };
        for code in CommandCode::ALL {
            let code = Automaton::of(&code.text()).unwrap();
            assert!(search.common(&form, &code, Among::Identifiers).unwrap().is_some());
        }
        let example = search.common(&form, &form, Among::Identifiers).unwrap().unwrap();
        assert!(CommandCode::read(&example).is_some(), "{example}");
    }

    #[test]
    fn no_pattern_takes_a_command_code() {
        assert_eq!(
            found_with("'PU\\d{6}'", "'[A-Z]{7}'"),
            ["9:11: the command code `LGCBBBB` would be read as a unit of `pump`; \
                 write a pattern with a beginning of its own"],
        );
        assert_eq!(
            found_with("'B\\d{7}'", "'L[A-Z]*'"),
            ["15:11: the command code `LGCBBBB` would be read as part `BOARD-1`; \
                 write a pattern with a beginning of its own"],
        );
        let pass = CommandCode::Pass.text();
        assert_eq!(
            found_with("\"FW-1.2\"", &format!("\"{pass}\"")),
            [format!(
                "54:10: the command code `{pass}` would be read as check `fw` of step `30`; \
                 write a pattern with a beginning of its own"
            )],
        );
    }

    #[test]
    fn no_text_is_a_command_code() {
        assert_eq!(
            found_with("'[a-z ]+'", "'[A-Z]{1,9}'"),
            ["63:11: the command code `LGCBBBB` would be read as check `note` of step `30`; \
                 write a pattern with a beginning of its own"],
        );
        // What a text looks like is held against no label: the gate takes neither a unit nor a badge for it.
        assert_eq!(found_with("'[a-z ]+'", "'PU\\d+'"), Vec::<String>::new());
        assert_eq!(found_with("'[a-z ]+'", "'(a|b)*a(a|b){12}'"), Vec::<String>::new());
    }

    #[test]
    fn no_label_is_a_unit_and_something_else() {
        assert_eq!(
            found_with("'B\\d{7}'", "'[PQ][UV]\\d+'"),
            [format!("15:11: the label `PU000000` could be part `BOARD-1` or a unit of `pump`; write {INSTEAD}")],
        );
        assert_eq!(
            found_with("\"FW-1.2\"", "\"PU123456\""),
            [format!(
                "54:10: the label `PU123456` could be check `fw` of step `30` or a unit of `pump`; write {INSTEAD}"
            )],
        );
    }

    #[test]
    fn no_label_fits_two_needs_of_one_step() {
        let two = with("use = { BOARD-1 = 1, GASKET = 2 }", "use = { BOARD-1 = 1, GASKET = 2, CPU = 1 }")
            .replace("[defect]", "[part.CPU]\ncapture = \"serial\"\npattern = 'B0\\d+'\n[defect]");
        assert_eq!(
            found(&two),
            [format!("21:11: the label `B0000000` could be part `CPU` or part `BOARD-1`; write {INSTEAD}")]
        );
        let apart = two.replace(", CPU = 1", "").replace("id = \"20\"\n", "id = \"20\"\nuse = { CPU = 1 }\n");
        assert_eq!(found(&apart), Vec::<String>::new());
        let scans = SOUND.replace(
            "[step.sign_off]",
            "[[step.check]]\nid = \"box\"\nkind = \"scan\"\npattern = 'FW.+'\n[step.sign_off]",
        );
        assert_eq!(
            found(&scans),
            [format!(
                "67:11: the label `FW-1.2` could be check `box` of step `30` or check `fw` of step `30`; \
                 write {INSTEAD}"
            )],
        );
    }

    #[test]
    fn a_part_is_scanned_where_it_takes_the_place_of_another() {
        let cpu = "[part.CPU]\ncapture = \"serial\"\npattern = 'B0\\d+'\n[defect]";
        let two =
            with("pattern = 'B\\d{7}'\n", "pattern = 'B\\d{7}'\nalternates = [\"CPU\"]\n").replace("[defect]", cpu);
        assert_eq!(
            found(&two),
            [format!("22:11: the label `B0000000` could be part `CPU` or part `BOARD-1`; write {INSTEAD}")]
        );
        assert_eq!(found(&two.replace("'B0\\d+'", "'C0\\d+'")), Vec::<String>::new());
    }

    #[test]
    fn a_pattern_that_nothing_fits_or_that_is_too_intricate_is_told() {
        for nothing in ["'[a&&b]'", "' A'", "'A{65}'", "'\\x1d'"] {
            assert_eq!(
                found_with("'PU\\d{6}'", nothing),
                ["9:11: no label fits the pattern of a unit of `pump`; \
                     write one that 1 to 64 printable ASCII characters can fit"],
            );
        }
        assert_eq!(
            found_with("'PU\\d{6}'", "'(a|b)*a(a|b){12}'"),
            [format!("9:11: the pattern of a unit of `pump` is too intricate to prove what fits it; write {SIMPLER}")],
        );
    }

    #[test]
    fn a_scan_may_be_longer_than_an_identifier() {
        assert_eq!(found_with("equals = \"FW-1.2\"", "pattern = 'FW[A-Z]{80}'"), Vec::<String>::new());
        let two = SOUND.replace("equals = \"FW-1.2\"", "pattern = 'FW[A-Z]{65,70}'").replace(
            "[step.sign_off]",
            "[[step.check]]\nid = \"box\"\nkind = \"scan\"\npattern = 'F[A-Z]{66,71}'\n[step.sign_off]",
        );
        assert!(
            found(&two)[0].contains("could be check `box` of step `30` or check `fw` of step `30`"),
            "{:?}",
            found(&two)
        );
    }

    #[test]
    fn the_text_of_a_scan_is_that_of_any_variant() {
        let text = with("order = \"none\"", "order = \"required\"")
            .replace("[defect]", "[variant]\nSTD = { fw = \"FW-1\" }\nEX = { fw = \"PU123456\" }\n[defect]")
            .replace("\"FW-1.2\"", "\"{fw}\"");
        assert_eq!(
            found(&text),
            [format!(
                "57:10: the label `PU123456` could be check `fw` of step `30` or a unit of `pump`; write {INSTEAD}"
            )],
        );
    }

    #[test]
    fn a_label_in_another_script_identifies_nothing() {
        assert_eq!(found_with("\"FW-1.2\"", "\"Ger\u{e4}t\""), Vec::<String>::new());
    }
}
