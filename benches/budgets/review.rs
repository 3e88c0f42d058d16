//! The review of a log of a million things that were done, against a bare reading of the same file by the same CSV
//! library, its rows sorted by case and time as text. Peak memory is of the whole process: measure it alone.

use std::fs::File;
use std::path::Path;

use traveller::report::review::content::Review;
use traveller::report::review::csv_log::{self, Columns};
use traveller::report::review::order::Order;

use super::production;
use super::support::Outcome;
use super::support::plant::Home;
use super::support::sample::timed;
use super::support::table::{Budget, Table};

/// Things that were done.
const ROWS: u64 = 1_000_000;
/// Rounds of each; the quickest counts.
const ROUNDS: usize = 3;
/// The budget, in hundredths of the baseline.
const MOST: u64 = 400;
/// The budget of memory, in KiB.
const KIB: u64 = 200 << 10;
/// Different ways that the cases of the log go, at least.
const WAYS: usize = 300;

/// Measures a review.
pub(crate) fn measure(table: &mut Table, home: &Home) -> Outcome<()> {
    let path = home.file("log.csv");
    production::write(&path, ROWS)?;
    let (mut review, mut bare) = (u64::MAX, u64::MAX);
    let mut peak = 0;
    for round in 0..ROUNDS {
        let (nanos, found) = timed(|| reviewed(&path));
        let found = found?;
        if found.events != ROWS || found.ways < WAYS {
            return Err(format!("the log is another one: {} events, {} ways", found.events, found.ways).into());
        }
        review = review.min(nanos);
        if round == 0 {
            peak = peak_kib()?;
        }
        let (nanos, rows) = timed(|| sorted(&path));
        if rows? != ROWS {
            return Err("the baseline reads another log".into());
        }
        bare = bare.min(nanos);
    }
    let ms = |nanos: u64| nanos / 1_000_000;
    table.line("review of a log of 1,000,000 events", (ms(review), ms(bare)), "ms", Budget::Most(MOST));
    table.line("its peak memory, against 200 MiB", (peak, KIB), "KiB", Budget::Most(100));
    Ok(())
}

fn reviewed(path: &Path) -> Outcome<Review> {
    let columns = Columns {
        case: "case".to_owned(),
        activity: "activity".to_owned(),
        time: "start".to_owned(),
        end: Some("end".to_owned()),
        resource: Some("who".to_owned()),
        slashes: None,
    };
    let log = csv_log::read(File::open(path)?, &columns).map_err(|fault| fault.what)?;
    let order = Order::usual(&log);
    Ok(Review::of(&log, &order, false, None))
}

/// The rows as they stand, sorted by case and time.
fn sorted(path: &Path) -> Outcome<u64> {
    let mut rows: Vec<csv::ByteRecord> = csv::Reader::from_path(path)?.into_byte_records().collect::<Result<_, _>>()?;
    rows.sort_by(|one, next| (one.get(0), one.get(2)).cmp(&(next.get(0), next.get(2))));
    Ok(u64::try_from(rows.len())?)
}

/// The most memory that this process had, in KiB.
fn peak_kib() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}
