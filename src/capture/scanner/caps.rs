//! Caps Lock within the stream of keys.
//!
//! Some scanners put a press of Caps Lock before and after a scan. Only such presses count: the lamp of a keyboard has
//! no say, and after a pause the lock is off.

/// Whether the lock is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caps {
    Off,
    On,
    /// Keys were dropped. If this scanner uses the lock at all, a press of it may have been among them.
    Doubted,
    /// Keys were dropped, and this scanner does use the lock.
    Unknown,
}

impl Caps {
    pub(super) fn pressed(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
            Self::Doubted | Self::Unknown => Self::Unknown,
        }
    }

    pub(super) fn after_drop(self) -> Self {
        match self {
            Self::Off | Self::Doubted => Self::Doubted,
            Self::On | Self::Unknown => Self::Unknown,
        }
    }
}
