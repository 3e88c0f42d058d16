//! What shows beneath an overlay.

use super::checklist::Bench;
use super::model::{Face, Model, Stop, Verdict};
use super::port::Fault;
use super::settlement::Work;
use crate::domain::packing::{Carton, Shipment};
use crate::domain::traveller::Standing;

/// What shows beneath an overlay.
#[derive(Debug)]
pub enum Screen<'a> {
    /// The machine failed.
    Fault(&'a Fault),
    /// The gate stopped the work.
    Stopped(&'a Stop),
    /// A step passed.
    Passed(&'a Verdict),
    /// A step failed, and the unit was put down.
    Failed(&'a Work),
    /// Nobody is signed on.
    SignOn,
    /// No unit is open.
    Ready,
    /// A carton is at hand to pack into.
    Carton(&'a Carton),
    /// A shipment is at hand to load.
    Shipment(&'a Shipment),
    /// A unit is open.
    Step(Bench<'a>),
    /// A nonconforming unit is open.
    Nonconforming(Bench<'a>),
}

impl Model {
    /// What shows beneath an overlay.
    pub fn screen(&self) -> Screen<'_> {
        match &self.face {
            Face::Fault { fault, .. } => Screen::Fault(fault),
            Face::Stopped(stop) => Screen::Stopped(stop),
            Face::Passed(verdict) => Screen::Passed(verdict),
            Face::Failed(work) => Screen::Failed(work),
            Face::Work if self.desk.operator.is_none() => Screen::SignOn,
            Face::Work => match self.bench() {
                None => self.at_hand(),
                Some(bench) if bench.traveller.standing == Standing::Nonconforming => Screen::Nonconforming(bench),
                Some(bench) => Screen::Step(bench),
            },
        }
    }

    /// What the station packs into or loads, where no unit is open.
    fn at_hand(&self) -> Screen<'_> {
        let carton = self.desk.carton.as_ref().map(Screen::Carton);
        carton.or(self.desk.shipment.as_ref().map(Screen::Shipment)).unwrap_or(Screen::Ready)
    }
}

impl Screen<'_> {
    /// Its name, in the code and in tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Fault(_) => "fault",
            Self::Stopped(_) => "stopped",
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::SignOn => "sign-on",
            Self::Ready => "ready",
            Self::Carton(_) => "carton",
            Self::Shipment(_) => "shipment",
            Self::Step(_) => "step",
            Self::Nonconforming(_) => "nonconforming",
        }
    }
}
