//! A floor on which acts are played: a shell, and a clerk at each station that was used. After a play the chain is
//! verified and every decision is made again.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use traveller::app::settlement::Settlement;
use traveller::domain::command::Command;
use traveller::domain::id::{Badge, StationId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::settling::Settle;
use traveller::domain::time::SECOND;
use traveller::domain::traveller::Traveller;
use traveller::ledger::Writer;
use traveller::station::clerk::{Clerk, With};
use traveller::station::pipe::input;

use super::act::{Act, Trust};
use super::boxes::Boxes;
use super::plant::{PIN, Plant, Shell};

/// Where the routes of the scenarios are.
const ROUTES: &str = "tests/scenarios/routes";
/// The reason of a command that gives none.
const REASON: &str = "told so";

/// A plant in which acts are played.
pub(crate) struct Floor {
    pub(crate) plant: Plant,
    pub(crate) shell: Shell,
    stations: BTreeMap<StationId, Clerk<Writer>>,
    pub(super) boxes: Boxes,
    /// The last event before what is told as answered.
    pub(super) began: u64,
}

impl Floor {
    /// The floor of a plant.
    pub(crate) fn of(plant: Plant) -> Self {
        let shell = plant.shell();
        Self { plant, shell, stations: BTreeMap::new(), boxes: Boxes::default(), began: 0 }
    }

    /// A floor with people on it.
    pub(crate) fn new() -> Self {
        let mut floor = Self::of(Plant::empty());
        floor.shell.enrol_everybody();
        floor
    }

    /// Goes on at another plant; the one that was left.
    pub(super) fn stand_on(&mut self, plant: Plant) -> Plant {
        self.stations.clear();
        self.shell = plant.shell();
        let left = std::mem::replace(&mut self.plant, plant);
        self.began = self.events();
        left
    }

    /// Releases a route of the scenarios.
    pub(crate) fn release(&mut self, route: &str) {
        self.shell.release(&format!("{ROUTES}/{route}.toml"));
    }

    /// One line at a station, as the pipe would read it.
    pub(crate) fn line(&mut self, at: &StationId, line: &[u8], screen_ms: Option<u32>) -> Settlement {
        let asked = input::read(line);
        self.give(at, &asked.command, &With { pin: asked.pin, device: asked.device, screen_ms })
    }

    /// `bench-2` is another station of the class `bench`.
    fn give(&mut self, at: &StationId, command: &Command, with: &With) -> Settlement {
        let plant = &self.plant;
        let class = at.as_str().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let class = class.parse().unwrap();
        let clerk = self.stations.entry(at.clone()).or_insert_with(|| plant.clerk(at, &class, false));
        clerk.give(command, with).unwrap()
    }

    /// A command in the words of the record. Whoever gives it is the lead, unless it says otherwise.
    pub(crate) fn command(written: &toml::Value) -> Command {
        let mut written = serde_json::to_value(written).unwrap();
        // What is done with cartons says itself who does it: the operator of a station may.
        let names_all = written.get("pack").is_some() || written.get("paper").is_some();
        let nested =
            written.get("permit").is_some() || written.get("label").is_some() || written.get("rework").is_some();
        let said = within(&mut written);
        let said = if nested { said.and_then(within) } else { said }.and_then(|v| v.as_object_mut());
        let said = said.filter(|_| !names_all);
        if let Some(said) = said {
            // What is said of pieces is said within, and takes no reason from a shell.
            let pieces = ["split", "merge", "reject"].iter().any(|act| said.contains_key(*act));
            if !pieces {
                said.entry("by").or_insert("LEAD".into());
                said.entry("reason").or_insert(REASON.into());
            }
            if let Some(label) = said.get_mut("label").filter(|label| label.is_string()) {
                // A label as its scanner sends it, read by the standard that it follows.
                let sent = Label::read(label.as_str().unwrap_or_default().as_bytes());
                *label = serde_json::to_value(traveller::capture::label::read(sent)).unwrap();
            }
        }
        serde_json::from_value(written).expect("a command")
    }

    /// Plays one act; no answer where it is only about the time.
    pub(crate) fn act(&mut self, act: &Act) -> Option<Settlement> {
        self.happens(act);
        let pin = act.pin.as_deref().unwrap_or(PIN);
        let given = act.give.as_ref().map(Self::command);
        if let (Some(given), Some(at)) = (given.or_else(|| self.settles(act)), &act.at) {
            let with = With { pin: Some(traveller::station::pin::Pin::given(pin)), ..With::default() };
            return Some(self.give(at, &given, &with));
        }
        if let Some(enrolled) = &act.enrol {
            return Some(self.shell.enrol(&enrolled.badge, &enrolled.roles, &enrolled.qualifications));
        }
        if let Some(badge) = &act.recover {
            return Some(self.shell.recover(badge));
        }
        if let Some(route) = &act.release {
            return Some(self.shell.give_release(&format!("{ROUTES}/{route}.toml"), act.changed));
        }
        match (act.at.clone(), self.given_from_a_shell(act)) {
            (None, Some(command)) => Some(self.shell.give_with(&command, pin)),
            (Some(at), None) => Some(self.at_station(&at, act)),
            (None, None) => None,
            (Some(_), Some(_)) => panic!("an act is at a station, or from the shell"),
        }
    }

    fn happens(&mut self, act: &Act) {
        self.plant.micros.fetch_add((act.wait_seconds + 60 * act.wait_minutes) * SECOND, Ordering::SeqCst);
        self.plant.wall.set.fetch_add(act.set_clock_minutes * 60 * SECOND, Ordering::SeqCst);
        if let Some(trust) = act.clock {
            self.plant.wall.in_doubt.store(trust == Trust::Doubt, Ordering::SeqCst);
        }
        if act.reboot {
            self.stations.clear();
            self.plant.reboot();
            self.shell = self.plant.shell();
        }
        if let Some(fate) = act.befalls {
            self.befalls(fate);
        }
    }

    fn at_station(&mut self, at: &StationId, act: &Act) -> Settlement {
        if let Some(loss) = act.lost {
            let command = Command::Scan { label: Label::Lost(loss), unit: None };
            return self.give(at, &command, &With { device: "DS2208".parse().ok(), ..With::default() });
        }
        let bytes = match (&act.send, &act.send_bytes, &act.send_repeated) {
            (Some(text), None, None) => text.as_bytes().to_vec(),
            (None, Some(hex), None) => {
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
            }
            (None, None, Some(r)) => r.text.repeat(r.times).into_bytes(),
            _ => panic!("an act sends one thing"),
        };
        if act.typed {
            let asked = input::read(&bytes);
            return self.give(at, &asked.command, &With { pin: asked.pin, device: None, screen_ms: act.screen_ms });
        }
        self.line(at, &bytes, act.screen_ms)
    }

    /// Plays acts, and each as often as it says.
    pub(crate) fn play(&mut self, title: &str, acts: &[Act]) {
        for (i, act) in acts.iter().enumerate() {
            for _ in 0..act.times.unwrap_or(1) {
                if let Some(settled) = self.act(act)
                    && let Err(wrong) = act.check(&settled)
                {
                    panic!("{title}: act {} ({}): {wrong}\n{:?}", i + 1, act.shown(), settled.answer);
                }
            }
            self.play(&format!("{title}: act {} ({})", i + 1, act.say.as_deref().unwrap_or_default()), &act.lines);
        }
    }

    /// Everybody goes home; the plant stays.
    pub(crate) fn close(self) -> Plant {
        self.plant
    }

    /// Verifies the chain of what was played, and makes every decision again.
    pub(crate) fn prove(self, title: &str) {
        let path = self.plant.ledger();
        let changed = self.boxes.changed;
        drop((self.stations, self.shell));
        let reader = traveller::ledger::open_reader(&path).unwrap();
        let verified = traveller::ledger::verify(&reader, None).unwrap();
        assert_eq!(verified.findings, [], "{title}");
        let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
        let acts = acts_of(&mut past);
        let replayed = traveller::app::replay::actions(&mut past, acts).unwrap();
        assert_eq!(replayed.different, [], "{title}");
        // A box that went on in the place of another one has little on its own record.
        assert!(replayed.decisions > if changed { 0 } else { 5 });
    }
}

/// Every action on record, in order.
pub(crate) fn acts_of(past: &mut traveller::ledger::read::past::Past<'_>) -> Vec<u64> {
    let mut acts = Vec::new();
    past.each_action(|act| {
        acts.push(act);
        Ok(())
    })
    .unwrap();
    acts
}

/// What the one key of an object holds.
fn within(written: &mut serde_json::Value) -> Option<&mut serde_json::Value> {
    written.as_object_mut()?.values_mut().next()
}

impl Floor {
    /// The command of an act that is given from the shell.
    fn given_from_a_shell(&self, act: &Act) -> Option<Command> {
        let by = || act.by.clone().unwrap_or_else(|| "QA-1".parse::<Badge>().unwrap());
        let reason = act.reason.clone().unwrap_or_else(|| REASON.to_owned());
        if let Some(given) = &act.give {
            return Some(Floor::command(given));
        }
        if let (Some(lot), Some(to)) = (&act.lot, act.change) {
            return Some(Command::ChangeLot { lot: lot.clone(), to, reason, by: by() });
        }
        if let Some(unit) = &act.hold {
            return Some(Command::HoldUnit { unit: unit.clone(), reason, by: by() });
        }
        let Some(unit) = act.release_hold.clone() else { return self.settles(act) };
        let hold = act.held_for.as_ref().map(|reason| {
            self.traveller(&unit)
                .holds
                .into_iter()
                .find(|held| held.reason == *reason)
                .expect("the unit is held for that")
                .event
        });
        Some(Command::ReleaseHold { unit, hold, reason, by: by() })
    }

    /// A lead ends what is broken in the history of a unit, and names all of it, but for what the act says.
    fn settles(&self, act: &Act) -> Option<Command> {
        let unit = act.settle.as_ref()?;
        let traveller = self.traveller(unit);
        let mut broken: Vec<_> = traveller.broken().into_iter().collect();
        broken.sort_by_key(|link| link.seq());
        let named = broken.into_iter().map(ToString::to_string).skip(act.unnamed).chain(act.named.clone());
        let settle = Settle {
            unit: unit.clone(),
            events: named.collect(),
            to: act.from_step.clone(),
            reason: act.reason.clone().unwrap_or_else(|| REASON.to_owned()),
            by: act.by.clone().unwrap_or_else(|| "LEAD".parse().unwrap()),
        };
        Some(Command::Settle(settle))
    }

    /// The record of a unit.
    fn traveller(&self, unit: &UnitId) -> Traveller {
        traveller::ledger::open_reader(&self.plant.ledger()).unwrap().traveller(unit).unwrap().expect("it is on record")
    }
}
