//! A finding with the line it is on, for people at a terminal.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::finding::{Finding, Weight};

/// The finding, its line with the place marked, and what to write instead; over several lines, with a line break at
/// the end. `colour` adds escape sequences; the text of the file never does.
pub fn snippet(finding: &Finding, colour: bool) -> String {
    let level = match finding.weight {
        Weight::Wrong => Level::ERROR,
        Weight::NotEnforced => Level::NOTE,
    };
    let place = Snippet::source(finding.excerpt.line.as_str())
        .line_start(finding.line)
        .annotation(AnnotationKind::Primary.span(finding.excerpt.mark.clone()));
    let title = level.primary_title(finding.what.as_str());
    // What is shown of a long or a harmful line is not the line as it stands, and its columns are others.
    let before = finding.excerpt.line.get(..finding.excerpt.mark.start).unwrap_or_default();
    let group = if before.chars().count() + 1 == finding.column {
        title.element(place.path(finding.file.as_str()))
    } else {
        title.element(Origin::path(finding.file.as_str()).line(finding.line).char_column(finding.column)).element(place)
    };
    let group = group.element(Level::HELP.message(format!("write {}", finding.write_instead)));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route_file::read;
    use crate::route_file::testing::with;

    fn shown(piece: &str, instead: &str) -> String {
        let findings = read("routes/r.toml", &with(piece, instead)).unwrap_err();
        findings.iter().map(|f| snippet(f, false)).collect()
    }

    #[test]
    fn a_snippet_shows_the_line_the_place_and_what_to_write() {
        assert_eq!(
            shown("title = \"Pump\"", "titel = \"Pump\""),
            "\
error: `titel` is no key of a route
 --> routes/r.toml:4:1
  |
4 | titel = \"Pump\"
  | ^^^^^
  |
  = help: write `title`
"
        );
        assert_eq!(
            shown("id = \"20\"\n", "id = \"20\"\nrework_to = [\"30\"]\n"),
            "\
error: rework from step `20` to `30` leaves out `20`: 10 > 20 fails > 30 > end
  --> routes/r.toml:31:14
   |
31 | rework_to = [\"30\"]
   |              ^^^^
   |
   = help: write `20` or a step before it
"
        );
    }

    #[test]
    fn a_snippet_of_a_hostile_line_is_short_harmless_and_names_the_true_column() {
        let text = shown("meaning = \"accepted\"", &format!("\"\u{202e}\u{9b}\" = \"\u{202e}{}\"", "ä".repeat(9_000)));
        assert!(text.contains("routes/r.toml:66:1"), "{text}");
        assert!(text.contains("\"<202E><9B>\""), "{text}");
        assert!(text.len() < 1_000, "{text}");
        assert!(text.chars().all(|c| c == '\n' || crate::domain::text::is_safe(c)), "{text}");
    }

    #[test]
    fn colour_is_asked_for() {
        let finding = read("r.toml", "").unwrap_err().swap_remove(0);
        assert!(snippet(&finding, true).contains("\u{1b}["));
        assert!(!snippet(&finding, false).contains('\u{1b}'));
    }

    #[test]
    fn what_is_not_enforced_yet_is_a_note() {
        let file = read("r.toml", &with("id = \"20\"\n", "id = \"20\"\nhub_lost = \"refuse\"\n")).unwrap();
        assert!(snippet(&file.unenforced[0], false).starts_with("note: `hub_lost` is not enforced yet"));
    }
}
