//! Who is here, who they are, and how that was proved.

use crate::domain::event::About;
use crate::domain::facts::Other;
use crate::domain::id::{Badge, PinId};
use crate::domain::need::is_signature_due;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, NO_PIN_YET, Refusal};
use crate::domain::role::{Auth, PinCheck, Role};
use crate::domain::station::Pending;
use crate::domain::text::is_safe;
use crate::domain::what::{
    Leaving, OperatorEnrolled, OperatorQualified, PersonChanged, PinChanged, PutDown, Qualification, SignedOff,
    SignedOn, UnitClosed, What,
};

use super::case::{Answer, Case, done, seen, stands};
use super::decision::{Did, Draft, Subject};
use super::settling::HISTORY_COUNTS;
use super::{loading, opening, panels, watch};
use crate::domain::command::Command;

/// Characters that a name may have.
const NAME_CHARS_MOST: usize = 40;
/// Characters that the name of the system's user may have.
const USER_CHARS_MOST: usize = 80;
/// Qualifications that a person may have.
const QUALIFICATIONS_MOST: usize = 100;

fn about_person(code: Code, badge: &Badge) -> Refusal {
    Refusal::new(code, Evidence { badge: Some(badge.clone()), ..Evidence::default() })
}

/// The person with that badge, while it counts.
pub(super) fn known<'a>(case: &Case<'a>, badge: &Badge) -> Result<&'a Person, Refusal> {
    let person = case.facts.person(badge.as_str()).filter(|p| !p.revoked);
    person.ok_or_else(|| about_person(Code::UnknownBadge, badge))
}

/// The person with that badge, proved by the PIN.
pub(super) fn proved<'a>(case: &Case<'a>, badge: &Badge) -> Result<&'a Person, Refusal> {
    let person = known(case, badge)?;
    if let Some(wait) = person.locked(case.now, case.facts.population) {
        let until = Some(case.now.at.plus(wait));
        let evidence = Evidence { badge: Some(badge.clone()), until, ..Evidence::default() };
        return Err(Refusal::new(Code::LockedOut, evidence));
    }
    match case.now.given.pin {
        PinCheck::Right => Ok(person),
        PinCheck::Locked => Err(about_person(Code::LockedOut, badge)),
        PinCheck::Wrong | PinCheck::NotAsked => {
            let has_none = case.gate >= HISTORY_COUNTS && case.facts.population.is_some_and(|p| p.recoverable);
            let tries = person.wrong.as_ref().map_or(0, |w| w.count).saturating_add(1);
            let evidence = Evidence {
                badge: Some(badge.clone()),
                tries: Some(tries),
                allowed: Some(crate::domain::person::TRIES_FREE),
                reason: has_none.then(|| NO_PIN_YET.to_owned()),
                ..Evidence::default()
            };
            Err(Refusal::new(Code::WrongPin, evidence))
        }
    }
}

/// The person with that badge, proved by the PIN and holding one of the roles.
pub(super) fn authority<'a>(case: &Case<'a>, badge: &Badge, roles: &[Role]) -> Result<&'a Person, Refusal> {
    let person = proved(case, badge)?;
    if roles.iter().any(|role| person.has(*role)) {
        return Ok(person);
    }
    let role = roles.first().copied();
    Err(Refusal::new(Code::Role, Evidence { badge: Some(badge.clone()), role, ..Evidence::default() }))
}

/// What an event says that a person proved by badge and PIN.
pub(super) fn by_hand(about: About, badge: &Badge, reason: Option<&str>) -> About {
    About { by: Some(badge.clone()), auth: Some(Auth::BadgePin), reason: reason.map(str::to_owned), ..about }
}

/// A badge was scanned: a signature that is due, or somebody signs on.
pub(super) fn badge(case: &Case<'_>, person: &Person) -> Answer {
    known(case, &person.badge)?;
    if let Some((pending, other)) = called(case, person) {
        if let Pending::SuperviseAll { panel, .. } = pending {
            return panels::supervised(case, other, panel);
        }
        return opening::supervised(case, other, person);
    }
    if let Some(answer) = watch::answered_by(case, person) {
        return answer;
    }
    let signature_due = case.work().is_ok_and(|bench| is_signature_due(&bench.needs()));
    let has_screen = case.now.given.screen_ms.is_some();
    if signature_due && has_screen {
        return stands(Did::SignatureOpened, case.open.unit.clone(), None);
    }
    if signature_due {
        let evidence = Evidence { badge: Some(person.badge.clone()), ..Evidence::default() };
        return Err(Refusal::new(Code::SignatureMissing, evidence));
    }
    if case.operator() == Some(&person.badge) {
        // Who is here already proved it; to ask again without a PIN would count as a wrong one.
        let signed_on = case.station().and_then(|s| s.signed_on.clone());
        return stands(Did::SignedOn, case.open.unit.clone(), signed_on);
    }
    if case.now.given.pin_at_sign_on && case.paper().is_none() {
        return stands(Did::BadgeRead, None, None);
    }
    sign_on(case, &person.badge)
}

/// The call for somebody who stands by that this badge answers, and the unit that it was made for.
fn called<'a>(case: &Case<'a>, person: &Person) -> Option<(&'a Pending, &'a Other)> {
    let pending = case.station()?.pending.as_ref()?;
    let other = case.facts.other(pending.called_for()?.as_str())?;
    (case.operator()? != &person.badge).then_some((pending, other))
}

/// A lead says what a person is qualified for from now on.
pub(super) fn qualify(case: &Case<'_>, badge: &Badge, qualifications: &[Qualification], by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead])?;
    known(case, badge)?;
    let named = |q: &Qualification| {
        !q.name.trim().is_empty() && q.name.chars().count() <= NAME_CHARS_MOST && q.name.chars().all(is_safe)
    };
    let twice = qualifications.iter().enumerate().any(|(i, q)| qualifications.iter().take(i).any(|p| p.name == q.name));
    if qualifications.len() > QUALIFICATIONS_MOST || twice || !qualifications.iter().all(named) {
        return Err(about_person(Code::BadInput, badge));
    }
    let what =
        What::OperatorQualified(OperatorQualified { badge: badge.clone(), qualifications: qualifications.to_vec() });
    let about = by_hand(case.about(), by, None);
    done(Did::Qualified, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}

/// Somebody signs on; whoever was there is relieved, and the open unit is put down.
pub(super) fn sign_on(case: &Case<'_>, badge: &Badge) -> Answer {
    let (Some(station), Some(session)) = (case.station(), case.now.given.session.clone()) else {
        return Err(Refusal::bare(Code::BadInput));
    };
    // Whom a paper names is not here.
    let asks_pin = case.now.given.pin_at_sign_on && case.paper().is_none();
    let person = if asks_pin { proved(case, badge)? } else { known(case, badge)? };
    if case.operator() == Some(badge) {
        return stands(Did::SignedOn, case.open.unit.clone(), station.signed_on.clone());
    }
    let mut drafts = Vec::new();
    if station.operator.is_some() {
        leave(case, Leaving::Relieved, &mut drafts);
    }
    let auth = if case.now.given.pin == PinCheck::Right { Auth::BadgePin } else { Auth::Badge };
    let about = About { by: Some(person.badge.clone()), auth: Some(auth), ..case.about() };
    drafts.push(seen(None, about, What::SignedOn(SignedOn { badge: person.badge.clone(), session })));
    done(Did::SignedOn, None, drafts)
}

/// The operator leaves, and the open unit is put down. Where nobody is there, there is nothing to do.
pub(super) fn sign_off(case: &Case<'_>, why: Leaving) -> Answer {
    if why == Leaving::SignOff && case.operator().is_none() {
        return Err(Refusal::bare(Code::NotSignedOn));
    }
    let mut drafts = Vec::new();
    leave(case, why, &mut drafts);
    done(Did::SignedOff, None, drafts)
}

pub(super) fn leave(case: &Case<'_>, why: Leaving, drafts: &mut Vec<Draft>) {
    let Some(badge) = case.station().and_then(|s| s.operator.clone()) else { return };
    let whose = |about: About| About { by: Some(badge.clone()), auth: Some(Auth::Badge), ..about };
    for case in case.each_open() {
        let traces = loading::traces_of_open(&case, drafts);
        drafts.extend(traces.into_iter().map(|d| Draft { about: whose(d.about), ..d }));
        let closed = What::UnitClosed(UnitClosed { why: PutDown::SignedOff });
        drafts.push(seen(Some(case.open), whose(case.about_unit(case.open)), closed));
    }
    drafts.push(seen(None, whose(case.about()), What::SignedOff(SignedOff { badge: badge.clone(), why })));
}

/// A person gets a badge. The first one is a lead; every other is enrolled by one.
pub(super) fn enrol(case: &Case<'_>, command: &Command) -> Answer {
    let Command::Enrol { badge, name, roles, qualifications, pin_id, by } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    let first = case.facts.population.is_none_or(|p| p.enrolled == 0);
    match by {
        None if first && roles.contains(&Role::Lead) => {}
        None => return Err(Refusal::new(Code::Role, Evidence { role: Some(Role::Lead), ..Evidence::default() })),
        Some(by) => {
            authority(case, by, &[Role::Lead])?;
        }
    }
    if case.facts.person(badge.as_str()).is_some() {
        return Err(about_person(Code::AlreadyRecorded, badge));
    }
    if case.facts.claim.is_some() {
        return Err(about_person(Code::AmbiguousLabel, badge));
    }
    let is_code = badge.as_str().starts_with(crate::domain::command_code::PREFIX);
    let named = !name.trim().is_empty() && name.chars().count() <= NAME_CHARS_MOST && name.chars().all(is_safe);
    if is_code || !named || roles.is_empty() {
        return Err(about_person(Code::BadInput, badge));
    }
    let what = What::OperatorEnrolled(OperatorEnrolled {
        badge: badge.clone(),
        name: name.clone(),
        roles: roles.clone(),
        qualifications: qualifications.clone(),
        pin_id: pin_id.clone(),
    });
    let about = by.as_ref().map_or_else(|| case.about(), |by| by_hand(case.about(), by, None));
    done(Did::Enrolled, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}

/// A badge counts no more. The last lead stays.
pub(super) fn revoke(case: &Case<'_>, badge: &Badge, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead])?;
    let person = known(case, badge)?;
    if person.is_last_lead(case.facts.population) {
        let evidence = Evidence { badge: Some(badge.clone()), role: Some(Role::Lead), ..Evidence::default() };
        return Err(Refusal::new(Code::SecondPerson, evidence));
    }
    let what = What::OperatorRevoked(PersonChanged { badge: badge.clone() });
    let about = by_hand(case.about(), by, Some(reason));
    done(Did::Revoked, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}

/// A person gets another PIN: by that person, or with a lead.
pub(super) fn change_pin(case: &Case<'_>, badge: &Badge, pin_id: &PinId, by: &Badge) -> Answer {
    if by == badge {
        proved(case, by)?;
    } else {
        authority(case, by, &[Role::Lead])?;
    }
    known(case, badge)?;
    let what = What::PinChanged(PinChanged { badge: badge.clone(), pin_id: pin_id.clone() });
    let about = by_hand(case.about(), by, None);
    done(Did::PinChanged, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}

/// A lead gets a PIN in a restored ledger, where the PINs stayed behind: once, and without one. Everybody else gets
/// theirs from that lead.
pub(super) fn recover_pin(case: &Case<'_>, badge: &Badge, pin_id: &PinId, user: &str) -> Answer {
    let person = known(case, badge)?;
    if !person.has(Role::Lead) || !case.facts.population.is_some_and(|p| p.recoverable) {
        let evidence = Evidence { badge: Some(badge.clone()), role: Some(Role::Lead), ..Evidence::default() };
        return Err(Refusal::new(Code::Role, evidence));
    }
    if user.trim().is_empty() || user.chars().count() > USER_CHARS_MOST || !user.chars().all(is_safe) {
        return Err(about_person(Code::BadInput, badge));
    }
    let what = What::PinChanged(PinChanged { badge: badge.clone(), pin_id: pin_id.clone() });
    // Nothing was proved by it: what is on record is who did it.
    let reason = Some(format!("recovered by {user}"));
    let about = About { by: Some(badge.clone()), reason, ..case.about() };
    done(Did::PinChanged, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}
