//! What was done to units as a log in XES (IEEE 1849-2016), for tools that mine processes: a trace for each unit, an
//! event for each beginning and end of a step, and for what else befell it.

use std::fmt::Write as _;

use crate::domain::event::Event;
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::traveller::Traveller;
use crate::domain::what::What;
use crate::report::sheet::svg::escaped;

/// The end of the log.
pub const END: &str = "</log>\n";

/// The log up to its first trace: which attributes every event has, and what tells events apart.
pub fn head(made: At) -> String {
    let extension = |name: &str, prefix: &str| {
        format!(
            "<extension name=\"{name}\" prefix=\"{prefix}\" uri=\"http://www.xes-standard.org/{prefix}.xesext\"/>\n"
        )
    };
    let mut head = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // The schema of IEEE 1849-2016 has no namespace, and its version is a decimal.
    head.push_str("<log xes.version=\"1849.2016\">\n");
    for (name, prefix) in
        [("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org")]
    {
        head.push_str(&extension(name, prefix));
    }
    head.push_str("<global scope=\"trace\">\n<string key=\"concept:name\" value=\"\"/>\n</global>\n");
    head.push_str("<global scope=\"event\">\n<string key=\"concept:name\" value=\"\"/>\n");
    head.push_str("<date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000Z\"/>\n");
    head.push_str("<string key=\"lifecycle:transition\" value=\"complete\"/>\n</global>\n");
    head.push_str("<classifier name=\"Activity\" keys=\"concept:name\"/>\n");
    head.push_str("<classifier name=\"ActivityAndLifecycle\" keys=\"concept:name lifecycle:transition\"/>\n");
    head.push_str("<string key=\"concept:name\" value=\"Traveller\"/>\n");
    let _ok = writeln!(head, "<date key=\"time:timestamp\" value=\"{made}\"/>");
    head
}

/// The trace of a unit.
pub fn trace(traveller: &Traveller, route: &Route, events: &[Event]) -> String {
    let mut trace = String::from("<trace>\n");
    let unit = traveller.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    string(&mut trace, "concept:name", &unit);
    string(&mut trace, "route", route.id.as_str());
    string(&mut trace, "revision", route.revision.as_str());
    if let Some(order) = &traveller.order {
        string(&mut trace, "order", order.as_str());
    }
    string(&mut trace, "state", traveller.state().word());
    for event in events {
        if let Some((name, transition)) = activity(event, route) {
            write_event(&mut trace, event, &name, transition);
        }
    }
    trace.push_str("</trace>\n");
    trace
}

/// What an event is called in the log, and what it is to its activity. What is recorded within a step is no activity.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds begin or end an activity")]
fn activity(event: &Event, route: &Route) -> Option<(String, &'static str)> {
    let step = event.about.step.as_ref();
    let titled = || step.and_then(|id| route.step(id)).map(|step| format!("{} {}", step.id, step.title));
    let named = || titled().or_else(|| step.map(ToString::to_string));
    match &event.what {
        What::UnitOpened(_) => Some((named()?, "start")),
        What::StepPassed(_) | What::StepSkipped(_) => Some((named()?, "complete")),
        What::StepFailed(_) => Some((named()?, "ate_abort")),
        What::UnitHeld(_) => Some(("Hold".to_owned(), "start")),
        What::HoldReleased(_) => Some(("Hold".to_owned(), "complete")),
        What::Disposed(_) => Some(("Disposition".to_owned(), "complete")),
        What::SentBack(_) => Some(("Sent back".to_owned(), "complete")),
        What::UnitPacked(_) => Some(("Packed".to_owned(), "complete")),
        What::UnitDispatched(_) => Some(("Dispatched".to_owned(), "complete")),
        What::UnitReturned(_) => Some(("Returned".to_owned(), "complete")),
        _ => None,
    }
}

fn write_event(trace: &mut String, event: &Event, name: &str, transition: &str) {
    event_begins(trace, event, name, transition);
    let _ok = writeln!(trace, "<int key=\"attempt\" value=\"{}\"/>", event.about.attempt.unwrap_or(1));
    trace.push_str("</event>\n");
}

/// An event up to what only events of its subject have.
pub(super) fn event_begins(trace: &mut String, event: &Event, name: &str, transition: &str) {
    let about = &event.about;
    trace.push_str("<event>\n");
    string(trace, "concept:name", name);
    string(trace, "lifecycle:transition", transition);
    let at = about.happened.unwrap_or(event.stamp.at);
    let _ok = writeln!(trace, "<date key=\"time:timestamp\" value=\"{at}\"/>");
    if let Some(by) = &about.by {
        string(trace, "org:resource", by.as_str());
    }
    string(trace, "kind", event.what.kind());
    if let Some(station) = &about.station {
        string(trace, "station", station.as_str());
    }
    if let Some(reason) = &about.reason {
        string(trace, "reason", reason);
    }
}

/// A text attribute. What may not stand in XML is written out.
pub(super) fn string(trace: &mut String, key: &str, value: &str) {
    let value = escaped(&crate::domain::text::display_safe(value));
    let _ok = writeln!(trace, "<string key=\"{}\" value=\"{value}\"/>", escaped(key));
}
