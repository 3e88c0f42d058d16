//! The modifier keys that are down.

use super::keys;

/// Which modifiers are held. Both of a pair count separately, so that letting go of one keeps the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "six keys, each of them up or down")]
pub(super) struct Modifiers {
    left_shift: bool,
    right_shift: bool,
    left_ctrl: bool,
    right_ctrl: bool,
    /// The left Alt: a character follows by its number.
    pub(super) alt: bool,
    /// The right Alt: the third level of keys.
    pub(super) alt_gr: bool,
}

impl Modifiers {
    /// Notes the key where it is a modifier, and says whether it was one.
    pub(super) fn take(&mut self, code: u16, down: bool) -> bool {
        let key = match code {
            keys::LEFT_SHIFT => &mut self.left_shift,
            keys::RIGHT_SHIFT => &mut self.right_shift,
            keys::LEFT_CTRL => &mut self.left_ctrl,
            keys::RIGHT_CTRL => &mut self.right_ctrl,
            keys::LEFT_ALT => &mut self.alt,
            keys::RIGHT_ALT => &mut self.alt_gr,
            _ => return false,
        };
        *key = down;
        true
    }

    pub(super) fn shift(self) -> bool {
        self.left_shift || self.right_shift
    }

    pub(super) fn ctrl(self) -> bool {
        self.left_ctrl || self.right_ctrl
    }
}
