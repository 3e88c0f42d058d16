//! Lots that are loaded at a station, stay there, and are drawn from by each unit that passes.

use crate::domain::event::{About, How};
use crate::domain::id::{LotId, PartId};
use crate::domain::lot::Lot;
use crate::domain::need::Need;
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Capture, IdentifierKind, Part, Route, Step};
use crate::domain::time::Day;
use crate::domain::time::Moment;
use crate::domain::traveller::{Installed, Standing, Traveller};
use crate::domain::what::{LotChanged, LotLoaded, MaterialInstalled, Nothing, Piece, Remark, What};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen, stands};
use super::decision::{Did, Draft, Subject};
use super::first_piece;
use super::fitness::Job;
use super::material::{Used, remarks};
use super::passing::{self, JustLoaded};
use super::said::Said;
use super::waiving::Place;

/// From this version on a signature does not outlive a loaded lot that is changed after it.
const SIGNATURES_LAPSE: u32 = 5;
/// From this version on a lot is loaded as each unit takes it that draws from it next, and none draws from a lot whose
/// first piece waits elsewhere.
const EACH_HAS_A_SAY: u32 = 5;

/// How many of a loaded part a unit still takes at a step.
fn left(traveller: &Traveller, route: &Route, step: &Step, part: &PartId) -> Option<u32> {
    let wanted = step.uses.get(part)?;
    let left = traveller.lacks(&step.id, part, *wanted);
    (is_loaded(route, part) && left > 0).then_some(left)
}

fn is_loaded(route: &Route, part: &PartId) -> bool {
    route.parts.get(part).is_some_and(|p| p.capture == Capture::Loaded)
}

/// What a route says of the part that a lot is of, or else of the part for which it is used.
fn kind_of<'a>(route: &'a Route, part: &PartId, lot: &Lot) -> Option<&'a Part> {
    route.parts.get(&lot.part).or_else(|| route.parts.get(part))
}

impl Bench<'_> {
    /// Whether the open step still draws a part from what is loaded.
    fn draws_from(&self, part: &PartId) -> bool {
        left(self.traveller, self.route, self.step, part).is_some()
    }
}

/// Whether anything is still to be drawn from what is loaded.
pub(super) fn draws(bench: Bench<'_>) -> bool {
    bench.step.uses.keys().any(|part| left(bench.traveller, bench.route, bench.step, part).is_some())
}

/// The lot that is loaded for a part, and what may be known of it.
fn loaded<'a>(case: &Case<'a>, part: &PartId) -> Option<(&'a LotId, Option<&'a Lot>)> {
    let id = case.station()?.loaded(part)?;
    Some((id, case.facts.lot(id.as_str())))
}

/// The last day on the label by which a lot was loaded.
fn last_day(case: &Case<'_>, part: &PartId) -> Option<Day> {
    case.station()?.loaded.iter().find(|l| l.part == *part)?.expires
}

/// Refuses to draw so many from a loaded lot. It may have been loaded for another route, which takes other parts. By
/// the book it may go below nothing, as far as the part allows.
fn may_draw(
    case: &Case<'_>,
    route: &Route,
    part: &PartId,
    (lot, on_label): (&Lot, Option<Day>),
    (needed, place): (u32, Place<'_>),
) -> Result<Number, Refusal> {
    let about = kind_of(route, part, lot);
    let of = Evidence { part: Some(part.clone()), ..Evidence::default() };
    if !route.takes(part, &lot.part) {
        let (name, event) = (Some(lot.lot.clone()), Some(lot.event.clone()));
        let evidence = Evidence { lot: name, event, found_part: Some(lot.part.clone()), ..of.clone() };
        case.unless_let_go(&place, Refusal::new(Code::WrongPart, evidence))?;
    }
    Used { route, about, lot: Some(lot), on_label, of: of.clone(), place }.may_be(case)?;
    let after = lot.left.minus(Number::whole(needed));
    let overrun = about.map_or(0, |p: &Part| p.overrun);
    let has_room = |after: &Number| after.plus(Number::whole(overrun)).is_some_and(|room| room >= Number::whole(0));
    after.filter(has_room).ok_or_else(|| {
        let (name, event) = (Some(lot.lot.clone()), Some(lot.event.clone()));
        Refusal::new(
            Code::LotExhausted,
            Evidence { lot: name, event, left: Some(lot.left), needed: Some(needed), ..of },
        )
    })
}

/// Refuses to take up a unit where what is loaded for it may not be used. Nothing loaded is a need like any other.
pub(super) fn ready(case: &Case<'_>, job: &Job<'_>) -> Result<(), Refusal> {
    for part in job.step.uses.keys() {
        let Some(needed) = left(job.traveller, job.route, job.step, part) else { continue };
        let Some((_, Some(lot))) = loaded(case, part) else { continue };
        // A batch may take more than one lot has: it begins with this one.
        let needed = if job.route.identifier.kind == IdentifierKind::Batch { 1 } else { needed };
        may_draw(case, job.route, part, (lot, last_day(case, part)), (needed, job.place())).map_err(|refusal| {
            let Evidence { unit, step, .. } = job.evidence();
            Refusal::new(refusal.code, Evidence { unit, step, ..*refusal.evidence })
        })?;
    }
    Ok(())
}

/// What a step that passes draws from what is loaded.
pub(super) fn draw(case: &Case<'_>, bench: Bench<'_>, just: JustLoaded<'_>) -> Result<Vec<Draft>, Refusal> {
    let mut drafts = Vec::new();
    for part in bench.step.uses.keys() {
        let Some(needed) = left(bench.traveller, bench.route, bench.step, part) else { continue };
        let just = just.filter(|(of, _)| *of == part).map(|(_, lot)| lot);
        let there = just.or_else(|| loaded(case, part)?.1);
        let missing =
            || Refusal::new(Code::MaterialMissing, Evidence { part: Some(part.clone()), ..Evidence::default() });
        let lot = there.ok_or_else(missing)?;
        if case.gate >= EACH_HAS_A_SAY {
            // Another unit that is the first piece of it has to be through.
            first_piece::of_lot(case, bench, part, &lot.lot)?;
        }
        let on_label = last_day(case, part).filter(|_| just.is_none());
        let after = may_draw(case, bench.route, part, (lot, on_label), (needed, bench.place()))?;
        let short = after < Number::whole(0);
        let remark = short.then(|| Remark::BookShort { lot: lot.lot.clone(), left: after });
        drafts.push(installed(case, bench, part, (&lot.lot, Some(lot)), needed, remark));
        // Sealed meanwhile, and drawn from: it is open. One that is loaded just now was opened with that.
        let about = kind_of(bench.route, part, lot);
        drafts.extend(opened(case, about, lot).filter(|_| just.is_none()));
    }
    Ok(drafts)
}

fn installed(
    case: &Case<'_>,
    bench: Bench<'_>,
    part: &PartId,
    (id, lot): (&LotId, Option<&Lot>),
    quantity: u32,
    remark: Option<Remark>,
) -> Draft {
    let about = case.about_step(bench.traveller, &bench.step.id);
    let about = About { how: Some(How::Loaded), ..further(about) };
    let what = What::MaterialInstalled(MaterialInstalled {
        part: part.clone(),
        piece: Piece::Lot(id.clone()),
        quantity,
        is: lot.map(|l| l.part.clone()).filter(|is| is != part),
        remarks: remark.into_iter().collect(),
    });
    on_unit(bench.unit, about, what)
}

/// Refuses to load a lot for a route that may not draw a single piece from it.
fn may_be_loaded(
    case: &Case<'_>,
    route: &Route,
    part: &PartId,
    (lot, on_label): (&Lot, Option<Day>),
    place: Place<'_>,
) -> Result<(), Refusal> {
    let of = || Evidence { part: Some(part.clone()), ..Evidence::default() };
    for about in [part, &lot.part].into_iter().filter_map(|id| route.parts.get(id)) {
        case.scanned_where(about.typed, &place, of)?;
    }
    may_draw(case, route, part, (lot, on_label), (1, place)).map(drop)
}

/// A lot is loaded for a part that the open step uses, or that some step here uses. Whatever other products take: each
/// unit that is open here and draws from it next has to take it.
pub(super) fn load(case: &Case<'_>, route: &Route, part: &PartId, lot: &Lot, said: &Said<'_>) -> Answer {
    case.worker()?;
    let bench = case.bench().ok().filter(|b| b.step.uses.contains_key(part));
    let unit = case.open.unit.clone();
    let all = case.each_open();
    let counts = case.gate >= EACH_HAS_A_SAY;
    let drawing: Vec<Bench<'_>> =
        all.iter().filter(|_| counts).filter_map(|open| open.bench().ok()).filter(|b| b.draws_from(part)).collect();
    let routes: Vec<&Route> = if drawing.is_empty() { vec![route] } else { drawing.iter().map(|b| b.route).collect() };
    let day = |route: &&Route| said.item_of(&lot.part, kind_of(route, part, lot)?)?.expires(case.now.at);
    let on_label = routes.iter().find_map(day);
    let judge = |route, place: Place<'_>| may_be_loaded(case, route, part, (lot, on_label), place);
    if drawing.is_empty() {
        judge(route, bench.map_or_else(|| Place::without_unit(Some(&route.id)), |b| b.place()))?;
    }
    for b in &drawing {
        if Some(b.unit) == unit.as_ref() {
            judge(b.route, b.place())?;
            continue;
        }
        judge(b.route, b.place().made_ready()).map_err(|refusal| {
            let (unit, step) = (Some(b.unit.clone()), Some(b.step.id.clone()));
            Refusal::new(refusal.code, Evidence { unit, step, ..*refusal.evidence })
        })?;
    }
    let before = case.station().and_then(|s| s.loaded(part));
    if before == Some(&lot.lot) {
        return stands(Did::LotLoaded, unit, Some(lot.event.clone()));
    }
    let what = What::LotLoaded(LotLoaded {
        part: part.clone(),
        lot: lot.lot.clone(),
        expires: on_label,
        remarks: remarks(case, lot),
    });
    // Of several the first one that draws from it is the first piece; the others wait for it.
    let mut first = None;
    for b in bench.as_ref().map_or(drawing.as_slice(), std::slice::from_ref) {
        first = first.or(first_piece::of_lot(case, *b, part, &lot.lot)?);
    }
    let is_first = first.is_some();
    let mut drafts = vec![seen(None, case.about(), what)];
    drafts.extend(routes.iter().find_map(|route| opened(case, kind_of(route, part, lot), lot)));
    if let (Some(bench), Some(before)) = (bench, before) {
        drafts.extend(replaced(case, bench, part, before));
    }
    let lapsed = bench.and_then(|bench| unsigned(case, bench, part));
    let is_unsigned = lapsed.is_some();
    drafts.extend(lapsed);
    // Whichever else of several open units drew from the lot before may have it, or was signed with it.
    for open in all.iter().filter(|open| open.open.unit != unit) {
        let Some(bench) = open.bench().ok().filter(|b| b.step.uses.contains_key(part)) else { continue };
        drafts.extend(before.and_then(|before| noted(open, bench, part, before, 0)));
        drafts.extend(unsigned(open, bench, part));
    }
    drafts.extend(first);
    let mut did = Did::LotLoaded;
    // What was signed before is to be signed again.
    if let Some(bench) = bench.filter(|_| !is_first && !is_unsigned)
        && case.work().is_ok()
        && matches!(bench.needs().as_slice(), [Need::Material { part: last, .. }] if *last == part)
    {
        did = passing::advance(case, bench, &mut drafts, Some((part, lot))).unwrap_or(did);
    }
    done(did, unit, drafts)
}

/// What is loaded where work on a unit ends before its step passed: it may be in the unit; how many of it, nobody
/// knows.
pub(super) fn traces(case: &Case<'_>, bench: Bench<'_>) -> Vec<Draft> {
    traces_beside(case, bench, &[])
}

/// The same beside what is recorded just now: what another batch used up is not used up again.
fn traces_beside(case: &Case<'_>, bench: Bench<'_>, beside: &[Draft]) -> Vec<Draft> {
    let is_gone = |lot: &LotId| {
        let piece = Piece::Lot(lot.clone());
        beside.iter().any(|d| matches!(&d.what, What::MaterialInstalled(m) if m.piece == piece && m.quantity > 0))
    };
    let here = |part: &PartId| match bench.at.loaded(part)? {
        lot if is_gone(lot) => noted(case, bench, part, lot, 0),
        lot => replaced(case, bench, part, lot),
    };
    bench.step.uses.keys().filter_map(here).collect()
}

/// The same for the open unit, where anything is recorded in its step.
pub(super) fn traces_of_open(case: &Case<'_>, beside: &[Draft]) -> Vec<Draft> {
    let bench = case.bench().ok().filter(|bench| bench.traveller.touched());
    bench.map(|bench| traces_beside(case, bench, beside)).unwrap_or_default()
}

/// The lot that is replaced in the middle of a unit is in the unit too; how many of it, nobody knows.
fn replaced(case: &Case<'_>, bench: Bench<'_>, part: &PartId, before: &LotId) -> Option<Draft> {
    let quantity = used_up(bench, part, case.facts.lot(before.as_str())).unwrap_or(0);
    noted(case, bench, part, before, quantity)
}

/// What is loaded may be in pieces that are put aside. It is counted with those that go on.
pub(super) fn perhaps_in(case: &Case<'_>, bench: Bench<'_>) -> Vec<Draft> {
    let here = |part: &PartId| noted(case, bench, part, bench.at.loaded(part)?, 0);
    bench.step.uses.keys().filter_map(here).collect()
}

/// A lot is noted once in a step, whatever number of it.
fn noted(case: &Case<'_>, bench: Bench<'_>, part: &PartId, before: &LotId, quantity: u32) -> Option<Draft> {
    let in_work = bench.traveller.standing == Standing::InProcess;
    let takes = left(bench.traveller, bench.route, bench.step, part).is_some();
    let piece = Piece::Lot(before.clone());
    let is_it = |i: &Installed| i.step == bench.step.id && i.part == *part && i.piece == piece;
    let is_noted = bench.traveller.installed.iter().any(is_it);
    let of = (before, case.facts.lot(before.as_str()));
    (in_work && takes && !is_noted).then(|| installed(case, bench, part, of, quantity, None))
}

/// A lot that a batch needs more of than there is was used up by it: by the book, nothing is left.
fn used_up(bench: Bench<'_>, part: &PartId, lot: Option<&Lot>) -> Option<u32> {
    let needed = left(bench.traveller, bench.route, bench.step, part).filter(|_| bench.traveller.batch.is_some())?;
    lot?.left.floor().filter(|there| *there < needed)
}

/// Whoever signed the open step did not sign what is loaded just now.
fn unsigned(case: &Case<'_>, bench: Bench<'_>, part: &PartId) -> Option<Draft> {
    let signed = bench.traveller.current(&bench.step.id).is_some_and(|a| a.signature.is_some() || a.approval.is_some());
    let draws = left(bench.traveller, bench.route, bench.step, part).is_some();
    let lapses = case.gate >= SIGNATURES_LAPSE && signed && draws && bench.traveller.standing == Standing::InProcess;
    let about = further(case.about_step(bench.traveller, &bench.step.id));
    lapses.then(|| on_unit(bench.unit, about, What::SignatureLapsed(Nothing)))
}

/// The floor life of a lot begins with its first use, where nobody said so before; also where a paper states that it
/// was used earlier than that.
pub(super) fn opened(case: &Case<'_>, about: Option<&Part>, lot: &Lot) -> Option<Draft> {
    let is_later = |since: &Moment| case.paper().is_some_and(|paper| paper.time < since.at);
    let begins = about.is_some_and(|p| p.floor_minutes.is_some()) && lot.open_since.as_ref().is_none_or(is_later);
    let what = What::LotOpened(LotChanged { lot: lot.lot.clone() });
    begins.then(|| Draft { subject: Subject::Lot(lot.lot.clone()), about: further(case.about()), what })
}
