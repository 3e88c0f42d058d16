//! The page for the screen on the wall: whole, safe, and nothing but itself.

use jiff::tz::TimeZone;
use traveller::app::board::content::Attention;
use traveller::report::board::{html, text};

use super::sample::board;
use crate::support::shell::Shell;

/// What a browser or a terminal must never be given as it is.
const HOSTILE: &str = "</td><script>alert(1)</script>\u{1b}]0;x\u{7}\u{202e}\"'&";

#[test]
fn hostile_text_stays_text() {
    let mut board = board();
    board.attention = vec![Attention::Down { station: "A-1".parse().unwrap(), reason: HOSTILE.to_owned(), minutes: 1 }];
    board.notes[0].text = Some(HOSTILE.to_owned());
    board.downtime[0].reason = Some(HOSTILE.to_owned());
    board.hours[1].reasons[0].reason = HOSTILE.to_owned();
    board.failures[0].what = HOSTILE.to_owned();
    board.refusals[0].code = HOSTILE.to_owned();
    board.trend.as_mut().unwrap().title = Some(HOSTILE.to_owned());
    let page = html::page(&board, &TimeZone::UTC);
    assert!(!page.contains("<script") && page.matches("&lt;script&gt;").count() >= 6, "{page}");
    for (what, of) in [("page", page), ("text", text::page(&board, &TimeZone::UTC))] {
        let bad = of.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(bad, None, "in the {what}");
    }
}

#[test]
fn the_page_has_everything_and_loads_nothing() {
    let page = html::page(&board(), &TimeZone::UTC);
    assert!(page.contains("http-equiv=\"refresh\" content=\"20\""), "it asks for itself again");
    for nothing in ["http:", "https:", "<script", "<img", "<link", "url(", "@import", "src="] {
        assert!(!page.contains(nothing), "{nothing}");
    }
    for word in
        ["SILENT", "DOWN", "Hour by hour", "leak tester was calibrated", "Failed most", "DP-7", "■", "as of 09:31"]
    {
        assert!(page.contains(word), "{word} is missing");
    }
    // What a screen may leave out for want of room stands on the wall.
    for table in traveller::app::board::pages::all(&board(), &TimeZone::UTC) {
        let title = table.title.text(traveller::app::lang::Lang::English);
        assert!(page.contains(&format!("<h2>{title}</h2>")), "{title}");
    }
}

#[test]
fn the_file_is_put_in_its_place_whole() {
    let shell = Shell::new();
    shell.run("demo --no-terminal --units 12").done();
    let file = shell.home.path().join("board.html");
    std::fs::write(&file, "what was there before").unwrap();
    let written = shell.run(&format!("board --html {}", file.display())).done();
    assert!(written.contains("board.html"), "{written}");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    let left: Vec<_> = std::fs::read_dir(shell.home.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{left:?}");
    let (what, _) = shell.run("board --html /nowhere/board.html").failed(3);
    assert!(what.contains("could not be written"), "{what}");
    shell.run("board --html x.html --once").failed(2);
    shell.run("board --once --trend pc200").failed(2);
    let (_, instead) = shell.run("board --once --trend pc200:50:length").failed(2);
    assert!(instead.contains("pc200:50:leak"), "{instead}");
}
