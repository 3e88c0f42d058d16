//! What the oracle knows of the work within a step: material, observations, signatures, passing and failing.

use std::sync::Arc;

use traveller::domain::command::Command;
use traveller::domain::event::{Event, How, Link};
use traveller::domain::id::{Badge, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::role::Auth;
use traveller::domain::route::{Check, CheckKind, Route, Typed};
use traveller::domain::what::{
    CheckRecorded, Failure, MaterialInstalled, MaterialVerified, ObservationVoided, Piece, SignatureRecorded,
    StepPassed, Voided, What,
};

use super::batches::is_a_trace;
use super::fit::is_apart;
use super::hear::Told;
use super::judge::judge;
use super::labels::may_be_met;
use super::model::{Done, Heard, Oracle, PieceIn, Seen, State, Whereabouts, Work, must};

impl Oracle {
    /// Work within a step.
    pub(super) fn work(&mut self, told: Told<'_>) -> Heard {
        if let Some(aside) = self.is_put_aside(told) {
            return aside;
        }
        if let Some(load) = self.is_told_by_the_load(told) {
            return load;
        }
        let unit = self.is_on_the_bench(told)?;
        self.begin_attempt(&unit, told.event)?;
        match &told.event.what {
            What::MaterialInstalled(m) => self.installed(told, &unit, m),
            What::MaterialVerified(m) => self.verified(told, &unit, m),
            What::CheckRecorded(c) => self.checked(told, &unit, c),
            What::ObservationVoided(v) => self.voided(told, &unit, v),
            What::RetestBegun(_) => self.retested(told, &unit),
            What::SignatureRecorded(s) => self.signed(told, &unit, s),
            What::StepPassed(e) => self.passed(told, &unit, e),
            _ => self.step_failed(told, &unit),
        }
    }

    /// Work is done on the open unit, at its due step, in the right place and by the right person.
    pub(super) fn is_on_the_bench(&self, told: Told<'_>) -> Heard<UnitId> {
        let about = &told.event.about;
        let unit = about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("is about a unit that never began")?;
        let is_a_trace = is_a_trace(told);
        must(!product.is_held() || is_a_trace, "works on a held unit")?;
        let may = match product.state {
            State::Working => true,
            State::Nonconforming => matches!(told.event.what, What::CheckRecorded(_)),
            State::Complete | State::Dispatched | State::Returned | State::Scrapped | State::Merged => false,
        };
        must(may, format!("works on a unit that is {:?}", product.state))?;
        let step = product.step().ok_or("works on a unit that is done")?;
        must(about.step.as_ref() == Some(&step.id), format!("is of another step than {}, which is due", step.id))?;
        if is_a_trace && told.action.iter().any(|e| matches!(e.what, What::SignedOff(_))) {
            // Whoever was there, in an earlier run too, leaves with what was under hand.
            return Ok(unit);
        }
        if step.pack.is_some() {
            let packs = matches!(told.event.what, What::StepPassed(_)) && self.packing.holds(&unit);
            must(packs, "a step that packs is done by packing, and by nothing else")?;
            return Ok(unit);
        }
        let (badge, station) = self.is_right_place(told, step)?;
        must(product.open.as_ref() == Some(station), "works on a unit that is not open here")?;
        // A scan may tell by itself which unit is meant; whatever else is done has to say it.
        let scanned = matches!(told.cause.cmd, Command::Scan { .. } | Command::Board(_));
        let is_alone = self.all_at(station).len() < 2;
        // Whoever leaves puts down all of them, with what was under hand.
        must(
            is_alone || scanned || is_a_trace || told.cause.cmd.unit() == Some(&unit),
            "is done to one of several, not named",
        )?;
        let signs = matches!(told.event.what, What::SignatureRecorded(_) | What::FirstPieceApproved(_));
        must(signs || about.by.as_ref() == Some(badge), "is done by somebody who is not signed on")?;
        Ok(unit)
    }

    pub(super) fn now(&mut self, unit: &UnitId) -> (Arc<Route>, usize, &mut Work) {
        let product = self.units.get_mut(unit).unwrap();
        (Arc::clone(&product.route), product.due, &mut product.work[product.due])
    }

    /// The first record of an attempt begins it: observations and the signature are needed again, material stays.
    pub(super) fn begin_attempt(&mut self, unit: &UnitId, event: &Event) -> Heard {
        let (_, _, work) = self.now(unit);
        if !work.goes_on {
            work.attempt += 1;
            work.goes_on = true;
            (work.signed, work.approved, work.changed) = (None, false, 0);
            work.seen.clear();
            work.hands.clear();
            work.done.clear();
        }
        must(event.about.attempt == Some(work.attempt), format!("is not of attempt {}", work.attempt))
    }

    pub(super) fn did(work: &mut Work, event: &Event) {
        let by = event.about.by.clone().unwrap();
        work.workers.insert(by.clone());
        work.hands.insert(by.clone());
        if event.about.how == Some(How::Loaded) {
            return;
        }
        work.changed = event.stamp.seq;
        let serial = match &event.what {
            What::MaterialInstalled(MaterialInstalled { piece: Piece::Serial(serial), .. })
            | What::MaterialVerified(MaterialVerified { serial, .. }) => Some(serial.clone()),
            _ => None,
        };
        work.done.push(Done { event: event.stamp.seq, by, serial });
    }

    fn verified(&mut self, told: Told<'_>, unit: &UnitId, m: &MaterialVerified) -> Heard {
        let (route, _, work) = self.now(unit);
        may_be_met(told, &route.parts[&m.part])?;
        let is_it = |p: &&mut PieceIn| p.piece == Piece::Serial(m.serial.clone()) && p.part == m.part;
        let piece = work.pieces.iter_mut().find(is_it).ok_or("verifies what is not there")?;
        must(!piece.met, "verifies what needs no verifying")?;
        piece.met = true;
        Self::did(work, told.event);
        Ok(())
    }

    fn checked(&mut self, told: Told<'_>, unit: &UnitId, c: &CheckRecorded) -> Heard {
        let event = told.event;
        let station = event.about.station.clone().ok_or("happens at no station")?;
        let last_no = self.stations.get(&station).and_then(|b| b.last_no.clone());
        let reads_as_another = self.reads_as_another(unit, &c.value);
        self.is_measured(told, unit, c)?;
        let variant = self.units[unit].variant.clone();
        let (route, due, work) = self.now(unit);
        let check = route.steps[due].checks.iter().find(|k| k.id == c.check).ok_or("is no check of the step")?;
        must(check.points.is_empty() == c.point.is_none(), "has a point where there is none, or none where there is")?;
        must(c.point.as_ref().is_none_or(|p| check.points.contains(p)), "has a point that the check has not")?;
        let twice = work.seen.iter().any(|s| s.check == c.check && s.point == c.point);
        must(!twice, "is recorded already in this attempt")?;
        let how = event.about.how.as_ref().ok_or("does not say how it came in")?;
        let by_hand = told.is_typed();
        let is_read_off = by_hand || matches!(how, How::Transcribed { .. });
        let typed = is_read_off && check.typed == Typed::Refuse && !told.lets_go(Code::TypedEntry, None);
        must(!typed, "is typed where only a scan or a gauge counts")?;
        let good = judge(&route, variant.as_deref(), check, &c.value, by_hand).ok_or("is a value that is no answer")?;
        let good = good || told.lets_go(Code::CheckFailed, None);
        must(good == c.passed, format!("says {} of {:?}", c.passed, c.value))?;
        must(
            !(reads_as_another && matches!(check.kind, CheckKind::Text { .. })),
            "takes a unit or a badge for a text",
        )?;
        let asked = last_no.filter(|(code, e)| {
            *code == Code::ConfirmValue && e.check.as_ref() == Some(&c.check) && e.point == c.point
        });
        if by_hand && !good && is_asked_twice(check) {
            let said = asked.as_ref().and_then(|(_, e)| e.value.as_deref());
            must(said == Some(c.value.as_str()), "records a failing typed value without asking again")?;
        }
        work.seen.push(Seen {
            event: event.stamp.seq,
            check: c.check.clone(),
            point: c.point.clone(),
            good,
            accepted: false,
        });
        Self::did(work, event);
        Ok(())
    }

    fn reads_as_another(&self, unit: &UnitId, text: &str) -> bool {
        let is_badge = Badge::parse(text).is_ok_and(|b| self.people.contains_key(&b));
        let claimed = self.releases.iter().any(|r| !r.withdrawn && r.route.identifier.pattern.matches(text));
        is_badge || claimed || unit.as_str() == text
    }

    /// Only one's own last passing record of this attempt is taken back; the signature goes with it.
    fn voided(&mut self, told: Told<'_>, unit: &UnitId, v: &ObservationVoided) -> Heard {
        let event = told.event;
        let Some(Link::Here(of)) = event.about.corrects else { return Err("corrects nothing".to_owned()) };
        let by = event.about.by.clone().unwrap();
        let (_, _, work) = self.now(unit);
        let last = work.done.iter().rev().find(|d| d.by == by).ok_or("takes back nothing of its own")?;
        must(last.event == of, "takes back something else than its own last record")?;
        match &v.of {
            Voided::Check { .. } => {
                let seen =
                    work.seen.iter().position(|s| s.event == of).ok_or("takes back another thing than it says")?;
                must(work.seen[seen].good, "takes back a failed observation")?;
                work.seen.remove(seen);
            }
            Voided::Material { .. } => {
                let at =
                    work.pieces.iter().position(|p| p.event == of).ok_or("takes back another thing than it says")?;
                let piece = work.pieces.remove(at);
                match piece.piece {
                    Piece::Serial(serial) => {
                        self.components.insert(serial, Whereabouts::Out(None));
                    }
                    Piece::Lot(lot) => self.lots.get_mut(&lot).unwrap().left += i64::from(piece.quantity),
                }
            }
            Voided::Verified { serial } => {
                let is_it = |p: &&mut PieceIn| p.piece == Piece::Serial(serial.clone());
                work.pieces.iter_mut().find(is_it).ok_or("takes back what is not there")?.met = false;
            }
        }
        let (_, _, work) = self.now(unit);
        work.done.retain(|d| d.event != of);
        (work.signed, work.approved) = (None, false);
        work.changed = event.stamp.seq;
        Ok(())
    }

    fn retested(&mut self, told: Told<'_>, unit: &UnitId) -> Heard {
        let product = &self.units[unit];
        must(product.has_failed(), "begins another attempt and nothing failed")?;
        must(product.may_retest(), "begins an attempt that the route does not allow")?;
        let (route, due, work) = self.now(unit);
        let retest = route.steps[due].retest.as_ref().ok_or("begins an attempt that the route does not know")?;
        let reason = told.event.about.reason.as_ref().ok_or("gives no reason")?;
        must(retest.reasons.is_empty() || retest.reasons.contains(reason), "gives a reason that does not count")?;
        work.failed += 1;
        work.retests += 1;
        work.goes_on = false;
        Ok(())
    }

    fn signed(&mut self, told: Told<'_>, unit: &UnitId, s: &SignatureRecorded) -> Heard {
        let event = told.event;
        must(event.about.auth == Some(Auth::BadgePin), "is signed without badge and PIN")?;
        let product = &self.units[unit];
        must(!product.has_failed(), "signs what failed")?;
        let bench = told.event.about.station.as_ref().and_then(|at| self.stations.get(at));
        let lacks = product.lacks(product.due, bench);
        must(
            lacks.first().is_some_and(|(kind, id, _)| *kind == "signature" && id == "sign-off"),
            format!("is signed before {lacks:?}"),
        )?;
        let step = product.step().ok_or("signs nothing")?;
        let sign_off = step.sign_off.as_ref().ok_or("is signed where no signature is asked for")?;
        let by = event.about.by.clone().ok_or("is signed by nobody")?;
        let person = &self.people[&by];
        must(person.roles.contains(&sign_off.role) && s.role == sign_off.role, "is signed in another role")?;
        must(person.name == s.name && s.meaning == sign_off.meaning, "says another name or another meaning")?;
        let worked = product.work[product.due].workers.contains(&by);
        must(!(sign_off.second && worked), "is signed by the one who did the work")?;
        is_apart(product, step, &by)?;
        self.now(unit).2.signed = Some(event.stamp.seq);
        Ok(())
    }

    pub(super) fn passed(&mut self, told: Told<'_>, unit: &UnitId, passed: &StepPassed) -> Heard {
        let product = &self.units[unit];
        if !product.is_due_to_be_packed() {
            self.may_pass(told, product)?;
        }
        self.is_sound_inside(unit)?;
        // What is loaded is drawn by now.
        let undrawn = product.lacks(product.due, None).into_iter().find(|(kind, ..)| *kind == "material");
        must(undrawn.is_none(), format!("passes without {undrawn:?}"))?;
        let due = product.due;
        let work = &mut self.units.get_mut(unit).unwrap().work[due];
        must(work.signed.is_none_or(|at| at > work.changed), "passes with a signature older than the work")?;
        (work.passed, work.goes_on, work.retests) = (true, false, 0);
        work.passed_beside.clear();
        (work.passed_at, work.passed_by) = (Some(told.when()), told.event.stamp.seq);
        work.enders.extend(told.event.about.by.clone());
        self.counts(unit, due, true);
        let samples = self.draws(unit);
        must(passed.samples == samples, format!("draws {:?}, and it is {samples:?}'s turn", passed.samples))?;
        let product = self.units.get_mut(unit).unwrap();
        let (ahead, steps) = (product.ahead(), &product.route.steps);
        let first = ahead.first().map(|at| &steps[*at]);
        let beside = |at: &usize| first.is_some_and(|f| f.group.is_some() && f.group == steps[*at].group);
        let next = passed.next.as_ref().map(|n| product.route.position(&n.step).ok_or("is followed by no step"));
        let next = next.transpose()?;
        let may = next == ahead.first().copied() || next.is_some_and(|at| ahead.contains(&at) && beside(&at));
        must(may, "is followed by another step than the route says")?;
        let class = next.map(|at| &steps[at].station);
        must(passed.next.as_ref().map(|n| &n.station) == class, "is followed at another station")?;
        product.due = next.unwrap_or(steps.len());
        Ok(())
    }

    pub(super) fn step_failed(&mut self, told: Told<'_>, unit: &UnitId) -> Heard {
        let What::StepFailed(failed) = &told.event.what else { return Err("is no work".to_owned()) };
        let product = self.units.get_mut(unit).unwrap();
        if let Failure::Check(check) = &failed.because {
            must(!product.may_retest(), "stops a unit that may be tried again")?;
            let seen = product.work[product.due].seen.last();
            must(seen.is_some_and(|s| s.check == *check && !s.good), "fails for a check that did not fail")?;
        }
        let due = product.due;
        product.work[due].failed += 1;
        product.state = State::Nonconforming;
        self.counts(unit, due, false);
        Ok(())
    }
}

/// Numbers and labels outside of what passes are asked for twice where they are typed.
pub(super) fn is_asked_twice(check: &Check) -> bool {
    matches!(check.kind, CheckKind::Number { .. } | CheckKind::Scan { .. })
}
