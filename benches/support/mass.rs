//! A ledger of very many units, made as fast as the ledger takes events: what the gate would have recorded, without
//! asking it each time.
//!
//! Every unit has twenty events or so: begun, a lot put in, observations at two steps, passed, complete. One unit in
//! ten has the same lot. The last thousand are on their way. One unit is made of a thousand parts.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use traveller::app::port::Ledger;
use traveller::domain::command::Command;
use traveller::domain::event::{About, Event, How, Link, Stamp};
use traveller::domain::id::{Badge, Boot, LotId, PartId, PinId, Revision, RouteId, Serial, StationId, StepId, UnitId};
use traveller::domain::number::Number;
use traveller::domain::role::{Auth, Role};
use traveller::domain::time::{At, Clock};
use traveller::domain::what::{
    CheckRecorded, MaterialInstalled, Next, Piece, PutDown, StepPassed, UnitClosed, UnitCompleted, UnitOpened,
    UnitStarted, What,
};
use traveller::ledger::Writer;
use traveller::route_file::sha256;

use super::Outcome;
use super::hands::{Hands, scan};
use super::plant::{self, Home, PAGE_CACHE_KIB};

/// The lot that one unit in ten has.
pub(crate) const LOT: &str = "L-MASS";
/// The unit of a thousand parts.
pub(crate) const TREE: &str = "M99999999";
/// Somebody who may do everything.
pub(crate) const LEAD: &str = "OP-1001";
/// Units at the end that are not complete.
pub(crate) const ON_THEIR_WAY: u64 = 1_000;
/// Events of one commit.
const EVENTS_A_COMMIT: usize = 20_000;
/// Observations at each of the two steps.
const CHECKS: usize = 6;

/// The number of a unit.
pub(crate) fn unit(n: u64) -> String {
    format!("M{n:08}")
}

/// Makes the ledger; where it is.
pub(crate) fn make(home: &Home, name: &str, units: u64) -> Outcome<PathBuf> {
    let path = home.file(name);
    let options = plant::options(1)?;
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    let mut hands = Hands::at("BENCH-1", "bench", options.now)?;
    begin(&mut writer, &mut hands)?;
    let mut maker = Maker::new(&mut writer, options.now.plus(3_600_000_000));
    maker.writer.begin()?;
    for n in 0..units {
        maker.unit(n, n + ON_THEIR_WAY >= units)?;
    }
    maker.tree()?;
    maker.flush()?;
    maker.writer.commit()?;
    Ok(path)
}

/// Adds units from a number on until there are so many events more.
pub(crate) fn more(path: &Path, from: u64, events: u64) -> Outcome<()> {
    let mut writer = open(path, PAGE_CACHE_KIB)?;
    let head = writer.reader().head()?.ok_or("the ledger has no head")?;
    let at = head.at.ok_or("the ledger has no moment")?;
    let mut maker = Maker::new(&mut writer, at);
    maker.writer.begin()?;
    let mut n = from;
    let a_unit = u64::try_from(2 * CHECKS + 7)?;
    while (n - from) * a_unit < events {
        maker.unit(n, false)?;
        n += 1;
    }
    maker.flush()?;
    maker.writer.commit()?;
    Ok(())
}

/// Opens it again, as a terminal does.
pub(crate) fn open(path: &Path, page_cache_kib: u32) -> Outcome<Writer> {
    let how = traveller::ledger::Options {
        page_cache_kib,
        ..traveller::ledger::Options::new(traveller::route_file::released)
    };
    Ok(traveller::ledger::open_writer(path, &how)?)
}

/// Somebody, a route and lots.
fn begin(writer: &mut Writer, hands: &mut Hands) -> Outcome<()> {
    let lead = Badge::parse(LEAD)?;
    let enrol = Command::Enrol {
        badge: lead.clone(),
        name: "Lead one".to_owned(),
        roles: vec![Role::Lead, Role::Operator, Role::Quality],
        qualifications: Vec::new(),
        pin_id: PinId::parse("0000000000000001")?,
        by: None,
    };
    let (route, revision, text) = (RouteId::parse("mass")?, Revision::parse("A")?, route());
    let release =
        Command::ReleaseRoute { route, revision, sha256: sha256(&text), text: text.as_str().into(), by: lead.clone() };
    let receipt = |lot: &str| -> Outcome<Command> {
        Ok(Command::ReceiveLot {
            lot: LotId::parse(lot)?,
            part: PartId::parse("GSK")?,
            quantity: Number::whole(100_000_000),
            supplier: None,
            expires: None,
            label: None,
            quarantine: false,
            by: lead.clone(),
        })
    };
    for command in [enrol, release, receipt(LOT)?, receipt("L-REST")?] {
        hands.give(writer, &command)?;
    }
    hands.sign_on(writer, LEAD)?;
    hands.give(writer, &scan("M99999998"))?;
    hands.give(writer, &Command::Close)?;
    Ok(())
}

/// A route of two steps.
fn route() -> String {
    let check =
        |n: usize| format!("[[step.check]]\nid = \"c{n}\"\ntitle = \"Torque {n}\"\nlimits = \"2.00 .. 2.40 N.m\"\n");
    let checks: String = (0..CHECKS).map(check).collect();
    let step = |id: &str, what: &str| {
        format!("[[step]]\nid = \"{id}\"\ntitle = \"{what}\"\nphase = \"assembly\"\nstation = \"bench\"\n")
    };
    format!(
        "route = \"mass\"\nrevision = \"A\"\nproduct = [\"M\"]\ntitle = \"Mass\"\n\
        [identifier]\nkind = \"serial\"\npattern = 'M\\d{{8}}'\nstart = \"once\"\n\
        [part.GSK]\ntitle = \"Gasket\"\ncapture = \"lot\"\n\
        {}use = {{ GSK = 1 }}\n{checks}{}{}",
        step("10", "Close"),
        step("20", "Test"),
        checks.replace("\"c", "\"d")
    )
}

/// Makes events one after the other.
struct Maker<'w> {
    writer: &'w mut Writer,
    events: Vec<(About, What)>,
    at: At,
    /// The last event of each unit that is not put away for good.
    heads: HashMap<UnitId, u64>,
}

impl<'w> Maker<'w> {
    fn new(writer: &'w mut Writer, at: At) -> Self {
        Self { writer, events: Vec::new(), at, heads: HashMap::new() }
    }

    fn unit(&mut self, n: u64, is_on_its_way: bool) -> Outcome<()> {
        let name = unit(n);
        self.begun(&name, "10")?;
        let lot = if n.is_multiple_of(10) { LOT } else { "L-REST" };
        self.piece(&name, "GSK", Piece::Lot(LotId::parse(lot)?))?;
        self.checks(&name, "10", "c")?;
        let next = Next { step: StepId::parse("20")?, station: StationId::parse("bench")? };
        self.add(
            &name,
            "10",
            What::StepPassed(StepPassed { next: Some(next), samples: Vec::new(), gauges: Vec::new() }),
        )?;
        if !is_on_its_way {
            self.checks(&name, "20", "d")?;
            self.add(
                &name,
                "20",
                What::StepPassed(StepPassed { next: None, samples: Vec::new(), gauges: Vec::new() }),
            )?;
            self.add(&name, "20", What::UnitCompleted(UnitCompleted::default()))?;
        }
        self.add(&name, "20", What::UnitClosed(UnitClosed { why: PutDown::Done }))
    }

    /// Ten units of ten units of nine parts, in one: one thousand and ten parts.
    fn tree(&mut self) -> Outcome<()> {
        self.begun(TREE, "10")?;
        for a in 0..10 {
            let outer = unit(90_000_000 + a);
            self.begun(&outer, "10")?;
            for b in 0..10 {
                let inner = unit(91_000_000 + a * 10 + b);
                self.begun(&inner, "10")?;
                for c in 0..9 {
                    self.piece(&inner, "PCB", Piece::Serial(Serial::parse(&format!("P{a}{b}{c}"))?))?;
                }
                self.piece(&outer, "PCB", Piece::Serial(Serial::parse(&inner)?))?;
            }
            self.piece(TREE, "PCB", Piece::Serial(Serial::parse(&outer)?))?;
        }
        Ok(())
    }

    fn begun(&mut self, name: &str, step: &str) -> Outcome<()> {
        let first = Next { step: StepId::parse(step)?, station: StationId::parse("bench")? };
        self.add(name, step, What::UnitStarted(UnitStarted { first, variant: None }))?;
        self.add(name, step, What::UnitOpened(UnitOpened { takeover_from: None, supervisor: None, due: None }))
    }

    fn piece(&mut self, name: &str, part: &str, piece: Piece) -> Outcome<()> {
        let part = PartId::parse(part)?;
        let data = MaterialInstalled { part, piece, quantity: 1, is: None, remarks: Vec::new() };
        self.add(name, "10", What::MaterialInstalled(data))
    }

    fn checks(&mut self, name: &str, step: &str, prefix: &str) -> Outcome<()> {
        for n in 0..CHECKS {
            let check = format!("{prefix}{n}").parse()?;
            let data = CheckRecorded { check, point: None, value: "2.20".to_owned(), passed: true, gauge: None };
            self.add(name, step, What::CheckRecorded(data))?;
        }
        Ok(())
    }

    fn add(&mut self, name: &str, step: &str, what: What) -> Outcome<()> {
        let about = About {
            unit: Some(UnitId::parse(name)?),
            route: Some(RouteId::parse("mass")?),
            revision: Some(Revision::parse("A")?),
            step: Some(StepId::parse(step)?),
            attempt: Some(1),
            station: Some(StationId::parse("BENCH-1")?),
            by: Some(Badge::parse(LEAD)?),
            auth: Some(Auth::Badge),
            how: Some(How::Typed),
            ..About::default()
        };
        self.events.push((about, what));
        if self.events.len() >= EVENTS_A_COMMIT {
            self.flush()?;
            self.writer.commit()?;
            self.writer.begin()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Outcome<()> {
        let head = self.writer.head()?;
        let boot = Boot::parse("be000000")?;
        let mut events = Vec::with_capacity(self.events.len());
        for ((about, what), seq) in self.events.drain(..).zip(head.seq + 1..) {
            self.at = self.at.plus(1_000);
            let unit = about.unit.clone().ok_or("every event here is of a unit")?;
            let before = self.heads.get(&unit).copied();
            if matches!(what, What::UnitClosed(_)) {
                self.heads.remove(&unit);
            } else if what.changes_a_unit() {
                self.heads.insert(unit, seq);
            }
            let about = About { builds_on: before.map(Link::Here), ..about };
            let stamp = Stamp {
                terminal: head.terminal.clone(),
                epoch: head.epoch.clone(),
                seq,
                act: seq,
                at: self.at,
                clock: Clock::Synced,
                boot: boot.clone(),
                mono: seq,
                elsewhere: None,
            };
            events.push(Event { stamp, about, what, cause: None });
        }
        self.writer.append(&events)?;
        Ok(())
    }
}
