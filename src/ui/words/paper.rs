//! The short texts about labels and paper.

use super::catalogue::labels;

labels! {
    /// A short text about labels and paper.
    Paper
    /// Another label counts.
    Replaced 16 "New label" "Neues Etikett",
    /// It was printed once more.
    Reprinted 16 "Label again" "Etikett erneut",
}
