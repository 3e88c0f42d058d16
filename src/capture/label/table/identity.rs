//! Identifiers that begin with 0 to 2: what an item is, its batch, serial number and dates.
//! Facts of the GS1 Barcode Syntax Dictionary.

use super::companions::{GTIN, ITEM, MADE, PIECE};
use crate::capture::label::ai::Ai;
use crate::capture::label::lint::Lint::{CheckDigit, DateOrMonth, PrefixFirst, PrefixSecond};
use crate::capture::label::part::{n, n_to, x_to};

/// In the order of their text.
pub(super) static ROWS: &[Ai] = &[
    Ai::of("00", &[n(18).and(&[CheckDigit, PrefixSecond])]).fixed().attribute().key(&[]),
    Ai::of("01", &[n(14).and(&[CheckDigit, PrefixSecond])])
        .fixed()
        .attribute()
        .never_with(&["255", "37"])
        .key(&[&["22", "10", "21"], &["235"]]),
    Ai::of("02", &[n(14).and(&[CheckDigit, PrefixSecond])])
        .fixed()
        .attribute()
        .never_with(&["01", "03"])
        .needs(&[&["37"]]),
    Ai::of("03", &[n(14).and(&[CheckDigit, PrefixSecond])]).fixed().never_with(&["01", "02", "37", "235"]),
    Ai::of("10", &[x_to(20)]).attribute().needs(ITEM),
    Ai::of("11", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(ITEM),
    Ai::of("12", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(&[&["8020"]]),
    Ai::of("13", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(ITEM),
    Ai::of("15", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(ITEM),
    Ai::of("16", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(ITEM),
    Ai::of("17", &[n(6).and(&[DateOrMonth])]).fixed().attribute().needs(&[
        &["01"],
        &["02"],
        &["03"],
        &["255"],
        &["8006"],
        &["8026"],
    ]),
    Ai::of("20", &[n(2)]).fixed().attribute().needs(ITEM),
    Ai::of("21", &[x_to(20)]).needs(PIECE).never_with(&["235"]),
    Ai::of("22", &[x_to(20)]).needs(GTIN),
    Ai::of("235", &[x_to(28)]).needs(GTIN),
    Ai::of("240", &[x_to(30)]).attribute().needs(ITEM),
    Ai::of("241", &[x_to(30)]).attribute().needs(ITEM),
    Ai::of("242", &[n_to(6)]).attribute().needs(&[&["01"], &["02"], &["8006"], &["8026"]]),
    Ai::of("243", &[x_to(20)]).attribute().needs(MADE),
    Ai::of("250", &[x_to(30)]).attribute().needs(&[&["01", "21"], &["03", "21"], &["8006", "21"]]),
    Ai::of("251", &[x_to(30)]).attribute().needs(PIECE),
    Ai::of("253", &[n(13).and(&[CheckDigit, PrefixFirst]), x_to(17).optional()]).attribute().key(&[]),
    Ai::of("254", &[x_to(20)]).needs(&[&["414"]]),
    Ai::of("255", &[n(13).and(&[CheckDigit, PrefixFirst]), n_to(12).optional()])
        .attribute()
        .key(&[])
        .never_with(&["01", "02", "415", "8006", "8020", "8026"]),
];
