//! A new file: what it says, and the proof of it.

use crate::domain::route::Route;

use super::choices::slips;
use super::finding::{Finding, Weight, in_order};
use super::labels::Proof;
use super::parse::{RouteFile, parse};
use super::proof::{Fault, Flaw, flaws};
use super::remarks::Place;
use super::source::{Source, listed, quoted};

/// Reads a route file and proves it: every way through the route asks for everything it requires, every way ends, and
/// a label means one thing. All findings are reported, in the order of the file; of what is no TOML only the first, and
/// the proof follows once every key is right.
pub fn read(name: &str, text: &str) -> Result<RouteFile, Vec<Finding>> {
    let file = parse(name, text)?;
    let source = Source::new(name, text);
    let mut findings: Vec<Finding> = flaws(&file.route).iter().map(|flaw| said(flaw, &file, &source)).collect();
    findings.extend(slips(&file.route).into_iter().map(|slip| {
        let span = file.places.get(&slip.place).cloned().unwrap_or_default();
        source.finding(&span, Weight::Wrong, slip.what, slip.write)
    }));
    findings.extend(Proof::over(&[&file]).within());
    if findings.is_empty() { Ok(file) } else { Err(in_order(findings)) }
}

/// A flaw of the route, at its place in the file.
fn said(flaw: &Flaw<'_>, file: &RouteFile, source: &Source<'_>) -> Finding {
    let Flaw { from, to, fault, path } = flaw;
    let span = file.places.get(&rework_place(&file.route, flaw)).cloned().unwrap_or_default();
    let rework = format!("rework from step {} to {}", quoted(from.as_str()), quoted(to.as_str()));
    let for_all = || "a step that every unit has".to_owned();
    let (what, write) = match fault {
        Fault::LeavesOut(steps) => {
            let left_out = listed(steps.iter().map(|step| step.as_str()));
            (
                format!("{rework} leaves out {left_out}: {path}"),
                format!("{} or a step before it", quoted(from.as_str())),
            )
        }
        Fault::HasNoEnd => (format!("this loop has no end: {path}"), "`attempts = 3`".to_owned()),
        Fault::NeverThere(variant) => {
            let units = variant.map_or_else(|| "units".to_owned(), |v| format!("units of variant {}", quoted(v)));
            (format!("{rework} leads nowhere, since {units} never have that step: {path}"), for_all())
        }
        Fault::NotDrawn => (format!("{rework} leads nowhere where the unit was not drawn for it: {path}"), for_all()),
        Fault::LeftOut => (format!("{rework} leads nowhere where that step was left out: {path}"), for_all()),
    };
    source.finding(&span, Weight::Wrong, what, write)
}

fn rework_place(route: &Route, flaw: &Flaw<'_>) -> Place {
    let by_default = route.step(flaw.from).is_some_and(|step| step.on_fail == *flaw.to);
    if by_default { Place::OnFail(flaw.from.clone()) } else { Place::ReworkTo(flaw.from.clone(), flaw.to.clone()) }
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{SOUND, found, found_with};

    #[test]
    fn rework_that_leads_ahead_is_refused_with_its_path() {
        assert_eq!(
            found_with("id = \"20\"\n", "id = \"20\"\non_fail = \"30\"\n"),
            ["31:11: rework from step `20` to `30` leaves out `20`: 10 > 20 fails > 30 > end; \
                 write `20` or a step before it"],
        );
        let ahead = SOUND.replace("id = \"10\"\n", "id = \"10\"\nrework_to = [\"10\", \"20\", \"30\"]\n");
        assert_eq!(
            found(&ahead),
            [
                "24:20: rework from step `10` to `20` leaves out `10`: 10 fails > 20 > 30 > end; \
                 write `10` or a step before it",
                "24:26: rework from step `10` to `30` leaves out `10`, `20`: 10 fails > 30 > end; \
                 write `10` or a step before it",
            ],
        );
    }

    #[test]
    fn rework_to_where_a_unit_may_never_have_been_is_refused_with_its_path() {
        let of = |written: &str| found_with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"));
        assert_eq!(
            of("sample = { one_in = 20 }"),
            ["49:11: rework from step `30` to `20` leads nowhere where the unit was not drawn for it: \
                 10 > 20 not drawn > 30 fails > 20; write a step that every unit has"],
        );
        assert_eq!(
            of("optional = true"),
            ["49:11: rework from step `30` to `20` leads nowhere where that step was left out: \
                 10 > 20 left out > 30 fails > 20; write a step that every unit has"],
        );
        let two = SOUND
            .replace("order = \"none\"", "order = \"required\"")
            .replace("[defect]", "[variant]\nSTD = {}\nEX = {}\n[defect]")
            .replace("id = \"20\"\n", "id = \"20\"\nwhen = { variant = \"EX\" }\n");
        assert_eq!(
            found(&two),
            ["52:11: rework from step `30` to `20` leads nowhere, since units of variant `STD` never have that step: \
                 variant `STD`: 10 > 30 fails > 20; write a step that every unit has"],
        );
    }

    #[test]
    fn all_that_is_wrong_is_found_at_once() {
        let wrong = SOUND
            .replace("title = \"Pump\"", "titel = \"Pump\"")
            .replace("PU\\d{6}", "PU(")
            .replace("phase = \"assembly\"", "phase = \"assembley\"")
            .replace("second = true", "second = 1");
        let lines: Vec<String> = found(&wrong).iter().map(|f| f.split(':').next().unwrap().to_owned()).collect();
        assert_eq!(lines, ["4", "9", "32", "67"]);
        let unproven =
            SOUND.replace("PU\\d{6}", "[A-Z]{7}").replace("id = \"20\"\n", "id = \"20\"\non_fail = \"30\"\n");
        assert_eq!(found(&unproven).len(), 2, "{:?}", found(&unproven));
    }
}
