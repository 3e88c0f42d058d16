//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod against;
mod contradictions;
mod desk;
mod sending;
mod trouble;
