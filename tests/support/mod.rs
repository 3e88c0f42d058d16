//! What tests of the whole program share: a shell at a device of its own, a pipe to talk to, a plant.

pub(crate) mod act;
pub(crate) mod boxes;
pub(crate) mod decided;
pub(crate) mod floor;
pub(crate) mod forked;
pub(crate) mod page;
pub(crate) mod pipe;
pub(crate) mod plant;
pub(crate) mod record;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod week;
