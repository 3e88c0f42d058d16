//! What goes wrong in the plant, and how often.
//!
//! Each mishap has its occasions: a lot is to be scanned, a value is to be typed. It happens at the first occasions of
//! the week, so that even a small plant sees it, then ever more seldom, down to once in so many.

use super::dice::Dice;

/// Something that goes wrong, or a person who gets something wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    /// A unit is scanned where it is not due.
    WrongStation,
    /// The barcode of a packaging is scanned.
    UnknownLabel,
    /// A unit that failed is scanned before somebody decided about it.
    FailedUnit,
    /// A unit on hold is scanned.
    HeldUnit,
    /// PASS is given before the step is done.
    EarlyPass,
    /// A command code is read with a wrong letter.
    Misread,
    /// A lot of another part is scanned.
    WrongPart,
    /// Quality stops the lot that is in use.
    LotHeld,
    /// The label of the unit beside it is scanned.
    Neighbour,
    /// A component is scanned twice.
    Twice,
    /// A value is typed with a comma.
    Comma,
    /// A value is typed with its point in the wrong place.
    Implausible,
    /// A value is mistyped outside its limits, and corrected.
    Mistyped,
    /// A value is typed where only a gauge counts.
    TypedEntry,
    /// A value is typed for the wrong screw, and taken back.
    Voided,
    /// A check fails.
    Fails,
    /// A check fails where the operator may try again.
    FailsAtFirst,
    /// A check fails again at the retest.
    FailsAgain,
    /// The operator sees a defect.
    Defect,
    /// The operator stops a unit.
    Hold,
    /// A signature is given with a wrong PIN.
    WrongPin,
    /// A signature is given by somebody who may not.
    WrongSigner,
    /// Somebody works before signing on.
    NotSignedOn,
    /// A unit is scanned before the time between two steps has passed.
    TooEarly,
    /// A new unit is scanned before its order is chosen.
    NoOrder,
    /// The label of an order is scanned that is full or closed.
    OldOrder,
    /// Somebody stands by who is not qualified.
    WrongSupervisor,
    /// A sub-assembly is scanned that is not complete.
    Incomplete,
    /// A loaded box is empty before its time.
    EmptyBox,
    /// Somebody would accept what they built.
    OwnWork,
    /// A station is down for a while.
    Down,
    /// A lead is called, and comes.
    Called,
    /// A lead is called by mistake.
    CalledForNothing,
    /// One shift leaves the next a note.
    Noted,
    /// An hour falls short, and the lead says why.
    Short,
}

/// For each mishap: at which occasion it first happens, and once in how many it happens in the long run.
const RHYTHM: [(Mishap, u64, u64); 35] = [
    (Mishap::WrongStation, 6, 60),
    (Mishap::UnknownLabel, 4, 80),
    (Mishap::FailedUnit, 2, 40),
    (Mishap::HeldUnit, 2, 30),
    (Mishap::EarlyPass, 40, 400),
    (Mishap::Misread, 5, 90),
    (Mishap::WrongPart, 5, 70),
    (Mishap::LotHeld, 14, 500),
    (Mishap::Neighbour, 35, 450),
    (Mishap::Twice, 4, 70),
    (Mishap::Comma, 5, 90),
    (Mishap::Implausible, 7, 110),
    (Mishap::Mistyped, 3, 60),
    (Mishap::TypedEntry, 2, 80),
    (Mishap::Voided, 9, 150),
    (Mishap::Fails, 8, 160),
    (Mishap::FailsAtFirst, 6, 90),
    (Mishap::FailsAgain, 2, 3),
    (Mishap::Defect, 45, 700),
    (Mishap::Hold, 70, 900),
    (Mishap::WrongPin, 3, 50),
    (Mishap::WrongSigner, 4, 80),
    (Mishap::NotSignedOn, 2, 6),
    (Mishap::TooEarly, 1, 90),
    (Mishap::NoOrder, 1, 8),
    (Mishap::OldOrder, 1, 300),
    (Mishap::WrongSupervisor, 1, 60),
    (Mishap::Incomplete, 1, 80),
    (Mishap::EmptyBox, 6, 400),
    (Mishap::OwnWork, 2, 60),
    (Mishap::Down, 12, 150),
    (Mishap::Called, 10, 120),
    (Mishap::CalledForNothing, 25, 300),
    (Mishap::Noted, 2, 6),
    (Mishap::Short, 20, 200),
];

/// Where the story stands.
#[derive(Debug, Clone)]
pub(super) struct Story {
    threads: Vec<Thread>,
}

#[derive(Debug, Clone)]
struct Thread {
    mishap: Mishap,
    /// Occasions until it happens.
    left: u64,
    /// Occasions from one time to the next.
    step: u64,
    every: u64,
}

impl Story {
    /// A story of its own for each seed.
    pub(super) fn new(dice: &mut Dice) -> Self {
        let thread = |(mishap, first, every): (Mishap, u64, u64)| {
            let left = 1 + dice.below(first);
            Thread { mishap, left, step: first, every }
        };
        Self { threads: RHYTHM.into_iter().map(thread).collect() }
    }

    /// An occasion for a mishap: whether it happens.
    pub(super) fn strikes(&mut self, mishap: Mishap, dice: &mut Dice) -> bool {
        let Some(thread) = self.threads.iter_mut().find(|t| t.mishap == mishap) else { return false };
        thread.left = thread.left.saturating_sub(1);
        if thread.left > 0 {
            return false;
        }
        thread.step = (thread.step * 2).min(thread.every);
        thread.left = 1 + thread.step / 2 + dice.below(thread.step);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mishap_happens_early_and_then_as_often_as_it_says() {
        for (mishap, first, every) in RHYTHM {
            let mut dice = Dice::new(9);
            let mut story = Story::new(&mut dice);
            let struck: Vec<u64> = (1..=every * 400).filter(|_| story.strikes(mishap, &mut dice)).collect();
            assert!(struck[0] <= first, "{mishap:?}");
            let times = u64::try_from(struck.len()).unwrap();
            assert!((300..600).contains(&times), "{mishap:?}: {times} times");
        }
    }
}
