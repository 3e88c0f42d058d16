//! Replicas: what leaves the terminal, and everything that can stand in its way.

mod against;
mod backup;
mod contradictions;
mod cut;
mod desk;
mod disk;
mod far_side;
mod mishaps;
mod receiving;
mod sending;
mod ssh;
mod traced;
mod trouble;
