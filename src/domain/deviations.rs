//! The rows that permits, overrides and rework add to the tables that lookups read.

use super::event::Event;
use super::projection::{Change, removed};
use super::what::What;

/// What was let go, and what goes back.
#[expect(clippy::wildcard_enum_match_arm, reason = "only permits, overrides and rework come here")]
pub(super) fn deviations(event: &Event, all: &mut Vec<Change>) {
    let about = &event.about;
    match &event.what {
        What::ComponentsRecovered(e) => {
            if let Some(unit) = &about.unit {
                all.extend(e.removed.iter().map(|gone| removed(unit, gone)));
            }
        }
        What::SentBack(e) => {
            if let Some(unit) = &about.unit {
                all.extend(e.removed.iter().map(|gone| removed(unit, gone)));
            }
        }
        What::ScrapReversed(_) => all.extend(about.order.clone().map(Change::Order)),
        What::ComponentJudged(e) => {
            let (serial, fate) = (e.serial.clone(), e.fate.word());
            all.extend(about.unit.clone().map(|unit| Change::MaterialJudged { unit, serial, fate }));
        }
        What::PermitOpened(e) => all.push(Change::Permit(e.permit.clone())),
        What::PermitClosed(e) => all.push(Change::Permit(e.permit.clone())),
        What::RuleWaived(e) => {
            all.extend(about.permit.clone().map(Change::Permit));
            let (rule, permit, step) = (e.rule, about.permit.clone(), about.step.clone());
            all.extend(about.unit.clone().map(|unit| Change::Waived { unit, rule, permit, step }));
        }
        What::RuleOverridden(e) => {
            all.extend(about.unit.clone().map(|unit| Change::Overridden { unit, rule: e.rule }));
        }
        _ => {}
    }
}
