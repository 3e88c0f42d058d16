//! Patterns as automata: whether some label fits two of them, and which.
//!
//! Only labels of ASCII count. Over these a pattern means the same with and without Unicode, and without it its
//! automaton is small.

use std::collections::BTreeSet;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use crate::domain::label::LABEL_BYTES_MOST;

use super::bounds::{AUTOMATON_BYTES_MOST, IDENTIFIER_CHARS_MOST};

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

/// The labels among which one is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// Those that can be an identifier: printable, at most 64 characters, no blank at either end.
    Identifiers,
    /// All that a scanner may send.
    Labels,
}

impl Among {
    fn letters(self) -> impl Iterator<Item = u8> {
        let separators: &[u8] = if self == Self::Labels { b"\x1d\x1e\x04\x1c\x1f" } else { b"" };
        let digits_and_capitals = (b'0'..=b'9').chain(b'A'..=b'Z');
        digits_and_capitals.chain(b'a'..=b'z').chain(b'!'..=b'~').chain(separators.iter().copied())
    }

    fn chars_most(self) -> usize {
        match self {
            Self::Identifiers => IDENTIFIER_CHARS_MOST,
            Self::Labels => LABEL_BYTES_MOST,
        }
    }

    fn may_end(self, chars: usize, letter: u8) -> bool {
        chars > 0 && (self == Self::Labels || letter != b' ')
    }

    fn may_follow(self, chars: usize, letter: u8) -> bool {
        chars < self.chars_most() && (chars > 0 || self == Self::Labels || letter != b' ')
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
    pub(super) fn common(
        &mut self,
        one: &Automaton,
        other: &Automaton,
        among: Among,
    ) -> Result<Option<String>, TooIntricate> {
        let alphabet = alphabet(one, other, among);
        let mut reached = vec![Reached { states: (one.start, other.start), by: b' ', from: None, chars: 0 }];
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some(Reached { states: (a, b), by, chars, .. }) = reached.get(at) {
            let (a, b, by, chars) = (*a, *b, *by, *chars);
            if among.may_end(chars, by) && one.accepts(a) && other.accepts(b) {
                return Ok(Some(spelt(&reached, at)));
            }
            self.pairs_left = self.pairs_left.checked_sub(1).ok_or(TooIntricate)?;
            for letter in alphabet.iter().copied().filter(|l| among.may_follow(chars, *l)) {
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
fn alphabet(one: &Automaton, other: &Automaton, among: Among) -> Vec<u8> {
    let (one, other) = (one.dfa.byte_classes(), other.dfa.byte_classes());
    let mut seen = vec![false; one.alphabet_len() * other.alphabet_len()];
    let first_of_its_class = |letter: &u8| {
        let class = usize::from(one.get(*letter)) * other.alphabet_len() + usize::from(other.get(*letter));
        seen.get_mut(class).is_some_and(|seen| !std::mem::replace(seen, true))
    };
    std::iter::once(b' ').chain(among.letters().filter(first_of_its_class)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::pattern::Pattern;
    use crate::route_file::bounds::PAIRS_MOST;

    fn common(one: &str, other: &str) -> Option<String> {
        let (one, other) = (Automaton::of(one).unwrap(), Automaton::of(other).unwrap());
        Search { pairs_left: PAIRS_MOST }.common(&one, &other, Among::Identifiers).unwrap()
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
    fn a_scanner_may_send_more_than_identifiers() {
        let common = |one: &str, other: &str| {
            let (one, other) = (Automaton::of(one).unwrap(), Automaton::of(other).unwrap());
            Search { pairs_left: PAIRS_MOST }.common(&one, &other, Among::Labels).unwrap()
        };
        assert_eq!(common("A{65}", "A*").map(|l| l.len()), Some(65));
        assert_eq!(common(r"01\d{2}\x1dA ?", ".* ").as_deref(), Some("0100\u{1d}A "));
        assert_eq!(common("", ".*"), None);
    }

    #[test]
    fn what_is_too_intricate_is_said_and_not_tried() {
        for pattern in [r"\w{500}\w{500}", r"(.{0,9}[ax].{0,9}[bx]){6}", r"(?u:\b)a", r"(a|b)*a(a|b){12}"] {
            assert_eq!(Automaton::of(pattern).err(), Some(TooIntricate), "{pattern}");
        }
        let (one, other) = (Automaton::of("[AB]{9}C").unwrap(), Automaton::of("[AB]{9}D").unwrap());
        assert_eq!(Search { pairs_left: 5 }.common(&one, &other, Among::Labels), Err(TooIntricate));
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
