//! `traveller route check`, `release` and `withdraw`: route files are proven, released with their exact text, and taken
//! out of use.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::answer::{give_all, is_about_the_person, tell};
use super::args::{RouteCommand, Signed};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use super::route_list::{list, show};
use super::route_move;
use super::route_print::print;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::id::{Badge, Revision, RouteId, StationId};
use crate::domain::route::Route;
use crate::domain::way;
use crate::domain::what::Next;
use crate::ledger::Reader;
use crate::ledger::read::master::Released;
use crate::report::difference::difference;
use crate::route_file::bounds::FILE_BYTES_MOST;
use crate::route_file::{
    Checked, Finding, Handover, RouteFile, check, handovers, overlaps, parse, sha256, snippet, unserved,
};
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: RouteCommand) -> Result<Outcome, Failure> {
    match command {
        RouteCommand::Check { files } => {
            let files = or_all(cx, files)?;
            report(cx, &read_all(cx, &files)?)
        }
        RouteCommand::Release { files, by } => {
            let files = or_all(cx, files)?;
            release(cx, &files, &by)
        }
        RouteCommand::List => list(cx),
        RouteCommand::Show { route, revision } => show(cx, &route, revision.as_ref()),
        RouteCommand::Print { what, revision, html } => print(cx, &what, revision.as_ref(), html),
        RouteCommand::Move(args) => route_move::run(cx, args),
        RouteCommand::Withdraw { route, revision, signed: Signed { reason, by } } => {
            let mut clerk = cx.clerk(Make::Never)?;
            let with = cx.signed(&by)?;
            let about = named(&route, &revision);
            give_all(cx, &mut clerk, &with, [(about, Command::WithdrawRoute { route, revision, reason, by })])
        }
    }
}

/// A revision, as people call it.
pub(super) fn named(route: &RouteId, revision: &Revision) -> String {
    format!("route {route} revision {revision}")
}

/// The files that were named; where none was, every route file in the directory of routes, by name.
fn or_all(cx: &Context<'_>, named: Vec<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    if !named.is_empty() {
        return Ok(named);
    }
    let directory = &cx.settings.routes;
    let unread = |what: String| Failure::wrong_use(what, "name route files, or their directory with --routes");
    let entries = std::fs::read_dir(directory).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|e| unread(format!("{} could not be read: {e}", directory.display())))?;
    let is_route = |path: &PathBuf| path.extension().is_some_and(|e| e == "toml");
    let mut files: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).filter(is_route).collect();
    files.sort();
    if files.is_empty() { Err(unread(format!("there is no route file in {}", directory.display()))) } else { Ok(files) }
}

/// Reads and proves files, and holds them against the stations of the plant, where the configuration lists any; a file
/// that cannot be read at all is a wrong use.
pub(super) fn read_all(cx: &Context<'_>, files: &[PathBuf]) -> Result<Checked, Failure> {
    let most = u64::try_from(FILE_BYTES_MOST).unwrap_or(u64::MAX).saturating_add(1);
    let mut texts = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(most).read_to_end(&mut bytes))
            .map_err(|e| Failure::wrong_use(format!("{name} could not be read: {e}"), "name a route file"))?;
        texts.push((name, bytes));
    }
    let mut checked = check(texts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let served: BTreeSet<StationId> = cx.settings.stations.values().cloned().collect();
    if !served.is_empty() {
        checked.findings.extend(checked.files.iter().flat_map(|file| unserved(file, &served)));
    }
    Ok(checked)
}

/// What came of checking files, as scripts read it.
#[derive(Serialize)]
struct CheckAnswer<'a> {
    sound: bool,
    files: Vec<SoundFile<'a>>,
    findings: &'a [Finding],
    notes: &'a [Finding],
}

/// A file that is sound by itself.
#[derive(Serialize)]
struct SoundFile<'a> {
    file: &'a str,
    route: &'a RouteId,
    revision: &'a Revision,
    sha256: String,
    handovers: Vec<HandoverLine>,
}

/// A unit goes from one class of stations to another.
#[derive(Serialize)]
struct HandoverLine {
    from: Next,
    to: Next,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rework: bool,
}

impl<'a> SoundFile<'a> {
    fn of(file: &'a RouteFile) -> Self {
        let RouteFile { name, text, route, .. } = file;
        let handovers = handovers(route).iter().map(HandoverLine::of).collect();
        Self { file: name, route: &route.id, revision: &route.revision, sha256: sha256(text), handovers }
    }
}

impl HandoverLine {
    fn of(handover: &Handover<'_>) -> Self {
        Self { from: way::next(handover.from), to: way::next(handover.to), rework: handover.rework }
    }
}

/// Tells what was found; for scripts a finding is a line, for people it comes with the line of the file.
pub(super) fn report(cx: &mut Context<'_>, checked: &Checked) -> Result<Outcome, Failure> {
    let Checked { files, findings, notes } = checked;
    let outcome = if findings.is_empty() { Outcome::Done } else { Outcome::No };
    if cx.json {
        let files = files.iter().map(SoundFile::of).collect();
        json_line(cx.out, &CheckAnswer { sound: findings.is_empty(), files, findings, notes })?;
        return Ok(outcome);
    }
    let with_excerpt = io::stdout().is_terminal();
    let colour = with_excerpt && cx.environment.var("NO_COLOR").is_none_or(|v| v.is_empty());
    for finding in findings.iter().chain(notes) {
        tell_finding(cx.out, finding, with_excerpt, colour)?;
    }
    for file in files.iter().filter(|file| !findings.iter().any(|finding| finding.file == file.name)) {
        let named = named(&file.route.id, &file.route.revision);
        let and = if file.unenforced.is_empty() { "" } else { "; it cannot be released before all of it is enforced" };
        lines(cx.out, &format!("{}: {named} is sound{and}", file.name))?;
        if !cx.settings.stations.is_empty() {
            lines(cx.out, &format!("{}: every station is served; {}", file.name, handed_over(&file.route)))?;
        }
    }
    Ok(outcome)
}

/// The handovers between stations, from step to step.
fn handed_over(route: &Route) -> String {
    let word = |h: &Handover<'_>| {
        let back = if h.rework { " for rework" } else { "" };
        format!("{} {} > {} {}{back}", h.from.id, h.from.station, h.to.id, h.to.station)
    };
    let all: Vec<String> = handovers(route).iter().map(word).collect();
    if all.is_empty() { "no unit changes station".to_owned() } else { format!("handovers: {}", all.join(", ")) }
}

fn tell_finding(out: &mut dyn Write, finding: &Finding, with_excerpt: bool, colour: bool) -> io::Result<()> {
    if with_excerpt {
        // The reader of files has made its texts harmless; the escapes here are the renderer's own.
        return writeln!(out, "{}", snippet(finding, colour));
    }
    lines(out, &finding.to_string())
}

fn release(cx: &mut Context<'_>, files: &[PathBuf], by: &Badge) -> Result<Outcome, Failure> {
    let mut checked = read_all(cx, files)?;
    let mut clerk = cx.clerk(Make::Never)?;
    checked.findings.extend(against_released(clerk.ledger().reader(), &checked.files)?);
    // What the gate does not enforce yet is not released.
    checked.findings.append(&mut checked.notes);
    if !checked.findings.is_empty() {
        return report(cx, &checked);
    }
    let with = cx.signed(by)?;
    let mut outcome = Outcome::Done;
    for RouteFile { text, route, .. } in checked.files {
        let about = named(&route.id, &route.revision);
        let (id, revision) = (route.id.clone(), route.revision.clone());
        let (sha256, text, by) = (sha256(&text), Arc::<str>::from(text), by.clone());
        let command = Command::ReleaseRoute { route: id, revision, sha256, text: text.clone(), by };
        let settled = clerk.give(&command, &with)?;
        if tell(cx, &about, &settled)? == Outcome::No {
            outcome = Outcome::No;
        }
        if settled.answer.as_ref().is_err_and(|refusal| refusal.code == Code::RouteChanged)
            && let Some(released) = clerk.ledger().reader().route_text(&route.id, &route.revision)?
        {
            lines(&mut io::stderr().lock(), &difference(&released, &text))?;
        }
        if is_about_the_person(&settled) {
            break;
        }
    }
    Ok(outcome)
}

/// What is wrong between the new files and the released routes that still count. A revision that is released again is
/// left to the gate, which knows whether its text changed.
fn against_released(reader: &Reader, new: &[RouteFile]) -> Result<Vec<Finding>, Failure> {
    let mut all = Vec::new();
    for Released { release, .. } in reader.routes()?.iter().filter(|r| !r.release.withdrawn) {
        let is_new = |f: &RouteFile| f.route.id == release.route && f.route.revision == release.revision;
        if new.iter().any(is_new) {
            continue;
        }
        let name = format!("released {}", named(&release.route, &release.revision));
        let text = reader.route_text(&release.route, &release.revision)?.unwrap_or_default();
        all.extend(parse(&name, &text).ok());
    }
    let released: Vec<String> = all.iter().map(|f| f.name.clone()).collect();
    all.extend(new.iter().cloned());
    let mut findings = overlaps(&all.iter().collect::<Vec<_>>());
    findings.retain(|f| !released.contains(&f.file));
    Ok(findings)
}
