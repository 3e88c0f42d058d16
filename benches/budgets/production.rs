//! A log shaped like real production: many cases at once, parallel work, rework, steps left out or swapped, other work
//! in between, misspelt names, and times of whole minutes, of which several things share one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::support::Outcome;

/// Cases that run at once.
const AT_ONCE: u64 = 40;
/// Minutes from the beginning of so many cases to that of the next.
const BLOCK: u64 = 240;
const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;

/// Numbers that look like chance, and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_in(&mut self, most: u64) -> bool {
        self.below(most) == 0
    }

    /// A place in a way.
    fn place(&mut self, way: &[&str]) -> Outcome<usize> {
        Ok(usize::try_from(self.below(u64::try_from(way.len())?))?)
    }
}

/// Writes so many rows, in the order in which the work began among the cases that run at once.
pub(crate) fn write(path: &Path, most: u64) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "case,activity,start,end,who")?;
    let (mut chance, mut rows) = (Chance(7), 0);
    for block in 0.. {
        let mut all: Vec<(u64, String)> = Vec::new();
        for case in 0..AT_ONCE {
            let mut at = block * BLOCK + chance.below(BLOCK);
            for activity in way(&mut chance)? {
                let said = if chance.one_in(200) { activity.replacen('e', "", 1) } else { activity.to_owned() };
                let long = chance.below(30);
                let (from, to, who) = (minute(at), minute(at + long), chance.below(30));
                all.push((at, format!("C{block:06}-{case:02},{said},{from},{to},P{who}")));
                // A quarter of it begins before what came before it ended, or in the same minute.
                at += if chance.one_in(4) { 0 } else { long + chance.below(50) };
            }
        }
        all.sort_by_key(|(at, _)| *at);
        for (_, row) in all {
            writeln!(out, "{row}")?;
            rows += 1;
            if rows == most {
                return Ok(out.flush()?);
            }
        }
    }
    Ok(())
}

/// The way of one case.
fn way(chance: &mut Chance) -> Outcome<Vec<&'static str>> {
    let mut way = vec!["Goods in", "Cut"];
    way.extend(if chance.one_in(2) { ["Weld left", "Weld right"] } else { ["Weld right", "Weld left"] });
    way.extend(["Paint", "Assemble", "Final test"]);
    while chance.one_in(6) {
        // What failed goes back to where it went wrong.
        way.extend(if chance.one_in(4) {
            &["Paint", "Assemble", "Final test"][..]
        } else {
            &["Assemble", "Final test"]
        });
    }
    way.push("Pack");
    if chance.one_in(10) {
        let at = chance.place(&way)?;
        way.remove(at);
    }
    if chance.one_in(8) {
        let at = chance.place(&way)?;
        way.swap(at, at.saturating_sub(1));
    }
    if chance.one_in(12) {
        way.insert(chance.place(&way)?, "Look for a part");
    }
    Ok(way)
}

/// A minute of the log, in months of 28 days.
fn minute(at: u64) -> String {
    let days = at / DAY;
    let (year, month, day) = (2026 + days / 336, 1 + days / 28 % 12, 1 + days % 28);
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", at / HOUR % 24, at % HOUR)
}
