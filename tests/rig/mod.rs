//! Traveller on a real kernel, with real input devices.
//!
//! `tests/rig/run` boots the machine that these run in: Debian's kernel under QEMU, with the tests as its only process.
//! They are root there, load modules, plug in scanners and take the console. Elsewhere they are ignored.
//!
//! Deliberately absent: a way to run them on a machine that is somebody's. They refuse to.

mod bench;
mod clock;
mod console;
mod enrolment;
mod keyboard;
mod keys;
mod labels;
mod leaks;
mod machine;
mod power;
mod trouble;
mod usb;
mod work;
