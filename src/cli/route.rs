//! `traveller route`: route files are proven, released with their exact text, and withdrawn.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::answer::{give_all, tell};
use super::args::{RouteCommand, Signed};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, json_line, lines};
use super::route_difference::difference;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::id::{Badge, Revision, RouteId};
use crate::ledger::chain::Hash;
use crate::ledger::read::master::Released;
use crate::ledger::reader::Reader;
use crate::route_file::bounds::FILE_BYTES_MOST;
use crate::route_file::{Checked, Finding, RouteFile, check, overlaps, parse, snippet};
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: RouteCommand) -> Result<Outcome, Failure> {
    match command {
        RouteCommand::Check { files } => {
            let checked = read_all(&files)?;
            report(cx, &checked)
        }
        RouteCommand::Release { files, by } => release(cx, &files, &by),
        RouteCommand::List => list(cx),
        RouteCommand::Show { route, revision } => show(cx, &route, revision),
        RouteCommand::Withdraw { route, revision, signed: Signed { reason, by } } => {
            let mut clerk = cx.clerk(Make::Never)?;
            let with = cx.signed(&by)?;
            give_all(cx, &mut clerk, &with, &[Command::WithdrawRoute { route, revision, reason, by }])
        }
    }
}

/// Reads and proves files; a file that cannot be read at all is a wrong use.
fn read_all(files: &[PathBuf]) -> Result<Checked, Failure> {
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
    Ok(check(texts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))))
}

/// Tells what was found; for scripts a finding is a line, for people it comes with the line of the file.
fn report(cx: &mut Context<'_>, checked: &Checked) -> Result<Outcome, Failure> {
    let Checked { files, findings, notes } = checked;
    let outcome = if findings.is_empty() { Outcome::Done } else { Outcome::No };
    if cx.json {
        let file = |f: &RouteFile| json!({"file": f.name, "route": f.route.id, "revision": f.route.revision});
        let files: Vec<_> = files.iter().map(file).collect();
        let answer = json!({"sound": findings.is_empty(), "files": files, "findings": findings, "notes": notes});
        json_line(cx.out, &answer)?;
        return Ok(outcome);
    }
    let with_excerpt = io::stdout().is_terminal();
    let colour = with_excerpt && cx.environment.var("NO_COLOR").is_none_or(|v| v.is_empty());
    for finding in findings.iter().chain(notes) {
        tell_finding(cx.out, finding, with_excerpt, colour)?;
    }
    for file in files {
        let still = if file.unenforced.is_empty() { "" } else { ", but not enforced in full yet: it cannot be released" };
        lines(cx.out, &format!("{}: route {} revision {} is sound{still}", file.name, file.route.id, file.route.revision))?;
    }
    Ok(outcome)
}

fn tell_finding(out: &mut dyn Write, finding: &Finding, with_excerpt: bool, colour: bool) -> io::Result<()> {
    if with_excerpt {
        // The reader of files has made its texts harmless; the escapes here are the renderer's own.
        return writeln!(out, "{}", snippet(finding, colour));
    }
    lines(out, &finding.to_string())
}

fn release(cx: &mut Context<'_>, files: &[PathBuf], by: &Badge) -> Result<Outcome, Failure> {
    let mut checked = read_all(files)?;
    let mut clerk = cx.clerk(Make::Never)?;
    checked.findings.extend(against_released(clerk.ledger().reader(), &checked.files)?);
    checked.findings.append(&mut checked.notes);
    if !checked.findings.is_empty() {
        return report(cx, &checked);
    }
    let with = cx.signed(by)?;
    let mut outcome = Outcome::Done;
    for file in checked.files {
        let command = Command::ReleaseRoute {
            route: file.route.id.clone(),
            revision: file.route.revision.clone(),
            sha256: Hash::of(file.text.as_bytes()).hex(),
            text: Arc::from(file.text.as_str()),
            by: by.clone(),
        };
        let settled = clerk.give(&command, &with)?;
        if tell(cx, &settled)? == Outcome::No {
            outcome = Outcome::No;
        }
        let Err(refusal) = settled.answer else { continue };
        if refusal.code == Code::RouteChanged
            && let Some(released) = clerk.ledger().reader().route_text(&file.route.id, &file.route.revision)?
        {
            lines(&mut io::stderr().lock(), &difference(&released, &file.text))?;
        }
        if refusal.code.rule() == "people" {
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
        let name = format!("released {} {}", release.route, release.revision);
        let text = reader.route_text(&release.route, &release.revision)?.unwrap_or_default();
        all.extend(parse(&name, &text).ok());
    }
    let released = all.len();
    all.extend(new.iter().cloned());
    let both: Vec<&RouteFile> = all.iter().collect();
    let mut findings = overlaps(&both);
    let old: Vec<&str> = all.iter().take(released).map(|f| f.name.as_str()).collect();
    findings.retain(|f| !old.contains(&f.file.as_str()));
    Ok(findings)
}

fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let routes = reader.routes()?;
    let at = |r: &Released| -> Result<_, Failure> {
        Ok(reader.event_at(r.released)?.map(|stored| stored.outcome()).transpose()?.map(|event| event.stamp.at))
    };
    if cx.json {
        let mut list = JsonList::begin(cx.out, "routes")?;
        for r in &routes {
            let Released { release, .. } = r;
            list.item(&json!({
                "route": release.route,
                "revision": release.revision,
                "withdrawn": release.withdrawn,
                "released": at(r)?,
                "sha256": release.sha256,
            }))?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["route", "rev", "new units", "released", "sha256"]);
    for r in &routes {
        let Released { release, .. } = r;
        let begins = if release.withdrawn { "no" } else { "yes" };
        let released = super::output::or_dash(at(r)?);
        let (route, revision) = (release.route.to_string(), release.revision.to_string());
        table.row([route, revision, begins.to_owned(), released, release.sha256.clone()]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn show(cx: &mut Context<'_>, route: &RouteId, revision: Option<Revision>) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let routes = reader.routes()?;
    let fits = |r: &&Released| {
        let release = &r.release;
        release.route == *route && revision.as_ref().map_or(!release.withdrawn, |wanted| release.revision == *wanted)
    };
    let unknown = || Failure::no(format!("route {route} is not released like that"), "see `traveller route list`");
    let release = &routes.iter().find(fits).ok_or_else(unknown)?.release;
    let text = reader.route_text(route, &release.revision)?.ok_or_else(unknown)?;
    if cx.json {
        json_line(cx.out, &json!({
            "route": release.route,
            "revision": release.revision,
            "withdrawn": release.withdrawn,
            "sha256": release.sha256,
            "text": text,
        }))?;
    } else {
        lines(cx.out, &text)?;
    }
    Ok(Outcome::Done)
}
