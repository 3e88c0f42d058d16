//! The field: what is being typed, or what a scanner types, until Enter ends it.

use super::doubt::Doubt;
use super::msg::Millis;
use super::secret::Secret;
use crate::domain::label::LABEL_BYTES_MOST;

/// Bytes that the field takes. It is more than a label may have, so that a longer one is refused and not cut to fit.
pub const LINE_BYTES_MOST: usize = LABEL_BYTES_MOST * 2;

/// What is in the field.
#[derive(Default)]
pub struct Line {
    text: String,
    begun: Option<Begun>,
    doubt: Option<Doubt>,
}

/// When and where a line was begun. It belongs to that screen, whatever shows when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// The screen it was begun on.
    pub screen: u64,
    /// How many hints were given before: a value that was typed before a hint is not meant for what follows it.
    pub hints: u64,
    /// When its first character came.
    pub at: Millis,
    /// Whether it was begun as a PIN.
    pub secret: bool,
}

impl std::fmt::Debug for Line {
    /// The field may hold a PIN: only its length is told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Line({} bytes, {:?})", self.text.len(), self.begun)
    }
}

impl Line {
    /// What to show. Of a PIN only its length.
    pub fn text(&self) -> &str {
        if self.is_secret() { "" } else { &self.text }
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it was begun as a PIN.
    pub fn is_secret(&self) -> bool {
        self.begun.is_some_and(|b| b.secret)
    }

    /// One character more. What is beyond the limit is dropped: such a line is refused as too long anyway.
    pub(super) fn push(&mut self, c: char, begun: Begun) {
        if self.begun.is_none() {
            self.begun = Some(begun);
        }
        if self.text.len() + c.len_utf8() <= LINE_BYTES_MOST {
            self.text.push(c);
        }
    }

    /// What is in the field is not to be taken, whatever follows it; of an empty one nothing is doubtful.
    pub(super) fn doubt(&mut self, doubt: Option<Doubt>) {
        self.doubt = doubt.filter(|_| self.begun.is_some()).or(self.doubt);
    }

    /// One character less.
    pub(super) fn pop(&mut self) {
        self.text.pop();
        if self.text.is_empty() {
            self.clear();
        }
    }

    /// Empties the field.
    pub(super) fn clear(&mut self) {
        self.take();
    }

    /// Takes the line out of the field; none where it is empty.
    pub(super) fn take(&mut self) -> Option<Ended> {
        let (text, begun, doubt) = (std::mem::take(&mut self.text), self.begun.take(), self.doubt.take());
        let begun = begun?;
        let said = if begun.secret { Said::Secret(Secret::new(text)) } else { Said::Text(text) };
        Some(Ended { said, begun, doubt })
    }
}

/// A line that Enter ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) said: Said,
    pub(super) begun: Begun,
    pub(super) doubt: Option<Doubt>,
}

/// What a line said.
#[derive(Debug)]
pub(super) enum Said {
    /// A text.
    Text(String),
    /// What was typed as a PIN. It is never taken for anything else.
    Secret(Secret),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(secret: bool) -> Begun {
        Begun { screen: 1, hints: 0, at: Millis(5), secret }
    }

    #[test]
    fn a_line_belongs_to_where_its_first_character_was_typed() {
        let mut line = Line::default();
        line.push('A', begun(false));
        line.push('B', Begun { screen: 2, hints: 0, at: Millis(9), secret: true });
        let ended = line.take().unwrap();
        assert_eq!(ended.begun, begun(false));
        assert!(matches!(ended.said, Said::Text(t) if t == "AB"));
        assert!(line.take().is_none());
    }

    #[test]
    fn a_pin_shows_nothing_but_its_length() {
        let mut line = Line::default();
        for c in "483920".chars() {
            line.push(c, begun(true));
        }
        assert_eq!((line.text(), line.len()), ("", 6));
        assert!(!format!("{line:?}").contains("48"));
    }

    #[test]
    fn an_endless_line_stays_within_its_limit() {
        let mut line = Line::default();
        for _ in 0..LINE_BYTES_MOST * 2 {
            line.push('7', begun(false));
        }
        assert_eq!(line.len(), LINE_BYTES_MOST);
    }
}
