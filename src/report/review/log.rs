//! A log of what was done: which activity, in which case, from when to when, by whom.

use std::collections::HashMap;
use std::sync::Arc;

/// Rows that a log may have.
pub const ROWS_MOST: usize = 10_000_000;
/// Different activities. More of them means that the column is another one.
pub const ACTIVITIES_MOST: usize = 500;
/// Different people or machines.
pub const PEOPLE_MOST: usize = 100_000;
/// Rows that could not be read and are told one by one.
pub const TOLD_MOST: usize = 5;

/// Names, each kept once and known by a number from 0.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

impl Names {
    /// The number of a name, a new one where it is new and there is room for so many.
    pub fn number(&mut self, name: &str, most: usize) -> Option<u32> {
        if let Some(known) = self.known.get(name) {
            return Some(*known);
        }
        let number = u32::try_from(self.names.len()).ok().filter(|_| self.names.len() < most)?;
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.known.insert(name, number);
        Some(number)
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> Arc<str> {
        usize::try_from(number).ok().and_then(|at| self.names.get(at)).map_or_else(|| "".into(), Arc::clone)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// One thing that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// In which case.
    pub case: u32,
    /// Which activity.
    pub activity: u32,
    /// By whom, counted from 1; 0 where nobody is named.
    pub who: u32,
    /// When it began, in microseconds.
    pub from: i64,
    /// When it ended; the same where only one moment is on record.
    pub to: i64,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its line in the file.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

/// A log, in the order of cases and, within one, of time.
#[derive(Debug, Default)]
pub struct Log {
    /// The cases.
    pub cases: Names,
    /// The activities.
    pub activities: Names,
    /// People and machines.
    pub people: Names,
    done: Vec<Done>,
    /// How many rows could not be read.
    pub unread: u64,
    /// The first of them.
    pub left_out: Vec<LeftOut>,
    /// Rows that ended before they began: taken as one moment.
    pub backwards: u64,
    /// Whether an end of each activity is on record.
    pub has_ends: bool,
}

impl Log {
    /// An empty log; whether an end of each activity will be on record.
    pub fn new(has_ends: bool) -> Self {
        Self { has_ends, ..Self::default() }
    }

    /// Adds something that was done; in any order, until the log is [`sorted`](Self::sorted).
    pub fn add(&mut self, done: Done) {
        let backwards = done.to < done.from;
        self.backwards += u64::from(backwards);
        self.done.push(Done { to: done.to.max(done.from), ..done });
    }

    /// Counts a row that could not be read.
    pub fn leave_out(&mut self, line: u64, what: String) {
        self.unread += 1;
        if self.left_out.len() < TOLD_MOST {
            self.left_out.push(LeftOut { line, what });
        }
    }

    /// Case by case, in order of time; what began at the same moment stays in the order of the file.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.done.sort_by_key(|done| (done.case, done.from));
        self
    }

    /// Everything that was done.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The cases, one by one.
    pub fn each_case(&self) -> impl Iterator<Item = &[Done]> {
        self.done.chunk_by(|one, next| one.case == next.case)
    }

    /// Things of one case that began in the same moment as the one before: their order is the file's.
    pub fn undecided(&self) -> u64 {
        let same = |pair: &&[Done]| {
            let [one, next] = pair else { return false };
            one.case == next.case && one.from == next.from
        };
        self.done.windows(2).filter(same).map(|_| 1).sum()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A log of one case a line, one activity a word, a minute from each to the next.
    pub(in super::super) fn of_words(cases: &[&str]) -> Log {
        let mut log = Log::default();
        for (name, line) in cases.iter().enumerate() {
            for (from, word) in (0..).step_by(60_000_000).zip(line.split(' ')) {
                let case = log.cases.number(&format!("case {name}"), ROWS_MOST).unwrap();
                let activity = log.activities.number(word, ACTIVITIES_MOST).unwrap();
                log.add(Done { case, activity, who: 0, from, to: from });
            }
        }
        log.sorted()
    }

    #[test]
    fn names_are_kept_once_and_up_to_a_limit() {
        let mut names = Names::default();
        assert_eq!([names.number("a", 2), names.number("b", 2), names.number("a", 2)], [Some(0), Some(1), Some(0)]);
        assert_eq!(names.number("c", 2), None);
        assert_eq!((&*names.name(1), &*names.name(7)), ("b", ""));
    }

    #[test]
    fn a_case_is_in_order_of_time_and_then_of_the_file() {
        let mut log = Log::default();
        for (case, activity, from, to) in [(1, 0, 5, 9), (0, 1, 7, 7), (1, 2, 3, 1), (1, 3, 5, 5)] {
            log.add(Done { case, activity, who: 0, from, to });
        }
        let log = log.sorted();
        let cases: Vec<Vec<u32>> = log.each_case().map(|case| case.iter().map(|d| d.activity).collect()).collect();
        assert_eq!(cases, [vec![1], vec![2, 0, 3]]);
        assert_eq!((log.backwards, log.undecided()), (1, 1));
        assert_eq!(log.done().iter().find(|d| d.activity == 2).unwrap().to, 3);
    }
}
