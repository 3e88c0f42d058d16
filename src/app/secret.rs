//! A text that is never shown: a PIN on its way to where it is checked.

use std::fmt;

/// Digits that a PIN has at least.
pub const PIN_DIGITS_LEAST: usize = 6;
/// Digits that a PIN has at most.
pub const PIN_DIGITS_MOST: usize = 32;

/// Whether a text could be somebody's PIN by its form.
pub fn reads_like_a_pin(text: &str) -> bool {
    (PIN_DIGITS_LEAST..=PIN_DIGITS_MOST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A text that no log, screen or panic message shows. It is overwritten when it is dropped.
#[derive(Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text to itself.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Hands the text over, to whoever checks it.
    pub fn reveal(mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // Keeps the compiler from leaving the overwriting out.
        std::hint::black_box(&bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::new("483920".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret");
        assert_eq!(secret.reveal(), "483920");
    }
}
