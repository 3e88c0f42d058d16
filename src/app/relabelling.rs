//! Labels at the terminal: another one for the unit in hand, the same one once more, or one for a unit that was found
//! without. Asked one thing at a time, signed at the end; a new label is scanned back afterwards, as the gate wants it.

use super::line::Said;
use super::question::{Answer, Choice, Known, Picked, Question, Title, Unfit, pick};
use super::settlement::Work;
use super::signing::{Signature, Signed, Signing};
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::id::{Badge, CartonId, Serial, UnitId};
use crate::domain::item::unit_of;
use crate::domain::label::Label;
use crate::domain::labelling::{Found, Labelling};
use crate::domain::packing::sscc;
use crate::domain::route::Route;
use crate::domain::structured::without_symbology;

/// What is done with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Another one counts.
    Replace,
    /// The same one is printed once more.
    Reprint,
    /// A unit that was found without one gets one.
    Find,
}

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// By what a unit without a label is known.
    Known,
    /// A component that is in it.
    Component,
    /// The carton that it is in.
    Carton,
    /// Which unit it is.
    Unit,
    /// The number on the new label.
    Number,
    /// Why: from the list that every plant has.
    Reason,
    /// Why in words, and who says so.
    Signing(Signing),
}

/// What can be chosen about a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The unit is known by a component.
    Component,
    /// By the carton that it is in.
    Carton,
    /// By whoever signs.
    Myself,
    /// The new label has the same number.
    SameNumber,
}

/// A label in the making.
#[derive(Debug, Clone)]
pub struct Relabelling {
    /// What is done.
    pub wish: Wish,
    /// The unit in hand.
    pub work: Option<Work>,
    /// The unit, where it was said.
    pub unit: Option<UnitId>,
    /// By what it is known, where it was found without a label.
    pub found: Option<Found>,
    /// The number on the new label, where it is another one.
    pub number: Option<UnitId>,
    /// Whoever is signed on, who prints a label once more.
    me: Option<Badge>,
    stage: Stage,
    trail: Vec<Stage>,
    signature: Signature,
}

impl Relabelling {
    /// Begins to ask about the unit in hand, or about one that was found without a label.
    pub(super) fn of(wish: Wish, work: Option<Work>, me: Option<Badge>) -> Self {
        let stage = match wish {
            Wish::Replace => Stage::Number,
            Wish::Reprint => Stage::Reason,
            Wish::Find => Stage::Known,
        };
        let work = work.filter(|_| wish != Wish::Find);
        let unit = work.as_ref().and_then(|work| work.traveller.unit.clone());
        let (trail, signature) = (Vec::new(), Signature::default());
        Self { wish, work, unit, found: None, number: None, me, stage, trail, signature }
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether a label is to be scanned, or its number typed.
    pub fn asks_label(&self) -> bool {
        matches!(self.stage, Stage::Component | Stage::Carton | Stage::Unit | Stage::Number)
    }

    /// Its name, in the code and in tests.
    pub(super) fn name(&self) -> &'static str {
        match self.stage {
            Stage::Known => "label-known",
            Stage::Component => "label-component",
            Stage::Carton => "label-carton",
            Stage::Unit => "label-unit",
            Stage::Number => "label-number",
            Stage::Reason => "label-reason",
            Stage::Signing(Signing::Words) => "label-words",
            Stage::Signing(Signing::Badge) => "label-badge",
            Stage::Signing(Signing::Pin) => "label-pin",
        }
    }

    pub(super) fn signing(&self) -> Option<Signing> {
        if let Stage::Signing(at) = self.stage { Some(at) } else { None }
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let choice = |(code, chosen): (&str, Chosen)| Choice { code: code.to_owned(), title: Title::Label(chosen) };
        match self.stage {
            Stage::Known => {
                let all = [("component", Chosen::Component), ("carton", Chosen::Carton), ("known", Chosen::Myself)];
                all.map(choice).into()
            }
            Stage::Number => vec![choice(("same", Chosen::SameNumber))],
            Stage::Reason => {
                let reason = |known: Known| Choice { code: known.code().to_owned(), title: Title::Known(known) };
                Known::OF_LABEL.map(reason).into()
            }
            Stage::Component | Stage::Carton | Stage::Unit | Stage::Signing(_) => Vec::new(),
        }
    }

    /// The question before; none: back to the screen.
    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        match (self.stage, said) {
            (Stage::Signing(at), said) => self.sign(at, said, scanned, route),
            (_, Said::Text(text)) => self.choose(&text, scanned),
            (_, Said::Secret(_)) => Answer::Unfit(self.stands(), Unfit::NotListed),
        }
    }

    fn choose(mut self: Box<Self>, text: &str, scanned: bool) -> Answer {
        match (pick(text, scanned, &self.choices()), self.stage) {
            // A label is read by the standard that it follows.
            (_, Stage::Component | Stage::Carton | Stage::Unit) | (Picked::NoNumber, Stage::Number) => {
                Answer::Read(self.stands())
            }
            (Picked::One(Choice { title: Title::Label(chosen), .. }), _) => {
                self.number = None;
                let next = match chosen {
                    Chosen::Component => Stage::Component,
                    Chosen::Carton => Stage::Carton,
                    Chosen::Myself => {
                        self.found = Some(Found::Choice);
                        Stage::Unit
                    }
                    Chosen::SameNumber => Stage::Reason,
                };
                self.go(next)
            }
            (Picked::One(choice), _) => {
                self.signature.reason = choice.code;
                self.ask(Signing::Badge)
            }
            (Picked::Zero, Stage::Reason) => self.ask(Signing::Words),
            (Picked::Zero | Picked::Beyond, _) => Answer::Unfit(self.stands(), Unfit::NotListed),
            (Picked::NoNumber, _) => Answer::Stray,
        }
    }

    /// Takes what a label says that was read.
    pub(super) fn labelled(mut self: Box<Self>, label: &Label) -> Answer {
        let Some(text) = label.text() else { return Answer::Label };
        // Whoever leaves from here does.
        if CommandCode::read(without_symbology(text)).is_some() {
            return Answer::Label;
        }
        let next = match self.stage {
            Stage::Component => {
                let serial = label.plain().and_then(|text| Serial::parse(without_symbology(text)).ok());
                serial.map(|serial| (Some(Found::Component(serial)), None, Stage::Number))
            }
            Stage::Carton => carton(label).map(|carton| (Some(Found::Carton(carton)), None, Stage::Unit)),
            Stage::Unit => self.number_on(label).map(|unit| (self.found.clone(), Some(unit), Stage::Number)),
            Stage::Number => {
                let number = self.number_on(label);
                self.number = number.clone().filter(|number| Some(number) != self.valid());
                number.map(|_| (self.found.clone(), self.unit.clone(), Stage::Reason))
            }
            Stage::Known | Stage::Reason | Stage::Signing(_) => None,
        };
        let Some((found, unit, next)) = next else { return Answer::Unfit(self.stands(), Unfit::NoNumber) };
        self.found = found;
        self.unit = unit;
        self.go(next)
    }

    /// The number that a label has: the text of it, or what a structured one says to the route of the unit in hand.
    fn number_on(&self, label: &Label) -> Option<UnitId> {
        let by_route = self.work.as_ref().and_then(|work| unit_of(label, &work.route));
        by_route.or_else(|| label.plain().and_then(|text| UnitId::parse(without_symbology(text)).ok()))
    }

    /// The number on the label that counts until now.
    fn valid(&self) -> Option<&UnitId> {
        let unit = self.unit.as_ref()?;
        Some(self.work.as_ref().map_or(unit, |work| work.traveller.labels.valid(unit)))
    }

    fn go(mut self: Box<Self>, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(self.stands())
    }
}

fn carton(label: &Label) -> Option<CartonId> {
    sscc::of_label(label).or_else(|| label.plain().and_then(|text| CartonId::parse(without_symbology(text)).ok()))
}

impl Signed for Relabelling {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    /// Whoever is here may print a label once more; another one takes a lead, or quality.
    fn ask(mut self: Box<Self>, next: Signing) -> Answer {
        let me = self.me.clone().filter(|_| self.wish == Wish::Reprint && next == Signing::Badge);
        let next = if me.is_some() { Signing::Pin } else { next };
        self.signature.badge = me.or(self.signature.badge.take());
        self.go(Stage::Signing(next))
    }

    fn stands(self: Box<Self>) -> Question {
        Question::Label(self)
    }

    fn command(&self) -> Option<Command> {
        let Signature { reason, badge } = self.signature.clone();
        let (by, unit) = (badge?, self.unit.clone());
        Some(Command::Label(Box::new(match self.wish {
            Wish::Reprint => Labelling::Reprint { unit, reason, by },
            Wish::Replace | Wish::Find => {
                Labelling::Replace { unit, found: self.found.clone(), number: self.number.clone(), reason, by }
            }
        })))
    }
}
