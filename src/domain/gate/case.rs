//! One case before the gate: everything it is decided on, and the forms that its answer takes.

use crate::domain::ambient::Ambient;
use crate::domain::command::is_reason;
use crate::domain::event::{About, How, Link, Purpose};
use crate::domain::facts::Facts;
use crate::domain::gs1::Gtin;
use crate::domain::id::{Badge, DeviceId, StationId, StepId, UnitId};
use crate::domain::item::Item;
use crate::domain::label::{Label, Raw};
use crate::domain::let_go::Turned;
use crate::domain::need::{Need, needs};
use crate::domain::panel::Board;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Auth;
use crate::domain::route::{Route, Step, Typed};
use crate::domain::station::Station;
use crate::domain::text::{clipped, display_safe};
use crate::domain::traveller::{Held, Traveller};
use crate::domain::watch::Watch;
use crate::domain::what::{Refused, What};

use super::decision::{Decision, Did, Draft, Subject};
use super::settling::unbroken;
use super::waiving::Place;
use super::{labels, paper};

/// Characters of a label that a refusal repeats.
const LABEL_CHARS_SHOWN: usize = 64;

/// From this version on events tell how their label came in, and one that no device sent was typed. Before, it counted
/// as scanned by a keyboard.
const LABELS_TELL_HOW: u32 = 2;

/// From this version on each hold of a unit stands for itself, and a unit on hold stops the one that it is in.
pub(super) const HOLDS_ADD_UP: u32 = 4;

/// Other holds whose reasons a refusal repeats.
const HOLDS_TOLD_MOST: usize = 3;

/// What a part of the gate answers: a decision, or why not.
pub(super) type Answer = Result<Decision, Refusal>;

/// Everything that one command is decided on.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    /// The open unit; one without a number where none is open.
    pub(super) open: &'a Traveller,
    /// Its route.
    pub(super) route: Option<&'a Route>,
    /// What only the outside knows.
    pub(super) now: &'a Ambient,
    /// What the ledger answered.
    pub(super) facts: &'a Facts,
    /// The label that was scanned, where one was.
    pub(super) label: Option<&'a Label>,
    /// The board of a panel that is taken up with the others; none: it is no such board.
    pub(super) board: Option<&'a Board>,
    /// The version of the rules that it is decided under.
    pub(super) gate: u32,
    /// The rules that are let go in this action.
    pub(super) let_go: &'a [Turned],
}

/// The open unit at its due step: what work is done on.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    /// The unit's number.
    pub(super) unit: &'a UnitId,
    /// Its record.
    pub(super) traveller: &'a Traveller,
    /// Its route.
    pub(super) route: &'a Route,
    /// The step that is due.
    pub(super) step: &'a Step,
    /// The station.
    pub(super) at: &'a Station,
}

impl<'a> Bench<'a> {
    /// What the step still requires.
    pub(super) fn needs(&self) -> Vec<Need<'a>> {
        needs(self.traveller, self.route, self.step, self.at)
    }
}

impl<'a> Case<'a> {
    /// The station as it stands, where the command is given at one.
    pub(super) fn station(&self) -> Option<&'a Station> {
        self.facts.station.as_ref()
    }

    /// What waits at a station, this one or the one that was asked about.
    pub(super) fn watch(&self, at: &StationId) -> Option<&'a Watch> {
        let here = self.station().filter(|s| s.station.as_ref() == Some(at)).map(|s| &s.watch);
        here.or_else(|| self.facts.watches.iter().find(|w| w.station == *at).map(|w| &w.watch))
    }

    /// Who is signed on in this run of the program.
    pub(super) fn operator(&self) -> Option<&'a Badge> {
        self.station()?.operator_in(self.now.given.session.as_ref())
    }

    /// The person who is signed on; nobody else works here.
    pub(super) fn worker(&self) -> Result<&'a Person, Refusal> {
        let badge = self.operator().ok_or_else(|| Refusal::bare(Code::NotSignedOn))?;
        self.facts.person(badge.as_str()).filter(|p| !p.revoked).ok_or_else(|| {
            Refusal::new(Code::UnknownBadge, Evidence { badge: Some(badge.clone()), ..Evidence::default() })
        })
    }

    /// The open unit at its due step.
    pub(super) fn bench(&self) -> Result<Bench<'a>, Refusal> {
        let nothing = || Refusal::bare(Code::NothingOpen);
        let unit = self.open.unit.as_ref().filter(|_| self.open.exists()).ok_or_else(nothing)?;
        let route = self.route.ok_or_else(nothing)?;
        let due = self.open.due.as_ref().ok_or_else(nothing)?;
        let step = route.step(&due.step).ok_or_else(nothing)?;
        let at = self.station().ok_or_else(nothing)?;
        Ok(Bench { unit, traveller: self.open, route, step, at })
    }

    /// The open unit at its due step, by the person signed on, while nothing forbids work on it.
    pub(super) fn work(&self) -> Result<Bench<'a>, Refusal> {
        self.worker()?;
        let bench = self.bench()?;
        not_held(self, bench.traveller)?;
        labels::is_verified(self, bench.traveller)?;
        paper::in_order(self, bench.traveller)?;
        Ok(bench)
    }

    /// How a datum came in by this command.
    pub(super) fn how(&self) -> How {
        match (self.label, &self.now.given.device) {
            (Some(_), Some(device)) => How::Scanned(device.clone()),
            (Some(_), None) if self.gate < LABELS_TELL_HOW => {
                DeviceId::parse("keyboard").map_or(How::Typed, How::Scanned)
            }
            (Some(_) | None, None) | (None, Some(_)) => How::Typed,
        }
    }

    /// Refuses what was typed where only a scan counts. Nothing on paper was scanned.
    pub(super) fn scanned_where(
        &self,
        typed: Typed,
        place: &Place<'_>,
        evidence: impl FnOnce() -> Evidence,
    ) -> Result<(), Refusal> {
        self.scans_alone(typed, self.how() == How::Typed, place, evidence)
    }

    /// The same for what came in by hand, or not, as somebody else knows.
    pub(super) fn scans_alone(
        &self,
        typed: Typed,
        by_hand: bool,
        place: &Place<'_>,
        evidence: impl FnOnce() -> Evidence,
    ) -> Result<(), Refusal> {
        match typed {
            Typed::Refuse if by_hand || self.paper().is_some() => {
                self.unless_let_go(place, Refusal::new(Code::TypedEntry, evidence()))
            }
            Typed::Refuse | Typed::Allow => Ok(()),
        }
    }

    /// What every event of this command says: where, who, and the label as read.
    pub(super) fn about(&self) -> About {
        About {
            station: self.now.station.as_ref().map(|p| p.station.clone()),
            by: self.operator().cloned(),
            auth: self.operator().map(|_| Auth::Badge),
            raw: self.label.and_then(Label::raw),
            how: self.label.filter(|_| self.gate >= LABELS_TELL_HOW).map(|_| self.how()),
            ..About::default()
        }
    }

    /// What every event about a unit says.
    pub(super) fn about_unit(&self, traveller: &Traveller) -> About {
        let (route, revision) = traveller.route.clone().unzip();
        About {
            unit: traveller.unit.clone(),
            route,
            revision,
            pieces: traveller.pieces(),
            order: traveller.order.clone(),
            nest: self.nest_of(traveller),
            purpose: Some(traveller.purpose).filter(|p| *p != Purpose::Production),
            ..self.about()
        }
    }

    /// What every event within a step says.
    pub(super) fn about_step(&self, traveller: &Traveller, step: &StepId) -> About {
        About { step: Some(step.clone()), attempt: Some(traveller.attempt_number(step)), ..self.about_unit(traveller) }
    }

    /// The label, short and harmless, for evidence; a structured one by its fields, as they are printed below
    /// the bars.
    pub(super) fn label_shown(&self) -> Option<String> {
        let text = match self.label? {
            Label::Structured(label) if label.marked && !label.fields.is_empty() => {
                label.fields.iter().map(|f| format!("({}){}", f.key, f.value)).collect::<Vec<_>>().concat()
            }
            Label::Broken(broken) => as_text(&broken.raw)?.to_owned(),
            Label::SelfTest(tested) => as_text(&tested.raw)?.to_owned(),
            Label::Text(_)
            | Label::Structured(_)
            | Label::Unsafe(_)
            | Label::NotText(_)
            | Label::TooLong(_)
            | Label::Empty
            | Label::Lost(_) => self.label?.text()?.to_owned(),
        };
        Some(clipped(&display_safe(&text), LABEL_CHARS_SHOWN).into_owned())
    }

    /// The GTIN that the label has.
    pub(super) fn gtin(&self) -> Option<Gtin> {
        self.label.and_then(Item::of)?.gtin().cloned()
    }

    /// Whether the label names that unit by its serial number, and another product than the unit's own revision says
    /// that it is. Revisions may have GTINs of their own, and a serial number is unique within one.
    pub(super) fn is_another_product(&self, unit: &UnitId, route: Option<&Route>) -> bool {
        let is_plain = self.label.and_then(Label::plain) == Some(unit.as_str());
        let own = route.and_then(|route| route.identifier.gtin.as_ref());
        !is_plain && own.zip(self.gtin().as_ref()).is_some_and(|(own, other)| own != other)
    }

    /// Whether a number reads as something else that is known: a command code, a badge, a lot, a gauge, an order or a
    /// unit of a route. What is to be named so would never be found by a scan.
    pub(super) fn names_something(&self, number: &str) -> bool {
        let facts = self.facts;
        number.starts_with(crate::domain::command_code::PREFIX)
            || facts.claim.is_some()
            || facts.person(number).is_some()
            || facts.lot(number).is_some()
            || facts.gauge(number).is_some()
            || facts.order(number).is_some()
            || facts.packing.carton(number).is_some()
            || facts.packing.shipment(number).is_some()
    }

    /// A refusal about the label itself.
    pub(super) fn about_label(&self, code: Code) -> Refusal {
        Refusal::new(code, Evidence { label: self.label_shown(), gtin: self.gtin(), ..Evidence::default() })
    }

    /// The refusal as an answer: recorded, about the open unit unless the evidence names another.
    pub(super) fn refused(&self, refusal: Refusal) -> Decision {
        let open = self.open.unit.is_some().then_some(self.open);
        let named = refusal.evidence.unit.as_ref();
        let subject = match named {
            Some(unit) => open
                .filter(|t| t.unit.as_ref() == Some(unit))
                .or_else(|| self.facts.nest(unit).map(|n| n.traveller.as_ref()))
                .or_else(|| self.facts.other(unit.as_str()).map(|o| o.traveller.as_ref()).filter(|t| t.exists())),
            None => open,
        };
        let mut about = subject.map_or_else(|| self.about(), |t| self.about_unit(t));
        about.saw = subject.and_then(|t| t.head.clone());
        about.step = refusal.evidence.step.clone().or_else(|| subject.and_then(|t| Some(t.due.as_ref()?.step.clone())));
        let unit = named.cloned().or_else(|| about.unit.clone());
        let what = What::Refused(Refused { code: refusal.code, evidence: refusal.evidence.clone() });
        Decision {
            answer: Err(refusal),
            drafts: vec![Draft { subject: Subject::Saw, about, what }],
            unit,
            rests_on: None,
            passed: None,
            then: Vec::new(),
        }
    }
}

/// What a further event of an action says: how the label came in is told by the first.
pub(super) fn further(about: About) -> About {
    About { raw: None, how: None, ..about }
}

/// Refuses a unit on hold, and one whose history is broken.
pub(super) fn not_held(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let Some(first) = traveller.holds.first() else { return unbroken(case, traveller) };
    Err(on_hold(traveller, first, Evidence { fits: other_holds(traveller), ..Evidence::default() }))
}

/// The reasons of the holds after the first one.
pub(super) fn other_holds(traveller: &Traveller) -> Vec<String> {
    traveller.holds.iter().skip(1).take(HOLDS_TOLD_MOST).map(|held| held.reason.clone()).collect()
}

/// The refusal of a unit for one of its holds.
pub(super) fn on_hold(traveller: &Traveller, held: &Held, evidence: Evidence) -> Refusal {
    let evidence = Evidence {
        unit: traveller.unit.clone(),
        reason: Some(held.reason.clone()),
        by: held.by.clone(),
        at: Some(held.at),
        event: Some(held.event.clone()),
        ..evidence
    };
    Refusal::new(Code::OnHold, evidence)
}

/// Refuses a reason that is none, or too long to be read.
pub(super) fn reason_fits(reason: &str) -> Result<(), Refusal> {
    if is_reason(reason) { Ok(()) } else { Err(Refusal::bare(Code::BadInput)) }
}

/// An answer with events.
#[expect(clippy::unnecessary_wraps, reason = "the form of every answer")]
pub(super) fn done(did: Did, unit: Option<UnitId>, drafts: Vec<Draft>) -> Answer {
    Ok(Decision { answer: Ok(did), drafts, unit, rests_on: None, passed: None, then: Vec::new() })
}

#[expect(clippy::unnecessary_wraps, reason = "the form of every answer")]
/// An answer that records nothing and rests on what is on record already.
pub(super) fn stands(did: Did, unit: Option<UnitId>, rests_on: Option<Link>) -> Answer {
    Ok(Decision { answer: Ok(did), drafts: Vec::new(), unit, rests_on, passed: None, then: Vec::new() })
}

/// An event that changes a unit's record.
pub(super) fn on_unit(unit: &UnitId, about: About, what: What) -> Draft {
    Draft { subject: Subject::Unit(unit.clone()), about, what }
}

/// An event that only saw.
pub(super) fn seen(traveller: Option<&Traveller>, mut about: About, what: What) -> Draft {
    about.saw = traveller.and_then(|t| t.head.clone());
    Draft { subject: Subject::Saw, about, what }
}

/// What was read, where that is a text of a length that is shown.
fn as_text(raw: &Raw) -> Option<&str> {
    match raw {
        Raw::Text(text) => Some(text),
        Raw::Hex(_) | Raw::Long { .. } => None,
    }
}
