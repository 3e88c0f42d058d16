//! What units have in common: something went into them, or something may have spoilt them.

use super::failure::Failure;
use super::meaning::Suspected;
use super::unit_args::Span;
use crate::app::port::Fault;
use crate::domain::id::{LotId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::ledger::reader::PAGE_ROWS_MOST;

/// What units have in common.
#[derive(Debug, Clone)]
pub(super) enum Concern {
    /// A lot, a component or a unit went into them, at any depth.
    Used(String),
    /// They may have been spoilt.
    Suspect {
        /// By what.
        what: Suspected,
        /// From when on.
        since: At,
        /// Until when.
        until: At,
    },
}

/// A unit that is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Concerned {
    /// Which.
    pub(super) unit: UnitId,
    /// Its state.
    pub(super) state: State,
}

impl Concern {
    /// A lot, a component or a unit, which has to be on record.
    pub(super) fn used(reader: &Reader, what: String) -> Result<Self, Failure> {
        let lot = LotId::parse(&what).ok().map(|lot| reader.lot(&lot)).transpose()?.flatten();
        let unit = UnitId::parse(&what).ok().map(|unit| reader.unit(&unit)).transpose()?.flatten();
        if lot.is_none() && unit.is_none() && reader.where_used(&what, None, 1)?.units.is_empty() {
            let failed = format!("no lot, component or unit {what} is on record");
            return Err(Failure::no(failed, "check the number; nothing was changed"));
        }
        Ok(Self::Used(what))
    }

    /// Units that something may have spoilt. Of a gauge it is known since when it is in doubt.
    pub(super) fn suspect(reader: &Reader, what: Suspected, span: Span) -> Result<Self, Failure> {
        let since = match (&what, span.since) {
            (_, Some(since)) => since,
            (Suspected::Gauge(gauge), None) => reader.gauge(gauge)?.map(|g| g.good_at).ok_or_else(|| {
                Failure::no(format!("gauge {gauge} is not registered"), "see `traveller gauge list`, or give --since")
            })?,
            (Suspected::Operator(_) | Suspected::Station(_), None) => {
                let what = format!("since when {what} is suspect was not said");
                return Err(Failure::wrong_use(what, "give --since TIME"));
            }
        };
        let until = span.until.unwrap_or(At(i64::MAX));
        if until < since {
            return Err(Failure::wrong_use(
                "--until lies before --since",
                "give a time after --since, or leave it out",
            ));
        }
        Ok(Self::Suspect { what, since, until })
    }

    /// The name of what they have in common.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Used(what) => what.clone(),
            Self::Suspect { what, .. } => what.to_string(),
        }
    }

    /// A page of the units, after the one named, in an order that holding them does not change.
    pub(super) fn page(&self, reader: &Reader, after: Option<&UnitId>, limit: u32) -> Result<Vec<Concerned>, Fault> {
        let found = match self {
            Self::Used(what) => reader.where_used(what, after, limit)?,
            Self::Suspect { .. } => return Ok(Vec::new()),
        };
        Ok(found.units.into_iter().map(|u| Concerned { unit: u.unit, state: u.state }).collect())
    }

    /// From when on they are suspect; none where that is not the question.
    pub(super) fn since(&self) -> Option<At> {
        match self {
            Self::Used(_) => None,
            Self::Suspect { since, .. } => Some(*since),
        }
    }

    /// Every unit, page by page: there may be more of them than memory holds. How many there are.
    pub(super) fn each_page(
        &self,
        reader: &Reader,
        mut visit: impl FnMut(&[Concerned]) -> Result<(), Failure>,
    ) -> Result<usize, Failure> {
        let (mut after, mut total) = (None, 0);
        loop {
            let page = self.page(reader, after.as_ref(), PAGE_ROWS_MOST)?;
            let Some(last) = page.last() else { return Ok(total) };
            after = Some(last.unit.clone());
            total += page.len();
            visit(&page)?;
        }
    }
}
