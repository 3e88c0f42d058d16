//! What the gate asks within an action, answered from what that action sees, one subject a file.
//!
//! Deliberately absent: clocks, and any judgement of what is answered: that a gauge is overdue or an order full is the
//! gate's to say.

mod answer;
mod material;
mod orders;
mod packing;
mod released;
mod units;
