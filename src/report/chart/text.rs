//! A chart in plain characters.

use super::super::style::{Style, right};
use super::scale::{Axis, Days};
use super::wrap::wrapped;
use super::{Chart, Join};
use crate::locale::msg;
use crate::safe::safe;
use chrono::NaiveDate;
use std::iter::repeat_n;
use unicode_width::UnicodeWidthStr;

/// The widths a chart can have, and the one it has in a file.
const NARROWEST: u16 = 40;
const WIDEST: u16 = 160;
const USUAL: u16 = 80;

/// How the points of each series are shown, and what joins them.
const SYMBOLS: [(char, char); 6] = [('*', '.'), ('o', ','), ('x', '~'), ('+', '\''), ('@', '"'), ('%', ';')];

/// What a target is drawn with.
const LEVEL: char = '-';

/// How a character looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    Series(usize),
    Level,
}

impl Chart {
    /// The chart in plain characters, as wide as the terminal, and 80 columns elsewhere.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let words = self.words();
        let width = usize::from(style.width.unwrap_or(USUAL).clamp(NARROWEST, WIDEST));
        let mut lines: Vec<String> = wrapped(&safe(&self.title), width).iter().map(|l| style.heading(l)).collect();
        if let Some(days) = Days::over(self.days()) {
            self.plot(&mut lines, days, width, style);
        }
        lines.extend(self.legend(width, style));
        for (letter, day, labels) in self.lettered() {
            let lead = format!("{letter} {} ", words.date(day));
            let room = width.saturating_sub(lead.width()).max(1);
            let text = wrapped(&safe(&labels.join(&words.text(msg::TREND_SEPARATOR))), room);
            let leads = std::iter::once(lead.clone()).chain(std::iter::repeat(" ".repeat(lead.width())));
            lines.extend(leads.zip(text).map(|(lead, text)| format!("{lead}{text}")));
        }
        lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
    }

    /// The lines from the top of the axis to the letters under the dates.
    fn plot(&self, lines: &mut Vec<String>, days: Days, width: usize, style: Style) {
        let words = self.words();
        let axis = Axis::over(self.values());
        let labels: Vec<String> = axis.ticks().map(|tick| words.percent_whole(tick / 100)).collect();
        let margin = labels.iter().map(|label| label.width()).max().unwrap_or(0);
        let columns = width.saturating_sub(margin + 2).max(1);
        let each = usize::try_from(12 / axis.steps().max(1)).unwrap_or(2).max(2);
        let mut grid = Grid::new(columns, each * labels.len().saturating_sub(1) + 1);
        self.draw(&mut grid, axis, days);
        for (n, row) in (0..grid.rows.len()).rev().zip(&grid.rows) {
            let label = if n.is_multiple_of(each) { labels.get(n / each) } else { None };
            let (label, edge) = label.map_or(("", '|'), |label| (label, '+'));
            lines.push(format!("{} {edge}{}", right(label, margin), inked(row, style)));
        }
        let size = u64::try_from(columns - 1).unwrap_or_default();
        let column = |day: NaiveDate| usize::try_from(days.at(day, size)).unwrap_or_default();
        let (mut edge, mut names) = (vec!['-'; columns], vec![' '; columns]);
        let room = self.days().map(|day| words.date(day).len()).max().unwrap_or(0) + 3;
        for day in days.ticks(size, u64::try_from(room).unwrap_or(u64::MAX)) {
            // Dates in figures are of plain characters in every language.
            let (at, name) = (column(day), words.date(day));
            let start = at.saturating_sub(name.len() / 2).min(columns.saturating_sub(name.len()));
            // Two blanks on either side keep names apart.
            let around = names.get(start.saturating_sub(2)..(start + name.len() + 2).min(columns)).unwrap_or_default();
            if name.len() <= columns && around.iter().all(|c| *c == ' ') {
                names.splice(start..start + name.len(), name.chars());
                edge.splice(at..=at, ['+']);
            }
        }
        let blank = " ".repeat(margin);
        lines.push(format!("{blank} +{}", edge.iter().collect::<String>()));
        lines.push(format!("{blank}  {}", names.iter().collect::<String>()));
        let mut letters = vec![' '; columns];
        for (letter, day, _) in self.lettered() {
            let at = column(day);
            let is_free = |n: &usize| letters.get(*n) == Some(&' ');
            // Two dates may fall on one column: the second goes as near to it as there is room.
            let free = (at..columns).find(is_free).or_else(|| (0..at).rev().find(is_free));
            if let Some(free) = free {
                letters.splice(free..=free, [letter]);
            }
        }
        if letters.iter().any(|c| *c != ' ') {
            lines.push(format!("{blank}  {}", letters.iter().collect::<String>()));
        }
    }

    /// Targets first, then lines, then points, those of the first series last: what comes later stays.
    fn draw(&self, grid: &mut Grid, axis: Axis, days: Days) {
        let height = u64::try_from(grid.rows.len() - 1).unwrap_or_default();
        let size = u64::try_from(grid.columns - 1).unwrap_or_default();
        let row = |value: u32| usize::try_from(height - axis.at(value, height)).unwrap_or_default();
        let column = |day: NaiveDate| usize::try_from(days.at(day, size)).unwrap_or_default();
        for level in &self.targets {
            (0..grid.columns).for_each(|at| grid.put(at, row(level.at.hundredths()), LEVEL, Ink::Level));
        }
        for (n, series) in self.series.iter().enumerate().rev() {
            for run in series.runs() {
                for pair in run.windows(2) {
                    let [(from_day, from), (to_day, to)] = pair else { continue };
                    let (left, right) = (column(*from_day), column(*to_day));
                    let value = |at: usize| match self.join {
                        Join::Steps => {
                            if at < right {
                                *from
                            } else {
                                *to
                            }
                        }
                        Join::Straight => between(*from, *to, at - left, right - left),
                    };
                    let mut last = row(*from);
                    for at in (left + 1).min(right)..=right {
                        let next = row(value(at));
                        let joined = last.min(next) + 1..last.max(next);
                        joined.chain([next]).for_each(|row| grid.put(at, row, symbol(n).1, Ink::Series(n)));
                        last = next;
                    }
                }
            }
        }
        for (n, series) in self.series.iter().enumerate().rev() {
            for (day, value) in series.runs().flatten() {
                grid.put(column(day), row(value), symbol(n).0, Ink::Series(n));
            }
        }
    }

    /// What each sign stands for.
    fn legend(&self, width: usize, style: Style) -> Vec<String> {
        let series = self.series.iter().enumerate().map(|(n, s)| (symbol(n).0, Ink::Series(n), safe(&s.name)));
        let levels = self
            .targets
            .iter()
            .map(|t| (LEVEL, Ink::Level, format!("{} {}", safe(&t.name), self.words().percent(Some(t.at)))));
        let mut lines = Vec::new();
        let (mut line, mut used) = (String::new(), 0);
        for (sign, ink, name) in series.chain(levels) {
            for (n, part) in wrapped(&name, width - 2).into_iter().enumerate() {
                let wide = part.width() + 2;
                let room = if used == 0 { 0 } else { 3 };
                if used > 0 && (n > 0 || used + room + wide > width) {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                } else {
                    line.extend(repeat_n(' ', room));
                    used += room;
                }
                let sign = if n == 0 { inked(&[Some((sign, ink))], style) } else { " ".to_owned() };
                line.push_str(&format!("{sign} {part}"));
                used += wide;
            }
        }
        lines.push(line);
        lines.retain(|line| !line.is_empty());
        lines
    }
}

fn symbol(series: usize) -> (char, char) {
    SYMBOLS.get(series % SYMBOLS.len()).copied().unwrap_or(('*', '.'))
}

/// The value `at` columns of `of` on the way.
fn between(from: u32, to: u32, at: usize, of: usize) -> u32 {
    let [at, of] = [at, of].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let value = i64::from(from) + (i64::from(to) - i64::from(from)) * at / of.max(1);
    if of == 0 { to } else { u32::try_from(value).unwrap_or(to) }
}

type Dot = Option<(char, Ink)>;

/// The characters of a plot, the topmost row first.
struct Grid {
    columns: usize,
    rows: Vec<Vec<Dot>>,
}

impl Grid {
    fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows: vec![vec![None; columns]; rows] }
    }

    fn put(&mut self, column: usize, row: usize, sign: char, ink: Ink) {
        if let Some(dot) = self.rows.get_mut(row).and_then(|row| row.get_mut(column)) {
            *dot = Some((sign, ink));
        }
    }
}

/// The characters of a row, coloured stretch by stretch.
fn inked(row: &[Dot], style: Style) -> String {
    let mut text = String::new();
    for stretch in row.chunk_by(|a, b| a.map(|d| d.1) == b.map(|d| d.1)) {
        let signs: String = stretch.iter().map(|dot| dot.map_or(' ', |d| d.0)).collect();
        match stretch.first().copied().flatten() {
            None => text.push_str(&signs),
            Some((_, Ink::Level)) => text.push_str(&style.faint(&signs)),
            Some((_, Ink::Series(n))) => text.push_str(&style.series(n, &signs)),
        }
    }
    text
}
