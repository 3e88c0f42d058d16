//! Deciding on a ledger of very many units, against the same on one of a thousand, in turn: asking, the ledger's
//! answers, the gate, and the events in their tables; all of it but the commit.

use std::path::Path;

use traveller::app::enact;
use traveller::app::port::Ledger;
use traveller::domain::command::Command;
use traveller::ledger::Writer;

use super::support::hands::{Hands, scan, value};
use super::support::sample::Sample;
use super::support::table::{Budget, Table};
use super::support::{Outcome, mass};

/// Units that are taken up: the last ones, which are on their way.
const ROUNDS: u64 = 900;
/// KiB of pages that a terminal keeps.
const PAGE_CACHE_KIB: u32 = traveller::ledger::open::PAGE_CACHE_KIB;

/// Measures on a small and a large ledger of so many units.
pub(crate) fn measure(table: &mut Table, small: (&Path, u64), large: (&Path, u64)) -> Outcome<()> {
    let (mut few, mut many) = (Bench::at(small)?, Bench::at(large)?);
    for n in 0..ROUNDS {
        if n % 2 == 0 {
            few.round(n)?;
            many.round(n)?;
        } else {
            many.round(n)?;
            few.round(n)?;
        }
    }
    let ns = |sample: &Sample| sample.median();
    let units = large.1;
    let what = format!("a unit is taken up, {units} to {} units", small.1);
    table.line(&what, (ns(&many.taken_up), ns(&few.taken_up)), "ns", Budget::Most(120));
    let what = format!("a value is recorded, {units} to {} units", small.1);
    table.line(&what, (ns(&many.recorded), ns(&few.recorded)), "ns", Budget::Most(120));
    Ok(())
}

struct Bench {
    writer: Writer,
    hands: Hands,
    units: u64,
    taken_up: Sample,
    recorded: Sample,
}

impl Bench {
    fn at((path, units): (&Path, u64)) -> Outcome<Self> {
        let mut writer = mass::open(path, PAGE_CACHE_KIB)?;
        let at = writer.reader().head()?.and_then(|head| head.at).ok_or("the ledger has no head")?;
        let mut hands = Hands::at("BENCH-2", "bench", at)?;
        hands.sign_on(&mut writer, mass::LEAD)?;
        Ok(Self { writer, hands, units, taken_up: Sample::default(), recorded: Sample::default() })
    }

    /// Takes a unit up and records a value, and forgets both.
    fn round(&mut self, n: u64) -> Outcome<()> {
        let unit = mass::unit(self.units - 1 - n);
        self.writer.begin()?;
        let (open, record) = (scan(&unit), value("2.21"));
        let now = self.hands.now();
        let writer = &mut self.writer;
        self.taken_up.take(|| done(writer, &open, &now))?;
        let now = self.hands.now();
        self.recorded.take(|| done(writer, &record, &now))?;
        self.writer.rollback();
        Ok(())
    }
}

fn done(writer: &mut Writer, command: &Command, now: &traveller::domain::ambient::Ambient) -> Outcome<()> {
    let enacted = enact(writer, command, now)?;
    match &enacted.answer {
        Ok(_) => Ok(()),
        Err(refusal) => Err(format!("{command:?} was refused: {}", refusal.code.word()).into()),
    }
}
