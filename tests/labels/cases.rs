//! Whole labels: what was scanned, and what it says or why it says nothing.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use traveller::capture::label::{Unmarked, read, read_as};
use traveller::domain::label::Label;
use traveller::domain::structured::{Structured, Syntax};

use super::say;

/// The classes, and the file of each.
const CLASSES: &[(&str, &str)] = &[
    ("element strings", "elements.toml"),
    ("companions", "companions.toml"),
    ("exclusions", "exclusions.toml"),
    ("Digital Links", "links.toml"),
    ("scans by symbology", "scans.toml"),
    ("envelopes", "envelopes.toml"),
    ("damaged envelopes", "damaged.toml"),
    ("plain texts", "plain.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

type Pairs = Vec<(String, String)>;

/// Exactly one of `gs1`, `link`, `fields`, `broken` and `text`; none is a plain text of a known symbology.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    scan: String,
    #[serde(default)]
    unmarked: Option<String>,
    symbology: Option<String>,
    marked: Option<bool>,
    gs1: Option<Pairs>,
    link: Option<Pairs>,
    fields: Option<Pairs>,
    broken: Option<String>,
    at: Option<String>,
    #[serde(default)]
    text: bool,
}

/// A text with `{GS}`, `{RS}` and `{EOT}` as a scanner sends them.
fn sent(scan: &str) -> String {
    scan.replace("{GS}", "\u{1d}").replace("{RS}", "\u{1e}").replace("{EOT}", "\u{4}")
}

fn load(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    toml::from_str::<Cases>(&text).unwrap_or_else(|bad| panic!("{file}: {bad}")).case
}

impl Case {
    fn label(&self) -> Label {
        let label = Label::read(sent(&self.scan).as_bytes());
        match self.unmarked.as_deref() {
            None => read(label),
            Some("gs1") => read_as(label, Unmarked::Gs1),
            Some(other) => panic!("{}: no scanner is programmed {other}", self.title),
        }
    }

    /// Whether the label is what the case expects.
    fn is_met_by(&self, label: &Label) -> bool {
        match label {
            Label::Text(text) => self.text && *text == sent(&self.scan),
            Label::Structured(said) => self.broken.is_none() && !self.text && self.is_said(said),
            Label::Broken(broken) => self.broken.as_ref() == Some(&broken.flaw) && self.at == broken.key,
            Label::Unsafe(_)
            | Label::NotText(_)
            | Label::TooLong(_)
            | Label::Empty
            | Label::Lost(_)
            | Label::SelfTest(_) => false,
        }
    }

    fn is_said(&self, said: &Structured) -> bool {
        let pairs: Pairs = said.fields.iter().map(|f| (f.key.clone(), f.value.clone())).collect();
        let expected = match said.syntax {
            Syntax::Plain => None,
            Syntax::Gs1 => self.gs1.clone(),
            Syntax::DigitalLink => self.link.clone(),
            Syntax::Iso15434 => self.fields.clone(),
        };
        let is_plain = self.gs1.is_none() && self.link.is_none() && self.fields.is_none();
        let has_fields = match expected {
            Some(expected) => expected == pairs,
            None => is_plain && said.syntax == Syntax::Plain && pairs.is_empty(),
        };
        let has_symbology = self.symbology.is_none() || self.symbology == said.symbology;
        has_fields && has_symbology && said.marked == self.marked.unwrap_or(true) && said.raw == sent(&self.scan)
    }
}

#[test]
fn labels_say_what_they_should() {
    let mut summary = String::from("labels:");
    let mut wrong = String::new();
    for (class, file) in CLASSES {
        let cases = load(file);
        for case in &cases {
            let label = case.label();
            if !case.is_met_by(&label) {
                writeln!(wrong, "{file}: {}: {label:?}", case.title).unwrap();
            }
        }
        write!(summary, " {} {class},", cases.len()).unwrap();
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    say(&format!("{} all as expected", summary.trim_end_matches(',')));
}

#[test]
fn a_case_that_is_wrong_is_found() {
    let mut case = load("elements.toml").remove(0);
    assert!(case.is_met_by(&case.label()));
    case.gs1.as_mut().unwrap()[0].1 = "09506000134353".to_owned();
    assert!(!case.is_met_by(&case.label()));
    case.gs1 = None;
    assert!(!case.is_met_by(&case.label()));
    case.broken = Some("alone".to_owned());
    assert!(!case.is_met_by(&case.label()));
}
