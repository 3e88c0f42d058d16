//! What holds of any text: reading ends without a panic, says the same of its own words, and a label with one digit
//! misread is never taken for a right one.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use traveller::capture::label::{Unmarked, read, read_as};
use traveller::domain::label::{Label, Raw};
use traveller::domain::structured::Syntax;

/// Labels that are right, of every kind.
const GOOD: &[&str] = &[
    "]d2010950600013435221SN000417\u{1d}10LOT-7A\u{1d}172706303103000500",
    "\u{1d}00950600013435061784020950600013435237240",
    "010950600013435210LOT-7A",
    "https://example.com/01/09506000134352/10/LOT%2F7/21/SN7?17=270630&x=y#top",
    "[)>\u{1e}06\u{1d}PGSK-4410\u{1d}Q500\u{1d}1TG-2291\u{1e}\u{4}",
    ">[)>06\u{1d}PGSK-4410\u{1d}Q500",
    "]E09506000134352",
    "]A0PC226-000417",
    "]d2010950600013435280070",
];

/// What a text may begin with to say what it is.
const MARKS: &[&str] =
    &["]C1", "]d2", "\u{1d}", "[)>\u{1e}06\u{1d}", "[)>\u{1e}05\u{1d}", "https://a/01/", "https://a/", "]E0", ""];

/// Keys whose digits are all under their check digit.
const CHECKED: &[(&str, &str)] = &[
    ("01", "09506000134352"),
    ("00", "950600013435061784"),
    ("414", "9506000134352"),
    ("8017", "950600013435061784"),
    ("253", "9506000134352"),
];

fn both(bytes: &[u8]) -> [Label; 2] {
    [Unmarked::Plain, Unmarked::Gs1].map(|unmarked| read_as(Label::read(bytes), unmarked))
}

/// The text as it came; none where it was no text.
fn raw(label: &Label) -> Option<String> {
    match label.raw()? {
        Raw::Text(text) => Some(text),
        Raw::Hex(_) | Raw::Long { .. } => None,
    }
}

/// Reading what was kept of a label gives the same label, and reading a label again changes nothing.
fn assert_stable(bytes: &[u8]) -> Result<(), TestCaseError> {
    for (unmarked, label) in [Unmarked::Plain, Unmarked::Gs1].into_iter().zip(both(bytes)) {
        prop_assert_eq!(&read_as(label.clone(), unmarked), &label);
        if let Some(text) = raw(&label) {
            prop_assert_eq!(text.as_bytes(), bytes);
            prop_assert_eq!(&read_as(Label::read(text.as_bytes()), unmarked), &label);
        }
        if let Label::Structured(said) = &label {
            prop_assert!(said.raw.ends_with(said.body()));
            prop_assert!(said.fields.iter().all(|field| !field.key.is_empty()));
            prop_assert_eq!(said.fields.is_empty(), said.syntax == Syntax::Plain);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_the_end(bytes in vec(any::<u8>(), 0..300)) {
        assert_stable(&bytes)?;
    }

    #[test]
    fn any_text_behind_a_mark_is_read_to_the_end(
        mark in select(MARKS),
        text in "[ -~\u{1d}\u{1e}äß€]{0,120}",
    ) {
        assert_stable(format!("{mark}{text}").as_bytes())?;
    }

    #[test]
    fn a_good_label_with_bytes_changed_lost_or_doubled_is_read_to_the_end(
        good in select(GOOD),
        changes in vec((any::<Index>(), 0..3_u8, any::<u8>()), 1..4),
    ) {
        let mut bytes = good.as_bytes().to_vec();
        for (at, change, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        assert_stable(&bytes)?;
    }

    #[test]
    fn one_digit_misread_under_a_check_digit_is_never_taken(
        (key, value) in select(CHECKED),
        at in any::<Index>(),
        other in 1..10_u8,
    ) {
        let mut digits = value.as_bytes().to_vec();
        let at = at.index(digits.len());
        digits[at] = b'0' + (digits[at] - b'0' + other) % 10;
        let misread = String::from_utf8(digits).unwrap();
        let marked = read(Label::read(format!("]C1{key}{misread}").as_bytes()));
        let is_refused = matches!(&marked, Label::Broken(broken) if broken.flaw == "bad-check-digit");
        prop_assert!(is_refused, "{:?}", marked);
        let unmarked = read(Label::read(format!("{key}{misread}").as_bytes()));
        prop_assert!(matches!(unmarked, Label::Text(_)), "{:?}", unmarked);
        let link = read(Label::read(format!("https://a/{key}/{misread}").as_bytes()));
        prop_assert!(matches!(link, Label::Broken(_)), "{:?}", link);
    }

    #[test]
    fn what_a_label_is_made_of_is_what_it_says(
        serial in "[!-\"%-?A-Z_a-z]{1,20}",
        batch in "[!-\"%-?A-Z_a-z]{1,20}",
    ) {
        let label = read(Label::read(format!("]d2010950600013435221{serial}\u{1d}10{batch}").as_bytes()));
        let Label::Structured(said) = &label else { panic!("{label:?}") };
        prop_assert_eq!(said.field("21"), Some(serial.as_str()));
        prop_assert_eq!(said.field("10"), Some(batch.as_str()));
        prop_assert_eq!(said.fields.len(), 3);
    }

    #[test]
    fn an_envelope_says_what_was_put_in(
        fields in vec(("[0-9]{0,3}[A-Z]", "[ -~]{1,12}"), 1..20),
        is_whole in any::<bool>(),
    ) {
        let inside: Vec<String> = fields.iter().map(|(key, value)| format!("{key}{value}")).collect();
        let trailer = if is_whole { "\u{1e}\u{4}" } else { "" };
        let label = read(Label::read(format!("[)>\u{1e}06\u{1d}{}{trailer}", inside.join("\u{1d}")).as_bytes()));
        let Label::Structured(said) = &label else { panic!("{label:?}") };
        let read: Vec<_> = said.fields.iter().map(|f| (f.key.clone(), f.value.clone())).collect();
        prop_assert_eq!(read, fields);
    }
}

#[test]
fn every_good_label_is_read() {
    for good in &GOOD[..GOOD.len() - 1] {
        assert!(matches!(read(Label::read(good.as_bytes())), Label::Structured(_)), "{good}");
    }
}
