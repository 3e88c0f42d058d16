//! The trend of a check on the screen: its figures, and the chart.

use crate::app::board::content::Board;
use crate::app::board::model::Model;
use crate::app::board::plot::{Dot, PlotRow, plot};
use crate::app::board::trend::Trend;
use crate::app::board::word::Word;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::row::{Row, Tone};

/// Rows of the page that are no chart: its figures, and the first values below it.
const BESIDE: u16 = 8;
/// Rows of the smallest chart.
const CHART_LEAST: u16 = 6;
/// Cells of the figures of the scale.
const SCALE: u16 = 9;

/// The rows above the table of values.
pub(super) fn rows(pen: &Pen<'_>, model: &Model, board: &Board, width: u16, height: u16) -> Vec<Row> {
    let shown = board.trend.as_ref().filter(|trend| model.check.as_ref().is_none_or(|check| *check == trend.check));
    let Some(trend) = shown else {
        let word = if board.checks.is_empty() && model.check.is_none() { Word::NoTrend } else { Word::Reading };
        return vec![Row::line(pen.say(word), Tone::Plain)];
    };
    let mut rows = vec![title(board, trend), figures(pen, trend)];
    let high = height.saturating_sub(BESIDE).max(CHART_LEAST);
    rows.extend(plot(trend, usize::from(width), usize::from(high)).iter().map(chart));
    rows.push(Row::line(pen.say(Word::Legend), Tone::Plain));
    rows
}

fn title(board: &Board, trend: &Trend) -> Row {
    let place = board.checks.iter().position(|check| *check == trend.check);
    let of = place.map(|place| format!("{}/{}", place + 1, board.checks.len())).unwrap_or_default();
    let title = trend.title.as_deref().unwrap_or_default();
    let measure = trend.measure.as_deref().unwrap_or_default();
    Row::line(format!("{}  {title} {measure}", trend.check), Tone::Strong).right(of)
}

fn figures(pen: &Pen<'_>, trend: &Trend) -> Row {
    let text = match &trend.control {
        None => pen.say(Word::TooFew).to_owned(),
        Some(control) => {
            let (mean, limits, route) = (Word::Mean, Word::ControlLimits, Word::RouteLimits);
            let end = |end: Option<crate::domain::number::Number>| end.map(|end| end.to_string()).unwrap_or_default();
            let asks = format!("{} .. {}", end(trend.lowest), end(trend.highest));
            let asks = if trend.lowest.or(trend.highest).is_some() { asks } else { String::new() };
            format!(
                "{} {}  {} {} .. {}  {} {asks}",
                pen.say(mean),
                control.mean,
                pen.say(limits),
                control.lower,
                control.upper,
                pen.say(route)
            )
        }
    };
    Row::line(text, Tone::Plain)
}

/// A row of the chart. What breaks a rule is drawn by itself, so that it can look otherwise.
fn chart(row: &PlotRow) -> Row {
    let calm = |dot: &Dot| if *dot == Dot::Broken { ' ' } else { dot.sign() };
    let text: String = row.dots.iter().map(calm).collect();
    let mut drawn = Row::default().put(0, SCALE - 1, format!("{:>8}", row.scale), Tone::Plain);
    drawn = drawn.put(SCALE, u16::MAX, text.trim_end(), Tone::Plain);
    for (x, _) in row.dots.iter().enumerate().filter(|(_, dot)| **dot == Dot::Broken) {
        drawn = drawn.put(SCALE.saturating_add(u16_of(x)), 1, Dot::Broken.sign().to_string(), Tone::Trouble);
    }
    drawn
}
