//! What units are packed in and leave with: cartons, and shipments to a customer.
//!
//! A unit says itself which carton it is in; a carton keeps how many it has and what they have in common. So nothing
//! grows with what is packed, and a carton of thousands costs each of them no more than a carton of ten.
//!
//! Deliberately absent: what decides. That is the gate's.

pub mod carton;
pub mod command;
pub mod facts;
pub mod rule;
pub mod shipment;
pub mod sscc;
pub mod unit;

pub use carton::Carton;
pub use command::Packing;
pub use facts::{Aboard, LastCarton, PackingAsk, PackingFacts};
pub use rule::{CARTON_UNITS_MOST, PackRule, SHIPMENT_UNITS_MOST, Same};
pub use shipment::Shipment;
pub use unit::{AtHand, Packed, Returned};
