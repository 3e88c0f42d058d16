//! Ledgers that hold the streams of several terminals: the same streams give the same tables however they arrive.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rusqlite::types::Value;

use super::plant::*;
use super::random::draft;
use crate::app::port::Head;
use crate::domain::causal::Break;
use crate::domain::event::{Event, EventRef, Link};
use crate::domain::id::{Epoch, TerminalId, UnitId};
use crate::domain::role::Role;
use crate::domain::traveller::State;
use crate::domain::what::{LedgerCreated, What};
use crate::ledger::chain::Hash;
use crate::ledger::open::open_plant;
use crate::ledger::plant::{Next, NotTaken, Plant as Copies};
use crate::ledger::schema::PROJECTIONS;
use crate::ledger::units::FORGET;
use crate::ledger::{OpenError, open_reader, open_writer, verify};

/// A stream, as somebody recorded it.
#[derive(Debug, Clone)]
pub(super) struct Told {
    terminal: TerminalId,
    epoch: Epoch,
    bodies: Vec<String>,
    head: Hash,
}

impl Told {
    /// A stream that begins, perhaps after an event of another one.
    pub(super) fn begun(terminal: &str, epoch: u8, after: Option<EventRef>) -> Self {
        let epoch = Epoch::parse(&format!("{epoch:016x}")).unwrap();
        let terminal = TerminalId::parse(terminal).unwrap();
        let mut told = Self { terminal, epoch, bodies: Vec::new(), head: Hash::ZERO };
        told.say(&[(
            crate::domain::event::About::default(),
            What::LedgerCreated(LedgerCreated { after, demo: false, ended: Vec::new() }),
        )]);
        told
    }

    /// One more action.
    pub(super) fn say(&mut self, drafts: &[Draft]) {
        let (terminal, epoch) = (self.terminal.clone(), self.epoch.clone());
        let seq = u64::try_from(self.bodies.len()).unwrap();
        let head = Head { terminal, epoch, seq, hash: self.head.hex(), at: None };
        for event in events(&head, drafts) {
            let body = Event { cause: None, ..event }.body();
            self.head = Hash::after(self.head, body.as_bytes());
            self.bodies.push(body);
        }
    }

    /// What others call its last event.
    pub(super) fn last(&self) -> EventRef {
        let seq = u64::try_from(self.bodies.len()).unwrap();
        EventRef(self.terminal.clone(), self.epoch.clone(), seq, self.head.hex())
    }

    fn name(&self) -> String {
        format!("{} {}", self.terminal, self.epoch)
    }
}

/// A draft that builds on an event of another stream.
fn on(mut draft: Draft, parent: EventRef) -> Draft {
    draft.0.builds_on = Some(Link::There(parent));
    draft
}

/// A draft that builds on an event of its own stream.
fn here(mut draft: Draft, parent: u64) -> Draft {
    draft.0.builds_on = Some(Link::Here(parent));
    draft
}

pub(super) fn copies(plant: &Plant) -> Copies {
    open_plant(&plant.path, true).unwrap()
}

/// An event as it is unpacked: with the chain before it and after it.
fn next(told: &Told, seq: u64) -> Next {
    saying(told, seq, &told.bodies[usize::try_from(seq).unwrap() - 1])
}

/// The same with another text.
fn saying(told: &Told, seq: u64, body: &str) -> Next {
    let chain = |n: usize| told.bodies.iter().take(n).fold(Hash::ZERO, |hash, body| Hash::after(hash, body.as_bytes()));
    let at = usize::try_from(seq).unwrap();
    Next::read(seq, body.to_owned(), (chain(at - 1), chain(at)))
}

/// Takes in the next so many events of a stream.
pub(super) fn take(copies: &mut Copies, told: &Told, many: usize) {
    let streams = copies.reader().streams().unwrap();
    let known = streams.iter().find(|s| (&s.terminal, &s.epoch) == (&told.terminal, &told.epoch));
    let from = known.map_or(0, |s| usize::try_from(s.seq).unwrap());
    copies.begin().unwrap();
    for (seq, _) in (1..).zip(&told.bodies).skip(from).take(many) {
        copies.take(&told.terminal, &told.epoch, next(told, seq)).unwrap();
    }
    copies.commit().unwrap();
}

/// Every row of every table, with events by their names, so that it does not matter where they are stored.
pub(super) fn content(copies: &Copies) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let conn = &copies.reader.conn;
    let names: BTreeMap<u32, String> =
        copies.reader().streams().unwrap().iter().map(|s| (s.id, format!("{} {}", s.terminal, s.epoch))).collect();
    let place = |n: i64| format!("{} {}", names[&u32::try_from(n >> 40).unwrap()], n & ((1 << 40) - 1));
    let places = ["id", "unit", "event", "head", "ended", "out_event", "voided", "released", "withdrawn"];
    let of = |table: &'static str| {
        let sql = match table {
            "unit_event" => {
                "SELECT unit, row_number() OVER (PARTITION BY unit ORDER BY turn, event) AS n, event FROM unit_event"
                    .to_owned()
            }
            other => format!("SELECT * FROM {other}"),
        };
        let mut statement = conn.prepare(&sql).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            columns
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    Ok(match row.get(at)? {
                        Value::Integer(n) if table != "refusal" || column != "unit" => {
                            if places.contains(&column.as_str()) && n != 0 { place(n) } else { n.to_string() }
                        }
                        other
                        @ (Value::Null | Value::Integer(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_)) => {
                            format!("{other:?}")
                        }
                    })
                })
                .collect()
        });
        let mut rows: Vec<Vec<String>> = rows.unwrap().collect::<rusqlite::Result<_>>().unwrap();
        rows.sort();
        (table, rows)
    };
    PROJECTIONS.iter().map(|p| of(p.table)).collect()
}

#[test]
fn a_unit_that_crosses_terminals_has_one_history_however_it_arrives() {
    let mut first = Told::begun("T9", 1, None);
    first.say(&[started("U1"), here(opened("U1"), 2), here(passed("U1", Some("20")), 2)]);
    let mut second = Told::begun("T1", 2, None);
    second.say(&[on(held("U1", "smoke"), first.last())]);
    let (one, two) = (Plant::new(), Plant::new());
    let (mut one, mut two) = (copies(&one), copies(&two));
    take(&mut one, &first, 9);
    take(&mut one, &second, 9);
    take(&mut two, &second, 9);
    let alone = two.reader().traveller(&unit("U1")).unwrap().unwrap();
    let missing = Link::There(first.last());
    assert!(matches!(alone.breaks.as_slice(), [Break::Hole { missing: m, .. }] if *m == missing), "{alone:?}");
    assert_eq!(two.reader().unit(&unit("U1")).unwrap().unwrap().state, State::Held);
    take(&mut two, &first, 9);
    assert_eq!(content(&one), content(&two));
    let whole = two.reader().traveller(&unit("U1")).unwrap().unwrap();
    assert_eq!(whole.breaks, []);
    assert_eq!(whole.head, Some(Link::There(second.last())));
    let history: Vec<u64> =
        two.reader().history(&unit("U1")).unwrap().iter().map(|s| s.outcome().unwrap().stamp.seq).collect();
    assert_eq!(history, [2, 3, 4, 2], "T9 comes before T1, which builds on it");
}

#[test]
fn two_that_build_on_one_are_a_fork_and_hold_the_unit() {
    let mut first = Told::begun("T1", 1, None);
    first.say(&[started("U1")]);
    let base = first.last();
    first.say(&[here(passed("U1", Some("20")), 2)]);
    let mut second = Told::begun("T2", 2, None);
    second.say(&[on(passed("U1", None), base.clone()), here(dispatched("U1"), 2)]);
    let mut third = Told::begun("T3", 3, None);
    third.say(&[on(held("U1", "smoke"), base.clone())]);
    for order in [[&first, &second, &third], [&third, &second, &first]] {
        let plant = Plant::new();
        let mut all = copies(&plant);
        for told in order {
            take(&mut all, told, 9);
        }
        let unit = all.reader().traveller(&unit("U1")).unwrap().unwrap();
        let [Break::Fork { parent, children }] = unit.breaks.as_slice() else { panic!("{:?}", unit.breaks) };
        assert_eq!((parent, children.len()), (&Some(Link::There(base.clone())), 3));
        let found = verify(&open_reader(&plant.path).unwrap(), None).unwrap();
        assert_eq!(found.findings, []);
    }
    let plant = Plant::new();
    let mut both = copies(&plant);
    take(&mut both, &first, 9);
    take(&mut both, &third, 9);
    assert_eq!(both.reader().unit(&unit("U1")).unwrap().unwrap().state, State::Held);
}

#[test]
fn what_breaks_a_history_is_found_however_late_it_comes() {
    let mut first = Told::begun("T9", 1, None);
    first.say(&[enrolled("OP-1001", &[Role::Operator])]);
    let mut second = Told::begun("T1", 2, None);
    let mut begun = started("U1");
    begun.0.corrects = Some(Link::There(first.last()));
    second.say(&[begun, started("U1"), here(passed("U1", Some("20")), 3)]);
    for cuts in [&[9][..], &[2, 9], &[3, 9], &[2, 1, 9]] {
        let plant = Plant::new();
        let mut all = copies(&plant);
        for many in cuts {
            take(&mut all, &second, *many);
        }
        take(&mut all, &first, 9);
        let kept = all.reader().unit(&unit("U1")).unwrap().unwrap();
        assert_eq!(kept.state, State::Held, "begun twice, taken in by {cuts:?}");
        let found = verify(&open_reader(&plant.path).unwrap(), None).unwrap();
        assert_eq!(found.findings, []);
    }
}

/// What is made anew is gone before, from every table that names a unit by its row.
#[test]
fn a_unit_that_is_made_anew_leaves_nothing_behind() {
    let plant = Plant::new();
    let all = copies(&plant);
    for projection in PROJECTIONS.iter().filter(|p| p.table != "refusal") {
        let rows = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = 'unit'";
        let names_it: u32 = all.reader.conn.query_row(rows, [projection.table], |row| row.get(0)).unwrap();
        let goes = FORGET.iter().any(|sql| sql.starts_with(&format!("DELETE FROM {} WHERE", projection.table)));
        assert!(names_it == 0 || goes, "{}", projection.table);
    }
}

#[test]
fn a_stream_goes_on_after_the_one_that_it_was_begun_after() {
    let mut before = Told::begun("T1", 9, None);
    before.say(&[signed_on("OP-2001"), lot_received("L-1", 100)]);
    let mut after = Told::begun("T1", 1, Some(before.last()));
    after.say(&[lot_held("L-1")]);
    let (one, two) = (Plant::new(), Plant::new());
    let (mut one, mut two) = (copies(&one), copies(&two));
    take(&mut one, &before, 9);
    take(&mut one, &after, 9);
    take(&mut two, &after, 9);
    take(&mut two, &before, 9);
    assert_eq!(content(&one), content(&two));
    assert_eq!(one.reader().lots().unwrap()[0].standing.word(), "held", "the lower epoch comes later");
}

#[test]
fn what_is_not_next_or_not_its_own_is_not_taken_and_changes_nothing() {
    let mut told = Told::begun("T1", 1, None);
    told.say(&[started("U1")]);
    let plant = Plant::new();
    let mut all = copies(&plant);
    let other = TerminalId::parse("T2").unwrap();
    all.begin().unwrap();
    let (terminal, epoch) = (&told.terminal, &told.epoch);
    assert_eq!(all.take(terminal, epoch, next(&told, 2)), Err(NotTaken::OutOfTurn { seq: 2, here: 0 }));
    assert!(matches!(all.take(&other, epoch, next(&told, 1)), Err(NotTaken::Foreign { .. })));
    assert!(matches!(all.take(terminal, epoch, saying(&told, 1, &told.bodies[1])), Err(NotTaken::Foreign { .. })));
    let newer = told.bodies[0].replace("ledger-created", "ledger-cloned");
    assert!(matches!(all.take(terminal, epoch, saying(&told, 1, &newer)), Err(NotTaken::Unreadable { .. })));
    all.rollback();
    assert_eq!(all.reader().streams().unwrap(), []);
    take(&mut all, &told, 1);
    all.begin().unwrap();
    let link = (Hash::of(b"another"), Hash::of(b"after it"));
    let another = Next::read(2, told.bodies[1].clone(), link);
    assert_eq!(all.take(&told.terminal, &told.epoch, another), Err(NotTaken::Another { seq: 1 }));
    all.take(&told.terminal, &told.epoch, next(&told, 2)).unwrap();
    drop(all);
    let left = open_reader(&plant.path).unwrap();
    assert_eq!((left.streams().unwrap()[0].seq, left.unit(&unit("U1")).unwrap()), (1, None), "half a turn is no turn");
}

#[test]
fn a_ledger_of_copies_and_that_of_a_terminal_are_not_taken_for_each_other() {
    let plant = Plant::new();
    drop(copies(&plant));
    let refused = open_writer(&plant.path, &making()).unwrap_err();
    assert!(matches!(refused, OpenError::OnlyCopies { .. }) && refused.is_wrong_use(), "{refused}");
    let terminal = Plant::new();
    drop(terminal.writer());
    let refused = open_plant(&terminal.path, true).unwrap_err();
    assert!(matches!(refused, OpenError::OfATerminal { .. }) && refused.is_wrong_use(), "{refused}");
    let nowhere = Plant::new();
    assert!(matches!(open_plant(&nowhere.path, false), Err(OpenError::Missing { .. })));
}

#[test]
fn a_lost_row_of_what_others_told_is_found() {
    let mut told = Told::begun("T1", 1, None);
    told.say(&[started("U1")]);
    let plant = Plant::new();
    take(&mut copies(&plant), &told, 9);
    plant.stranger().execute("DELETE FROM subject_event WHERE kind = 'unit'", []).unwrap();
    let found = verify(&open_reader(&plant.path).unwrap(), None).unwrap();
    assert!(found.findings.iter().any(|f| f.what.starts_with("table subject_event")), "{:?}", found.findings);
}

#[test]
fn a_newer_ledger_of_copies_is_refused() {
    let plant = Plant::new();
    drop(copies(&plant));
    let newer = crate::ledger::schema::version() + 1;
    plant.stranger().pragma_update(None, "user_version", newer).unwrap();
    assert!(matches!(open_plant(&plant.path, true), Err(OpenError::Newer { found, .. }) if found == newer));
}

/// What an event names, whatever it is about.
#[derive(Debug, Clone)]
enum Named {
    /// What was said of its unit last in its own stream, as the gate has it.
    Own,
    /// Nothing.
    Nothing,
    /// It builds on one of an earlier stream.
    On(usize),
    /// It corrects one of an earlier stream.
    Corrects(usize),
}

/// Events of one stream. Short ones meet each other in other ways than long ones.
fn stream() -> impl Strategy<Value = Vec<(Draft, Named)>> {
    let named = prop_oneof![
        6 => Just(Named::Own),
        1 => Just(Named::Nothing),
        2 => (0_usize..60).prop_map(Named::On),
        1 => (0_usize..60).prop_map(Named::Corrects),
    ];
    let event = (draft(), named).boxed();
    prop_oneof![proptest::collection::vec(event.clone(), 1..8), proptest::collection::vec(event, 1..30)]
}

/// Three terminals; the last stream is a later life of the second one.
fn tell(streams: Vec<Vec<(Draft, Named)>>) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let mut said: Vec<EventRef> = Vec::new();
    for (n, drafts) in streams.into_iter().enumerate() {
        let after = all.get(1).map(Told::last).filter(|_| n == 3);
        let terminal = ["T2", "T3", "T1", "T3"][n];
        let mut told = Told::begun(terminal, [7, 6, 5, 4][n], after);
        let mut heads: BTreeMap<UnitId, u64> = BTreeMap::new();
        let known = said.len();
        for (mut draft, named) in drafts {
            let there = |which: usize| said.get(which.checked_rem(known)?).cloned().map(Link::There);
            let head = draft.0.unit.as_ref().and_then(|unit| heads.get(unit));
            match named {
                Named::Own => draft.0.builds_on = head.filter(|_| draft.1.changes_a_unit()).map(|seq| Link::Here(*seq)),
                Named::Nothing => {}
                Named::On(which) => draft.0.builds_on = there(which),
                Named::Corrects(which) => draft.0.corrects = there(which),
            }
            let changed = draft.0.unit.clone().filter(|_| draft.1.changes_a_unit());
            told.say(&[draft]);
            heads.extend(changed.map(|unit| (unit, told.last().2)));
            said.push(told.last());
        }
        all.push(told);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn tables_do_not_depend_on_the_order_of_arrival(
        streams in proptest::collection::vec(stream(), 4),
        turns in proptest::collection::vec((0_usize..4, 1_usize..9), 0..30),
    ) {
        let streams = tell(streams);
        let (plain, mixed) = (Plant::new(), Plant::new());
        let (mut one, mut two) = (copies(&plain), copies(&mixed));
        for told in &streams {
            take(&mut one, told, usize::MAX);
        }
        for (which, many) in turns {
            take(&mut two, &streams[which], many);
        }
        for told in streams.iter().rev() {
            take(&mut two, told, usize::MAX);
        }
        let (once, anew) = (content(&one), content(&two));
        for ((table, rows), (_, others)) in once.iter().zip(&anew) {
            prop_assert_eq!(rows, others, "{} of {:?}", table, streams.iter().map(Told::name).collect::<Vec<_>>());
        }
        for path in [&plain.path, &mixed.path] {
            let verified = verify(&open_reader(path).unwrap(), None).unwrap();
            prop_assert!(verified.is_ok(), "{:?}", verified.findings);
        }
    }
}
