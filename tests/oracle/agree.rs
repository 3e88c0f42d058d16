//! Whether the answer, the record, the folds and the oracle say the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use std::collections::BTreeSet;

use traveller::app::replay;
use traveller::app::settlement::Settlement;
use traveller::app::submit::desk;
use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::gate::decision::Did;
use traveller::domain::id::{StationId, UnitId};
use traveller::domain::need::needs;
use traveller::domain::refusal::Code;
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::traveller::{Standing, Traveller};
use traveller::domain::what::{Leaving, What};

use super::floor::{Floor, station};
use super::model::{Heard, must};
use super::routes::STATIONS;
use super::twin::Twin;

impl Floor {
    /// A refusal is one event, and no record is another one than before.
    pub(super) fn changed_nothing(
        &self,
        settled: &Settlement,
        action: &[Event],
        before: &BTreeMap<UnitId, Arc<Traveller>>,
    ) -> Heard {
        must(action.len() == 1, "a refusal is one event")?;
        let said = settled.answer.as_ref().err().map(|no| no.code);
        let is_it = matches!(&action[0].what, What::Refused(r) if Some(r.code) == said);
        must(is_it, "the refusal on record is another one than the answer")?;
        let after = self.ledger.travellers();
        must(before.len() == after.len(), "a refusal brought a unit into being")?;
        for (unit, was) in before {
            let is = Traveller { refusals: was.refusals, ..after[unit].as_ref().clone() };
            must(is == **was, format!("a refusal changed {unit}"))?;
        }
        Ok(())
    }

    /// What the program says of every unit and station is what the oracle reckons.
    pub(super) fn agrees(&mut self, at: Option<usize>, settled: &Settlement, command: &Command) -> Heard {
        for (unit, traveller) in self.ledger.travellers() {
            let is_it = |r: &&Arc<Route>| traveller.route == Some((r.id.clone(), r.revision.clone()));
            let route = self.routes.iter().find(is_it);
            let route = route.ok_or("a unit without a route")?;
            let due = traveller.due.as_ref().and_then(|d| route.step(&d.step));
            let open = matches!(traveller.standing, Standing::InProcess | Standing::Nonconforming);
            let bench = traveller.open.as_ref().and_then(|o| self.ledger.stations().get(&o.station));
            let says = due.filter(|_| open).map(|step| {
                needs(traveller, route, step, bench.unwrap_or(&Station::default()))
                    .iter()
                    .map(traveller::domain::need::Need::line)
                    .map(|n| (n.kind, n.id, n.left))
                    .collect()
            });
            let reckons = self.oracle.lacks(unit);
            must(says == reckons, format!("{unit} needs {says:?}, and by the oracle {reckons:?}"))?;
        }
        for at in 0..STATIONS.len() {
            let place = station(at);
            let desk = desk(&mut self.ledger, Some(&place)).unwrap();
            let says: BTreeSet<_> = desk.all_open().iter().filter_map(|w| w.traveller.unit.clone()).collect();
            let reckons = self.oracle.all_at(&place);
            must(says == reckons, format!("at {place} {says:?} is open, and by the oracle {reckons:?}"))?;
        }
        if let (Command::Pass, Err(no), Some(at)) = (command, &settled.answer, at) {
            self.stops_in_order(no.code, &station(at))?;
        }
        Ok(())
    }

    /// `pass` reports what stops it in the order of the contract.
    fn stops_in_order(&self, code: Code, place: &StationId) -> Heard {
        let stops =
            [Code::CheckFailed, Code::MaterialMissing, Code::GaugeMissing, Code::CheckMissing, Code::SignatureMissing];
        let Some(unit) = self.oracle.open_at(place).filter(|_| stops.contains(&code)) else { return Ok(()) };
        let lacks = self.oracle.lacks(unit).unwrap_or_default();
        let first = match lacks.first() {
            _ if self.oracle.failed(unit) => Code::CheckFailed,
            Some(("material", ..)) => Code::MaterialMissing,
            Some(("gauge", ..)) => Code::GaugeMissing,
            Some(("check", ..)) => Code::CheckMissing,
            _ => Code::SignatureMissing,
        };
        must(first == code, format!("pass is stopped by {}, and first of all by {}", code.word(), first.word()))
    }

    /// The whole record once more: folded anew, and decided anew.
    pub(crate) fn look_back(&mut self) -> Heard {
        let events = &self.ledger.events;
        for (unit, traveller) in self.ledger.travellers() {
            let of_unit = events.iter().filter(|e| e.about.unit.as_ref() == Some(unit));
            must(Traveller::replay(of_unit) == **traveller, format!("{unit} folds to something else"))?;
        }
        for (name, station) in self.ledger.stations() {
            must(Station::replay(name.clone(), events) == *station, format!("{name} folds to something else"))?;
        }
        let acts: Vec<u64> = events.iter().filter(|e| e.cause.is_some()).map(|e| e.stamp.act).collect();
        let decided = u64::try_from(acts.len()).unwrap();
        let again = replay::actions(&mut self.ledger, acts).map_err(|fault| format!("a fault: {fault}"))?;
        let all = again.decisions == decided && again.same == decided;
        must(all, format!("decided again, {:?} came out another way", again.different))?;
        self.twin.as_ref().map_or(Ok(()), Twin::is_sound)
    }
}

/// A command that records nothing is one of the few of which the contract says so.
pub(super) fn is_documented(command: &Command, settled: &Settlement) -> Heard {
    let fits = match (&settled.answer, command) {
        (
            Ok(Did::UnitOpened | Did::LoadEntered | Did::LotLoaded | Did::GaugeSelected | Did::OrderSelected),
            Command::Scan { .. },
        )
        | (Ok(Did::UnitsHeld), Command::HoldUnits { .. })
        | (Ok(Did::SignedOn | Did::BadgeRead | Did::SignatureOpened), Command::Scan { .. } | Command::SignOn { .. })
        | (Ok(Did::RouteReleased), Command::ReleaseRoute { .. })
        | (Ok(Did::RouteWithdrawn), Command::WithdrawRoute { .. }) => true,
        (Ok(Did::SignedOff), Command::SignOff { why }) => *why != Leaving::SignOff,
        _ => false,
    };
    must(fits, format!("{:?} is recorded nowhere", settled.answer.as_ref().map(|did| did.word())))
}

/// The answer says what the record says.
pub(super) fn answer_fits(settled: &Settlement, action: &[Event]) -> Heard {
    let Ok(did) = settled.answer else { return Ok(()) };
    let has = |kind: &str| action.iter().any(|e| e.what.kind() == kind);
    // What follows from it, such as each unit of a load, has records of its own.
    let own = action.chunk_by(|a, b| a.stamp.act == b.stamp.act).next();
    let last = own.and_then(|own| own.last()).map(|e| e.stamp.seq);
    let named = settled.event.as_ref().map(|e| e.seq);
    must(last.is_none() || named == last, "the answer names another event than its last one")?;
    let ends = match did {
        Did::StepPassed => has("step-passed") && !has("unit-completed") && !has("unit-dispatched"),
        Did::UnitCompleted => has("step-passed") && has("unit-completed"),
        Did::UnitDispatched => has("step-passed") && has("unit-dispatched"),
        Did::StepFailed => has("step-failed"),
        Did::LoadEnded => has("load-ended"),
        Did::UnitHeld => has("unit-held"),
        Did::HistorySettled => has("history-settled"),
        Did::Voided => has("observation-voided"),
        Did::Disposed => has("disposed"),
        Did::StepSkipped => has("step-skipped") && !has("step-passed"),
        Did::Recovered => has("components-recovered"),
        Did::SentBack => has("sent-back"),
        Did::LabelReplaced => has("label-replaced"),
        Did::LabelReprinted => has("label-reprinted"),
        // Where only a scan counts, a permit may let it be typed.
        Did::LabelVerified => has("label-verified") && action.len() == 1 + usize::from(has("rule-waived")),
        Did::ScrapReversed => has("scrap-reversed"),
        _ => !has("step-passed"),
    };
    must(ends, format!("the answer {} is not what is on record", did.word()))
}
