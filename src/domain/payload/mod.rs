//! What each kind of event says: the words that several kinds share, what the house is told, and what happens to units.
//!
//! Deliberately absent: which kinds there are, and in which version; that is in `what`.

mod batches;
mod first;
mod house;
mod labels;
mod loads;
mod moving;
mod packing;
mod papers;
mod permits;
mod rework;
mod terms;
mod units;
mod watch;

pub use batches::*;
pub use first::*;
pub use house::*;
pub use labels::*;
pub use loads::*;
pub use moving::*;
pub use packing::*;
pub use papers::*;
pub use permits::*;
pub use rework::*;
pub use terms::*;
pub use units::*;
pub use watch::*;
