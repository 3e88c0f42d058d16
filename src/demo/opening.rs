//! Before the first shift: people get badges, routes are released, and the first lots come in.

use std::sync::Arc;

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::id::Badge;
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::route_file;

use super::act::Act;
use super::cast::{LEAD, Pins, QUALITY};
use super::floor::ANY_KIND;
use super::handover::Change;
use super::material::day_after;
use super::outcome::CALIBRATED;
use super::plant::Plant;
use super::routes::Text;

/// Working before the first shift begins, in microseconds.
pub(super) const EARLIER: i64 = 1_800 * SECOND;
/// Days after which the calibration of one gauge ends.
const SOON_DUE: i64 = 1;
/// What one thing takes then.
const EACH: i64 = 12 * SECOND;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Everything that a plant needs before the first unit.
    pub(super) fn open(&mut self, routes: &[(Text, Arc<Route>)]) -> Result<(), Fault> {
        self.cast.choose_pins(self.pins)?;
        let mut acts = self.enrolments()?;
        acts.extend(self.releases(routes)?);
        acts.extend(self.orders()?);
        let quality = self.cast.badge(QUALITY)?;
        acts.extend(self.gauges(&quality)?);
        let inspector = self.cast.badge(self.cast.holder(Role::Inspector, &[], 0).unwrap_or(QUALITY))?;
        acts.extend(self.store.stock(self.week.begin(), &quality, &inspector)?);
        self.recall.lot = self.store.inconspicuous();
        self.change = Change::of(routes);
        let first = self.week.begin().plus(-EARLIER);
        for (n, act) in (0..).zip(&acts) {
            let at: At = first.plus(EACH * n).min(self.week.begin());
            self.give(at, None, act)?;
        }
        Ok(())
    }

    /// The lead enrols himself, then everybody else.
    fn enrolments(&self) -> Result<Vec<Act>, Fault> {
        let lead = self.cast.badge(LEAD)?;
        let enrolled = (0..).zip(self.cast.members()).map(|(who, member)| {
            let by = (who != LEAD).then(|| lead.clone());
            let command = Command::Enrol {
                badge: member.badge.clone(),
                name: member.name.to_owned(),
                roles: member.roles.clone(),
                qualifications: member.qualifications.clone(),
                pin_id: self.cast.pin_id(who)?,
                by: by.clone(),
            };
            Ok(by.map_or_else(|| Act::new(command.clone()), |by| Act::by_hand(command.clone(), by)))
        });
        enrolled.collect()
    }

    /// The lead opens the orders of the week.
    fn orders(&self) -> Result<Vec<Act>, Fault> {
        let by = self.cast.badge(LEAD)?;
        let runs = self.floor.products.iter().flat_map(|p| p.runs.iter().map(move |run| (p, run)));
        let opened = runs.filter_map(|(product, run)| {
            let planned = run.order.clone()?;
            Some(Command::OpenOrder {
                order: planned.order,
                route: product.route.id.clone(),
                revision: product.route.revision.clone(),
                variant: planned.variant,
                quantity: planned.quantity,
                serials: planned.serials,
                customer: Some(planned.customer.to_owned()),
                purpose: None,
                by: by.clone(),
            })
        });
        Ok(opened.map(|command| Act::by_hand(command, by.clone())).collect())
    }

    /// Every gauge is registered. The calibration of the first one that a route asks for ends in mid-week.
    fn gauges(&self, by: &Badge) -> Result<Vec<Act>, Fault> {
        let mut acts = Vec::new();
        let mut ends = true;
        for (kind, gauge) in self.floor.benches.iter().flat_map(|b| &b.gauges) {
            let soon = kind != ANY_KIND && std::mem::take(&mut ends);
            let due = day_after(self.week.begin(), if soon { SOON_DUE } else { CALIBRATED })?;
            let (gauge, kind) = (gauge.clone(), kind.clone());
            acts.push(Act::by_hand(Command::RegisterGauge { gauge, kind, due, by: by.clone() }, by.clone()));
        }
        Ok(acts)
    }

    fn releases(&self, routes: &[(Text, Arc<Route>)]) -> Result<Vec<Act>, Fault> {
        let lead = self.cast.badge(LEAD)?;
        let released = routes.iter().map(|(text, route)| {
            let command = Command::ReleaseRoute {
                route: route.id.clone(),
                revision: route.revision.clone(),
                sha256: route_file::sha256(text.text),
                text: Arc::from(text.text),
                by: lead.clone(),
            };
            Act::by_hand(command, lead.clone())
        });
        Ok(released.collect())
    }
}
