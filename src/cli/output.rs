//! The two renderings of an answer: JSON for scripts, plain aligned columns for people. Both are safe to show.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::{display_safe, json_safe};
use crate::ledger::chain::Hash;
use crate::ledger::reader::Stream;

/// One line of JSON.
pub(super) fn json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    writeln!(out, "{}", json_safe(&text))
}

/// Where a stream stands, as every answer about replicas says it.
#[derive(Serialize)]
pub(super) struct HeadLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    seq: u64,
    hash: String,
}

impl<'a> HeadLine<'a> {
    pub(super) fn new(terminal: &'a TerminalId, epoch: &'a Epoch, seq: u64, hash: Hash) -> Self {
        Self { terminal, epoch, seq, hash: hash.hex() }
    }

    pub(super) fn of_stream(stream: &'a Stream) -> Self {
        let Stream { terminal, epoch, seq, hash, .. } = stream;
        Self::new(terminal, epoch, *seq, *hash)
    }
}

/// A text of several lines, made safe line by line.
pub(super) fn lines(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        let spaced = line.replace('\t', "    ");
        writeln!(out, "{}", display_safe(&spaced))?;
    }
    Ok(())
}

/// A list under one key, `{"units":[...]}`, written item by item: it may be longer than memory.
pub(super) struct JsonList<'o> {
    out: &'o mut dyn Write,
    any: bool,
}

impl<'o> JsonList<'o> {
    pub(super) fn begin(out: &'o mut dyn Write, key: &str) -> io::Result<Self> {
        write!(out, "{{\"{key}\":[")?;
        Ok(Self { out, any: false })
    }

    /// A list that comes after the fields of an object.
    pub(super) fn after(out: &'o mut dyn Write, fields: &impl Serialize, key: &str) -> io::Result<Self> {
        let head = serde_json::to_string(fields)?;
        write!(out, "{},\"{key}\":[", json_safe(head.strip_suffix('}').unwrap_or(&head)))?;
        Ok(Self { out, any: false })
    }

    pub(super) fn item(&mut self, value: &impl Serialize) -> io::Result<()> {
        let comma = if self.any { "," } else { "" };
        self.any = true;
        write!(self.out, "{comma}{}", json_safe(&serde_json::to_string(value)?))
    }

    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.out, "]}}")
    }

    /// Ends the list, and the object with how many there are in all.
    pub(super) fn end_of(self, total: usize) -> io::Result<()> {
        writeln!(self.out, "],\"total\":{total}}}")
    }
}

/// Columns for people: as wide as what is in them, two spaces between, no colour.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|h| (*h).to_owned()).collect()] }
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| display_safe(&cell).into_owned()).into());
    }

    /// Writes the rows and forgets them, the heads too: a long list is written page by page.
    pub(super) fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let width =
            |column: usize| self.rows.iter().filter_map(move |r| r.get(column)).map(|c| c.chars().count()).max();
        let widths: Vec<usize> = (0..).map_while(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _always_ok = write!(line, "{cell:<width$}  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        self.rows.clear();
        Ok(())
    }
}

/// What stands in a cell where there is nothing.
pub(super) fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |t| t.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_one_object() {
        let mut out = Vec::new();
        let mut list = JsonList::begin(&mut out, "units").unwrap();
        list.item(&1).unwrap();
        list.item(&"b").unwrap();
        list.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"units\":[1,\"b\"]}\n");
        let mut out = Vec::new();
        let mut list = JsonList::after(&mut out, &std::collections::BTreeMap::from([("of", "{L}")]), "units").unwrap();
        list.item(&1).unwrap();
        list.end_of(7).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"of\":\"{L}\",\"units\":[1],\"total\":7}\n");
    }

    #[test]
    fn columns_are_aligned_and_harmless() {
        let mut table = Table::new(&["unit", "state"]);
        table.row(["PC226-000001".to_owned(), "held\u{1b}".to_owned()]);
        table.row(["Ü".to_owned(), or_dash(None::<String>)]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "unit          state\nPC226-000001  held<1B>\nÜ             -\n");
    }
}
