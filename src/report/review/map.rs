//! The map of the flow: the steps in their order, with how often and how long, and the ways back.

use std::fmt::{Arguments, Write};

use super::content::{Handover, Review, Step};
use super::question::often;
use super::sections::{name, safe};
use super::spans::told;
use crate::report::sheet::svg::escaped;

/// Handovers on the drawn map.
const ARROWS_MOST: usize = 24;
/// A handover is drawn where at least so many of a thousand cases have it.
const DRAWN_PER_MILLE: u64 = 20;

/// Lengths of the drawing, in its own units.
const BOX_WIDTH: usize = 260;
const BOX_HEIGHT: usize = 44;
const ROW: usize = 100;
const LEFT: usize = 180;
const TOP: usize = 20;
const WIDTH: usize = 640;

/// The steps that the order knows, in order.
fn placed(review: &Review) -> Vec<&Step> {
    review.steps.iter().filter(|step| step.group.is_some()).collect()
}

fn times(step: &Step) -> String {
    if step.work.many > 0 { format!("{}, {}", step.done, told(step.work.median)) } else { step.done.to_string() }
}

/// The map as lines of text: each step, below it the wait for the next one, and what work goes back to from there.
pub(super) fn lines(review: &Review) -> Vec<String> {
    let steps = placed(review);
    let mut lines = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let group = step.group.unwrap_or_default();
        lines.push(format!("  {group:>2}  {:<34} {}", safe(&name(&step.name)), times(step)));
        for back in review.loops.iter().filter(|back| back.from == step.name) {
            lines.push(format!("      ^ back to {}: {}", safe(&name(&back.to)), often(back.times)));
        }
        let Some(next) = steps.get(at + 1) else { break };
        let handover = review.handovers.iter().find(|h| h.from == step.name && h.to == next.name);
        let wait = handover.map_or_else(String::new, |h| format!(" {} ({})", told(h.wait.median), often(h.wait.many)));
        lines.push(if next.group == step.group { "      +".to_owned() } else { format!("      |{wait}") });
    }
    lines
}

/// The map as a drawing: boxes from top to bottom, arrows of what followed what, as strong as it was often. Ways
/// forward stand right, ways back left.
pub(super) fn svg(review: &Review) -> String {
    let steps = placed(review);
    let height = TOP * 2 + steps.len().max(1) * ROW;
    let mut page = String::new();
    put(
        &mut page,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"12\">"
        ),
    );
    put(
        &mut page,
        format_args!(
            "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
             orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>"
        ),
    );
    let place = |wanted: &str| steps.iter().position(|step| &*step.name == wanted);
    let worth = |h: &&Handover| h.wait.many * 1_000 >= review.cases * DRAWN_PER_MILLE;
    for handover in review.handovers.iter().filter(worth).take(ARROWS_MOST) {
        if let (Some(from), Some(to)) = (place(&handover.from), place(&handover.to)) {
            arrow(&mut page, from, to, handover, review.cases);
        }
    }
    for (at, step) in steps.iter().enumerate() {
        let (x, y) = (LEFT, TOP + at * ROW);
        put(
            &mut page,
            format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" fill=\"#fff\" \
                 stroke=\"#000\"/>"
            ),
        );
        let (middle, title) = (x + BOX_WIDTH / 2, escaped(&safe(&name(&step.name))));
        put(
            &mut page,
            format_args!(
                "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-weight=\"bold\">{title}</text>",
                y + 18
            ),
        );
        let says = escaped(&times(step));
        put(&mut page, format_args!("<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{says}</text>", y + 35));
    }
    put(&mut page, format_args!("</svg>"));
    page
}

/// One arrow. The next step is reached straight down; what lies further is gone round.
fn arrow(page: &mut String, from: usize, to: usize, handover: &Handover, cases: u64) {
    // One unit of width for each fifth of the cases, and one at least.
    let strength = 1 + handover.wait.many * 5 / cases.max(1);
    let says = escaped(&format!("{} / {}", handover.wait.many, told(handover.wait.median)));
    let bottom = |at: usize| TOP + at * ROW + BOX_HEIGHT;
    let middle = |at: usize| TOP + at * ROW + BOX_HEIGHT / 2;
    let centre = LEFT + BOX_WIDTH / 2;
    let (way, x, y, anchor) = if to == from + 1 {
        let (top, foot) = (bottom(from), TOP + to * ROW);
        (format!("M{centre} {top} L{centre} {foot}"), centre + 8, usize::midpoint(top, foot) + 4, "start")
    } else if to > from {
        let (x, out) = (LEFT + BOX_WIDTH, LEFT + BOX_WIDTH + 30 + 14 * (to - from));
        let (top, foot) = (middle(from), middle(to));
        (
            format!("M{x} {top} C{out} {top} {out} {foot} {x} {foot}"),
            out.min(WIDTH - 90),
            usize::midpoint(top, foot),
            "start",
        )
    } else {
        let out = LEFT.saturating_sub(30 + 14 * (from - to));
        let (top, foot) = (middle(from), middle(to) + usize::from(from == to) * 16);
        (
            format!("M{LEFT} {top} C{out} {top} {out} {foot} {LEFT} {foot}"),
            out.max(80),
            usize::midpoint(top, foot),
            "end",
        )
    };
    put(
        page,
        format_args!(
            "<path d=\"{way}\" fill=\"none\" stroke=\"#000\" stroke-width=\"{strength}\" marker-end=\"url(#head)\"/>"
        ),
    );
    put(page, format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"10\" text-anchor=\"{anchor}\">{says}</text>"));
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}
