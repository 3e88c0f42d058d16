//! What the oracle knows of people, routes and lots.

use traveller::domain::event::Link;
use traveller::domain::id::Badge;
use traveller::domain::role::{Auth, Role};
use traveller::domain::what::{Leaving, What};

use super::hear::Told;
use super::model::{Heard, Oracle, Released, Someone, must};

impl Oracle {
    /// How many leads there are.
    pub(super) fn leads(&self) -> usize {
        self.people.values().filter(|p| !p.revoked && p.roles.contains(&Role::Lead)).count()
    }

    /// The person behind an event holds one of these roles, and proved it by badge and PIN.
    pub(super) fn has_authority(&self, told: Told<'_>, roles: &[Role]) -> Heard {
        let about = &told.event.about;
        must(about.auth == Some(Auth::BadgePin), "needs badge and PIN")?;
        let person = about.by.as_ref().and_then(|by| self.people.get(by)).ok_or("is signed by a stranger")?;
        must(roles.iter().any(|r| person.roles.contains(r)), format!("is signed by {:?}, no {roles:?}", about.by))
    }

    /// Changes of people, routes and lots, and who is at which station.
    pub(super) fn house(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::OperatorEnrolled(e) => {
                if told.event.about.by.is_some() {
                    self.has_authority(told, &[Role::Lead])?;
                } else {
                    must(self.people.is_empty() && e.roles.contains(&Role::Lead), "nobody enrolled this person")?;
                }
                must(!self.people.contains_key(&e.badge), "gives a badge a second time")?;
                let (name, roles, head) = (e.name.clone(), e.roles.clone(), told.event.stamp.seq);
                let quals = e.qualifications.clone();
                self.people.insert(e.badge.clone(), Someone { name, roles, quals, revoked: false, head, wrong: None });
                Ok(())
            }
            What::OperatorRevoked(e) => {
                self.has_authority(told, &[Role::Lead])?;
                self.follows_person(told, &e.badge)?;
                self.people.get_mut(&e.badge).unwrap().revoked = true;
                must(self.leads() > 0, "no lead is left")
            }
            What::OperatorQualified(e) => {
                self.has_authority(told, &[Role::Lead])?;
                self.follows_person(told, &e.badge)?;
                self.people.get_mut(&e.badge).unwrap().quals.clone_from(&e.qualifications);
                Ok(())
            }
            What::PinChanged(e) => {
                if told.event.about.by.as_ref() != Some(&e.badge) {
                    self.has_authority(told, &[Role::Lead])?;
                }
                self.follows_person(told, &e.badge)?;
                self.people.get_mut(&e.badge).unwrap().wrong = None;
                Ok(())
            }
            What::RouteReleased(_) | What::RouteWithdrawn(_) => self.route(told),
            What::SignedOn(_) | What::SignedOff(_) => self.coming_and_going(told),
            What::GaugeRegistered(_) | What::GaugeCalibrated(_) | What::GaugeRetired(_) => self.gauge(told),
            What::OrderOpened(_) | What::OrderClosed(_) => self.order(told),
            What::LotLoaded(_) | What::GaugeSelected(_) | What::OrderSelected(_) => self.chosen(told),
            _ => self.lot(told),
        }
    }

    fn follows_person(&mut self, told: Told<'_>, badge: &Badge) -> Heard {
        let person = self.people.get_mut(badge).filter(|p| !p.revoked).ok_or("is about a badge that does not count")?;
        must(told.event.about.builds_on == Some(Link::Here(person.head)), "does not build on the badge's last event")?;
        person.head = told.event.stamp.seq;
        Ok(())
    }

    fn route(&mut self, told: Told<'_>) -> Heard {
        self.has_authority(told, &[Role::Lead])?;
        let (about, head) = (&told.event.about, told.event.stamp.seq);
        let is_it = |r: &&mut Released| {
            Some(&r.route.id) == about.route.as_ref() && Some(&r.route.revision) == about.revision.as_ref()
        };
        let known = self.releases.iter_mut().find(is_it);
        match (&told.event.what, known) {
            (What::RouteReleased(e), None) => {
                let route = self.texts.get(&e.sha256).cloned().ok_or("releases a text that nobody has seen")?;
                self.releases.push(Released { route, withdrawn: false, head });
                Ok(())
            }
            (What::RouteWithdrawn(_), Some(release)) => {
                must(!release.withdrawn, "is withdrawn already")?;
                must(about.builds_on == Some(Link::Here(release.head)), "does not build on the release")?;
                (release.withdrawn, release.head) = (true, head);
                Ok(())
            }
            _ => Err("releases twice, or withdraws what is not released".to_owned()),
        }
    }

    fn coming_and_going(&mut self, told: Told<'_>) -> Heard {
        let about = &told.event.about;
        let station = about.station.clone().ok_or("happens at no station")?;
        let given = &told.cause.ambient;
        let bench = self.stations.entry(station).or_default();
        match &told.event.what {
            What::SignedOn(e) => {
                must(about.by.as_ref() == Some(&e.badge), "somebody else signs on")?;
                must(Some(&e.session) == given.session.as_ref(), "is of another session")?;
                must(bench.operator.is_none(), "somebody is there already")?;
                must(bench.open.is_none(), "a unit was left open")?;
                let shows = about.auth == Some(Auth::BadgePin) || about.happened.is_some();
                must(!given.pin_at_sign_on || shows, "signs on without the PIN")?;
                let person = self.people.get(&e.badge).ok_or("signs on a stranger")?;
                must(!person.revoked, "signs on with a badge that counts no more")?;
                bench.operator = Some((e.badge.clone(), e.session.clone()));
            }
            What::SignedOff(e) => {
                let (badge, session) = bench.operator.take().ok_or("nobody is there")?;
                must(badge == e.badge, "signs off somebody else")?;
                bench.gauges.clear();
                self.packing.leave(told.event.about.station.as_ref().ok_or("leaves no station")?);
                let in_session = Some(&session) == given.session.as_ref();
                must(in_session || matches!(e.why, Leaving::Relieved | Leaving::Restart), "is of another session")?;
                must(bench.open.is_none(), "leaves a unit open")?;
                self.leaves_with_paper(about.station.as_ref().ok_or("leaves no station")?, e.why);
            }
            _ => {}
        }
        Ok(())
    }
}
