//! What units have in common: something went into them, or something may have spoilt them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::failure::Failure;
use super::meaning::suspected_word;
use super::unit_args::Span;
use crate::app::port::Fault;
use crate::domain::id::{LotId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::ledger::read::suspects::Suspected;

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
        if lot.is_none() && unit.is_none() && reader.users(&what, None, 1)?.is_empty() {
            let failed = format!("no lot, component or unit {what} is on record");
            return Err(Failure::no(failed, "check the number; nothing was done"));
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
            Self::Suspect { what, .. } => suspected_word(what),
        }
    }

    /// From when on they are suspect; none where that is not the question.
    pub(super) fn since(&self) -> Option<At> {
        match self {
            Self::Used(_) => None,
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
            Self::Suspect { what, since, until } => {
                reader.suspects(what, *since, *until, |row| {
                    if take(row.unit.clone(), row.state).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                    // What a doubtful unit went into is doubtful as well.
                    let mut went_on = ControlFlow::Continue(());
                    reader.each_user(row.unit.as_str(), |used| {
                        if !used.was_in {
                            went_on = take(used.unit, used.state);
                        }
                        Ok(went_on)
                    })?;
                    Ok(went_on)
                })?;
            }
        }
        failed.map_or(Ok(total), Err)
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
