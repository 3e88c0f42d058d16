//! An event's bytes: one flat object of compact JSON, keys in a fixed order, no floats.
//!
//! The bytes are written once and hashed; nothing here re-serialises what was read.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::ambient::Given;
use super::command::Command;
use super::event::{About, Cause, Event, How, Link, Purpose, Stamp, Unreadable};
use super::facts::Facts;
use super::id::{Badge, Boot, Epoch, OrderId, PermitId, Revision, RouteId, StationId, StepId, TerminalId, UnitId};
use super::label::Raw;
use super::role::Auth;
use super::time::{At, Clock};
use super::what::What;

/// The event as it is written: one flat object.
#[derive(Serialize)]
struct Written<'a> {
    v: u8,
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    seq: u64,
    act: u64,
    at: At,
    clock: Clock,
    boot: &'a Boot,
    mono: u64,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: &'a Option<UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    builds_on: &'a Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saw: &'a Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: &'a Option<RouteId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: &'a Option<Revision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: &'a Option<StepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    station: &'a Option<StationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nest: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pieces: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: &'a Option<OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    load: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: &'a Option<Badge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<Auth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: &'a Option<How>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<Purpose>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permit: &'a Option<PermitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    happened: Option<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: &'a Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_hex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_long: Option<RawLongWritten<'a>>,
    #[serde(skip_serializing_if = "What::is_bare")]
    data: &'a What,
    #[serde(skip_serializing_if = "Option::is_none")]
    cmd: Option<&'a Command>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ambient: Option<&'a Given>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<&'a Facts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<u32>,
}

#[derive(Serialize)]
struct RawLongWritten<'a> {
    prefix: &'a str,
    bytes: u64,
    sha256: &'a str,
}

/// The event as it is read. Unknown keys are ignored: a later version may add some.
#[derive(Deserialize)]
struct Read<'a> {
    v: u8,
    terminal: TerminalId,
    epoch: Epoch,
    seq: u64,
    act: u64,
    at: At,
    clock: Clock,
    boot: Boot,
    mono: u64,
    kind: std::borrow::Cow<'a, str>,
    unit: Option<UnitId>,
    builds_on: Option<Link>,
    saw: Option<Link>,
    route: Option<RouteId>,
    revision: Option<Revision>,
    step: Option<StepId>,
    attempt: Option<u32>,
    station: Option<StationId>,
    nest: Option<u32>,
    pieces: Option<u32>,
    order: Option<OrderId>,
    load: Option<String>,
    by: Option<Badge>,
    auth: Option<Auth>,
    how: Option<How>,
    purpose: Option<Purpose>,
    permit: Option<PermitId>,
    happened: Option<At>,
    corrects: Option<Link>,
    reason: Option<String>,
    raw: Option<String>,
    raw_hex: Option<String>,
    raw_long: Option<RawLong>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    cmd: Option<&'a RawValue>,
    #[serde(borrow)]
    ambient: Option<&'a RawValue>,
    #[serde(borrow)]
    facts: Option<&'a RawValue>,
    gate: Option<u32>,
}

#[derive(Deserialize)]
struct RawLong {
    prefix: String,
    bytes: u64,
    sha256: String,
}

impl Event {
    /// The bytes to store and hash.
    pub fn body(&self) -> String {
        let mut body = Vec::new();
        self.write_body(&mut body);
        String::from_utf8(body).unwrap_or_default()
    }

    /// The same bytes, into a memory that is used again and again. What was in it is gone.
    pub fn write_body(&self, to: &mut Vec<u8>) {
        to.clear();
        let (s, a) = (&self.stamp, &self.about);
        let (raw, raw_hex, raw_long) = match &a.raw {
            None => (None, None, None),
            Some(Raw::Text(text)) => (Some(text.as_str()), None, None),
            Some(Raw::Hex(hex)) => (None, Some(hex.as_str()), None),
            Some(Raw::Long { prefix, bytes, sha256 }) => {
                (None, None, Some(RawLongWritten { prefix, bytes: *bytes, sha256 }))
            }
        };
        let written = Written {
            v: self.what.version(),
            terminal: &s.terminal,
            epoch: &s.epoch,
            seq: s.seq,
            act: s.act,
            at: s.at,
            clock: s.clock,
            boot: &s.boot,
            mono: s.mono,
            kind: self.what.kind(),
            unit: &a.unit,
            builds_on: &a.builds_on,
            saw: &a.saw,
            route: &a.route,
            revision: &a.revision,
            step: &a.step,
            attempt: a.attempt,
            station: &a.station,
            nest: a.nest,
            pieces: a.pieces,
            order: &a.order,
            load: &a.load,
            by: &a.by,
            auth: a.auth,
            how: &a.how,
            purpose: a.purpose,
            permit: &a.permit,
            happened: a.happened,
            corrects: &a.corrects,
            reason: &a.reason,
            raw,
            raw_hex,
            raw_long,
            data: &self.what,
            cmd: self.cause.as_ref().map(|c| &c.cmd),
            ambient: self.cause.as_ref().map(|c| &c.ambient),
            facts: self.cause.as_ref().map(|c| &c.facts),
            gate: self.cause.as_ref().map(|c| c.gate),
        };
        // Maps with text keys, numbers and texts only: writing them to memory has no way to fail, and gives UTF-8.
        let _written = serde_json::to_writer(to, &written);
    }

    /// Reads a stored body whole.
    pub fn read(body: &str) -> Result<Self, Unreadable> {
        Self::parse(body, true)
    }

    /// Reads a stored body without its cause, for folds that do not decide it again.
    pub fn read_outcome(body: &str) -> Result<Self, Unreadable> {
        Self::parse(body, false)
    }

    fn parse(body: &str, with_cause: bool) -> Result<Self, Unreadable> {
        let bad = |e: serde_json::Error| Unreadable(e.to_string());
        let r: Read<'_> = serde_json::from_str(body).map_err(bad)?;
        let what = What::parse(r.v, &r.kind, r.data.map_or("null", RawValue::get))?;
        let cause = match (with_cause, r.cmd, r.ambient, r.facts, r.gate) {
            (true, Some(cmd), Some(ambient), Some(facts), Some(gate)) => Some(Box::new(Cause {
                cmd: serde_json::from_str(cmd.get()).map_err(bad)?,
                ambient: serde_json::from_str(ambient.get()).map_err(bad)?,
                facts: serde_json::from_str(facts.get()).map_err(bad)?,
                gate,
            })),
            _ => None,
        };
        let raw = match (r.raw, r.raw_hex, r.raw_long) {
            (Some(text), _, _) => Some(Raw::Text(text)),
            (None, Some(hex), _) => Some(Raw::Hex(hex)),
            (None, None, Some(long)) => Some(Raw::Long { prefix: long.prefix, bytes: long.bytes, sha256: long.sha256 }),
            (None, None, None) => None,
        };
        Ok(Self {
            stamp: Stamp {
                terminal: r.terminal,
                epoch: r.epoch,
                seq: r.seq,
                act: r.act,
                at: r.at,
                clock: r.clock,
                boot: r.boot,
                mono: r.mono,
                elsewhere: None,
            },
            about: About {
                unit: r.unit,
                builds_on: r.builds_on,
                saw: r.saw,
                route: r.route,
                revision: r.revision,
                step: r.step,
                attempt: r.attempt,
                station: r.station,
                nest: r.nest,
                pieces: r.pieces,
                order: r.order,
                load: r.load,
                by: r.by,
                auth: r.auth,
                how: r.how,
                purpose: r.purpose,
                permit: r.permit,
                happened: r.happened,
                corrects: r.corrects,
                reason: r.reason,
                raw,
            },
            what,
            cause,
        })
    }
}
