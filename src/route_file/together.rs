//! Several files at once: what is wrong in each, and what is wrong between them.

use std::collections::BTreeMap;

use crate::domain::id::{Revision, RouteId};

use super::finding::{Finding, Weight};
use super::labels::Proof;
use super::parse::RouteFile;
use super::read::read;
use super::remarks::Place;
use super::source::{Source, quoted};
use super::syntax::text_of;

/// What came of checking some files.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The files that are sound by themselves, in the order given.
    pub files: Vec<RouteFile>,
    /// What is wrong, file by file, and last what is wrong between the files.
    pub findings: Vec<Finding>,
    /// What is sound and not enforced yet.
    pub notes: Vec<Finding>,
}

/// Checks files, each by its name and its bytes. Read no more of a file than [`super::bounds::FILE_BYTES_MOST`] and one
/// byte: a longer one is refused anyway.
pub fn check<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Checked {
    let mut checked = Checked::default();
    for (name, bytes) in files {
        match text_of(name, bytes).and_then(|text| read(name, text)) {
            Ok(file) => {
                checked.notes.extend(file.unenforced.iter().cloned());
                checked.files.push(file);
            }
            Err(findings) => checked.findings.extend(findings),
        }
    }
    let all: Vec<&RouteFile> = checked.files.iter().collect();
    checked.findings.extend(overlaps(&all));
    checked
}

/// What is wrong between files that are sound by themselves. A finding is at the later of two files, so released ones
/// come first.
pub fn overlaps(files: &[&RouteFile]) -> Vec<Finding> {
    let mut findings = twice(files);
    findings.extend(same_gtin(files));
    findings.extend(made_of_itself(files));
    findings.extend(Proof::over(files).between());
    findings
}

fn at(file: &RouteFile, place: &Place, what: String, write: impl Into<String>) -> Finding {
    let span = file.places.get(place).cloned().unwrap_or_default();
    Source::new(&file.name, &file.text).finding(&span, Weight::Wrong, what, write.into())
}

fn place_of(file: &RouteFile, place: &Place) -> String {
    let span = file.places.get(place).cloned().unwrap_or_default();
    Source::new(&file.name, &file.text).name_of(&span)
}

/// A revision is one file.
fn twice(files: &[&RouteFile]) -> Vec<Finding> {
    let mut seen: BTreeMap<(&RouteId, &Revision), &RouteFile> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        let Some(first) = seen.insert((&file.route.id, &file.route.revision), file) else { continue };
        let (id, revision) = (quoted(file.route.id.as_str()), quoted(file.route.revision.as_str()));
        let what = format!("route {id} revision {revision} is there already, at {}", place_of(first, &Place::Route));
        findings.push(at(file, &Place::Route, what, "a name or a revision of its own"));
    }
    findings
}

/// A GTIN is one product's.
fn same_gtin(files: &[&RouteFile]) -> Vec<Finding> {
    let mut seen: BTreeMap<&str, &RouteFile> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        let Some(gtin) = file.route.identifier.gtin.as_deref() else { continue };
        let first = seen.entry(gtin).or_insert(file);
        if first.route.id != file.route.id {
            let what = format!(
                "GTIN {} is that of {} already, at {}",
                quoted(gtin),
                quoted(first.route.id.as_str()),
                place_of(first, &Place::Gtin)
            );
            findings.push(at(file, &Place::Gtin, what, "the GTIN of this product"));
        }
    }
    findings
}

/// No unit is made of units of its own route, at any depth.
fn made_of_itself(files: &[&RouteFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (part, about) in &file.route.parts {
            let Some(made_by) = &about.made_by else { continue };
            if let Some(path) = way_back(files, made_by, &file.route.id) {
                let words: Vec<&str> = std::iter::once(&file.route.id).chain(path).map(RouteId::as_str).collect();
                let what = format!("a unit would be made of itself: {}", words.join(" > "));
                findings.push(at(file, &Place::MadeBy(part.clone()), what, "the route that makes this part"));
            }
        }
    }
    findings
}

/// From route to route by the parts they are made of: the way from one to another.
fn way_back<'f>(files: &[&'f RouteFile], from: &'f RouteId, to: &RouteId) -> Option<Vec<&'f RouteId>> {
    let mut ways = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(way) = ways.pop() {
        let here = *way.last()?;
        if here == to {
            return Some(way);
        }
        let parts = files.iter().filter(|f| f.route.id == *here).flat_map(|f| f.route.parts.values());
        for next in parts.filter_map(|part| part.made_by.as_ref()) {
            if !seen.contains(&next) {
                seen.push(next);
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}
