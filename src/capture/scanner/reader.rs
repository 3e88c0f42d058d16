//! Reads one scanner, until it goes away.

use std::ops::ControlFlow;

use super::decode::{Decoder, Heard};
use super::device::Barred;
use super::frames::Event;

/// Milliseconds without a key after which a scanner that was just opened is not in the middle of a scan. Scanners pause
/// for up to 30 ms between two characters.
const REST_MS: u64 = 300;

/// Where the events of a scanner come from.
pub trait Source {
    /// Waits for events, for so many milliseconds or for ever, and hands over all that there are, each with the moment
    /// at which it happened, in milliseconds of the boot clock. False where none came in that time.
    fn next(&mut self, within: Option<u64>, each: &mut dyn FnMut(Event, u64)) -> Result<bool, Barred>;

    /// The keys that are down right now. The kernel forgets what keys did that was not read yet, as soon as it is asked
    /// (`EVIOCGKEY`): what is read afterwards does not follow what was read before.
    fn down(&self) -> Result<Vec<u16>, Barred>;
}

/// Waits until a scanner that was just opened is not in the middle of a scan. What it sends until then may lack its
/// beginning, and is discarded: true where there was any.
pub fn rest(source: &mut impl Source) -> Result<bool, Barred> {
    let mut any = false;
    loop {
        let mut keys = false;
        if !source.next(Some(REST_MS), &mut |event, _| keys |= !matches!(event, Event::Whole))? {
            return Ok(any);
        }
        any |= keys;
    }
}

/// Reads a scanner: tells each scan, and each one that is lost, until the scanner goes away or nobody listens.
///
/// `now` tells milliseconds of the boot clock. Nothing wakes up while there is no scan under way.
///
/// When a key came is what the kernel says, not when it was read: a program that is held up for a moment must neither
/// take the end of a scan for a scan of its own, nor join two.
pub fn read(
    source: &mut impl Source,
    decoder: &mut Decoder,
    now: impl Fn() -> u64,
    mut tell: impl FnMut(Heard) -> ControlFlow<()>,
) {
    let mut scans = Vec::new();
    loop {
        let within = decoder.deadline().map(|at| at.saturating_sub(now()));
        let mut events = Vec::new();
        let came = source.next(within, &mut |event, at| events.push((event, at)));
        match came {
            Ok(false) => scans.extend(decoder.quiet(now())),
            Ok(true) => {
                for (event, at) in events {
                    scans.extend(match event {
                        Event::Key { code, value } => decoder.key(code, value, at),
                        Event::Dropped => decoder.dropped(at),
                        Event::Whole => {
                            decoder.held(&source.down().unwrap_or_default());
                            // The rest was read before the kernel forgot what follows it. A scan that begins here would
                            // lack characters in its middle; the decoder discards up to a terminator or a pause.
                            break;
                        }
                    });
                }
            }
            Err(_gone) => scans.extend(decoder.removed()),
        }
        let deaf = scans.drain(..).any(|heard| tell(heard).is_break());
        if deaf || came.is_err() {
            return;
        }
    }
}

/// Reads what a part of a scanner sends that types nothing, so that it goes nowhere else, until it goes away.
pub fn swallow(source: &mut impl Source) {
    while source.next(None, &mut |_, _| ()).is_ok() {}
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::VecDeque;

    use super::super::options::Options;
    use super::*;
    use crate::domain::label::Loss;

    /// Codes of `linux/input-event-codes.h`.
    const A: u16 = 30;
    const B: u16 = 48;
    const ENTER: u16 = 28;
    const SHIFT: u16 = 42;

    /// What a scanner does next.
    enum Next {
        /// It sends, so many milliseconds after what was before.
        Events(u64, Vec<Event>),
        /// Nobody reads for so many milliseconds; meanwhile it sends, each after so many of them.
        HeldUp(u64, Vec<(u64, Event)>),
        /// It sends nothing for so long as anybody waits.
        Nothing,
    }

    /// A scanner that does what is written, and then goes away.
    struct Written<'a> {
        next: VecDeque<Next>,
        now: &'a Cell<u64>,
        down: Vec<u16>,
    }

    impl Source for Written<'_> {
        fn next(&mut self, within: Option<u64>, each: &mut dyn FnMut(Event, u64)) -> Result<bool, Barred> {
            match self.next.pop_front().ok_or(Barred::Gone)? {
                Next::Events(after, events) => {
                    self.now.set(self.now.get() + after);
                    for event in events {
                        each(event, self.now.get());
                    }
                    Ok(true)
                }
                Next::HeldUp(ms, events) => {
                    let at = self.now.get();
                    self.now.set(at + ms);
                    for (after, event) in events {
                        each(event, at + after);
                    }
                    Ok(true)
                }
                Next::Nothing => {
                    let within = within.expect("it waits for ever, and nothing comes");
                    self.now.set(self.now.get() + within);
                    Ok(false)
                }
            }
        }

        fn down(&self) -> Result<Vec<u16>, Barred> {
            Ok(self.down.clone())
        }
    }

    fn press(code: u16) -> [Event; 2] {
        [Event::Key { code, value: 1 }, Event::Key { code, value: 0 }]
    }

    fn typed(codes: &[u16]) -> Vec<Event> {
        codes.iter().copied().flat_map(press).collect()
    }

    /// What is told of a scanner that does this: when each scan began, and what it was.
    fn told(next: Vec<Next>, down: &[u16]) -> Vec<(u64, Result<String, Loss>)> {
        let now = Cell::new(1_000);
        let mut source = Written { next: next.into(), now: &now, down: down.to_vec() };
        let mut told = Vec::new();
        read(
            &mut source,
            &mut Decoder::new(Options::default()),
            || now.get(),
            |heard| {
                told.push((heard.begun_ms, heard.scan.map(|text| String::from_utf8(text).unwrap())));
                ControlFlow::Continue(())
            },
        );
        told
    }

    #[test]
    fn each_scan_is_told_with_the_moment_of_its_first_key() {
        let next = vec![Next::Events(5, typed(&[A, B])), Next::Events(7, typed(&[A, ENTER, B, ENTER]))];
        assert_eq!(told(next, &[]), [(1_005, Ok("aba".to_owned())), (1_012, Ok("b".to_owned()))]);
    }

    #[test]
    fn a_scan_that_stops_is_discarded_after_the_gap() {
        let next = vec![Next::Events(0, typed(&[A])), Next::Nothing, Next::Events(1_009, typed(&[B, ENTER]))];
        assert_eq!(told(next, &[]), [(1_000, Err(Loss::NoEnd)), (3_009, Ok("b".to_owned()))]);
    }

    #[test]
    fn a_program_that_is_held_up_neither_splits_a_scan_nor_joins_two() {
        let at = |ms: u64, codes: &[u16]| typed(codes).into_iter().map(move |event| (ms, event)).collect::<Vec<_>>();
        let split = vec![Next::Events(0, typed(&[A])), Next::HeldUp(2_500, at(8, &[B, ENTER]))];
        assert_eq!(told(split, &[]), [(1_000, Ok("ab".to_owned()))]);
        // The second comes after the pauses that end the first, which had no end.
        let two = [at(8, &[B]), at(2_400, &[A, ENTER])].concat();
        let joined = vec![Next::Events(0, typed(&[A])), Next::HeldUp(2_500, two)];
        assert_eq!(told(joined, &[]), [(1_000, Err(Loss::NoEnd)), (3_400, Ok("a".to_owned()))]);
    }

    #[test]
    fn a_scan_that_the_kernel_dropped_a_part_of_is_lost_to_its_end() {
        let scans = || {
            let mut dropped = typed(&[A]);
            dropped.extend([Event::Dropped, Event::Whole]);
            vec![Next::Events(0, dropped), Next::Events(9, typed(&[B, ENTER, A, ENTER]))]
        };
        // Shift was down when keys were dropped, and its release was not.
        assert_eq!(told(scans(), &[SHIFT]), [(1_000, Err(Loss::Overrun)), (1_009, Ok("A".to_owned()))]);
        assert_eq!(told(scans(), &[]), [(1_000, Err(Loss::Overrun)), (1_009, Ok("a".to_owned()))]);
    }

    #[test]
    fn what_was_read_together_with_a_drop_is_not_joined_to_what_comes_next() {
        // The scan `aba` after the drop: the kernel forgets its `b` when it is asked which keys are down.
        let mut together = typed(&[B]);
        together.extend([Event::Dropped, Event::Whole]);
        together.extend(typed(&[B, ENTER, A]));
        let next =
            vec![Next::Events(0, together), Next::Events(9, typed(&[A, ENTER])), Next::Events(9, typed(&[B, ENTER]))];
        assert_eq!(told(next, &[]), [(1_000, Err(Loss::Overrun)), (1_018, Ok("b".to_owned()))]);
    }

    #[test]
    fn a_scanner_that_goes_away_within_a_scan_loses_it() {
        assert_eq!(told(vec![Next::Events(0, typed(&[A]))], &[]), [(1_000, Err(Loss::Removed))]);
        assert_eq!(told(vec![Next::Events(0, typed(&[A, ENTER]))], &[]), [(1_000, Ok("a".to_owned()))]);
    }

    #[test]
    fn where_nobody_listens_nothing_more_is_read() {
        let now = Cell::new(0);
        let next = [Next::Events(0, typed(&[A, ENTER])), Next::Events(0, typed(&[B, ENTER]))];
        let mut source = Written { next: next.into(), now: &now, down: Vec::new() };
        read(&mut source, &mut Decoder::new(Options::default()), || now.get(), |_| ControlFlow::Break(()));
        assert_eq!(source.next.len(), 1);
    }

    #[test]
    fn the_end_of_a_scan_that_began_before_is_discarded() {
        let now = Cell::new(0);
        let rests = |next: Vec<Next>| {
            let mut source = Written { next: next.into(), now: &now, down: Vec::new() };
            (rest(&mut source), source.next.len())
        };
        assert_eq!(rests(vec![Next::Nothing, Next::Nothing]), (Ok(false), 1));
        assert_eq!(rests(vec![Next::Events(0, Vec::new()), Next::Nothing]), (Ok(false), 0), "a light went off");
        let within = vec![Next::Events(0, typed(&[B])), Next::Events(9, typed(&[ENTER])), Next::Nothing];
        assert_eq!(rests(within), (Ok(true), 0));
        assert_eq!(rests(vec![Next::Events(0, typed(&[B]))]), (Err(Barred::Gone), 0));
    }
}
