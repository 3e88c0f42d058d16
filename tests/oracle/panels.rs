//! What the oracle knows of panels: one label stands for all boards of one, until they are separated. And of several
//! open units: what names none of them is said of none.

use traveller::domain::command::Command;
use traveller::domain::event::{Cause, Event};
use traveller::domain::id::{Badge, StationId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::panel::Board;
use traveller::domain::refusal::Code;
use traveller::domain::what::{Refused, What};

use super::hear::{HINTS, Told};
use super::model::{Heard, Oracle, Product, State, ToCome, must};

impl Product {
    /// Whether the boards of its panel are one piece no more.
    fn is_parted(&self) -> bool {
        self.route.steps.iter().zip(&self.work).any(|(step, work)| step.depanel && work.passed)
    }
}

impl Oracle {
    /// A board that comes with the others has the number of their panel and its place on it, and that nest; and is in
    /// one piece with them.
    pub(super) fn lies_on_its_panel(&self, told: Told<'_>, unit: &UnitId, nest: Option<u32>) -> Heard {
        let Command::Board(board) = &told.cause.cmd else { return Ok(()) };
        let Board { unit: named, label, .. } = board;
        must(named == unit, "takes up another board than is meant")?;
        let tends = matches!(&told.event.what, What::UnitOpened(e) if e.supervisor.is_some())
            || matches!(&told.event.what, What::LoadEntered(e) if e.supervisor.is_some());
        must(board.stands_by.is_some() == tends, "is told of one board that somebody stands by, and not of another")?;
        let product = &self.units[unit];
        let panel = product.route.identifier.panel.as_ref().ok_or("takes up boards where no panel is")?;
        let (on, place) = unit.as_str().rsplit_once('-').ok_or("has no place on a panel")?;
        let place: u32 = place.parse().map_err(|_no_number| "has no place on a panel")?;
        let is_on_it = label.plain() == Some(on) && panel.pattern.matches(on) && (1..=panel.boards).contains(&place);
        must(is_on_it, "is taken up by the label of another panel")?;
        must(nest.is_none_or(|nest| nest == place), "is in another nest than that of its place")?;
        must(!product.is_parted(), "is taken up with a panel that is no more")
    }

    /// Boards that come with the others follow one another, until all of them are there.
    pub(super) fn goes_on_with_the_panel(&mut self, cause: &Cause, action: &[Event]) -> Heard {
        let Command::Board(board) = &cause.cmd else {
            return must(self.to_come.is_none(), "leaves boards of the panel behind");
        };
        let (panel, stands_by) = (board.label.clone(), board.stands_by.clone());
        let this = ToCome { panel, stands_by, boards: board.more + 1 };
        let follows = self.to_come.take().is_none_or(|to_come| to_come == this);
        must(follows, "leaves boards of the panel behind")?;
        let is_refused = action.iter().any(|e| matches!(e.what, What::Refused(_)));
        self.to_come = (board.more > 0 && !is_refused).then_some(ToCome { boards: board.more, ..this });
        Ok(())
    }

    /// Somebody who stands by was called for with the last word at the station, and answered with the badge; at a panel
    /// for all of its boards.
    pub(super) fn was_called_for(&self, told: Told<'_>, unit: &UnitId, badge: &Badge) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let called = self.stations[station].called.as_ref();
        let (is_called, label) = match &told.cause.cmd {
            Command::Scan { label, .. } => {
                let of_panel = called.is_some_and(|(at, panel)| at == unit && panel.is_some());
                must(!of_panel, "leaves boards of the panel behind")?;
                (called.is_some_and(|(at, _)| at == unit), Some(label))
            }
            Command::Board(board) => {
                (called.is_some_and(|(_, panel)| panel.as_ref() == Some(&board.label)), board.stands_by.as_ref())
            }
            _ => return Err("has nobody's badge".to_owned()),
        };
        must(is_called, "has somebody stand by whom nobody called")?;
        must(label.and_then(Label::text) == Some(badge.as_str()), "has somebody stand by who gave no badge")
    }

    /// Whether the number of the unit that was last asked about at the station was typed.
    pub(super) fn named_by_hand(&self, told: Told<'_>) -> bool {
        let bench = told.event.about.station.as_ref().and_then(|station| self.stations.get(station));
        bench.is_some_and(|bench| bench.by_hand)
    }

    /// What somebody was called to stand by at, after an event.
    pub(super) fn called_after(
        &self,
        station: &StationId,
        cause: &Cause,
        event: &Event,
    ) -> Option<(UnitId, Option<Label>)> {
        let before = || self.stations.get(station).and_then(|bench| bench.called.clone());
        let board = if let Command::Board(board) = &cause.cmd { Some(board) } else { None };
        match &event.what {
            What::Refused(r) if r.code == Code::SecondPerson && r.evidence.qualification.is_some() => {
                Some((r.evidence.unit.clone()?, board.map(|board| board.label.clone())))
            }
            What::Refused(r) => before().filter(|_| HINTS.contains(&r.code)),
            // It is answered once for all boards.
            _ => before().filter(|_| board.is_some_and(|board| board.stands_by.is_some() && board.more > 0)),
        }
    }

    /// The boards of a panel are taken up together. Who is left out may not go on, or is due elsewhere.
    pub(crate) fn takes_up_the_panel(&self, events: &[Event]) -> Heard {
        let Some(first) = events.first().filter(|e| !matches!(e.what, What::Refused(_))) else { return Ok(()) };
        let Some(Command::Board(Board { unit, label, .. })) = first.cause.as_deref().map(|cause| &cause.cmd) else {
            return Ok(());
        };
        let station = first.about.station.as_ref().ok_or("happens at no station")?;
        let boards = self.units[unit].route.identifier.panel.as_ref().map_or(0, |panel| panel.boards);
        for place in 1..=boards {
            let board = UnitId::parse(&format!("{}-{place}", label.plain().unwrap_or_default())).unwrap();
            let Some(product) = self.units.get(&board) else { return Err(format!("a panel begins without {board}")) };
            let is_here = product.open.as_ref() == Some(station) || product.inside.as_ref() == Some(station);
            let class = &self.classes[station];
            let elsewhere = product.choices().iter().all(|at| product.route.steps[*at].station != *class);
            let stays = product.is_held() || product.state != State::Working || elsewhere;
            must(is_here || stays, format!("a panel is taken up without {board}"))?;
        }
        Ok(())
    }

    /// Whether boards of a panel are due at one place, and one of them at a step that takes one unit at a time.
    fn is_scattered(&self, product: &Product, panel: &Label, at: &StationId) -> bool {
        let boards = product.route.identifier.panel.as_ref().map_or(0, |panel| panel.boards);
        let name = |place: u32| UnitId::parse(&format!("{}-{place}", panel.plain().unwrap_or_default())).ok();
        let class = &self.classes[at];
        // How many units each of those that count takes beside it, where it is due here.
        let due = |board: UnitId| {
            // What did not begin yet begins with the first step, and keeps the panel wherever that is done.
            let Some(known) = self.units.get(&board) else {
                let first = product.route.steps.first().filter(|step| step.station == *class);
                return Some(first.map(|step| step.nests));
            };
            let here = known.choices().into_iter().find(|step| known.route.steps[*step].station == *class)?;
            (known.state == State::Working && !known.is_held()).then_some(Some(known.route.steps[here].nests))
        };
        let nests: Vec<Option<u32>> = (1..=boards).filter_map(name).filter_map(due).collect();
        nests.len() > 1 && nests.contains(&Some(1))
    }

    /// Whether nobody can know which unit was meant, as a refusal says.
    pub(super) fn is_unsaid(&self, told: Told<'_>, refused: &Refused) -> bool {
        let open = told.event.about.station.as_ref().map(|at| self.all_at(at)).unwrap_or_default();
        if let Command::Board(board) = &told.cause.cmd {
            let product = self.units.get(&board.unit);
            let station = told.event.about.station.as_ref();
            return product.is_some_and(Product::is_parted)
                || product.zip(station).is_some_and(|(product, at)| self.is_scattered(product, &board.label, at));
        }
        match (&refused.evidence.unit, told.cause.cmd.unit()) {
            (Some(unit), _) | (None, Some(unit)) => !open.contains(unit),
            (None, None) => open.len() > 1,
        }
    }
}
