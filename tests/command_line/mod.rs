//! The command line, as scripts and people use it: the program itself, in a directory of its own.

mod batches;
mod board_figures;
mod boards;
pub(crate) mod cartons;
mod doctor;
mod gauges;
mod handover;
mod heads;
mod labels;
mod listings;
mod loads;
mod lot_labels;
mod lots;
mod orders;
mod pages;
mod papers;
mod people;
mod permits;
mod prompt;
mod pump;
mod recalls;
mod record;
mod route_sheets;
mod route_stations;
mod shifts;
mod testers;
mod wrong_use;
