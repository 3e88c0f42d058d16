//! Patterns as automata: whether some label fits two of them, and which.
//!
//! Only labels that can be identifiers count: printable ASCII, at most 64 characters, no blank at either end. Over
//! these a pattern means the same with and without Unicode, and without it its automaton is small.

use std::collections::BTreeSet;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::bounds::{AUTOMATON_BYTES_MOST, LABEL_CHARS_MOST};

/// Levels of groups in a pattern.
const NEST_MOST: u32 = 20;

/// The automaton of a pattern.
pub(super) struct Automaton {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

/// The pattern takes too much to be compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooIntricate;

impl Automaton {
    /// Builds it, within its limits.
    pub(super) fn of(pattern: &str) -> Result<Self, TooIntricate> {
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .match_kind(MatchKind::All)
                    .start_kind(StartKind::Anchored)
                    .accelerate(false)
                    .dfa_size_limit(Some(AUTOMATON_BYTES_MOST))
                    .determinize_size_limit(Some(AUTOMATON_BYTES_MOST)),
            )
            .syntax(syntax::Config::new().unicode(false).utf8(false).nest_limit(NEST_MOST))
            .thompson(
                thompson::Config::new()
                    .utf8(false)
                    .nfa_size_limit(Some(AUTOMATON_BYTES_MOST))
                    .which_captures(WhichCaptures::None),
            )
            .build(&format!("^(?:{pattern})$"))
            .map_err(|_limit| TooIntricate)?;
        let start = dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).map_err(|_no_start| TooIntricate)?;
        Ok(Self { dfa, start })
    }

    /// What it takes.
    pub(super) fn bytes(&self) -> usize {
        self.dfa.memory_usage()
    }

    fn accepts(&self, state: StateID) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(state))
    }
}

/// The search for a label that two automata accept.
pub(super) struct Search {
    /// Pairs of states that may still be looked at.
    pub(super) pairs_left: usize,
}

/// A pair of states, and how it was reached.
struct Reached {
    states: (StateID, StateID),
    by: u8,
    from: Option<usize>,
    chars: usize,
}

impl Search {
    /// The shortest label that both accept.
    pub(super) fn common(&mut self, one: &Automaton, other: &Automaton) -> Result<Option<String>, TooIntricate> {
        let alphabet = alphabet(one, other);
        let mut reached = vec![Reached { states: (one.start, other.start), by: b' ', from: None, chars: 0 }];
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some(Reached { states: (a, b), by, chars, .. }) = reached.get(at) {
            let (a, b, by, chars) = (*a, *b, *by, *chars);
            // No identifier ends in a blank, and the empty text is none: it counts as if it followed one.
            if by != b' ' && one.accepts(a) && other.accepts(b) {
                return Ok(Some(spelt(&reached, at)));
            }
            self.pairs_left = self.pairs_left.checked_sub(1).ok_or(TooIntricate)?;
            let letters: &[u8] = if chars < LABEL_CHARS_MOST { &alphabet } else { &[] };
            for letter in letters.iter().copied().filter(|l| chars > 0 || *l != b' ') {
                let states = (one.dfa.next_state(a, letter), other.dfa.next_state(b, letter));
                let dead = one.dfa.is_dead_state(states.0) || other.dfa.is_dead_state(states.1);
                if !dead && seen.insert((states, letter == b' ')) {
                    reached.push(Reached { states, by: letter, from: Some(at), chars: chars + 1 });
                }
            }
            at += 1;
        }
        Ok(None)
    }
}

/// The label that leads to a pair of states.
fn spelt(reached: &[Reached], at: usize) -> String {
    let mut letters = Vec::new();
    let mut here = reached.get(at);
    while let Some(Reached { by, from: Some(from), .. }) = here {
        letters.push(char::from(*by));
        here = reached.get(*from);
    }
    letters.iter().rev().collect()
}

/// One letter for all those that neither automaton tells apart; digits and capitals first, as labels have them. The
/// blank stands for itself.
fn alphabet(one: &Automaton, other: &Automaton) -> Vec<u8> {
    let letters = (b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z').chain(b' '..=b'~');
    let mut classes = BTreeSet::new();
    let class = |l: u8| (one.dfa.byte_classes().get(l), other.dfa.byte_classes().get(l), l == b' ');
    letters.filter(|l| classes.insert(class(*l))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::pattern::Pattern;
    use crate::route_file::bounds::PAIRS_MOST;

    fn common(one: &str, other: &str) -> Option<String> {
        let (one, other) = (Automaton::of(one).unwrap(), Automaton::of(other).unwrap());
        Search { pairs_left: PAIRS_MOST }.common(&one, &other).unwrap()
    }

    #[test]
    fn a_label_that_fits_both_is_found_or_there_is_none() {
        assert_eq!(common(r"PC2\d{2}-\d{6}", r"GB\d{7}"), None);
        assert_eq!(common(r"PC2\d{2}-\d{6}", r"P[A-Z0-9-]{11}").as_deref(), Some("PC200-000000"));
        assert_eq!(common(r"\d{6}|A\d", r"[A-Z].").as_deref(), Some("A0"));
        assert_eq!(common(r"[a&&b]", r".*"), None);
        assert_eq!(common(r"A{3,}", r"(AA)+").as_deref(), Some("AAAA"));
    }

    #[test]
    fn only_labels_that_can_be_identifiers_count() {
        assert_eq!(common("", ".*"), None);
        assert_eq!(common(" *", ".*"), None);
        assert_eq!(common("A ?", "A ").as_deref(), None);
        assert_eq!(common("A B", "A.B").as_deref(), Some("A B"));
        assert_eq!(common("A{64}", "A*").map(|l| l.len()), Some(64));
        assert_eq!(common("A{65}", "A*"), None);
        assert_eq!(common(r"\x1dA", ".*"), None);
    }

    #[test]
    fn what_is_too_intricate_is_said_and_not_tried() {
        for pattern in [r"\w{500}\w{500}", r"(.{0,9}[ax].{0,9}[bx]){6}", r"(?u:\b)a", r"(a|b)*a(a|b){12}"] {
            assert_eq!(Automaton::of(pattern).err(), Some(TooIntricate), "{pattern}");
        }
        let (one, other) = (Automaton::of("[AB]{9}C").unwrap(), Automaton::of("[AB]{9}D").unwrap());
        assert_eq!(Search { pairs_left: 5 }.common(&one, &other), Err(TooIntricate));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        /// The domain's pattern and the automaton agree about every label.
        #[test]
        fn an_automaton_says_what_its_pattern_says(
            pattern in r"[AB01.]{1,3}(\[A-C0-1\]|\\d|\(A\|0B\)|[AB])[?*+]?",
            label in "[ABC01]{1,6}",
        ) {
            let matches = Pattern::parse(&pattern).unwrap().matches(&label);
            prop_assert_eq!(common(&pattern, &label), matches.then_some(label));
        }
    }
}
