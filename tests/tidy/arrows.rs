//! Arrows between rooms point one way.

use super::paths::{Named, paths};
use super::source::{Source, assert_kept, assert_lines};

/// Each room, and the rooms that it may name besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("route_file", &["domain"]),
    ("app", &["domain"]),
    ("capture", &["domain"]),
    ("ledger", &["app", "domain"]),
    ("ui", &["app", "domain"]),
    ("replicate", &["ledger", "app", "domain"]),
    ("report", &["ledger", "app", "domain"]),
    ("demo", &["app", "ledger", "route_file", "domain"]),
    ("station", &["demo", "report", "replicate", "ui", "ledger", "capture", "app", "route_file", "domain"]),
    ("cli", &["station", "demo", "report", "replicate", "ui", "ledger", "capture", "app", "route_file", "domain"]),
];

/// What the domain must never name: files, clocks, threads, devices, screens.
const OUTSIDE: &[&str] = &[
    "clap",
    "crossterm",
    "getrandom",
    "ratatui",
    "rusqlite",
    "rustix",
    "signal_hook",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
];

fn arrows(source: &Source) -> Vec<String> {
    let tokens = source.tokens();
    paths(&tokens).iter().filter_map(|path| wrong(source, path)).collect()
}

/// What is wrong with one path, if anything.
fn wrong(source: &Source, path: &Named<'_>) -> Option<String> {
    let names: Vec<_> = path.names.iter().copied().skip_while(|name| *name == "self").collect();
    let finding = |what: String, instead: &str| Some(source.finding(path.line, &what, instead));
    let written = path.names.join("::");
    let Some(room) = source.room() else {
        let target = names.get(1).copied().unwrap_or("nothing");
        return match names[0] {
            "traveller" if target != "cli" => {
                finding(format!("main names `{written}`"), "main only runs `traveller::cli`")
            }
            "crate" => finding(format!("the root names `{written}`"), "move what needs it into a room"),
            _ => None,
        };
    };
    match names.first().copied() {
        Some("crate") => {
            let target = names.get(1).copied().unwrap_or("nothing");
            if target == room || may_name(room, target) {
                return None;
            }
            let instead = match ARROWS.iter().find(|(known, _)| *known == room) {
                Some((_, [])) => format!("{room} names no other room: pass the value in, or move the type to {room}"),
                Some((_, rooms)) => {
                    format!("{room} may name {}: move the type there, or turn the call round", rooms.join(", "))
                }
                None => format!("add the room {room} to the table of arrows, here and in ARCHITECTURE.md"),
            };
            finding(format!("wrong arrow {room} -> {target} in `{written}`"), &instead)
        }
        Some("super") => {
            let supers = names.iter().take_while(|name| **name == "super").count();
            let stays = source.module().len() + path.inner > supers;
            if stays {
                None
            } else {
                finding(format!("`{written}` leaves the room {room}"), "write the path from `crate::`")
            }
        }
        _ => None,
    }
}

fn may_name(room: &str, target: &str) -> bool {
    ARROWS.iter().any(|(known, rooms)| *known == room && rooms.contains(&target))
}

/// Rooms are folders of the table; nothing but `lib.rs` and `main.rs` stands beside them.
fn known_room(source: &Source) -> Vec<String> {
    let instead = "put it into a room of the table of arrows, or add the room there and in ARCHITECTURE.md";
    let known = match source.room() {
        Some(room) => source.path.matches('/').count() > 1 && ARROWS.iter().any(|(known, _)| *known == room),
        None => ["src/lib.rs", "src/main.rs"].contains(&source.path.as_str()),
    };
    if known { Vec::new() } else { vec![source.finding(1, "stands in no known room", instead)] }
}

fn pure_domain(source: &Source) -> Vec<String> {
    if source.room() != Some("domain") {
        return Vec::new();
    }
    let tokens = source.tokens();
    let named = paths(&tokens).into_iter().map(|path| (path.names.join("::"), path.line));
    let outside = named
        .filter(|(name, _)| OUTSIDE.iter().any(|outside| name == outside || name.starts_with(&format!("{outside}::"))));
    outside
        .map(|(name, line)| {
            source.finding(line, &format!("the domain names `{name}`"), "let the caller pass the value in")
        })
        .collect()
}

#[test]
fn arrows_point_one_way() {
    assert_kept(&["src"], arrows);
}

#[test]
fn a_wrong_arrow_is_found() {
    let up = "use crate::domain::id::UnitId;\nuse crate::{\n  app::port,\n  ledger::Store,\n};\n\
        fn f() { crate::ui::draw() }";
    assert_lines(arrows, "src/ledger/append.rs", up, &[6]);
    assert_lines(arrows, "src/domain/id.rs", up, &[3, 4, 6]);
    assert_lines(arrows, "src/app/mod.rs", "pub use crate::ledger::Store;", &[1]);
    assert_lines(arrows, "src/app/model.rs", "// crate::ledger\nconst A: &str = \"use crate::ledger\";", &[]);
    assert_lines(arrows, "src/app/model.rs", "use crate::*;\nuse crate as all;", &[1, 2]);
    assert_lines(arrows, "src/station/wire.rs", "use crate::cli::run;\nuse crate::demo::play;", &[1]);
    assert_lines(arrows, "src/lib.rs", "pub use crate::app::submit;", &[1]);
    assert_lines(arrows, "src/main.rs", "fn main() {\n traveller::cli::run();\n traveller::ledger::open();\n}", &[3]);
}

#[test]
fn a_way_out_by_super_is_found() {
    assert_lines(
        arrows,
        "src/ui/operator/step.rs",
        "use super::super::theme::Theme;\nuse super::super::super::app::Model;",
        &[2],
    );
    assert_lines(arrows, "src/ui/theme.rs", "use super::{keymap, super::ledger::Store};", &[1]);
    assert_lines(arrows, "src/ui/mod.rs", "mod tests { use super::*; }\nuse super::ledger;", &[2]);
}

#[test]
fn every_file_stands_in_a_room() {
    assert_kept(&["src"], known_room);
}

#[test]
fn a_file_without_a_room_is_found() {
    assert_lines(known_room, "src/helpers.rs", "", &[1]);
    assert_lines(known_room, "src/misc/mod.rs", "", &[1]);
    assert_lines(known_room, "src/ui/mod.rs", "", &[]);
}

#[test]
fn the_domain_touches_nothing_outside() {
    assert_kept(&["src"], pure_domain);
}

#[test]
fn a_clock_or_a_file_in_the_domain_is_found() {
    let bad = "use std::{fmt, fs};\nfn f() { std::time::SystemTime::now() }\nuse rusqlite::Connection;";
    assert_lines(pure_domain, "src/domain/id.rs", bad, &[1, 2, 3]);
    assert_lines(pure_domain, "src/ledger/open.rs", bad, &[]);
}

#[test]
fn the_map_shows_the_same_arrows() {
    let map = include_str!("../../src/ARCHITECTURE.md");
    for (room, rooms) in ARROWS {
        let names = match rooms {
            [] => "nothing".to_owned(),
            rooms if *room == "station" || *room == "cli" => {
                assert_eq!(rooms.len(), ARROWS.len() - if *room == "cli" { 1 } else { 2 });
                if *room == "cli" { "all rooms".to_owned() } else { "all rooms but `cli`".to_owned() }
            }
            rooms => rooms.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        };
        let found = map
            .lines()
            .any(|line| line.starts_with(&format!("| `{room}` |")) && line.ends_with(&format!("| {names} |")));
        assert!(
            found,
            "src/ARCHITECTURE.md: no row for `{room}` that may name {names}; write it into the table of rooms"
        );
    }
}
