//! What the oracle knows of material that goes in, and of what measures.

use traveller::domain::code::Code;
use traveller::domain::command::Command;
use traveller::domain::event::How;
use traveller::domain::id::{DeviceId, LotId, Serial, UnitId};
use traveller::domain::route::{Capture, Check, CheckKind, Route, Typed};
use traveller::domain::what::{CheckRecorded, MaterialInstalled, Piece};

use super::batches::{is_a_trace, is_one};
use super::fit::rules;
use super::hear::Told;
use super::labels::names_the_piece;
use super::life::may_go_in;
use super::model::{Heard, Oracle, PieceIn, Product, State, Whereabouts, must};
use super::product::kinds as asked;

/// Levels of units within units.
const LEVELS: usize = 16;

impl Oracle {
    pub(super) fn installed(&mut self, told: Told<'_>, unit: &UnitId, m: &MaterialInstalled) -> Heard {
        let event = told.event;
        let product = &self.units[unit];
        let missing = product.missing(product.due, &m.part);
        let is_batch = product.heap.is_some();
        let (route, due, work) = self.now(unit);
        let wanted = *route.steps[due].uses.get(&m.part).ok_or("installs a part that the step does not use")?;
        let there: u32 = work.pieces.iter().filter(|p| p.part == m.part).map(|p| p.quantity).sum();
        let fits = if is_batch { m.quantity <= missing } else { there + m.quantity <= wanted };
        must(fits, format!("installs {} beside {there} of {wanted}", m.quantity))?;
        let part = &route.parts[&m.part];
        let is = m.is.as_ref().unwrap_or(&m.part);
        let stands_in = m.is.as_ref().is_none_or(|is| part.alternates.contains(is))
            || told.lets_go(Code::WrongPart, None)
            || m.quantity == 0;
        must(stands_in, format!("installs {is} for {}", m.part))?;
        let found = route.parts.get(is).unwrap_or(part);
        match &m.piece {
            Piece::Serial(serial) => {
                let is_let_go = told.lets_go(Code::LotExpired, None);
                names_the_piece(told, (self.latest(&told.when()), is_let_go), part, found, m)?;
                let is_of = found.pattern.as_ref().is_some_and(|p| p.matches(serial.as_str()));
                let one = part.capture == Capture::Serial && m.quantity == 1;
                must(one && is_of, "installs a serial of another part")?;
                may_go_in(self.components.get(serial))?;
                if let Some(made_by) = &found.made_by {
                    self.is_complete(serial, made_by)?;
                }
                self.is_no_part_of(unit, serial)?;
                self.components.insert(serial.clone(), Whereabouts::In(unit.clone()));
            }
            Piece::Lot(lot) if part.capture == Capture::Loaded => {
                must(event.about.how == Some(How::Loaded), "draws from a lot that is loaded, and says otherwise")?;
                self.drawn(told, unit, m, lot)?;
            }
            Piece::Lot(lot) => {
                let is_let_go = self.lets_an_old_lot_go(told, lot, None);
                names_the_piece(told, (self.latest(&told.when()), is_let_go), part, found, m)?;
                must(m.quantity > 0, "installs nothing")?;
                self.takes_of_lot(told, unit, m, lot, 0)?;
            }
        }
        let (_, _, work) = self.now(unit);
        let (part, piece, quantity) = (m.part.clone(), m.piece.clone(), m.quantity);
        work.pieces.push(PieceIn { event: event.stamp.seq, part, is: m.is.clone(), piece, quantity, met: true });
        Self::did(work, event);
        Ok(())
    }

    fn takes_of_lot(
        &mut self,
        told: Told<'_>,
        unit: &UnitId,
        m: &MaterialInstalled,
        lot: &LotId,
        beyond: i64,
    ) -> Heard {
        let route = self.units[unit].route.clone();
        let batch = self.lots.get(lot).ok_or("installs from a lot that was never received")?;
        must(batch.part == *m.is.as_ref().unwrap_or(&m.part), "installs from a lot of another part")?;
        self.may_use(told, (lot, batch), rules(&route, &m.part, batch), route.clock, None)?;
        let batch = self.lots.get_mut(lot).unwrap();
        batch.left -= i64::from(m.quantity);
        must(batch.left >= -beyond, "overdraws a lot")
    }

    /// From the lot that is loaded here; or, none that could be counted, from the one before it.
    fn drawn(&mut self, told: Told<'_>, unit: &UnitId, m: &MaterialInstalled, lot: &LotId) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let bench = &self.stations[station];
        if m.quantity == 0 {
            let of_before = self.lots.get(lot).map(|l| &l.part);
            let was_here = bench.replaced.get(&m.part) == Some(lot) || bench.loaded.get(&m.part) == Some(lot);
            must(was_here, "counts nothing of a lot that was not here")?;
            return must(of_before == Some(m.is.as_ref().unwrap_or(&m.part)), "says another part of the lot before");
        }
        if is_a_trace(told) {
            return self.uses_up(told, unit, &m.part, &m.piece, m.quantity);
        }
        must(bench.loaded.get(&m.part) == Some(lot), "draws from a lot that is not loaded here")?;
        self.may_follow(told, unit, &m.part, lot)?;
        let route = self.units[unit].route.clone();
        let beyond = self.lots.get(lot).map_or(0, |batch| rules(&route, &m.part, batch).overrun);
        self.takes_of_lot(told, unit, m, lot, i64::from(beyond))
    }

    /// A sub-assembly is a unit of the route that makes it, complete and not on hold.
    fn is_complete(&self, serial: &Serial, made_by: &traveller::domain::id::RouteId) -> Heard {
        let unit = UnitId::parse(serial.as_str()).unwrap();
        let inner = self.units.get(&unit).ok_or("installs a unit that never began")?;
        must(inner.route.id == *made_by, "installs a unit of another route")?;
        is_one(inner, serial)?;
        must(!inner.is_held(), "installs a held unit")?;
        let done = matches!(inner.state, State::Complete | State::Dispatched);
        must(done, format!("installs a unit that is {:?}", inner.state))?;
        self.is_sound_inside(&unit)
    }

    /// Nothing that a unit is made of is on hold, at any depth.
    pub(super) fn is_sound_inside(&self, outer: &UnitId) -> Heard {
        let mut outers = vec![outer.clone()];
        for _ in 0..LEVELS {
            outers = outers.iter().filter_map(|unit| self.units.get(unit)).flat_map(made_by_others).collect();
            for unit in &outers {
                let sound = self.units.get(unit).is_none_or(|inner| !inner.is_held());
                must(sound, format!("goes on while {unit}, which is in it, is on hold"))?;
            }
        }
        Ok(())
    }

    /// No unit is a part of itself.
    fn is_no_part_of(&self, unit: &UnitId, serial: &Serial) -> Heard {
        let mut at = unit.as_str();
        for _ in 0..LEVELS {
            must(at != serial.as_str(), "installs a unit in one of its own parts")?;
            let holder = Serial::parse(at).ok().and_then(|s| self.components.get(&s));
            let Some(Whereabouts::In(above)) = holder else { return Ok(()) };
            at = above.as_str();
        }
        Ok(())
    }

    /// A value says rightly what it was measured with, and that may be measured with.
    pub(super) fn is_measured(&self, told: Told<'_>, unit: &UnitId, c: &CheckRecorded) -> Heard {
        let product = &self.units[unit];
        let step = product.step().ok_or("measures nothing")?;
        let check = step.checks.iter().find(|k| k.id == c.check).ok_or("is no check of the step")?;
        let with = self.measures(told, (&product.route, product.due), check)?;
        must(c.gauge == with, format!("says {:?}, and was measured with {with:?}", c.gauge))
    }

    /// The chosen gauge that a value of a check is measured with. One that gave it by itself is said elsewhere.
    pub(super) fn measures(
        &self,
        told: Told<'_>,
        (route, at): (&Route, usize),
        check: &Check,
    ) -> Heard<Option<DeviceId>> {
        let step = &route.steps[at];
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let is_number = matches!(check.kind, CheckKind::Number { .. });
        let kinds: Vec<&String> = check.source_gauge.as_ref().map_or_else(|| step.gauges.iter().collect(), |k| vec![k]);
        let is_value = is_number || check.source_gauge.is_some();
        let may = |id| -> Heard<&super::model::Meter> {
            let gauge = self.gauges.get(id).ok_or("is measured with a gauge that nobody registered")?;
            self.may_measure(told, gauge, route.clock)?;
            Ok(gauge)
        };
        let by_itself = told.gauge();
        if let Some(id) = &by_itself {
            let is_asked = !asked(step).is_empty() || check.typed == Typed::Refuse;
            if !is_asked && !self.gauges.contains_key(id) {
                return Ok(None);
            }
            let gauge = may(id)?;
            must(kinds.is_empty() || kinds.contains(&&gauge.kind), "is measured with a gauge of another kind")?;
            return Ok(None);
        }
        let by_scan = matches!(told.cause.cmd, Command::Scan { .. });
        let mut with = Vec::new();
        for kind in kinds.iter().filter(|_| !by_scan) {
            let chosen = self.stations[station].gauges.get(*kind);
            if chosen.is_none() && !is_value {
                continue;
            }
            let id = chosen.ok_or("is measured without a gauge")?;
            must(may(id)?.kind == **kind, "is measured with a gauge of another kind")?;
            with.push(id);
        }
        Ok(if let ([one], true) = (with.as_slice(), is_value) { Some((*one).clone()) } else { None })
    }
}

/// The units that a product is made of, as its route says.
fn made_by_others(product: &Product) -> Vec<UnitId> {
    let pieces = product.work.iter().flat_map(|work| &work.pieces);
    let made = pieces.filter(|p| {
        let is = product.route.parts.get(p.is.as_ref().unwrap_or(&p.part));
        is.is_some_and(|part| part.made_by.is_some())
    });
    made.filter_map(|p| if let Piece::Serial(serial) = &p.piece { UnitId::parse(serial.as_str()).ok() } else { None })
        .collect()
}
