//! What befell a lot as a trace of a log in XES: its receipt, what was found and decided, where it was loaded, and each
//! unit that took of it.

use super::xes::{event_begins, string};
use crate::domain::event::Event;
use crate::report::lot_document::LotDocument;

/// The trace of a lot.
pub fn trace(document: &LotDocument, events: &[Event]) -> String {
    let mut trace = String::from("<trace>\n");
    string(&mut trace, "concept:name", document.lot.as_str());
    let mut fact = |key: &str, says: Option<String>| {
        if let Some(says) = says {
            string(&mut trace, key, &says);
        }
    };
    fact("part", document.part.as_ref().map(ToString::to_string));
    fact("supplier", document.supplier.clone());
    fact("expires", document.expires.map(|day| day.to_string()));
    fact("state", Some(document.state.to_owned()));
    // The history is in the order of the events, and leaves out what tells nothing of the lot.
    let mut history = document.history.iter().peekable();
    for event in events {
        let link = event.stamp.link();
        let Some(entry) = history.next_if(|entry| entry.event == link) else { continue };
        let (name, transition) = activity(entry.what);
        event_begins(&mut trace, event, name, transition);
        let about = [
            ("unit", entry.unit.as_ref().map(ToString::to_string)),
            ("step", entry.step.as_ref().map(ToString::to_string)),
            ("quantity", entry.quantity.map(|quantity| quantity.to_string())),
            ("result", entry.result.map(str::to_owned)),
            ("how", entry.how.map(str::to_owned)),
        ];
        for (key, says) in about {
            if let Some(says) = says {
                string(&mut trace, key, &says);
            }
        }
        trace.push_str("</event>\n");
    }
    trace.push_str("</trace>\n");
    trace
}

/// What is called so in a lot's history, as an activity, and what it is to that.
fn activity(what: &'static str) -> (&'static str, &'static str) {
    match what {
        "received" => ("Received", "complete"),
        "inspected" => ("Inspected", "complete"),
        "held" => ("Hold", "start"),
        "released" => ("Hold", "complete"),
        "rejected" => ("Rejected", "complete"),
        "opened" => ("Open", "start"),
        "sealed" => ("Open", "complete"),
        "loaded" => ("Loaded", "complete"),
        "drawn" => ("Used", "complete"),
        "taken-back" => ("Taken back", "complete"),
        other => (other, "complete"),
    }
}
