//! Before the first shift: people get badges, routes are released, and the first lots come in.

use std::sync::Arc;

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::route_file;

use super::act::Act;
use super::cast::{LEAD, Pins, QUALITY};
use super::plant::Plant;
use super::routes::Text;

/// Working before the first shift begins, in microseconds.
pub(super) const EARLIER: i64 = 1_800 * SECOND;
/// What one thing takes then.
const EACH: i64 = 12 * SECOND;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Everything that a plant needs before the first unit.
    pub(super) fn open(&mut self, routes: &[(Text, Arc<Route>)]) -> Result<(), Fault> {
        self.cast.choose_pins(self.pins)?;
        let mut acts = self.enrolments()?;
        acts.extend(self.releases(routes)?);
        let quality = self.cast.badge(QUALITY)?;
        acts.extend(self.store.stock(self.week.begin(), &quality)?);
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
                qualifications: Vec::new(),
                pin_id: self.cast.pin_id(who)?,
                by: by.clone(),
            };
            Ok(by.map_or_else(|| Act::new(command.clone()), |by| Act::by_hand(command.clone(), by)))
        });
        enrolled.collect()
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
