//! Identifiers that begin with 7: food, processors, health care, certificates and persons.
//! Facts of the GS1 Barcode Syntax Dictionary.

use super::companions::{ANY_GTIN, CERTIFIED, GTIN, PIECE, RECIPIENT, SERVICE, SSCC, TRADE};
use crate::capture::label::ai::Ai;
use crate::capture::label::lint::Lint::{
    CountryOr999, Date, HourMinute, ImporterIndex, LongDate, MediaType, PackageType, PercentEncoded,
    PositionInSequence, PrefixFirst, Sex,
};
use crate::capture::label::part::{n, n_to, x, x_to};

/// In the order of their text.
pub(super) static ROWS: &[Ai] = &[
    Ai::of("7001", &[n(13)]).attribute().needs(&[&["01"], &["02"], &["8006"], &["8026"]]),
    Ai::of("7002", &[x_to(30)]).attribute().needs(TRADE),
    Ai::of("7003", &[n(6).and(&[Date]), n(4).and(&[HourMinute])]).attribute().needs(ANY_GTIN),
    Ai::of("7004", &[n_to(4)]).attribute().needs(&[&["01", "10"], &["03", "10"]]),
    Ai::of("7005", &[x_to(12)]).attribute().needs(TRADE),
    Ai::of("7006", &[n(6).and(&[Date])]).attribute().needs(TRADE),
    Ai::of("7007", &[n(6).and(&[Date]), n(6).and(&[Date]).optional()]).attribute().needs(TRADE),
    Ai::of("7008", &[x_to(3)]).attribute().needs(TRADE),
    Ai::of("7009", &[x_to(10)]).attribute().needs(TRADE),
    Ai::of("7010", &[x_to(2)]).attribute().needs(ANY_GTIN),
    Ai::of("7011", &[n(6).and(&[Date]), n(4).and(&[HourMinute]).optional()]).attribute().needs(ANY_GTIN),
    Ai::of("7020", &[x_to(20)]).attribute().needs(&[&["01", "416"], &["03", "416"], &["8006", "416"]]),
    Ai::of("7021", &[x_to(20)]).attribute().needs(PIECE),
    Ai::of("7022", &[x_to(20)]).attribute().needs(&[&["01", "7021"], &["03", "7021"], &["8006", "7021"]]),
    Ai::of("7023", &[x_to(30).and(&[PrefixFirst])]).attribute(),
    Ai::of("7030", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7031", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7032", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7033", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7034", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7035", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7036", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7037", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7038", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7039", &[n(3).and(&[CountryOr999]), x_to(27)]).attribute().needs(TRADE),
    Ai::of("7040", &[n(1), x(1), x(1), x(1).and(&[ImporterIndex])]),
    Ai::of("7041", &[x_to(4).and(&[PackageType])]).needs(SSCC),
    Ai::of("710", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("711", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("712", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("713", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("714", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("715", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("716", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("717", &[x_to(20)]).attribute().needs(GTIN),
    Ai::of("7230", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7231", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7232", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7233", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7234", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7235", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7236", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7237", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7238", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7239", &[x(2), x_to(28)]).attribute().needs(CERTIFIED),
    Ai::of("7240", &[x_to(20)]).attribute().needs(&[&["01"], &["8006"]]).never_with(&["03"]),
    Ai::of("7241", &[n(2).and(&[MediaType])]).attribute().needs(SERVICE),
    Ai::of("7242", &[x_to(25)]).attribute().needs(SERVICE),
    Ai::of("7250", &[n(8).and(&[LongDate])]).attribute().needs(RECIPIENT).never_with(&["7251"]),
    Ai::of("7251", &[n(8).and(&[LongDate]), n(4).and(&[HourMinute])])
        .attribute()
        .needs(RECIPIENT)
        .never_with(&["7250"]),
    Ai::of("7252", &[n(1).and(&[Sex])]).attribute().needs(RECIPIENT),
    Ai::of("7253", &[x_to(40).and(&[PercentEncoded])]).attribute().needs(SERVICE).never_with(&["7256", "7259"]),
    Ai::of("7254", &[x_to(40).and(&[PercentEncoded])]).attribute().needs(SERVICE).never_with(&["7256", "7259"]),
    Ai::of("7255", &[x_to(10)]).attribute().needs(SERVICE).never_with(&["7256", "7259"]),
    Ai::of("7256", &[x_to(90).and(&[PercentEncoded])]).attribute().needs(SERVICE),
    Ai::of("7257", &[x_to(70).and(&[PercentEncoded])]).attribute().needs(RECIPIENT),
    Ai::of("7258", &[x(3).and(&[PositionInSequence])]).attribute().needs(&[&["8018", "7259"]]),
    Ai::of("7259", &[x_to(40).and(&[PercentEncoded])]).attribute().needs(RECIPIENT).never_with(&["7256"]),
];
