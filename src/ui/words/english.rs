//! The gate's words in English: what is wrong, what to do about it, and what was done.

use crate::domain::gate::decision::Did;
use crate::domain::refusal::Code;

const NOT_QUALIFIED: &str =
    "A valid qualification[ {qualification}] is missing for this step[; it ended on {expired}].";
const SECOND_PERSON: &str = "[You are learning {qualification}: a supervisor is needed beside you|Who worked at step \
    {since} neither does nor signs step {step}|Whoever did the work does not sign it].";
const CONFIRM_VALUE: &str =
    "[{value}|The value] is outside [{limits}|its limits]. The same again records it as failed.";
const WRONG_IDENTIFIER: &str = "[This label lacks {field}, which the route asks for|{label} has not the form that the \
    route asks for|This has not the form that the route asks for].";
const LOT_EXPIRED: &str = "[Lot {lot}|Component {serial}|This lot] [was open for too long, until {until}|was open for \
    too long: {limits}|has expired: {expired}|has expired].";
const GAUGE_MISSING: &str = "[Gauge {gauge} measures {found_kind}; needed is {kind}|Gauge {gauge} measures \
    {found_kind}; here it is not needed|Gauge {gauge} is not registered|No gauge for {kind} is chosen|No gauge is \
    chosen].";
const GAUGE_OVERDUE: &str = "[Gauge {gauge}|The gauge] [may not be used: {standing}|was due for calibration on \
    {expired}|is overdue for calibration].";
const TOO_EARLY: &str =
    "Not enough time has passed[ since step {since}][: at least {allowed} minutes][; wait until {until}].";
const TOO_LATE: &str =
    "Too much time has passed[ since step {since}][: at most {allowed} minutes][; it had to be by {until}].";
const CLOCK_UNTRUSTED: &str = "The clock cannot be trusted[: the time since step {since} is not known|: whether {lot} \
    has expired is not known|: whether {gauge} is in calibration is not known].";
const INCOMPLETE_RECORD: &str = "[{unit} is not finished: step {due_step} is due|The record of {unit} lacks {check} at \
    step {step}|The record of {unit} lacks {part} at step {step}|The record of {unit} is incomplete at step {step}|The \
    record of {serial} is incomplete|The record of {unit} is incomplete|The record of this unit is incomplete].";
const WRONG_TIME: &str = "The time of the paper[ {at}] cannot be[: {unit} has a record of {until}|: load {load} \
    began at {until}|: the limit is {until}].";
const MUST_NOT_MIX: &str = "[{unit}|Carton {carton}|This] does not belong here[: {value}, not {fits}].";

const FIRST_PIECE: &str = "The first piece[ of order {order}| of lot {lot}][, {first},] is not approved yet.";
const GOLDEN_DUE: &str = "The golden sample of this tester is due[: {fits}][; its last run was at {at}].";

const CONFIRM_START: &str = "[New batch {unit} of {pieces} pieces{of_pieces}. Scan it again, or type how many.|\
    {value} is no number of pieces{of_pieces}: 1 to {allowed}.|\
    New batch {unit}{of_pieces}. Type how many pieces it has.|\
    New unit {unit} on {route}. Scan it again to begin it.|New unit. Scan it again to begin it.]";
const ORDER_FULL: &str = "Work order[ {order}] is full[: it asks for {left} pieces more, and not for {pieces}|\
    : {allowed} units|: {needed} units].";
const NOT_ALIKE: &str = "[{unit}|The batch] and [{in_unit}|the other] are not alike[: {field}][ {fits}].";

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub(super) fn message(code: Code) -> &'static str {
    match code {
        Code::NotSignedOn => "Nobody is signed on at this station.",
        Code::UnknownBadge => "This badge does not count here.",
        Code::WrongPin => "The PIN is wrong[: {standing}|: try {tries} of {allowed}].",
        Code::LockedOut => "This badge is locked after too many wrong PINs[, until {until}].",
        Code::Role => "This needs the role [{role}|that the step names].",
        Code::NotQualified => NOT_QUALIFIED,
        Code::SecondPerson => SECOND_PERSON,
        Code::UnknownLabel => "Nothing known reads [{label}|like this].",
        Code::AmbiguousLabel => "This label fits more than one thing[: {fits}].",
        Code::Misread => "The label came in damaged[: {why}].",
        Code::ScannerTest => "Scanner test[: {why}].",
        Code::BadInput => "This cannot be done so[; possible: {fits}].",
        Code::ConfirmStart => CONFIRM_START,
        Code::ConfirmValue => CONFIRM_VALUE,
        Code::Implausible => "[{value}|The value] cannot be right[: believable is {limits}].",
        Code::WhichUnit => {
            "[{unit} is not the one that is open|{label} could be for {fits}|Open are {fits}|It is not the open unit]."
        }
        Code::LoadOpen => "[Load {load} is open here|The unit goes through a load][: at most {allowed} units].",
        Code::UnitOpen => "[{unit}|Another unit] is not finished[ at step {step}][; open at {station}].",
        Code::WrongIdentifier => WRONG_IDENTIFIER,
        Code::UnknownUnit => "[{unit}|{serial}|This unit] is not on record.",
        Code::DuplicateSerial => "[{unit}|{lot}|This number] exists already[, in {in_unit}].",
        Code::OutOfSequence => "Another step is due first[: step {due_step}].",
        Code::AlreadyPassed => "This is done already[: step {step}].",
        Code::WrongStation => "This unit is due at [{due_station}|another station][, step {due_step}].",
        Code::NothingOpen => "No unit is open here.",
        Code::CheckMissing => "A check is missing[: {check}][ {point}].",
        Code::CheckFailed => "A check failed[: {check}][ {point}][ {value}].",
        Code::SignatureMissing => "The signature is missing[ ({role})].",
        Code::StaleScan => "This scan was made before the screen changed.",
        Code::CheckMalformed => "[{value}|This] is no answer[ to {check}][; asked for is {limits}].",
        Code::AlreadyRecorded => "That is recorded already[, at {at}].",
        Code::MaterialMissing => "Material is missing[: {needed} of {part}].",
        Code::WrongPart => "This is [{found_part}|{label}|another part][; needed is {part}].",
        Code::UnknownLot => "No lot [{label}|of this number] was received.",
        Code::LotOnHold => "Lot[ {lot}] may not be used[: {standing}].",
        Code::LotExpired => LOT_EXPIRED,
        Code::LotExhausted => "Lot[ {lot}] is used up[: {left} left, {needed} needed].",
        Code::AlreadyInstalled => "[{serial}|{unit}|This component] is in [{in_unit}|another unit].",
        Code::TypedEntry => "Here only a scan or a gauge counts.",
        Code::OrderMissing => "No work order is chosen for [{unit}|this unit][ ({route})].",
        Code::OrderFull => ORDER_FULL,
        Code::OrderClosed => "Work order[ {order}] is closed.",
        Code::NotInOrder => "[{unit}|The unit] does not belong to work order[ {order}][: {limits}].",
        Code::RouteWithdrawn => "Route[ {route}][ {revision}] is withdrawn. No new unit begins on it.",
        Code::GaugeMissing => GAUGE_MISSING,
        Code::GaugeOverdue => GAUGE_OVERDUE,
        Code::TooEarly => TOO_EARLY,
        Code::TooLate => TOO_LATE,
        Code::OnHold => "[{serial}|{unit}|This] is on hold[ (in {in_unit})][: {reason}][; also: {fits}].",
        Code::Nonconforming => "[{unit}|This unit] failed[ step {step}][: {check}][ {value}][, {reason}].",
        Code::Scrapped => "[{serial}|{unit}|This] is scrapped.",
        Code::TooMany => "[{unit}|The batch] has not so many pieces[: {pieces}][; at most {left} can go].",
        Code::NotAlike => NOT_ALIKE,
        Code::AttemptsUsed => "No attempt is left[ at step {step}][; allowed are {allowed}].",
        Code::Dispatched => "[{unit}|This unit] has left.",
        Code::RouteNotReleased => "The route[ {route}][ {revision}] is not released.",
        Code::RouteChanged => "The route differs from its released text.",
        Code::ClockUntrusted => CLOCK_UNTRUSTED,
        Code::HubUnreachable => "The plant's hub is out of reach.",
        Code::Fork => "[{serial}|{unit}|This unit] has two histories that do not fit[ (in {in_unit})].",
        Code::IncompleteRecord => INCOMPLETE_RECORD,
        Code::StationDown => "[{station}|This station] is down[: {reason}][; since {at}].",
        Code::NoSuchStep => "Revision [{revision}|that] has no step [{step}|that the unit passed].",
        Code::LedgerFault => "The record could not be written.",
        Code::NoOverride => {
            "There is no override[ of {kind}][: {tries} of {allowed} in this shift are used][; possible: {fits}]."
        }
        Code::AlreadyPacked => {
            "[{unit}|Carton {carton}|This] is [in carton {in_carton}|on shipment {shipment}|packed] already."
        }
        Code::CartonFull => "Carton[ {carton}] is full[: {allowed} units].",
        Code::CartonClosed => "Carton[ {carton}] is closed.",
        Code::CartonOpen => "The label of carton[ {carton}] was not scanned back yet.",
        Code::CartonMissing => "No carton is at hand[ for {unit}].",
        Code::CartonNotFull => {
            "Carton[ {carton}] is not full[: {tries} of {allowed} units]. Count; the same scan closes it."
        }
        Code::WrongCarton => "This is carton [{label}|of another number]; at hand is [{carton}|another].",
        Code::UnknownCarton => "Carton[ {carton}] is not on record.",
        Code::UnknownShipment => "Shipment[ {shipment}] is not on record.",
        Code::MustNotMix => MUST_NOT_MIX,
        Code::NotPacked => {
            "[{unit} is in no carton|Carton {carton} is empty|Nothing is on shipment {shipment}|Not packed]."
        }
        Code::NotProduction => "[{unit}|This unit] is not to be sold[: {kind}].",
        Code::WrongTime => WRONG_TIME,
        Code::PaperOpen => "A paper is being entered here[, of {at}].",
        Code::LabelReplaced => "Label[ {label}] counts no more[: the label of this unit is {fits}].",
        Code::LabelUnverified => "The new label of [{unit}|the unit] was not scanned back yet[: {fits}].",
        Code::FirstPiece => FIRST_PIECE,
        Code::GoldenDue => GOLDEN_DUE,
        Code::GoldenFailed => "This tester did not find what it should[ in sample {first}][ ({check})][, at {at}].",
    }
}

/// What to do about it: the next physical action first.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub(super) fn what_to_do(code: Code) -> &'static str {
    match code {
        Code::NotSignedOn => "Scan your badge first.",
        Code::UnknownBadge => "Scan your own badge. A lead enrols new people.",
        Code::WrongPin => "[{remedy}|Scan the badge again, then type the PIN.]",
        Code::LockedOut => "Wait[ until {until}], or let a lead give you a new PIN.",
        Code::Role => "Put the unit down and call somebody with the role [{role}|that is needed].",
        Code::NotQualified => "Put the unit down and call somebody who is qualified[ for {qualification}].",
        Code::SecondPerson => {
            "[Call somebody who is qualified for {qualification}: scan their badge now.|\
             Call another person to do the work, or to check and sign it.]"
        }
        Code::UnknownLabel => "Look which label is needed, and scan that one.",
        Code::AmbiguousLabel => "Put the piece aside and ask a lead. Nothing was guessed.",
        Code::Misread => "[{remedy}|Scan it again. If it stays so, replace the label.]",
        Code::ScannerTest => "[{remedy}|Scan the test again.]",
        Code::BadInput => "Look what is asked for, and enter that.",
        Code::ConfirmStart => "[Count the pieces{of_pieces}, and type the number.|Scan the same label again.]",
        Code::ConfirmValue => "Measure again. Enter what you read now.",
        Code::Implausible => "Measure again, and look at the decimal point.",
        Code::LoadOpen => "Finish the load first, or put the unit into the next one.",
        Code::WhichUnit => "Scan the label of the unit in front of you.",
        Code::UnitOpen => "Take [{unit}|the open unit] back in hand: finish it, or put it down first.",
        Code::WrongIdentifier => "Scan the label of [{part} that has its number|the unit itself].",
        Code::UnknownUnit => "Look at the label and scan it again.",
        Code::DuplicateSerial => "Put [the lot {lot}|the unit] aside and ask a lead: its number is taken.",
        Code::OutOfSequence => "Put the unit back[ to step {due_step}].",
        Code::AlreadyPassed => "Pass the unit on. Here is nothing to do.",
        Code::WrongStation => "Bring the unit to [{due_station}|the station where it is due].",
        Code::NothingOpen => "Scan the label of the unit.",
        Code::CheckMissing => "Do the check[ {check}][ {point}], and enter it.",
        Code::CheckFailed => "Leave the unit where it is. Try again with a reason, or fail the step.",
        Code::SignatureMissing => "Call [{role}|whoever signs] to scan the badge.",
        Code::StaleScan => "Look at the screen, then scan again.",
        Code::CheckMalformed => "Enter it as asked. Decimals have a point and all digits.",
        Code::AlreadyRecorded => "Go on with the next.",
        Code::MaterialMissing => "Take [{part}|the missing material] and scan it.",
        Code::WrongPart => "Put it back[, take {part} and scan that|; nothing more of it is needed here].",
        Code::UnknownLot => "Put the material aside. Somebody must receive the lot first.",
        Code::LotOnHold => "Put the material aside, take another lot and scan it.",
        Code::LotExpired => "Put the material aside, marked as expired. Take another lot and scan it.",
        Code::LotExhausted => "Put the rest aside, take another lot and scan it.",
        Code::AlreadyInstalled => "Put the component aside and take another. Look for the one that has its number.",
        Code::TypedEntry => "Use a scanner that is set up at this terminal, or the gauge.",
        Code::OrderMissing => "Scan the work order, or choose it by F2. Then scan the unit again.",
        Code::OrderFull | Code::OrderClosed => "Put the unit back. Choose the next work order by F2, or ask a lead.",
        Code::NotInOrder => "Put the unit aside and choose its work order, or ask a lead.",
        Code::RouteWithdrawn | Code::RouteNotReleased | Code::RouteChanged => {
            "Put the unit aside and ask a lead for the released route."
        }
        Code::GaugeMissing => "[Put {gauge} back. ]Take a gauge[ for {kind}] and scan its label.",
        Code::GaugeOverdue => "Put the gauge aside for calibration. Take another and scan its label.",
        Code::TooEarly => {
            "[Leave {load} in until {until}, and end it then.|Leave {load} in, and end it later.|\
             Put the unit back to wait until {until}. Scan it again then.|\
             Put the unit back to wait. Scan it again later.]"
        }
        Code::TooLate => "Put the unit on the hold rack. A lead decides what becomes of it (F9).",
        Code::OnHold => "Put the unit on the hold rack and tell a lead.",
        Code::Nonconforming | Code::AttemptsUsed => "Put the unit on the red rack. A lead decides.",
        Code::Scrapped => "Put it in the scrap bin, marked.",
        Code::TooMany => "Count the pieces again, and type the number.",
        Code::NotAlike => "Keep the two batches apart.",
        Code::Dispatched => "Put the unit aside and tell a lead: it should not be here.",
        Code::ClockUntrusted => "Put the unit aside and call a technician to set the clock.",
        Code::HubUnreachable => "Put the unit aside and tell a lead.",
        Code::IncompleteRecord => {
            "[Bring {unit} to step {due_step} first, and take a finished one.|\
             Put the unit on the hold rack and call a lead, who decides about its record.]"
        }
        Code::Fork => "Put the unit on the hold rack and call a lead, who decides about its record.",
        Code::StationDown => "Leave the unit. When the station works again, say so by F11.",
        Code::NoSuchStep => "Leave the unit as it is. Name the step that takes its place[: {fits}].",
        Code::LedgerFault => "Leave the unit where it is and call a technician.",
        Code::NoOverride => "Put the unit down. Quality decides whether a permit is opened.",
        Code::AlreadyPacked => "Put it back where it belongs, and take the next.",
        Code::CartonFull => "Scan the carton's label to close it. Then take the next carton.",
        Code::CartonClosed => "Take another carton. A lead opens a closed one.",
        Code::CartonOpen => "Scan the label on the carton to close it.",
        Code::CartonMissing => "Scan the label of the carton first, then the unit.",
        Code::CartonNotFull => "Count what is in the carton. Is it right, scan its label again.",
        Code::WrongCarton => "Scan the label of the carton in front of you. Put the other one aside.",
        Code::UnknownCarton => "Look at the label. A carton begins where units are packed.",
        Code::WrongTime => "Look at the paper again: date and time, and which unit it is about.",
        Code::PaperOpen => "Enter the rest of the paper and end it. Then do the other thing.",
        Code::LabelReplaced => "Look for the valid label[ {fits}] on the unit, and scan that. Tear the old one off.",
        Code::LabelUnverified => "Put the new label[ {fits}] on the unit, and scan it there.",
        Code::UnknownShipment => "Look at the delivery note. The office opens the shipment.",
        Code::MustNotMix => "Put it aside for the carton or shipment that it belongs to. Take the next.",
        Code::NotPacked => "[Pack {unit} into a carton first.|Pack or load something first.]",
        Code::NotProduction => "Put the unit aside and tell a lead. It is neither packed nor sold.",
        Code::FirstPiece => "Put the unit back. Finish [{first}|the first piece] and call quality to approve it.",
        Code::GoldenDue => "Put the unit aside. Take the sample[ {fits}], scan it and test it.",
        Code::GoldenFailed => {
            "Stop testing. Call a technician to look at the tester, then run the sample[ {fits}] again."
        }
    }
}

/// The rule behind a refusal, by the name of its group.
pub(super) fn rule(code: Code) -> &'static str {
    match code.rule() {
        "people" => "Only people who are known and may do it work here, each in their own name.",
        "input" => "What comes in must read for certain. Nothing is guessed.",
        "identity" => "Every unit has one number, for ever.",
        "one-unit-at-a-time" => "A station works on one unit at a time.",
        "sequence" => "Steps are done in the order of the route, each at its station.",
        "checks" => "A step passes only with all of its checks passed.",
        "signature" => "A step that asks for a signature passes only with it.",
        "material" => "Only the right material, free to use, goes in, and all of it.",
        "order" => "Units are made under their work order.",
        "route" => "Work follows a released route.",
        "gauge" => "Measurements are made with gauges in calibration.",
        "batch" => "Pieces of a batch go together, and none is lost.",
        "station" => "Nothing is worked on at a station that is down.",
        "first-piece" => "The first piece is approved before the second one is begun.",
        "golden-sample" => "A tester proves by its golden sample that it tells good from bad.",
        "packing" => "A unit is in one carton at a time, and only what is whole leaves.",
        "standing" => "A unit that is held, failed, scrapped or gone is not worked on.",
        _ => "What is not recorded for certain did not happen.",
    }
}

/// What was done.
#[expect(clippy::too_many_lines, reason = "a text for each answer")]
pub(super) fn did(did: Did) -> &'static str {
    match did {
        Did::SignedOn => "Signed on",
        Did::SignedOff => "Signed off",
        Did::BadgeRead => "Badge read; the PIN is next",
        Did::SignatureOpened => "Badge read; the PIN signs",
        Did::UnitOpened => "Unit open",
        Did::LoadEntered => "In the load",
        Did::LoadLeft => "Out of the load",
        Did::LoadBegun => "Load begun",
        Did::LoadEnded => "Load ended",
        Did::MaterialInstalled => "Material recorded",
        Did::MaterialVerified => "Component verified",
        Did::CheckRecorded => "Check recorded",
        Did::RetestBegun => "Another attempt begun",
        Did::SignatureRecorded => "Signed",
        Did::StepPassed => "Step passed",
        Did::StepFailed => "Step failed",
        Did::UnitCompleted => "Unit complete",
        Did::UnitDispatched => "Unit dispatched",
        Did::UnitHeld => "Unit on hold",
        Did::HoldReleased => "Hold released",
        Did::HistorySettled => "History settled",
        Did::Voided => "Last entry taken back",
        Did::Disposed => "Decision recorded",
        Did::Closed => "Unit put down",
        Did::Enrolled => "Person enrolled",
        Did::Revoked => "Badge revoked",
        Did::PinChanged => "PIN changed",
        Did::PinConfirmed => "Recovered PIN confirmed",
        Did::RouteReleased => "Route released",
        Did::RouteWithdrawn => "Route withdrawn",
        Did::LotReceived => "Lot received",
        Did::LotChanged => "Lot changed",
        Did::LotLoaded => "Lot loaded",
        Did::OrderSelected => "Order selected",
        Did::GaugeSelected => "Gauge selected",
        Did::StepSkipped => "Step left out",
        Did::UnitsHeld => "Units on hold",
        Did::Recovered => "Components recovered",
        Did::OrderOpened => "Order opened",
        Did::OrderClosed => "Order closed",
        Did::GaugeRegistered => "Gauge registered",
        Did::GaugeChanged => "Gauge changed",
        Did::Qualified => "Qualifications changed",
        Did::BatchSplit => "Batch split",
        Did::BatchMerged => "Batches merged",
        Did::PiecesRejected => "Pieces put aside as failed",
        Did::LabelReplaced => "Label replaced: scan the new one",
        Did::LabelReprinted => "Label printed once more",
        Did::LabelVerified => "New label scanned back",
        Did::PaperBegun => "From now on read from paper",
        Did::PaperEnded => "All of the paper is entered",
        Did::SentBack => "Sent back",
        Did::ScrapReversed => "Scrap reversed",
        Did::ComponentJudged => "Decided about the component",
        Did::PermitOpened => "Permit opened",
        Did::PermitClosed => "Permit closed",
        Did::Overridden => "Override recorded",
        Did::RouteMoved => "Moved to the revision",
        Did::MoveSeen => "Move acknowledged",
        Did::StationDown => "Station is down",
        Did::StationUp => "Station works again",
        Did::NoteLeft => "Note left",
        Did::NoteRead => "Notes read",
        Did::LeadCalled => "Lead called",
        Did::CallWithdrawn => "Call withdrawn",
        Did::CallAnswered => "Lead is here",
        Did::HourExplained => "Reason recorded",
        Did::CartonBegun => "Carton begun",
        Did::CartonOpened => "Carton taken up",
        Did::UnitPacked => "Unit packed",
        Did::UnitUnpacked => "Unit taken out of its carton",
        Did::CartonClosed => "Carton closed",
        Did::ShipmentOpened => "Shipment opened",
        Did::ShipmentSelected => "Shipment chosen",
        Did::CartonLoaded => "Carton loaded",
        Did::UnitLoaded => "Unit loaded",
        Did::Unloaded => "Unloaded",
        Did::PutAside => "Put aside",
        Did::ShipmentDispatched => "Shipment dispatched",
        Did::UnitReturned => "Unit returned",
        Did::ReturnEnded => "Return ended",
        Did::FirstPieceApproved => "First piece approved",
        Did::FirstPieceDropped => "First piece given up",
        Did::GoldenPassed => "Golden sample: the tester is good",
        Did::GoldenFailed => "Golden sample: THE TESTER FAILED",
    }
}
