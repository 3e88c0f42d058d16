//! What an event says beside its kind, where that has no sentence of its own: numbers, rules and revisions, as they are
//! on record. The same in every language.

use crate::domain::code::Code;
use crate::domain::permit::Terms;
use crate::domain::what::What;
use crate::ui::words::label::Label;
use crate::ui::words::speech::Speech;

/// Characters that a note shows in a line.
const NOTE_MOST: usize = 120;

/// The facts of an event in a line; empty where its kind says it all.
#[expect(clippy::wildcard_enum_match_arm, reason = "most kinds have a sentence, or say all by their name")]
pub(super) fn detail(speech: Speech, what: &What) -> String {
    let rule = |rule: Code| rule.word().to_owned();
    match what {
        What::RouteMoved(e) => {
            let again: Vec<&str> = e.plan.again.iter().map(|again| again.step.as_str()).collect();
            let again = if again.is_empty() { String::new() } else { format!("  ↑ {}", again.join(" ")) };
            format!("→ {}{again}", e.to)
        }
        What::PermitOpened(e) => format!("{}  {}", e.permit, terms(speech, &e.terms)),
        What::PermitClosed(e) => e.permit.to_string(),
        What::RuleWaived(e) => rule(e.rule),
        What::RuleOverridden(e) => format!("{}  {} min", e.rule.word(), e.minutes),
        What::SentBack(e) => format!("→ {} {}", e.to, e.station),
        What::ComponentJudged(e) => format!("{} {}", e.serial, e.fate.word()),
        What::ComponentsRecovered(e) => {
            e.removed.iter().map(|gone| format!("{} {}", gone.serial, gone.fate.word())).collect::<Vec<_>>().join("  ")
        }
        What::CartonBegun(e) => e.carton.to_string(),
        What::CartonOpened(e) | What::CartonReopened(e) | What::UnitUnpacked(e) => e.carton.to_string(),
        What::UnitPacked(e) => format!("{}  {}", e.carton, e.customer.as_deref().unwrap_or_default()),
        What::CartonClosed(e) => format!("{}  x{}", e.carton, e.units),
        What::ShipmentOpened(e) => format!("{}  {}", e.shipment, e.customer),
        What::ShipmentSelected(e) | What::UnitLoaded(e) | What::UnitUnloaded(e) => e.shipment.to_string(),
        What::CartonLoaded(e) | What::CartonUnloaded(e) => format!("{} → {}  x{}", e.carton, e.shipment, e.units),
        What::ShipmentDispatched(e) => format!("{}  x{}", e.shipment, e.units),
        What::LotReceived(e) => {
            let expires = e.expires.map(|day| format!("  ≤ {day}")).unwrap_or_default();
            let supplier = e.supplier.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
            format!("{}  {}  x{}{expires}{supplier}", e.lot, e.part, e.quantity)
        }
        What::LotInspected(e) => {
            let verdict = if e.passed { Label::Passed } else { Label::Failed };
            format!("{}  {}", e.lot, verdict.text(speech.lang))
        }
        What::LotLoaded(e) => format!("{}  {}", e.lot, e.part),
        What::LotHeld(e) | What::LotReleased(e) | What::LotRejected(e) | What::LotOpened(e) | What::LotSealed(e) => {
            e.lot.to_string()
        }
        What::LoadBegun(e) => format!("x{}", e.units.len()),
        What::LoadEntered(e) => e.supervisor.as_ref().map(|by| format!("+ {by}")).unwrap_or_default(),
        What::LoadChecked(e) => {
            let gauge = e.gauge.as_ref().map(|gauge| format!("  {gauge}")).unwrap_or_default();
            format!("{} {}{gauge}", e.check, e.value)
        }
        What::StationUp(e) | What::CallAnswered(e) | What::CallWithdrawn(e) => {
            format!("{} min  {}", e.seconds / 60, e.why.as_deref().unwrap_or_default())
        }
        What::LabelReplaced(e) => e.label.to_string(),
        What::HourExplained(e) => speech.time(e.hour),
        What::NoteLeft(e) => crate::domain::text::clipped(&e.text, NOTE_MOST).into_owned(),
        What::BatchSplit(e) => format!("→ {}  x{}", e.into, e.took),
        What::BatchBegun(e) => format!("← {}", e.from),
        What::BatchJoined(e) => format!("← {}  x{}", e.from, e.brought),
        What::BatchMerged(e) => format!("→ {}", e.into),
        _ => String::new(),
    }
}

fn terms(speech: Speech, terms: &Terms) -> String {
    let words = [
        Some(terms.waives.code().word().to_owned()),
        terms.route.as_ref().map(ToString::to_string),
        terms.step.as_ref().map(ToString::to_string),
        terms.quantity.map(|n| format!("x{n}")),
        Some(format!("≤ {}", speech.time(terms.until))),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
