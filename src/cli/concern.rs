//! What units have in common: something went into them, or something may have spoilt them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::failure::Failure;
use super::meaning::suspected_word;
use super::relabel::named;
use super::unit_args::Span;
use crate::app::port::Fault;
use crate::domain::id::{LotId, UnitId};
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::order::SerialRange;
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::ledger::read::suspects::Suspected;
use crate::ledger::read::units::UnitRow;
use crate::ledger::read::where_used::Sought;

/// What units have in common.
#[derive(Debug, Clone)]
pub(super) enum Concern {
    /// A lot, a component or a unit went into them, at any depth.
    Used(String),
    /// All lots of a supplier went into them, at any depth.
    Supplier(String),
    /// Their numbers, and what they went into.
    Range(SerialRange),
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
        if lot.is_some() || !reader.users(&what, None, 1)?.is_empty() {
            return Ok(Self::Used(what));
        }
        // A unit, by whichever of its labels.
        if let Ok(number) = UnitId::parse(&what) {
            let unit = named(reader, number)?;
            if reader.unit(&unit)?.is_some() {
                return Ok(Self::Used(unit.to_string()));
            }
        }
        let failed = format!("no lot, component or unit {what} is on record");
        Err(Failure::no(failed, "check the number; nothing was done"))
    }

    /// All lots of a supplier, of whom there has to be one.
    pub(super) fn of_supplier(reader: &Reader, supplier: String) -> Result<Self, Failure> {
        if !reader.lots()?.iter().any(|lot| lot.supplier.as_deref() == Some(supplier.as_str())) {
            let failed = format!("no lot of supplier {supplier} is on record");
            return Err(Failure::no(failed, "see `traveller lot list`; nothing was done"));
        }
        Ok(Self::Supplier(supplier))
    }

    /// Units that something may have spoilt. Of a gauge it is known since when it is in doubt.
    pub(super) fn suspect(reader: &Reader, what: Suspected, span: Span) -> Result<Self, Failure> {
        let since = match (&what, span.since) {
            (_, Some(since)) => since,
            (Suspected::Gauge(gauge), None) => reader.gauge(gauge)?.map(|g| g.good_at).ok_or_else(|| {
                Failure::no(format!("gauge {gauge} is not registered"), "see `traveller gauge list`, or give --since")
            })?,
            (Suspected::Tester(tester), None) => reader.proved_before(tester)?.ok_or_else(|| {
                let what = format!("no run of a golden sample at {tester} failed after one that was good");
                Failure::no(what, "give --since TIME")
            })?,
            (Suspected::Operator(_) | Suspected::Station(_), None) => {
                let what = format!("since when {} is suspect was not said", suspected_word(&what));
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
            Self::Supplier(supplier) => format!("supplier:{supplier}"),
            Self::Range(range) => range.to_string(),
            Self::Suspect { what, .. } => suspected_word(what),
        }
    }

    /// From when on they are suspect; none where that is not the question.
    pub(super) fn since(&self) -> Option<At> {
        match self {
            Self::Used(_) | Self::Supplier(_) | Self::Range(_) => None,
            Self::Suspect { since, .. } => Some(*since),
        }
    }

    /// Goes through the units, each once; how many there are. What was taken out of a unit concerns it no more.
    pub(super) fn each<E: From<Fault>>(
        &self,
        reader: &Reader,
        mut visit: impl FnMut(Concerned) -> Result<(), E>,
    ) -> Result<usize, E> {
        let (mut total, mut failed) = (0, None);
        let mut met = HashSet::new();
        let mut take = |unit: UnitId, state| {
            if !met.insert(unit.clone()) {
                return ControlFlow::Continue(());
            }
            total += 1;
            match visit(Concerned { unit, state }) {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => {
                    failed = Some(failure);
                    ControlFlow::Break(())
                }
            }
        };
        match self {
            Self::Used(what) => reader.each_user(what, |used| {
                Ok(if used.was_in { ControlFlow::Continue(()) } else { take(used.unit, used.state) })
            })?,
            Self::Supplier(supplier) => reader.each_user(Sought::Supplier(supplier), |used| {
                Ok(if used.was_in { ControlFlow::Continue(()) } else { take(used.unit, used.state) })
            })?,
            Self::Range(range) => reader.each_in(range, |row| with_what_it_went_into(reader, &row, &mut take))?,
            Self::Suspect { what, since, until } => {
                reader.suspects(what, *since, *until, |row| with_what_it_went_into(reader, &row, &mut take))?;
            }
        }
        failed.map_or(Ok(total), Err)
    }

    /// The lots that are recalled themselves, and whether each may still be used.
    pub(super) fn lots(&self, reader: &Reader) -> Result<Vec<(LotId, bool)>, Fault> {
        let lots = match self {
            Self::Used(what) => {
                LotId::parse(what).ok().map(|lot| reader.lot(&lot)).transpose()?.flatten().into_iter().collect()
            }
            Self::Supplier(supplier) => {
                let mut lots = reader.lots()?;
                lots.retain(|lot| lot.supplier.as_deref() == Some(supplier.as_str()));
                lots
            }
            Self::Range(_) | Self::Suspect { .. } => Vec::new(),
        };
        let goes_on = |lot: &Lot| matches!(lot.standing, LotStanding::Free | LotStanding::Quarantined);
        Ok(lots.iter().map(|lot| (lot.lot.clone(), goes_on(lot))).collect())
    }

    /// All of them.
    pub(super) fn all(&self, reader: &Reader) -> Result<Vec<Concerned>, Fault> {
        let mut all = Vec::new();
        self.each(reader, |concerned| {
            all.push(concerned);
            Ok::<_, Fault>(())
        })?;
        Ok(all)
    }
}

/// A doubtful unit, and what it went into: that is doubtful as well.
fn with_what_it_went_into(
    reader: &Reader,
    row: &UnitRow,
    take: &mut impl FnMut(UnitId, State) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Fault> {
    if take(row.unit.clone(), row.state).is_break() {
        return Ok(ControlFlow::Break(()));
    }
    let mut went_on = ControlFlow::Continue(());
    reader.each_user(row.unit.as_str(), |used| {
        if !used.was_in {
            went_on = take(used.unit, used.state);
        }
        Ok(went_on)
    })?;
    Ok(went_on)
}
