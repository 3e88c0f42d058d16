//! The hands of an operator, counted: keys pressed and labels scanned.

use super::plant::Post;

/// Keys that were pressed, and labels that were scanned.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) keys: usize,
    pub(super) scans: usize,
}

/// An operator whose hands are counted.
pub(super) struct Hands<'p> {
    pub(super) post: &'p mut Post,
    pub(super) cost: Cost,
}

impl Hands<'_> {
    pub(super) fn f(&mut self, number: u8) {
        self.cost.keys += 1;
        self.post.f(number);
    }

    /// Types a line and ends it.
    pub(super) fn line(&mut self, text: &str) {
        self.cost.keys += text.chars().count() + 1;
        self.post.enter(text);
    }

    pub(super) fn scan(&mut self, label: &str) {
        self.cost.scans += 1;
        self.post.scan(label.as_bytes());
    }
}

pub(super) fn hands(post: &mut Post) -> Hands<'_> {
    Hands { post, cost: Cost::default() }
}

/// What a flow cost.
pub(super) fn cost(keys: usize, scans: usize) -> Cost {
    Cost { keys, scans }
}
