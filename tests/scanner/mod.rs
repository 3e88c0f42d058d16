//! Scanners: what their keys mean, and what is printed for them to read.

mod encoder;
mod layouts;
mod sheet;
mod spoilt;
mod streams;
mod xkb;
