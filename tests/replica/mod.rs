//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod absorbing;
mod against;
mod backup;
mod contradictions;
mod desk;
mod disk;
mod drilling;
mod new_box;
mod night;
mod sending;
mod traced;
mod trouble;
