//! What differs between two texts of a route, line by line.

use std::fmt::Write;

/// Lines of a difference that are told.
const TOLD_MOST: usize = 40;
/// Lines that are compared one with another; of longer texts, all that lies between what is the same is told.
const COMPARED_MOST: usize = 1_500;

/// The difference, as people know it: `-` for what is released, `+` for what the file says.
pub fn difference(released: &str, file: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (released.lines().collect(), file.lines().collect());
    let begin = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len()) - begin;
    let end = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&str]| lines.get(begin..lines.len() - end).unwrap_or_default().join("\n");
    let (old, new) = (middle(&old), middle(&new));
    let changes = changes(&old.lines().collect::<Vec<_>>(), &new.lines().collect::<Vec<_>>());
    if changes.is_empty() {
        return "only the ends of lines differ\n".to_owned();
    }
    let mut text = String::new();
    for (sign, at, line) in changes.iter().take(TOLD_MOST) {
        let _always_ok = writeln!(text, "{sign} {:>4} {line}", begin + at + 1);
    }
    if changes.len() > TOLD_MOST {
        let _always_ok = writeln!(text, "       and {} lines more", changes.len() - TOLD_MOST);
    }
    text
}

/// Which of two texts has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Both,
    /// Only the old one.
    Old,
    /// Only the new one.
    New,
}

/// Both texts in one: each line of either, once where both have it.
pub fn merged(old: &str, new: &str) -> Vec<(Side, String)> {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let (mut at, mut to) = (0, 0);
    let mut all = Vec::with_capacity(old.len().max(new.len()));
    for (sign, place, line) in changes(&old, &new) {
        let (from, side) = if sign == '-' { (at, Side::Old) } else { (to, Side::New) };
        let same = place.saturating_sub(from);
        all.extend(old.iter().skip(at).take(same).map(|line| (Side::Both, (*line).to_owned())));
        all.push((side, line.to_owned()));
        (at, to) = (at + same, to + same);
        match side {
            Side::New => to += 1,
            Side::Both | Side::Old => at += 1,
        }
    }
    all.extend(old.iter().skip(at).map(|line| (Side::Both, (*line).to_owned())));
    all
}

/// What to take out and what to put in, with the place of each in its own text.
fn changes<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, usize, &'t str)> {
    let common = common(old, new);
    let (mut at, mut to) = (0, 0);
    let mut changes = Vec::new();
    loop {
        match (old.get(at), new.get(to)) {
            (Some(a), Some(b)) if a == b => (at, to) = (at + 1, to + 1),
            (Some(gone), _) if to == new.len() || length(&common, at + 1, to) >= length(&common, at, to + 1) => {
                changes.push(('-', at, *gone));
                at += 1;
            }
            (_, Some(come)) => {
                changes.push(('+', to, *come));
                to += 1;
            }
            (_, None) => return changes,
        }
    }
}

/// For each pair of places, how many lines the rest of both texts has in common, in order.
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    if old.len().max(new.len()) > COMPARED_MOST {
        return Vec::new();
    }
    let mut table = vec![vec![0; new.len() + 1]];
    for a in old.iter().rev() {
        let below = table.last().map(Vec::as_slice).unwrap_or_default();
        let mut row = vec![0; 1];
        for (to, b) in new.iter().enumerate().rev() {
            let beside = row.last().copied().unwrap_or(0);
            let of = |place: usize| below.get(place).copied().unwrap_or(0);
            row.push(if a == b { of(to + 1) + 1 } else { beside.max(of(to)) });
        }
        row.reverse();
        table.push(row);
    }
    table.reverse();
    table
}

fn length(common: &[Vec<u16>], at: usize, to: usize) -> u16 {
    common.get(at).and_then(|row| row.get(to)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_told() {
        assert_eq!(difference("a\nb\nc\nd\ne\n", "a\nB\nc\nd\nE\n"), "-    2 b\n+    2 B\n-    5 e\n+    5 E\n");
        assert_eq!(difference("a\na\n", "a\na\na\n"), "+    3 a\n");
        assert_eq!(difference("a\nb\n", "b\n"), "-    1 a\n");
        assert_eq!(difference("a\nb\nc\n", "b\nc\na\n"), "-    1 a\n+    3 a\n");
        assert_eq!(difference("a\n", "a\r\n"), "only the ends of lines differ\n");
        assert_eq!(difference("", "x\n".repeat(50).as_str()).lines().last(), Some("       and 10 lines more"));
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_merged_one() {
        for (old, new) in [("a\nb\nc\nd\ne", "a\nB\nc\nd\nE"), ("a\nb\nc", "b\nc\na"), ("", "x\ny"), ("x", "")] {
            let all = merged(old, new);
            let of = |side: Side| {
                let is_in = |line: &&(Side, String)| line.0 == Side::Both || line.0 == side;
                all.iter().filter(is_in).map(|line| line.1.as_str()).collect::<Vec<_>>().join("\n")
            };
            assert_eq!((of(Side::Old).as_str(), of(Side::New).as_str()), (old, new), "{all:?}");
        }
    }

    #[test]
    fn texts_of_any_length_are_compared() {
        let (old, new) = ("a\n".repeat(20_000), "b\n".repeat(30_000));
        assert!(difference(&old, &new).ends_with("and 49960 lines more\n"));
    }
}
