//! What tests of the whole program share: a shell at a device of its own, and a pipe to talk to.

pub(crate) mod pipe;
pub(crate) mod shell;
