//! The ledger: every event of a terminal in one SQLite file, chained, with the tables that lookups read.
//!
//! [`open_writer`] gives the [`Writer`], which is the app's [`Ledger`](crate::app::port::Ledger); [`open_reader`] gives
//! the [`Reader`] with every query, and a writer has one too. [`open_plant`] gives the [`Plant`]. [`verify`] proves a
//! ledger, [`rebuild`] makes its tables anew from its events, [`station_lock`] keeps a second program from a station.
//! All SQL of the program lives here.
//!
//! # What is stored
//! `event` holds the exact bytes that were hashed, at a [`Place`](place::Place): stream and number in one integer.
//! `stream` holds where each stream stands. Everything else follows from the events through
//! [`changes`](crate::domain::projection::changes) and the folds of the domain, and can be made anew at any time.
//!
//! # Copies
//! A [`Plant`] holds the streams of many terminals and appends to none. A subject of which several streams tell is made
//! anew from its own events in the order of [`causal`](crate::domain::causal), so that no table depends on which stream
//! arrived first; only the numbers of streams and rows do. Events of other streams than the own one are named in full.
//!
//! # Locking
//! One action is one IMMEDIATE transaction. It takes number and hash of the last event inside it, so any number of
//! processes may write. What was folded before is used again only while the stream stands where this process left it;
//! else it is folded anew from the events. Readers never block a writer, and a writer never blocks readers (WAL).
//! Stations are kept apart by lock files beside the ledger, the head file by a lock of its own.
//!
//! The database, its `-wal` and its `-shm` are never opened as plain files while they are open here: closing such a
//! file would drop SQLite's locks.
//!
//! # Compatibility
//! A newer ledger is refused, never downgraded. An older one is brought up to date by the first writer, in one
//! transaction. Event bodies of every version are read for ever.
//!
//! # Faults
//! With `synchronous=FULL` a commit returns when its records are durable. A commit that fails in the disk leaves them
//! in doubt: then this process records nothing more. SQLite takes a cut or lost WAL for sound, so the head also lives
//! in a small file of its own, and a ledger that ends before it, or differs from it, is not opened to write.
//!
//! # Who may read
//! The `-wal` and `-shm` stay when the last writer leaves (`PERSIST_WAL`), so that a reader who may not write the
//! directory can open the ledger at any time. Files are made with mode 0640; a directory with setgid hands its group
//! on.
//!
//! # Performance
//! The cost of an action is the disk's. All statements stay prepared; the rows of units, stations, people, lots and
//! counts are written once for each commit; nothing that was folded before is read again from JSON.
//!
//! # Deliberately absent
//! Deciding, and words for people beyond faults. Reading TOML: the function for it is handed in. Clocks: the moment of
//! a ledger's creation is handed in too. PINs. Copying of plain files: a [`copy`](copy::copy) of a ledger goes
//! through SQLite.

mod answers;
pub mod birth;
pub mod chain;
pub mod copy;
mod fault;
mod file;
mod folds;
pub mod head_file;
mod intake;
mod labels;
mod loads;
pub mod lock;
pub mod lots;
mod named;
pub mod open;
pub mod open_error;
mod packing;
pub mod permits;
pub mod place;
pub mod plant;
mod projector;
pub mod proof;
pub mod read;
pub mod reader;
mod recent;
mod recovered;
mod routes;
pub mod schema;
mod second;
mod sql;
mod subject;
#[cfg(test)]
mod tests;
mod tip;
mod units;
pub mod writer;

pub use birth::Birth;
pub use lock::station_lock;
pub use open::{Options, open_plant, open_reader, open_writer};
pub use open_error::OpenError;
pub use plant::Plant;
pub use proof::rebuild::{rebuild, rebuild_plant};
pub use proof::verify::{Verified, verify};
pub use reader::Reader;
pub use routes::ReadRoute;
pub use writer::Writer;
