//! The PDF: archived as PDF/A-2u asks, and with every fact of the electronic copy. No validator of PDF/A is to be had
//! from Debian; the crate that writes the file refuses what breaks a rule, and its parts are looked at from outside.

use std::path::Path;
use std::process::Command;

use super::copies::{copies, says};
use crate::gaps::planted::Week;

pub(super) fn told(program: &str, args: &[&str], file: &Path) -> String {
    let answer = Command::new(program).args(args).arg(file).arg("-").output().unwrap();
    assert!(answer.status.success(), "{program}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

/// The text without anything that a line or a page begins with.
pub(super) fn plain(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("Device history record, page"));
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn the_pdf_has_every_fact_of_the_electronic_copy() {
    let mut week = Week::new();
    let event = week.find(|e| e.is("disposed"));
    let reason = format!("\"reason\":{}", event.says["reason"]);
    week.edit(event.seq(), &reason, "\"reason\":\"Gehäuse Ω 5 mm – 变形\"");
    week.found("");
    let unit = event.text("unit").to_owned();
    for copy in copies(&week.shell) {
        // One with rework, and each dispatched one, stand for all: each page of each takes its time.
        if copy["unit"] != unit.as_str() && copy["state"] != "dispatched" {
            continue;
        }
        let of = copy["unit"].as_str().unwrap();
        let file = week.shell.home.path().join(format!("{of}.pdf"));
        week.shell.run(&format!("export {of} --format pdf --to {of}.pdf")).done();
        let text = plain(&told("pdftotext", &["-layout"], &file));
        for fact in says(&copy) {
            // A letter that the font has not is written as its number.
            let fact = fact.replace('变', "<53D8>").replace('形', "<5F62>");
            assert!(text.contains(&plain(&fact)), "{of}: {fact:?} is not in the PDF");
        }
        let bytes = std::fs::read(&file).unwrap();
        let raw = String::from_utf8_lossy(&bytes);
        for part in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>U</pdfaid:conformance>", "/OutputIntents"] {
            assert!(raw.contains(part), "{part}");
        }
        for never in ["/Encrypt", "/JavaScript", "/Launch", "/EmbeddedFile"] {
            assert!(!raw.contains(never), "{never}");
        }
        let fonts = Command::new("pdffonts").arg(&file).output().unwrap();
        let fonts = String::from_utf8(fonts.stdout).unwrap();
        let font: Vec<&str> = fonts.lines().nth(2).unwrap().split_whitespace().collect();
        assert!(font[0].ends_with("LiberationMono") && fonts.lines().count() == 3, "{fonts}");
        let marks: Vec<&str> = font.iter().filter(|mark| **mark == "yes").copied().collect();
        assert_eq!(marks.len(), 3, "embedded, a part of it, with its letters: {fonts}");
    }
}

#[test]
fn the_code_at_its_end_is_the_head_of_the_chain() {
    let week = Week::new();
    week.shell.run("export PC226-000001 --format pdf --to one.pdf").done();
    let file = week.shell.home.path().join("one.pdf");
    let head = week.shell.run("verify --json").json()["ledgers"][0]["head"].as_str().unwrap().to_owned();
    assert!(plain(&told("pdftotext", &["-layout"], &file)).contains(&head));
    let root = week.shell.home.path().join("page");
    let drawn = Command::new("pdftoppm").args(["-r", "150", "-gray"]).arg(&file).arg(&root).status().unwrap();
    assert!(drawn.success());
    let mut pages: Vec<_> =
        std::fs::read_dir(week.shell.home.path()).unwrap().map(|file| file.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "pgm"));
    pages.sort();
    let image = std::fs::read(pages.last().unwrap()).unwrap();
    let mut head_of_image = image.splitn(4, |byte| *byte == b'\n');
    let (_, size) = (head_of_image.next(), head_of_image.next().unwrap());
    let size: Vec<u32> = std::str::from_utf8(size).unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    let _deepest = head_of_image.next();
    let luma = head_of_image.next().unwrap().to_vec();
    let read = rxing::helpers::detect_in_luma(luma, size[0], size[1], Some(rxing::BarcodeFormat::QR_CODE)).unwrap();
    assert!(read.getText().contains(&head), "{}", read.getText());
}

#[test]
fn a_pdf_has_a_limit_and_says_what_to_do_instead() {
    let week = Week::new();
    week.shell.run("export --all --format pdf --to all.pdf").done();
    assert!(std::fs::metadata(week.shell.home.path().join("all.pdf")).unwrap().len() > 100_000);
}
