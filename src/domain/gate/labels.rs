//! Labels: another one takes the place of one that is worn, wrong or lost, and is scanned back before anybody works on
//! the unit. A unit that was found without a label is known by what is in it, by where it is, or by whoever signs: it
//! never becomes a new one.

use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{Badge, UnitId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::labelling::{Found, LABELS_MOST, Labelling, Tag};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::settling::Broken;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{LabelReplaced, LabelReprinted, Nothing, What};

use super::batches::{is_new, of_new_number};
use super::case::{Answer, Case, done, on_unit};
use super::decision::Did;
use super::disposing::subject;
use super::opening;
use super::people::{authority, by_hand};
use super::reading::is_open_unit;
use super::said::Said;
use super::settling::unbroken;

/// What must be known before a label is replaced: what the unit is known by, and whether the number is a new one.
pub(super) fn asks(labelling: &Labelling, open: &Traveller, facts: &Facts, all: &mut Vec<Ask>) {
    if let Some(serial) = labelling.component() {
        all.push(Ask::Component(serial.clone()));
        let holder = facts.component(serial.as_str()).and_then(|component| component.in_unit.clone());
        all.extend(holder.filter(|unit| labelling.unit().is_none() && open.unit.as_ref() != Some(unit)).map(Ask::Unit));
    }
    if let Some(number) = labelling.number() {
        of_new_number(number, all);
    }
}

/// What a scanned label could be the label of, beside what it says itself.
pub(super) fn asks_of_label(label: &Label, open: &Traveller, facts: &Facts, all: &mut Vec<Ask>) {
    let numbers = numbers_of(label);
    let is_own = |tag: &Tag| facts.other(tag.label.as_str()).is_some_and(|other| other.traveller.exists());
    let is_meant = |tag: &&Tag| numbers.contains(&tag.label) && open.unit.as_ref() != Some(&tag.unit) && !is_own(tag);
    let meant = facts.tags.iter().filter(is_meant);
    all.extend(meant.map(|tag| Ask::Unit(tag.unit.clone())));
    all.extend(numbers.iter().cloned().map(Ask::Tag));
}

/// The numbers that a label may mean a unit by.
fn numbers_of(label: &Label) -> Vec<UnitId> {
    let plain = label.plain().and_then(|text| UnitId::parse(text).ok());
    let item = Item::of(label);
    let lot = item.as_ref().and_then(|item| Some((item.gtin()?, item.lot()?)));
    let lots = lot.into_iter().flat_map(|(gtin, lot)| [lot.to_owned(), gtin.with_lot(lot)]);
    let numbers = item.iter().flat_map(Item::numbers).chain(lots);
    plain.into_iter().chain(numbers.filter_map(|number| UnitId::parse(&number).ok())).collect()
}

/// The label, read as the number of the unit that it means, where it has another number than the unit.
pub(super) fn resolved<'a>(case: &Case<'a>, label: &Label, said: Said<'a>) -> Result<Said<'a>, Refusal> {
    if case.facts.tags.is_empty() {
        return Ok(said);
    }
    let numbers = numbers_of(label);
    let mut tags = case.facts.tags.iter().filter(|tag| numbers.contains(&tag.label));
    let Some(tag) = tags.next() else { return Ok(said) };
    // A terminal that could not see the others may have begun a unit, or relabelled one, by a number that was given.
    let own = case.open.unit.iter().chain(case.facts.other.iter().filter_map(|other| other.traveller.unit.as_ref()));
    let own = own.filter(|unit| **unit == tag.label && *unit != &tag.unit && is_on_record(case, unit));
    let others: Vec<&UnitId> = tags.map(|tag| &tag.unit).chain(own).filter(|unit| **unit != tag.unit).collect();
    if !others.is_empty() {
        let fits = std::iter::once(&tag.unit).chain(others).map(ToString::to_string).collect();
        let evidence = Evidence { label: case.label_shown(), fits, ..Evidence::default() };
        return Err(Refusal::new(Code::AmbiguousLabel, evidence));
    }
    let is_plain = said.plain == Some(tag.label.as_str());
    let tagged = said.item.filter(|_| !is_plain);
    Ok(Said { body: tag.unit.as_str(), plain: Some(tag.unit.as_str()), item: None, tag: Some(&tag.label), tagged })
}

fn is_on_record(case: &Case<'_>, unit: &UnitId) -> bool {
    case.open.unit.as_ref() == Some(unit) || case.facts.other(unit.as_str()).is_some_and(|o| o.traveller.exists())
}

/// The unit that a scanned label is of.
fn labelled<'a>(case: &Case<'a>, said: &Said<'_>) -> Option<(&'a Traveller, Option<&'a Route>)> {
    if is_open_unit(case, said) {
        return Some((case.open, case.route));
    }
    let other = case.facts.other.as_ref().filter(|other| other.traveller.exists())?;
    Some((other.traveller.as_ref(), other.route.as_deref()))
}

/// A scanned label of a unit: one that counts no more is refused, and one that was not scanned back is by this.
pub(super) fn scanned(case: &Case<'_>, said: &Said<'_>) -> Option<Answer> {
    case.operator()?;
    let (traveller, route) = labelled(case, said)?;
    let unit = traveller.unit.as_ref()?;
    let label = said.tag.unwrap_or(unit);
    if traveller.labels.valid(unit) != label {
        return Some(Err(replaced(traveller, unit, label)));
    }
    let waits = traveller.labels.waits.is_some() && Broken::of(traveller).is_none();
    waits.then(|| scanned_back(case, traveller, route, unit))
}

fn replaced(traveller: &Traveller, unit: &UnitId, label: &UnitId) -> Refusal {
    let by_what = traveller.labels.replaced(label);
    let evidence = Evidence {
        unit: Some(unit.clone()),
        label: Some(label.to_string()),
        fits: vec![traveller.labels.valid(unit).to_string()],
        reason: by_what.map(|change| change.reason.clone()),
        at: by_what.map(|change| change.at),
        by: by_what.and_then(|change| change.by.clone()),
        event: by_what.map(|change| change.event.clone()),
        ..Evidence::default()
    };
    Refusal::new(Code::LabelReplaced, evidence)
}

fn scanned_back(case: &Case<'_>, traveller: &Traveller, route: Option<&Route>, unit: &UnitId) -> Answer {
    case.worker()?;
    if let Some(route) = route {
        opening::is_scanned(case, (unit, traveller), route, false)?;
    }
    let verified = on_unit(unit, case.about_unit(traveller), What::LabelVerified(Nothing));
    done(Did::LabelVerified, Some(unit.clone()), vec![verified])
}

/// Refuses work on a unit whose new label was not scanned back.
pub(super) fn is_verified(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let Some(waits) = &traveller.labels.waits else { return Ok(()) };
    let fits = traveller.unit.iter().map(|unit| traveller.labels.valid(unit).to_string()).collect();
    let (unit, event, label) = (traveller.unit.clone(), Some(waits.clone()), case.label_shown());
    Err(Refusal::new(Code::LabelUnverified, Evidence { unit, event, label, fits, ..Evidence::default() }))
}

/// Replaces a label, or prints it once more.
pub(super) fn act(case: &Case<'_>, labelling: &Labelling) -> Answer {
    match labelling {
        Labelling::Replace { found, number, reason, by, .. } => {
            replace(case, labelling, (found.as_ref(), number.as_ref()), (reason, by))
        }
        Labelling::Reprint { unit, reason, by } => reprint(case, unit.as_ref(), reason, by),
    }
}

fn replace(
    case: &Case<'_>,
    labelling: &Labelling,
    (found, number): (Option<&Found>, Option<&UnitId>),
    (reason, by): (&str, &Badge),
) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    let holder = holder(case, labelling)?;
    let (traveller, route) = subject(case, labelling.unit().or(holder))?;
    may_be_labelled(case, traveller)?;
    if let Some(found) = found {
        is_known_by(case, traveller, found, holder)?;
    }
    let (unit, route) = traveller.unit.as_ref().zip(route).ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    let was = traveller.labels.valid(unit).clone();
    if let Some(number) = number {
        is_new(case, route, number)?;
    }
    let label = number.unwrap_or(&was).clone();
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    let what = What::LabelReplaced(LabelReplaced { label, was, found: found.cloned() });
    done(Did::LabelReplaced, Some(unit.clone()), vec![on_unit(unit, about, what)])
}

fn reprint(case: &Case<'_>, unit: Option<&UnitId>, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &Role::ALL)?;
    let (traveller, _) = subject(case, unit)?;
    may_be_labelled(case, traveller)?;
    let unit = traveller.unit.as_ref().ok_or_else(|| Refusal::bare(Code::UnknownUnit))?;
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    let copies = traveller.labels.reprints().saturating_add(1);
    let what = What::LabelReprinted(LabelReprinted { label: traveller.labels.valid(unit).clone(), copies });
    done(Did::LabelReprinted, Some(unit.clone()), vec![on_unit(unit, about, what)])
}

/// Refuses units that left or are no product any more, and those whose history is broken.
fn may_be_labelled(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let of = |code| {
        let (unit, event) = (traveller.unit.clone(), traveller.head.clone());
        Refusal::new(code, Evidence { unit, event, ..Evidence::default() })
    };
    match traveller.standing {
        Standing::InProcess | Standing::Nonconforming | Standing::Complete | Standing::Returned => {}
        Standing::Scrapped => return Err(of(Code::Scrapped)),
        Standing::Dispatched => return Err(of(Code::Dispatched)),
        Standing::Merged => return Err(opening::merged(traveller)),
        Standing::Unborn => return Err(of(Code::UnknownUnit)),
    }
    unbroken(case, traveller)?;
    if traveller.labels.changes.len() < LABELS_MOST {
        return Ok(());
    }
    let refusal = of(Code::AttemptsUsed);
    let allowed = u32::try_from(LABELS_MOST).ok();
    Err(Refusal::new(Code::AttemptsUsed, Evidence { allowed, ..*refusal.evidence }))
}

/// The unit that has the component by which a unit was found.
fn holder<'a>(case: &Case<'a>, labelling: &Labelling) -> Result<Option<&'a UnitId>, Refusal> {
    let Some(serial) = labelling.component() else { return Ok(None) };
    let holder = case.facts.component(serial.as_str()).and_then(|component| component.in_unit.as_ref());
    let unknown = || Evidence { serial: Some(serial.clone()), ..Evidence::default() };
    holder.map(Some).ok_or_else(|| Refusal::new(Code::UnknownUnit, unknown()))
}

/// Refuses a unit that is not where it is said to be.
fn is_known_by(case: &Case<'_>, traveller: &Traveller, found: &Found, holder: Option<&UnitId>) -> Result<(), Refusal> {
    let of = || Evidence { unit: traveller.unit.clone(), ..Evidence::default() };
    match found {
        Found::Component(serial) if holder != traveller.unit.as_ref() => {
            let event = case.facts.component(serial.as_str()).map(|component| component.event.clone());
            let (serial, in_unit) = (Some(serial.clone()), holder.cloned());
            Err(Refusal::new(Code::AlreadyInstalled, Evidence { serial, in_unit, event, ..of() }))
        }
        Found::Carton(carton) if traveller.packed.carton.as_ref() != Some(carton) => {
            let in_carton = traveller.packed.carton.clone();
            Err(Refusal::new(Code::NotPacked, Evidence { carton: Some(carton.clone()), in_carton, ..of() }))
        }
        Found::Open if traveller.open.is_none() => Err(Refusal::new(Code::NothingOpen, of())),
        Found::Component(_) | Found::Carton(_) | Found::Open | Found::Choice => Ok(()),
    }
}
