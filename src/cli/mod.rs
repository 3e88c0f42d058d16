//! The command line: one file for each command. Arguments as typed are in [`args`]; what they mean is checked where
//! they are used.
//!
//! Every command ends in [`run`], the one place where an outcome becomes an exit code and a failure becomes two lines:
//! what failed, and what to do.
//!
//! Deliberately absent: decisions. A command that changes something hands it to the gate; one that reads never makes a
//! ledger.

mod absorb;
mod against;
mod answer;
pub mod args;
mod backup;
mod batch;
pub mod batch_args;
mod board;
mod carton;
pub mod carton_args;
mod concern;
mod context;
mod demo;
mod doctor;
pub mod doctor_args;
mod doctor_scanners;
mod drill;
mod enrol_scanner;
mod events;
mod export;
pub mod export_args;
mod failure;
mod gaps;
pub mod gaps_args;
mod gauge;
pub mod gauge_args;
mod hear_code;
mod hold;
mod hour;
mod inspect;
mod label;
mod layout_test;
mod load;
pub mod load_args;
mod look;
pub mod look_args;
mod lot;
pub mod lot_args;
mod lot_label;
mod lot_list;
mod meaning;
pub mod move_args;
mod operator;
pub mod operator_args;
mod order;
pub mod order_args;
mod output;
mod override_rule;
mod permit;
pub mod permit_args;
mod pipe;
mod place;
mod prompt;
mod qualify;
mod rebuild;
mod recall;
mod recall_answer;
pub mod recall_args;
mod recall_letter;
mod receive;
mod recover;
mod refusals;
mod relabel;
mod relabel_args;
mod replay;
mod replicate;
pub mod replicate_args;
mod report;
pub mod report_args;
mod restore;
mod review;
mod review_args;
mod rework;
pub mod rework_args;
mod route;
mod route_list;
mod route_move;
mod route_print;
mod run;
mod secret;
mod selection;
mod settle;
mod sheet;
mod shift;
mod shipment;
mod show;
mod suspects;
mod symbol;
mod terminal;
mod trace;
mod transcribe;
mod transcribe_args;
pub mod unit_args;
mod units;
mod verify;
mod watch;
pub mod watch_args;
mod where_used;

pub use run::run;
