//! What a lead decides about a unit that may not simply go on: asked one thing at a time, signed at the end.

use super::line::Said;
use super::question::{Answer, Choice, Picked, Question, Title, Unfit, digits, pick, words};
use super::secret::Secret;
use super::settle;
use super::settlement::Work;
use crate::domain::command::{Command, Decide};
use crate::domain::event::Link;
use crate::domain::id::{Badge, DefectId, Serial, StepId, UnitId};
use crate::domain::route::{Route, Step};
use crate::domain::traveller::{Held, Standing};
use crate::domain::way;
use crate::domain::what::{Fate, Piece, Removed};

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
    /// Why: in words.
    Words,
    /// Who decides.
    Badge,
    /// The PIN of that badge.
    Pin,
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
            Self::Words => "lead-words",
            Self::Badge => "lead-badge",
            Self::Pin => "lead-pin",
        }
    }
}

/// A decision in the making.
#[derive(Debug, Clone)]
pub struct Lead {
    /// The unit it is about.
    pub unit: UnitId,
    work: Work,
    /// Whether nothing failed, and its time limit has passed.
    too_late: bool,
    stage: Stage,
    trail: Vec<Stage>,
    decision: Option<Decision>,
    hold: Option<Link>,
    to: Option<StepId>,
    removed: Vec<Removed>,
    defect: Option<DefectId>,
    reason: String,
    badge: Option<Badge>,
}

impl Lead {
    /// Begins to ask about a unit, also about one that came too late; nothing where there is nothing to decide.
    pub fn about(work: Work, too_late: bool) -> Option<Self> {
        let unit = work.traveller.unit.clone()?;
        let lead = Self {
            unit,
            work,
            too_late,
            stage: Stage::Decision,
            trail: Vec::new(),
            decision: None,
            hold: None,
            to: None,
            removed: Vec::new(),
            defect: None,
            reason: String::new(),
            badge: None,
        };
        (!lead.decisions().is_empty()).then_some(lead)
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What was decided so far.
    pub fn decision(&self) -> Option<Decision> {
        self.decision
    }

    /// The events that are broken in the history of the unit.
    pub fn broken(&self) -> Vec<&Link> {
        self.work.traveller.broken().into_iter().collect()
    }

    pub(super) fn asks_pin(&self) -> bool {
        self.stage == Stage::Pin
    }

    pub(super) fn asks_badge(&self) -> bool {
        self.stage == Stage::Badge
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
            Stage::Words | Stage::Badge | Stage::Pin => Vec::new(),
        }
    }

    /// The question before; none: back to the screen.
    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(mut self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        let text = match said {
            Said::Secret(pin) => return self.sign(pin),
            Said::Text(text) => text,
        };
        match self.stage {
            Stage::Decision | Stage::Hold | Stage::To | Stage::GoOn | Stage::Removed | Stage::Defect => {
                self.choose(&text, scanned)
            }
            Stage::Words => match words(&text, scanned, route) {
                Some(reason) => {
                    self.reason = reason;
                    self.go(Stage::Badge)
                }
                None => Answer::Stray,
            },
            Stage::Badge => match Badge::parse(&text) {
                Ok(badge) => {
                    self.badge = Some(badge);
                    self.go(Stage::Pin)
                }
                Err(_bad) => Answer::Unfit(Question::Lead(self), Unfit::NoBadge),
            },
            Stage::Pin => Answer::Stray,
        }
    }

    fn choose(mut self: Box<Self>, text: &str, scanned: bool) -> Answer {
        let options = self.choices();
        let picked = match pick(text, scanned, &options) {
            Picked::One(choice) => Some(choice),
            Picked::Zero if matches!(self.stage, Stage::Removed | Stage::Defect) => None,
            Picked::Zero | Picked::Beyond => return Answer::Unfit(Question::Lead(self), Unfit::NotListed),
            Picked::NoNumber => return Answer::Stray,
        };
        match (self.stage, picked) {
            (Stage::Removed, Some(choice)) => {
                self.turn(&choice.code);
                Answer::Ask(Question::Lead(self))
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
                self.go(Stage::Words)
            }
            (Stage::To, Some(choice)) => {
                self.to = StepId::parse(&choice.code).ok();
                let next = self.after_target();
                self.go(next)
            }
            (Stage::GoOn, Some(choice)) => {
                self.to = settle::target(&choice);
                self.go(Stage::Words)
            }
            (Stage::Removed, None) => {
                let next = self.reason_stage();
                self.go(next)
            }
            (Stage::Defect, Some(choice)) => {
                self.defect = DefectId::parse(&choice.code).ok();
                self.reason = choice.code;
                self.go(Stage::Badge)
            }
            (_, _) => {
                self.defect = None;
                self.go(Stage::Words)
            }
        }
    }

    fn go(mut self: Box<Self>, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(Question::Lead(self))
    }

    /// What there is to decide about the unit. A step without an attempt left is not reworked.
    fn decisions(&self) -> Vec<Decision> {
        let traveller = &self.work.traveller;
        let mut all = Vec::new();
        all.extend(traveller.holds.first().map(|_| Decision::Release));
        all.extend(traveller.breaks.first().map(|_| Decision::Settle));
        if self.too_late || traveller.standing == Standing::Nonconforming {
            let attempt_left = |s: &Step| traveller.failed_attempts(&s.id) < s.attempts;
            all.extend(failed_step(&self.work).filter(|s| attempt_left(s)).map(|_| Decision::Rework));
            all.extend([Decision::Scrap, Decision::UseAsIs]);
        }
        all
    }

    /// The holds that there are, each with its reason.
    fn holds(&self) -> Vec<Choice> {
        let title = |held: &Held| match &held.of {
            Some(of) => format!("{of}: {}", held.reason),
            None => held.reason.clone(),
        };
        let choice = |held: &Held| Choice { code: held.event.seq().to_string(), title: Title::Plain(title(held)) };
        self.work.traveller.holds.iter().map(choice).collect()
    }

    /// The steps that rework may go back to, the route's own choice first; where the unit came too late, the step that
    /// its time is measured from too.
    fn targets(&self) -> Vec<Choice> {
        let Some(failed) = failed_step(&self.work) else { return Vec::new() };
        let since = failed.minutes_since.iter().filter(|_| self.too_late).map(|window| &window.step);
        let mut ids: Vec<&StepId> = Vec::new();
        for id in std::iter::once(&failed.on_fail).chain(&failed.rework_to).chain(since) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let steps = ids.into_iter().filter_map(|id| self.work.route.step(id));
        let has = steps.filter(|s| way::has(&self.work.traveller, s));
        has.map(|s| Choice { code: s.id.to_string(), title: Title::Plain(format!("{}  {}", s.id, s.title)) }).collect()
    }

    /// What cannot differ is not asked.
    fn after_decision(&self, decision: Decision) -> Stage {
        match decision {
            Decision::Release if self.work.traveller.holds.len() > 1 => Stage::Hold,
            Decision::Release => Stage::Words,
            Decision::Settle => Stage::GoOn,
            Decision::UseAsIs => self.reason_stage(),
            Decision::Rework if self.targets().len() > 1 => Stage::To,
            Decision::Rework | Decision::Scrap => self.after_target(),
        }
    }

    fn after_target(&self) -> Stage {
        if self.components().is_empty() { self.reason_stage() } else { Stage::Removed }
    }

    fn reason_stage(&self) -> Stage {
        if self.work.route.defects.is_empty() { Stage::Words } else { Stage::Defect }
    }

    /// The components that may be taken out, each with what becomes of it: after scrap all of them, after rework those
    /// of the steps that are done again.
    fn components(&self) -> Vec<Choice> {
        let (traveller, route) = (self.work.traveller.as_ref(), self.work.route.as_ref());
        let failed = failed_step(&self.work);
        let from = self.to.as_ref().or(failed.map(|s| &s.on_fail)).and_then(|s| route.position(s));
        let until = failed.and_then(|s| route.position(&s.id));
        let again = |step: &StepId| {
            self.decision == Some(Decision::Scrap) || {
                let at = route.position(step);
                from <= at && at <= until
            }
        };
        let inside = traveller.installed.iter().filter(|i| i.out.is_none() && again(&i.step));
        inside
            .filter_map(|i| {
                let Piece::Serial(serial) = &i.piece else { return None };
                let fate = self.removed.iter().find(|r| r.serial == *serial).map(|r| r.fate);
                let title = Title::Component { serial: serial.to_string(), part: i.part.to_string(), fate };
                Some(Choice { code: serial.to_string(), title })
            })
            .collect()
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

    fn sign(self: Box<Self>, pin: Secret) -> Answer {
        match (digits(pin), self.command()) {
            (Some(pin), Some(command)) => Answer::Submit(command, Some(pin)),
            _ => Answer::Unfit(Question::Lead(self), Unfit::NotDigits),
        }
    }

    fn command(&self) -> Option<Command> {
        let (badge, unit, reason) = (self.badge.clone()?, self.unit.clone(), self.reason.clone());
        let decision = match self.decision? {
            Decision::Release => {
                // The one that was seen, also where another one came since.
                let hold = self.hold.clone().or_else(|| Some(self.work.traveller.holds.first()?.event.clone()));
                return Some(Command::ReleaseHold { unit, hold, reason, by: badge });
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

/// The step at which a unit failed.
fn failed_step(work: &Work) -> Option<&Step> {
    work.route.step(&work.traveller.due.as_ref()?.step)
}

fn decision_choice(decision: Decision) -> Choice {
    let code = match decision {
        Decision::Release => "release",
        Decision::Settle => "settle",
        Decision::Rework => "rework",
        Decision::Scrap => "scrap",
        Decision::UseAsIs => "use-as-is",
    };
    Choice { code: code.to_owned(), title: Title::Decision(decision) }
}

/// The route's list of defects.
pub(super) fn defects(route: &Route) -> Vec<Choice> {
    let choice =
        |(id, title): (&DefectId, &String)| Choice { code: id.to_string(), title: Title::Plain(title.clone()) };
    route.defects.iter().map(choice).collect()
}
