//! Every Application Identifier, from a description that knows nothing of the program's own table: labels are made
//! from each line and read.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use traveller::capture::label::flaw::Flaw;
use traveller::capture::label::{read, table};
use traveller::domain::label::Label;

use super::say;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identifier {
    form: String,
    #[serde(default)]
    fixed: bool,
    right: Vec<String>,
    wrong: BTreeMap<String, String>,
    #[serde(default)]
    with: Vec<String>,
}

type Identifiers = BTreeMap<String, Identifier>;

fn identifiers() -> Identifiers {
    toml::from_str(include_str!("identifiers.toml")).unwrap()
}

/// `3100-3105` is six identifiers.
fn spread(keys: &str) -> Vec<String> {
    let (first, last) = keys.split_once('-').unwrap_or((keys, keys));
    let width = first.len();
    (first.parse::<u32>().unwrap()..=last.parse().unwrap()).map(|n| format!("{n:0width$}")).collect()
}

fn about<'i>(all: &'i Identifiers, key: &str) -> &'i Identifier {
    all.iter().find(|(keys, _)| spread(keys).iter().any(|own| own == key)).map(|(_, about)| about).unwrap()
}

/// The most characters of a value, by its form.
fn most(form: &str) -> usize {
    form.split(' ').map(|part| part.trim_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().unwrap()).sum()
}

/// Whether a value cannot be shorter by one: neither its last part nor anything before it may vary.
fn is_rigid(form: &str) -> bool {
    !form.contains("..")
}

fn scanned(elements: &[(&str, &str)]) -> Label {
    let text: Vec<String> = elements.iter().map(|(key, value)| format!("{key}{value}")).collect();
    read(Label::read(format!("]d2{}", text.join("\u{1d}")).as_bytes()))
}

fn flaw(label: &Label) -> &str {
    let Label::Broken(broken) = label else { panic!("it is read: {label:?}") };
    &broken.flaw
}

/// A label of this value with all that must be beside it, the value first.
fn beside<'t>(all: &'t Identifiers, about: &'t Identifier, key: &'t str, value: &'t str) -> Vec<(&'t str, &'t str)> {
    let with = about.with.iter().map(|key| (key.as_str(), self::about(all, key).right[0].as_str()));
    std::iter::once((key, value)).chain(with).collect()
}

#[test]
fn every_identifier_takes_what_is_right_and_names_what_is_wrong() {
    let all = identifiers();
    let (mut keys, mut labels) = (BTreeSet::new(), 0);
    for (range, about) in &all {
        for key in spread(range) {
            for value in &about.right {
                let elements = beside(&all, about, &key, value);
                let label = scanned(&elements);
                let Label::Structured(said) = &label else { panic!("({key}) {value}: {label:?}") };
                let read: Vec<_> = said.fields.iter().map(|f| (f.key.as_str(), f.value.as_str())).collect();
                assert_eq!(read, elements, "({key}) {value}");
            }
            for (value, expected) in &about.wrong {
                assert_eq!(flaw(&scanned(&beside(&all, about, &key, value))), expected, "({key}) {value}");
            }
            labels += about.right.len() + about.wrong.len();
            labels += lengths(&all, about, &key) + neighbours(&all, about, &key);
            assert!(keys.insert(key));
        }
    }
    let of_table: BTreeSet<String> =
        table::all().flat_map(|row| spread(&format!("{}-{}", row.first, row.last))).collect();
    assert_eq!(keys, of_table);
    say(&format!("labels: {} identifiers, {labels} labels made of them, all as expected", keys.len()));
}

/// Too long and too short. How many labels.
fn lengths(all: &Identifiers, about: &Identifier, key: &str) -> usize {
    let longest = about.right.last().unwrap();
    let too_long = format!("{longest}{}", "0".repeat(most(&about.form) + 1 - longest.len()));
    let label = scanned(&beside(all, about, key, &too_long));
    assert!(matches!(label, Label::Broken(_)), "({key}) {too_long}: {label:?}");
    assert_eq!(flaw(&scanned(&[(key, "")])), Flaw::NoValue.as_str(), "({key})");
    if is_rigid(&about.form) && about.right[0].len() > 1 {
        let shortest = &about.right[0];
        let label = scanned(&beside(all, about, key, &shortest[..shortest.len() - 1]));
        assert!(matches!(label, Label::Broken(_)), "({key}) {shortest} without its last: {label:?}");
        return 3;
    }
    2
}

/// Alone where it needs another, and followed by another without separator. How many labels.
fn neighbours(all: &Identifiers, about: &Identifier, key: &str) -> usize {
    let value = about.right[0].as_str();
    let alone = scanned(&[(key, value)]);
    if about.with.is_empty() {
        assert!(matches!(alone, Label::Structured(_)), "({key}): {alone:?}");
    } else {
        assert_eq!(flaw(&alone), Flaw::Alone.as_str(), "({key})");
    }
    // Internal data may be together with everything.
    let joined = format!("{value}91X");
    let label = scanned(&beside(all, about, key, &joined));
    let is_apart = matches!(&label, Label::Structured(said) if said.field("91") == Some("X"));
    assert_eq!(is_apart, about.fixed, "({key}) {joined}: {label:?}");
    2
}

#[test]
fn forms_are_understood() {
    assert_eq!(spread("3100-3102"), ["3100", "3101", "3102"]);
    assert_eq!(spread("00"), ["00"]);
    assert_eq!(most("n6 [n2] [x..17]"), 25);
    assert!(is_rigid("n6 [n2]") && !is_rigid("n3 x..9"));
}
