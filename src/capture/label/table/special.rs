//! Identifiers that begin with 8: special applications, coupons.
//! Facts of the GS1 Barcode Syntax Dictionary.

use super::companions::{ANY_GTIN, DEVICE, GTIN, PIECE, SERVICE, TRADE};
use crate::capture::label::ai::Ai;
use crate::capture::label::lint::Lint::{
    CheckDigit, CheckPair, Coupon, Date, Hour, Iban, Minute, NoLeadingZero, NonDigit, NonZero, OfferCoupon,
    PieceOfTotal, PrefixFirst, PrefixSecond, Second, Winding, Zero,
};
use crate::capture::label::part::{n, n_to, x_to, y_to, z_to};

/// In the order of their text.
pub(super) static ROWS: &[Ai] = &[
    Ai::of("8001", &[n(4).and(&[NonZero]), n(5).and(&[NonZero]), n(3).and(&[NonZero]), n(1).and(&[Winding]), n(1)])
        .attribute()
        .needs(GTIN),
    Ai::of("8002", &[x_to(20)]).attribute(),
    Ai::of("8003", &[n(1).and(&[Zero]), n(13).and(&[CheckDigit, PrefixFirst]), x_to(16).optional()])
        .attribute()
        .key(&[]),
    Ai::of("8004", &[x_to(30).and(&[PrefixFirst])]).attribute().key(&[&["7040"]]),
    Ai::of("8005", &[n(6)]).attribute().needs(TRADE),
    Ai::of("8006", &[n(14).and(&[CheckDigit, PrefixSecond]), n(4).and(&[PieceOfTotal])])
        .attribute()
        .never_with(&["01", "03", "37"])
        .key(&[&["22", "10", "21"]]),
    Ai::of("8007", &[x_to(34).and(&[Iban])]).attribute().needs(&[&["415"]]),
    Ai::of(
        "8008",
        &[n(6).and(&[Date]), n(2).and(&[Hour]), n(2).and(&[Minute]).optional(), n(2).and(&[Second]).optional()],
    )
    .attribute()
    .needs(ANY_GTIN),
    Ai::of("8009", &[x_to(50)]).attribute().needs(&[&["00"], &["01"], &["03"]]),
    Ai::of("8010", &[y_to(30).and(&[PrefixFirst])]).attribute().key(&[&["8011"]]),
    Ai::of("8011", &[n_to(12).and(&[NoLeadingZero])]).needs(&[&["8010"]]),
    Ai::of("8012", &[x_to(20)]).attribute().needs(PIECE),
    Ai::of("8013", &[x_to(25).and(&[CheckPair, PrefixFirst])]).attribute().key(&[]),
    Ai::of("8014", &[x_to(25).and(&[CheckPair, PrefixFirst, NonDigit])]).needs(GTIN),
    Ai::of("8017", &[n(18).and(&[CheckDigit, PrefixFirst])]).attribute().never_with(&["8018"]).key(&[&["8019"]]),
    Ai::of("8018", &[n(18).and(&[CheckDigit, PrefixFirst])]).attribute().never_with(&["8017"]).key(&[&["8019"]]),
    Ai::of("8019", &[n_to(10)]).needs(SERVICE),
    Ai::of("8020", &[x_to(25)]).needs(&[&["415"]]),
    Ai::of("8026", &[n(14).and(&[CheckDigit, PrefixSecond]), n(4).and(&[PieceOfTotal])])
        .attribute()
        .needs(&[&["37"]])
        .never_with(&["02", "03", "8006"]),
    Ai::of("8030", &[z_to(90)]).attribute().needs(&[
        &["00"],
        &["01", "21"],
        &["03", "21"],
        &["253"],
        &["255"],
        &["8003"],
        &["8004"],
        &["8006", "21"],
        &["8010", "8011"],
        &["8017"],
        &["8018"],
    ]),
    Ai::of("8040", &[n(15)]).needs(&[&["01", "21"]]),
    Ai::of("8041", &[n(15)]).needs(DEVICE),
    Ai::of("8042", &[n(32)]).needs(DEVICE),
    Ai::of("8043", &[n(18), n_to(2).optional()]).needs(DEVICE),
    Ai::of("8110", &[x_to(70).and(&[Coupon])]).attribute(),
    Ai::of("8111", &[n(4)]).attribute().needs(&[&["255"]]),
    Ai::of("8112", &[x_to(70).and(&[OfferCoupon])]).attribute(),
    Ai::of("8200", &[x_to(70)]).needs(GTIN),
];
