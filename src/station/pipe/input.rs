//! A line of input: a scan as the scanner sent it, or a JSON object that says more.

use serde::Deserialize;

use super::receive::Receive;
use crate::domain::command::{Batch, Command, Decide};
use crate::domain::id::{Badge, CheckId, DefectId, DeviceId, OrderId, Point, StepId, UnitId};
use crate::domain::label::Label;
use crate::domain::load::LoadAct;
use crate::domain::settling::Settle;
use crate::domain::text::{clipped, display_safe};
use crate::domain::what::{Leaving, Removed};
use crate::station::pin::Pin;

/// Bytes that a JSON line may have. A scan has its own, smaller limit.
pub const LINE_BYTES_MOST: usize = 64 * 1024;
/// Characters of a malformed line that its refusal keeps.
const MALFORMED_CHARS_KEPT: usize = 80;
/// The device of a scan that names none: a line is a scan as the scanner sent it, never typed.
const PIPE: &str = "pipe";

/// What a line asks for.
pub struct Input {
    /// The command.
    pub command: Command,
    /// A lot that whoever is signed on receives. Where nobody is, the command stands as it is.
    pub receive: Option<Box<Receive>>,
    /// The PIN that came with it, checked before the command is given and kept nowhere.
    pub pin: Option<Pin>,
    /// What a scan came by: the device that the line names, or the pipe itself.
    pub device: Option<DeviceId>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Line {
    scan: Option<String>,
    device: Option<DeviceId>,
    unit: Option<UnitId>,
    value: Option<String>,
    check: Option<CheckId>,
    point: Option<Point>,
    gauge: Option<DeviceId>,
    command: Option<Word>,
    reason: Option<String>,
    sign: Option<Signature>,
    disposition: Option<Decide>,
    settle: Vec<String>,
    to: Option<StepId>,
    removed: Vec<Removed>,
    defect: Option<DefectId>,
    receive: Option<Receive>,
    select: Option<Selected>,
    batch: Option<Batch>,
}

/// What new units begin under, or what is measured with: the same as its scanned label.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Selected {
    Order(OrderId),
    Gauge(DeviceId),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    badge: Badge,
    pin: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Pass,
    Fail,
    Hold,
    Void,
    Retest,
    Skip,
    Close,
    SignOff,
    Begin,
    End,
    TakeOut,
}

/// Reads one line, its end removed. Whatever cannot be read becomes a command too: one that is refused and recorded.
pub fn read(line: &[u8]) -> Input {
    if line.first() != Some(&b'{') {
        return Input::scan(line, None, None);
    }
    let read = std::str::from_utf8(line).ok().filter(|_| line.len() <= LINE_BYTES_MOST);
    let read = read.and_then(|text| serde_json::from_str::<Line>(text).ok());
    read.and_then(Line::input).unwrap_or_else(|| malformed(line))
}

/// The line as a command that is always refused. A PIN may be in it, so only what surely is none is kept.
fn malformed(line: &[u8]) -> Input {
    let text = String::from_utf8_lossy(line.get(..MALFORMED_CHARS_KEPT * 4).unwrap_or(line));
    let input = if text.contains("pin") || text.contains("PIN") {
        "{...}".to_owned()
    } else {
        clipped(&display_safe(&text), MALFORMED_CHARS_KEPT).into_owned()
    };
    Input::of(Command::Malformed { input })
}

impl Input {
    fn of(command: Command) -> Self {
        Self { command, receive: None, pin: None, device: None }
    }

    fn scan(label: &[u8], unit: Option<UnitId>, device: Option<DeviceId>) -> Self {
        let device = device.or_else(|| DeviceId::parse(PIPE).ok());
        Self { device, ..Self::of(Command::Scan { label: Label::read(label), unit }) }
    }
}

impl Line {
    /// The one thing that the line asks for; none where it asks for nothing, or for two things.
    fn input(mut self) -> Option<Input> {
        if self.receive.is_some() || self.select.is_some() || self.batch.is_some() {
            return self.of_a_store();
        }
        if !self.settle.is_empty() {
            return self.of_a_history();
        }
        let asks = [self.scan.is_some(), self.value.is_some(), self.command.is_some(), self.disposition.is_some()];
        let sign = self.sign.take();
        match (asks, sign) {
            ([true, false, false, false], None) if self.has_nothing_but_a_scan() => {
                Some(Input::scan(self.scan?.as_bytes(), self.unit, self.device))
            }
            ([false, true, false, false], None) if self.reason.is_none() && self.has_no_disposition() => {
                Some(Input::of(Command::Value {
                    value: self.value?,
                    check: self.check,
                    point: self.point,
                    gauge: self.gauge,
                    unit: self.unit,
                }))
            }
            ([false, false, true, false], None) if self.has_no_observation() && self.has_no_disposition() => {
                if let (Word::TakeOut, None, Some(unit)) = (self.command?, &self.reason, &self.unit) {
                    return Some(Input::of(Command::Load(LoadAct::TakeOut { unit: unit.clone() })));
                }
                said_of(command(self.command?, self.reason)?, self.unit).map(Input::of)
            }
            ([false, false, false, true], Some(sign)) if self.has_no_observation() => {
                let command = Command::Dispose {
                    unit: self.unit,
                    decision: self.disposition?,
                    to: self.to,
                    removed: self.removed,
                    defect: self.defect,
                    reason: self.reason?,
                    badge: sign.badge,
                };
                Some(Input { pin: Some(Pin::given(sign.pin)), ..Input::of(command) })
            }
            ([false, false, false, false], Some(sign)) if self.reason.is_none() => {
                let pin = Some(Pin::given(sign.pin));
                let command = said_of(Command::Sign { badge: sign.badge }, self.unit)?;
                Some(Input { pin, ..Input::of(command) })
            }
            _ => None,
        }
    }

    /// A lead ends what is broken in the history of a unit.
    fn of_a_history(self) -> Option<Input> {
        let asks = self.scan.is_some() || self.value.is_some() || self.command.is_some() || self.disposition.is_some();
        let is_alone = !asks && self.has_no_observation() && self.removed.is_empty() && self.defect.is_none();
        let (Some(unit), Some(reason), Some(sign)) = (self.unit, self.reason, self.sign) else { return None };
        let settle = Settle { unit, events: self.settle, to: self.to, reason, by: sign.badge };
        let input = Input { pin: Some(Pin::given(sign.pin)), ..Input::of(Command::Settle(settle)) };
        is_alone.then_some(input)
    }

    /// A lot that came in, an order or a gauge that is chosen, pieces that move: the line says nothing else.
    fn of_a_store(self) -> Option<Input> {
        let is_alone = self.has_nothing_but_a_scan()
            && self.has_no_observation()
            && self.unit.is_none()
            && self.scan.is_none()
            && self.value.is_none()
            && self.command.is_none()
            && self.settle.is_empty()
            && self.disposition.is_none();
        if let (Some(batch), true) = (self.batch, is_alone && self.receive.is_none() && self.select.is_none()) {
            let badge = self.sign.as_ref().map(|s| s.badge.clone());
            let pin = self.sign.map(|s| Pin::given(s.pin));
            return Some(Input { pin, ..Input::of(Command::Batch(batch.signed(badge)?)) });
        }
        match (self.receive, self.select, self.sign) {
            _ if !is_alone => None,
            (Some(receive), None, sign) => {
                let receive = receive.signed(sign.as_ref().map(|s| &s.badge))?;
                let pin = sign.map(|s| Pin::given(s.pin));
                let input = Input { pin, ..Input::of(receive.command(None)) };
                Some(Input { receive: receive.is_open().then(|| Box::new(receive)), ..input })
            }
            (None, Some(Selected::Order(order)), None) => Some(Input::scan(order.as_str().as_bytes(), None, None)),
            (None, Some(Selected::Gauge(gauge)), None) => Some(Input::scan(gauge.as_str().as_bytes(), None, None)),
            _ => None,
        }
    }

    fn has_no_observation(&self) -> bool {
        self.check.is_none() && self.point.is_none() && self.gauge.is_none() && self.device.is_none()
    }

    fn has_no_disposition(&self) -> bool {
        self.to.is_none() && self.removed.is_empty() && self.defect.is_none()
    }

    fn has_nothing_but_a_scan(&self) -> bool {
        let no_check = self.check.is_none() && self.point.is_none() && self.gauge.is_none();
        no_check && self.reason.is_none() && self.has_no_disposition()
    }
}

fn command(word: Word, reason: Option<String>) -> Option<Command> {
    match (word, reason) {
        (Word::Pass, None) => Some(Command::Pass),
        (Word::Skip, None) => Some(Command::Skip),
        (Word::Close, None) => Some(Command::Close),
        (Word::Begin, None) => Some(Command::Load(LoadAct::Begin)),
        (Word::End, None) => Some(Command::Load(LoadAct::End)),
        (Word::SignOff, None) => Some(Command::SignOff { why: Leaving::SignOff }),
        (Word::Fail, Some(reason)) => Some(Command::Fail { reason }),
        (Word::Hold, Some(reason)) => Some(Command::Hold { reason }),
        (Word::Void, Some(reason)) => Some(Command::Void { reason }),
        (Word::Retest, Some(reason)) => Some(Command::Retest { reason }),
        // A unit is taken out of a load by its name.
        (Word::TakeOut, _)
        | (Word::Pass | Word::Skip | Word::Close | Word::SignOff | Word::Begin | Word::End, Some(_))
        | (Word::Fail | Word::Hold | Word::Void | Word::Retest, None) => None,
    }
}

/// A command, said of a unit where the line names one. What concerns the whole station is said of none.
fn said_of(command: Command, unit: Option<UnitId>) -> Option<Command> {
    match unit {
        None => Some(command),
        Some(unit) => command.is_about_the_open_unit().then(|| command.of(&unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(line: &str) -> Command {
        read(line.as_bytes()).command
    }

    #[test]
    fn each_form_of_the_contract_is_read() {
        assert!(matches!(command("PC226-000001"), Command::Scan { label: Label::Text(t), .. } if t == "PC226-000001"));
        let named = read(br#"{"scan":"A","device":"DS2208"}"#);
        assert_eq!(named.device.unwrap().as_str(), "DS2208");
        assert_eq!(read(b"PC226-000001").device.unwrap().as_str(), "pipe");
        assert_eq!(read(br#"{"value":"2.21"}"#).device, None);
        let value = command(r#"{"value":"2.21","check":"torque","point":"A","gauge":"G-7"}"#);
        assert!(matches!(value, Command::Value { check: Some(c), gauge: Some(_), .. } if c.as_str() == "torque"));
        assert_eq!(command(r#"{"command":"pass"}"#), Command::Pass);
        assert_eq!(command(r#"{"command":"void","reason":"typo"}"#), Command::Void { reason: "typo".to_owned() });
        let signed = read(br#"{"sign":{"badge":"OP-3001","pin":"271828"}}"#);
        assert!(signed.pin.is_some());
        let disposed = command(
            r#"{"disposition":"rework","reason":"loose","to":"30","removed":[{"serial":"B1","fate":"scrap"}],
                "sign":{"badge":"L","pin":"271828"}}"#,
        );
        assert!(matches!(disposed, Command::Dispose { decision: Decide::Rework, removed, .. } if removed.len() == 1));
        assert_eq!(command(r#"{"command":"skip"}"#), Command::Skip);
        let unit = "U-7".parse().unwrap();
        let of = command(r#"{"command":"pass","unit":"U-7"}"#);
        assert_eq!(of, Command::For { unit, command: Box::new(Command::Pass) });
        let signed = command(r#"{"sign":{"badge":"OP-3001","pin":"271828"},"unit":"U-7"}"#);
        assert!(matches!(signed, Command::For { command, .. } if matches!(*command, Command::Sign { .. })));
    }

    #[test]
    fn an_order_or_a_gauge_is_chosen_as_if_its_label_was_scanned() {
        for (chosen, label) in [(r#"{"select":{"order":"88120"}}"#, "88120"), (r#"{"select":{"gauge":"G-7"}}"#, "G-7")]
        {
            let (chosen, scanned) = (read(chosen.as_bytes()), read(label.as_bytes()));
            assert_eq!((chosen.command, chosen.device), (scanned.command, scanned.device));
        }
    }

    #[test]
    fn a_lot_comes_in_by_whoever_signs_is_named_or_is_signed_on() {
        let here: Badge = "OP-2001".parse().unwrap();
        let lot = r#""lot":"L-7","part":"SEAL","quantity":"40","expires":"2030-01-01","quarantine":true"#;
        let open = read(format!(r#"{{"receive":{{{lot},"label":"]d2..."}}}}"#).as_bytes());
        assert!(matches!(open.command, Command::Malformed { .. }), "where nobody is signed on");
        let by_operator = open.receive.unwrap().command(Some(&here));
        assert!(matches!(
            &by_operator,
            Command::ReceiveLot { lot, quantity, quarantine: true, label: Some(_), by, .. }
                if lot.as_str() == "L-7" && quantity.to_string() == "40" && *by == here
        ));
        let sign = r#""sign":{"badge":"OP-8","pin":"271828"}"#;
        for (line, who, has_pin) in [
            (format!(r#"{{"receive":{{{lot},"by":"OP-9"}}}}"#), "OP-9", false),
            (format!(r#"{{"receive":{{{lot}}},{sign}}}"#), "OP-8", true),
        ] {
            let named = read(line.as_bytes());
            assert!(matches!(&named.command, Command::ReceiveLot { by, .. } if by.as_str() == who), "{line}");
            assert_eq!((named.receive.is_none(), named.pin.is_some()), (true, has_pin), "{line}");
        }
        for bad in [
            format!(r#"{{"receive":{{{lot},"colour":"red"}}}}"#),
            format!(r#"{{"receive":{{{lot}}},"unit":"U"}}"#),
            format!(r#"{{"receive":{{{lot},"by":"OP-9"}},{sign}}}"#),
            r#"{"receive":{"lot":"L-7"}}"#.to_owned(),
            r#"{"select":{"order":"1","gauge":"2"}}"#.to_owned(),
            r#"{"select":{"order":"1"},"scan":"A"}"#.to_owned(),
            r#"{"select":{"unit":"1"}}"#.to_owned(),
        ] {
            assert!(matches!(command(&bad), Command::Malformed { .. }), "{bad}");
        }
    }

    #[test]
    fn whatever_cannot_be_read_is_refused_and_keeps_no_pin() {
        for bad in [
            "{",
            r#"{"scan":"A","value":"1"}"#,
            r#"{"command":"fail"}"#,
            r#"{"command":"pass","reason":"x"}"#,
            r#"{"command":"sign-off","unit":"U"}"#,
            r#"{"unknown":1}"#,
            r#"{"disposition":"scrap","reason":"x"}"#,
            r#"{"value":"1","check":"a b"}"#,
            "{}",
        ] {
            assert!(matches!(command(bad), Command::Malformed { .. }), "{bad}");
        }
        let secret = command(r#"{"sign":{"badge":"OP-3001","pin":"271828"}"#);
        assert_eq!(secret, Command::Malformed { input: "{...}".to_owned() });
    }
}
