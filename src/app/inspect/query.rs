//! What is typed into the search line, and what it asks for.
//!
//! Words are parts of numbers; `name:value` narrows. `op:`, `code:` and times alone ask for events, all else for units
//! and whatever else has a number.

use super::when::{End, Wall, when};
use crate::domain::code::Code;
use crate::domain::id::{Badge, OrderId, RouteId, StationId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::domain::what::What;

/// Characters of a search line at most: the longest label that names a unit, and more.
pub const LINE_CHARS_MOST: usize = 200;
/// Parts of numbers that one search has at most.
pub const PARTS_MOST: usize = 4;

/// What a filter narrows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The state of a unit.
    State,
    /// The route of a unit.
    Route,
    /// Where a unit is due or open, or where something happened.
    Station,
    /// The order of a unit.
    Order,
    /// Who did something.
    Operator,
    /// With which code something was refused.
    Code,
    /// The kind of an event.
    Kind,
    /// From when on.
    Since,
    /// Until when.
    Until,
}

impl Name {
    /// All of them, as they are offered.
    pub const ALL: [Self; 9] = [
        Self::State,
        Self::Route,
        Self::Station,
        Self::Order,
        Self::Operator,
        Self::Code,
        Self::Kind,
        Self::Since,
        Self::Until,
    ];

    /// As it is typed. The same in every language, like every code.
    pub fn word(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Route => "route",
            Self::Station => "station",
            Self::Order => "order",
            Self::Operator => "op",
            Self::Code => "code",
            Self::Kind => "kind",
            Self::Since => "since",
            Self::Until => "until",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

/// What narrows a search. What is absent narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Parts that a number has.
    pub parts: Vec<String>,
    /// In this state.
    pub state: Option<State>,
    /// On this route.
    pub route: Option<RouteId>,
    /// There.
    pub station: Option<StationId>,
    /// Of this order.
    pub order: Option<OrderId>,
    /// By this person.
    pub operator: Option<Badge>,
    /// Refused with this code.
    pub code: Option<Code>,
    /// Events of this kind.
    pub kind: Option<&'static str>,
    /// From this moment on.
    pub since: Option<At>,
    /// Until this moment.
    pub until: Option<At>,
}

/// What a search looks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Everything with a number: units, lots, components, orders, people, gauges.
    Numbers,
    /// Units, by their state, route, place or order.
    Units,
    /// What was refused.
    Refusals,
    /// All events.
    Events,
}

/// A word of a search line that cannot be gone by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The word.
    pub word: String,
    /// What it should say something about; none where nothing is called so.
    pub name: Option<Name>,
}

impl Query {
    /// Reads a line.
    pub fn read(line: &str, wall: Wall) -> Result<Self, Misread> {
        let mut query = Self::default();
        for word in line.split_whitespace() {
            match word.split_once(':') {
                Some((name, value)) if Name::of(name).is_some() => query.narrow(name, value, word, wall)?,
                Some((name, value)) if looks_like_a_name(name, value) => {
                    return Err(Misread { word: word.to_owned(), name: None });
                }
                _ if query.parts.len() < PARTS_MOST => query.parts.push(word.to_owned()),
                _ => return Err(Misread { word: word.to_owned(), name: None }),
            }
        }
        Ok(query)
    }

    fn narrow(&mut self, name: &str, value: &str, word: &str, wall: Wall) -> Result<(), Misread> {
        let Some(name) = Name::of(name) else { return Ok(()) };
        if value.is_empty() {
            // Its value is yet to be typed.
            return Ok(());
        }
        let taken = match name {
            Name::State => take(&mut self.state, State::ALL.into_iter().find(|s| s.word() == value)),
            Name::Route => take(&mut self.route, value.parse().ok()),
            Name::Station => take(&mut self.station, value.parse().ok()),
            Name::Order => take(&mut self.order, value.parse().ok()),
            Name::Operator => take(&mut self.operator, value.parse().ok()),
            Name::Code => take(&mut self.code, Code::ALL.iter().copied().find(|c| c.word() == value)),
            Name::Kind => take(&mut self.kind, What::KINDS.iter().copied().find(|kind| *kind == value)),
            Name::Since => take(&mut self.since, when(value, End::First, wall)),
            Name::Until => take(&mut self.until, when(value, End::Last, wall)),
        };
        if taken { Ok(()) } else { Err(Misread { word: word.to_owned(), name: Some(name) }) }
    }

    /// What it looks through.
    pub fn among(&self) -> Among {
        let of_units = self.state.is_some() || self.route.is_some() || self.order.is_some();
        let of_time = self.since.is_some() || self.until.is_some();
        if self.code.is_some() {
            Among::Refusals
        } else if self.kind.is_some() || self.operator.is_some() || (of_time && !of_units) {
            Among::Events
        } else if of_units || self.station.is_some() || self.parts.is_empty() {
            Among::Units
        } else {
            Among::Numbers
        }
    }

    /// Whether a number has every part, however its letters are written.
    pub fn is_in(&self, number: &str) -> bool {
        self.parts.iter().all(|part| contains(number, part))
    }

    /// Whether a number that begins like the first part has the others too.
    pub fn has_rest_in(&self, number: &str) -> bool {
        self.parts.iter().skip(1).all(|part| contains(number, part))
    }

    /// Whether a moment lies within.
    pub fn is_at(&self, at: At) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at <= until)
    }
}

/// Whether somebody meant to narrow by something. The link of a label has a colon too.
fn looks_like_a_name(name: &str, value: &str) -> bool {
    name.len() > 1 && name.bytes().all(|b| b.is_ascii_lowercase()) && !value.starts_with("//")
}

fn take<T>(into: &mut Option<T>, value: Option<T>) -> bool {
    let is_known = value.is_some();
    *into = value;
    is_known
}

/// Whether a text has a part, whatever the case of its letters. Numbers are ASCII.
pub fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall() -> Wall {
        Wall { now: "2026-11-23T13:00:00Z".parse().unwrap(), utc_offset: 0 }
    }

    fn read(line: &str) -> Query {
        Query::read(line, wall()).unwrap()
    }

    #[test]
    fn words_are_parts_of_numbers_and_names_narrow() {
        let query = read("  pc226 417 state:held route:pc200 ");
        assert_eq!(query.parts, ["pc226", "417"]);
        assert_eq!((query.state, query.route.as_ref().map(RouteId::as_str)), (Some(State::Held), Some("pc200")));
        assert!(query.is_in("PC226-000417") && !query.is_in("PC226-000418"));
        assert_eq!(read("state:").state, None, "half typed");
        assert_eq!(read("https://id.gs1.org/01/0950").parts.len(), 1, "a link of a label is no filter");
    }

    #[test]
    fn what_it_looks_through_follows_from_what_is_asked() {
        for (line, among) in [
            ("", Among::Units),
            ("417", Among::Numbers),
            ("417 state:held", Among::Units),
            ("station:TEST-1", Among::Units),
            ("op:OP-1", Among::Events),
            ("op:OP-1 code:on-hold", Among::Refusals),
            ("code:on-hold since:7d", Among::Refusals),
            ("since:13:00", Among::Events),
            ("since:7d state:held", Among::Units),
        ] {
            assert_eq!(read(line).among(), among, "{line}");
        }
    }

    #[test]
    fn what_cannot_be_gone_by_is_named_and_nothing_is_left_out_in_silence() {
        let misread = |line: &str| Query::read(line, wall()).unwrap_err();
        assert_eq!(misread("state:lost"), Misread { word: "state:lost".into(), name: Some(Name::State) });
        assert_eq!(misread("since:soon").name, Some(Name::Since));
        assert_eq!(misread("colour:red"), Misread { word: "colour:red".into(), name: None });
        assert_eq!(misread("a b c d e").word, "e");
    }
}
