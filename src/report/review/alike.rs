//! Names of activities that may mean the same: one of them is rare, and a slip away from the other.

use super::log::Log;
use crate::domain::nearest::distance;

/// The rarer name is used at most so many times in a thousand uses of the other.
pub const RARE_PER_MILLE: u64 = 100;
/// Letters that the names differ by.
pub const LETTERS_MOST: usize = 2;
/// Pairs that are told.
pub const TOLD_MOST: usize = 20;

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The rare one.
    pub rare: u32,
    /// How often it is used.
    pub times: u64,
    /// The one that may be meant.
    pub meant: u32,
}

/// The pairs, the most used first. They are told, never put together.
pub fn alike(log: &Log) -> Vec<Alike> {
    let mut uses = vec![0_u64; log.activities.len()];
    for done in log.done() {
        if let Some(n) = usize::try_from(done.activity).ok().and_then(|at| uses.get_mut(at)) {
            *n += 1;
        }
    }
    let named: Vec<_> = (0..).zip(&uses).map(|(n, uses)| (n, *uses, plain(&log.activities.name(n)))).collect();
    let mut found: Vec<Alike> = named
        .iter()
        .filter_map(|(rare, times, name)| {
            let is_meant = |(other, uses, full): &&(u32, u64, String)| {
                other != rare && times * 1_000 <= uses * RARE_PER_MILLE && slip(name, full)
            };
            let meant = named.iter().filter(is_meant).max_by_key(|(_, uses, _)| *uses)?;
            Some(Alike { rare: *rare, times: *times, meant: meant.0 })
        })
        .collect();
    found.sort_by_key(|pair| (std::cmp::Reverse(pair.times), pair.rare));
    found.truncate(TOLD_MOST);
    found
}

/// Letters and digits alone, in small letters.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether one is a slip of the other. Names that differ in a digit are two things: `Test 1` and `Test 2`.
fn slip(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let letters = one.chars().count();
    let most = if letters < 4 { 0 } else { LETTERS_MOST.min(letters / 3) };
    letters.abs_diff(other.chars().count()) <= most && digits(one) == digits(other) && distance(one, other) <= most
}

#[cfg(test)]
mod tests {
    use super::super::log::tests::of_words;
    use super::*;

    #[test]
    fn a_slip_is_told_with_what_may_be_meant() {
        let mut cases = vec!["assemble test-1 test-2"; 30];
        cases.extend(["asemble test-1", "Assemble test-2", "test-3 paint"]);
        let log = of_words(&cases);
        let name = |n: u32| log.activities.name(n).to_string();
        let told: Vec<_> = alike(&log).iter().map(|a| (name(a.rare), name(a.meant))).collect();
        assert_eq!(
            told,
            [("asemble".to_owned(), "assemble".to_owned()), ("Assemble".to_owned(), "assemble".to_owned())]
        );
    }
}
