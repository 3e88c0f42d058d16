//! What somebody at a station enters or says.

use traveller::domain::command::Command;
use traveller::domain::id::{DeviceId, Point};
use traveller::domain::route::{Check, CheckKind, Expect, Typed};
use traveller::domain::what::Leaving;

use super::acts::GAUGES;
use super::routes::REASON;
use super::steer::scan;

/// An observation that mostly passes.
pub(super) fn observe(check: &Check, point: Option<&Point>, pick: usize) -> Command {
    let good = !pick.is_multiple_of(7);
    let value = match &check.kind {
        CheckKind::Number { .. } => {
            if good {
                "1.50"
            } else {
                "2.50"
            }
        }
        CheckKind::Confirm => {
            if good {
                "pass"
            } else {
                "fail"
            }
        }
        CheckKind::Text { .. } => "a note 1",
        CheckKind::Choice { .. } => {
            if good {
                "red"
            } else {
                "green"
            }
        }
        CheckKind::Scan { expect: Expect::Equals(_) } => {
            return scan(if pick.is_multiple_of(3) { "P9" } else { "PLATE" });
        }
        CheckKind::Scan { expect: Expect::Pattern(_) } => return scan("P9"),
    };
    Command::Value {
        value: value.to_owned(),
        check: Some(check.id.clone()),
        point: point.cloned(),
        gauge: (check.typed == Typed::Refuse || !good).then(|| {
            let wanted = check.source_gauge.as_deref().unwrap_or("length");
            let of_kind: Vec<_> = GAUGES.iter().filter(|g| g.1 == wanted).collect();
            DeviceId::parse(of_kind[pick % of_kind.len()].0).unwrap()
        }),
        unit: None,
    }
}

/// A word of the operator.
pub(super) fn word_of(word: usize) -> Command {
    let reason = REASON.to_owned();
    match word {
        0 => Command::Pass,
        1 => Command::Fail { reason },
        2 => Command::Hold { reason },
        3 | 6 => Command::Void { reason },
        4 => Command::Retest { reason },
        5 => Command::Close,
        8 => Command::Skip,
        _ => Command::SignOff { why: Leaving::SignOff },
    }
}
