//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod absorbing;
mod against;
mod contradictions;
mod desk;
mod drilling;
mod new_box;
mod night;
mod sending;
mod trouble;
