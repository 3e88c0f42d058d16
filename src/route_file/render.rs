//! A finding with the line it is on, for people at a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::finding::{Finding, Weight};

/// The finding, its line with the place marked, and what to write instead; over several lines, with a line break at
/// the end. `colour` adds escape sequences; the text of the file never does.
pub fn snippet(finding: &Finding, colour: bool) -> String {
    let level = match finding.weight {
        Weight::Wrong => Level::ERROR,
        Weight::NotEnforced => Level::NOTE,
    };
    // The path carries the column in the whole line, which may begin before what is shown of it.
    let path = format!("{}:{}:{}", finding.file, finding.line, finding.column);
    let place = Snippet::source(finding.excerpt.line.as_str())
        .line_start(finding.line)
        .annotation(AnnotationKind::Primary.span(finding.excerpt.mark.clone()));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let group: Group<'_> = level
        .primary_title(finding.what.as_str())
        .element(annotate_snippets::Origin::path(path.as_str()))
        .element(place)
        .element(Level::HELP.message(format!("write {}", finding.write_instead)));
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}
