//! What was used, and the questions that find the units that have it: directly, around those, and within them.

/// The units that a lot went into.
pub(super) const HAVE_LOT: &str =
    "SELECT unit, 0, min(event) FROM material WHERE lot = ?1 AND out IS NULL AND unit > ?2
    GROUP BY unit ORDER BY unit LIMIT ?3";
/// The units that a component is in, or was.
pub(super) const HAVE_SERIAL: &str = "SELECT unit, min(out IS NOT NULL), min(event) FROM material
    WHERE serial = ?1 AND out IS NOT 'voided' AND unit > ?2 GROUP BY unit ORDER BY unit LIMIT ?3";
/// The batches that pieces of a batch are in.
pub(super) const HAVE_BATCH: &str = "SELECT unit, 0, min(event) FROM descent WHERE of = ?1 AND unit > ?2
    GROUP BY unit ORDER BY unit LIMIT ?3";

/// Whether one event came before another. Of two streams nobody can tell: then it may have.
macro_rules! before {
    ($one:literal, $other:literal) => {
        concat!("(", $one, " < ", $other, " OR ", $one, " >> 40 <> ", $other, " >> 40)")
    };
}

/// From some units upwards: each unit that has one of them, level by level, and whether it still does. What was in a
/// batch before pieces of it went into another one is in that one too.
pub(super) const AROUND: &str = concat!(
    "WITH RECURSIVE up (home, unit, below, live, level, since, name, state) AS (
        SELECT given.value ->> 0, unit.id, NULL, 1, 0, given.value ->> 1, unit.name, unit.state
            FROM json_each(?1) AS given JOIN unit ON unit.id = given.value ->> 0
        UNION SELECT up.home, unit.id, up.unit, up.live AND m.out IS NULL, up.level + 1, m.event, unit.name, unit.state
            FROM up JOIN material AS m ON m.serial = up.name JOIN unit ON unit.id = m.unit
            WHERE m.out IS NOT 'voided' AND up.level < 16
        UNION SELECT up.home, unit.id, up.unit, up.live, up.level + 1, d.event, unit.name, unit.state
            FROM up JOIN descent AS d ON d.of = up.name JOIN unit ON unit.id = d.unit
            WHERE ",
    before!("up.since", "d.event"),
    "
    ) SELECT home, unit, below, live, name, state FROM up"
);

/// From a unit downwards: each unit in it that has the thing itself, and whether it still does. Of a batch that pieces
/// came from, only what came before them.
macro_rules! within {
    ($is_it:literal) => {
        concat!(
            "WITH RECURSIVE down (unit, live, level, until) AS (
                SELECT ?1, 1, 0, NULL
                UNION SELECT below.id, down.live AND m.out IS NULL, down.level + 1, NULL
                    FROM down JOIN material AS m ON m.unit = down.unit JOIN unit AS below ON below.name = m.serial
                    WHERE m.out IS NOT 'voided' AND down.level < 16
                UNION SELECT below.id, down.live, down.level + 1, d.event
                    FROM down JOIN descent AS d ON d.unit = down.unit JOIN unit AS below ON below.name = d.of
                    WHERE down.until IS NULL OR ",
            before!("d.event", "down.until"),
            "
            ) SELECT d.unit, down.live AND d.out IS NULL FROM down JOIN material AS d ON d.unit = down.unit
            WHERE d.out IS NOT 'voided' AND (down.until IS NULL OR ",
            before!("d.event", "down.until"),
            ") AND ",
            $is_it,
            " UNION ALL SELECT d.unit, down.live FROM down JOIN descent AS d ON d.unit = down.unit
            WHERE d.of = ?2 AND (down.until IS NULL OR ",
            before!("d.event", "down.until"),
            ")"
        )
    };
}

/// All units at any depth.
macro_rules! count {
    ($direct:literal) => {
        concat!(
            "WITH RECURSIVE up (unit, since) AS (",
            $direct,
            " UNION SELECT m.unit, m.event FROM up JOIN unit ON unit.id = up.unit
                JOIN material AS m ON m.serial = unit.name WHERE m.out IS NOT 'voided'
            UNION SELECT d.unit, d.event FROM up JOIN unit ON unit.id = up.unit
                JOIN descent AS d ON d.of = unit.name WHERE ",
            before!("up.since", "d.event"),
            ") SELECT count(DISTINCT unit) FROM up"
        )
    };
}

/// What was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought<'a> {
    /// A lot, a component, or a unit that went into others.
    Number(&'a str),
    /// Every lot of a supplier.
    Supplier(&'a str),
}

impl<'a> From<&'a str> for Sought<'a> {
    fn from(number: &'a str) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a String> for Sought<'a> {
    fn from(number: &'a String) -> Self {
        Self::Number(number)
    }
}

impl<'a> Sought<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Number(text) | Self::Supplier(text) => text,
        }
    }

    pub(super) fn within(self) -> &'static str {
        match self {
            Self::Number(_) => within!("(d.lot = ?2 OR d.serial = ?2)"),
            Self::Supplier(_) => within!("d.lot IN (SELECT name FROM lot WHERE supplier = ?2)"),
        }
    }

    pub(super) fn count(self) -> &'static str {
        match self {
            Self::Number(_) => count!(
                "SELECT unit, event FROM material WHERE lot = ?1 AND out IS NULL
                UNION SELECT unit, event FROM material WHERE serial = ?1 AND out IS NOT 'voided'
                UNION SELECT unit, event FROM descent WHERE of = ?1"
            ),
            Self::Supplier(_) => count!(
                "SELECT material.unit, material.event FROM lot JOIN material ON material.lot = lot.name
                WHERE lot.supplier = ?1 AND material.out IS NULL"
            ),
        }
    }
}
