//! How meanings look. The only place that knows a colour.
//!
//! Colour is for what is out of the ordinary, and never alone: a word or a sign says the same. Backgrounds are of the
//! eight dark colours, since Linux consoles have no others.

use ratatui::style::{Color, Modifier, Style};

/// How meanings look on a terminal of a certain sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colour: bool,
}

impl Theme {
    /// For sixteen colours.
    pub fn colour16() -> Self {
        Self { colour: true }
    }

    /// For none: bold, reverse, and words.
    pub fn mono() -> Self {
        Self { colour: false }
    }

    /// By the environment: `NO_COLOR` that is not empty, and terminals without colours, are mono.
    pub fn of(no_color: Option<&str>, term: Option<&str>) -> Self {
        let plain = no_color.is_some_and(|v| !v.is_empty())
            || term.is_some_and(|t| t == "dumb" || t.starts_with("vt1") || t.starts_with("vt2") || t.ends_with("-m"));
        Self { colour: !plain }
    }

    fn either(self, colour: Style, mono: Style) -> Style {
        if self.colour { colour } else { mono }
    }

    /// Ordinary text.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// What the eye should find first.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The status line, and the caps of keys.
    pub fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What the status line warns of.
    pub fn bar_warning(self) -> Style {
        self.either(Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD), self.strong())
    }

    /// A pass, as a block.
    pub fn pass(self) -> Style {
        self.either(Style::new().fg(Color::Black).bg(Color::Green), self.bar())
    }

    /// A stop or a failure, as a block.
    pub fn stop(self) -> Style {
        self.either(
            Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD),
            self.bar().add_modifier(Modifier::BOLD),
        )
    }

    /// A failure, as text.
    pub fn failed(self) -> Style {
        self.either(Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD), self.strong())
    }

    /// A word in passing, as a block.
    pub fn hint(self) -> Style {
        self.either(Style::new().fg(Color::Black).bg(Color::Yellow), self.bar())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mono_has_no_colour_at_all() {
        let mono = Theme::of(Some("1"), Some("linux"));
        assert_eq!(mono, Theme::mono());
        assert_eq!(Theme::of(Some(""), Some("linux")), Theme::colour16());
        assert_eq!(Theme::of(None, Some("vt220")), Theme::mono());
        for style in [
            mono.plain(),
            mono.strong(),
            mono.bar(),
            mono.bar_warning(),
            mono.pass(),
            mono.stop(),
            mono.failed(),
            mono.hint(),
        ] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn backgrounds_are_of_the_dark_colours() {
        let theme = Theme::colour16();
        for style in [theme.bar_warning(), theme.pass(), theme.stop(), theme.hint()] {
            assert!(matches!(style.bg, Some(Color::Red | Color::Green | Color::Yellow)), "{style:?}");
        }
    }
}
