//! What the gate answered, as text beside its test: each event with its payload, each refusal with its evidence.
//!
//! A play says in words what it comes to; its record says all the rest, so that no field of an answer is lost or
//! changes unseen. `TRAVELLER_RECORD=1` writes the records anew: read what `git diff` then shows as an operator would.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use traveller::app::replay::History as _;

use super::floor::{Floor, acts_of};

/// Who stamps, what the ledger links, and what the decision rested on: not the gate's answer.
const NOT_ANSWERED: [&str; 14] = [
    "v",
    "terminal",
    "epoch",
    "seq",
    "act",
    "at",
    "clock",
    "boot",
    "mono",
    "builds_on",
    "saw",
    "ambient",
    "facts",
    "gate",
];
/// Random, or it follows from a route's text. Which of two histories is told first follows from the lives of boxes.
const NEVER_THE_SAME: [&str; 4] = ["pin_id", "session", "sha256", "ends"];
/// What is told of an event that another box recorded: its number, without that box's life.
const ELSEWHERE: &str = "elsewhere ";

impl Floor {
    /// How many events the box in use recorded.
    pub(super) fn events(&self) -> u64 {
        traveller::ledger::open_reader(&self.plant.ledger()).unwrap().head().unwrap().map_or(0, |head| head.seq)
    }

    /// What is answered from now on is told.
    pub(crate) fn listen(&mut self) {
        self.began = self.events();
        self.boxes.told.clear();
    }

    /// What was answered since, one line for each event below its command.
    pub(crate) fn answered(&mut self) -> String {
        let seq = self.began;
        let mut told = std::mem::take(&mut self.boxes.told);
        self.each_action(|events| {
            for event in events.iter().filter(|event| event.stamp.seq > seq) {
                let mut body: Value = serde_json::from_str(&event.body()).unwrap();
                let said = body.as_object_mut().unwrap();
                said.retain(|key, _| !NOT_ANSWERED.contains(&key.as_str()));
                if let Some(mut command) = said.remove("cmd") {
                    forget(&mut command);
                    writeln!(told, "> {command}").unwrap();
                }
                said.remove("kind");
                if let Some(data) = said.get_mut("data") {
                    forget(data);
                }
                writeln!(told, "{} {body}", event.what.kind()).unwrap();
            }
        });
        told
    }

    fn each_action(&mut self, mut visit: impl FnMut(&[traveller::domain::event::Event])) {
        let reader = self.shell.clerk.ledger().reader();
        let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
        for act in acts_of(&mut past) {
            visit(&past.action(act).unwrap());
        }
    }
}

fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            // Text of many lines is a route's.
            let is_route = |value: &Value| value.as_str().is_some_and(|text| text.contains('\n'));
            fields.retain(|key, value| !NEVER_THE_SAME.contains(&key.as_str()) && !is_route(value));
            fields.values_mut().for_each(forget);
        }
        Value::Array(values) => {
            values.iter_mut().for_each(forget);
            if values.iter().all(is_elsewhere) {
                values.sort_by_key(ToString::to_string);
            }
            if let [_terminal, Value::String(epoch), Value::Number(seq), Value::String(_hash)] = values.as_slice()
                && is_life(epoch)
            {
                *value = format!("{ELSEWHERE}{seq}").into();
            }
        }
        Value::String(text) => {
            if let [_terminal, epoch, seq] = text.split('/').collect::<Vec<_>>().as_slice()
                && is_life(epoch)
            {
                *text = format!("{ELSEWHERE}{seq}");
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text is the life of a ledger, which is random.
fn is_life(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether it names an event that another box recorded.
fn is_elsewhere(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with(ELSEWHERE))
}

/// Holds what was answered against the record at this path below `tests`, or writes it anew.
pub(crate) fn same_as_recorded(path: &str, answered: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    if std::env::var_os("TRAVELLER_RECORD").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, answered).unwrap();
        return;
    }
    let recorded = std::fs::read_to_string(&file).unwrap_or_default();
    let different = recorded.lines().zip(answered.lines()).position(|(then, now)| then != now);
    let at = different.unwrap_or_else(|| recorded.lines().count().min(answered.lines().count()));
    let line = |of: &str| of.lines().nth(at).unwrap_or("nothing").to_owned();
    assert!(
        recorded == answered,
        "tests/{path}:{}: recorded\n  {}\nanswered\n  {}\n(TRAVELLER_RECORD=1 writes it anew)",
        at + 1,
        line(&recorded),
        line(answered)
    );
}
