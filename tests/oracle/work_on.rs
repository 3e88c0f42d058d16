//! What the open step asks for next, and who gives it.

use traveller::domain::command::Command;
use traveller::domain::id::UnitId;
use traveller::domain::lot::{Lot, LotStanding};
use traveller::domain::need::{Need, needs};
use traveller::domain::role::Role;
use traveller::domain::route::{Capture, Route, Step};
use traveller::domain::station::Station;
use traveller::domain::traveller::{Standing, Traveller};
use traveller::domain::what::Piece;

use super::acts::GAUGES;
use super::floor::{Floor, With, badge, station};
use super::golden::seen_in;
use super::parts::{BOARD_GTIN, GLUE_GTIN};
use super::routes::REASON;
use super::speech::observe;
use super::steer::{PLAIN, SIGNED, scan};

impl Floor {
    /// Whoever may sign what is needed does so, mostly.
    fn signs(&self, need: Option<&Need<'_>>, pick: usize) -> Option<(Command, With)> {
        let role = match need? {
            Need::Signature(sign_off) => sign_off.role,
            Need::FirstPiece => [Role::Quality, Role::Lead][pick / 7 % 2],
            Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } => return None,
        };
        if pick.is_multiple_of(7) {
            return Some((Command::Pass, PLAIN));
        }
        let can = self.who_can(role);
        let person = can.get(pick % can.len().max(1));
        Some(person.map_or((Command::Close, PLAIN), |who| (Command::Sign { badge: badge(*who) }, SIGNED)))
    }

    /// Another lot is loaded although nothing is missing, now and then.
    pub(super) fn change_of_lot(
        &self,
        step: &Step,
        route: &Route,
        bench: &Station,
        pick: usize,
    ) -> Option<(Command, With)> {
        let part = bench.loaded.iter().find(|l| step.uses.contains_key(&l.part)).filter(|_| pick % 4 == 1)?;
        let fits = |l: &&Lot| l.lot != part.lot && l.standing == LotStanding::Free && route.takes(&part.part, &l.part);
        let other = self.ledger.lots().values().find(fits)?;
        Some((scan(other.lot.as_str()), PLAIN))
    }

    /// What the open step asks for next.
    pub(super) fn work(
        &self,
        traveller: &Traveller,
        route: &Route,
        step: &Step,
        at: usize,
        pick: usize,
    ) -> (Command, With) {
        let fresh = Station::default();
        let bench = self.ledger.stations().get(&station(at)).unwrap_or(&fresh);
        if step.optional && pick.is_multiple_of(3) {
            return (Command::Skip, PLAIN);
        }
        let failed = traveller.current(&step.id).is_some_and(|a| a.failed().is_some());
        if failed && !pick.is_multiple_of(3) {
            return (Command::Retest { reason: REASON.to_owned() }, PLAIN);
        }
        let open = needs(traveller, route, step, bench);
        let Some(need) =
            open.get(pick % 3 % open.len().max(1)).filter(|n| !matches!(n, Need::Signature(_) | Need::FirstPiece))
        else {
            return self
                .signs(open.first(), pick)
                .or_else(|| self.change_of_lot(step, route, bench, pick))
                .unwrap_or((Command::Pass, PLAIN));
        };
        match need {
            Need::Material { capture: Capture::Serial, part, .. } => {
                let to_meet = traveller.installed.iter().find(|i| i.to_verify && i.out.is_none() && i.part == **part);
                if let Some(Piece::Serial(serial)) = to_meet.map(|i| &i.piece).filter(|_| !pick.is_multiple_of(5)) {
                    return (scan(serial.as_str()), PLAIN);
                }
                let pattern = route.parts[*part].pattern.as_ref();
                let fits = |l: &String| pattern.is_some_and(|p| p.matches(l));
                let whole_unit = if pick.is_multiple_of(16) { "U1" } else { "S" };
                let made = route.parts[*part].made_by.is_some() && !pick.is_multiple_of(4);
                let letters = if made { ["U1", "U1", "U1"] } else { ["B", "C", whole_unit] };
                let all = (0..100).flat_map(|n| letters.map(|letter| format!("{letter}{n}")));
                let complete = |l: &String| {
                    let known = UnitId::parse(l).ok().and_then(|u| self.ledger.travellers().get(&u));
                    // Now and then one that is not done.
                    !made
                        || pick % 6 == 5
                        || known.is_some_and(|t| matches!(t.standing, Standing::Complete | Standing::Dispatched))
                };
                let other = route.parts[*part].alternates.first().filter(|_| pick.is_multiple_of(3));
                if let Some(number) = other.map(|_| format!("L{}", pick % 50)) {
                    return (scan(&number), PLAIN);
                }
                let all = all.filter(complete);
                let mut free = all.filter(fits).filter(|l| pick.is_multiple_of(7) || !self.oracle.is_installed(l));
                let serial = free.nth(pick % 4).unwrap_or_default();
                let labelled = part.as_str() == "BOARD" && pick.is_multiple_of(2);
                (if labelled { scan(&format!("]C101{BOARD_GTIN}21{serial}")) } else { scan(&serial) }, PLAIN)
            }
            Need::Material { part, .. } => {
                let is_of = |l: &&Lot| route.takes(part, &l.part);
                let lots: Vec<_> = self.ledger.lots().values().filter(is_of).collect();
                let free: Vec<_> = lots.iter().filter(|l| l.standing == LotStanding::Free).copied().collect();
                let lots = if free.is_empty() || pick.is_multiple_of(6) { lots } else { free };
                let Some(lot) = lots.get(pick % lots.len().max(1)).map(|l| &l.lot) else {
                    return (Command::Close, PLAIN);
                };
                // The label says another last day than the record now and then, and none mostly.
                let day = ["17261123", "17301231", "", ""][pick % 4];
                let labelled = part.as_str() == "GLUE" && !pick.is_multiple_of(3);
                let text = if labelled { format!("]C101{GLUE_GTIN}{day}10{lot}") } else { lot.to_string() };
                (scan(&text), PLAIN)
            }
            Need::Check { check, point, .. } => (observe(check, *point, seen_in(traveller, step, pick)), PLAIN),
            Need::Gauge(kind) => (scan(gauge_of(kind, pick)), PLAIN),
            Need::Signature(_) | Need::FirstPiece => (Command::Pass, PLAIN),
        }
    }
}

/// A gauge of a kind, or any other now and then.
pub(super) fn gauge_of(kind: &str, pick: usize) -> &'static str {
    let of_kind: Vec<_> = GAUGES.iter().filter(|g| g.1 == kind || pick.is_multiple_of(9)).collect();
    of_kind[pick % of_kind.len()].0
}
