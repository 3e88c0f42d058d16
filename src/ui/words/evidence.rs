//! What a refusal rests on, as words: one field for a sentence, or all of it in a line.

use super::misread;
use super::speech::Speech;
use crate::app::lang::Lang;
use crate::domain::event::Link;
use crate::domain::permit::Hinders;
use crate::domain::refusal::{Evidence, NO_PIN_YET};
use crate::domain::station::PIECES;
use crate::domain::text::display_safe;

/// The fields that sentences may name.
#[cfg(test)]
pub(super) const FIELDS: [&str; 46] = [
    "unit",
    "route",
    "revision",
    "step",
    "due_step",
    "due_station",
    "station",
    "check",
    "point",
    "value",
    "limits",
    "part",
    "found_part",
    "lot",
    "serial",
    "in_unit",
    "carton",
    "in_carton",
    "shipment",
    "first",
    "needed",
    "left",
    "pieces",
    "of_pieces",
    "expired",
    "qualification",
    "gauge",
    "kind",
    "found_kind",
    "order",
    "load",
    "since",
    "standing",
    "role",
    "until",
    "tries",
    "allowed",
    "reason",
    "label",
    "fits",
    "events",
    "at",
    "field",
    "why",
    "remedy",
    "permit",
];

/// One field of the evidence, where it is there. A person's badge is never part of a sentence.
pub(super) fn field(speech: Speech, of: &Evidence, name: &str) -> Option<String> {
    fn text<T: ToString>(value: Option<&T>) -> Option<String> {
        value.map(ToString::to_string)
    }
    let said = match name {
        "unit" => text(of.unit.as_ref()),
        "route" => text(of.route.as_ref()),
        "revision" => text(of.revision.as_ref()),
        "step" => text(of.step.as_ref()),
        "due_step" => text(of.due_step.as_ref()),
        "due_station" => text(of.due_station.as_ref()),
        "station" => text(of.station.as_ref()),
        "check" => text(of.check.as_ref()),
        "point" => text(of.point.as_ref()),
        "value" => text(of.value.as_ref()),
        "limits" => text(of.limits.as_ref()),
        "part" => text(of.part.as_ref()),
        "found_part" => text(of.found_part.as_ref()),
        "lot" => text(of.lot.as_ref()),
        "serial" => text(of.serial.as_ref()),
        "in_unit" => text(of.in_unit.as_ref()),
        "carton" => text(of.carton.as_ref()),
        "in_carton" => text(of.in_carton.as_ref()),
        "shipment" => text(of.shipment.as_ref()),
        "first" => text(of.first.as_ref()),
        "needed" => text(of.needed.as_ref()),
        "left" => text(of.left.as_ref()),
        "pieces" => text(of.pieces.as_ref()),
        // Nothing to say, but that the question is how many.
        "of_pieces" => (of.field.as_deref() == Some(PIECES)).then(String::new),
        "expired" => text(of.expired.as_ref()),
        "qualification" => text(of.qualification.as_ref()),
        "gauge" => text(of.gauge.as_ref()),
        "kind" => text(of.kind.as_ref()),
        "found_kind" => text(of.found_kind.as_ref()),
        "order" => text(of.order.as_ref()),
        "load" => text(of.load.as_ref()),
        "since" => text(of.since.as_ref()),
        "tries" => text(of.tries.as_ref()),
        "allowed" => text(of.allowed.as_ref()),
        "reason" => text(of.reason.as_ref()),
        "standing" => of.reason.as_deref().map(|word| standing(speech.lang, word).unwrap_or(word).to_owned()),
        "label" => text(of.label.as_ref()),
        "fits" => (!of.fits.is_empty()).then(|| of.fits.join(", ")),
        "events" => (!of.events.is_empty()).then(|| named(&of.events)),
        "role" => of.role.map(|r| speech.role(r).to_owned()),
        "until" => of.until.map(|at| speech.time(at)),
        "at" => of.at.map(|at| speech.time(at)),
        "field" => of.field.as_deref().map(|key| misread::field(speech.lang, key)),
        "permit" => of.permit.as_ref().map(|p| format!("{} ({})", p.permit, hinders(speech.lang, p.because))),
        "why" => misread::why(speech.lang, of),
        "remedy" => misread::remedy(speech.lang, of).or_else(|| first_pin(speech.lang, of)),
        _ => None,
    }?;
    Some(display_safe(&said).into_owned())
}

/// Events by their short names, in the order of these.
pub fn named<'l>(events: impl IntoIterator<Item = &'l Link>) -> String {
    let mut names: Vec<String> = events.into_iter().map(Link::short).collect();
    names.sort();
    names.join(", ")
}

/// What to do where nobody has a PIN.
fn first_pin(lang: Lang, of: &Evidence) -> Option<String> {
    let text = match lang {
        Lang::English => "Call whoever set up the terminal: one lead gets a PIN first (operator pin --recover).",
        Lang::German => "Den Einrichter rufen: Zuerst bekommt ein Leiter eine PIN (operator pin --recover).",
    };
    (of.reason.as_deref() == Some(NO_PIN_YET)).then(|| text.to_owned())
}

/// Where a lot or a gauge stands, as people say it. The record has it as a word.
fn standing(lang: Lang, word: &str) -> Option<&'static str> {
    let (english, german) = match word {
        "quarantined" => ("it waits for its inspection", "sie wartet auf ihre Prüfung"),
        "not-inspected" => ("it was not inspected", "sie wurde nicht geprüft"),
        "held" => ("it is on hold", "sie ist gesperrt"),
        "rejected" => ("it is rejected", "sie ist abgelehnt"),
        "out-of-tolerance" => ("it was out of tolerance", "es war außerhalb der Toleranz"),
        NO_PIN_YET => ("nobody has one since the restore", "seit der Wiederherstellung hat niemand eine"),
        "retired" => ("it is out of use", "es ist außer Betrieb"),
        _ => return None,
    };
    Some(match lang {
        Lang::English => english,
        Lang::German => german,
    })
}

/// Why a permit does not help, as people say it.
fn hinders(lang: Lang, because: Hinders) -> &'static str {
    let (english, german) = match because {
        Hinders::OtherStep => ("for another step", "für einen anderen Schritt"),
        Hinders::OtherUnits => ("for other units", "für andere Teile"),
        Hinders::Closed => ("closed", "geschlossen"),
        Hinders::Expired => ("run out", "abgelaufen"),
        Hinders::ClockUntrusted => ("the clock is in doubt", "die Uhr ist unsicher"),
        Hinders::Used => ("used up", "verbraucht"),
    };
    match lang {
        Lang::English => english,
        Lang::German => german,
    }
}

/// All that a refusal rests on, in one line, for whoever wants to know why.
pub(super) fn line(speech: Speech, of: &Evidence) -> String {
    const NAMES: [(&str, &str, &str); 23] = [
        ("check", "check", "Prüfung"),
        ("value", "value", "Wert"),
        ("limits", "limits", "Grenzen"),
        ("order", "order", "Auftrag"),
        ("qualification", "qualification", "Qualifikation"),
        ("gauge", "gauge", "Messgerät"),
        ("kind", "needed", "gebraucht"),
        ("found_kind", "found", "gefunden"),
        ("part", "needed", "gebraucht"),
        ("found_part", "found", "gefunden"),
        ("lot", "lot", "Charge"),
        ("serial", "component", "Komponente"),
        ("in_unit", "in", "in"),
        ("carton", "carton", "Karton"),
        ("in_carton", "in carton", "in Karton"),
        ("shipment", "shipment", "Lieferung"),
        ("expired", "expired", "abgelaufen"),
        ("standing", "reason", "Grund"),
        ("label", "label", "Etikett"),
        ("events", "events", "Ereignisse"),
        ("why", "because", "Ursache"),
        ("at", "recorded", "erfasst"),
        ("permit", "permit", "Sonderfreigabe"),
    ];
    let mut parts = Vec::new();
    for (name, english, german) in NAMES {
        let Some(mut value) = field(speech, of, name) else { continue };
        if let ("check", Some(point)) = (name, &of.point) {
            value = format!("{value} {point}");
        }
        let word = match speech.lang {
            Lang::English => english,
            Lang::German => german,
        };
        parts.push(format!("{word} {value}"));
    }
    parts.extend(of.by.as_ref().map(|by| match speech.lang {
        Lang::English => format!("by {by}"),
        Lang::German => format!("von {by}"),
    }));
    parts.join(" • ")
}
