//! The gate's decision on a traveller of 200 events, all of them at the step that is due, which is the dearest case.
//! Pure: no ledger takes part while it is timed.

use traveller::app::port::Ledger;
use traveller::domain::command::Command;
use traveller::domain::facts::{Facts, Seen};
use traveller::domain::gate;
use traveller::domain::id::{Badge, PinId, Revision, RouteId, StationId, UnitId};
use traveller::domain::role::Role;
use traveller::route_file::sha256;

use super::support::Outcome;
use super::support::hands::{Hands, scan, value};
use super::support::plant::{self, Home};
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Checks of the step, and points of each: some are left to be observed.
const CHECKS: usize = 40;
const POINTS: usize = 6;
/// Observations that the unit has.
const OBSERVED: usize = 198;
/// Decisions that are measured.
const ROUNDS: u32 = 20_000;
/// The budget, in nanoseconds.
const MOST: u64 = 20_000;

/// Measures the decision on one more value.
pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let home = Home::new("decide")?;
    let options = plant::options(1)?;
    let mut writer = plant::begin(&home.file("ledger.db"), &options, traveller::ledger::open::PAGE_CACHE_KIB)?;
    let mut hands = Hands::at("BENCH-1", "bench", options.now)?;
    let lead = Badge::parse("OP-1001")?;
    let enrol = Command::Enrol {
        badge: lead.clone(),
        name: "Lead one".to_owned(),
        roles: vec![Role::Lead, Role::Operator],
        qualifications: Vec::new(),
        pin_id: PinId::parse("0000000000000001")?,
        by: None,
    };
    let (route, revision, text) = (RouteId::parse("long")?, Revision::parse("A")?, route());
    let release =
        Command::ReleaseRoute { route, revision, sha256: sha256(&text), text: text.as_str().into(), by: lead.clone() };
    for command in [enrol, release] {
        hands.give(&mut writer, &command)?;
    }
    hands.sign_on(&mut writer, lead.as_str())?;
    hands.give(&mut writer, &scan("U0000001"))?;
    for _ in 0..OBSERVED {
        hands.give(&mut writer, &value("2.20"))?;
    }

    let (unit, station, command) = (UnitId::parse("U0000001")?, StationId::parse("BENCH-1")?, value("2.21"));
    writer.begin()?;
    let traveller = writer.traveller(&unit)?;
    let (route, revision) = traveller.route.clone().ok_or("the unit never began")?;
    let route = writer.route(&route, &revision)?.ok_or("the route is not released")?;
    let seen = Seen { unit, head: traveller.head.clone() };
    let mut facts = Facts { station: Some(writer.station(&station)?), open: Some(seen), ..Facts::default() };
    let now = hands.now();
    for ask in gate::asks(&traveller, Some(&route), &now, &facts, &command) {
        writer.answer(&ask, &mut facts)?;
    }
    writer.rollback();
    let events = writer.reader().unit(&UnitId::parse("U0000001")?)?.map_or(0, |row| row.events);

    let mut sample = Sample::default();
    for _ in 0..ROUNDS {
        let decision = sample.take(|| gate::decide(&traveller, Some(&route), &now, &facts, &command));
        if decision.answer.is_err() {
            return Err("the gate refused what it should accept".into());
        }
    }
    let what = format!("decision on {events} events, median");
    table.line(&what, (sample.median(), MOST), "ns", Budget::Most(100));
    table.line("  99 of 100 below", (sample.p99(), MOST), "ns", Budget::None);
    Ok(())
}

/// A route of one long step.
fn route() -> String {
    let points: Vec<String> = (1..=POINTS).map(|n| format!("\"P{n}\"")).collect();
    let check = |n: usize| {
        let points = points.join(", ");
        format!(
            "[[step.check]]\nid = \"c{n}\"\ntitle = \"Torque {n}\"\nlimits = \"2.00 .. 2.40 N.m\"\n\
            points = [{points}]\n"
        )
    };
    let checks: String = (1..=CHECKS).map(check).collect();
    format!(
        "route = \"long\"\nrevision = \"A\"\nproduct = [\"L\"]\ntitle = \"Long\"\n\
        [identifier]\nkind = \"serial\"\npattern = 'U\\d{{7}}'\nstart = \"once\"\n\
        [[step]]\nid = \"10\"\ntitle = \"Measure\"\nphase = \"test\"\nstation = \"bench\"\n{checks}"
    )
}
