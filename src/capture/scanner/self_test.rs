//! What the scanner's self-test says: which keyboard the scanner types like.

use super::layout::{Glyph, Layout};
use super::options::LayoutName;
use crate::domain::label::GS;
use crate::domain::self_test::{AFTER_GS, LETTERS, PREFIX, SIGNS, SelfTest, short_text};

/// Judges the text of a label; `None` where it is no self-test.
pub fn judge(label: &str) -> Option<SelfTest> {
    let rest = label.get(PREFIX.len()..).filter(|_| is_prefix(label))?;
    let cut = rest.char_indices().nth(LETTERS.len()).map_or(rest.len(), |(at, _)| at);
    let (letters, signs) = rest.split_at_checked(cut)?;
    Some(if letters == LETTERS && label.starts_with(PREFIX) {
        judge_signs(signs)
    } else if swapped(label).starts_with(&short_text()) {
        SelfTest::CaseSwapped
    } else {
        other_keyboard(LETTERS, letters)
    })
}

/// Whether a label begins like the self-test, in capitals or in small letters. Asked of every label, so without a copy.
fn is_prefix(label: &str) -> bool {
    let small = || PREFIX.bytes().map(|b| b.to_ascii_lowercase());
    label.starts_with(PREFIX) || label.bytes().take(PREFIX.len()).eq(small())
}

/// The letters are right; whether the rest is.
fn judge_signs(rest: &str) -> SelfTest {
    if rest.is_empty() {
        return SelfTest::LettersRight;
    }
    let Some(body) = rest.strip_suffix(AFTER_GS) else { return SelfTest::Unlike };
    match body.strip_prefix(SIGNS).map(|gs| gs.chars().collect::<Vec<_>>()).as_deref() {
        Some([]) => SelfTest::NoGs,
        Some([GS]) => SelfTest::AllRight,
        Some([other]) => SelfTest::GsAs(*other),
        Some(_) => SelfTest::Unlike,
        None => other_keyboard(SIGNS, body.strip_suffix(GS).unwrap_or(body)),
    }
}

/// Each pair of keyboards that makes `received` of `printed`. Scanners leave the factory as United States keyboards: a
/// pair with one of those is likelier than all others.
fn other_keyboard(printed: &str, received: &str) -> SelfTest {
    let all = || LayoutName::ALL.into_iter().flat_map(|typed| LayoutName::ALL.map(|read| (typed, read)));
    let explains =
        |(typed, read): &(LayoutName, LayoutName)| through(printed, *typed, *read).as_deref() == Some(received);
    let found: Vec<_> = all().filter(explains).collect();
    let has_us = |(typed, read): &&(LayoutName, LayoutName)| [*typed, *read].contains(&LayoutName::Us);
    let likely: Vec<_> = found.iter().filter(has_us).copied().collect();
    let pairs = if likely.is_empty() { found } else { likely };
    if pairs.is_empty() {
        return SelfTest::Unlike;
    }
    let words = |side: fn(&(LayoutName, LayoutName)) -> LayoutName| {
        let named: Vec<_> = pairs.iter().map(side).collect();
        LayoutName::ALL.into_iter().filter(|l| named.contains(l)).map(|l| l.word().to_owned()).collect()
    };
    SelfTest::OtherKeyboard { typed: words(|pair| pair.0), read_as: words(|pair| pair.1) }
}

/// What a text becomes that is typed like one keyboard and read as another; `None` where a key gives nothing.
fn through(text: &str, typed: LayoutName, read_as: LayoutName) -> Option<String> {
    let glyph = |c| {
        let (code, level) = Layout::of(typed).place(c)?;
        if let Glyph::Char(c) = Layout::of(read_as).glyph(code, level) { Some(c) } else { None }
    };
    text.chars().map(glyph).collect()
}

fn swapped(text: &str) -> String {
    let swap = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    text.chars().map(swap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::self_test::long_text;

    fn other(typed: &[&str], read_as: &[&str]) -> SelfTest {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect();
        SelfTest::OtherKeyboard { typed: words(typed), read_as: words(read_as) }
    }

    #[test]
    fn what_came_tells_what_is_wrong() {
        let (short, long) = (short_text(), long_text());
        assert_eq!(judge(&short), Some(SelfTest::LettersRight));
        assert_eq!(judge(&long), Some(SelfTest::AllRight));
        assert_eq!(judge(&swapped(&long)), Some(SelfTest::CaseSwapped));
        assert_eq!(judge(&long.replace(GS, "")), Some(SelfTest::NoGs));
        assert_eq!(judge(&long.replace(GS, "|")), Some(SelfTest::GsAs('|')));
        assert_eq!(judge(&long.replace(GS, "029")), Some(SelfTest::Unlike));
        assert_eq!(judge("LGCTEST"), Some(SelfTest::Unlike));
        assert_eq!(judge("LGCTESTäöü"), Some(SelfTest::Unlike));
        assert_eq!(judge("LGCPSSK"), None);
        assert_eq!(judge("PC226-000001"), None);
        assert_eq!(judge("ä"), None);
    }

    #[test]
    fn a_wrong_keyboard_is_named() {
        let came = |typed, read| format!("{PREFIX}{}", through(LETTERS, typed, read).unwrap());
        assert_eq!(judge(&came(LayoutName::De, LayoutName::Us)), Some(other(&["de", "ch"], &["us"])));
        assert_eq!(judge(&came(LayoutName::Us, LayoutName::De)), Some(other(&["us"], &["de"])));
        assert_eq!(judge(&came(LayoutName::Fr, LayoutName::Us)), Some(other(&["fr"], &["us"])));
        assert_eq!(judge(&came(LayoutName::Fr, LayoutName::De)), Some(other(&["fr"], &["de"])));
        let signs = through(SIGNS, LayoutName::Us, LayoutName::Gb).unwrap();
        assert_eq!(judge(&format!("{}{signs}{GS}G", short_text())), Some(other(&["us"], &["gb"])));
    }

    /// No wrong pair of keyboards spoils the bar code: it always arrives. And none lets the square symbol arrive right.
    #[test]
    fn no_two_keyboards_look_alike() {
        for (typed, read) in LayoutName::ALL.into_iter().flat_map(|t| LayoutName::ALL.map(|r| (t, r))) {
            assert!(through(LETTERS, typed, read).is_some(), "{typed:?} read as {read:?}");
            let signs = through(SIGNS, typed, read);
            assert_eq!(typed == read, signs.as_deref() == Some(SIGNS), "{typed:?} read as {read:?}");
            assert_eq!(through(PREFIX, typed, read).as_deref(), Some(PREFIX));
        }
    }
}
