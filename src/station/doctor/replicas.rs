//! The replicas: how old each is, why the last try failed, and how the last drill ended.

use std::io;

use super::checks::Check;
use crate::app::msg::{ReplicaAge, ReplicaLevel};
use crate::app::port::Fault;
use crate::domain::time::At;
use crate::replicate::age::{Limits, replica};
use crate::replicate::state::{DrillOutcome, DrillState, TargetState};
use crate::ui::status_line::age;

/// What to do where nothing else is known.
const RUN: &str = "run `traveller replicate`; if a timer should have, ask `systemctl status traveller-replicate.timer`";

/// A line for each target that the configuration asks for, and for each other that was used.
pub fn targets(addresses: &[String], known: io::Result<Vec<TargetState>>, now: At, limits: Limits) -> Vec<Check> {
    let known = match known {
        Ok(known) => known,
        Err(e) => {
            let instead = "check the directory that [replicate] state names; a damaged file there may be removed, \
                           and the next `traveller replicate` makes it anew";
            let what = format!("what is known of the replicas could not be read: {e}");
            return vec![Check::ill("replica", Fault::new(what, instead))];
        }
    };
    if addresses.is_empty() && known.is_empty() {
        let what = "none is configured: the record is on this disk alone";
        return vec![Check::well("replica", what)];
    }
    let asked = addresses.iter().map(|address| {
        let known = known.iter().find(|state| state.target == *address);
        target(address, known, now, limits)
    });
    // What was used once by hand may lie in a drawer for as long as it likes.
    let others = known.iter().filter(|state| !addresses.contains(&state.target));
    let others = others.map(|state| {
        let told = replica(Some(state), now, limits).age;
        Check::well("replica", format!("{}, which is not configured: {}", state.target, words(told)))
    });
    asked.chain(others).collect()
}

fn target(address: &str, known: Option<&TargetState>, now: At, limits: Limits) -> Check {
    let stands = replica(known, now, limits);
    let what = format!("{address}: {}", words(stands.age));
    if let Some(failed) = known.and_then(|state| state.failed.as_ref()) {
        let what = format!("{what}; at {} it failed: {}", failed.at, failed.what);
        return Check::ill("replica", Fault::new(what, failed.instead.clone()));
    }
    match (stands.level, stands.age) {
        (ReplicaLevel::Fresh, _) => Check::well("replica", what),
        (ReplicaLevel::Late | ReplicaLevel::Attention, ReplicaAge::Unknown) => {
            let instead = "set the clock right: by it the last run lies in the future";
            Check::ill("replica", Fault::new(what, instead))
        }
        (ReplicaLevel::Late | ReplicaLevel::Attention, _) => Check::ill("replica", Fault::new(what, RUN)),
    }
}

fn words(told: ReplicaAge) -> String {
    match told {
        ReplicaAge::Minutes(minutes) => format!("{} old", age(minutes)),
        ReplicaAge::Never => "it never held the whole record".to_owned(),
        ReplicaAge::Unknown => "its age is not known".to_owned(),
    }
}

/// How the last drill ended; nothing where there was none.
pub fn drill(known: io::Result<Option<DrillState>>) -> Option<Check> {
    let drill = match known {
        Ok(drill) => drill?,
        Err(e) => {
            let what = format!("how the last drill ended could not be read: {e}");
            return Some(Check::ill("drill", Fault::new(what, "make one again")));
        }
    };
    let newest = drill.newest_event.map_or_else(String::new, |at| format!(", newest event {at}"));
    let (from, at, seconds) = (&drill.from, drill.at, drill.took_ms / 1_000);
    let what = |how: &str| format!("{from} at {at}: {how}, in {seconds} s{newest}");
    let ill =
        |how: &str, instead: &str| Check::ill("drill", Fault::new(format!("{}: {}", what(how), drill.what), instead));
    Some(match drill.outcome {
        DrillOutcome::Ok => Check::well("drill", what("ok")),
        DrillOutcome::Bad => ill("bad", "this replica cannot be restored: replicate to a new target today"),
        DrillOutcome::Inconclusive => ill("inconclusive", "replicate to that target, then make the drill again"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::SECOND;
    use crate::replicate::state::Failed;

    const HOUR: i64 = 3_600 * SECOND;
    const NOW: At = At(1_000 * HOUR);

    fn state(target: &str, done: Option<i64>) -> TargetState {
        TargetState { done: done.map(At), ..TargetState::new(target, "0123456789abcdef", NOW) }
    }

    fn told(addresses: &[&str], known: Vec<TargetState>) -> Vec<(bool, String)> {
        let addresses: Vec<String> = addresses.iter().map(|&a| a.to_owned()).collect();
        let checks = targets(&addresses, Ok(known), NOW, Limits::default());
        checks.into_iter().map(|check| (check.instead.is_none(), check.what)).collect()
    }

    #[test]
    fn each_target_tells_its_age_and_what_was_used_once_is_no_finding() {
        assert_eq!(told(&[], vec![]), [(true, "none is configured: the record is on this disk alone".to_owned())]);
        let known = vec![state("a", Some(990 * HOUR)), state("b", Some(970 * HOUR)), state("usb", Some(0))];
        let all = told(&["a", "b", "c"], known);
        assert_eq!(
            all,
            [
                (true, "a: 10 h old".to_owned()),
                (false, "b: 30 h old".to_owned()),
                (false, "c: it never held the whole record".to_owned()),
                (true, "usb, which is not configured: 41 d old".to_owned()),
            ]
        );
    }

    #[test]
    fn a_failure_is_told_though_the_replica_is_fresh() {
        let (what, instead) = ("no room".to_owned(), "make room there".to_owned());
        let failed = Failed { at: NOW, what, instead, contradicts: false };
        let known = vec![TargetState { failed: Some(failed), ..state("a", Some(990 * HOUR)) }];
        let [check] = targets(&["a".to_owned()], Ok(known), NOW, Limits::default()).try_into().unwrap();
        assert!(check.what.starts_with("a: 10 h old; at ") && check.what.ends_with("it failed: no room"), "{check:?}");
        assert_eq!(check.instead.as_deref(), Some("make room there"));
    }

    #[test]
    fn a_clock_that_was_set_back_is_to_be_set_right() {
        let [check] = targets(&["a".to_owned()], Ok(vec![state("a", Some(2_000 * HOUR))]), NOW, Limits::default())
            .try_into()
            .unwrap();
        assert!(check.instead.unwrap().starts_with("set the clock right"));
        let damaged = Err(io::Error::new(io::ErrorKind::InvalidData, "x.json is damaged"));
        let [check] = targets(&["a".to_owned()], damaged, NOW, Limits::default()).try_into().unwrap();
        assert!(check.instead.is_some() && check.what.ends_with("x.json is damaged"), "{check:?}");
    }

    #[test]
    fn a_drill_that_did_not_end_well_is_to_be_done_something_about() {
        let ended = |outcome| DrillState {
            from: "/mnt/nas".to_owned(),
            outcome,
            at: NOW,
            took_ms: 12_345,
            newest_event: None,
            what: "event 7 is missing".to_owned(),
        };
        assert_eq!(drill(Ok(None)), None);
        let ok = drill(Ok(Some(ended(DrillOutcome::Ok)))).unwrap();
        assert!(ok.instead.is_none() && ok.what.ends_with("ok, in 12 s"), "{ok:?}");
        for outcome in [DrillOutcome::Bad, DrillOutcome::Inconclusive] {
            let check = drill(Ok(Some(ended(outcome)))).unwrap();
            assert!(check.instead.is_some() && check.what.ends_with("event 7 is missing"), "{check:?}");
        }
        assert!(drill(Err(io::Error::other("x"))).unwrap().instead.is_some());
    }
}
