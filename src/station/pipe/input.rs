//! A line of input: a scan as the scanner sent it, or a JSON object that says more.

use serde::Deserialize;

use super::labels::LabelAct;
use super::pack::Pack;
use super::receive::Receive;
use crate::domain::command::{Batch, Command, Decide};
use crate::domain::first_piece::DropFirstPiece;
use crate::domain::id::{Badge, CheckId, DefectId, DeviceId, OrderId, Point, Revision, RouteId, StepId, UnitId};
use crate::domain::label::Label;
use crate::domain::load::LoadAct;
use crate::domain::moving::RouteMove;
use crate::domain::overriding::Override;
use crate::domain::refusal::Code;
use crate::domain::reworking::Reworking;
use crate::domain::settling::Settle;
use crate::domain::text::{clipped, display_safe};
use crate::domain::time::At;
use crate::domain::watch::{WatchAct, Watching};
use crate::domain::what::{Leaving, Mapped, Removed};
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
    r#override: Option<Code>,
    #[serde(rename = "send-back")]
    send_back: Option<StepId>,
    #[serde(rename = "drop-first-piece")]
    drop_first_piece: Option<UnitId>,
    pack: Option<Pack>,
    label: Option<LabelAct>,
    explain: Option<At>,
    #[serde(rename = "move")]
    moved: Option<Moved>,
}

/// Another revision for a unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    unit: UnitId,
    route: RouteId,
    to: Revision,
    #[serde(default)]
    mapped: Vec<Mapped>,
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
    Down,
    Up,
    Note,
    Read,
    Call,
    Withdraw,
    Seen,
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
        if self.r#override.is_some() || self.send_back.is_some() || self.drop_first_piece.is_some() {
            return self.of_a_second();
        }
        if let Some(pack) = self.pack.take() {
            return self.is_empty().then(|| Input::of(pack.command()));
        }
        if let Some(label) = self.label.take() {
            let sign = self.sign.take()?;
            let input = || Input { pin: Some(Pin::given(sign.pin)), ..Input::of(label.signed(sign.badge)) };
            return self.is_empty().then(input);
        }
        if self.receive.is_some() || self.select.is_some() || self.batch.is_some() {
            return self.of_a_store();
        }
        if !self.settle.is_empty() {
            return self.of_a_history();
        }
        if self.moved.is_some() {
            return self.of_a_move();
        }
        if self.explain.is_some() {
            return self.of_an_hour();
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

    /// A second person overrides a rule, sends a unit back that nothing is wrong with, or gives a first piece up:
    /// signed, with a reason.
    fn of_a_second(self) -> Option<Input> {
        let is_alone = self.has_no_observation()
            && self.scan.is_none()
            && self.value.is_none()
            && self.command.is_none()
            && self.disposition.is_none()
            && self.to.is_none()
            && self.defect.is_none()
            && self.receive.is_none()
            && self.select.is_none();
        let (sign, reason, unit) = (self.sign?, self.reason?, self.unit);
        let pin = Some(Pin::given(sign.pin));
        let command = match (self.r#override, self.send_back, self.drop_first_piece) {
            _ if !is_alone => return None,
            (Some(rule), None, None) if self.removed.is_empty() => {
                Command::Override(Box::new(Override { unit, rule, reason, by: sign.badge, allowed: None }))
            }
            (None, None, Some(first)) if self.removed.is_empty() && unit.is_none() => {
                Command::DropFirstPiece(Box::new(DropFirstPiece { unit: first, reason, by: sign.badge }))
            }
            (None, Some(to), None) => Command::Rework(Box::new(Reworking::SendBack {
                unit,
                to,
                removed: self.removed,
                reason,
                by: sign.badge,
            })),
            _ => return None,
        };
        Some(Input { pin, ..Input::of(command) })
    }

    /// Whether the line says nothing else.
    fn is_empty(&self) -> bool {
        let asks = [self.scan.is_some(), self.value.is_some(), self.command.is_some(), self.disposition.is_some()];
        let chooses = self.receive.is_some() || self.select.is_some() || self.sign.is_some() || self.unit.is_some();
        !asks.contains(&true) && !chooses && self.has_nothing_but_a_scan() && self.device.is_none()
    }

    /// A lead moves a unit, with a reason.
    fn of_a_move(mut self) -> Option<Input> {
        let (moved, sign, reason) = (self.moved.take()?, self.sign.take()?, self.reason.take()?);
        let is_alone = self.has_nothing_but_a_scan() && self.has_no_observation() && self.unit.is_none();
        if !is_alone || self.scan.is_some() || self.value.is_some() || self.command.is_some() {
            return None;
        }
        let Moved { unit, route, to, mapped } = moved;
        let moved = RouteMove { unit, route, to, mapped, seen: None, reason, by: sign.badge };
        Some(Input { pin: Some(Pin::given(sign.pin)), ..Input::of(Command::Move(Box::new(moved))) })
    }

    /// A lead says why an hour fell short at this station.
    fn of_an_hour(mut self) -> Option<Input> {
        let (hour, sign, reason) = (self.explain.take()?, self.sign.take()?, self.reason.take()?);
        let act = WatchAct::Explain { hour, reason };
        let command = Command::Watch(Box::new(Watching { at: None, act, by: Some(sign.badge) }));
        self.is_empty().then(|| Input { pin: Some(Pin::given(sign.pin)), ..Input::of(command) })
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
        (Word::Seen, None) => Some(Command::SeenMove),
        (Word::Down, Some(reason)) => Some(watch(WatchAct::Down { reason })),
        (Word::Up, None) => Some(watch(WatchAct::Up)),
        (Word::Note, Some(text)) => Some(watch(WatchAct::Note { text })),
        (Word::Read, None) => Some(watch(WatchAct::Read)),
        (Word::Call, None) => Some(watch(WatchAct::Call)),
        (Word::Withdraw, Some(reason)) => Some(watch(WatchAct::Withdraw { reason })),
        // A unit is taken out of a load by its name.
        (Word::TakeOut, _)
        | (
            Word::Pass
            | Word::Skip
            | Word::Close
            | Word::SignOff
            | Word::Begin
            | Word::End
            | Word::Seen
            | Word::Up
            | Word::Read
            | Word::Call,
            Some(_),
        )
        | (Word::Fail | Word::Hold | Word::Void | Word::Retest | Word::Down | Word::Note | Word::Withdraw, None) => {
            None
        }
    }
}

/// Something about the station of the pipe, by whoever is signed on there.
fn watch(act: WatchAct) -> Command {
    Command::Watch(Box::new(Watching { at: None, act, by: None }))
}

/// A command, said of a unit where the line names one. What concerns the whole station is said of none.
fn said_of(command: Command, unit: Option<UnitId>) -> Option<Command> {
    match unit {
        None => Some(command),
        Some(unit) => command.is_about_the_open_unit().then(|| command.of(&unit)),
    }
}
