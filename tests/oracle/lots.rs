//! The gap check of lots after a random history: it finds nothing there, since the gate let nothing of that happen. And
//! once something is planted, it finds just that, at each piece that the words of the rule name.

use std::collections::BTreeSet;

use traveller::domain::code::Code;
use traveller::domain::event::{Event, How};
use traveller::domain::id::LotId;
use traveller::domain::lot::told_of;
use traveller::domain::number::Number;
use traveller::domain::time::Day;
use traveller::domain::what::{LotReceived, MaterialInstalled, Piece, Remark, Voided, What};
use traveller::report::gaps::lots::{LotCheck, drawn, is_told};

use super::floor::Floor;
use super::model::{Heard, must};

/// What is found: the event, and the word.
type Found = BTreeSet<(u64, &'static str)>;

fn is_about(event: &Event, lot: &LotId) -> bool {
    let is_it = |piece: &Piece| *piece == Piece::Lot(lot.clone());
    match &event.what {
        What::MaterialInstalled(MaterialInstalled { piece, .. }) => is_it(piece),
        What::ObservationVoided(voided) => matches!(&voided.of, Voided::Material { piece, .. } if is_it(piece)),
        what => told_of(what) == Some(lot),
    }
}

impl Floor {
    /// Each lot as its record is, and with each thing planted; the words of what was planted.
    pub(super) fn lots_look_whole(&self) -> Heard<Vec<&'static str>> {
        let mut words = Vec::new();
        let received = |event: &Event| match &event.what {
            What::LotReceived(received) => Some(received.lot.clone()),
            _ => None,
        };
        let lots: BTreeSet<LotId> = self.ledger.events.iter().filter_map(received).collect();
        for lot in &lots {
            let events: Vec<Event> = self.ledger.events.iter().filter(|e| is_about(e, lot)).cloned().collect();
            let found = self.found_of(lot, &events);
            must(found.is_empty(), format!("in the record of {lot} that the gate made, {found:?} is found"))?;
            for (what, planted, due) in
                [self.never_free(lot, &events), self.long_over(lot, &events), empty(lot, &events)]
            {
                let found = self.found_of(lot, &planted);
                must(found == due, format!("{lot} {what}: {found:?} is found, and planted is {due:?}"))?;
                words.extend(due.into_iter().map(|(_, word)| word));
            }
        }
        Ok(words)
    }

    fn found_of(&self, lot: &LotId, events: &[Event]) -> Found {
        let mut check = LotCheck::new(lot, &[]);
        let mut found = Found::new();
        for event in events {
            let of = |r: &&std::sync::Arc<traveller::domain::route::Route>| {
                event.about.route.as_ref() == Some(&r.id) && event.about.revision.as_ref() == Some(&r.revision)
            };
            let route = self.routes.iter().find(of).map(std::convert::AsRef::as_ref);
            let action = self.action_of(event);
            let untold = check.take(event, route).into_iter().filter(|suspect| !is_told(suspect, event, &action));
            found.extend(untold.map(|suspect| (event.stamp.seq, suspect.finding.code.word())));
        }
        found
    }

    fn action_of(&self, event: &Event) -> Vec<Event> {
        self.ledger.events.iter().filter(|e| e.stamp.act == event.stamp.act).cloned().collect()
    }

    /// What a unit took; not what was noted of a loaded lot when the work of a unit ended without its step.
    fn taken<'e>(&self, lot: &LotId, events: &'e [Event]) -> impl Iterator<Item = &'e Event> {
        let passes = |event: &Event| {
            let same = |e: &&Event| e.about.unit == event.about.unit && matches!(e.what, What::StepPassed(_));
            event.about.how != Some(How::Loaded) || self.action_of(event).iter().any(|e| same(&e))
        };
        events.iter().filter(|e| drawn(e, lot).is_some() && passes(e)).collect::<Vec<_>>().into_iter()
    }

    /// Received to wait for its inspection, and nobody ever said more.
    fn never_free(&self, lot: &LotId, events: &[Event]) -> (&'static str, Vec<Event>, Found) {
        let said = |e: &&Event| !matches!(e.what, What::LotInspected(_) | What::LotReleased(_));
        let planted = planted(events.iter().filter(said), |received| received.quarantined = true);
        ("was never free", planted, self.taken(lot, events).map(|e| (e.stamp.seq, "lot-on-hold")).collect())
    }

    /// Received when its last day was long over: each use of it is wrong for which the rule was not let go.
    fn long_over(&self, lot: &LotId, events: &[Event]) -> (&'static str, Vec<Event>, Found) {
        let planted = planted(events.iter(), |received| received.expires = Day::new(2001, 1, 1));
        let let_go = |event: &Event| {
            let waives = |e: &Event| matches!(&e.what, What::RuleWaived(waived) if waived.rule == Code::LotExpired);
            self.action_of(event).iter().any(|e| waives(e) && e.about.unit == event.about.unit)
        };
        let due = self.taken(lot, events).filter(|event| !let_go(event));
        ("was over", planted, due.map(|e| (e.stamp.seq, "lot-expired")).collect())
    }
}

/// Received without a single piece: each piece of it that went in is too much, unless that was told.
fn empty(lot: &LotId, events: &[Event]) -> (&'static str, Vec<Event>, Found) {
    let told = |e: &&Event| {
        drawn(e, lot).is_some_and(|m| !m.remarks.iter().any(|remark| matches!(remark, Remark::BookShort { .. })))
    };
    let due = events.iter().filter(told).map(|e| (e.stamp.seq, "lot-exhausted")).collect();
    ("was empty", planted(events.iter(), |received| received.quantity = Number::whole(0)), due)
}

fn planted<'e>(events: impl Iterator<Item = &'e Event>, change: impl Fn(&mut LotReceived)) -> Vec<Event> {
    let mut events: Vec<Event> = events.cloned().collect();
    for event in &mut events {
        if let What::LotReceived(received) = &mut event.what {
            change(received);
        }
    }
    events
}
