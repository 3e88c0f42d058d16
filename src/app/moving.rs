//! A lead moves the unit in hand to another revision: which one, why, and the signature. What becomes due shows before
//! anything is signed. In the same list a lead may send the unit back instead.

use std::sync::Arc;

use super::lead::{Decision, Lead};
use super::lead_choices::decision_choice;
use super::line::Said;
use super::question::{Answer, Choice, Picked, Question, Title, Unfit, pick};
use super::settlement::Work;
use super::signing::{Signature, Signed, Signing};
use crate::domain::command::Command;
use crate::domain::id::Revision;
use crate::domain::moving::{RouteMove, plan};
use crate::domain::route::Route;
use crate::domain::what::MovePlan;

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Which revision.
    Revision,
    /// Why, and who says so.
    Signing(Signing),
}

/// A move in the making.
#[derive(Debug, Clone)]
pub struct Moving {
    work: Work,
    revisions: Vec<Arc<Route>>,
    stage: Stage,
    trail: Vec<Stage>,
    to: Option<Revision>,
    signature: Signature,
}

impl Moving {
    /// Begins to ask; nothing where there is no other revision.
    pub fn about(work: Work, routes: &[Arc<Route>]) -> Option<Self> {
        let other = |route: &&Arc<Route>| route.id == work.route.id && route.revision != work.route.revision;
        let revisions: Vec<_> = routes.iter().filter(other).cloned().collect();
        let is_any = !revisions.is_empty();
        let moving = Self {
            work,
            revisions,
            stage: Stage::Revision,
            trail: Vec::new(),
            to: None,
            signature: Signature::default(),
        };
        is_any.then_some(moving)
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn signing(&self) -> Option<Signing> {
        if let Stage::Signing(at) = self.stage { Some(at) } else { None }
    }

    /// The revision that was chosen, and what becomes of the unit's steps there; none where it cannot move.
    pub fn chosen(&self) -> Option<(&Revision, Option<MovePlan>)> {
        let to = self.to.as_ref()?;
        let route = self.revisions.iter().find(|route| route.revision == *to)?;
        Some((to, self.plan(route)))
    }

    fn plan(&self, to: &Route) -> Option<MovePlan> {
        plan(&self.work.traveller, &self.work.route, to, &[]).ok()
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let choice = |route: &Arc<Route>| Choice {
            code: route.revision.to_string(),
            title: Title::Revision(route.revision.clone(), self.plan(route).map(Box::new)),
        };
        match self.stage {
            Stage::Revision => {
                let back = Lead::sending_back(self.work.clone()).map(|_lead| decision_choice(Decision::SendBack));
                self.revisions.iter().map(choice).chain(back).collect()
            }
            Stage::Signing(_) => Vec::new(),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(mut self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        let text = match (self.stage, said) {
            (Stage::Signing(at), said) => return self.sign(at, said, scanned, route),
            (Stage::Revision, Said::Text(text)) => text,
            (Stage::Revision, Said::Secret(_)) => return Answer::Unfit(self.stands(), Unfit::NotListed),
        };
        match pick(&text, scanned, &self.choices()) {
            Picked::One(Choice { title: Title::Decision(_), .. }) => match Lead::sending_back(self.work.clone()) {
                Some(lead) => Answer::Ask(Question::Lead(Box::new(lead))),
                None => Answer::Unfit(self.stands(), Unfit::NotListed),
            },
            Picked::One(choice) => {
                self.to = Revision::parse(&choice.code).ok();
                self.ask(Signing::Words)
            }
            Picked::Zero | Picked::Beyond => Answer::Unfit(self.stands(), Unfit::NotListed),
            Picked::NoNumber => Answer::Stray,
        }
    }
}

impl Signed for Moving {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    fn ask(mut self: Box<Self>, next: Signing) -> Answer {
        self.trail.push(self.stage);
        self.stage = Stage::Signing(next);
        Answer::Ask(self.stands())
    }

    fn stands(self: Box<Self>) -> Question {
        Question::Move(self)
    }

    fn command(&self) -> Option<Command> {
        let traveller = &self.work.traveller;
        let Signature { reason, badge } = self.signature.clone();
        Some(Command::Move(Box::new(RouteMove {
            unit: traveller.unit.clone()?,
            route: self.work.route.id.clone(),
            to: self.to.clone()?,
            mapped: Vec::new(),
            seen: traveller.head.clone(),
            reason,
            by: badge?,
        })))
    }
}
