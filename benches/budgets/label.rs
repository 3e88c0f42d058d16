//! Reading a label: a GS1 element string of five identifiers, validated in full, against a bare copy and split of the
//! same bytes.

use std::hint::black_box;

use traveller::capture::label::read;
use traveller::domain::label::Label;

use super::support::Outcome;
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Item, serial number, batch, expiry, net weight.
const SCAN: &str = "]d2010950600013435221SN000417\u{1d}10LOT-7A\u{1d}172706303103000500";
/// Where its fields end, in bytes behind the symbology identifier: what a splitter is told, and a reader must find.
const ENDS: [usize; 5] = [16, 27, 36, 44, 54];
/// Readings of one sample: a stopwatch is too coarse for one.
const READINGS: u64 = 1_000;
/// Samples.
const ROUNDS: u32 = 500;
/// The budget, in hundredths of the baseline.
const MOST: u64 = 1_000;

/// Measures a reading.
pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let Label::Structured(said) = read(Label::read(SCAN.as_bytes())) else {
        return Err("the label of the measurement is not read".into());
    };
    let split = copy_and_split(SCAN);
    if said.fields.len() != ENDS.len() || !said.fields.iter().zip(&split).all(|(f, s)| s.ends_with(&f.value)) {
        return Err("the baseline splits elsewhere than the reader".into());
    }
    let (mut reading, mut splitting) = (Sample::default(), Sample::default());
    for _ in 0..ROUNDS {
        reading.take(|| {
            for _ in 0..READINGS {
                black_box(read(Label::read(black_box(SCAN.as_bytes()))));
            }
        });
        splitting.take(|| {
            for _ in 0..READINGS {
                black_box(copy_and_split(black_box(SCAN)));
            }
        });
    }
    let each = |sample: &Sample| sample.median() / READINGS;
    table.line("label of 5 identifiers, median", (each(&reading), each(&splitting)), "ns", Budget::Most(MOST));
    Ok(())
}

/// The label's bytes copied, and copied once more in five pieces.
fn copy_and_split(scan: &str) -> Vec<String> {
    let copy = scan.to_owned();
    let mut at = 3;
    let mut pieces = Vec::with_capacity(ENDS.len());
    for end in ENDS {
        let end = end + 3;
        pieces.push(copy.get(at..end).unwrap_or_default().trim_end_matches('\u{1d}').to_owned());
        at = end;
    }
    black_box(copy);
    pieces
}
