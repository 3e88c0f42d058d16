//! The store: lots on their racks, sub-assemblies that are done, and rolls of labels with serial numbers.

use std::collections::{BTreeMap, VecDeque};

use crate::app::port::Fault;
use crate::domain::command::Command;
use crate::domain::id::{Badge, LotId, PartId, RouteId, UnitId};
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::pattern::Pattern;
use crate::domain::route::{Capture, Part, Step};
use crate::domain::time::{At, Day, SECOND};

use super::act::Act;
use super::fault::defect;
use super::floor::Floor;
use super::numbers::Numbers;
use super::sticker;

/// Lots of a part that lie ready.
const LOTS_AT_HAND: usize = 2;
/// Lots of a part that a week uses up, and the pieces that a lot has at least and at most.
const LOTS_A_WEEK: u64 = 6;
const PIECES: std::ops::RangeInclusive<u64> = 10..=5_000;
/// Of so many pieces one is of the approved alternate.
pub(super) const ALTERNATE: u64 = 5;
/// Microseconds in a day.
const DAY: i64 = 24 * 3_600 * SECOND;
/// Days that a lot may be used.
const SHELF_LIFE: i64 = 180;
/// The same of a lot that was on its way for long, and is to be used before the others.
const OLD_LIFE: i64 = 40;
/// Days after which one lot of the week must not be used any more.
const SHORT_LIFE: i64 = 1;
const SUPPLIERS: [&str; 5] = ["Brandt Dichtungen", "Norfast AB", "Meccanica Galli", "Otto Reiss KG", "Delta Parts"];

/// What units are made of.
#[derive(Debug)]
pub(super) struct Store {
    racks: BTreeMap<PartId, Rack>,
    /// By pattern: parts with numbers of the same form share a roll.
    rolls: BTreeMap<String, Roll>,
    /// Units that are done and go into others, by the route that makes them.
    made: BTreeMap<RouteId, VecDeque<UnitId>>,
    received: u64,
    /// The last day of use of each lot.
    days: BTreeMap<LotId, Day>,
    begin: At,
    /// A lot that has expired.
    pub(super) expired: Option<LotId>,
}

#[derive(Debug)]
struct Rack {
    about: Part,
    lots: VecDeque<LotId>,
    /// Pieces of it that the week needs.
    total: u64,
    /// Lots of it that came so far.
    came: u64,
    /// What becomes of its lots.
    fortune: Fortune,
    /// Whether any of it was used.
    opened: bool,
}

/// What becomes of the lots of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fortune {
    /// Nothing.
    Plain,
    /// The first one expires in the week, with pieces left.
    Expires,
    /// The second one is older than the first.
    ComesLate,
}

#[derive(Debug)]
struct Roll {
    numbers: Numbers,
    next: u64,
}

impl Store {
    /// An empty store for these products. Serial numbers begin at this share, in percent, of all that a pattern offers.
    pub(super) fn new(floor: &Floor, begin: At, percent: u64) -> Result<Self, Fault> {
        let mut filled = Self {
            racks: BTreeMap::new(),
            rolls: BTreeMap::new(),
            made: BTreeMap::new(),
            received: 0,
            days: BTreeMap::new(),
            begin,
            expired: None,
        };
        for product in &floor.products {
            if product.is_part {
                filled.made.insert(product.route.id.clone(), VecDeque::new());
            }
            for (part, about) in &product.route.parts {
                let uses: u32 = product.route.steps.iter().filter_map(|s| s.uses.get(part)).sum();
                let total = product.quota * u64::from(uses);
                match (about.capture, &about.pattern) {
                    (Capture::Lot | Capture::Loaded, _) => filled.rack_for(part, about, total),
                    (Capture::Serial, Some(pattern)) if about.made_by.is_none() => {
                        filled.roll_for(pattern, total, percent)?;
                    }
                    (Capture::Serial, _) => {}
                }
                for alternate in &about.alternates {
                    if let Some(other) = product.route.parts.get(alternate).filter(|o| o.capture != Capture::Serial) {
                        filled.rack_for(alternate, other, total / ALTERNATE);
                    }
                }
            }
        }
        filled.cast_lots();
        Ok(filled)
    }

    fn rack_for(&mut self, part: &PartId, about: &Part, total: u64) {
        let fortune = Fortune::Plain;
        let empty = || Rack { about: about.clone(), lots: VecDeque::new(), total: 0, came: 0, fortune, opened: false };
        self.racks.entry(part.clone()).or_insert_with(empty).total += total;
    }

    /// Which part has a lot that expires, one with its last day on the label where there is such a one, and which has
    /// one that came late.
    fn cast_lots(&mut self) {
        let labelled = |(_, rack): &(&PartId, &mut Rack)| rack.about.gtin.is_some();
        let expires = self.racks.iter_mut().find(labelled).map(|(part, _)| part.clone());
        let expires = expires.or_else(|| self.racks.keys().next().cloned());
        for (part, rack) in &mut self.racks {
            if Some(part) == expires.as_ref() {
                rack.fortune = Fortune::Expires;
            }
        }
        let plain = |rack: &&mut Rack| rack.fortune == Fortune::Plain && rack.about.capture == Capture::Lot;
        if let Some(rack) = self.racks.values_mut().rev().find(plain) {
            rack.fortune = Fortune::ComesLate;
        }
    }

    /// The first lot of a part of which nothing else is told: one to be called back.
    pub(super) fn inconspicuous(&self) -> Option<LotId> {
        let plain = |rack: &&Rack| rack.fortune == Fortune::Plain && rack.about.capture == Capture::Lot;
        self.racks.values().find(plain)?.lots.front().cloned()
    }

    fn roll_for(&mut self, pattern: &Pattern, total: u64, percent: u64) -> Result<(), Fault> {
        let numbers = Numbers::of(pattern);
        let most = numbers.as_ref().map_or(0, Numbers::most);
        // Some components are replaced in rework.
        let (Some(numbers), true) = (numbers, total + total / 4 <= most) else {
            let what =
                format!("the pattern {} offers {most} numbers, and {total} components are needed", pattern.as_str());
            return Err(Fault::new(what, "play fewer units, or give the pattern more digits"));
        };
        let next = most / 100 * percent + 1;
        self.rolls.entry(pattern.as_str().to_owned()).or_insert(Roll { numbers, next });
        Ok(())
    }

    /// The next text of a form.
    pub(super) fn text(&mut self, pattern: &Pattern) -> Result<String, Fault> {
        if !self.rolls.contains_key(pattern.as_str()) {
            let none = || defect(format!("the pattern {} offers no texts", pattern.as_str()));
            let numbers = Numbers::of(pattern).ok_or_else(none)?;
            self.rolls.insert(pattern.as_str().to_owned(), Roll { numbers, next: 0 });
        }
        let roll = self.rolls.get_mut(pattern.as_str()).ok_or_else(|| defect("a roll of labels is gone"))?;
        roll.next += 1;
        Ok(roll.numbers.text(roll.next - 1))
    }

    /// The lot of a part that is in use.
    pub(super) fn lot(&self, part: &PartId) -> Result<&LotId, Fault> {
        let lot = self.racks.get(part).and_then(|s| s.lots.front());
        lot.ok_or_else(|| defect(format!("the store has no lot of {part}")))
    }

    /// Whether a part is taken from its rack for the first time.
    pub(super) fn opens(&mut self, part: &PartId) -> bool {
        self.racks.get_mut(part).is_some_and(|rack| !std::mem::replace(&mut rack.opened, true))
    }

    /// The lot of a part that comes after the one in use.
    pub(super) fn spare(&self, part: &PartId) -> Option<&LotId> {
        self.racks.get(part)?.lots.get(1)
    }

    /// What is scanned of the lot of a part that is in use: its maker's GS1 label where the route knows that, else its
    /// number.
    pub(super) fn label(&self, part: &PartId) -> Result<Label, Fault> {
        let lot = self.lot(part)?;
        let gtin = self.racks.get(part).and_then(|rack| rack.about.gtin.as_ref());
        Ok(match gtin.zip(self.days.get(lot)) {
            Some((gtin, day)) => sticker::gs1(gtin, *day, lot),
            None => Label::read(lot.as_str().as_bytes()),
        })
    }

    /// A lot of a part that a step does not use, and that nobody would load there.
    pub(super) fn foreign(&self, step: &Step) -> Option<&LotId> {
        let is_used = |part: &PartId| step.uses.keys().any(|used| used == part || self.stands_in(used, part));
        let plain = |(part, rack): &(&PartId, &Rack)| rack.about.capture == Capture::Lot && !is_used(part);
        self.racks.iter().find(plain)?.1.lots.front()
    }

    fn stands_in(&self, part: &PartId, other: &PartId) -> bool {
        self.racks.get(part).is_some_and(|rack| rack.about.alternates.contains(other))
    }

    /// Whether a lot is on no rack any more.
    pub(super) fn is_gone(&self, lot: &LotId) -> bool {
        !self.racks.values().any(|rack| rack.lots.front() == Some(lot))
    }

    /// A unit is done that goes into others.
    pub(super) fn keep(&mut self, route: &RouteId, unit: UnitId) {
        if let Some(made) = self.made.get_mut(route) {
            made.push_back(unit);
        }
    }

    /// Takes a unit that goes into others.
    pub(super) fn take(&mut self, route: &RouteId) -> Option<UnitId> {
        self.made.get_mut(route)?.pop_front()
    }

    /// Whether a unit of that route is there to go into others.
    pub(super) fn has(&self, route: &RouteId) -> bool {
        self.made.get(route).is_some_and(|made| !made.is_empty())
    }

    /// The unit of that route that would be taken next.
    pub(super) fn next_made(&self, route: &RouteId) -> Option<&UnitId> {
        self.made.get(route)?.front()
    }

    /// Receives the first lots of every part.
    pub(super) fn stock(&mut self, now: At, by: &Badge, inspector: &Badge) -> Result<Vec<Act>, Fault> {
        let parts: Vec<PartId> = self.racks.keys().cloned().collect();
        let mut acts = Vec::new();
        for part in parts {
            for lot in 0..LOTS_AT_HAND {
                acts.push(self.receive(&part, now, by)?);
                let quarantined = self.racks.get(&part).is_some_and(|rack| rack.about.inspect);
                if lot == 0 && quarantined {
                    acts.push(inspected(self.lot(&part)?.clone(), true, inspector));
                }
            }
        }
        Ok(acts)
    }

    /// Puts a lot away that is not to be used, and receives another.
    pub(super) fn put_away(&mut self, lot: &LotId, now: At, by: &Badge) -> Result<Option<Act>, Fault> {
        let is_it = |rack: &Rack| rack.lots.front() == Some(lot);
        let Some((of, rack)) = self.racks.iter_mut().find(|(_, rack)| is_it(rack)) else { return Ok(None) };
        rack.lots.pop_front();
        let of = of.clone();
        self.receive(&of, now, by).map(Some)
    }

    fn receive(&mut self, part: &PartId, now: At, by: &Badge) -> Result<Act, Fault> {
        let n = self.received;
        self.received += 1;
        let begin = self.begin.to_string();
        let (year, month) = (begin.get(2..4).unwrap_or_default(), begin.get(5..7).unwrap_or_default());
        let lot = LotId::parse(&format!("L{year}{month}-{n:05}")).map_err(|e| defect(e.to_string()))?;
        let rack = self.racks.get_mut(part).ok_or_else(|| defect(format!("the store has no place for {part}")))?;
        let (which, fortune) = (rack.came, rack.fortune);
        rack.came += 1;
        rack.lots.push_back(lot.clone());
        let pieces = (rack.total / LOTS_A_WEEK).clamp(*PIECES.start(), *PIECES.end());
        let (pieces, life) = match (fortune, which) {
            (Fortune::Expires, 0) => (rack.total.max(pieces), SHORT_LIFE),
            (Fortune::ComesLate, 1) => (pieces, OLD_LIFE),
            (Fortune::Plain | Fortune::Expires | Fortune::ComesLate, _) => (pieces, SHELF_LIFE),
        };
        if life == SHORT_LIFE {
            self.expired = Some(lot.clone());
        }
        let quantity = Number::whole(u32::try_from(pieces).unwrap_or(u32::MAX));
        let supplier = SUPPLIERS.iter().cycle().nth(usize::try_from(n % 5).unwrap_or(0)).map(ToString::to_string);
        let day = day_after(now, life)?;
        self.days.insert(lot.clone(), day);
        let label = match (&rack.about.gtin, rack.about.supplier_parts.first()) {
            (Some(gtin), _) => Some(sticker::gs1(gtin, day, &lot)),
            (None, Some(number)) => Some(sticker::of_supplier(number, &lot)),
            (None, None) => None,
        };
        let command = Command::ReceiveLot {
            lot,
            part: part.clone(),
            quantity,
            supplier,
            expires: Some(day),
            quarantine: rack.about.inspect,
            label,
            by: by.clone(),
        };
        Ok(Act::by_hand(command, by.clone()))
    }
}

/// What the inspection of a lot came to.
pub(super) fn inspected(lot: LotId, passed: bool, by: &Badge) -> Act {
    let reason = if passed { "certificate and five pieces: as ordered" } else { "skin on the surface" };
    Act::by_hand(Command::InspectLot { lot, passed, reason: reason.to_owned(), by: by.clone() }, by.clone())
}

/// The day that so many days after a moment lies in.
pub(super) fn day_after(at: At, days: i64) -> Result<Day, Fault> {
    Day::of(at.plus(days * DAY)).ok_or_else(|| defect("the week lies outside of the calendar"))
}
