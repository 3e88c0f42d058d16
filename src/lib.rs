#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod capture;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod ledger;
pub mod replicate;
pub mod report;
pub mod route_file;
pub mod station;
pub mod ui;
