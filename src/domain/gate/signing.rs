//! Signatures: two components, with name, time and meaning, and never before the rest is done (21 CFR 11.50, 11.200).

use crate::domain::event::{About, How};
use crate::domain::id::Badge;
use crate::domain::need::Need;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::what::{SignatureRecorded, What};

use super::case::{Answer, Case, done, on_unit};
use super::decision::Did;
use super::fitness::apart;
use super::{finishing, first_piece, loading, passing, people};

/// Somebody signs the open step.
pub(super) fn sign(case: &Case<'_>, badge: &Badge) -> Answer {
    let bench = case.work()?;
    finishing::no_failure(bench)?;
    let needs = bench.needs();
    let sign_off = match needs.as_slice() {
        [Need::Signature(sign_off), ..] => sign_off,
        [Need::FirstPiece] => return first_piece::approve(case, bench, badge),
        [need, ..] => return Err(finishing::missing(bench, need)),
        [] => {
            let evidence = Evidence { step: Some(bench.step.id.clone()), ..Evidence::default() };
            return Err(Refusal::new(Code::AlreadyRecorded, evidence));
        }
    };
    let person = people::authority(case, badge, &[sign_off.role])?;
    let (traveller, step) = (bench.traveller, &bench.step.id);
    let before = traveller.done_before(step).is_some_and(|done| done.hands.contains(badge));
    let worked = before || traveller.step(step).is_some_and(|s| s.attempts.iter().any(|a| a.workers.contains(badge)));
    // What is loaded is drawn as the step passes, by whoever has the unit open.
    let draws = loading::draws(bench) && case.operator() == Some(badge);
    if sign_off.second && (worked || draws) {
        let evidence =
            Evidence { badge: Some(badge.clone()), step: Some(bench.step.id.clone()), ..Evidence::default() };
        return Err(Refusal::new(Code::SecondPerson, evidence));
    }
    let about = people::by_hand(case.about_step(bench.traveller, &bench.step.id), badge, None);
    let what = What::SignatureRecorded(SignatureRecorded {
        name: person.name.clone(),
        meaning: sign_off.meaning.clone(),
        role: sign_off.role,
    });
    apart(bench.traveller, bench.step, badge).map_err(|since| {
        let step = Some(bench.step.id.clone());
        let evidence = Evidence { badge: Some(badge.clone()), step, since: Some(since), ..Evidence::default() };
        Refusal::new(Code::SecondPerson, evidence)
    })?;
    let mut drafts = vec![on_unit(bench.unit, About { how: Some(How::Typed), ..about }, what)];
    // A first piece is approved besides.
    let mut advances = || passing::advance(case, bench, &mut drafts, None);
    let did = if needs.len() == 1 { advances() } else { None }.unwrap_or(Did::SignatureRecorded);
    done(did, Some(bench.unit.clone()), drafts)
}
