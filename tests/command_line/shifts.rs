//! The sheet of a shift, and that it is a witness: its code, read by a decoder that is not ours, proves the record.

use std::fs;

use regex::Regex;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, MultiFormatReader, Reader};

use super::pages::texts;
use crate::support::shell::Shell;

/// Pixels of a module.
const PIXELS: usize = 4;
/// Modules of blank around a code.
const QUIET: usize = 4;

/// Reads a code, module by module.
fn decoded(modules: &[Vec<bool>]) -> String {
    let side = (modules.len() + 2 * QUIET) * PIXELS;
    let dark = |x: usize, y: usize| {
        let at = |n: usize| (n / PIXELS).checked_sub(QUIET);
        at(y).zip(at(x)).is_some_and(|(y, x)| modules.get(y).and_then(|row| row.get(x)).copied().unwrap_or(false))
    };
    let pixels = (0..side * side).map(|at| if dark(at % side, at / side) { 0 } else { 255 }).collect();
    let pixels_wide = u32::try_from(side).unwrap();
    let source = Luma8LuminanceSource::new(pixels, pixels_wide, pixels_wide).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let only = [BarcodeFormat::QR_CODE].into();
    let hints = DecodeHints { PossibleFormats: Some(only), ..DecodeHints::default() };
    MultiFormatReader::default().decode_with_hints(&mut bitmap, &hints).unwrap().getText().to_owned()
}

/// The codes of the text: lines of half blocks.
fn codes_of_text(text: &str) -> Vec<String> {
    let is_code = |line: &str| line.contains(['▀', '▄', '█']);
    let lines: Vec<&str> = text.lines().collect();
    let blocks = lines.split(|line| !is_code(line)).filter(|block| block.len() > 5);
    blocks
        .map(|block| {
            let left = block.iter().map(|l| l.chars().take_while(|c| *c == ' ').count()).min().unwrap();
            let width = block.iter().map(|l| l.chars().count()).max().unwrap() - left;
            let module = |y: usize, x: usize| match block[y / 2].chars().nth(left + x) {
                Some('█') => true,
                Some('▀') => y.is_multiple_of(2),
                Some('▄') => !y.is_multiple_of(2),
                _ => false,
            };
            let rows: Vec<Vec<bool>> = (0..width).map(|y| (0..width).map(|x| module(y, x)).collect()).collect();
            decoded(&rows)
        })
        .collect()
}

/// The codes of the page: groups of rectangles.
fn codes_of_page(page: &str) -> Vec<String> {
    let group = Regex::new(r#"(?s)<g class="qrcode"[^>]*>(.*?)</g>"#).unwrap();
    let rectangle = Regex::new(r#"<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>"#).unwrap();
    let of_group = |found: regex::Captures<'_>| {
        let rectangles: Vec<[usize; 4]> =
            rectangle.captures_iter(&found[1]).map(|r| r.extract::<4>().1.map(|n| n.parse().unwrap())).collect();
        let module = rectangles[0][3];
        let (left, top) =
            (rectangles.iter().map(|r| r[0]).min().unwrap(), rectangles.iter().map(|r| r[1]).min().unwrap());
        let side = (rectangles.iter().map(|r| r[1] + r[3]).max().unwrap() - top) / module;
        let mut rows = vec![vec![false; side]; side];
        for [x, y, width, _] in rectangles {
            rows[(y - top) / module][(x - left) / module..(x - left + width) / module].fill(true);
        }
        decoded(&rows)
    };
    group.captures_iter(page).map(of_group).collect()
}

/// What `verify` says of a head.
fn verify(shell: &Shell, head: &str) -> (i32, String) {
    let output = shell.command("verify").arg("--head").arg(head).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// A plant in which one unit was made, one refused, one held, and one lot opened and held.
fn after_a_shift() -> Shell {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.pipe("TEST-1", &["OP-2001", "V000002"]);
    shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "V000002"]);
    let mut hold = shell.command("hold V000002 --by OP-1001 --reason");
    assert!(hold.arg("it rattles <b>\u{1b}[2J").output().unwrap().status.success());
    shell.run("lot hold L-1 --reason damp --by OP-1001").done();
    shell
}

#[test]
fn the_code_on_the_sheet_proves_the_record() {
    let shell = after_a_shift();
    let text = shell.run("report shift").done();
    let [code] = codes_of_text(&text).try_into().unwrap();
    assert_eq!(codes_of_page(&shell.run("report shift --html").done()), std::slice::from_ref(&code));
    let printed = Regex::new(r"HEAD1 [^-]*").unwrap().find(&text).unwrap().as_str();
    let words: Vec<&str> = printed.split_whitespace().take(6).collect();
    assert_eq!(words.join(" "), code, "the words beside the code");
    let (exit, said) = verify(&shell, &code);
    assert!(exit == 0 && said.contains("the head that was given is of this ledger"), "{exit} {said}");
    shell.run("lot release L-1 --reason dry --by OP-1001").done();
    assert_eq!(verify(&shell, &code).0, 0, "a record that went on");
}

#[test]
fn a_record_that_was_put_back_after_the_sheet_was_printed_is_found_by_it() {
    let shell = Shell::at_work();
    let files = ["ledger.db", "ledger.db-wal", "ledger.db.head"].map(|name| shell.home.path().join(name));
    let old = files.clone().map(|file| fs::read(file).unwrap());
    shell.make("V000001", "B0001");
    let [code] = codes_of_text(&shell.run("report shift").done()).try_into().unwrap();
    for (file, bytes) in files.iter().zip(old) {
        fs::write(file, bytes).unwrap();
    }
    shell.run("verify").done();
    let (exit, said) = verify(&shell, &code);
    assert!(exit == 1 && said.contains("are missing here"), "{exit} {said}");
    // It goes on as if nothing had been: the sheet knows better.
    shell.make("V000009", "B0009");
    shell.make("V000010", "B0010");
    let (exit, said) = verify(&shell, &code);
    assert!(exit == 1 && said.contains("saw another event"), "{exit} {said}");
}

#[test]
fn the_sheet_tells_what_was_made_refused_and_held_and_who_was_there() {
    let shell = after_a_shift();
    let text = shell.run("report shift").done();
    assert!(text.lines().all(|line| line.chars().count() <= 80 && line.trim_end() == line), "{text}");
    for wanted in [
        "Made: 2 begun, 4 steps passed, 0 failed, 1 done",
        "confirm-start",
        "held",
        "V000002",
        "it rattles <b><1B>[2J",
        "damp",
        "KIT-1",
        "OP-2001",
        "received  L-1  SEAL",
    ] {
        let spaced: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted: String = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(spaced.contains(&wanted), "{wanted}: {text}");
    }
    let json = shell.run("report shift --json").json();
    assert_eq!(json["refused"]["rows"][0]["code"], "confirm-start", "{json}");
    let dispatched = json["made"]["rows"].as_array().unwrap().iter().find(|row| row["station"] == "GATE-1").unwrap();
    assert_eq!((&dispatched["finished"], &dispatched["first"]), (&1.into(), &"V000001".into()));
    let page = shell.run("report shift --html").done();
    assert!(texts(&page).iter().any(|text| text == "it rattles &lt;b&gt;&lt;1B&gt;[2J"), "{page}");
    for loaded in ["<script", "<link", "<img", "src=", "href=", "url(", "@import", "\u{1b}"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn a_station_and_a_time_are_told_of_alone() {
    let shell = after_a_shift();
    let kit = shell.run("report shift --station KIT-1 --json").json();
    let rows = kit["made"]["rows"].as_array().unwrap();
    assert!(rows.len() == 1 && rows[0]["station"] == "KIT-1" && rows[0]["started"] == 2, "{kit}");
    assert_eq!(kit["held"]["rows"].as_array().unwrap().len(), 0, "the office is not at that station");
    let before = shell.run("report shift --from 2020-01-01T06:00:00Z --to 2020-01-01T14:00:00Z --json").json();
    assert_eq!(before["events"], 0);
    assert_eq!(before["heads"].as_array().unwrap().len(), 1, "an idle shift is a witness too");
    let all = shell.run("report shift --from 2020-01-01T06:00:00Z --json").json();
    assert_eq!(all["events"], all["heads"][0]["seq"]);
    let to = all["held"]["rows"][0]["at"].as_str().unwrap().to_owned();
    let until = shell.run(&format!("report shift --from 2020-01-01T06:00:00Z --to {to} --json")).json();
    assert_eq!(until["held"]["rows"].as_array().unwrap().len(), 0, "what happens at the end is of the next shift");
    let text = shell.run("report shift --from 2020-01-01T06:00:00Z --to 2020-01-01T14:00:00Z").done();
    assert_eq!(codes_of_text(&text).len(), 1);
    assert!(text.contains("nothing"), "{text}");
}

#[test]
fn times_are_told_by_the_clock_on_the_wall() {
    let shell = Shell::at_work();
    let line = "report shift --from 2026-07-01T06:00 --to 14:00";
    let text = shell.run_with(line, "TZ", "CET-1CEST,M3.5.0,M10.5.0/3").done();
    assert!(text.contains("From     2026-07-01 06:00 +02\nTo       2026-07-01 14:00 +02\n"), "{text}");
}

#[test]
fn a_shift_that_cannot_be_is_wrong_use() {
    let shell = Shell::at_work();
    let (what, _) = shell.run("report shift --from 2026-11-23T06:00:00Z --to 2026-11-23T06:00:00Z").failed(2);
    assert!(what.contains("ends before it begins"), "{what}");
    let (what, _) = shell.run("report shift --from tomorrow").failed(2);
    assert!(what.contains("not a time such as 06:00"), "{what}");
    shell.run("report shift --html --json").failed(2);
    Shell::new().run("report shift").failed(2);
}

const CONFIG: &str = "time_zone = 'Etc/GMT-1'
[[shift]]
name = 'day'
from = '00:00'
to = '00:00'
[[plan]]
route = 'valve'
per_shift = 48
[[plan]]
station = 'KIT-1'
per_hour = 2
takt_seconds = 90
";

#[test]
fn the_sheet_is_of_the_shift_that_the_plant_has_and_holds_it_against_the_plan() {
    let shell = after_a_shift();
    let file = shell.home.path().join("shifts.toml");
    fs::write(&file, CONFIG).unwrap();
    let config = file.to_str().unwrap();
    let json = shell.run_with("report shift --json", "TRAVELLER_CONFIG", config).json();
    assert_eq!(json["shift"], "day");
    assert!(json["from"].as_str().unwrap().ends_with("T23:00:00.000000Z"), "midnight of the place: {json}");
    let plan = json["plan"].as_array().unwrap();
    assert_eq!(
        (&plan[0]["planned"], &plan[0]["made"], &plan[0]["takt_seconds"]),
        (&48.into(), &1.into(), &1800.into())
    );
    assert_eq!((&plan[1]["planned"], &plan[1]["made"], &plan[1]["takt_seconds"]), (&48.into(), &1.into(), &90.into()));
    let text = shell.run_with("report shift --shift day", "TRAVELLER_CONFIG", config).done();
    assert!(text.contains("Shift    day") && text.contains("The shift is not over."), "{text}");
    assert!(text.contains("valve  finished"), "{text}");
    let (what, instead) = shell.run_with("report shift --shift night", "TRAVELLER_CONFIG", config).failed(2);
    assert!(what.contains("there is no shift night") && instead.contains("write one of day"), "{what} {instead}");
}

#[test]
fn an_action_is_recorded_with_the_shift_it_fell_into() {
    let shell = Shell::at_work();
    let file = shell.home.path().join("shifts.toml");
    fs::write(&file, CONFIG).unwrap();
    shell.run_with("lot hold L-1 --reason damp --by OP-1001", "TRAVELLER_CONFIG", file.to_str().unwrap()).done();
    let events = shell.run("events --json").done();
    let (before, last) = events.trim_end().rsplit_once('\n').unwrap();
    assert!(last.contains("\"shift\":{\"name\":\"day\",\"begin\":\""), "{last}");
    assert!(!before.contains("\"shift\""), "a plant without shifts records none");
    shell.run("replay --all").done();
}
