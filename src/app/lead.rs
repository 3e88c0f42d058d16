//! What a lead decides about a unit that may not simply go on: asked one thing at a time, signed at the end.

use super::lead_choices::{decision_choice, defects};
use super::line::Said;
use super::question::{Answer, Choice, Picked, Question, Title, Unfit, pick};
use super::settle;
use super::settlement::Work;
use super::signing::{Signature, Signed, Signing};
use crate::domain::command::{Command, Decide};
use crate::domain::event::Link;
use crate::domain::id::{DefectId, Serial, StepId, UnitId};
use crate::domain::overriding::Override;
use crate::domain::refusal::Code;
use crate::domain::reworking::Reworking;
use crate::domain::route::Route;
use crate::domain::traveller::Held;
use crate::domain::what::{Fate, Removed};

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The hold ends.
    Release,
    /// What is broken in its history is decided.
    Settle,
    /// It goes back.
    Rework,
    /// It is no product any more.
    Scrap,
    /// It goes on as it is.
    UseAsIs,
    /// Nothing is wrong with it, and it goes back.
    SendBack,
    /// Components come out of what is scrapped.
    Recover,
    /// What is scrapped waits for a decision again.
    Reverse,
    /// A second person lets a rule go.
    Override,
}

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What becomes of the unit.
    Decision,
    /// Which hold ends.
    Hold,
    /// Where rework goes back to.
    To,
    /// Where it goes on, once its history is settled.
    GoOn,
    /// What is taken out.
    Removed,
    /// Why: from the route's list of defects.
    Defect,
    /// Why in words, and who decides.
    Signing(Signing),
}

impl Stage {
    /// Its name, in the code and in tests.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Decision => "lead-decision",
            Self::Hold => "lead-hold",
            Self::To => "lead-to",
            Self::GoOn => "lead-go-on",
            Self::Removed => "lead-removed",
            Self::Defect => "lead-defect",
            Self::Signing(Signing::Words) => "lead-words",
            Self::Signing(Signing::Badge) => "lead-badge",
            Self::Signing(Signing::Pin) => "lead-pin",
        }
    }
}

/// A decision in the making.
#[derive(Debug, Clone)]
pub struct Lead {
    /// The unit it is about.
    pub unit: UnitId,
    pub(super) work: Work,
    /// Whether nothing failed, and its time limit has passed.
    pub(super) too_late: bool,
    /// The refusal that shows, where a second person may let it go.
    pub(super) over: Option<Code>,
    stage: Stage,
    trail: Vec<Stage>,
    pub(super) decision: Option<Decision>,
    hold: Option<Link>,
    pub(super) to: Option<StepId>,
    pub(super) removed: Vec<Removed>,
    defect: Option<DefectId>,
    signature: Signature,
}

impl Lead {
    /// Begins to ask about a unit, also about one that came too late, or that is stopped by a rule which a second
    /// person may let go; nothing where there is nothing to decide.
    pub fn about(work: Work, too_late: bool, over: Option<Code>) -> Option<Self> {
        let unit = work.traveller.unit.clone()?;
        let lead = Self {
            unit,
            work,
            too_late,
            over,
            stage: Stage::Decision,
            trail: Vec::new(),
            decision: None,
            hold: None,
            to: None,
            removed: Vec::new(),
            defect: None,
            signature: Signature::default(),
        };
        (!lead.decisions().is_empty()).then_some(lead)
    }

    /// Begins to ask about a unit that nothing is wrong with, and that can go back; nothing where it cannot.
    pub(super) fn sending_back(work: Work) -> Option<Self> {
        let lead = Self::about(work, false, None)?;
        if !lead.decisions().contains(&Decision::SendBack) {
            return None;
        }
        let lead = Self { decision: Some(Decision::SendBack), ..lead };
        let stage = lead.after_decision(Decision::SendBack);
        Some(Self { stage, ..lead })
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn signing(&self) -> Option<Signing> {
        if let Stage::Signing(at) = self.stage { Some(at) } else { None }
    }

    /// What was decided so far.
    pub fn decision(&self) -> Option<Decision> {
        self.decision
    }

    /// The events that are broken in the history of the unit.
    pub fn broken(&self) -> Vec<&Link> {
        self.work.traveller.broken().into_iter().collect()
    }

    /// The options of the moment.
    pub(super) fn choices(&self) -> Vec<Choice> {
        match self.stage {
            Stage::Decision => self.decisions().into_iter().map(decision_choice).collect(),
            Stage::Hold => self.holds(),
            Stage::To => self.targets(),
            Stage::GoOn => settle::targets(&self.work),
            Stage::Removed => self.components(),
            Stage::Defect => defects(&self.work.route),
            Stage::Signing(_) => Vec::new(),
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
        let options = self.choices();
        let picked = match pick(text, scanned, &options) {
            Picked::One(choice) => Some(choice),
            Picked::Zero if matches!(self.stage, Stage::Removed | Stage::Defect) => None,
            Picked::Zero | Picked::Beyond => return Answer::Unfit(self.stands(), Unfit::NotListed),
            Picked::NoNumber => return Answer::Stray,
        };
        match (self.stage, picked) {
            (Stage::Removed, Some(choice)) => {
                self.turn(&choice.code);
                Answer::Ask(self.stands())
            }
            (Stage::Decision, Some(Choice { title: Title::Decision(decision), .. })) => {
                self.decision = Some(decision);
                self.hold = None;
                self.to = None;
                self.removed.clear();
                let next = self.after_decision(decision);
                self.go(next)
            }
            (Stage::Hold, Some(choice)) => {
                let is_it = |held: &&Held| held.event.seq().to_string() == choice.code;
                self.hold = self.work.traveller.holds.iter().find(is_it).map(|held| held.event.clone());
                self.ask(Signing::Words)
            }
            (Stage::To, Some(choice)) => {
                self.to = StepId::parse(&choice.code).ok();
                let next = self.after_target();
                self.go(next)
            }
            (Stage::Removed, None) if self.decision == Some(Decision::Recover) && self.removed.is_empty() => {
                Answer::Unfit(self.stands(), Unfit::NotListed)
            }
            (Stage::GoOn, Some(choice)) => {
                self.to = settle::target(&choice);
                self.ask(Signing::Words)
            }
            (Stage::Removed, None) => {
                let next = self.reason_stage();
                self.go(next)
            }
            (Stage::Defect, Some(choice)) => {
                self.defect = DefectId::parse(&choice.code).ok();
                self.signature.reason = choice.code;
                self.ask(Signing::Badge)
            }
            (_, _) => {
                self.defect = None;
                self.ask(Signing::Words)
            }
        }
    }

    fn go(mut self: Box<Self>, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(self.stands())
    }

    /// What cannot differ is not asked.
    fn after_decision(&self, decision: Decision) -> Stage {
        match decision {
            Decision::Release if self.work.traveller.holds.len() > 1 => Stage::Hold,
            Decision::Release | Decision::Reverse | Decision::Override => Stage::Signing(Signing::Words),
            Decision::Settle => Stage::GoOn,
            Decision::UseAsIs => self.reason_stage(),
            Decision::Rework | Decision::SendBack if self.targets().len() > 1 => Stage::To,
            Decision::Rework | Decision::SendBack | Decision::Scrap => self.after_target(),
            Decision::Recover => Stage::Removed,
        }
    }

    fn after_target(&self) -> Stage {
        if self.components().is_empty() { self.reason_stage() } else { Stage::Removed }
    }

    /// A reason is one of the route's defects only where something failed.
    fn reason_stage(&self) -> Stage {
        let conforms = matches!(self.decision, Some(Decision::SendBack | Decision::Recover));
        if conforms || self.work.route.defects.is_empty() { Stage::Signing(Signing::Words) } else { Stage::Defect }
    }

    /// Stays, reuse, scrap, quarantine, and stays again.
    fn turn(&mut self, serial: &str) {
        let Ok(serial) = Serial::parse(serial) else { return };
        let at = self.removed.iter().position(|r| r.serial == serial);
        let before = at.map(|i| self.removed.remove(i).fate);
        let fate = match before {
            None => Some(Fate::Reuse),
            Some(Fate::Reuse) => Some(Fate::Scrap),
            Some(Fate::Scrap) => Some(Fate::Quarantine),
            Some(Fate::Quarantine) => None,
        };
        self.removed.extend(fate.map(|fate| Removed { serial, fate }));
    }
}

impl Signed for Lead {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    fn ask(self: Box<Self>, next: Signing) -> Answer {
        self.go(Stage::Signing(next))
    }

    fn stands(self: Box<Self>) -> Question {
        Question::Lead(self)
    }

    fn command(&self) -> Option<Command> {
        let Signature { reason, badge } = self.signature.clone();
        let (badge, unit) = (badge?, self.unit.clone());
        let decision = match self.decision? {
            Decision::Release => {
                // The one that was seen, also where another one came since.
                let hold = self.hold.clone().or_else(|| Some(self.work.traveller.holds.first()?.event.clone()));
                return Some(Command::ReleaseHold { unit, hold, reason, by: badge });
            }
            Decision::SendBack => {
                let to = self.to.clone().or_else(|| StepId::parse(&self.targets().first()?.code).ok())?;
                let (unit, removed) = (Some(unit), self.removed.clone());
                return Some(Command::Rework(Box::new(Reworking::SendBack { unit, to, removed, reason, by: badge })));
            }
            Decision::Recover => {
                return Some(Command::Recover { unit, removed: self.removed.clone(), reason, by: badge });
            }
            Decision::Reverse => {
                return Some(Command::Rework(Box::new(Reworking::Reverse { unit, reason, by: badge })));
            }
            Decision::Override => {
                let over = Override { unit: Some(unit), rule: self.over?, reason, by: badge, allowed: None };
                return Some(Command::Override(Box::new(over)));
            }
            Decision::Settle => {
                return settle::settle(&self.work, self.to.clone(), reason, badge).map(Command::Settle);
            }
            Decision::Rework => Decide::Rework,
            Decision::Scrap => Decide::Scrap,
            Decision::UseAsIs => Decide::UseAsIs,
        };
        let (to, removed, defect) = (self.to.clone(), self.removed.clone(), self.defect.clone());
        Some(Command::Dispose { unit: Some(unit), decision, to, removed, defect, reason, badge })
    }
}
