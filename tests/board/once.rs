//! What the events of a shift say is folded on: each is counted once, whatever happens between two looks.

use std::cell::Cell;

use traveller::app::board::content::Board;
use traveller::app::port::Fault;
use traveller::domain::time::At;
use traveller::ledger::{Reader, open_reader};
use traveller::report::board::compute::board;
use traveller::station::look::board::gather::{Asks, Gather, Once};

use crate::support::settings::settings;
use crate::support::shell::Shell;

/// A ledger that fails at one question.
struct FailsAt {
    question: u32,
    asked: Cell<u32>,
}

impl Asks for FailsAt {
    fn ask<T>(&self, question: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() == self.question {
            return Err(Fault::new("the disk does not answer", "look again"));
        }
        question()
    }
}

fn look(gather: &mut Gather, reader: &Reader, now: At) -> Board {
    board(&gather.seen(reader, now, &Once).unwrap())
}

#[test]
fn a_fault_between_two_pages_counts_nothing_twice() {
    let shell = Shell::new();
    shell.run("demo --no-terminal --units 40").done();
    let reader = open_reader(&shell.ledger()).unwrap();
    let now = reader.head().unwrap().and_then(|head| head.at).unwrap();
    let new = || Gather::new(settings(&shell.ledger()), Some(At(0)), None);
    let right = look(&mut new(), &reader, now);
    assert!(right.shares.attempts > 100, "{:?}", right.shares);
    // The streams, what the shift begins after, and a page each: the first questions.
    for question in 1..=8 {
        let mut gather = new();
        let asks = FailsAt { question, asked: Cell::new(0) };
        assert!(gather.seen(&reader, now, &asks).is_err(), "there are more than {question} questions");
        assert_eq!(look(&mut gather, &reader, now), right, "after a fault at question {question}");
    }
}
