//! Any bytes as a label: reading ends, and what it kept reads the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use traveller::capture::label::{Unmarked, read_as};
use traveller::domain::label::{Label, Raw};

fuzz_target!(|bytes: &[u8]| {
    for unmarked in [Unmarked::Plain, Unmarked::Gs1] {
        let label = read_as(Label::read(bytes), unmarked);
        if let Some(Raw::Text(text)) = label.raw() {
            assert_eq!(text.as_bytes(), bytes);
            assert_eq!(read_as(Label::read(text.as_bytes()), unmarked), label);
        }
    }
});
