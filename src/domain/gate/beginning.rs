//! A new unit begins: at its route's first step, under its order, by the rule of its identifier.

use crate::domain::event::About;
use crate::domain::facts::Other;
use crate::domain::id::UnitId;
use crate::domain::order::Order;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{IdentifierKind, Route, Start, Step};
use crate::domain::station::Pending;
use crate::domain::way;
use crate::domain::what::{UnitOpened, UnitStarted, What};

use super::case::{Answer, Case, done, further, on_unit, seen};
use super::decision::{Did, Draft};
use super::first_piece::{self, Made};
use super::fitness::{Job, right_person, right_place};
use super::golden;
use super::nests::Place;
use super::settling::unbroken;
use super::{loading, nests, opening, orders, pieces};

/// From this version on whether a number may be typed is the matter of the revision that the unit begins under.
const ORDERS_SAY_HOW: u32 = 5;
/// From this version on the number has the form that the revision asks for, also where that came after the scan.
const NUMBERS_FIT: u32 = 5;

/// Begins a unit. Whoever stands by was called for by the scan of its label, so that is not asked for again.
///
/// `said` is how many pieces a batch has, where somebody said so.
pub(super) fn begin(
    case: &Case<'_>,
    unit: &UnitId,
    other: &Other,
    supervisor: Option<&Person>,
    said: Option<&str>,
) -> Answer {
    // What others told of it does not tell how it began.
    unbroken(case, &other.traveller)?;
    let claimed = other.route.as_deref().ok_or_else(|| Refusal::bare(Code::UnknownLabel))?;
    let order = orders::of_new_unit(case, unit, claimed)?;
    let route = released(case, unit, claimed, order)?;
    // The order's revision may ask for a scan where the newest one, which was asked before, does not.
    if case.gate >= ORDERS_SAY_HOW && route.revision != claimed.revision {
        let answers = supervisor.is_some() || said.is_some();
        opening::is_scanned(case, (unit, &other.traveller), route, answers)?;
    }
    let variant = order.and_then(|o| o.variant.as_deref());
    let first = way::first(route, variant).ok_or_else(|| Refusal::bare(Code::RouteChanged))?;
    let job = Job { unit, traveller: &other.traveller, route, step: first, supervisor };
    right_place(case, unit, first)?;
    right_person(case, &job)?;
    loading::ready(case, &job)?;
    golden::proved(case, &job)?;
    if let Some(component) = case.facts.component(unit.as_str()).filter(|c| c.in_unit.is_some()) {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            in_unit: component.in_unit.clone(),
            event: Some(component.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    let of = Evidence {
        unit: Some(unit.clone()),
        route: Some(route.id.clone()),
        revision: Some(route.revision.clone()),
        order: order.map(|o| o.order.clone()),
        badge: supervisor.filter(|_| route.identifier.kind == IdentifierKind::Batch).map(|p| p.badge.clone()),
        ..Evidence::default()
    };
    let count = pieces::of_new(case, route, order, said, &of)?;
    if route.identifier.start == Start::Twice && supervisor.is_none() && said.is_none() && !asked_back(case, unit) {
        let evidence = if count.is_some() { pieces::asked_for(count, None, &of) } else { of };
        return Err(Refusal::new(Code::ConfirmStart, evidence));
    }
    let Place { nest, alone } = nests::room(case, unit, (route, first))?;
    let made = Made { order: order.map(|o| &o.order), purpose: order.and_then(|o| o.purpose).unwrap_or_default() };
    let first_piece = first_piece::taken_up(case, &job, made, alone)?;
    let mut drafts = if alone { opening::put_down(case) } else { Vec::new() };
    let [started, opened] = start(case, &job, order, (nest, count));
    let begun = first_piece.map(|of| first_piece::begun(None, opened.about.clone(), of));
    drafts.extend([started, opened]);
    drafts.extend(begun);
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

/// The revision that the unit begins under: the order's, else the one that claims its number.
fn released<'a>(
    case: &Case<'a>,
    unit: &UnitId,
    claimed: &'a Route,
    order: Option<&'a Order>,
) -> Result<&'a Route, Refusal> {
    let ordered = order.filter(|o| o.revision != claimed.revision);
    let (release, route) = match ordered {
        None => (case.facts.claim.as_ref().ok_or_else(|| Refusal::bare(Code::UnknownLabel))?, claimed),
        Some(order) => {
            let found = case.facts.route(&order.route, &order.revision);
            let found = found.and_then(|r| Some((&r.release, r.route.as_deref()?)));
            found.ok_or_else(|| {
                let (route, revision) = (Some(order.route.clone()), Some(order.revision.clone()));
                let evidence = Evidence { unit: Some(unit.clone()), route, revision, ..Evidence::default() };
                Refusal::new(Code::RouteNotReleased, evidence)
            })?
        }
    };
    let is_of_another = ordered.is_some() && case.is_another_product(unit, Some(route));
    let is_minded = ordered.is_some() || case.gate >= NUMBERS_FIT;
    if is_of_another || is_minded && !route.identifier.pattern.matches(unit.as_str()) {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            route: Some(route.id.clone()),
            revision: Some(route.revision.clone()),
            order: ordered.map(|order| order.order.clone()),
            gtin: case.gtin(),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::WrongIdentifier, evidence));
    }
    if release.withdrawn {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            route: Some(release.route.clone()),
            revision: Some(release.revision.clone()),
            event: Some(release.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::RouteWithdrawn, evidence));
    }
    Ok(route)
}

fn start(
    case: &Case<'_>,
    job: &Job<'_>,
    order: Option<&Order>,
    (nest, pieces): (Option<u32>, Option<u32>),
) -> [Draft; 2] {
    let Job { unit, route, step: first, supervisor, .. } = *job;
    let first: &Step = first;
    let about = About {
        unit: Some(unit.clone()),
        route: Some(route.id.clone()),
        revision: Some(route.revision.clone()),
        pieces,
        order: order.map(|o| o.order.clone()),
        purpose: order.and_then(|o| o.purpose),
        ..case.about()
    };
    let variant = order.and_then(|o| o.variant.clone());
    let started = UnitStarted { first: way::next(first), variant };
    let started = on_unit(unit, about.clone(), What::UnitStarted(started));
    let about = further(About { step: Some(first.id.clone()), nest, ..about });
    let supervisor = supervisor.map(|p| p.badge.clone());
    let opened = UnitOpened { takeover_from: None, supervisor, due: None };
    [started, seen(None, about, What::UnitOpened(opened))]
}

/// Whether the last answer asked for this very label again.
fn asked_back(case: &Case<'_>, unit: &UnitId) -> bool {
    let pending = case.station().and_then(|s| s.pending.as_ref());
    matches!(pending, Some(Pending::Start(asked) | Pending::Pieces { unit: asked, .. }) if asked == unit)
}
