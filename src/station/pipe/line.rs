//! A JSON line of input: the one thing that it asks for, and what it says of it.

use serde::Deserialize;

use super::input::Input;
use super::labels::LabelAct;
use super::pack::Pack;
use super::receive::Receive;
use crate::domain::command::{Batch, Command, Decide};
use crate::domain::first_piece::DropFirstPiece;
use crate::domain::id::{Badge, CheckId, DefectId, DeviceId, OrderId, Point, Revision, RouteId, StepId, UnitId};
use crate::domain::load::LoadAct;
use crate::domain::moving::RouteMove;
use crate::domain::overriding::Override;
use crate::domain::refusal::Code;
use crate::domain::reworking::Reworking;
use crate::domain::settling::Settle;
use crate::domain::time::At;
use crate::domain::watch::{WatchAct, Watching};
use crate::domain::what::{Leaving, Mapped, Removed};
use crate::station::pin::Pin;

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Line {
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

/// What a line asks for.
enum Asks {
    Scan(String),
    Value(String),
    Command(Word),
    Dispose(Decide),
    Settle(Vec<String>),
    Receive(Receive),
    Select(Selected),
    Batch(Batch),
    Override(Code),
    SendBack(StepId),
    DropFirstPiece(UnitId),
    Pack(Pack),
    Label(LabelAct),
    Explain(At),
    Move(Moved),
    /// Nothing but the signature.
    Sign(Signature),
}

/// What a line says of it. Each is taken by what needs it: what is left over belongs to nothing.
#[derive(Default)]
struct Said {
    device: Option<DeviceId>,
    unit: Option<UnitId>,
    check: Option<CheckId>,
    point: Option<Point>,
    gauge: Option<DeviceId>,
    reason: Option<String>,
    sign: Option<Signature>,
    to: Option<StepId>,
    removed: Vec<Removed>,
    defect: Option<DefectId>,
}

impl Line {
    /// The one thing that the line asks for; none where it asks for nothing, for two things, or says what belongs to
    /// neither.
    pub(super) fn input(self) -> Option<Input> {
        let (asks, mut said) = self.apart()?;
        let input = said.input(asks)?;
        said.is_empty().then_some(input)
    }

    fn apart(self) -> Option<(Asks, Said)> {
        let mut said = Said {
            device: self.device,
            unit: self.unit,
            check: self.check,
            point: self.point,
            gauge: self.gauge,
            reason: self.reason,
            sign: self.sign,
            to: self.to,
            removed: self.removed,
            defect: self.defect,
        };
        let settle = Some(self.settle).filter(|events| !events.is_empty());
        let all = [
            self.scan.map(Asks::Scan),
            self.value.map(Asks::Value),
            self.command.map(Asks::Command),
            self.disposition.map(Asks::Dispose),
            settle.map(Asks::Settle),
            self.receive.map(Asks::Receive),
            self.select.map(Asks::Select),
            self.batch.map(Asks::Batch),
            self.r#override.map(Asks::Override),
            self.send_back.map(Asks::SendBack),
            self.drop_first_piece.map(Asks::DropFirstPiece),
            self.pack.map(Asks::Pack),
            self.label.map(Asks::Label),
            self.explain.map(Asks::Explain),
            self.moved.map(Asks::Move),
        ];
        let mut all = all.into_iter().flatten();
        match (all.next(), all.next()) {
            (Some(asks), None) => Some((asks, said)),
            (None, _) => said.sign.take().map(|sign| (Asks::Sign(sign), said)),
            (Some(_), Some(_)) => None,
        }
    }
}

impl Said {
    fn input(&mut self, asks: Asks) -> Option<Input> {
        match asks {
            Asks::Scan(label) => Some(Input::scan(label.as_bytes(), self.unit.take(), self.device.take())),
            Asks::Value(value) => Some(Input::of(Command::Value {
                value,
                check: self.check.take(),
                point: self.point.take(),
                gauge: self.gauge.take(),
                unit: self.unit.take(),
            })),
            Asks::Command(word) => self.word(word).map(Input::of),
            Asks::Sign(sign) => {
                let command = said_of(Command::Sign { badge: sign.badge }, self.unit.take())?;
                Some(Input { pin: Some(Pin::given(sign.pin)), ..Input::of(command) })
            }
            Asks::Receive(receive) => self.receive(receive),
            Asks::Select(Selected::Order(order)) => Some(Input::scan(order.as_str().as_bytes(), None, None)),
            Asks::Select(Selected::Gauge(gauge)) => Some(Input::scan(gauge.as_str().as_bytes(), None, None)),
            Asks::Batch(batch) => {
                let (badge, pin) = self.sign.take().map(|sign| (sign.badge, Pin::given(sign.pin))).unzip();
                Some(Input { pin, ..Input::of(Command::Batch(batch.signed(badge)?)) })
            }
            Asks::Pack(pack) => Some(Input::of(pack.command())),
            Asks::Label(label) => self.signed(|_, by| Some(label.signed(by))),
            Asks::Dispose(decision) => self.signed(|said, badge| said.dispose(decision, badge)),
            Asks::Settle(events) => self.signed(|said, by| {
                let (unit, to, reason) = (said.unit.take()?, said.to.take(), said.reason.take()?);
                Some(Command::Settle(Settle { unit, events, to, reason, by }))
            }),
            Asks::Override(rule) => self.signed(|said, by| {
                let (unit, reason) = (said.unit.take(), said.reason.take()?);
                Some(Command::Override(Box::new(Override { unit, rule, reason, by, allowed: None })))
            }),
            Asks::SendBack(to) => self.signed(|said, by| {
                let (unit, removed) = (said.unit.take(), std::mem::take(&mut said.removed));
                let reason = said.reason.take()?;
                Some(Command::Rework(Box::new(Reworking::SendBack { unit, to, removed, reason, by })))
            }),
            Asks::DropFirstPiece(unit) => self.signed(|said, by| {
                let reason = said.reason.take()?;
                Some(Command::DropFirstPiece(Box::new(DropFirstPiece { unit, reason, by })))
            }),
            Asks::Explain(hour) => self.signed(|said, by| {
                let act = WatchAct::Explain { hour, reason: said.reason.take()? };
                Some(Command::Watch(Box::new(Watching { at: None, act, by: Some(by) })))
            }),
            Asks::Move(Moved { unit, route, to, mapped }) => self.signed(|said, by| {
                let reason = said.reason.take()?;
                Some(Command::Move(Box::new(RouteMove { unit, route, to, mapped, seen: None, reason, by })))
            }),
        }
    }

    /// A command by whoever signs the line.
    fn signed(&mut self, command: impl FnOnce(&mut Self, Badge) -> Option<Command>) -> Option<Input> {
        let sign = self.sign.take()?;
        Some(Input { pin: Some(Pin::given(sign.pin)), ..Input::of(command(self, sign.badge)?) })
    }

    fn dispose(&mut self, decision: Decide, badge: Badge) -> Option<Command> {
        Some(Command::Dispose {
            unit: self.unit.take(),
            decision,
            to: self.to.take(),
            removed: std::mem::take(&mut self.removed),
            defect: self.defect.take(),
            reason: self.reason.take()?,
            badge,
        })
    }

    /// A lot that came in: by whoever signs, whom the line names, or, at the station, whoever is signed on.
    fn receive(&mut self, receive: Receive) -> Option<Input> {
        let (badge, pin) = self.sign.take().map(|sign| (sign.badge, Pin::given(sign.pin))).unzip();
        let receive = receive.signed(badge.as_ref())?;
        let input = Input { pin, ..Input::of(receive.command(None)) };
        Some(Input { receive: receive.is_open().then(|| Box::new(receive)), ..input })
    }

    fn word(&mut self, word: Word) -> Option<Command> {
        let (unit, reason) = (self.unit.take(), self.reason.take());
        match (word, unit, reason) {
            (Word::TakeOut, Some(unit), None) => Some(Command::Load(LoadAct::TakeOut { unit })),
            (word, unit, reason) => said_of(command(word, reason)?, unit),
        }
    }

    fn is_empty(&self) -> bool {
        let Self { device, unit, check, point, gauge, reason, sign, to, removed, defect } = self;
        let of_a_unit = device.is_none() && unit.is_none() && reason.is_none() && sign.is_none();
        let of_a_check = check.is_none() && point.is_none() && gauge.is_none();
        of_a_unit && of_a_check && to.is_none() && removed.is_empty() && defect.is_none()
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
