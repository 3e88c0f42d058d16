//! Routes: a revision is released once, with its exact text, and may be withdrawn.

use crate::domain::command::Command;
use crate::domain::event::About;
use crate::domain::id::{Badge, Revision, RouteId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::what::{Nothing, RouteReleased, What};

use super::case::{Answer, Case, done, stands};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

fn evidence(route: &RouteId, revision: &Revision) -> Evidence {
    Evidence { route: Some(route.clone()), revision: Some(revision.clone()), ..Evidence::default() }
}

fn draft(case: &Case<'_>, route: &RouteId, revision: &Revision, by: &Badge, reason: Option<&str>, what: What) -> Draft {
    let about =
        About { route: Some(route.clone()), revision: Some(revision.clone()), ..by_hand(case.about(), by, reason) };
    Draft { subject: Subject::Route(route.clone()), about, what }
}

/// A lead releases a revision. The same text again changes nothing; another text under the same revision is refused.
pub(super) fn release(case: &Case<'_>, command: &Command) -> Answer {
    let Command::ReleaseRoute { route, revision, sha256, text, by } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    authority(case, by, &[Role::Lead])?;
    if let Some(before) = case.facts.release(route, revision) {
        let evidence = Evidence { event: Some(before.event.clone()), ..evidence(route, revision) };
        if before.withdrawn {
            return Err(Refusal::new(Code::RouteWithdrawn, evidence));
        }
        if before.sha256 != *sha256 {
            return Err(Refusal::new(Code::RouteChanged, evidence));
        }
        return stands(Did::RouteReleased, None, Some(before.event.clone()));
    }
    let what = What::RouteReleased(RouteReleased { sha256: sha256.clone(), text: text.to_string() });
    done(Did::RouteReleased, None, vec![draft(case, route, revision, by, None, what)])
}

/// A lead withdraws a revision: no new unit starts under it.
pub(super) fn withdraw(case: &Case<'_>, route: &RouteId, revision: &Revision, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead])?;
    let unknown = || Refusal::new(Code::RouteNotReleased, evidence(route, revision));
    let before = case.facts.release(route, revision).ok_or_else(unknown)?;
    if before.withdrawn {
        return stands(Did::RouteWithdrawn, None, Some(before.event.clone()));
    }
    let what = What::RouteWithdrawn(Nothing);
    done(Did::RouteWithdrawn, None, vec![draft(case, route, revision, by, Some(reason), what)])
}
