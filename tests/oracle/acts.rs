//! Random acts: what people do on a shop floor, mostly sensible, often not.
//!
//! An act names things by small numbers, so that it means something in every state and shrinks to a short story.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

use traveller::domain::command::{Decide, LotMove};

use super::errands::ERRANDS;

/// People: badge and what they may do.
pub(crate) const PEOPLE: [(&str, &str); 7] = [
    ("LEAD", "lead"),
    ("LEAD-2", "lead operator"),
    ("QA", "quality inspector"),
    ("OP-1", "operator"),
    ("OP-2", "operator inspector"),
    ("IN-1", "inspector"),
    ("OP-3", "operator inspector"),
];
/// Units: three of each route.
pub(crate) const UNITS: [&str; 6] = ["U00", "U01", "U02", "U10", "U11", "U12"];
/// Lots: number, part, quantity, last day; the last ones wait for their inspection.
pub(crate) const LOTS: [(&str, &str, u32, Option<&str>); 10] = [
    ("G-1", "GLUE", 3, None),
    ("G-2", "GLUE", 40, Some("2026-11-24")),
    ("S-1", "SCREW", 2, Some("2026-11-23")),
    ("S-2", "SCREW", 60, None),
    ("X-1", "BOARD", 5, None),
    ("N-1", "NUT", 30, None),
    ("P-1", "PASTE", 3, None),
    ("P-2", "PASTE", 60, Some("2026-11-24")),
    ("E-1", "GEL", 40, None),
    ("E-2", "GEL", 4, None),
];
/// From this one on lots wait for their inspection.
pub(crate) const QUARANTINED_FROM: usize = 8;
/// Gauges: number, kind, last day.
pub(crate) const GAUGES: [(&str, &str, &str); 4] = [
    ("D-7", "length", "2026-12-31"),
    ("D-8", "length", "2026-11-23"),
    ("T-1", "torque", "2026-11-24"),
    ("T-2", "torque", "2026-12-31"),
];
/// Work orders that somebody may open.
pub(crate) const ORDERS: [&str; 8] = ["W-0", "W-1", "W-2", "W-3", "W-4", "W-5", "W-6", "W-7"];
/// Labels that somebody may scan, beside units, badges and lots.
pub(crate) const LABELS: [&str; 50] = [
    "L1",
    "L2",
    "L3",
    "D-7",
    "D-8",
    "T-1",
    "T-2",
    "W-0",
    "W-1",
    "B0",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "B6",
    "B7",
    "B8",
    "C6",
    "C7",
    "C8",
    "C9",
    "P9",
    "PLATE",
    "U16",
    "U17",
    "U18",
    "U19",
    "LGCPSSX",
    "LGC",
    "???",
    "U0",
    "B99",
    "G00",
    "H00",
    "G10",
    "G02",
    "]d2010952100000001821U01",
    "010952100000002521U10",
    "]C1010952100000001821U10",
    "]C10109521000000025",
    "]C1010952100000001821B1",
    "]C101095210000001172110",
    "]d2010952100000011721B3",
    "010952100000011721B4",
    "]C1010952100000013110G-1",
    "]C1010952100000013110S-2",
    "]C10109521000000131",
    "]C0B5",
    "]C101095210000001171726112221B6",
];
/// Values that somebody may type.
pub(crate) const VALUES: [&str; 19] = [
    "1.50", "1.00", "2.00", "2.01", "0.99", "9.99", "1.5", "1,5", "1e9", "NaN", "", "pass", "fail", "red", "green",
    "a note", "OP-1", "U00", "U19",
];

/// Stations by number; greater numbers mean one where somebody has a unit open.
const PLACES: usize = 20;

/// What somebody does.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// The next sensible things for a unit, whatever that takes.
    Walk { unit: usize, pick: usize, times: usize },
    /// What a chain of chances hardly ever comes to is sought out, wherever things stand ready for it.
    Errand { what: usize, pick: usize, times: usize },
    /// A label is scanned at a station, or typed.
    Scan { at: usize, label: usize, typed: bool },
    /// A value is typed or measured.
    Value { at: usize, check: Option<usize>, point: Option<usize>, value: usize, gauge: bool },
    /// A command without anything else.
    Say { at: usize, word: usize },
    /// A badge with a PIN at a station.
    SignOn { at: usize, person: usize, pin: Option<bool> },
    /// A signature.
    Sign { at: usize, person: usize, pin: Option<bool> },
    /// A PIN is guessed, several times, and then known.
    Guess { person: usize, times: usize },
    /// A decision about a unit, from a station or a shell.
    Dispose {
        at: Option<usize>,
        unit: Option<usize>,
        what: Decide,
        to: Option<usize>,
        removed: Vec<(usize, usize)>,
        person: usize,
    },
    /// A unit is held or released, from a station or a shell.
    Hold { at: Option<usize>, unit: usize, end: bool, person: usize },
    /// A lot is held, released or rejected, from a shell.
    Lot { lot: usize, to: LotMove, person: usize },
    /// A badge is taken out of use.
    Revoke { person: usize, by: usize },
    /// A route is released again, or withdrawn.
    Route { route: usize, withdraw: bool, person: usize },
    /// The program at a station begins anew.
    Restart { at: usize },
    /// Time passes, or the clock is set back or forward.
    Wait { minutes: i64, set: bool },
    /// The machine starts anew, after so many minutes; whether its clock is in doubt then.
    Boot { minutes: u64, doubt: bool },
    /// An order is opened or closed, from a shell.
    Order { order: usize, close: bool, route: usize, units: u32, from: Option<usize>, variant: usize, person: usize },
    /// A lot is inspected, from a shell.
    Inspect { lot: usize, passed: bool, person: usize },
    /// A gauge is calibrated or taken out of use, from a shell.
    Gauge { gauge: usize, what: Keeping, person: usize },
    /// A person is qualified: not at all, for a while, or learning it.
    Qualify { person: usize, level: usize, by: usize },
    /// Components are taken out of a scrapped unit.
    Recover { unit: usize, removed: Vec<(usize, usize)>, person: usize },
    /// A unit is sent back, its scrap is reversed, or a component of it is judged.
    Rework { unit: usize, what: usize, to: usize, removed: Vec<(usize, usize)>, person: usize },
    /// Many units are held at once.
    HoldAll { first: usize, person: usize },
    /// Pieces of a batch are split off, merged or rejected: from a shell, or at a station.
    Pieces { at: Option<usize>, unit: usize, what: usize, pieces: u32, other: usize, person: usize },
    /// The label of a unit is replaced or printed once more, from a shell.
    Label { unit: usize, what: usize, number: Option<usize>, person: usize },
    /// Something is said about a station: there, or from a shell.
    Watch { at: usize, what: usize, person: Option<usize> },
    /// A unit is moved to the other revision of its route.
    Move { unit: usize, back: bool, mapped: bool, person: usize },
    /// It was seen at a station that the open unit was moved.
    SeenMove { at: usize },
    /// A load begins or ends, or a unit is taken out of it.
    Load { at: usize, what: usize, unit: usize },
    /// A paper of so many minutes ago begins to be entered at a station; or the one that is entered there ends.
    Paper { at: usize, back: i64, person: usize },
    /// A line that is no command.
    Garbage { at: usize },
}

/// What happens to a gauge.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Keeping {
    Good,
    Bad,
    Retired,
}

fn station() -> impl Strategy<Value = usize> {
    0..PLACES
}

fn person() -> impl Strategy<Value = usize> {
    0..PEOPLE.len()
}

/// Whether a PIN is given, and whether it is the right one.
fn pin() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![1 => Just(None), 1 => Just(Some(false)), 6 => Just(Some(true))]
}

fn removed() -> impl Strategy<Value = Vec<(usize, usize)>> {
    vec((0..LABELS.len(), 0..3_usize), 0..3)
}

/// What is said about lots, gauges, orders and people, from a shell.
fn house() -> impl Strategy<Value = Act> {
    let lot_move = prop_oneof![
        1 => Just(LotMove::Hold),
        2 => Just(LotMove::Release),
        1 => Just(LotMove::Reject),
        1 => Just(LotMove::Open),
        4 => Just(LotMove::Seal),
    ];
    let keeping = prop_oneof![3 => Just(Keeping::Good), 1 => Just(Keeping::Bad), 3 => Just(Keeping::Retired)];
    let order = (0..ORDERS.len(), proptest::bool::weighted(0.25), 0..3_usize, 1..4_u32);
    let numbers = (weighted(0.5, 0..8_usize), 0..3_usize, person());
    prop_oneof![
        3 => (0..LOTS.len(), lot_move, person()).prop_map(|(lot, to, person)| Act::Lot { lot, to, person }),
        2 => (0..LOTS.len(), proptest::bool::weighted(0.7), person())
            .prop_map(|(lot, passed, person)| Act::Inspect { lot, passed, person }),
        2 => (0..GAUGES.len(), keeping, person()).prop_map(|(gauge, what, person)| Act::Gauge { gauge, what, person }),
        3 => (order, numbers).prop_map(|((order, close, route, units), (from, variant, person))| {
            Act::Order { order, close, route, units, from, variant, person }
        }),
        2 => (person(), 0..4_usize, person()).prop_map(|(person, level, by)| Act::Qualify { person, level, by }),
        1 => (person(), person()).prop_map(|(person, by)| Act::Revoke { person, by }),
        1 => (0..3_usize, proptest::bool::weighted(0.3), person())
            .prop_map(|(route, withdraw, person)| Act::Route { route, withdraw, person }),
    ]
}

/// Time, and the machine.
fn time() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..60_i64).prop_map(|minutes| Act::Wait { minutes, set: false }),
        2 => (60..1_200_i64).prop_map(|minutes| Act::Wait { minutes, set: false }),
        2 => (-300..300_i64).prop_map(|minutes| Act::Wait { minutes, set: true }),
        2 => (0..120_u64, any::<bool>()).prop_map(|(minutes, doubt)| Act::Boot { minutes, doubt }),
        2 => station().prop_map(|at| Act::Restart { at }),
    ]
}

/// Minutes that lie between a paper and now; less than none, where it states what is to come.
fn back() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0..4_i64, 4 => 0..120_i64, 1 => 120..3_000_i64, 1 => Just(-5), 1 => Just(60 * 24 * 40)]
}

/// One act.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    let unit = 0..UNITS.len();
    let labels = LABELS.len() + UNITS.len() + PEOPLE.len() + LOTS.len() + ORDERS.len();
    let decide = prop_oneof![5 => Just(Decide::Rework), 2 => Just(Decide::Scrap), 3 => Just(Decide::UseAsIs)];
    let value = (weighted(0.4, 0..3_usize), weighted(0.3, 0..3_usize), 0..VALUES.len(), any::<bool>());
    let dispose = (weighted(0.7, station()), weighted(0.8, unit.clone()), decide, weighted(0.5, 0..6_usize), removed());
    prop_oneof![
        40 => (unit.clone(), any::<u8>(), 1..9_usize)
            .prop_map(|(unit, pick, times)| Act::Walk { unit, pick: usize::from(pick), times }),
        38 => (0..ERRANDS, any::<u8>(), 1..5_usize)
            .prop_map(|(what, pick, times)| Act::Errand { what, pick: usize::from(pick), times }),
        10 => (station(), 0..labels, proptest::bool::weighted(0.2))
            .prop_map(|(at, label, typed)| Act::Scan { at, label, typed }),
        10 => (station(), value)
            .prop_map(|(at, (check, point, value, gauge))| Act::Value { at, check, point, value, gauge }),
        8 => (station(), 0..9_usize).prop_map(|(at, word)| Act::Say { at, word }),
        2 => (station(), person(), pin()).prop_map(|(at, person, pin)| Act::SignOn { at, person, pin }),
        4 => (station(), person(), pin()).prop_map(|(at, person, pin)| Act::Sign { at, person, pin }),
        1 => (person(), 1..8_usize).prop_map(|(person, times)| Act::Guess { person, times }),
        6 => (dispose, person()).prop_map(|((at, unit, what, to, removed), person)| {
            Act::Dispose { at, unit, what, to, removed, person }
        }),
        2 => (weighted(0.5, station()), unit, any::<bool>(), person())
            .prop_map(|(at, unit, end, person)| Act::Hold { at, unit, end, person }),
        6 => house(),
        4 => time(),
        6 => (0..UNITS.len(), removed(), person())
            .prop_map(|(unit, removed, person)| Act::Recover { unit, removed, person }),
        8 => (0..UNITS.len(), 0..4_usize, 0..6_usize, removed(), person())
            .prop_map(|(unit, what, to, removed, person)| Act::Rework { unit, what, to, removed, person }),
        1 => (0..UNITS.len(), person()).prop_map(|(first, person)| Act::HoldAll { first, person }),
        18 => (weighted(0.6, station()), (0..UNITS.len(), 0..5_usize, 0..5_u32), 0..10_usize, person())
            .prop_map(|(at, (unit, what, pieces), other, person)| {
                Act::Pieces { at, unit, what, pieces, other, person }
            }),
        2 => (0..UNITS.len(), 0..7_usize, weighted(0.5, 3..10_usize), person())
            .prop_map(|(unit, what, number, person)| Act::Label { unit, what, number, person }),
        6 => (station(), back(), person()).prop_map(|(at, back, person)| Act::Paper { at, back, person }),
        1 => station().prop_map(|at| Act::Garbage { at }),
        4 => (station(), 0..3_usize, 0..UNITS.len()).prop_map(|(at, what, unit)| Act::Load { at, what, unit }),
        7 => (station(), 0..10_usize, weighted(0.4, person()))
            .prop_map(|(at, what, person)| Act::Watch { at, what, person }),
        8 => (0..3_usize, proptest::bool::weighted(0.3), proptest::bool::weighted(0.2), 0..3_usize)
            .prop_map(|(unit, back, mapped, person)| Act::Move { unit, back, mapped, person }),
        4 => station().prop_map(|at| Act::SeenMove { at }),
    ]
}
