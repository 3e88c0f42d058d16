//! An event as it was recorded: what it says, where it came from, its bytes, and whether its hash holds.

use super::said::{how, said};
use crate::app::inspect::found::event_name;
use crate::app::inspect::record::Logged;
use crate::domain::event::Link;
use crate::domain::label::Raw;
use crate::domain::route::Route;
use crate::domain::time::Clock;
use crate::domain::what::What;
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::look::Look;
use crate::ui::wrap::wrap;

/// Cells of the names of fields.
const NAME_CELLS: u16 = 11;

/// Its lines, as wide as that.
pub(super) fn rows(pen: &Pen<'_>, logged: &Logged, route: Option<&Route>, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    let room = usize::from(width.saturating_sub(NAME_CELLS + 1));
    for (name, text, tone) in fields(pen, logged, route) {
        let mut name = Some(pen.say(name));
        for line in wrap(&crate::domain::text::display_safe(&text), room.max(8)) {
            let row = Row::default().put(1, NAME_CELLS - 1, name.take().unwrap_or_default(), Tone::Plain);
            rows.push(row.put(NAME_CELLS + 1, u16::MAX, line, tone));
        }
    }
    let bytes: Vec<char> = crate::domain::text::display_safe(&logged.body).chars().collect();
    let head = format!("{} {}", pen.say(Look::FieldBytes), logged.body.len());
    rows.push(Row::line(head, Tone::Plain));
    let full = usize::from(width.saturating_sub(2)).max(8);
    rows.extend(bytes.chunks(full).map(|line| Row::line(line.iter().collect::<String>(), Tone::Plain)));
    rows
}

type Field = (Look, String, Tone);

fn fields(pen: &Pen<'_>, logged: &Logged, route: Option<&Route>) -> Vec<Field> {
    let (stamp, about, what) = (&logged.event.stamp, &logged.event.about, &logged.event.what);
    let (text, trouble) = said(pen.speech, logged, route);
    let tone = if trouble { Tone::Trouble } else { Tone::Strong };
    let act = if stamp.act == stamp.seq { String::new() } else { format!("  (act {})", stamp.act) };
    let mut all = vec![
        (Look::FieldSays, text, tone),
        (Look::FieldEvent, format!("{}{act}", event_name(&logged.id)), Tone::Plain),
        (Look::FieldKind, format!("{} v{}", what.kind(), what.version()), Tone::Plain),
        (Look::FieldAt, format!("{}   {}", stamp.at, pen.speech.time(stamp.at)), Tone::Plain),
        clocks(logged),
    ];
    let mut add = |name: Look, text: Option<String>| {
        all.extend(text.filter(|text| !text.is_empty()).map(|text| (name, text, Tone::Plain)));
    };
    add(Look::FieldAbout, Some(subject(logged)));
    let auth = about.auth.map(|auth| serde_json::to_string(&auth).unwrap_or_default().trim_matches('"').to_owned());
    add(Look::FieldBy, about.by.as_ref().map(|by| format!("{by}  {}", auth.unwrap_or_default())));
    add(Look::FieldHow, about.how.as_ref().map(how));
    add(Look::FieldRaw, about.raw.as_ref().map(raw));
    add(Look::FieldReason, about.reason.clone());
    let links = [("", &about.builds_on), ("saw ", &about.saw), ("corrects ", &about.corrects)];
    let links: Vec<_> = links.iter().filter_map(|(word, l)| Some(format!("{word}{}", link(l.as_ref()?)))).collect();
    add(Look::FieldOn, Some(links.join("  ")));
    if let What::Refused(refused) = what {
        add(Look::FieldDo, Some(pen.speech.what_to_do(refused.code, &refused.evidence)));
        add(Look::FieldBasis, Some(pen.speech.evidence(&refused.evidence)));
    }
    add(Look::FieldGate, logged.event.cause.as_ref().map(|cause| cause.gate.to_string()));
    let before = logged.previous.clone().unwrap_or_else(|| pen.say(Look::NoBefore).to_owned());
    add(Look::FieldBefore, Some(before));
    all.push(chain(pen, logged));
    all
}

fn clocks(logged: &Logged) -> Field {
    let stamp = &logged.event.stamp;
    let trust = match stamp.clock {
        Clock::Synced => "synced",
        Clock::Held => "held",
        Clock::Doubt => "doubt",
    };
    let (seconds, tenths) = (stamp.mono / 1_000_000, stamp.mono / 100_000 % 10);
    let text = format!("{trust}  boot {}  {seconds}.{tenths} s", stamp.boot);
    (Look::FieldClock, text, if stamp.clock == Clock::Doubt { Tone::Trouble } else { Tone::Plain })
}

fn subject(logged: &Logged) -> String {
    let about = &logged.event.about;
    let route = about
        .route
        .as_ref()
        .map(|route| format!("{route}{}", about.revision.as_ref().map(|r| format!(" {r}")).unwrap_or_default()));
    let attempt = about.attempt.filter(|n| *n > 1).map(|n| format!(" #{n}")).unwrap_or_default();
    let all = [
        about.unit.as_ref().map(ToString::to_string),
        route,
        about.step.as_ref().map(|step| format!("{step}{attempt}")),
        about.station.as_ref().map(ToString::to_string),
        about.order.as_ref().map(ToString::to_string),
        about.permit.as_ref().map(ToString::to_string),
        about.load.clone(),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn raw(raw: &Raw) -> String {
    match raw {
        Raw::Text(text) => format!("\"{text}\""),
        Raw::Hex(hex) => format!("hex {hex}"),
        Raw::Long { prefix, bytes, sha256 } => format!("hex {prefix}… {bytes} bytes, SHA-256 {sha256}"),
    }
}

fn link(link: &Link) -> String {
    match link {
        Link::Here(seq) => seq.to_string(),
        Link::There(other) => format!("{}/{}/{}", other.0, other.1, other.2),
    }
}

fn chain(pen: &Pen<'_>, logged: &Logged) -> Field {
    let (verdict, tone) = if logged.holds { (Look::Holds, Tone::Plain) } else { (Look::DoesNotHold, Tone::Trouble) };
    (Look::FieldHash, format!("{} {}", logged.hash, pen.say(verdict)), tone)
}
