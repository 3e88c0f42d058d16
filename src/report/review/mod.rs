//! The production workflow review: how work really ran. It reads a log of what was done, be it the paper process of a
//! plant in a CSV file or a ledger, and says which way the cases went, where they waited, what was done out of order or
//! again, and what a meeting should ask about that.
//!
//! [`csv_log`] reads a file, [`moment`] its times, into a [`log`]. [`order`] finds the usual order, or takes that of a
//! route; [`conformance`] holds the cases against it; [`flow`] counts times, handovers and loops, [`variants`] the
//! ways, [`alike`] the names that may mean one thing. Of a ledger, [`ledger_log`] makes the log of a route, [`floor`]
//! counts what only a ledger knows, and [`checks`] says it. [`content`] puts it together and [`question`] asks;
//! [`text`], `map` and [`html`] draw it, [`propose`] writes a first route.
//!
//! Deliberately absent: a judgement of people. Who did something is counted, never ranked. And a guess that is not told
//! as one: what could not be read is counted, and the order that was found is shown beside what it was found from.

pub mod alike;
pub mod checks;
pub mod conformance;
pub mod content;
pub mod csv_log;
pub mod floor;
pub mod flow;
pub mod html;
pub mod ledger_log;
pub mod log;
mod map;
pub mod moment;
pub mod order;
pub mod propose;
pub mod question;
mod sections;
mod spans;
pub mod text;
pub mod variants;
