//! What one shift leaves to the next, at the screen: the menu of the shift, and what is shown until somebody has seen
//! it.

use super::acts::why;
use super::model::{Model, Over, Overlay};
use super::question::{Answer, Choice, Doing, Picked, Question, Title, Unfit, pick};
use super::relabelling::{Relabelling, Wish};
use super::settlement::Work;
use crate::domain::command::Command;
use crate::domain::gate::decision::Did;
use crate::domain::id::Badge;
use crate::domain::watch::{WatchAct, Watching};

/// What is shown until somebody has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    /// Notes that others left at the station.
    Notes,
    /// That the open unit was moved to another revision.
    Moved,
}

/// What can be said about the station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is down.
    Down,
    /// It works again.
    Up,
    /// A note for whoever comes next.
    Note,
    /// What is done with the label of a unit.
    Label(Wish),
}

/// Asks what is to be said about the station, and about labels there.
#[derive(Debug, Clone)]
pub struct ShiftMenu {
    is_down: bool,
    /// Why a station may be down, as the plant names it.
    reasons: Vec<Choice>,
    /// The unit in hand.
    work: Option<Work>,
    /// Whoever is signed on.
    me: Option<Badge>,
}

/// Something about the station of the screen, by whoever is signed on there.
pub(super) fn watch(act: WatchAct) -> Command {
    Command::Watch(Box::new(Watching { at: None, act, by: None }))
}

/// Why a station may be down, as the plant names it.
pub(super) fn downtime(model: &Model) -> Vec<Choice> {
    let plain = |(code, title): &(String, String)| Choice { code: code.clone(), title: Title::Plain(title.clone()) };
    model.settings.downtime.iter().map(plain).collect()
}

impl ShiftMenu {
    /// The menu as things stand.
    pub(super) fn of(model: &Model) -> Self {
        let me = model.desk.operator.as_ref().map(|person| person.badge.clone());
        let is_down = model.desk.station.watch.down.is_some();
        Self { is_down, reasons: downtime(model), work: model.subject().cloned(), me }
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let state = if self.is_down { ("up", Told::Up) } else { ("down", Told::Down) };
        let labels: &[(&str, Wish)] = match &self.work {
            Some(_) => &[("label", Wish::Replace), ("reprint", Wish::Reprint)],
            None => &[("unlabelled", Wish::Find)],
        };
        let labels = labels.iter().map(|(code, wish)| (*code, Told::Label(*wish)));
        let all = [state, ("note", Told::Note)].into_iter().chain(labels);
        all.map(|(code, told)| Choice { code: code.to_owned(), title: Title::Told(told) }).collect()
    }

    pub(super) fn answer(self, text: &str, scanned: bool) -> Answer {
        match pick(text, scanned, &self.choices()) {
            Picked::One(Choice { title: Title::Told(Told::Up), .. }) => Answer::Submit(watch(WatchAct::Up), None),
            Picked::One(Choice { title: Title::Told(Told::Down), .. }) => Answer::Ask(why(Doing::Down, self.reasons)),
            Picked::One(Choice { title: Title::Told(Told::Label(wish)), .. }) => {
                Answer::Ask(Question::Label(Box::new(Relabelling::of(wish, self.work, self.me))))
            }
            Picked::One(_) => Answer::Ask(why(Doing::Note, Vec::new())),
            Picked::Zero | Picked::Beyond => Answer::Unfit(Question::Shift(self), Unfit::NotListed),
            Picked::NoNumber => Answer::Label,
        }
    }
}

/// The command that says that it was seen.
pub(super) fn seen(what: Handover) -> Command {
    match what {
        Handover::Notes => watch(WatchAct::Read),
        Handover::Moved => Command::SeenMove,
    }
}

/// What is shown after an action, until somebody has seen it: at sign-on the notes, and with a unit that it was moved.
#[expect(clippy::wildcard_enum_match_arm, reason = "nothing waits after most actions")]
pub(super) fn waits(model: &Model, did: Did) -> Option<Over> {
    let what = match did {
        Did::SignedOn => {
            let me = model.desk.operator.as_ref().map(|person| &person.badge)?;
            model.desk.station.watch.notes_for(me).next().map(|_| Handover::Notes)
        }
        Did::UnitOpened => {
            let open = model.desk.open.as_ref()?;
            open.traveller.unseen_move().map(|_| Handover::Moved)
        }
        _ => None,
    };
    what.map(|what| Over { what: Overlay::Handover(what), top: 0 })
}
