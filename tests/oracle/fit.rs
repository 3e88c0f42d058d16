//! What the oracle knows of taking up a unit: the right place, the right person, at the right time, with material that
//! may be used. And of passing a step.

use traveller::domain::code::Code;
use traveller::domain::id::{Badge, LotId, StationId};
use traveller::domain::route::{Capture, ClockRule, Part, Route, Step};
use traveller::domain::what::Qualification;

use super::clock::{MINUTE, When};
use super::hear::Told;
use super::model::{Batch, Heard, May, Meter, Oracle, Product, State, must};

impl Oracle {
    /// The operator who is signed on where an event happened, in the same run of the program.
    pub(super) fn operator(&self, told: Told<'_>) -> Heard<(&Badge, &StationId)> {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let (station, bench) = self.stations.get_key_value(station).ok_or("nobody was ever here")?;
        let (badge, session) = bench.operator.as_ref().ok_or("nobody is signed on")?;
        must(Some(session) == told.cause.ambient.session.as_ref(), "nobody is signed on in this run")?;
        must(!self.people[badge].revoked, "the operator's badge counts no more")?;
        Ok((badge, station))
    }

    /// Somebody with the right role does this at a station of the right class.
    pub(super) fn is_right_place(&self, told: Told<'_>, step: &Step) -> Heard<(&Badge, &StationId)> {
        let (badge, station) = self.operator(told)?;
        let class = &self.classes[station];
        must(*class == step.station, format!("step {} is done at {}, not at {class}", step.id, step.station))?;
        let can = self.people[badge].roles.contains(&step.role);
        must(can, format!("step {} takes the role {:?}, which {badge} lacks", step.id, step.role))?;
        Ok((badge, station))
    }

    /// Whether a unit may be taken up for a step here and now.
    pub(super) fn may_take_up(
        &self,
        told: Told<'_>,
        product: &Product,
        at: usize,
        supervisor: Option<&Badge>,
    ) -> Heard {
        must(!product.is_held(), "opens a held unit")?;
        must(product.state == State::Working, format!("opens a unit that is {:?}", product.state))?;
        let step = product.route.steps.get(at).ok_or("opens a unit that is done")?;
        let (badge, station) = self.is_right_place(told, step)?;
        if product.sample.is_none() {
            self.is_proved_here(told, product, at)?;
        }
        must(product.work[at].failed < step.attempts, "opens a step that failed as often as it may")?;
        let lets_go = |rule| told.lets_go(rule, Some(&step.id));
        let qualified = self.is_qualified(told, &product.route, step, badge, supervisor);
        qualified.or_else(|why| must(lets_go(Code::NotQualified), why))?;
        is_apart(product, step, badge)?;
        // The limits are for taking a step up: what was begun in time may be finished.
        if at != product.due || !product.is_touched() {
            let late = lets_go(Code::TooLate) && self.is_too_late(&told.when(), product, at);
            if !late {
                self.in_time(&told.when(), product, at)?;
            }
        }
        let bench = &self.stations[station];
        // What is loaded goes into no sample.
        for (part, lot) in bench.loaded.iter().filter(|_| product.sample.is_none()) {
            let missing = product.missing(at, part);
            // A batch may take more than one lot has, and begins with this one.
            let wanted = if product.heap.is_some() { missing.min(1) } else { missing };
            if wanted > 0 && product.route.parts[part].capture == Capture::Loaded {
                let batch = &self.lots[lot];
                takes(&product.route, part, batch).or_else(|why| must(lets_go(Code::WrongPart), why))?;
                let rules = rules(&product.route, part, batch);
                self.may_use(told, (lot, batch), rules, product.route.clock, Some(step))?;
                must(batch.left - i64::from(wanted) >= -i64::from(rules.overrun), "has too little loaded")?;
            }
        }
        Ok(())
    }

    /// Whoever works holds the qualification, in date; or is learning it, and somebody else who holds it stands by.
    fn is_qualified(
        &self,
        told: Told<'_>,
        route: &Route,
        step: &Step,
        worker: &Badge,
        supervisor: Option<&Badge>,
    ) -> Heard {
        let Some(name) = &step.qualification else { return Ok(()) };
        let of = |badge: &Badge| -> Heard<&Qualification> {
            let held = self.people[badge].quals.iter().find(|q| q.name == *name);
            let held = held.ok_or_else(|| format!("{badge} is not qualified for {name}"))?;
            let in_date = self.in_date(route.clock, held.until, &told.when());
            in_date.map_err(|why| format!("the qualification {name} of {badge} {why}"))?;
            Ok(held)
        };
        if !of(worker)?.supervised {
            return Ok(());
        }
        let supervisor = supervisor.ok_or_else(|| format!("{worker} is learning {name}, and nobody stands by"))?;
        must(supervisor != worker, "somebody stands by his own work")?;
        must(!self.people[supervisor].revoked, "somebody stands by whose badge counts no more")?;
        must(!of(supervisor)?.supervised, "somebody stands by who is learning it as well")
    }

    /// The time since another step lies within what the route says, for certain or as far as the route asks.
    fn in_time(&self, now: &When, product: &Product, at: usize) -> Heard {
        if self.is_too_late(now, product, at) {
            return Err("comes too late".to_owned());
        }
        for (window, from) in windows(product, at) {
            let (passed, known) = self.between(from, now).under(product.route.clock);
            let least = window.min.map_or(0, i64::from) * MINUTE;
            // Where there is no greatest time, what has passed for certain may be enough.
            must(known || window.max.is_none() && passed >= least, "depends on a time that nobody knows")?;
            must(passed >= least, format!("comes too early: {passed} of {least}"))?;
        }
        Ok(())
    }

    /// Whether a time limit has passed, and quality has not accepted that.
    pub(super) fn is_too_late(&self, now: &When, product: &Product, at: usize) -> bool {
        windows(product, at).into_iter().any(|(window, from)| {
            let (passed, _) = self.between(from, now).under(product.route.clock);
            window.max.is_some_and(|max| passed > i64::from(max) * MINUTE)
        })
    }

    /// A lot may be used: not held, inspected where its part asks for that, not expired, and not open for too long.
    pub(super) fn may_use(
        &self,
        told: Told<'_>,
        (lot, batch): (&LotId, &Batch),
        part: &Part,
        rule: ClockRule,
        step: Option<&Step>,
    ) -> Heard {
        let now = &told.when();
        must(batch.may == May::BeUsed, "uses a held or rejected lot")?;
        must(!part.inspect || batch.inspected == Some(true), "uses a lot that was not inspected")?;
        // A permit lets go of how old it is, and of nothing else.
        if self.lets_an_old_lot_go(told, lot, step.map(|s| &s.id)) {
            return Ok(());
        }
        if let Some(day) = batch.expires {
            self.in_date(rule, day, now).map_err(|why| format!("uses an expired lot: it {why}"))?;
        }
        let Some(minutes) = part.floor_minutes else { return Ok(()) };
        let (mut open, mut known) = (batch.was_open, true);
        if let Some(since) = &batch.open {
            let (passed, certain) = self.between(since, now).under(rule);
            (open, known) = (open + passed, certain);
        }
        must(open <= i64::from(minutes) * MINUTE, "uses a lot that was open for too long")?;
        must(known, "uses a lot, and nobody knows how long it was open")
    }

    /// A gauge may be measured with.
    pub(super) fn may_measure(&self, told: Told<'_>, gauge: &Meter, rule: ClockRule) -> Heard {
        let now = &told.when();
        must(!gauge.retired, "measures with a gauge that is out of use")?;
        must(gauge.good, "measures with a gauge that is out of tolerance")?;
        if told.lets_go(Code::GaugeOverdue, None) {
            return Ok(());
        }
        self.in_date(rule, gauge.due, now).map_err(|why| format!("measures with an overdue gauge: it {why}"))
    }

    /// Whether the due step may be passed here: nothing failed, nothing lacks, what it measured with counts, and what
    /// is loaded may be drawn.
    pub(super) fn may_pass(&self, told: Told<'_>, product: &Product) -> Heard {
        must(!product.has_failed(), "passes what failed")?;
        self.was_found_wanting(told, product)?;
        let bench = told.event.about.station.as_ref().and_then(|at| self.stations.get(at));
        let bench = bench.ok_or("passes at no station")?;
        let lacks = product.lacks(product.due, Some(bench));
        must(lacks.is_empty(), format!("passes without {lacks:?}"))?;
        let step = product.step().ok_or("passes a unit that is done")?;
        must(step.load.is_none() || product.work[product.due].treated, "passes without its load")?;
        let rule = product.route.clock;
        for kind in &step.gauges {
            let gauge = self.gauges.get(&bench.gauges[kind]).ok_or("has a gauge that was never registered")?;
            self.may_measure(told, gauge, rule)?;
        }
        for part in step.uses.keys() {
            let wanted = product.missing(product.due, part);
            if wanted > 0 {
                let lot = &bench.loaded[part];
                let batch = &self.lots[lot];
                let unit = told.event.about.unit.as_ref().ok_or("is about no unit")?;
                self.may_follow(told, unit, part, lot)?;
                let let_go = told.lets_go(Code::WrongPart, Some(&step.id));
                takes(&product.route, part, batch).or_else(|why| must(let_go, why))?;
                let rules = rules(&product.route, part, batch);
                self.may_use(told, (lot, batch), rules, rule, Some(step))?;
                must(batch.left - i64::from(wanted) >= -i64::from(rules.overrun), "draws more than is loaded")?;
            }
        }
        Ok(())
    }
}

/// What is loaded may be loaded for another route, which takes other parts in its place.
fn takes(route: &Route, part: &traveller::domain::id::PartId, batch: &Batch) -> Heard {
    let may = batch.part == *part || route.parts[part].alternates.contains(&batch.part);
    must(may, format!("has {} loaded for {part}", batch.part))
}

/// What the route says of a lot that is used for a part: of what it is, where the route knows that.
pub(super) fn rules<'a>(route: &'a Route, part: &traveller::domain::id::PartId, batch: &Batch) -> &'a Part {
    route.parts.get(&batch.part).unwrap_or_else(|| &route.parts[part])
}

/// The limit of time of a step, and when the other step passed: of a batch that was merged, for each of its parts.
fn windows(product: &Product, at: usize) -> Vec<(&traveller::domain::route::MinutesSince, &When)> {
    let window = product.route.steps[at].minutes_since.as_ref().filter(|_| !product.work[at].excused);
    let Some(window) = window else { return Vec::new() };
    let Some(other) = product.route.position(&window.step).map(|other| &product.work[other]) else { return Vec::new() };
    let all = other.passed_at.iter().chain(&other.passed_beside).filter(|_| other.passed);
    all.map(|from| (window, from)).collect()
}

/// Nobody does or signs a step who worked at one that the route keeps apart from it.
pub(super) fn is_apart(product: &Product, step: &Step, badge: &Badge) -> Heard {
    let worked = |id: &&traveller::domain::id::StepId| {
        let other = product.route.position(id).map(|at| &product.work[at]);
        other.is_some_and(|work| work.workers.contains(badge) || work.enders.contains(badge))
    };
    step.not_by.iter().find(worked).map_or(Ok(()), |id| Err(format!("{badge} worked at step {id} as well")))
}
