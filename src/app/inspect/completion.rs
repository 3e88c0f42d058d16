//! How a half typed word of the search line may go on.

use super::query::Name;
use crate::domain::code::Code;
use crate::domain::traveller::State;
use crate::domain::what::What;

/// Completions that are offered at once.
pub const OFFERED_MOST: usize = 12;
/// Words of one sort that are kept to complete with.
pub const WORDS_MOST: usize = 500;

/// The words that a ledger has for what a search is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Routes.
    pub routes: Vec<String>,
    /// Stations and classes of stations.
    pub stations: Vec<String>,
    /// Badges.
    pub operators: Vec<String>,
    /// Orders.
    pub orders: Vec<String>,
}

/// How the last word of a line may go on, as whole words.
pub fn completions(line: &str, words: &Words) -> Vec<String> {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    if last.is_empty() {
        return Vec::new();
    }
    let all: Vec<String> = match last.split_once(':').map(|(name, value)| (Name::of(name), value)) {
        None => {
            let names = Name::ALL.into_iter().map(|name| format!("{}:", name.word()));
            names.filter(|name| name.starts_with(last)).collect()
        }
        Some((None, _)) => Vec::new(),
        Some((Some(name), value)) => {
            let begins = |word: &&str| word.len() > value.len() && begins_with(word, value);
            values(name, words).into_iter().filter(begins).map(|v| format!("{}:{v}", name.word())).collect()
        }
    };
    all.into_iter().take(OFFERED_MOST).collect()
}

fn begins_with(word: &str, beginning: &str) -> bool {
    word.get(..beginning.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(beginning))
}

fn values(name: Name, words: &Words) -> Vec<&str> {
    match name {
        Name::State => State::ALL.into_iter().map(State::word).collect(),
        Name::Code => Code::ALL.iter().map(|code| code.word()).collect(),
        Name::Kind => What::KINDS.to_vec(),
        Name::Route => words.routes.iter().map(String::as_str).collect(),
        Name::Station => words.stations.iter().map(String::as_str).collect(),
        Name::Operator => words.operators.iter().map(String::as_str).collect(),
        Name::Order => words.orders.iter().map(String::as_str).collect(),
        Name::Since | Name::Until => vec!["1h", "8h", "1d", "7d", "30d"],
    }
}

/// The line with its last word completed. A name goes on with its value, a value ends in a space.
pub fn complete(line: &str, word: &str) -> String {
    let before = line.len() - line.rsplit(char::is_whitespace).next().unwrap_or_default().len();
    let space = if word.ends_with(':') { "" } else { " " };
    format!("{}{word}{space}", line.get(..before).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_completed() {
        let words = Words { routes: vec!["pc200".into(), "pcb0417".into()], ..Words::default() };
        assert_eq!(completions("417 st", &words), ["state:", "station:"]);
        assert_eq!(completions("route:PC", &words), ["route:pc200", "route:pcb0417"]);
        assert_eq!(completions("route:pc200", &words), Vec::<String>::new(), "it is whole");
        assert_eq!(completions("code:on", &words), ["code:on-hold"]);
        assert_eq!(completions("417 ", &words), Vec::<String>::new());
        assert_eq!(completions("no:thing", &words), Vec::<String>::new());
        assert_eq!(complete("417 st", "state:"), "417 state:");
        assert_eq!(complete("417 state:h", "state:held"), "417 state:held ");
    }
}
