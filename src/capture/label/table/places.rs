//! Identifiers that begin with 4: orders, parties, countries and addresses.
//! Facts of the GS1 Barcode Syntax Dictionary.

use super::companions::{ANY_GTIN, ITEM, SSCC};
use crate::capture::label::ai::Ai;
use crate::capture::label::lint::Lint::{
    CheckDigit, Country, CountryLetters, Date, DateOrMonth, HourMinute, Hyphens, Latitude, Longitude, PercentEncoded,
    PrefixFirst, YesNo,
};
use crate::capture::label::part::{n, x, x_to};

/// In the order of their text.
pub(super) static ROWS: &[Ai] = &[
    Ai::of("400", &[x_to(30)]).attribute(),
    Ai::of("401", &[x_to(30).and(&[PrefixFirst])]).attribute().key(&[]),
    Ai::of("402", &[n(17).and(&[CheckDigit, PrefixFirst])]).attribute().key(&[]),
    Ai::of("403", &[x_to(30)]).attribute().needs(SSCC),
    Ai::of("410", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute(),
    Ai::of("411", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute(),
    Ai::of("412", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute(),
    Ai::of("413", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute(),
    Ai::of("414", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute().key(&[&["254"], &["7040"]]),
    Ai::of("415", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute().needs(&[&["8020"]]).key(&[&["8020"]]),
    Ai::of("416", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute(),
    Ai::of("417", &[n(13).and(&[CheckDigit, PrefixFirst])]).fixed().attribute().key(&[&["7040"]]),
    Ai::of("420", &[x_to(20)]).attribute().never_with(&["421"]),
    Ai::of("421", &[n(3).and(&[Country]), x_to(9)]).attribute().never_with(&["4307"]),
    Ai::of("422", &[n(3).and(&[Country])]).attribute().needs(ITEM).never_with(&["426"]),
    Ai::of(
        "423",
        &[
            n(3).and(&[Country]),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
        ],
    )
    .attribute()
    .needs(ANY_GTIN)
    .never_with(&["426"]),
    Ai::of("424", &[n(3).and(&[Country])]).attribute().needs(ANY_GTIN).never_with(&["426"]),
    Ai::of(
        "425",
        &[
            n(3).and(&[Country]),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
            n(3).and(&[Country]).optional(),
        ],
    )
    .attribute()
    .needs(ANY_GTIN)
    .never_with(&["426"]),
    Ai::of("426", &[n(3).and(&[Country])]).attribute().needs(ANY_GTIN),
    Ai::of("427", &[x_to(3)]).attribute().needs(&[&["01", "422"], &["02", "422"], &["03", "422"]]),
    Ai::of("4300", &[x_to(35).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4301", &[x_to(35).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4302", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4303", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(&[&["4302"]]),
    Ai::of("4304", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4305", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4306", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4307", &[x(2).and(&[CountryLetters])]).attribute().needs(SSCC),
    Ai::of("4308", &[x_to(30)]).attribute().needs(SSCC),
    Ai::of("4309", &[n(10).and(&[Latitude]), n(10).and(&[Longitude])]).attribute().needs(SSCC),
    Ai::of("4310", &[x_to(35).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4311", &[x_to(35).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4312", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4313", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(&[&["4312"]]),
    Ai::of("4314", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4315", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4316", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4317", &[x(2).and(&[CountryLetters])]).attribute().needs(SSCC),
    Ai::of("4318", &[x_to(20)]).attribute().needs(SSCC),
    Ai::of("4319", &[x_to(30)]).attribute().needs(SSCC),
    Ai::of("4320", &[x_to(35).and(&[PercentEncoded])]).attribute().needs(SSCC),
    Ai::of("4321", &[n(1).and(&[YesNo])]).attribute().needs(SSCC),
    Ai::of("4322", &[n(1).and(&[YesNo])]).attribute().needs(SSCC),
    Ai::of("4323", &[n(1).and(&[YesNo])]).attribute().needs(SSCC),
    Ai::of("4324", &[n(6).and(&[DateOrMonth]), n(4).and(&[HourMinute])]).attribute().needs(SSCC),
    Ai::of("4325", &[n(6).and(&[DateOrMonth]), n(4).and(&[HourMinute])]).attribute().needs(SSCC),
    Ai::of("4326", &[n(6).and(&[Date])]).attribute().needs(SSCC),
    Ai::of("4330", &[n(6), x(1).and(&[Hyphens]).optional()]).attribute().needs(SSCC).never_with(&["4331"]),
    Ai::of("4331", &[n(6), x(1).and(&[Hyphens]).optional()]).attribute().needs(SSCC).never_with(&["4330"]),
    Ai::of("4332", &[n(6), x(1).and(&[Hyphens]).optional()]).attribute().needs(SSCC).never_with(&["4333"]),
    Ai::of("4333", &[n(6), x(1).and(&[Hyphens]).optional()]).attribute().needs(SSCC).never_with(&["4332"]),
];
