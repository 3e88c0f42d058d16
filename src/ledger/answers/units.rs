//! Other units than the open one.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::facts::{Facts, Inside, Other, Seen};
use crate::domain::gs1::Gtin;
use crate::domain::id::{LotId, Serial, UnitId};
use crate::domain::route::{IdentifierKind, Route};
use crate::ledger::read::trace::LEVELS_MOST;
use crate::ledger::writer::Writer;

impl Writer {
    /// Another unit, and the route that it runs or would begin.
    pub(super) fn other(&mut self, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        let traveller = self.projector.units.traveller(conn, unit)?;
        let route = if let Some((route, revision)) = &traveller.route {
            self.routes.get(conn, route, revision)?
        } else {
            // Whoever is told the route that would begin it is told its release too.
            let claimed = self.routes.claim(conn, unit.as_str())?;
            if let Some((row, _)) = &claimed {
                facts.claim = Some(row.release());
            }
            claimed.map(|(_row, route)| route)
        };
        facts.other_seen = Some(Seen { unit: unit.clone(), head: traveller.head.clone() });
        facts.other = Some(Other { traveller, route });
        Ok(())
    }

    /// A second unit, and the route that it runs.
    pub(super) fn beside(&mut self, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        let traveller = self.projector.units.traveller(conn, unit)?;
        let route = traveller.route.as_ref().map_or(Ok(None), |(id, revision)| self.routes.get(conn, id, revision))?;
        facts.beside = Some(Other { traveller, route });
        Ok(())
    }

    /// The first unit on hold among those that a unit is made of: the nearest, and of those the first installed.
    pub(super) fn inside(&mut self, outer: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        if facts.inside(outer).is_some() {
            return Ok(());
        }
        let levels = usize::try_from(LEVELS_MOST).unwrap_or(usize::MAX);
        let conn = &self.reader.conn;
        let mut paths = VecDeque::from([vec![outer.clone()]]);
        let mut met = BTreeSet::from([outer.clone()]);
        while let Some(path) = paths.pop_front() {
            let Some(unit) = path.last() else { continue };
            let Some(stand) = self.projector.units.stand(conn, unit, "")? else { continue };
            if stand.held && unit != outer {
                let held = self.projector.units.traveller(conn, unit)?;
                facts.inside.extend(Inside::at_the_end_of(path, &held));
                return Ok(());
            }
            // Most are made of no other unit, and their histories are left alone.
            let route = self.routes.get(conn, &stand.route, &stand.revision)?;
            let is_made_of_units = |route: &Arc<Route>| route.parts.values().any(|part| part.made_by.is_some());
            let Some(route) = route.filter(is_made_of_units).filter(|_| path.len() < levels) else { continue };
            let traveller = self.projector.units.traveller(conn, unit)?;
            for inner in traveller.sub_assemblies(&route) {
                // A record that runs in a circle ends where it began.
                if met.insert(inner.clone()) {
                    paths.push_back(path.iter().cloned().chain([inner]).collect());
                }
            }
        }
        Ok(())
    }

    /// The unit that a GS1 label names, and the route that has its GTIN.
    pub(super) fn labelled(
        &mut self,
        gtin: &Gtin,
        (serial, lot): (Option<&Serial>, Option<&LotId>),
        facts: &mut Facts,
    ) -> Result<(), Fault> {
        if facts.names_a_unit() || facts.claim.is_some() {
            return Ok(());
        }
        let conn = &self.reader.conn;
        let Some((row, route)) = self.routes.of_gtin(conn, gtin)? else { return Ok(()) };
        facts.claim = Some(row.release());
        // A unit that began under another revision keeps the number that it began with.
        let numbers = match route.identifier.kind {
            IdentifierKind::Serial => serial.map(|s| [gtin.with_serial(s.as_str()), s.to_string()]),
            IdentifierKind::Batch => lot.map(|l| [gtin.with_lot(l.as_str()), l.to_string()]),
        };
        let Some(numbers) = numbers else { return Ok(()) };
        let mut free = None;
        for unit in numbers.iter().filter_map(|number| UnitId::parse(number).ok()) {
            let traveller = self.projector.units.traveller(conn, &unit)?;
            match &traveller.route {
                Some((of, _)) if *of == route.id => return self.other(&unit, facts),
                None if route.identifier.pattern.matches(unit.as_str()) => free = Some(traveller),
                Some(_) | None => {}
            }
        }
        if let Some(traveller) = free {
            facts.other = Some(Other { traveller, route: Some(route) });
        }
        Ok(())
    }
}
