//! What arrives at the inspector, and what it changes.

use super::completion::Words;
use super::found::{Found, Hit};
use super::keys;
use super::model::{Effect, Focus, Look, Model, Note, Standing};
use super::page::{Cursor, Open, PAGES_MOST, Page, Tab, UnitPage};
use super::record::{Looked, StreamRow, Wanted};
use super::things::LotPage;
use crate::app::msg::Key;
use crate::app::port::Fault;

/// Something that arrived.
#[derive(Debug)]
pub enum Msg {
    /// A key, or a character of a scanner that types.
    Key(Key),
    /// Hits of a search.
    Found(Found),
    /// What a look brought, or the machine failed at it.
    Looked {
        /// Which look.
        request: u64,
        /// What it brought.
        outcome: Result<Looked, Fault>,
    },
    /// How far the chains were computed anew, by which look, and whether that is done.
    Verified(u64, Vec<StreamRow>, bool),
    /// The machine failed at a search.
    Failed(Fault),
    /// Where the ledger stands now.
    Standing(Standing),
    /// Somebody recorded something: what shows may stand otherwise now.
    Changed,
    /// The words of the ledger.
    Words(Words),
    /// What shows was written to a file.
    Exported(Result<String, Fault>),
    /// Another file lies where the ledger lay.
    Replaced,
    /// The terminal has another size.
    Resized,
    /// The program is to end.
    Quit,
}

/// Takes what arrived.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => keys::press(model, key, &mut effects),
        Msg::Found(found) => take(model, found, &mut effects),
        Msg::Looked { request, outcome } => {
            if let Some((asked, look)) = model.looking.take_if(|(asked, _)| *asked == request) {
                looked(model, look, asked, outcome);
            }
        }
        Msg::Verified(_, streams, _) => {
            if let Some(Open { page: Page::Ledger(shown), .. }) = model.pages.last_mut()
                && shown.iter().any(|stream| stream.computed.is_some())
            {
                *shown = streams;
            }
        }
        Msg::Failed(fault) | Msg::Exported(Err(fault)) => model.note = Some(Note::Failed(fault)),
        Msg::Standing(standing) => model.standing = Some(standing),
        Msg::Changed => again(model, &mut effects),
        Msg::Words(words) => model.words = words,
        Msg::Exported(Ok(file)) => model.note = Some(Note::Exported(file)),
        Msg::Replaced => model.note = Some(Note::Replaced),
        Msg::Resized => {}
        Msg::Quit => effects.push(Effect::Quit),
    }
    effects
}

/// The first thing that is asked: the newest units, or what was named on the command line.
pub fn begin(model: &mut Model, line: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    line.clone_into(&mut model.line);
    model.find.enter = !line.is_empty();
    model.search(&mut effects);
    effects
}

fn take(model: &mut Model, found: Found, effects: &mut Vec<Effect>) {
    if found.request != model.find.request {
        return;
    }
    let find = &mut model.find;
    // The cursor stays with what it is on, wherever that is now.
    let on = find.hits.get(find.cursor.at).filter(|_| find.cursor.at > 0);
    if let Some(place) = on.and_then(|on| found.hits.iter().position(|hit| hit.is_same(on))) {
        let moved = place.saturating_sub(find.cursor.at);
        find.cursor = Cursor { at: place, top: find.cursor.top + moved };
    }
    (find.hits, find.reach) = (found.hits, Some(found.reach));
    if find.enter {
        enter(model, effects);
    }
}

/// Opens what was meant, where that is certain; else the list has the keys.
pub(super) fn enter(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(reach) = model.find.reach else {
        model.find.enter = true;
        return;
    };
    let whole = |hit: &&Hit| model.find.query.parts.iter().any(|part| hit.number().eq_ignore_ascii_case(part));
    let hits = &model.find.hits;
    let named = hits.iter().find(whole).or_else(|| hits.first().filter(|_| hits.len() == 1 && !reach.going));
    if named.is_none() && reach.going {
        model.find.enter = true;
        model.focus = Focus::List;
        return;
    }
    model.find.enter = false;
    model.focus = Focus::List;
    if let Some(hit) = named.cloned() {
        open(model, &hit, effects);
    }
}

/// Opens a hit.
pub(super) fn open(model: &mut Model, hit: &Hit, effects: &mut Vec<Effect>) {
    let narrowed = |name: &str, number: String| format!("{name}:{number} ");
    let wanted = match hit {
        Hit::Unit(hit) => Wanted::Unit(hit.unit.clone()),
        Hit::Component { unit, .. } => Wanted::Unit(unit.clone()),
        Hit::Lot { lot, .. } => Wanted::Lot(lot.clone()),
        Hit::Load { load } => Wanted::Load(load.clone()),
        Hit::Refusal(hit) => Wanted::Event(hit.id.clone()),
        Hit::Event(logged) => Wanted::Event(logged.id.clone()),
        Hit::Order { order, .. } => {
            model.line = narrowed("order", order.to_string());
            return model.search(effects);
        }
        Hit::Person { badge, .. } => {
            model.line = narrowed("op", badge.to_string());
            return model.search(effects);
        }
        Hit::Gauge { gauge, .. } => Wanted::Used(gauge.to_string()),
    };
    model.look(wanted, Look::Over, effects);
}

fn looked(model: &mut Model, look: Look, _request: u64, outcome: Result<Looked, Fault>) {
    let page = match outcome {
        Ok(Looked::Nothing) => return model.note = Some(Note::NotThere),
        Err(fault) => return model.note = Some(Note::Failed(fault)),
        Ok(Looked::Unit(record)) => Page::Unit(Box::new(UnitPage {
            record: *record,
            tab: Tab::Record,
            cursors: [Cursor::default(); Tab::ALL.len()],
        })),
        Ok(Looked::Lot(look)) => Page::Lot(Box::new(LotPage::new(*look))),
        Ok(Looked::Load(load)) => Page::Load(load),
        Ok(Looked::Used(used)) => Page::Used(used),
        Ok(Looked::Event(logged)) => Page::Event(logged),
        Ok(Looked::Ledger(streams)) => Page::Ledger(streams),
    };
    match (look, model.pages.last_mut()) {
        (Look::Again, Some(open)) => refresh(open, page),
        (Look::Beside, Some(open)) => *open = Open { page, cursor: Cursor::default() },
        (Look::Again, None) => {}
        (Look::Over, _) | (Look::Beside, None) => {
            if model.pages.len() >= PAGES_MOST {
                model.pages.remove(0);
            }
            model.pages.push(Open { page, cursor: Cursor::default() });
        }
    }
    model.focus = Focus::List;
}

/// The same page as the ledger has it now. Whoever stood at its end sees what came.
fn refresh(open: &mut Open, page: Page) {
    match (&mut open.page, page) {
        (Page::Unit(old), Page::Unit(new)) if old.record.unit == new.record.unit => {
            let stood_at_end = open.cursor.at + 1 == old.record.events.len() && old.tab == Tab::Record;
            old.record = new.record;
            if stood_at_end {
                open.cursor.at = old.record.events.len().saturating_sub(1);
            }
        }
        (Page::Lot(old), Page::Lot(new)) if old.look.lot == new.look.lot => {
            let stood_at_end = open.cursor.at + 1 == old.look.events.len() && old.tab == Tab::Record;
            old.look = new.look;
            if stood_at_end {
                open.cursor.at = old.look.events.len().saturating_sub(1);
            }
        }
        (old, new) if std::mem::discriminant(&*old) == std::mem::discriminant(&new) => *old = new,
        (_another, _late) => {}
    }
}

/// Reads again what shows. A search that goes on has its place in the ledger and is left to it.
fn again(model: &mut Model, effects: &mut Vec<Effect>) {
    let is_at_rest = model.find.request > 0 && model.find.reach.is_none_or(|reach| !reach.going);
    match model.page().map(|open| open.page.wanted()) {
        Some(Some(wanted)) if model.looking.is_none() => model.look(wanted, Look::Again, effects),
        None if is_at_rest => {
            model.requests += 1;
            model.find.request = model.requests;
            effects.push(Effect::Search(model.requests, model.find.query.clone()));
        }
        Some(_) | None => {}
    }
}
