//! A log from a CSV file, as a spreadsheet or another program saved it. It is read once, row by row.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::log::{ACTIVITIES_MOST, Done, Log, PEOPLE_MOST, ROWS_MOST};
use super::moment::{NoTime, Slashes, micros};
use crate::app::port::Fault;
use crate::domain::text::clipped;

/// Bytes that one row may have. More means that a quotation mark was not closed.
pub const ROW_BYTES_MOST: usize = 1 << 20;
/// Characters that the name of a case, an activity or a person may have.
pub const NAME_CHARS_MOST: usize = 200;
/// Characters of a bad field that are told.
const TOLD_CHARS: usize = 40;
/// What spreadsheets put between two fields.
const BETWEEN: [u8; 3] = [b',', b';', b'\t'];

/// What the columns of the file are called.
#[derive(Debug, Clone)]
pub struct Columns {
    /// What was worked on.
    pub case: String,
    /// What was done.
    pub activity: String,
    /// When, or from when.
    pub time: String,
    /// Until when.
    pub end: Option<String>,
    /// By whom.
    pub resource: Option<String>,
    /// Which number of a date with slashes is the day.
    pub slashes: Option<Slashes>,
}

/// Where the columns stand.
struct Places {
    case: usize,
    activity: usize,
    time: usize,
    end: Option<usize>,
    resource: Option<usize>,
}

/// Reads a log. Rows that cannot be read are counted and left out; a file that is no such log is refused.
pub fn read(input: impl Read, columns: &Columns) -> Result<Log, Fault> {
    let since = Rc::new(Cell::new(0));
    let mut input = BufReader::new(Bounded { input, since: Rc::clone(&since) });
    let between = opening(&mut input).map_err(|e| unreadable(&e))?;
    let mut rows = ReaderBuilder::new().delimiter(between).flexible(true).from_reader(input);
    let heads = rows.byte_headers().map_err(|e| broken(&e))?.clone();
    let places = Places::of(&heads, columns)?;
    let mut log = Log::new(places.end.is_some());
    let mut row = ByteRecord::new();
    loop {
        since.set(0);
        if !rows.read_byte_record(&mut row).map_err(|e| broken(&e))? {
            break;
        }
        if log.done().len() >= ROWS_MOST {
            return Err(Fault::new(format!("the log has more than {ROWS_MOST} rows"), "review a shorter time of it"));
        }
        let line = row.position().map_or(0, csv::Position::line);
        match one(&mut log, &row, &places, columns.slashes) {
            Ok(done) => log.add(done),
            Err(Bad::Row(what)) => log.leave_out(line, what),
            Err(Bad::File(fault)) => return Err(fault),
        }
    }
    if log.done().is_empty() {
        let first = log.left_out.first().map_or_else(String::new, |l| format!("; line {}: {}", l.line, l.what));
        return Err(Fault::new(format!("the log has no row that can be read{first}"), "check which columns are named"));
    }
    Ok(log.sorted())
}

/// Why a row counts for nothing.
enum Bad {
    /// It is left out.
    Row(String),
    /// The whole file is no such log.
    File(Fault),
}

fn one(log: &mut Log, row: &ByteRecord, places: &Places, slashes: Option<Slashes>) -> Result<Done, Bad> {
    let from = time(field(row, places.time, "time")?, slashes)?;
    let to = match places.end.map(|end| row.get(end).unwrap_or_default()) {
        None => from,
        Some(empty) if empty.trim_ascii().is_empty() => from,
        Some(end) => time(text(end, "end")?, slashes)?,
    };
    let case = name(field(row, places.case, "case")?)?;
    let activity = name(field(row, places.activity, "activity")?)?;
    let who = places.resource.and_then(|at| row.get(at)).map(|who| text(who, "resource")).transpose()?;
    let who = who.map(str::trim).filter(|who| !who.is_empty()).map(name).transpose()?;
    let many = |what: &str, most: usize| {
        let said = format!("the log has more than {most} different {what}");
        Bad::File(Fault::new(said, "check that the column is the right one"))
    };
    Ok(Done {
        case: log.cases.number(case, ROWS_MOST).ok_or_else(|| many("cases", ROWS_MOST))?,
        activity: log
            .activities
            .number(activity, ACTIVITIES_MOST)
            .ok_or_else(|| many("activities", ACTIVITIES_MOST))?,
        who: match who {
            None => 0,
            Some(who) => log.people.number(who, PEOPLE_MOST).ok_or_else(|| many("people", PEOPLE_MOST))? + 1,
        },
        from,
        to,
    })
}

fn field<'r>(row: &'r ByteRecord, at: usize, called: &str) -> Result<&'r str, Bad> {
    let said = text(row.get(at).unwrap_or_default(), called)?.trim();
    if said.is_empty() { Err(Bad::Row(format!("no {called}"))) } else { Ok(said) }
}

fn text<'r>(bytes: &'r [u8], called: &str) -> Result<&'r str, Bad> {
    std::str::from_utf8(bytes).map_err(|_other| Bad::Row(format!("the {called} is no UTF-8: save the file as UTF-8")))
}

fn name(said: &str) -> Result<&str, Bad> {
    if said.chars().nth(NAME_CHARS_MOST).is_none() {
        return Ok(said);
    }
    Err(Bad::Row(format!("a name has more than {NAME_CHARS_MOST} characters: {}", clipped(said, TOLD_CHARS))))
}

fn time(said: &str, slashes: Option<Slashes>) -> Result<i64, Bad> {
    micros(said, slashes).map_err(|why| match why {
        NoTime::Unreadable => {
            Bad::Row(format!("{} is no time such as 2026-11-23 06:00 or 23.11.2026 06:00", clipped(said, TOLD_CHARS)))
        }
        NoTime::EitherDay => Bad::File(Fault::new(
            format!("{} may be two days", clipped(said, TOLD_CHARS)),
            "say which number is the day: --slashes day-first or --slashes month-first",
        )),
    })
}

impl Places {
    fn of(heads: &ByteRecord, columns: &Columns) -> Result<Self, Fault> {
        let heads: Vec<_> = heads.iter().map(|head| String::from_utf8_lossy(head).trim().to_owned()).collect();
        let place = |wanted: &str| {
            let found = heads.iter().position(|head| head == wanted);
            let found = found.or_else(|| heads.iter().position(|head| head.eq_ignore_ascii_case(wanted)));
            found.ok_or_else(|| {
                let shown: Vec<_> = heads.iter().take(20).map(|head| clipped(head, TOLD_CHARS)).collect();
                let instead = format!("name one of these: {}", shown.join(", "));
                Fault::new(format!("the file has no column {}", clipped(wanted, TOLD_CHARS)), instead)
            })
        };
        Ok(Self {
            case: place(&columns.case)?,
            activity: place(&columns.activity)?,
            time: place(&columns.time)?,
            end: columns.end.as_deref().map(place).transpose()?,
            resource: columns.resource.as_deref().map(place).transpose()?,
        })
    }
}

/// Skips the mark that some programs put before UTF-8, and finds what stands between two fields: what the line of the
/// heads has most of.
fn opening(input: &mut impl BufRead) -> io::Result<u8> {
    if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    let start = input.fill_buf()?;
    let heads = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let many = |sign: u8| heads.iter().filter(|byte| **byte == sign).map(|_| 1).sum::<usize>();
    Ok(BETWEEN.into_iter().rev().max_by_key(|sign| many(*sign)).unwrap_or(b','))
}

fn broken(error: &csv::Error) -> Fault {
    if let csv::ErrorKind::Io(io) = error.kind() {
        return unreadable(io);
    }
    Fault::new(format!("the log is no CSV file: {error}"), "save it as CSV again")
}

fn unreadable(error: &io::Error) -> Fault {
    if error.kind() == ErrorKind::FileTooLarge {
        let what = format!("a row of the log has more than {ROW_BYTES_MOST} bytes");
        return Fault::new(what, "look for a quotation mark that is not closed");
    }
    Fault::new(format!("the log cannot be read: {error}"), "check the file and who may read it")
}

/// Gives up on a row without an end, instead of keeping it all in memory.
struct Bounded<R> {
    input: R,
    /// Bytes since the last row ended.
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(into)?;
        self.since.set(self.since.get().saturating_add(n));
        if self.since.get() > ROW_BYTES_MOST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(n) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        let named = |name: &str| name.to_owned();
        Columns {
            case: named("unit"),
            activity: named("what"),
            time: named("from"),
            end: Some(named("to")),
            resource: Some(named("who")),
            slashes: None,
        }
    }

    fn log(text: &str) -> Result<Log, String> {
        read(text.as_bytes(), &columns()).map_err(|fault| format!("{}; {}", fault.what, fault.instead))
    }

    #[test]
    fn what_spreadsheets_save_is_read() {
        let rows = [
            ["unit", "what", "from", "to", "who"],
            ["A", "\"Cut, and \"\"deburr\"\"\"", "2026-11-23 06:00", "2026-11-23 06:04", "Jo"],
            ["A", "Test", "23.11.2026 06:10", "", ""],
        ];
        for between in [",", ";", "\t"] {
            let text = rows.map(|row| row.join(between)).join("\r\n");
            let log = log(&format!("\u{feff}{text}")).unwrap();
            let [cut, tested] = log.done() else { panic!("{log:?}") };
            assert_eq!(&*log.activities.name(cut.activity), "Cut, and \"deburr\"", "{between}");
            assert_eq!((cut.to - cut.from, tested.to - tested.from), (240_000_000, 0));
            assert_eq!((&*log.people.name(cut.who - 1), tested.who), ("Jo", 0));
        }
    }

    #[test]
    fn a_bad_row_is_left_out_and_told_by_its_line() {
        let text =
            "unit,what,from,to,who\nA,Cut,soon,,\nA,,2026-11-23,,\n,Cut,2026-11-23,,\nA,Cut\nA,Cut,2026-11-23,,\n";
        let log = log(text).unwrap();
        let told: Vec<_> = log.left_out.iter().map(|l| format!("{} {}", l.line, l.what)).collect();
        assert_eq!(
            told,
            [
                "2 soon is no time such as 2026-11-23 06:00 or 23.11.2026 06:00",
                "3 no activity",
                "4 no case",
                "5 no time"
            ]
        );
        assert_eq!((log.unread, log.done().len()), (4, 1));
    }

    #[test]
    fn a_file_that_is_no_such_log_is_refused_with_what_to_do() {
        let refused = |text: &str| log(text).unwrap_err();
        assert_eq!(refused("unit,activity\nA,Cut\n"), "the file has no column what; name one of these: unit, activity");
        assert!(refused("").starts_with("the file has no column unit"));
        let head = "unit,what,from,to,who\n";
        assert!(refused(head).starts_with("the log has no row that can be read; check"));
        assert!(refused(&format!("{head}A,Cut,soon,,\n")).contains("line 2: soon is no time"));
        assert!(refused(&format!("{head}A,Cut,05/06/2026,,\n")).contains("--slashes day-first"));
        let endless = format!("{head}A,\"Cut,{}", "x\n".repeat(ROW_BYTES_MOST));
        assert!(refused(&endless).contains("a quotation mark that is not closed"));
        let many: Vec<String> = (0..=ACTIVITIES_MOST).map(|n| format!("A,{n},2026-11-23,,\n")).collect();
        assert!(refused(&format!("{head}{}", many.concat())).contains("more than 500 different activities"));
    }

    #[test]
    fn other_encodings_are_told() {
        let log = read(&b"unit,what,from,to,who\nA,Cut,2026-11-23,,J\xf6rg\nA,Cut,2026-11-23,,Jo\n"[..], &columns());
        assert_eq!(log.unwrap().left_out[0].what, "the resource is no UTF-8: save the file as UTF-8");
    }
}
