//! What the self-test tells of a scanner, and whether the configuration says the same.

use crate::capture::scanner::options::{LayoutName, Options, may_stand_for_gs};

/// What the self-test tells of a scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The keyboards that it may type like, the likeliest first. The square symbol leaves one; the bar code may not.
    pub layouts: Vec<LayoutName>,
    /// What it makes of GS.
    pub gs: Gs,
}

/// What a scanner makes of GS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gs {
    /// GS.
    Sent,
    /// Nothing: the fields of a structured label run together.
    Dropped,
    /// This character.
    As(char),
    /// It was not tried: the bar code has none.
    NotTried,
}

/// What to do about a scanner that drops GS.
const DROPS_GS: &str = "it drops GS, so that the fields of a structured label run together: switch on its control \
                        characters (function key mapping, or Alt and keypad) by its manual";

impl Heard {
    /// How the scanner was programmed, as far as that was heard.
    pub fn options(&self) -> Options {
        let layout = self.layouts.first().copied().unwrap_or(LayoutName::Us);
        Options { layout, gs: self.substitute(), ..Options::default() }
    }

    /// What it sends in place of GS, where that is a character that may stand for it.
    fn substitute(&self) -> Option<char> {
        match self.gs {
            Gs::As(c) if may_stand_for_gs(c) => Some(c),
            Gs::As(_) | Gs::Sent | Gs::Dropped | Gs::NotTried => None,
        }
    }

    /// What is to be done so that the scanner is read right by these options, a sentence for each thing.
    pub fn to_do(&self, options: &Options) -> Vec<String> {
        let mut to_do = Vec::new();
        if !self.layouts.contains(&options.layout) {
            to_do.push(format!("it types like the keyboard {}: write layout = \"{0}\"", self.options().layout.word()));
        }
        match (self.gs, self.substitute()) {
            (Gs::Dropped, _) => to_do.push(DROPS_GS.to_owned()),
            (Gs::As(_), Some(gs)) if options.gs != Some(gs) => {
                to_do.push(format!("it sends {gs} in place of GS: write gs = '{gs}'"));
            }
            (Gs::As(c), None) => to_do.push(format!(
                "it sends {c} in place of GS, which cannot be told from a {c} of the label: choose another character \
                 by its manual"
            )),
            (Gs::As(_) | Gs::Sent | Gs::NotTried, _) => {}
        }
        to_do
    }

    /// What is not known for certain.
    pub fn doubt(&self) -> Option<String> {
        let several = self.layouts.len() > 1;
        let words: Vec<_> = self.layouts.iter().map(|layout| layout.word()).collect();
        several.then(|| {
            let words = words.join(", ");
            format!("the bar code reads alike on the keyboards {words}: scan the square symbol to be certain")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(layouts: &[LayoutName], gs: Gs) -> Heard {
        Heard { layouts: layouts.to_vec(), gs }
    }

    #[test]
    fn what_was_heard_is_what_is_written() {
        for gs in [Gs::Sent, Gs::As('|'), Gs::NotTried] {
            let heard = heard(&[LayoutName::De, LayoutName::Ch], gs);
            assert_eq!(heard.options().layout, LayoutName::De);
            assert_eq!(heard.to_do(&heard.options()), Vec::<String>::new(), "{gs:?}");
        }
        assert_eq!(heard(&[LayoutName::Us], Gs::As('|')).options().gs, Some('|'));
        assert_eq!(heard(&[LayoutName::Us], Gs::As('X')).options().gs, None);
    }

    #[test]
    fn what_the_configuration_says_otherwise_is_told() {
        let us = Options::default();
        let said = |layouts: &[LayoutName], gs| heard(layouts, gs).to_do(&us).join("; ");
        assert_eq!(said(&[LayoutName::De], Gs::Sent), "it types like the keyboard de: write layout = \"de\"");
        assert!(said(&[LayoutName::Us], Gs::Dropped).starts_with("it drops GS"));
        assert_eq!(said(&[LayoutName::Us], Gs::As('|')), "it sends | in place of GS: write gs = '|'");
        assert!(said(&[LayoutName::Us], Gs::As('X')).contains("choose another character"));
    }

    #[test]
    fn a_bar_code_that_reads_alike_leaves_a_doubt() {
        assert_eq!(heard(&[LayoutName::Fr], Gs::NotTried).doubt(), None);
        assert!(heard(&[LayoutName::Us, LayoutName::Gb], Gs::NotTried).doubt().unwrap().contains("keyboards us, gb:"));
    }
}
