//! What each kind of event says: the words that several kinds share, what the house is told, and what happens to units.
//!
//! Deliberately absent: which kinds there are, and in which version; that is in `what`.

mod batches;
mod house;
mod loads;
mod packing;
mod terms;
mod units;

pub use batches::*;
pub use house::*;
pub use loads::*;
pub use packing::*;
pub use terms::*;
pub use units::*;
