//! How old replicas are, and who is to know: from receipts and the time alone.

use std::io;

use super::state::TargetState;
use crate::app::msg::{Replica, ReplicaAge, ReplicaLevel};
use crate::domain::time::{At, SECOND};

/// What two processes may differ, or a time service corrects in passing.
const SLACK: i64 = 5 * SECOND;
const MINUTE: i64 = 60 * SECOND;

/// How old a replica may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From so many hours on a nightly replica has missed its night.
    pub warn_hours: u32,
    /// From so many hours on it has missed two, and a lead is to know.
    pub attention_hours: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { warn_hours: 26, attention_hours: 50 }
    }
}

/// How a target stands. One that was never tried is late, since its first night may be still to come; one that was
/// tried and never held anything is worse. So is one that contradicts the ledger, however new it is.
pub fn replica(known: Option<&TargetState>, now: At, limits: Limits) -> Replica {
    let Some(known) = known else { return Replica { level: ReplicaLevel::Late, age: ReplicaAge::Never } };
    let Some(done) = known.done else { return Replica { level: ReplicaLevel::Attention, age: ReplicaAge::Never } };
    let age = now.0.saturating_sub(done.0);
    if age < -SLACK {
        // The clock was set back: the replica may be of any age, and is not called fresh.
        return Replica { level: ReplicaLevel::Late, age: ReplicaAge::Unknown };
    }
    let reached = |hours: u32| age >= i64::from(hours) * 60 * MINUTE;
    let contradicts = known.failed.as_ref().is_some_and(|failed| failed.contradicts);
    let level = if contradicts || reached(limits.attention_hours) {
        ReplicaLevel::Attention
    } else if reached(limits.warn_hours) {
        ReplicaLevel::Late
    } else {
        ReplicaLevel::Fresh
    };
    Replica { level, age: ReplicaAge::Minutes(u32::try_from(age.max(0) / MINUTE).unwrap_or(u32::MAX)) }
}

/// How all targets of these addresses stand together: as the worst of them. None where there are no targets.
pub fn worst(
    addresses: &[String],
    known: &Result<Vec<TargetState>, io::ErrorKind>,
    now: At,
    limits: Limits,
) -> Option<Replica> {
    let of = |address: &String| match known {
        Ok(known) => replica(known.iter().find(|state| state.target == *address), now, limits),
        Err(_) => Replica { level: ReplicaLevel::Attention, age: ReplicaAge::Unknown },
    };
    addresses.iter().map(of).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replicate::state::Failed;

    const HOUR: i64 = 60 * MINUTE;

    fn state(target: &str, done: Option<i64>) -> TargetState {
        TargetState { done: done.map(At), ..TargetState::new(target, "0123456789abcdef", At(0)) }
    }

    fn after(age: i64) -> (ReplicaLevel, ReplicaAge) {
        let done = 1_000 * HOUR;
        let Replica { level, age } = replica(Some(&state("x", Some(done))), At(done + age), Limits::default());
        (level, age)
    }

    #[test]
    fn a_night_missed_warns_and_two_call_the_lead() {
        use ReplicaAge::{Minutes, Unknown};
        use ReplicaLevel::{Attention, Fresh, Late};
        for (age, level, shown) in [
            (0, Fresh, Minutes(0)),
            (26 * HOUR - 1, Fresh, Minutes(25 * 60 + 59)),
            (26 * HOUR, Late, Minutes(26 * 60)),
            (50 * HOUR - 1, Late, Minutes(49 * 60 + 59)),
            (50 * HOUR, Attention, Minutes(50 * 60)),
            (i64::MAX / 2, Attention, Minutes(u32::MAX)),
            (-SLACK, Fresh, Minutes(0)),
            (-SLACK - 1, Late, Unknown),
            (-50 * HOUR, Late, Unknown),
        ] {
            assert_eq!(after(age), (level, shown), "{age}");
        }
    }

    #[test]
    fn a_contradiction_calls_the_lead_at_once_and_a_share_that_is_away_does_not() {
        let failed = |contradicts| {
            let (what, instead) = ("x".to_owned(), "y".to_owned());
            let failed = Some(Failed { at: At(1_000 * HOUR), what, instead, contradicts });
            let known = TargetState { failed, ..state("x", Some(999 * HOUR)) };
            replica(Some(&known), At(1_000 * HOUR), Limits::default())
        };
        let age = ReplicaAge::Minutes(60);
        assert_eq!(failed(true), Replica { level: ReplicaLevel::Attention, age });
        assert_eq!(failed(false), Replica { level: ReplicaLevel::Fresh, age });
    }

    #[test]
    fn the_worst_of_all_targets_is_told_and_nothing_where_there_are_none() {
        let (now, limits) = (At(1_000 * HOUR), Limits::default());
        let fresh = state("a", Some(999 * HOUR));
        let late = state("b", Some(970 * HOUR));
        let tried = state("c", None);
        let told = |addresses: &[&str]| {
            let addresses: Vec<String> = addresses.iter().map(|&a| a.to_owned()).collect();
            let known = Ok(vec![fresh.clone(), late.clone(), tried.clone()]);
            worst(&addresses, &known, now, limits).map(|replica| (replica.level, replica.age))
        };
        assert_eq!(told(&[]), None, "whatever was used once and is not asked for");
        assert_eq!(told(&["a"]), Some((ReplicaLevel::Fresh, ReplicaAge::Minutes(60))));
        assert_eq!(told(&["b", "a"]), Some((ReplicaLevel::Late, ReplicaAge::Minutes(30 * 60))));
        assert_eq!(told(&["a", "new"]), Some((ReplicaLevel::Late, ReplicaAge::Never)));
        assert_eq!(told(&["a", "b", "c"]), Some((ReplicaLevel::Attention, ReplicaAge::Never)));
        let unreadable = worst(&["a".to_owned()], &Err(io::ErrorKind::InvalidData), now, limits).unwrap();
        assert_eq!(unreadable.level, ReplicaLevel::Attention);
    }
}
