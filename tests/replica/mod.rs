//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod against;
mod backup;
mod contradictions;
mod desk;
mod disk;
mod night;
mod sending;
mod traced;
mod trouble;
