//! The store: lots on their racks, and rolls of labels with serial numbers.

use std::collections::{BTreeMap, VecDeque};

use crate::app::port::Fault;
use crate::domain::command::Command;
use crate::domain::gs1::{AI_EXPIRY, AI_GTIN, AI_LOT, Gtin};
use crate::domain::id::{Badge, LotId, PartId};
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::pattern::Pattern;
use crate::domain::route::{Capture, Step};
use crate::domain::structured::{Field, Structured, Syntax};
use crate::domain::time::{At, Day, SECOND};

use super::act::Act;
use super::fault::defect;
use super::floor::Floor;
use super::numbers::Numbers;

/// Lots of a part that lie ready.
const LOTS_AT_HAND: usize = 2;
/// Lots of a part that a week uses up, and the pieces that a lot has at least and at most.
const LOTS_A_WEEK: u64 = 6;
const PIECES: std::ops::RangeInclusive<u64> = 10..=5_000;
/// Microseconds in a day.
const DAY: i64 = 24 * 3_600 * SECOND;
/// Days that a lot may be used.
const SHELF_LIFE: i64 = 180;
/// Days after which the first lot of the week must not be used any more.
const SHORT_LIFE: i64 = 1;
/// What a scanner sends before a GS1-128 label.
const GS1_128: &str = "]C1";
const SUPPLIERS: [&str; 5] = ["Brandt Dichtungen", "Norfast AB", "Meccanica Galli", "Otto Reiss KG", "Delta Parts"];

/// What units are made of.
#[derive(Debug)]
pub(super) struct Store {
    racks: BTreeMap<PartId, Rack>,
    /// By pattern: parts with numbers of the same form share a roll.
    rolls: BTreeMap<String, Roll>,
    received: u64,
    /// The last day of use of each lot.
    days: BTreeMap<LotId, Day>,
    begin: At,
    /// A lot that has expired.
    pub(super) expired: Option<LotId>,
}

#[derive(Debug)]
struct Rack {
    lots: VecDeque<LotId>,
    /// Pieces of it that the week needs.
    total: u64,
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
            received: 0,
            days: BTreeMap::new(),
            begin,
            expired: None,
        };
        for product in &floor.products {
            for (part, about) in &product.route.parts {
                let uses: u32 = product.route.steps.iter().filter_map(|s| s.uses.get(part)).sum();
                let total = product.quota * u64::from(uses);
                match (about.capture, &about.pattern) {
                    (Capture::Lot | Capture::Loaded, _) => {
                        let empty = || Rack { lots: VecDeque::new(), total: 0 };
                        filled.racks.entry(part.clone()).or_insert_with(empty).total += total;
                    }
                    (Capture::Serial, Some(pattern)) => filled.roll_for(pattern, total, percent)?,
                    (Capture::Serial, None) => {}
                }
            }
        }
        Ok(filled)
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

    /// What is scanned of the lot of a part that is in use: its maker's GS1 label where the route knows that, else its
    /// number.
    pub(super) fn label(&self, part: &PartId, gtin: Option<&Gtin>) -> Result<Label, Fault> {
        let lot = self.lot(part)?;
        let day = self.days.get(lot).map(|day| day.to_string().replace('-', ""));
        let (Some(gtin), Some(day)) = (gtin, day.as_deref().and_then(|d| d.get(2..))) else {
            return Ok(Label::read(lot.as_str().as_bytes()));
        };
        let fields = [(AI_GTIN, gtin.as_str()), (AI_EXPIRY, day), (AI_LOT, lot.as_str())];
        // The lot is last, so that no separator is needed after it (GS1 General Specifications, section 7.8).
        let text = fields.map(|(key, value)| format!("{key}{value}")).concat();
        Ok(Label::Structured(Box::new(Structured {
            raw: format!("{GS1_128}{text}"),
            symbology: Some(GS1_128.to_owned()),
            syntax: Syntax::Gs1,
            marked: true,
            fields: fields.map(|(key, value)| Field { key: key.to_owned(), value: value.to_owned() }).into(),
        })))
    }

    /// A lot of a part that a step does not use.
    pub(super) fn foreign(&self, step: &Step) -> Option<&LotId> {
        self.racks.iter().find(|(part, _)| !step.uses.contains_key(*part))?.1.lots.front()
    }

    /// Receives the first lots of every part.
    pub(super) fn stock(&mut self, now: At, by: &Badge) -> Result<Vec<Act>, Fault> {
        let parts: Vec<PartId> = self.racks.keys().cloned().collect();
        let each = parts.iter().flat_map(|part| std::iter::repeat_n(part, LOTS_AT_HAND));
        each.map(|part| self.receive(part, now, by)).collect()
    }

    /// Puts a lot away that is not to be used, and receives another.
    pub(super) fn put_away(&mut self, lot: &str, now: At, by: &Badge) -> Result<Option<Act>, Fault> {
        let is_it = |rack: &Rack| rack.lots.front().is_some_and(|l| l.as_str() == lot);
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
        rack.lots.push_back(lot.clone());
        let pieces = (rack.total / LOTS_A_WEEK).clamp(*PIECES.start(), *PIECES.end());
        // The very first lot expires during the week, with pieces left.
        let (pieces, life) = if n == 0 { (rack.total.max(pieces), SHORT_LIFE) } else { (pieces, SHELF_LIFE) };
        if n == 0 {
            self.expired = Some(lot.clone());
        }
        let quantity = Number::whole(u32::try_from(pieces).unwrap_or(u32::MAX));
        let supplier = SUPPLIERS.iter().cycle().nth(usize::try_from(n % 5).unwrap_or(0)).map(ToString::to_string);
        let expires = Some(day_of(now.plus(life * DAY))?);
        self.days.extend(expires.map(|day| (lot.clone(), day)));
        let command = Command::ReceiveLot {
            lot,
            part: part.clone(),
            quantity,
            supplier,
            expires,
            quarantine: false,
            label: None,
            by: by.clone(),
        };
        Ok(Act::by_hand(command, by.clone()))
    }
}

fn day_of(at: At) -> Result<Day, Fault> {
    at.to_string().get(..10).unwrap_or_default().parse::<Day>().map_err(|e| defect(e.to_string()))
}
