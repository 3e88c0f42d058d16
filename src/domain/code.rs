//! The words of refusal: why, under which rule of the house, and whether work stops.

use serde::{Deserialize, Serialize};

/// Why the gate said no. The words are the contract's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Nobody is signed on.
    NotSignedOn,
    /// The badge was never enrolled, or counts no more.
    UnknownBadge,
    /// The PIN is wrong.
    WrongPin,
    /// Too many wrong PINs; the badge waits.
    LockedOut,
    /// The person lacks the role.
    Role,
    /// The person lacks a qualification.
    NotQualified,
    /// Another person must do this.
    SecondPerson,
    /// The label is nothing that is known.
    UnknownLabel,
    /// The label fits two open needs.
    AmbiguousLabel,
    /// The label came in damaged.
    Misread,
    /// The scanner was tested; nothing else was meant.
    ScannerTest,
    /// The input has the wrong form.
    BadInput,
    /// A new unit: scan it again to begin it.
    ConfirmStart,
    /// The value lies outside its limits: enter it again if it is right.
    ConfirmValue,
    /// The value cannot be believed.
    Implausible,
    /// Several units are open, and none was named.
    WhichUnit,
    /// Another unit is open.
    UnitOpen,
    /// The number is not of the form that the route asks for.
    WrongIdentifier,
    /// No such unit is on record.
    UnknownUnit,
    /// The number exists already.
    DuplicateSerial,
    /// A step before it is not done.
    OutOfSequence,
    /// The step is done.
    AlreadyPassed,
    /// The unit is due at another station.
    WrongStation,
    /// No unit is open.
    NothingOpen,
    /// A required observation is missing.
    CheckMissing,
    /// An observation of this attempt failed.
    CheckFailed,
    /// The signature is missing.
    SignatureMissing,
    /// The scan was meant for another screen.
    StaleScan,
    /// The value has the wrong form.
    CheckMalformed,
    /// It is recorded already.
    AlreadyRecorded,
    /// Material is missing.
    MaterialMissing,
    /// It is of another part.
    WrongPart,
    /// The lot was never received.
    UnknownLot,
    /// The lot is on hold or rejected.
    LotOnHold,
    /// The lot has expired.
    LotExpired,
    /// The lot is used up.
    LotExhausted,
    /// The component is in another unit.
    AlreadyInstalled,
    /// Only a scan or a gauge counts here.
    TypedEntry,
    /// No order is open.
    OrderMissing,
    /// The order is full.
    OrderFull,
    /// The order is closed.
    OrderClosed,
    /// The unit is not in the order.
    NotInOrder,
    /// The route revision is withdrawn.
    RouteWithdrawn,
    /// A gauge is not chosen.
    GaugeMissing,
    /// The gauge is overdue for calibration.
    GaugeOverdue,
    /// Not enough time has passed.
    TooEarly,
    /// Too much time has passed.
    TooLate,
    /// The unit is on hold.
    OnHold,
    /// The unit is nonconforming.
    Nonconforming,
    /// The unit is scrapped.
    Scrapped,
    /// There are not so many pieces.
    TooMany,
    /// Two batches are not alike.
    NotAlike,
    /// No attempt is left.
    AttemptsUsed,
    /// The unit has left.
    Dispatched,
    /// The route revision is not released.
    RouteNotReleased,
    /// The route differs from its released text.
    RouteChanged,
    /// The clock cannot be trusted.
    ClockUntrusted,
    /// The hub is out of reach.
    HubUnreachable,
    /// The unit's history has two heads.
    Fork,
    /// The unit's record lacks something.
    IncompleteRecord,
    /// The ledger could not be written.
    LedgerFault,
}

/// Whether work stops, or a word in passing is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The whole screen, to be acknowledged.
    Stop,
    /// One band, gone with the next input.
    Hint,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 61] = [
        Self::NotSignedOn,
        Self::UnknownBadge,
        Self::WrongPin,
        Self::LockedOut,
        Self::Role,
        Self::NotQualified,
        Self::SecondPerson,
        Self::UnknownLabel,
        Self::AmbiguousLabel,
        Self::Misread,
        Self::ScannerTest,
        Self::BadInput,
        Self::ConfirmStart,
        Self::ConfirmValue,
        Self::Implausible,
        Self::WhichUnit,
        Self::UnitOpen,
        Self::WrongIdentifier,
        Self::UnknownUnit,
        Self::DuplicateSerial,
        Self::OutOfSequence,
        Self::AlreadyPassed,
        Self::WrongStation,
        Self::NothingOpen,
        Self::CheckMissing,
        Self::CheckFailed,
        Self::SignatureMissing,
        Self::StaleScan,
        Self::CheckMalformed,
        Self::AlreadyRecorded,
        Self::MaterialMissing,
        Self::WrongPart,
        Self::UnknownLot,
        Self::LotOnHold,
        Self::LotExpired,
        Self::LotExhausted,
        Self::AlreadyInstalled,
        Self::TypedEntry,
        Self::OrderMissing,
        Self::OrderFull,
        Self::OrderClosed,
        Self::NotInOrder,
        Self::RouteWithdrawn,
        Self::GaugeMissing,
        Self::GaugeOverdue,
        Self::TooEarly,
        Self::TooLate,
        Self::OnHold,
        Self::Nonconforming,
        Self::Scrapped,
        Self::TooMany,
        Self::NotAlike,
        Self::AttemptsUsed,
        Self::Dispatched,
        Self::RouteNotReleased,
        Self::RouteChanged,
        Self::ClockUntrusted,
        Self::HubUnreachable,
        Self::Fork,
        Self::IncompleteRecord,
        Self::LedgerFault,
    ];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotSignedOn => "not-signed-on",
            Self::UnknownBadge => "unknown-badge",
            Self::WrongPin => "wrong-pin",
            Self::LockedOut => "locked-out",
            Self::Role => "role",
            Self::NotQualified => "not-qualified",
            Self::SecondPerson => "second-person",
            Self::UnknownLabel => "unknown-label",
            Self::AmbiguousLabel => "ambiguous-label",
            Self::Misread => "misread",
            Self::ScannerTest => "scanner-test",
            Self::BadInput => "bad-input",
            Self::ConfirmStart => "confirm-start",
            Self::ConfirmValue => "confirm-value",
            Self::Implausible => "implausible",
            Self::WhichUnit => "which-unit",
            Self::UnitOpen => "unit-open",
            Self::WrongIdentifier => "wrong-identifier",
            Self::UnknownUnit => "unknown-unit",
            Self::DuplicateSerial => "duplicate-serial",
            Self::OutOfSequence => "out-of-sequence",
            Self::AlreadyPassed => "already-passed",
            Self::WrongStation => "wrong-station",
            Self::NothingOpen => "nothing-open",
            Self::CheckMissing => "check-missing",
            Self::CheckFailed => "check-failed",
            Self::SignatureMissing => "signature-missing",
            Self::StaleScan => "stale-scan",
            Self::CheckMalformed => "check-malformed",
            Self::AlreadyRecorded => "already-recorded",
            Self::MaterialMissing => "material-missing",
            Self::WrongPart => "wrong-part",
            Self::UnknownLot => "unknown-lot",
            Self::LotOnHold => "lot-on-hold",
            Self::LotExpired => "lot-expired",
            Self::LotExhausted => "lot-exhausted",
            Self::AlreadyInstalled => "already-installed",
            Self::TypedEntry => "typed-entry",
            Self::OrderMissing => "order-missing",
            Self::OrderFull => "order-full",
            Self::OrderClosed => "order-closed",
            Self::NotInOrder => "not-in-order",
            Self::RouteWithdrawn => "route-withdrawn",
            Self::GaugeMissing => "gauge-missing",
            Self::GaugeOverdue => "gauge-overdue",
            Self::TooEarly => "too-early",
            Self::TooLate => "too-late",
            Self::OnHold => "on-hold",
            Self::Nonconforming => "nonconforming",
            Self::Scrapped => "scrapped",
            Self::TooMany => "too-many",
            Self::NotAlike => "not-alike",
            Self::AttemptsUsed => "attempts-used",
            Self::Dispatched => "dispatched",
            Self::RouteNotReleased => "route-not-released",
            Self::RouteChanged => "route-changed",
            Self::ClockUntrusted => "clock-untrusted",
            Self::HubUnreachable => "hub-unreachable",
            Self::Fork => "fork",
            Self::IncompleteRecord => "incomplete-record",
            Self::LedgerFault => "ledger-fault",
        }
    }

    /// The rule of the house that it belongs to.
    pub fn rule(self) -> &'static str {
        match self {
            Self::NotSignedOn
            | Self::UnknownBadge
            | Self::WrongPin
            | Self::LockedOut
            | Self::Role
            | Self::NotQualified
            | Self::SecondPerson => "people",
            Self::UnknownLabel
            | Self::AmbiguousLabel
            | Self::Misread
            | Self::ScannerTest
            | Self::BadInput
            | Self::ConfirmValue
            | Self::Implausible
            | Self::WhichUnit
            | Self::StaleScan
            | Self::CheckMalformed
            | Self::TypedEntry => "input",
            Self::ConfirmStart | Self::WrongIdentifier | Self::UnknownUnit | Self::DuplicateSerial => "identity",
            Self::UnitOpen | Self::NothingOpen => "one-unit-at-a-time",
            Self::OutOfSequence | Self::AlreadyPassed | Self::WrongStation | Self::TooEarly | Self::TooLate => {
                "sequence"
            }
            Self::CheckMissing | Self::CheckFailed | Self::AlreadyRecorded | Self::AttemptsUsed => "checks",
            Self::SignatureMissing => "signature",
            Self::MaterialMissing
            | Self::WrongPart
            | Self::UnknownLot
            | Self::LotOnHold
            | Self::LotExpired
            | Self::LotExhausted
            | Self::AlreadyInstalled => "material",
            Self::OrderMissing | Self::OrderFull | Self::OrderClosed | Self::NotInOrder => "order",
            Self::RouteWithdrawn | Self::RouteNotReleased | Self::RouteChanged => "route",
            Self::GaugeMissing | Self::GaugeOverdue => "gauge",
            Self::TooMany | Self::NotAlike => "batch",
            Self::OnHold | Self::Nonconforming | Self::Scrapped | Self::Dispatched => "standing",
            Self::ClockUntrusted | Self::HubUnreachable | Self::Fork | Self::IncompleteRecord | Self::LedgerFault => {
                "record"
            }
        }
    }

    /// Whether work stops.
    pub fn severity(self) -> Severity {
        if matches!(
            self,
            Self::UnknownLabel
                | Self::Misread
                | Self::ScannerTest
                | Self::AlreadyRecorded
                | Self::CheckMalformed
                | Self::ConfirmValue
                | Self::ConfirmStart
        ) {
            Severity::Hint
        } else {
            Severity::Stop
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_code_is_what_is_stored() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.word()));
        }
    }
}
