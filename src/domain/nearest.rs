//! The known word that a misspelt one was probably meant to be.

/// The nearest of the known words, where one is near enough to be worth a guess.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // A long stranger is near to nothing, and comparing it costs.
    let letters = word.chars().count();
    let most = match letters {
        0..=2 => 1,
        3..=5 => 2,
        6..=24 => 3,
        _ => return None,
    };
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(letters) <= most)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(far, candidate)| *far <= most && *far < candidate.chars().count())
        .min_by_key(|(far, _)| *far)
        .map(|(_, candidate)| candidate)
}

/// Letters to put in, leave out or change to make one word of the other (Levenshtein), regardless of case.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().flat_map(char::to_lowercase).enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.windows(2)) {
            let [diagonal, up] = above else { continue };
            left = (left + 1).min(up + 1).min(diagonal + usize::from(a != *b));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_a_stranger_is_not() {
        let known = ["title", "phase", "station", "id"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("Phase", known), Some("phase"));
        assert_eq!(nearest("stations", known), Some("station"));
        assert_eq!(nearest("ID", known), Some("id"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
