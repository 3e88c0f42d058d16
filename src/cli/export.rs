//! `traveller export`: the record in the forms that auditors, customers and other systems take.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::rc::Rc;

use jiff::tz::TimeZone;

use super::context::Context;
use super::export_args::{ExportArgs, Format};
use super::failure::{Failure, Outcome};
use super::lot_show::unknown;
use super::selection::Selection;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::{Badge, LotId, UnitId};
use crate::domain::route::Route;
use crate::domain::text::json_safe;
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::read::around::Record;
use crate::report::export::dossier::Dossier;
use crate::report::export::epcis::event::CONTEXT;
use crate::report::export::epcis::lots;
use crate::report::export::epcis::map::{self, Teller};
use crate::report::export::epcis::names::Names;
use crate::report::export::lot_copy::LotCopy;
use crate::report::export::pdf::{self, Pdf};
use crate::report::export::unit_copy::{UnitCopy, badges};
use crate::report::export::{csv, csv_lot, html, xes, xes_lot};
use crate::station::clock::StationClock;
use crate::station::config::Settings;
use crate::station::look::known_routes::KnownRoutes;

/// After so many units whoever watches is told how far it is.
const TOLD_EACH: u64 = 256;
/// Cartons that are kept in mind at once.
const CARTONS_MOST: usize = 100_000;
/// People that are kept in mind at once.
const NAMES_MOST: usize = 10_000;

pub(super) fn run(cx: &mut Context<'_>, args: &ExportArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    match &args.to {
        None => write(&cx.settings, &reader, args, cx.out)?,
        Some(file) => {
            let mut out = BufWriter::new(made(file)?);
            write(&cx.settings, &reader, args, &mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
    }
    Ok(Outcome::Done)
}

/// A new file: nothing that is there is written over.
fn made(path: &Path) -> Result<std::fs::File, Failure> {
    OpenOptions::new().write(true).create_new(true).open(path).map_err(|e| {
        let what = format!("{} could not be made: {e}", path.display());
        if e.kind() == io::ErrorKind::AlreadyExists {
            Failure::wrong_use(what, "name another file with --to")
        } else {
            Failure::wrong_use(what, "name a file in a directory that you may write")
        }
    })
}

fn write(cx: &Settings, reader: &Reader, args: &ExportArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let now = StationClock::of_machine()?.read().at;
    let mut export =
        Export { copies: Copies::new(reader), watcher: Watcher::of(args), selection: selection(args), out };
    match args.format {
        Format::Json => {
            if let Some(lot) = export.lot()? {
                writeln!(export.out, "{}", json_safe(&lot.json().map_err(io::Error::from)?))?;
            }
            export.each(|out, copy| {
                let line = copy.json().map_err(io::Error::from)?;
                Ok(writeln!(out, "{}", json_safe(&line))?)
            })?;
        }
        Format::Csv => {
            export.out.write_all(csv::HEADS.as_bytes())?;
            if let Some(lot) = export.lot()? {
                export.out.write_all(csv_lot::rows(&lot).as_bytes())?;
            }
            export.each(|out, copy| Ok(out.write_all(csv::rows(&copy.document).as_bytes())?))?;
        }
        Format::Html => {
            export.out.write_all(html::head(&about(args, now)).as_bytes())?;
            if let Some(lot) = export.lot()? {
                let dossier = Dossier::of_lot(&lot).map_err(io::Error::from)?;
                export.out.write_all(html::dossier(&dossier).as_bytes())?;
            }
            export.each(|out, copy| {
                let dossier = Dossier::of(copy).map_err(io::Error::from)?;
                Ok(out.write_all(html::dossier(&dossier).as_bytes())?)
            })?;
            // After the units, so that all that is told of them lies below a head.
            export.out.write_all(html::end(&reader.heads()?)?.as_bytes())?;
        }
        Format::Pdf => pdf(&mut export, args, now)?,
        Format::Epcis => epcis(&mut export, args, (cx.work.calendar.zone(), now))?,
        Format::Xes => {
            export.out.write_all(xes::head(now).as_bytes())?;
            if let Some(lot) = export.lot()? {
                export.out.write_all(xes_lot::trace(&lot.document, &lot.events).as_bytes())?;
            }
            export.each_record(|out, record, route| {
                Ok(out.write_all(xes::trace(&record.traveller, route, &record.events).as_bytes())?)
            })?;
            export.out.write_all(xes::END.as_bytes())?;
        }
    }
    export.watcher.end();
    Ok(())
}

fn selection(args: &ExportArgs) -> Selection<'_> {
    let (route, order, lot) = (args.route.as_ref(), args.order.as_ref(), args.lot.as_ref());
    Selection { units: &args.units, route, order, lot, from: args.since, before: None }
}

/// A PDF, which is made as a whole.
fn pdf(export: &mut Export<'_>, args: &ExportArgs, now: At) -> Result<(), Failure> {
    if args.to.is_none() && io::stdout().is_terminal() {
        return Err(Failure::wrong_use("a PDF is nothing for a terminal to show", "name a file with --to"));
    }
    let mut pdf = Pdf::new(&about(args, now), now);
    if let Some(lot) = export.lot()? {
        pdf.add(&Dossier::of_lot(&lot).map_err(io::Error::from)?);
    }
    let mut units = 0;
    export.each(|_out, copy| {
        units += 1;
        if units > pdf::UNITS_MOST {
            let what = format!("a PDF holds {} units, and here are more", pdf::UNITS_MOST);
            return Err(Failure::wrong_use(what, "choose fewer, or export them as html, which has no limit"));
        }
        pdf.add(&Dossier::of(copy).map_err(io::Error::from)?);
        Ok(())
    })?;
    let heads = export.copies.reader.heads()?;
    Ok(export.out.write_all(&pdf.finish(&heads)?)?)
}

/// An EPCIS document, written event by event.
fn epcis(export: &mut Export<'_>, args: &ExportArgs, (zone, now): (&TimeZone, At)) -> Result<(), Failure> {
    let mut names = Names::new(&args.base);
    export.copies.each_route(|route| names.know(route))?;
    let begin = format!(
        "{{\"@context\":[\"{CONTEXT}\"],\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\
         \"creationDate\":\"{now}\",\"epcisBody\":{{\"eventList\":["
    );
    export.out.write_all(begin.as_bytes())?;
    let mut cartons: BTreeSet<String> = BTreeSet::new();
    let mut between = "\n";
    let own = export.lot()?.map(|lot| lots::events((&names, zone), &lot.document.lot, &lot.events));
    for event in own.into_iter().flatten() {
        let text = serde_json::to_string(&event).map_err(io::Error::from)?;
        write!(export.out, "{between}{}", json_safe(&text))?;
        between = ",\n";
    }
    export.each_record(|out, record, route| {
        let teller = Teller { names: &names, zone, route };
        for event in map::events(&teller, &record.traveller, &record.events) {
            // All units of a carton tell that it left.
            if event.biz_step == Some("shipping") && !cartons.insert(event.id.clone()) {
                continue;
            }
            if cartons.len() > CARTONS_MOST {
                cartons.clear();
            }
            let text = serde_json::to_string(&event).map_err(io::Error::from)?;
            write!(out, "{between}{}", json_safe(&text))?;
            between = ",\n";
        }
        Ok(())
    })?;
    Ok(export.out.write_all(b"\n]}}\n")?)
}

/// What the page is about.
fn about(args: &ExportArgs, now: At) -> Vec<(String, String)> {
    let mut facts = vec![("made".to_owned(), now.to_string())];
    let mut also = |name: &str, says: Option<String>| facts.extend(says.map(|says| (name.to_owned(), says)));
    also("route", args.route.as_ref().map(ToString::to_string));
    also("order", args.order.as_ref().map(ToString::to_string));
    also("lot", args.lot.as_ref().map(ToString::to_string));
    also("changed since", args.since.map(|since| since.to_string()));
    facts
}

/// What is under way.
struct Export<'a> {
    copies: Copies<'a>,
    watcher: Watcher,
    selection: Selection<'a>,
    out: &'a mut dyn Write,
}

impl Export<'_> {
    /// The record of the lot that was asked for, which comes before its units.
    fn lot(&mut self) -> Result<Option<LotCopy>, Failure> {
        self.selection.lot.map(|lot| self.copies.lot(lot)).transpose()
    }

    /// Goes through the records, one in memory at a time.
    fn each_record(
        &mut self,
        mut write: impl FnMut(&mut dyn Write, Record, &Route) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Self { copies, watcher, selection, out } = self;
        selection.each(copies.reader, |unit| {
            watcher.next();
            let Some((record, route)) = copies.record(unit)? else { return Ok(()) };
            write(&mut **out, record, &route)
        })
    }

    /// Goes through the copies of records, one in memory at a time.
    fn each(&mut self, mut write: impl FnMut(&mut dyn Write, &UnitCopy) -> Result<(), Failure>) -> Result<(), Failure> {
        let Self { copies, watcher, selection, out } = self;
        selection.each(copies.reader, |unit| {
            watcher.next();
            let Some(copy) = copies.of(unit)? else { return Ok(()) };
            write(&mut **out, &copy)
        })
    }
}

/// Makes copies of records, and keeps in mind what many of them share.
pub(super) struct Copies<'r> {
    reader: &'r Reader,
    routes: KnownRoutes,
    names: BTreeMap<Badge, String>,
}

impl<'r> Copies<'r> {
    pub(super) fn new(reader: &'r Reader) -> Self {
        Self { reader, routes: KnownRoutes::default(), names: BTreeMap::new() }
    }

    /// Every released route; of each the newest comes last.
    fn each_route(&mut self, mut visit: impl FnMut(&Route)) -> Result<(), Fault> {
        for listed in self.reader.routes()?.into_iter().rev() {
            visit(&*self.routes.get(self.reader, &listed.release.route, &listed.release.revision)?);
        }
        Ok(())
    }

    /// The record of a unit, with its route; none of one that never began.
    fn record(&mut self, unit: &UnitId) -> Result<Option<(Record, Rc<Route>)>, Fault> {
        let Some(record) = self.reader.record(unit)? else { return Ok(None) };
        let Some((route, revision)) = &record.traveller.route else { return Ok(None) };
        let route = self.routes.get(self.reader, route, revision)?;
        Ok(Some((record, route)))
    }

    /// The copy of a unit's record; none of one that never began.
    fn of(&mut self, unit: &UnitId) -> Result<Option<UnitCopy>, Fault> {
        let Some((record, route)) = self.record(unit)? else { return Ok(None) };
        self.meet(&record.events)?;
        UnitCopy::of(record, &route, &self.names)
    }

    /// The copy of a lot's record.
    pub(super) fn lot(&mut self, lot: &LotId) -> Result<LotCopy, Failure> {
        let record = self.reader.lot_record(lot)?.ok_or_else(|| unknown(lot))?;
        self.meet(&record.events)?;
        Ok(LotCopy::of(record, &self.names))
    }

    /// Looks up the names of the people in a record.
    fn meet(&mut self, events: &[Event]) -> Result<(), Fault> {
        for badge in badges(events) {
            if self.names.len() >= NAMES_MOST {
                self.names.clear();
            }
            if !self.names.contains_key(&badge)
                && let Some(person) = self.reader.person(&badge)?
            {
                self.names.insert(badge, person.name);
            }
        }
        Ok(())
    }
}

/// Tells whoever watches how far it is.
struct Watcher {
    watches: bool,
    units: u64,
}

impl Watcher {
    fn of(args: &ExportArgs) -> Self {
        let is_shown = args.to.is_none() && io::stdout().is_terminal();
        Self { watches: io::stderr().is_terminal() && !is_shown, units: 0 }
    }

    fn next(&mut self) {
        self.units += 1;
        if self.watches && self.units.is_multiple_of(TOLD_EACH) {
            self.tell("\r");
        }
    }

    fn end(&self) {
        if self.watches {
            self.tell("\n");
        }
    }

    fn tell(&self, end: &str) {
        // Where it cannot be told nobody watches.
        let _unread = write!(io::stderr().lock(), "\r{} units{end}", self.units);
    }
}
