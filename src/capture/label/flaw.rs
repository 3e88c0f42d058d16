//! What can be wrong with a label that claims a structure.

/// The rule that it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Flaw {
    /// No data.
    #[error("there is nothing but a mark on the label")]
    Empty,
    /// No identifier of the standard where one must be.
    #[error("no known identifier stands where one must")]
    UnknownIdentifier,
    /// More fields than a label may have.
    #[error("it has too many fields")]
    TooManyFields,
    /// An identifier without a value.
    #[error("the value is missing")]
    NoValue,
    /// A value that is too short, or has a part too much or too little.
    #[error("the value has another length than it must")]
    WrongLength,
    /// A value that goes on where a separator must follow.
    #[error("the value is too long, or the separator after it is lost")]
    TooLong,
    /// Not a digit.
    #[error("only digits may stand there")]
    NotDigits,
    /// Not of GS1's set 82.
    #[error("a character may not stand in a GS1 label")]
    NotInSet82,
    /// Not of GS1's set 39.
    #[error("only digits, capital letters, #, - and / may stand there")]
    NotInSet39,
    /// Not base64 for file names.
    #[error("only letters, digits, - and _ may stand there, padded with =")]
    NotInSet64,
    /// The check digit.
    #[error("the check digit is wrong")]
    BadCheckDigit,
    /// The pair of check characters.
    #[error("the pair of check characters is wrong")]
    BadCheckPair,
    /// The company prefix.
    #[error("it does not begin with a GS1 company prefix")]
    BadPrefix,
    /// The month.
    #[error("the month is none")]
    BadMonth,
    /// The day.
    #[error("the month has no such day")]
    BadDay,
    /// The hour, minute or second.
    #[error("the time is none")]
    BadTime,
    /// The country.
    #[error("the country code is unknown")]
    BadCountry,
    /// The currency.
    #[error("the currency code is unknown")]
    BadCurrency,
    /// The sex.
    #[error("the code must be 0, 1, 2 or 9")]
    BadSex,
    /// The media type.
    #[error("the media type is unknown")]
    BadMediaType,
    /// The package type.
    #[error("the package type is unknown")]
    BadPackageType,
    /// The importer index.
    #[error("the importer index is none")]
    BadImporter,
    /// The winding direction.
    #[error("the winding direction must be 0, 1 or 9")]
    BadWinding,
    /// Neither yes nor no.
    #[error("it must be 0 or 1")]
    NotYesNo,
    /// Zero, where it may not be.
    #[error("it may not be zero")]
    Zero,
    /// Not zero, where it must be.
    #[error("it must be zero")]
    NotZero,
    /// A leading zero.
    #[error("it may not begin with zero")]
    LeadingZero,
    /// Only digits, where another character must be.
    #[error("it may not be digits alone")]
    DigitsOnly,
    /// Something else than hyphens.
    #[error("only a hyphen may stand there")]
    NotHyphen,
    /// No piece of a total, or no position in a sequence.
    #[error("the piece is none of the total")]
    BadPiece,
    /// The latitude or longitude.
    #[error("the place is not on earth")]
    BadPlace,
    /// A percent sign without two hexadecimal digits.
    #[error("a % must be followed by two hexadecimal digits")]
    BadPercent,
    /// The bank account.
    #[error("the bank account number is wrong")]
    BadIban,
    /// The coupon.
    #[error("the coupon code is wrong")]
    BadCoupon,
    /// Two identifiers that may not be together.
    #[error("it may not be together with another identifier of the label")]
    Excluded,
    /// An identifier that another one must go with.
    #[error("an identifier that must go with it is missing")]
    Alone,
    /// One identifier with two values.
    #[error("it is there twice, with different values")]
    TwoValues,
    /// A digital signature over a key without serial number.
    #[error("it needs its serial number, since the label carries a signature")]
    NoSerial,
    /// Characters that no URI has.
    #[error("a character may not stand in a web address")]
    BadAddress,
    /// Identifiers of the path in the wrong order, or of another key.
    #[error("the identifiers of the path do not belong together in this order")]
    BadPath,
    /// An identifier in the query that must be in the path, or nowhere.
    #[error("it may not stand behind the question mark")]
    NotAttribute,
    /// The same identifier twice in one address.
    #[error("it is there twice")]
    Twice,
    /// An envelope without separators, or with records that do not fit.
    #[error("the envelope is damaged: its separators are lost")]
    BadEnvelope,
    /// The length of a retail code.
    #[error("the retail code has another number of digits than it must")]
    BadRetail,
}

impl Flaw {
    /// Every flaw.
    pub const ALL: [Self; 44] = [
        Self::Empty,
        Self::UnknownIdentifier,
        Self::TooManyFields,
        Self::NoValue,
        Self::WrongLength,
        Self::TooLong,
        Self::NotDigits,
        Self::NotInSet82,
        Self::NotInSet39,
        Self::NotInSet64,
        Self::BadCheckDigit,
        Self::BadCheckPair,
        Self::BadPrefix,
        Self::BadMonth,
        Self::BadDay,
        Self::BadTime,
        Self::BadCountry,
        Self::BadCurrency,
        Self::BadSex,
        Self::BadMediaType,
        Self::BadPackageType,
        Self::BadImporter,
        Self::BadWinding,
        Self::NotYesNo,
        Self::Zero,
        Self::NotZero,
        Self::LeadingZero,
        Self::DigitsOnly,
        Self::NotHyphen,
        Self::BadPiece,
        Self::BadPlace,
        Self::BadPercent,
        Self::BadIban,
        Self::BadCoupon,
        Self::Excluded,
        Self::Alone,
        Self::TwoValues,
        Self::NoSerial,
        Self::BadAddress,
        Self::BadPath,
        Self::NotAttribute,
        Self::Twice,
        Self::BadEnvelope,
        Self::BadRetail,
    ];

    /// The word of the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownIdentifier => "unknown-identifier",
            Self::TooManyFields => "too-many-fields",
            Self::NoValue => "no-value",
            Self::WrongLength => "wrong-length",
            Self::TooLong => "too-long",
            Self::NotDigits => "not-digits",
            Self::NotInSet82 => "not-in-set-82",
            Self::NotInSet39 => "not-in-set-39",
            Self::NotInSet64 => "not-in-set-64",
            Self::BadCheckDigit => "bad-check-digit",
            Self::BadCheckPair => "bad-check-pair",
            Self::BadPrefix => "bad-prefix",
            Self::BadMonth => "bad-month",
            Self::BadDay => "bad-day",
            Self::BadTime => "bad-time",
            Self::BadCountry => "bad-country",
            Self::BadCurrency => "bad-currency",
            Self::BadSex => "bad-sex",
            Self::BadMediaType => "bad-media-type",
            Self::BadPackageType => "bad-package-type",
            Self::BadImporter => "bad-importer",
            Self::BadWinding => "bad-winding",
            Self::NotYesNo => "not-yes-no",
            Self::Zero => "zero",
            Self::NotZero => "not-zero",
            Self::LeadingZero => "leading-zero",
            Self::DigitsOnly => "digits-only",
            Self::NotHyphen => "not-hyphen",
            Self::BadPiece => "bad-piece",
            Self::BadPlace => "bad-place",
            Self::BadPercent => "bad-percent",
            Self::BadIban => "bad-iban",
            Self::BadCoupon => "bad-coupon",
            Self::Excluded => "excluded",
            Self::Alone => "alone",
            Self::TwoValues => "two-values",
            Self::NoSerial => "no-serial",
            Self::BadAddress => "bad-address",
            Self::BadPath => "bad-path",
            Self::NotAttribute => "not-attribute",
            Self::Twice => "twice",
            Self::BadEnvelope => "bad-envelope",
            Self::BadRetail => "bad-retail",
        }
    }

    /// The flaw of a word; none for a word of another version.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flaw| flaw.as_str() == word)
    }
}

/// A flaw and the field to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule that is broken.
    pub flaw: Flaw,
    /// The identifier of the field; none where the whole label is to blame.
    pub key: Option<String>,
}

impl Fault {
    /// Of the whole label.
    pub(super) const fn whole(flaw: Flaw) -> Self {
        Self { flaw, key: None }
    }

    /// Of one field.
    pub(super) fn at(key: &str) -> impl FnOnce(Flaw) -> Self {
        move |flaw| Self { flaw, key: Some(key.to_owned()) }
    }
}
