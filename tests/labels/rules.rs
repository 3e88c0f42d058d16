//! Every rule for parts of values: texts that keep it and texts that break it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use traveller::capture::label::flaw::Flaw;
use traveller::capture::label::lint::{Lint, Set};

use super::say;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    right: Vec<String>,
    wrong: BTreeMap<String, String>,
}

fn rules() -> BTreeMap<String, Rule> {
    toml::from_str(include_str!("rules.toml")).unwrap()
}

/// The sets of characters, by their names in the file.
const SETS: &[(&str, Set)] =
    &[("digits", Set::Digits), ("set-82", Set::Set82), ("set-39", Set::Set39), ("set-64", Set::Set64)];

fn check(name: &str, text: &str) -> Result<(), Flaw> {
    if let Some((_, set)) = SETS.iter().find(|(own, _)| *own == name) {
        return set.check(text);
    }
    let lint = Lint::ALL.into_iter().find(|lint| lint.as_str() == name);
    lint.unwrap_or_else(|| panic!("no rule is called {name}")).check(text)
}

#[test]
fn every_rule_takes_what_is_right_and_names_what_is_wrong() {
    let rules = rules();
    let mut texts = 0;
    for (name, rule) in &rules {
        assert!(!rule.right.is_empty() && !rule.wrong.is_empty(), "{name}");
        for text in &rule.right {
            assert_eq!(check(name, text), Ok(()), "{name}: {text}");
        }
        for (text, flaw) in &rule.wrong {
            assert_eq!(check(name, text).map_err(Flaw::as_str), Err(flaw.as_str()), "{name}: {text}");
        }
        texts += rule.right.len() + rule.wrong.len();
    }
    let tested: BTreeSet<&str> = rules.keys().map(String::as_str).collect();
    let all = Lint::ALL.map(Lint::as_str).into_iter().chain(SETS.iter().map(|(name, _)| *name)).collect();
    assert_eq!(tested, all);
    say(&format!("labels: {} rules of values, {texts} texts, all as expected", rules.len()));
}

#[test]
fn every_flaw_has_a_word_of_its_own_and_a_sentence() {
    let words: BTreeSet<&str> = Flaw::ALL.map(Flaw::as_str).into();
    assert_eq!(words.len(), Flaw::ALL.len());
    for flaw in Flaw::ALL {
        assert_eq!(Flaw::of(flaw.as_str()), Some(flaw));
        assert!(flaw.to_string().len() > 8, "{flaw:?}");
    }
}
