//! One act of a scenario: what somebody does, or what happens to the clock, and what it must come to.
//!
//! Most acts are one line: `kit: OP-1 -> signed-on` is a scan at a station and its answer. In place of the scan,
//! `= 2.21` enters a value, `/hold odd noise` gives a command with its reason, and `sign IN-1` signs; `for F000001`
//! before it says for which of several open units. `wait 30 minutes` and its like are what happens. A table says
//! whatever a line cannot.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use traveller::app::settlement::Settlement;
use traveller::domain::command::LotMove;
use traveller::domain::id::{Badge, LotId, StationId, StepId, UnitId};
use traveller::domain::label::Loss;
use traveller::domain::need::{Need, NeedLine, needs};
use traveller::domain::role::Role;
use traveller::domain::station::Station;
use traveller::domain::time::SECOND;
use traveller::domain::what::Qualification;

use super::boxes::Fate;
use super::plant::PIN;

const MINUTE: i64 = 60 * SECOND;

/// One act.
#[derive(Debug, Default, Clone)]
pub(crate) struct Act(Written);

#[derive(Debug, Deserialize, Default, Clone)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Written {
    pub(crate) say: Option<String>,
    /// Acts of one sentence, one after the other.
    pub(crate) lines: Vec<Act>,
    pub(crate) at: Option<StationId>,
    pub(crate) send: Option<String>,
    pub(crate) send_bytes: Option<String>,
    pub(crate) send_repeated: Option<Repeated>,
    pub(crate) lost: Option<Loss>,
    /// The line came by the keyboard, with no scanner to tell of.
    pub(crate) typed: bool,
    pub(crate) screen_ms: Option<u32>,
    pub(crate) wait_seconds: i64,
    pub(crate) wait_minutes: i64,
    /// Somebody sets the wall clock.
    pub(crate) set_clock_minutes: i64,
    /// Whether a time service vouches for the wall clock.
    pub(crate) clock: Option<Trust>,
    /// The machine starts anew, before anything else.
    pub(crate) reboot: bool,
    /// What happens to the box, in the words of a line.
    #[serde(skip)]
    pub(crate) befalls: Option<Fate>,
    /// A command in the words of the record: at a station, or from the shell.
    pub(crate) give: Option<toml::Value>,
    /// A person gets a badge, from the lead.
    pub(crate) enrol: Option<Enrolled>,
    /// Somebody gives that person a PIN without one, as a user of the system.
    pub(crate) recover: Option<Badge>,
    /// A route file is released, from the folder of the scenarios' routes.
    pub(crate) release: Option<String>,
    /// Somebody changed its text before.
    pub(crate) changed: bool,
    pub(crate) times: Option<u32>,
    pub(crate) lot: Option<LotId>,
    pub(crate) change: Option<LotMove>,
    pub(crate) hold: Option<UnitId>,
    pub(crate) release_hold: Option<UnitId>,
    /// Which hold is released: the one for that reason.
    pub(crate) held_for: Option<String>,
    /// A lead ends what is broken in the history of that unit.
    pub(crate) settle: Option<UnitId>,
    /// The step from which it is done again.
    pub(crate) from_step: Option<StepId>,
    /// How many of the broken events the lead does not name, and what is named besides.
    pub(crate) unnamed: usize,
    pub(crate) named: Vec<String>,
    pub(crate) by: Option<Badge>,
    pub(crate) pin: Option<String>,
    pub(crate) reason: Option<String>,
    /// The word of the answer; none: it is accepted, whatever it does.
    pub(crate) expect: Option<String>,
    pub(crate) passed: Option<bool>,
    pub(crate) unit: Option<UnitId>,
    pub(crate) needs: Option<Vec<String>>,
    pub(crate) next: Option<String>,
    pub(crate) evidence: BTreeMap<String, serde_json::Value>,
    /// What is said of the material that stops nothing.
    pub(crate) remarks: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Trust {
    Synced,
    Doubt,
}

#[derive(Debug, Deserialize, Clone)]
pub(crate) struct Repeated {
    pub(crate) text: String,
    pub(crate) times: usize,
}

#[derive(Debug, Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enrolled {
    pub(crate) badge: Badge,
    pub(crate) roles: Vec<Role>,
    #[serde(default)]
    pub(crate) qualifications: Vec<Qualification>,
}

impl std::ops::Deref for Act {
    type Target = Written;
    fn deref(&self) -> &Written {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Act {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = toml::Value::deserialize(from)?;
        match written.as_str() {
            Some(line) => Self::line(line).ok_or_else(|| D::Error::custom(format!("no act: {line}"))),
            None => written.try_into().map(Self).map_err(D::Error::custom),
        }
    }
}

impl Act {
    /// An act as one line.
    fn line(line: &str) -> Option<Self> {
        let (done, expect) =
            line.rsplit_once(" -> ").map_or((line, None), |(done, word)| (done, Some(word.to_owned())));
        let Some((at, text)) = done.split_once(": ") else { return happening(done).map(Self) };
        let at = Some(at.parse().ok()?);
        if text == "/skip" {
            return Some(Self(Written { at, give: Some("skip".into()), expect, ..Written::default() }));
        }
        Some(Self(Written { at, send: Some(sent(text)), expect, ..Written::default() }))
    }

    /// The act as it is read by people who look for it.
    pub(crate) fn shown(&self) -> String {
        let told = self.say.as_deref().or(self.send.as_deref()).map(str::to_owned);
        told.unwrap_or_else(|| self.give.as_ref().map(ToString::to_string).unwrap_or_default())
    }

    /// Every word that this act and those within it must come to.
    pub(crate) fn expected(&self) -> Vec<&str> {
        self.expect.as_deref().into_iter().chain(self.lines.iter().flat_map(Self::expected)).collect()
    }

    /// What is wrong with the answer.
    pub(crate) fn check(&self, settled: &Settlement) -> Result<(), String> {
        let mut wrong = Vec::new();
        let mut same = |what: &str, expected: String, found: String| {
            if expected != found {
                wrong.push(format!("{what}: expected {expected}, found {found}"));
            }
        };
        let answer = word(settled);
        match (&self.expect, &settled.answer) {
            (Some(expected), _) => same("answer", expected.clone(), answer.to_owned()),
            (None, Ok(_)) => {}
            (None, Err(_)) => same("answer", "a yes".to_owned(), answer.to_owned()),
        }
        let refused_unit = settled.answer.as_ref().err().and_then(|r| r.evidence.unit.as_ref());
        if let Some(needs) = &self.needs {
            let open = settled.desk.open.as_ref().map(|work| open_needs(work, &settled.desk.station));
            let ids: Vec<_> = open.unwrap_or_default().into_iter().map(|n| n.id).collect();
            same("needs", format!("{needs:?}"), format!("{ids:?}"));
        }
        if let Some(unit) = &self.unit {
            let found = settled.unit.as_ref().or(refused_unit).map(ToString::to_string).unwrap_or_default();
            same("unit", unit.to_string(), found);
        }
        if let Some(remarks) = &self.remarks {
            let said = serde_json::to_value(&settled.remarks).unwrap();
            let words: Vec<String> =
                said.as_array().unwrap().iter().flat_map(|r| r.as_object().unwrap().keys().cloned()).collect();
            same("remarks", format!("{remarks:?}"), format!("{words:?}"));
        }
        if let Some(passed) = self.passed {
            same("passed", format!("{:?}", Some(passed)), format!("{:?}", settled.passed));
        }
        if let Some(next) = &self.next {
            let due = settled.work.as_ref().and_then(|w| w.traveller.due.as_ref()).map(|d| d.step.to_string());
            same("next", format!("{:?}", Some(next)), format!("{due:?}"));
        }
        if let Err(refusal) = &settled.answer {
            let found = serde_json::to_value(&refusal.evidence).unwrap();
            for (key, value) in &self.evidence {
                same(key, value.to_string(), found[key].to_string());
            }
            if settled.event.is_none() {
                wrong.push("a refusal without a record".to_owned());
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

/// What was done, or why not, in the contract's word.
fn word(settled: &Settlement) -> &'static str {
    settled.answer.as_ref().map_or_else(|refusal| refusal.code.word(), |did| did.word())
}

/// What the open unit still needs.
fn open_needs(work: &traveller::app::settlement::Work, at: &Station) -> Vec<NeedLine> {
    let step = work.traveller.due.as_ref().and_then(|d| work.route.step(&d.step)).unwrap();
    needs(&work.traveller, &work.route, step, at).iter().map(Need::line).collect()
}

/// What the pipe reads for the short forms of a line; anything else is a scan, or what the pipe reads anyway.
fn sent(text: &str) -> String {
    if let Some((unit, rest)) = text.strip_prefix("for ").and_then(|of| of.split_once(' ')) {
        let sent = sent(rest);
        let json = serde_json::from_str(&sent).unwrap_or_else(|_scan| serde_json::json!({ "scan": rest }));
        let mut line: serde_json::Map<String, serde_json::Value> = serde_json::from_value(json).unwrap();
        line.insert("unit".to_owned(), unit.into());
        return serde_json::Value::Object(line).to_string();
    }
    if let Some(value) = text.strip_prefix("= ") {
        return serde_json::json!({ "value": value }).to_string();
    }
    if let Some(command) = text.strip_prefix('/') {
        let (word, reason) = command.split_once(' ').map_or((command, None), |(word, reason)| (word, Some(reason)));
        let given = serde_json::json!({ "command": word });
        let told = reason.map(|reason| serde_json::json!({ "command": word, "reason": reason }));
        return told.unwrap_or(given).to_string();
    }
    if let Some(badge) = text.strip_prefix("sign ") {
        return serde_json::json!({ "sign": { "badge": badge, "pin": PIN } }).to_string();
    }
    text.to_owned()
}

/// What happens to the time and to the machine.
fn happening(said: &str) -> Option<Written> {
    let micros = |count: &str, unit: &str| {
        let one = match unit.trim_end_matches('s') {
            "second" => SECOND,
            "minute" => MINUTE,
            "hour" => 60 * MINUTE,
            "day" => 24 * 60 * MINUTE,
            _ => return None,
        };
        Some(one * count.parse::<i64>().ok()?)
    };
    Some(match said.split(' ').collect::<Vec<_>>().as_slice() {
        ["wait", count, unit] => Written { wait_seconds: micros(count, unit)? / SECOND, ..Written::default() },
        ["the", "clock", "is", "set", "back", count, unit] => {
            Written { set_clock_minutes: -micros(count, unit)? / MINUTE, ..Written::default() }
        }
        ["the", "clock", "is", "in", "doubt"] => Written { clock: Some(Trust::Doubt), ..Written::default() },
        ["the", "clock", "is", "right"] => Written { clock: Some(Trust::Synced), ..Written::default() },
        ["the", "machine", "starts", "anew"] => Written { reboot: true, ..Written::default() },
        _ => Written { befalls: Some(Fate::said(said)?), ..Written::default() },
    })
}
