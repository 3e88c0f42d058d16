//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod contradictions;
mod desk;
mod night;
mod sending;
mod trouble;
