//! What is wrong with the machine that a terminal runs on, and what to do about it, in words.
//!
//! [`checks`] looks at the whole, [`survey`] at the devices that could be scanners. [`enrol`] finds the scanner that
//! somebody is holding by what is [`heard`], [`section`] writes it down, and [`udev`] tells the system who may read it.
//!
//! Deliberately absent: repair. Nothing is changed but the section that was asked for, and no record is touched.

pub mod access;
pub mod checks;
pub mod enrol;
pub mod heard;
pub mod replicas;
pub mod section;
pub mod survey;
pub mod udev;
