//! The two renderings of an answer: JSON for scripts, plain aligned columns for people. Both are safe to show.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::domain::text::{display_safe, is_safe};

/// One line of JSON.
pub(super) fn json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    writeln!(out, "{}", json_safe(&text))
}

/// JSON with every character that a terminal would obey written as its escape, which means the same.
pub(super) fn json_safe(json: &str) -> Cow<'_, str> {
    if json.chars().all(is_safe) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_safe(c) {
            safe.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _always_ok = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    Cow::Owned(safe)
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

    pub(super) fn item(&mut self, value: &impl Serialize) -> io::Result<()> {
        let comma = if self.any { "," } else { "" };
        self.any = true;
        write!(self.out, "{comma}{}", json_safe(&serde_json::to_string(value)?))
    }

    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.out, "]}}")
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
        self.rows.push(cells.iter().map(|cell| display_safe(cell).into_owned()).collect());
    }

    /// Writes the rows and forgets them, the heads too: a long list is written page by page.
    pub(super) fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let width = |column| self.rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count()).max();
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
    fn json_keeps_its_meaning_and_no_terminal_obeys_it() {
        let hostile = "A\u{9b}2J\u{202e}\u{e0001}\u{7f}ü";
        let mut out = Vec::new();
        json_line(&mut out, &hostile).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "\"A\\u009b2J\\u202e\\udb40\\udc01\\u007fü\"\n");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), hostile);
    }

    #[test]
    fn a_list_is_one_object() {
        let mut out = Vec::new();
        let mut list = JsonList::begin(&mut out, "units").unwrap();
        list.item(&1).unwrap();
        list.item(&"b").unwrap();
        list.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"units\":[1,\"b\"]}\n");
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
