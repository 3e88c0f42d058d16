//! A trend as a picture of signs that every console has: one column for each value, the newest at the right.

use rust_decimal::Decimal;

use super::trend::{Point, Trend};

/// Columns at the left for the figures of the scale.
const SCALE: usize = 9;
/// Rows and columns below which nothing can be read.
const HEIGHT_LEAST: usize = 5;
const WIDTH_LEAST: usize = SCALE + 5;
/// Rows of the largest picture.
const HEIGHT_MOST: usize = 60;

/// What a cell of the picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// Nothing.
    Empty,
    /// The mean.
    Mean,
    /// A control limit.
    Limit,
    /// A limit of the route.
    Route,
    /// A value.
    Value,
    /// A value that breaks a rule, or that failed.
    Broken,
}

impl Dot {
    /// Its sign. What breaks a rule has another one than what does not.
    pub fn sign(self) -> char {
        match self {
            Self::Empty => ' ',
            Self::Mean => '─',
            Self::Limit => '═',
            Self::Route => '…',
            Self::Value => '•',
            Self::Broken => '■',
        }
    }
}

/// A row of the picture: its figure where there is one, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotRow {
    /// The figure of the scale.
    pub scale: String,
    /// The cells.
    pub dots: Vec<Dot>,
}

/// The picture in so many columns and rows; nothing where that is too small, or where there are no values.
pub fn plot(trend: &Trend, width: usize, height: usize) -> Vec<PlotRow> {
    let height = height.min(HEIGHT_MOST);
    if width < WIDTH_LEAST || height < HEIGHT_LEAST || trend.points.is_empty() {
        return Vec::new();
    }
    let room = width - SCALE;
    let shown = trend.points.get(trend.points.len().saturating_sub(room)..).unwrap_or_default();
    let Some(scale) = Scale::of(trend, shown, height) else { return Vec::new() };
    let mut rows: Vec<PlotRow> =
        (0..height).map(|_| PlotRow { scale: String::new(), dots: vec![Dot::Empty; room] }).collect();
    let mut lines = vec![(trend.lowest, Dot::Route), (trend.highest, Dot::Route)];
    if let Some(control) = &trend.control {
        lines.extend([(Some(control.lower), Dot::Limit), (Some(control.upper), Dot::Limit)]);
        lines.push((Some(control.mean), Dot::Mean));
    }
    for (value, dot) in lines {
        let Some(value) = value else { continue };
        if let Some(row) = scale.row(value.decimal()).and_then(|row| rows.get_mut(row)) {
            row.dots.fill(dot);
            row.scale = value.to_string().chars().take(SCALE - 1).collect();
        }
    }
    for (column, point) in shown.iter().enumerate() {
        let dot = if point.breaks.is_empty() && point.passed { Dot::Value } else { Dot::Broken };
        let row = scale.row(point.value.decimal()).and_then(|row| rows.get_mut(row));
        if let Some(cell) = row.and_then(|row| row.dots.get_mut(column)) {
            *cell = dot;
        }
    }
    rows
}

/// The picture as a text.
pub fn drawn(rows: &[PlotRow]) -> Vec<String> {
    let line =
        |row: &PlotRow| format!("{:>8} {}", row.scale, row.dots.iter().map(|dot| dot.sign()).collect::<String>());
    rows.iter().map(|row| line(row).trim_end().to_owned()).collect()
}

/// Which row a value is in.
struct Scale {
    least: Decimal,
    span: Decimal,
    rows: Decimal,
}

impl Scale {
    /// From the least to the greatest of all that is drawn; the limits of the route only where they are near.
    fn of(trend: &Trend, shown: &[Point], height: usize) -> Option<Self> {
        let control = trend.control.iter().flat_map(|control| [control.lower, control.upper]);
        let all = shown.iter().map(|point| point.value).chain(control).map(crate::domain::number::Number::decimal);
        let (mut least, mut most) = all.fold(None, |ends: Option<(Decimal, Decimal)>, value| {
            Some(ends.map_or((value, value), |(a, b)| (a.min(value), b.max(value))))
        })?;
        let near = most.checked_sub(least)?;
        for limit in [trend.lowest, trend.highest].into_iter().flatten().map(crate::domain::number::Number::decimal) {
            if limit >= least.checked_sub(near)? && limit <= most.checked_add(near)? {
                (least, most) = (least.min(limit), most.max(limit));
            }
        }
        Some(Self { least, span: most.checked_sub(least)?, rows: Decimal::from(height.checked_sub(1)?) })
    }

    fn row(&self, value: Decimal) -> Option<usize> {
        if self.span.is_zero() {
            return usize::try_from(self.rows).ok().map(|rows| rows / 2);
        }
        let up = value.checked_sub(self.least)?.checked_mul(self.rows)?.checked_div(self.span)?.round();
        let down = self.rows.checked_sub(up)?;
        usize::try_from(down).ok()
    }
}
