//! The short texts about many units at once: nests, panels and loads; and about first pieces and golden samples.

use super::catalogue::labels;

labels! {
    /// A short text about many units at once.
    Many
    /// A nest of the station; its number follows.
    Nest 6 "Nest" "Nest",
    /// How to turn to another unit.
    NestKeys 60
        "Up, Down or its label: another unit"
        "Auf, Ab oder sein Etikett: ein anderes Teil",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Many::ALL {
            for lang in Lang::ALL {
                let text = label.text(lang);
                assert!(!text.is_empty() && cells(text) <= label.cells(), "{label:?} {lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
