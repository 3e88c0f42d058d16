#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod cli;
pub mod domain;
pub mod report;
pub mod station;
