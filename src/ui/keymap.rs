//! What the keys of a keyboard, and of a scanner that types, mean to the app.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::msg::Key;

/// The app's key for a key that was pressed; none for what means nothing here.
pub fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    if event.modifiers.contains(KeyModifiers::CONTROL) {
        return control(event.code);
    }
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER) {
        return None;
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "most keys mean nothing here")]
    match event.code {
        KeyCode::F(n @ 1..=12) => Some(Key::F(n)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::Esc => Some(Key::Esc),
        KeyCode::Backspace | KeyCode::Delete => Some(Key::Backspace),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Char(c) => Some(Key::Char(c)),
        _ => None,
    }
}

/// A scanner that types sends control characters: line feed, and the separators of structured labels.
#[expect(clippy::wildcard_enum_match_arm, reason = "most keys mean nothing here")]
fn control(code: KeyCode) -> Option<Key> {
    match code {
        KeyCode::Char('c') => Some(Key::Interrupt),
        KeyCode::Char('j' | 'm') | KeyCode::Enter => Some(Key::Enter),
        KeyCode::Char('h') | KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Char('d') => Some(Key::Char('\u{4}')),
        KeyCode::Char('4' | '\\') => Some(Key::Char('\u{1c}')),
        KeyCode::Char('5' | ']') => Some(Key::Char('\u{1d}')),
        KeyCode::Char('6' | '^') => Some(Key::Char('\u{1e}')),
        KeyCode::Char('7' | '_') => Some(Key::Char('\u{1f}')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_scanner_that_types_sends_separators_and_several_ends() {
        assert_eq!(pressed(KeyCode::Char('5'), KeyModifiers::CONTROL), Some(Key::Char('\u{1d}')));
        assert_eq!(pressed(KeyCode::Char('j'), KeyModifiers::CONTROL), Some(Key::Enter));
        assert_eq!(pressed(KeyCode::Tab, KeyModifiers::NONE), Some(Key::Tab));
        assert_eq!(pressed(KeyCode::Char('A'), KeyModifiers::SHIFT), Some(Key::Char('A')));
    }

    #[test]
    fn chords_and_releases_mean_nothing() {
        assert_eq!(pressed(KeyCode::Char('1'), KeyModifiers::ALT), None);
        assert_eq!(pressed(KeyCode::F(13), KeyModifiers::NONE), None);
        assert_eq!(key(KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release)), None);
    }
}
