//! What the gate must know before it decides.

use crate::domain::command::Command;
use crate::domain::facts::Ask;
use crate::domain::gs1::gtin_in;
use crate::domain::id::{Badge, LotId, Serial, UnitId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::station::Station;
use crate::domain::structured::without_symbology;
use crate::domain::traveller::Traveller;

/// Every question that must be answered before `command` can be decided at a station with that open unit.
pub fn asks(station: &Station, open: &Traveller, command: &Command) -> Vec<Ask> {
    let mut all = Vec::with_capacity(6);
    all.extend(station.operator.clone().map(Ask::Person));
    if let Some(signer) = command.signer() {
        all.push(Ask::Person(signer.clone()));
        all.push(Ask::Population);
    }
    all.extend(command.unit().filter(|u| Some(*u) != open.unit.as_ref()).cloned().map(Ask::Unit));
    match command {
        Command::Scan { label, .. } => ask_about_label(label, open, &mut all),
        Command::Value { value, .. } => {
            // A text check never takes what reads as a unit or a badge, in whichever form a label has it.
            let body = without_symbology(value);
            all.extend(Badge::parse(body).ok().map(Ask::Person));
            all.push(Ask::Claim(body.to_owned()));
            all.extend(gtin_in(body).map(|gtin| Ask::Labelled { gtin, serial: None }));
        }
        Command::Enrol { badge, .. } => {
            all.push(Ask::Person(badge.clone()));
            all.push(Ask::Population);
            all.push(Ask::Claim(badge.to_string()));
        }
        Command::Revoke { badge, .. } | Command::ChangePin { badge, .. } => all.push(Ask::Person(badge.clone())),
        Command::ReleaseRoute { route, revision, .. } | Command::WithdrawRoute { route, revision, .. } => {
            all.push(Ask::Release(route.clone(), revision.clone()));
        }
        Command::ReceiveLot { lot, .. } => {
            all.push(Ask::Lot(lot.clone()));
            all.extend(Badge::parse(lot.as_str()).ok().map(Ask::Person));
            all.push(Ask::Claim(lot.to_string()));
        }
        Command::ChangeLot { lot, .. } => all.push(Ask::Lot(lot.clone())),
        Command::Pass
        | Command::Skip
        | Command::InspectLot { .. }
        | Command::HoldUnits { .. }
        | Command::Recover { .. }
        | Command::OpenOrder { .. }
        | Command::CloseOrder { .. }
        | Command::RegisterGauge { .. }
        | Command::CalibrateGauge { .. }
        | Command::RetireGauge { .. }
        | Command::Qualify { .. }
        | Command::Fail { .. }
        | Command::Hold { .. }
        | Command::Void { .. }
        | Command::Retest { .. }
        | Command::Close
        | Command::SignOn { .. }
        | Command::SignOff { .. }
        | Command::Sign { .. }
        | Command::Dispose { .. }
        | Command::HoldUnit { .. }
        | Command::ReleaseHold { .. }
        | Command::Malformed { .. } => {}
    }
    all
}

fn ask_about_label(label: &Label, open: &Traveller, all: &mut Vec<Ask>) {
    all.extend(label.text().and_then(|text| Badge::parse(text).ok()).map(Ask::Person));
    if let Some(text) = label.plain() {
        all.extend(LotId::parse(text).ok().map(Ask::Lot));
        all.extend(Serial::parse(text).ok().map(Ask::Component));
        if let Ok(unit) = UnitId::parse(text)
            && open.unit.as_ref() != Some(&unit)
        {
            all.push(Ask::Unit(unit));
            all.push(Ask::Claim(text.to_owned()));
        }
    }
    if let Some(item) = Item::of(label) {
        all.extend(item.lot().and_then(|lot| LotId::parse(lot).ok()).map(Ask::Lot));
        all.extend(item.numbers().filter_map(|number| Serial::parse(&number).ok()).map(Ask::Component));
        let serial = item.serial().and_then(|serial| Serial::parse(serial).ok());
        all.extend(item.gtin().cloned().map(|gtin| Ask::Labelled { gtin, serial }));
    }
}
