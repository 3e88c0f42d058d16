//! The text of a label, and what a standard says it means.
