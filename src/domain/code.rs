//! The words of refusal: why, under which rule of the house, and whether work stops.

use serde::{Deserialize, Serialize};

/// Whether work stops, or a word in passing is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The whole screen, to be acknowledged.
    Stop,
    /// One band, gone with the next input.
    Hint,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $rule:literal, $severity:ident;)*) => {
        /// Why the gate said no. The words are the contract's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word of the contract.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The rule of the house that it belongs to.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$name => $rule,)* }
            }

            /// Whether work stops.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// Nobody is signed on.
    NotSignedOn = "not-signed-on", "people", Stop;
    /// The badge was never enrolled, or counts no more.
    UnknownBadge = "unknown-badge", "people", Stop;
    /// The PIN is wrong.
    WrongPin = "wrong-pin", "people", Stop;
    /// Too many wrong PINs; the badge waits.
    LockedOut = "locked-out", "people", Stop;
    /// The person lacks the role.
    Role = "role", "people", Stop;
    /// The person lacks a qualification.
    NotQualified = "not-qualified", "people", Stop;
    /// Another person must do this.
    SecondPerson = "second-person", "people", Stop;
    /// The label is nothing that is known.
    UnknownLabel = "unknown-label", "input", Hint;
    /// The label fits two open needs.
    AmbiguousLabel = "ambiguous-label", "input", Stop;
    /// The label came in damaged.
    Misread = "misread", "input", Hint;
    /// The scanner was tested; nothing else was meant.
    ScannerTest = "scanner-test", "input", Hint;
    /// The input has the wrong form.
    BadInput = "bad-input", "input", Stop;
    /// A new unit: scan it again to begin it.
    ConfirmStart = "confirm-start", "identity", Hint;
    /// The value lies outside its limits: enter it again if it is right.
    ConfirmValue = "confirm-value", "input", Hint;
    /// The value cannot be believed.
    Implausible = "implausible", "input", Stop;
    /// Several units are open, and none was named.
    WhichUnit = "which-unit", "input", Stop;
    /// Another unit is open.
    UnitOpen = "unit-open", "one-unit-at-a-time", Stop;
    /// The load of the station does not allow it.
    LoadOpen = "load-open", "loads", Stop;
    /// The number is not of the form that the route asks for.
    WrongIdentifier = "wrong-identifier", "identity", Stop;
    /// No such unit is on record.
    UnknownUnit = "unknown-unit", "identity", Stop;
    /// The number exists already.
    DuplicateSerial = "duplicate-serial", "identity", Stop;
    /// A step before it is not done.
    OutOfSequence = "out-of-sequence", "sequence", Stop;
    /// The step is done.
    AlreadyPassed = "already-passed", "sequence", Stop;
    /// The unit is due at another station.
    WrongStation = "wrong-station", "sequence", Stop;
    /// No unit is open.
    NothingOpen = "nothing-open", "one-unit-at-a-time", Stop;
    /// A required observation is missing.
    CheckMissing = "check-missing", "checks", Stop;
    /// An observation of this attempt failed.
    CheckFailed = "check-failed", "checks", Stop;
    /// The signature is missing.
    SignatureMissing = "signature-missing", "signature", Stop;
    /// The scan was meant for another screen.
    StaleScan = "stale-scan", "input", Stop;
    /// The value has the wrong form.
    CheckMalformed = "check-malformed", "input", Hint;
    /// It is recorded already.
    AlreadyRecorded = "already-recorded", "checks", Hint;
    /// Material is missing.
    MaterialMissing = "material-missing", "material", Stop;
    /// It is of another part.
    WrongPart = "wrong-part", "material", Stop;
    /// The lot was never received.
    UnknownLot = "unknown-lot", "material", Stop;
    /// The lot is on hold or rejected.
    LotOnHold = "lot-on-hold", "material", Stop;
    /// The lot has expired.
    LotExpired = "lot-expired", "material", Stop;
    /// The lot is used up.
    LotExhausted = "lot-exhausted", "material", Stop;
    /// The component is in another unit.
    AlreadyInstalled = "already-installed", "material", Stop;
    /// Only a scan or a gauge counts here.
    TypedEntry = "typed-entry", "input", Stop;
    /// No order is open.
    OrderMissing = "order-missing", "order", Stop;
    /// The order is full.
    OrderFull = "order-full", "order", Stop;
    /// The order is closed.
    OrderClosed = "order-closed", "order", Stop;
    /// The unit is not in the order.
    NotInOrder = "not-in-order", "order", Stop;
    /// The route revision is withdrawn.
    RouteWithdrawn = "route-withdrawn", "route", Stop;
    /// A gauge is not chosen.
    GaugeMissing = "gauge-missing", "gauge", Stop;
    /// The gauge is overdue for calibration.
    GaugeOverdue = "gauge-overdue", "gauge", Stop;
    /// Not enough time has passed.
    TooEarly = "too-early", "sequence", Stop;
    /// Too much time has passed.
    TooLate = "too-late", "sequence", Stop;
    /// The unit is on hold.
    OnHold = "on-hold", "standing", Stop;
    /// The unit is nonconforming.
    Nonconforming = "nonconforming", "standing", Stop;
    /// The unit is scrapped.
    Scrapped = "scrapped", "standing", Stop;
    /// The batch has not so many pieces.
    TooMany = "too-many", "batch", Stop;
    /// Two batches are not alike.
    NotAlike = "not-alike", "batch", Stop;
    /// No attempt is left.
    AttemptsUsed = "attempts-used", "checks", Stop;
    /// The unit has left.
    Dispatched = "dispatched", "standing", Stop;
    /// The route revision is not released.
    RouteNotReleased = "route-not-released", "route", Stop;
    /// The route differs from its released text.
    RouteChanged = "route-changed", "route", Stop;
    /// The clock cannot be trusted.
    ClockUntrusted = "clock-untrusted", "record", Stop;
    /// The hub is out of reach.
    HubUnreachable = "hub-unreachable", "record", Stop;
    /// The unit's history has two heads.
    Fork = "fork", "record", Stop;
    /// The unit's record lacks something.
    IncompleteRecord = "incomplete-record", "record", Stop;
    /// A station is down: nothing is worked on there.
    StationDown = "station-down", "station", Stop;
    /// The revision does not have a step that the unit passed.
    NoSuchStep = "no-such-step", "route", Stop;
    /// A unit, or a carton, is packed or loaded already.
    AlreadyPacked = "already-packed", "packing", Stop;
    /// The carton has as many units as it holds.
    CartonFull = "carton-full", "packing", Stop;
    /// The carton is closed.
    CartonClosed = "carton-closed", "packing", Stop;
    /// The carton's label was not scanned back yet.
    CartonOpen = "carton-open", "packing", Stop;
    /// No carton is at hand to pack into.
    CartonMissing = "carton-missing", "packing", Stop;
    /// The carton is not full: scan its label again if it is to be closed with what it has.
    CartonNotFull = "carton-not-full", "packing", Hint;
    /// Another carton was scanned than the one at hand.
    WrongCarton = "wrong-carton", "packing", Stop;
    /// No such carton is on record.
    UnknownCarton = "unknown-carton", "packing", Stop;
    /// No such shipment is on record.
    UnknownShipment = "unknown-shipment", "packing", Stop;
    /// What must be alike in a carton or a shipment is not.
    MustNotMix = "must-not-mix", "packing", Stop;
    /// It is in no carton, or nothing is in it.
    NotPacked = "not-packed", "packing", Stop;
    /// The unit was made for something else than to be sold.
    NotProduction = "not-production", "packing", Stop;
    /// The label counts no more: another one of the unit does.
    LabelReplaced = "label-replaced", "identity", Stop;
    /// The unit's new label was not scanned back yet.
    LabelUnverified = "label-unverified", "identity", Stop;
    /// The first piece is not approved yet.
    FirstPiece = "first-piece", "first-piece", Stop;
    /// The golden sample is to be run first.
    GoldenDue = "golden-due", "golden-sample", Stop;
    /// The tester did not find what it should in its golden sample.
    GoldenFailed = "golden-failed", "golden-sample", Stop;
    /// The time that a paper states cannot be.
    WrongTime = "wrong-time", "paper", Stop;
    /// A paper is being entered here.
    PaperOpen = "paper-open", "paper", Stop;
    /// The ledger could not be written.
    LedgerFault = "ledger-fault", "record", Stop;
    /// There is no override for this, or none is left.
    NoOverride = "no-override", "people", Stop;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_code_is_what_is_stored() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.word()));
        }
    }
}
