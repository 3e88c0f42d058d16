//! Material: every piece by its lot or its own number, of the right part, and nowhere else.

use crate::domain::event::About;
use crate::domain::facts::Component;
use crate::domain::id::{PartId, Serial};
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::need::Need;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Capture, ClockRule, Part, Route};
use crate::domain::time::{Day, SECOND};
use crate::domain::traveller::Standing;
use crate::domain::what::{Fate, MaterialInstalled, MaterialVerified, Piece, Remark, What};

use super::case::{Answer, Bench, Case, done, on_unit};
use super::decision::Did;
use super::reading::{self, Meaning};
use super::said::Said;
use super::waiving::Place;
use super::{finishing, loading, nests, opening, passing, subunits};

/// The reason on record of a lot that its part asks to be inspected, and that nobody inspected.
const NOT_INSPECTED: &str = "not-inspected";

/// The open unit, while it takes material.
fn open_for_material<'a>(case: &Case<'a>) -> Result<Bench<'a>, Refusal> {
    let bench = case.work()?;
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    Ok(bench)
}

/// The open unit, while it takes pieces of a part that are named in this way.
fn open_for<'a>(case: &Case<'a>, part: &PartId) -> Result<Bench<'a>, Refusal> {
    let bench = open_for_material(case)?;
    if let Some(about) = bench.route.parts.get(part) {
        let step = Some(bench.step.id.clone());
        case.scanned_where(about.typed, &bench.place(), || Evidence {
            step,
            part: Some(part.clone()),
            ..Evidence::default()
        })?;
    }
    Ok(bench)
}

/// How many of a part the step still needs.
fn needed(bench: Bench<'_>, wanted: &PartId) -> u32 {
    bench
        .needs()
        .iter()
        .find_map(|n| match n {
            Need::Material { part, left, .. } if *part == wanted => Some(*left),
            Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } | Need::Signature(_) | Need::FirstPiece => None,
        })
        .unwrap_or(0)
}

/// A component goes in, of the part itself or of an approved alternate. It may be in no other unit, and whatever its
/// label says of its lot and its last day counts.
pub(super) fn install_component(
    case: &Case<'_>,
    (part, found): (&PartId, &PartId),
    serial: &Serial,
    said: &Said<'_>,
) -> Answer {
    open_for(case, found)?;
    let bench = open_for(case, part)?;
    let serial = &subunits::may_go_in(case, bench, found, serial)?;
    if let Some(component) = case.facts.component(serial.as_str()) {
        let evidence = || Evidence {
            part: Some(part.clone()),
            serial: Some(serial.clone()),
            in_unit: component.in_unit.clone(),
            event: Some(component.event.clone()),
            ..Evidence::default()
        };
        match (&component.in_unit, component.fate) {
            (Some(_), _) => return Err(Refusal::new(Code::AlreadyInstalled, evidence())),
            (None, Some(Fate::Scrap)) => return Err(Refusal::new(Code::Scrapped, evidence())),
            (None, Some(Fate::Quarantine)) => return Err(Refusal::new(Code::OnHold, evidence())),
            (None, Some(Fate::Reuse) | None) => {}
        }
    }
    let about = bench.route.parts.get(found);
    let of = Evidence { part: Some(part.clone()), serial: Some(serial.clone()), ..Evidence::default() };
    let lot = said.lot_named(case.facts).filter(|lot| lot.part == *found);
    Used { route: bench.route, about, lot, on_label: on_label(case, bench, found, said), of, place: bench.place() }
        .may_be(case)?;
    install(case, bench, part, Taken { found, piece: Piece::Serial(serial.clone()), quantity: 1, lot: None })
}

/// Some of a lot goes in: as many as the step needs, or as many as the lot has.
pub(super) fn install_from_lot(case: &Case<'_>, part: &PartId, lot: &Lot, said: &Said<'_>) -> Answer {
    let bench = open_for(case, part)?;
    let needed = needed(bench, part);
    let of = Evidence { part: Some(part.clone()), ..Evidence::default() };
    let about = bench.route.parts.get(&lot.part).or_else(|| bench.route.parts.get(part));
    let on_label = on_label(case, bench, &lot.part, said);
    let place = bench.place();
    Used { route: bench.route, about, lot: Some(lot), on_label, of: of.clone(), place }.may_be(case)?;
    let quantity = lot.left.floor().map_or(0, |there| there.min(needed));
    let Some(quantity) = Some(quantity).filter(|n| *n > 0) else {
        let (name, event) = (Some(lot.lot.clone()), Some(lot.event.clone()));
        let evidence = Evidence { lot: name, event, left: Some(lot.left), needed: Some(needed), ..of };
        return Err(Refusal::new(Code::LotExhausted, evidence));
    };
    install(case, bench, part, Taken { found: &lot.part, piece: Piece::Lot(lot.lot.clone()), quantity, lot: Some(lot) })
}

/// The last day of use that the label of a piece has.
fn on_label(case: &Case<'_>, bench: Bench<'_>, part: &PartId, said: &Said<'_>) -> Option<Day> {
    said.item_of(part, bench.route.parts.get(part)?)?.expires(case.now.at)
}

/// Material that is to be used, and the rules for it.
pub(super) struct Used<'a> {
    /// The route that uses it.
    pub(super) route: &'a Route,
    /// What the route says of it.
    pub(super) about: Option<&'a Part>,
    /// The lot that it is from.
    pub(super) lot: Option<&'a Lot>,
    /// The last day on its label.
    pub(super) on_label: Option<Day>,
    /// What a refusal says.
    pub(super) of: Evidence,
    /// Which unit it is for, and at which step.
    pub(super) place: Place<'a>,
}

impl Used<'_> {
    /// Refuses what is held or not inspected, what has expired by the record or by its label, whichever day comes
    /// first, and what was open for too long.
    pub(super) fn may_be(&self, case: &Case<'_>) -> Result<(), Refusal> {
        let (name, event) = self.lot.map(|lot| (lot.lot.clone(), lot.event.clone())).unzip();
        let of = Evidence { lot: name, event, ..self.of.clone() };
        if let Some(reason) = self.lot.and_then(|lot| self.stands_in_the_way(lot)) {
            let reason = Some(reason.to_owned());
            return Err(Refusal::new(Code::LotOnHold, Evidence { reason, ..of }));
        }
        let expires = self.lot.and_then(|lot| lot.expires).into_iter().chain(self.on_label).min();
        if let Some(day) = expires
            && case.is_over(self.route.clock, day, &of)?
        {
            let over = Refusal::new(Code::LotExpired, Evidence { expired: Some(day), ..of.clone() });
            case.unless_let_go(&self.place, over)?;
        }
        self.is_fresh(case, &of)
    }

    fn stands_in_the_way(&self, lot: &Lot) -> Option<&'static str> {
        match lot.standing {
            LotStanding::Held | LotStanding::Rejected | LotStanding::Quarantined => Some(lot.standing.word()),
            LotStanding::Free => {
                let asks = self.about.is_some_and(|part| part.inspect) && lot.inspected != Some(true);
                asks.then_some(NOT_INSPECTED)
            }
        }
    }

    /// The floor life of an open lot (J-STD-033: the time out of its dry pack).
    fn is_fresh(&self, case: &Case<'_>, of: &Evidence) -> Result<(), Refusal> {
        let limit = self.about.and_then(|part| part.floor_minutes);
        let Some((lot, minutes)) = self.lot.zip(limit) else { return Ok(()) };
        let open = lot.open_for(&case.moment(), case.newest());
        let known = open.certain || self.route.clock == ClockRule::Any;
        let passed = if known { open.best } else { open.least };
        if passed > i64::from(minutes) * 60 * SECOND {
            let at = lot.open_since.as_ref().map(|since| since.at);
            let stale = Refusal::new(Code::LotExpired, Evidence { allowed: Some(minutes), at, ..of.clone() });
            return case.unless_let_go(&self.place, stale);
        }
        if known { Ok(()) } else { Err(case.clock_untrusted(of)) }
    }
}

/// What there is to know about a lot that is used: another one expires earlier.
pub(super) fn remarks(case: &Case<'_>, lot: &Lot) -> Vec<Remark> {
    let earlier = case.facts.earlier.as_ref().filter(|e| e.part == lot.part && e.lot != lot.lot);
    let remark = earlier.and_then(|e| Some(Remark::EarlierExpiry { lot: e.lot.clone(), expires: e.expires? }));
    remark.into_iter().collect()
}

/// What goes in: of which part it is, which piece, and how many of it.
struct Taken<'a> {
    found: &'a PartId,
    piece: Piece,
    quantity: u32,
    lot: Option<&'a Lot>,
}

fn install(case: &Case<'_>, bench: Bench<'_>, part: &PartId, taken: Taken<'_>) -> Answer {
    let Taken { found, piece, quantity, lot } = taken;
    let needs = bench.needs();
    let about = About { how: Some(case.how()), ..case.about_step(bench.traveller, &bench.step.id) };
    let what = What::MaterialInstalled(MaterialInstalled {
        part: part.clone(),
        piece,
        quantity,
        is: (found != part).then(|| found.clone()),
        remarks: lot.map(|lot| remarks(case, lot)).unwrap_or_default(),
    });
    let mut drafts = vec![on_unit(bench.unit, about, what)];
    drafts.extend(lot.and_then(|lot| loading::opened(case, bench.route.parts.get(found), lot)));
    let mut did = Did::MaterialInstalled;
    if quantity == needed(bench, part) && finishing::is_last_of(&needs, quantity) {
        did = passing::advance(case, bench, &mut drafts, None).unwrap_or(did);
    }
    done(did, Some(bench.unit.clone()), drafts)
}

/// A component that stayed in the unit is met again after rework.
pub(super) fn verify(case: &Case<'_>, part: &PartId, serial: &Serial) -> Answer {
    let bench = open_for(case, part)?;
    let needs = bench.needs();
    let about = About { how: Some(case.how()), ..case.about_step(bench.traveller, &bench.step.id) };
    let what = What::MaterialVerified(MaterialVerified { part: part.clone(), serial: serial.clone() });
    let mut drafts = vec![on_unit(bench.unit, about, what)];
    let mut did = Did::MaterialVerified;
    if finishing::is_last(&needs) {
        did = passing::advance(case, bench, &mut drafts, None).unwrap_or(did);
    }
    done(did, Some(bench.unit.clone()), drafts)
}

/// A known lot that nothing open needs.
pub(super) fn stray_lot(case: &Case<'_>, lot: &Lot, said: &Said<'_>) -> Answer {
    another_part(case, Some(&lot.part), Some(lot), said)
}

/// A need that a lot could fulfil, were it of that part.
fn for_lots<'n, 'l>(need: &Need<'n>, lot: Option<&'l Lot>) -> Option<(&'n PartId, Capture, &'l Lot)> {
    match need {
        Need::Material { part, capture: capture @ (Capture::Lot | Capture::Loaded), .. } => {
            Some((*part, *capture, lot?))
        }
        Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } | Need::Signature(_) | Need::FirstPiece => None,
    }
}

/// Material of another part than the open step needs; which one, where that is known.
pub(super) fn another_part(case: &Case<'_>, found: Option<&PartId>, lot: Option<&Lot>, said: &Said<'_>) -> Answer {
    if case.is_unsaid() {
        return for_none(case, found, lot, said);
    }
    let bench = open_for_material(case)?;
    let needs = bench.needs();
    let wanted = needs.iter().find_map(|n| if let Need::Material { part, .. } = n { Some(*part) } else { None });
    let evidence = |part: Option<&PartId>| Evidence {
        lot: lot.map(|l| l.lot.clone()),
        found_part: found.cloned(),
        part: part.cloned(),
        step: Some(bench.step.id.clone()),
        event: lot.map(|l| l.event.clone()),
        gtin: case.gtin(),
        ..Evidence::default()
    };
    let refusal = |part| Refusal::new(Code::WrongPart, evidence(part));
    for (part, capture, lot) in needs.iter().filter_map(|n| for_lots(n, lot)) {
        match (case.unless_let_go(&bench.place(), refusal(Some(part))), capture) {
            (Ok(()), Capture::Loaded) => return loading::load(case, bench.route, part, lot, said),
            (Ok(()), Capture::Serial | Capture::Lot) => return install_from_lot(case, part, lot, said),
            (Err(no), _) if no.evidence.turned_by.is_some() || no.evidence.permit.is_some() => return Err(no),
            (Err(_), _) => {}
        }
    }
    Err(refusal(wanted))
}

/// Material that none of several open units needs: what is said of the first of them is true of each. Where one of
/// them would take it all the same, it has to be named.
fn for_none(case: &Case<'_>, found: Option<&PartId>, lot: Option<&Lot>, said: &Said<'_>) -> Answer {
    let all = case.each_open();
    let mut first = None;
    for open in &all {
        let answer = if let Meaning::Recorded(evidence) = reading::read(open, said) {
            Err(Refusal::new(Code::AlreadyRecorded, *evidence))
        } else {
            another_part(open, found, lot, said)
        };
        match answer {
            Err(no) if no.evidence.turned_by.is_none() => first = first.or(Some(no)),
            Ok(_) | Err(_) => return Err(nests::not_said(&all, case.label_shown())),
        }
    }
    Err(first.unwrap_or_else(|| Refusal::bare(Code::NothingOpen)))
}

/// A piece of the right part, and a label that does not name it as the route does.
pub(super) fn lacks(case: &Case<'_>, part: &PartId, field: Option<&str>) -> Answer {
    let bench = open_for_material(case)?;
    let refusal = case.about_label(Code::WrongIdentifier);
    let evidence = Evidence {
        step: Some(bench.step.id.clone()),
        part: Some(part.clone()),
        field: field.map(str::to_owned),
        ..*refusal.evidence
    };
    Err(Refusal::new(Code::WrongIdentifier, evidence))
}

/// A component that is in some unit: the answer names the unit, and opens nothing.
pub(super) fn stray_component(case: &Case<'_>, component: &Component) -> Answer {
    case.worker()?;
    let evidence = Evidence {
        serial: Some(component.serial.clone()),
        in_unit: component.in_unit.clone(),
        event: Some(component.event.clone()),
        ..Evidence::default()
    };
    Err(Refusal::new(Code::AlreadyInstalled, evidence))
}
