//! The ways that cases went: which activities, in which order.

use std::collections::HashMap;

use super::log::Log;

/// Ways that are told one by one.
pub const TOLD_MOST: usize = 10;

/// A way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The activities, in order.
    pub way: Vec<u32>,
    /// How many cases went it.
    pub cases: u64,
    /// One of them.
    pub example: u32,
}

/// How many ways there are, and those that most cases went, the most usual first.
pub fn variants(log: &Log) -> (usize, Vec<Variant>) {
    let mut found: HashMap<Vec<u16>, (u64, u32)> = HashMap::new();
    let mut way = Vec::new();
    for case in log.each_case() {
        way.clear();
        way.extend(case.iter().map(|done| u16::try_from(done.activity).unwrap_or(u16::MAX)));
        let number = case.first().map_or(0, |done| done.case);
        // Most cases go a way that is known: only a new one is copied.
        if let Some((cases, _)) = found.get_mut(&way) {
            *cases += 1;
        } else {
            found.insert(way.clone(), (1, number));
        }
    }
    let many = found.len();
    let mut all: Vec<_> = found.into_iter().collect();
    let rank = |(way, (cases, example)): &(Vec<u16>, (u64, u32))| (std::cmp::Reverse(*cases), way.len(), *example);
    if all.len() > TOLD_MOST {
        all.select_nth_unstable_by_key(TOLD_MOST, rank);
        all.truncate(TOLD_MOST);
    }
    all.sort_unstable_by_key(rank);
    let variant = |(way, (cases, example)): (Vec<u16>, (u64, u32))| Variant {
        way: way.into_iter().map(u32::from).collect(),
        cases,
        example,
    };
    (many, all.into_iter().map(variant).collect())
}

#[cfg(test)]
mod tests {
    use super::super::log::tests::of_words;
    use super::*;

    #[test]
    fn ways_are_counted_and_the_most_usual_comes_first() {
        let log = of_words(&["a c", "a b", "a b", "a", "a b c"]);
        let (many, told) = variants(&log);
        assert_eq!(many, 4);
        let of = |v: &Variant| {
            let names: Vec<_> = v.way.iter().map(|a| log.activities.name(*a).to_string()).collect();
            (names.join(" "), v.cases, log.cases.name(v.example).to_string())
        };
        assert_eq!(of(&told[0]), ("a b".to_owned(), 2, "case 1".to_owned()));
        assert_eq!(told.iter().map(|v| v.cases).sum::<u64>(), 5);
        let all: Vec<String> = (0..30).map(|n| format!("a {n}")).collect();
        let (many, told) = variants(&of_words(&all.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!((many, told.len()), (30, TOLD_MOST));
    }
}
