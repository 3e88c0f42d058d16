//! A board on which there is something of everything.

use traveller::app::board::content::{Attention, Board, Hour, PlanLine, RefusalLine, StationLine, WorkLine, YieldLine};
use traveller::app::board::lines::{
    DownLine, Ends, ExpiryLine, FailureLine, HalfDoneLine, HourReason, NoteLine, OrderLine, OverrideLine, PermitLine,
    Shares,
};
use traveller::app::board::proof::{Proof, ProofLine, Proven};
use traveller::domain::code::Code;
use traveller::domain::limits::Limits;
use traveller::domain::time::At;
use traveller::report::board::trend::trend;
use traveller::report::board::values::{Series, Value};

pub(super) fn at(text: &str) -> At {
    format!("2026-11-23T{text}:00Z").parse().unwrap()
}

fn station(name: &str, state: &'static str) -> StationLine {
    StationLine {
        station: name.parse().unwrap(),
        state,
        calls: false,
        operator: Some("OP-2201".parse().unwrap()),
        open: Some("PC226-000417".parse().unwrap()),
        seen_minutes: Some(0),
        passed: 251,
        failed: 2,
        refused: 4,
        finished: 0,
        class: Some("test".parse().unwrap()),
        in_process: 3,
        held: 1,
        oldest_minutes: Some(31),
        tried: 253,
        first_pass: Some(992),
        cycle_seconds: Some(58),
        takt_seconds: Some(62),
    }
}

fn hour(from: &str, due: u32, finished: u32) -> Hour {
    Hour {
        from: at(from),
        finished,
        due: Some(due),
        passed: finished * 4,
        failed: 1,
        refused: 2,
        runs: false,
        reasons: vec![],
    }
}

fn hours() -> Vec<Hour> {
    let mut hours = vec![hour("06:00", 40, 41), hour("07:00", 40, 33), hour("08:00", 40, 30), hour("09:00", 20, 12)];
    hours[1].reasons = vec![HourReason {
        station: "TEST-1".parse().unwrap(),
        reason: "leak tester was calibrated".to_owned(),
        by: Some("LD-1".parse().unwrap()),
    }];
    hours[3].runs = true;
    hours
}

fn attention() -> Vec<Attention> {
    let unit = |n: u32| format!("PC226-0004{n}").parse().unwrap();
    vec![
        Attention::Called { station: "TEST-2".parse().unwrap(), by: Some("OP-2001".parse().unwrap()), minutes: 3 },
        Attention::Down { station: "PACK-1".parse().unwrap(), reason: "no-cartons".to_owned(), minutes: 12 },
        Attention::Silent { station: "KIT-1".parse().unwrap(), by: Some("OP-3310".parse().unwrap()), minutes: 26 },
        Attention::SampleFailed { station: "TEST-1".parse().unwrap(), unit: unit(21), minutes: 9 },
        Attention::FirstPiece { station: "ASSY-2".parse().unwrap(), unit: unit(20), minutes: 14 },
        Attention::Nonconforming { unit: unit(17), step: Some("40".parse().unwrap()), minutes: 31 },
        Attention::Held { unit: unit(18), reason: Some("scratched <b>badly</b>".to_owned()), minutes: 130 },
        Attention::Held { unit: unit(19), reason: None, minutes: 3_000 },
        Attention::Short { from: at("08:00"), due: 40, finished: 30, minutes: 31 },
    ]
}

fn stations() -> Vec<StationLine> {
    let nobody = StationLine {
        operator: None,
        open: None,
        seen_minutes: None,
        first_pass: None,
        cycle_seconds: None,
        takt_seconds: None,
        oldest_minutes: None,
        ..station("SHIP-1", "nobody")
    };
    vec![
        StationLine { open: None, ..station("KIT-1", "silent") },
        station("PACK-1", "down"),
        station("TEST-1", "working"),
        StationLine { calls: true, ..station("TEST-2", "waiting") },
        nobody,
    ]
}

/// A board at half past nine of an early shift.
pub(super) fn board() -> Board {
    Board {
        at: Some(at("09:31")),
        from: Some(at("06:00")),
        until: Some(at("14:00")),
        shift: Some("early".parse().unwrap()),
        attention: attention(),
        stations: stations(),
        hours: hours(),
        checks: vec!["pc200:40:leak".parse().unwrap(), "pc200:30:torque".parse().unwrap()],
        trend: Some(trend(&series())),
        ..counted()
    }
}

fn counted() -> Board {
    let (route, step) = (Some("pc200".parse().unwrap()), "40".parse().unwrap());
    let failure = |what: &str, times, permille, cumulated| FailureLine {
        route: Some("pc200".parse().unwrap()),
        step: "40".parse().unwrap(),
        what: what.to_owned(),
        times,
        permille,
        cumulated,
    };
    Board {
        plan: vec![
            PlanLine { route: None, station: None, planned: 320, due: 140, made: 116, takt_seconds: Some(90) },
            PlanLine {
                route: route.clone(),
                station: Some("TEST-1".parse().unwrap()),
                planned: 100,
                due: 40,
                made: 44,
                takt_seconds: None,
            },
        ],
        work: vec![WorkLine {
            route: route.clone(),
            step: Some("40".parse().unwrap()),
            station: "test".parse().unwrap(),
            state: "in-process",
            units: 7,
            oldest: Some("PC226-000401".parse().unwrap()),
            oldest_minutes: Some(44),
        }],
        half_done: vec![HalfDoneLine {
            unit: "PC226-000402".parse().unwrap(),
            step: Some("30".parse().unwrap()),
            station: Some("ASSY-1".parse().unwrap()),
            by: Some("OP-2001".parse().unwrap()),
            minutes: 75,
        }],
        first_pass: vec![YieldLine { route: route.clone(), step, tried: 253, passed: 251, permille: 992 }],
        shares: Shares { attempts: 300, retests: 4, records: 1_200, typed: 60, transcribed: 0, corrected: 3 },
        failures: vec![
            failure("LEAK", 6, 600, 600),
            failure("visual", 3, 300, 900),
            failure("operator", 1, 100, 1_000),
        ],
        orders: vec![OrderLine {
            order: "88120".parse().unwrap(),
            route: "pc200".parse().unwrap(),
            quantity: 400,
            started: 260,
            finished: 246,
            scrapped: 2,
            left: 154,
        }],
        refusals: vec![
            RefusalLine { code: "out-of-sequence".to_owned(), times: 9 },
            RefusalLine { code: "lot-expired".to_owned(), times: 2 },
        ],
        ..ends()
    }
}

fn ends() -> Board {
    let ending = |what, name: &str, of: &str, last: &str, over| ExpiryLine {
        what,
        name: name.to_owned(),
        of: of.to_owned(),
        last: last.parse().unwrap(),
        until: None,
        over,
    };
    Board {
        downtime: vec![DownLine {
            station: Some("PACK-1".parse().unwrap()),
            from: at("09:19"),
            to: None,
            minutes: 12,
            reason: Some("no-cartons".to_owned()),
            by: Some("OP-4410".parse().unwrap()),
        }],
        notes: vec![NoteLine {
            station: Some("TEST-1".parse().unwrap()),
            left: at("05:58"),
            by: Some("OP-2001".parse().unwrap()),
            text: Some("Fixture 2 sticks: press twice.".to_owned()),
            read_by: None,
        }],
        expiring: vec![
            ending(Ends::Gauge, "TW-07", "torque", "2026-11-22", true),
            ending(Ends::Qualification, "OP-2201", "leak-test", "2026-11-23", false),
            ending(Ends::Lot, "L2611-00022", "GSK-4410", "2026-11-23", false),
            ExpiryLine { until: Some(at("11:40")), ..ending(Ends::Floor, "P-2", "PASTE", "2026-11-23", false) },
        ],
        proofs: proofs(),
        permits: vec![PermitLine {
            permit: "DP-7".parse().unwrap(),
            rule: Code::LotExpired,
            used: 20,
            quantity: Some(20),
            until: at("22:00"),
            over: true,
        }],
        overrides: Some(OverrideLine { since: at("00:00"), used: 1, budget: 3 }),
        ..Board::default()
    }
}

fn proofs() -> Vec<ProofLine> {
    let line = |station: &str, what, stands| ProofLine {
        station: station.parse().unwrap(),
        route: "pc200".parse().unwrap(),
        step: "40".parse().unwrap(),
        what,
        stands,
        unit: Some("PC226-000401".parse().unwrap()),
        of: None,
        at: Some(at("06:04")),
        until: None,
    };
    vec![
        ProofLine { of: Some("shift early".to_owned()), ..line("ASSY-1", Proof::FirstPiece, Proven::Passed) },
        ProofLine { of: Some("order 88120".to_owned()), ..line("ASSY-2", Proof::FirstPiece, Proven::Waits) },
        ProofLine { until: Some(at("10:04")), ..line("TEST-1", Proof::GoodSample, Proven::Passed) },
        line("TEST-1", Proof::BadSample, Proven::Failed),
        ProofLine { unit: None, at: None, ..line("TEST-2", Proof::GoodSample, Proven::Due) },
    ]
}

/// Thirty values, the last of which are too high.
fn series() -> Series {
    let value = |n: i64| {
        let off = if n >= 27 { 22 } else { (n * 7) % 5 };
        Value {
            at: at("06:00").plus(n * 300_000_000),
            unit: format!("PC226-{n:06}").parse().unwrap(),
            value: format!("0.{:02}", 20 + off).parse().unwrap(),
            passed: n < 29,
        }
    };
    let limits: Limits = "<= 0.50 kPa".parse().unwrap();
    let check = "pc200:40:leak".parse().unwrap();
    Series { check, title: Some("Leak rate".to_owned()), limits: Some(limits), values: (0..30).map(value).collect() }
}
