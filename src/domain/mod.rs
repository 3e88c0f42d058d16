//! What things mean on the floor: the words as types, the folds over events, and the gate that decides.
//!
//! Deliberately absent: files, databases, clocks, random numbers, logging, threads, screens and languages. Whatever
//! only the outside knows comes in as [`ambient::Ambient`]; whatever the ledger knows comes in as [`facts::Facts`].

pub mod ambient;
pub mod attempt;
pub mod batch;
pub mod causal;
pub mod check;
pub mod code;
pub mod command;
pub mod command_code;
mod command_names;
pub mod confirming;
pub mod elsewhere;
pub mod event;
pub mod facts;
mod fold;
pub mod gate;
pub mod gauge;
pub mod gs1;
pub mod id;
pub mod item;
pub mod label;
pub mod lacking;
pub mod limits;
pub mod load;
pub mod lot;
pub mod nearest;
pub mod need;
pub mod nests;
pub mod number;
pub mod order;
pub mod packing;
pub mod panel;
pub mod pattern;
pub mod payload;
pub mod person;
pub mod pieces;
pub mod projection;
pub mod refusal;
pub mod role;
pub mod route;
pub mod sampling;
pub mod self_test;
pub mod settling;
pub mod shift;
pub mod station;
pub mod structured;
pub mod text;
pub mod time;
pub mod traveller;
pub mod way;
pub mod what;
mod wire;
