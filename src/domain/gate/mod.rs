//! The gate (field: process interlock): the one place where anything is allowed or refused.
//!
//! [`asks()`](asks::asks) says what must be known, [`decide()`](decide::decide) answers. Both are pure and total: every
//! command gets an answer, the same one each time it is asked.
//!
//! Deliberately absent: every way around it. There is no flag, no trusted caller and no default yes. A deviation permit
//! and an override are rules like the others: asked for, decided, recorded and counted here.

pub mod asks;
mod asks_more;
mod asks_packing;
mod batches;
mod beginning;
mod case;
mod confirming;
pub mod decide;
pub mod decision;
mod disposing;
mod finishing;
mod first_piece;
mod fitness;
mod gauges;
mod golden;
mod labels;
mod leaving;
mod loading;
mod loads;
mod lots;
mod material;
mod moving;
mod nests;
mod observing;
mod opening;
mod orders;
mod overriding;
mod packing;
mod panels;
mod paper;
mod passing;
mod people;
mod permits;
mod pieces;
mod reading;
mod recall;
mod returns;
mod reworking;
mod routes;
mod said;
mod settling;
mod shipping;
mod signing;
mod subunits;
mod time;
mod unpacking;
mod waiving;
mod watch;

pub use asks::{ROUNDS_MOST, asks};
pub use decide::{GATE, decide, decide_under};
pub use pieces::counting;
pub use waiving::{PERMIT_ROUNDS_MOST, asks_of};
