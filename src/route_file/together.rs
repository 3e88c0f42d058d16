//! Several files at once: what is wrong in each, and what is wrong between them.

use std::collections::BTreeMap;

use crate::domain::gs1::Gtin;
use crate::domain::id::{PartId, Revision, RouteId};

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

/// What a GTIN identifies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner<'f> {
    /// The units of a route.
    Product(&'f RouteId),
    /// The pieces of a part, and the route that makes them.
    Part(&'f PartId, Option<&'f RouteId>),
}

impl Owner<'_> {
    /// Whether both are one thing: a product, a part, or a part that is the product.
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Product(a), Self::Product(b)) => a == b,
            (Self::Part(a, _), Self::Part(b, _)) => a == b,
            (Self::Product(route), Self::Part(_, made_by)) | (Self::Part(_, made_by), Self::Product(route)) => {
                made_by == Some(route)
            }
        }
    }

    fn words(self) -> String {
        match self {
            Self::Product(route) => quoted(route.as_str()),
            Self::Part(part, _) => format!("part {}", quoted(part.as_str())),
        }
    }
}

/// Every GTIN of a route, what it identifies, and where it stands.
fn gtins(file: &RouteFile) -> Vec<(&Gtin, Owner<'_>, Place)> {
    let route = &file.route;
    let product = route.identifier.gtin.iter().map(|gtin| (gtin, Owner::Product(&route.id), Place::Gtin));
    let parts = route.parts.iter().filter_map(|(id, part)| {
        Some((part.gtin.as_ref()?, Owner::Part(id, part.made_by.as_ref()), Place::PartGtin(id.clone())))
    });
    product.chain(parts).collect()
}

/// A GTIN is one item's. Revisions of one route may set right what an earlier one had wrong.
fn same_gtin(files: &[&RouteFile]) -> Vec<Finding> {
    let mut seen: BTreeMap<&Gtin, (Owner<'_>, &RouteFile, Place)> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        for (gtin, owner, place) in gtins(file) {
            let (first, of, there) = seen.entry(gtin).or_insert((owner, file, place.clone()));
            let is_a_revision = of.route.id == file.route.id && of.route.revision != file.route.revision;
            if !first.is(owner) && !is_a_revision {
                let (gtin, first, at_first) = (quoted(gtin.as_str()), first.words(), place_of(of, there));
                let what = format!("GTIN {gtin} is that of {first} already, at {at_first}");
                findings.push(at(file, &place, what, format!("the GTIN of {}", owner.words())));
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route_file::testing::{EVERY_KEY, SOUND};

    fn checked(files: &[(&str, &str)]) -> Checked {
        check(files.iter().map(|(name, text)| (*name, text.as_bytes())))
    }

    fn between(files: &[(&str, &str)]) -> Vec<String> {
        let checked = checked(files);
        assert_eq!(checked.files.len(), files.len(), "{:?}", checked.findings);
        checked.findings.iter().map(ToString::to_string).collect()
    }

    /// The sound route under another name, with another pattern.
    fn other(name: &str, pattern: &str) -> String {
        SOUND.replace("route = \"pump\"", &format!("route = \"{name}\"")).replace("PU\\d{6}", pattern)
    }

    #[test]
    fn no_label_is_a_unit_of_two_routes() {
        assert_eq!(between(&[("a.toml", SOUND), ("b.toml", &other("fan", "FA\\d{6}"))]), Vec::<String>::new());
        assert_eq!(
            between(&[("a.toml", SOUND), ("b.toml", &other("fan", "PU[0-4]\\d+"))]),
            ["b.toml:9:11: the label `PU000000` could be a unit of `fan` or a unit of `pump` at a.toml:9:11; \
              write patterns that no label fits both, such as a beginning of its own for each"],
        );
    }

    #[test]
    fn revisions_of_one_route_share_their_units() {
        let next = SOUND.replace("revision = \"A\"", "revision = \"B\"");
        assert_eq!(between(&[("a.toml", SOUND), ("b.toml", &next)]), Vec::<String>::new());
        assert_eq!(
            between(&[("a.toml", SOUND), ("b.toml", SOUND)]),
            ["b.toml:1:9: route `pump` revision `A` is there already, at a.toml:1:9; \
                 write a name or a revision of its own"],
        );
    }

    #[test]
    fn no_component_is_a_unit_of_another_route() {
        let fan = other("fan", "B\\d{7}").replace("'B\\d{7}'\n[part.GASKET]", "'C\\d{7}'\n[part.GASKET]");
        assert_eq!(
            between(&[("a.toml", SOUND), ("b.toml", &fan)]),
            ["b.toml:9:11: the label `B0000000` could be a unit of `fan` or part `BOARD-1` at a.toml:15:11; \
              write patterns that no label fits both, such as a beginning of its own for each"],
        );
        // Unless it is one.
        let pump = SOUND.replace("'B\\d{7}'\n", "'B\\d{7}'\nmade_by = \"fan\"\n");
        assert_eq!(between(&[("a.toml", &pump), ("b.toml", &fan)]), Vec::<String>::new());
    }

    #[test]
    fn a_part_has_the_number_of_the_unit_that_it_is() {
        let pump = SOUND.replace("'B\\d{7}'\n", "'B\\d{7}'\nmade_by = \"fan\"\n");
        let fan = |pattern| other("fan", pattern).replace("'B\\d{7}'\n[part.GASKET]", "'C\\d{7}'\n[part.GASKET]");
        assert_eq!(
            between(&[("a.toml", &pump), ("b.toml", &fan("FA\\d{6}"))]),
            ["a.toml:15:11: no label fits both part `BOARD-1` and a unit of `fan`, which makes it; \
                 write the pattern of that route's units"],
        );
        // One of several revisions is enough.
        let next = fan("B\\d{7}").replace("revision = \"A\"", "revision = \"B\"");
        let files = [("a.toml", pump.as_str()), ("b.toml", &fan("FA\\d{6}")), ("c.toml", &next)];
        assert_eq!(between(&files), Vec::<String>::new());
    }

    #[test]
    fn no_unit_is_made_of_itself() {
        let pump = SOUND.replace("'B\\d{7}'\n", "'B\\d{7}'\nmade_by = \"fan\"\n");
        let fan = other("fan", "B\\d{7}")
            .replace("'B\\d{7}'\n[part.GASKET]", "'PU\\d{6}'\nmade_by = \"pump\"\n[part.GASKET]");
        assert_eq!(
            between(&[("a.toml", &pump), ("b.toml", &fan)]),
            [
                "a.toml:16:11: a unit would be made of itself: pump > fan > pump; write the route that makes this part",
                "b.toml:16:11: a unit would be made of itself: fan > pump > fan; write the route that makes this part",
            ],
        );
        let itself = SOUND.replace("'B\\d{7}'\n", "'PU\\d{6}'\nmade_by = \"pump\"\n");
        assert_eq!(between(&[("a.toml", &itself)]).len(), 1);
    }

    #[test]
    fn a_gtin_is_one_items() {
        const GS1: &str = "gs1 = { gtin = \"09506000134352\" }";
        let gs1 = |text: &str| text.replace("start = \"twice\"", GS1);
        let fan = other("fan", "FA\\d{6}");
        assert_eq!(
            between(&[("a.toml", &gs1(SOUND)), ("b.toml", &gs1(&fan))]),
            ["b.toml:10:16: GTIN `09506000134352` is that of `pump` already, at a.toml:10:16; \
                 write the GTIN of `fan`"],
        );
        let next = gs1(SOUND).replace("revision = \"A\"", "revision = \"B\"");
        assert_eq!(between(&[("a.toml", &gs1(SOUND)), ("b.toml", &next)]), Vec::<String>::new());
        // A part too, and in one file.
        let gasket = |text: &str| text.replace("capture = \"lot\"", &format!("capture = \"lot\"\n{GS1}"));
        assert_eq!(between(&[("a.toml", &gasket(SOUND)), ("b.toml", &gasket(&fan))]), Vec::<String>::new());
        assert_eq!(
            between(&[("a.toml", &gs1(&gasket(SOUND)))]),
            ["a.toml:18:16: GTIN `09506000134352` is that of `pump` already, at a.toml:10:16; \
                 write the GTIN of part `GASKET`"],
        );
    }

    #[test]
    fn no_number_reads_like_the_gs1_label_of_another() {
        let gs1 = SOUND.replace("start = \"twice\"", "gs1 = { gtin = \"09506000134352\" }");
        let fan = other("fan", "0[19]\\d+");
        assert_eq!(
            between(&[("a.toml", &gs1), ("b.toml", &fan)]),
            ["b.toml:9:11: the label `0109506000134352` could be a unit of `fan` or a unit of `pump` \
                 at a.toml:10:16; write patterns that no label fits both, such as a beginning of its own for each"],
        );
    }

    #[test]
    fn an_unsound_file_does_not_hide_what_is_wrong_in_others() {
        let broken = SOUND.replace("title = \"Pump\"", "titel = \"Pump\"");
        let checked = checked(&[("a.toml", &broken), ("b.toml", "x = "), ("c.toml", EVERY_KEY)]);
        assert_eq!(checked.files.len(), 1);
        assert_eq!(checked.findings.iter().map(|f| f.file.as_str()).collect::<Vec<_>>(), ["a.toml", "b.toml"]);
        assert_eq!(checked.notes.len(), 1);
        let not_text = check([("d.toml", &b"a = '\xff'"[..])]);
        assert_eq!((not_text.findings[0].line, not_text.findings[0].column), (1, 6));
    }

    #[test]
    fn a_finding_for_scripts_is_json() {
        let checked = checked(&[("a.toml", "revison = 1"), ("c.toml", EVERY_KEY)]);
        let json = r#"{"file":"a.toml","line":1,"column":1,"weight":"wrong",
            "what":"`revison` is no key of a route","write":"`revision`"}"#;
        assert_eq!(serde_json::to_string(&checked.findings[0]).unwrap(), json.replace("\n            ", ""));
        assert!(serde_json::to_string(&checked.notes[0]).unwrap().contains(r#""weight":"not-enforced""#));
    }

    #[test]
    fn the_example_routes_can_be_released_together() {
        let files = [
            ("routes/gearbox.toml", include_str!("../../routes/gearbox.toml")),
            ("routes/label.toml", include_str!("../../routes/label.toml")),
            ("routes/pc200.toml", include_str!("../../routes/pc200.toml")),
        ];
        let checked = checked(&files);
        assert_eq!(checked.findings, []);
        assert_eq!(checked.notes, []);
        assert_eq!(
            checked.files.iter().map(|f| f.route.id.as_str()).collect::<Vec<_>>(),
            ["gearbox", "label", "pc200"]
        );
        assert!(files.iter().all(|(_, text)| text.lines().all(|line| line.chars().count() <= 120)));
    }
}
