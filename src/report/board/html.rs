//! The board as one page for a screen on the wall. It loads nothing, runs no script, and asks for itself again after
//! some seconds; whoever writes it puts a new one in its place.

use std::fmt::{Arguments, Write as _};

use jiff::tz::TimeZone;

use super::text::{chart, section, title};
use crate::app::board::content::Board;
use crate::app::board::pages::all;
use crate::app::board::table::{Table, Tone};
use crate::report::page;
use crate::report::sheet::svg::escaped;

/// What it looks like: large letters, dark, few colours, and each of them with a sign.
const STYLE: &str = include_str!("board.css");

/// Seconds after which a browser asks for the page again.
pub const REFRESH_SECONDS: u32 = 20;

/// The page. Every text in it is escaped.
pub fn page(board: &Board, zone: &TimeZone) -> String {
    let again = format!("<meta http-equiv=\"refresh\" content=\"{REFRESH_SECONDS}\"/>\n");
    let mut page = page::begin("Board", STYLE, &again);
    put(&mut page, format_args!("<h1>{}</h1>", escaped(&title(board, zone))));
    if let Some(trend) = &board.trend {
        let lines: Vec<String> = chart(trend).iter().map(|line| escaped(line)).collect();
        put(&mut page, format_args!("<pre>{}</pre>", lines.join("\n")));
    }
    put(&mut page, format_args!("<main>"));
    for table in &all(board, zone) {
        write_table(&mut page, table);
    }
    put(&mut page, format_args!("</main>"));
    page.push_str(page::END);
    page
}

fn write_table(page: &mut String, table: &Table) {
    let section = section(table);
    put(page, format_args!("<section>\n<h2>{}</h2>", escaped(&section.title)));
    if section.rows.is_empty() {
        return put(page, format_args!("<p>nothing</p>\n</section>"));
    }
    let heads = section.columns.iter().map(|column| escaped(column));
    put(page, format_args!("<table>\n<tr>{}</tr>", cells("th", heads)));
    for (row, of) in section.rows.iter().zip(&table.rows) {
        let class = match of.tone {
            Tone::Plain => "",
            Tone::Now => " class=\"now\"",
            Tone::Trouble => " class=\"trouble\"",
            Tone::Silent => " class=\"silent\"",
        };
        put(page, format_args!("<tr{class}>{}</tr>", cells("td", row.iter().map(|cell| escaped(cell)))));
    }
    put(page, format_args!("</table>"));
    if section.more > 0 {
        put(page, format_args!("<p>and {} more</p>", section.more));
    }
    put(page, format_args!("</section>"));
}

/// The cells of a row, in one sort of tag.
fn cells(tag: &str, texts: impl Iterator<Item = String>) -> String {
    texts.flat_map(|text| ["<".to_owned(), tag.to_owned(), ">".to_owned(), text, format!("</{tag}>")]).collect()
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}
