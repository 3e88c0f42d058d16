//! The rules by name.

use super::{bank, checks, codes, coupons, dates, values};
use crate::capture::label::flaw::Flaw;

/// A rule for one part of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lint {
    /// The last digit is the check digit.
    CheckDigit,
    /// The last two characters are the check characters.
    CheckPair,
    /// A company prefix begins at the first character.
    PrefixFirst,
    /// A company prefix begins at the second character.
    PrefixSecond,
    /// YYMMDD.
    Date,
    /// YYMMDD; day 00 is the whole month.
    DateOrMonth,
    /// YYYYMMDD.
    LongDate,
    /// Hours, 00 to 23.
    Hour,
    /// Minutes.
    Minute,
    /// Seconds.
    Second,
    /// HHMM.
    HourMinute,
    /// A country in digits.
    Country,
    /// A country in digits, or 999 for several.
    CountryOr999,
    /// A country in two letters.
    CountryLetters,
    /// A currency in digits.
    Currency,
    /// A sex in one digit.
    Sex,
    /// A medium that carries data.
    MediaType,
    /// A type of package.
    PackageType,
    /// The index of an importer.
    ImporterIndex,
    /// The direction that a roll is wound in.
    Winding,
    /// An international bank account number.
    Iban,
    /// A North American coupon.
    Coupon,
    /// A North American coupon of the newer kind.
    OfferCoupon,
    /// Percent encoding.
    PercentEncoded,
    /// A latitude.
    Latitude,
    /// A longitude.
    Longitude,
    /// A piece's number and the total, of as many digits each.
    PieceOfTotal,
    /// A position, a slash, and the last position.
    PositionInSequence,
    /// Hyphens.
    Hyphens,
    /// 0 or 1.
    YesNo,
    /// 0.
    Zero,
    /// Anything but zero.
    NonZero,
    /// No zero in front.
    NoLeadingZero,
    /// Some character that is no digit.
    NonDigit,
}

impl Lint {
    /// Every rule.
    pub const ALL: [Self; 34] = [
        Self::CheckDigit,
        Self::CheckPair,
        Self::PrefixFirst,
        Self::PrefixSecond,
        Self::Date,
        Self::DateOrMonth,
        Self::LongDate,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::HourMinute,
        Self::Country,
        Self::CountryOr999,
        Self::CountryLetters,
        Self::Currency,
        Self::Sex,
        Self::MediaType,
        Self::PackageType,
        Self::ImporterIndex,
        Self::Winding,
        Self::Iban,
        Self::Coupon,
        Self::OfferCoupon,
        Self::PercentEncoded,
        Self::Latitude,
        Self::Longitude,
        Self::PieceOfTotal,
        Self::PositionInSequence,
        Self::Hyphens,
        Self::YesNo,
        Self::Zero,
        Self::NonZero,
        Self::NoLeadingZero,
        Self::NonDigit,
    ];

    /// The name in the GS1 Barcode Syntax Dictionary.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckDigit => "csum",
            Self::CheckPair => "csumalpha",
            Self::PrefixFirst => "gcppos1",
            Self::PrefixSecond => "gcppos2",
            Self::Date => "yymmdd",
            Self::DateOrMonth => "yymmd0",
            Self::LongDate => "yyyymmdd",
            Self::Hour => "hh",
            Self::Minute => "mi",
            Self::Second => "ss",
            Self::HourMinute => "hhmi",
            Self::Country => "iso3166",
            Self::CountryOr999 => "iso3166999",
            Self::CountryLetters => "iso3166alpha2",
            Self::Currency => "iso4217",
            Self::Sex => "iso5218",
            Self::MediaType => "mediatype",
            Self::PackageType => "packagetype",
            Self::ImporterIndex => "importeridx",
            Self::Winding => "winding",
            Self::Iban => "iban",
            Self::Coupon => "couponcode",
            Self::OfferCoupon => "couponposoffer",
            Self::PercentEncoded => "pcenc",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::PieceOfTotal => "pieceoftotal",
            Self::PositionInSequence => "posinseqslash",
            Self::Hyphens => "hyphen",
            Self::YesNo => "yesno",
            Self::Zero => "zero",
            Self::NonZero => "nonzero",
            Self::NoLeadingZero => "nozeroprefix",
            Self::NonDigit => "hasnondigit",
        }
    }

    /// Whether a text keeps the rule.
    ///
    /// # Errors
    /// The flaw that it has instead.
    pub fn check(self, text: &str) -> Result<(), Flaw> {
        match self {
            Self::CheckDigit => checks::digit(text),
            Self::CheckPair => checks::pair(text),
            Self::PrefixFirst => checks::prefix(text),
            Self::PrefixSecond => checks::prefix_second(text),
            Self::Date => dates::date(text),
            Self::DateOrMonth => dates::date_or_month(text),
            Self::LongDate => dates::long_date(text),
            Self::Hour => dates::hour(text),
            Self::Minute | Self::Second => dates::sixtieth(text),
            Self::HourMinute => dates::hour_minute(text),
            Self::Country => codes::country(text),
            Self::CountryOr999 => codes::country_or_999(text),
            Self::CountryLetters => codes::country_letters(text),
            Self::Currency => codes::currency(text),
            Self::Sex => codes::sex(text),
            Self::MediaType => codes::media_type(text),
            Self::PackageType => codes::package_type(text),
            Self::ImporterIndex => codes::importer(text),
            Self::Winding => codes::winding(text),
            Self::Iban => bank::iban(text),
            Self::Coupon => coupons::coupon(text),
            Self::OfferCoupon => coupons::offer(text),
            Self::PercentEncoded => values::percent_encoded(text),
            Self::Latitude => values::latitude(text),
            Self::Longitude => values::longitude(text),
            Self::PieceOfTotal => values::piece_of_total(text),
            Self::PositionInSequence => values::position_in_sequence(text),
            Self::Hyphens => values::hyphens(text),
            Self::YesNo => values::yes_no(text),
            Self::Zero => values::zero(text),
            Self::NonZero => values::non_zero(text),
            Self::NoLeadingZero => values::no_leading_zero(text),
            Self::NonDigit => values::non_digit(text),
        }
    }
}
