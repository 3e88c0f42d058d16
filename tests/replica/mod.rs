//! Replicas: what leaves the terminal, and everything that can stand in its way.

pub(crate) mod absorbing;
mod against;
mod backup;
mod clocks;
mod contradictions;
mod cut;
mod desk;
mod disk;
mod drilling;
pub(crate) mod far_side;
pub(crate) mod forks;
mod guest;
mod keeping;
mod mishaps;
mod new_box;
mod night;
mod receiving;
pub(crate) mod runbook;
mod sending;
mod ssh;
mod traced;
mod trouble;
mod unmounted;
