//! A chart as SVG: one file that asks for nothing, in tenths of a pixel.

use super::scale::{Axis, Days};
use super::wrap::wrapped;
use super::{Chart, Join};
use crate::locale::msg;
use crate::points::Percent;
use crate::report::xml::{Drawing, element};
use crate::safe::safe;
use chrono::NaiveDate;
use std::fmt::Write;

/// The sheet, and the field of the plot on it.
const WIDTH: u64 = 8_000;
const LEFT: u64 = 700;
const FIELD: u64 = 6_900;
const HEIGHT: u64 = 2_600;

/// From one line of text to the next, and how many columns fit in one.
const LINE: u64 = 190;
const COLUMNS: usize = 100;

/// How many looks of lines there are.
const LOOKS: usize = 4;

/// What is drawn here, in light and dark; lines differ by dashes too, for those who see no colours.
const LIGHT: &str = "\
.m{stroke:#59636e;stroke-width:8;stroke-dasharray:20 40}
.l{fill:none;stroke-width:20;stroke-linejoin:round}.l1{stroke-dasharray:80 45}.l2{stroke-dasharray:25 40}
.l3{stroke-dasharray:110 40 25 40}
.l0,.p0{stroke:#0b5cad}.l1,.p1{stroke:#b3410a}.l2,.p2{stroke:#1a7f37}.l3,.p3{stroke:#7a3e9d}
.p0{fill:#0b5cad}.p1{fill:#b3410a}.p2{fill:#1a7f37}.p3{fill:#7a3e9d}";
const DARK: &str = "\
.m{stroke:#9198a1}.l0,.p0{stroke:#6cb6ff}.l1,.p1{stroke:#ffa657}.l2,.p2{stroke:#7ee787}.l3,.p3{stroke:#d2a8ff}
.p0{fill:#6cb6ff}.p1{fill:#ffa657}.p2{fill:#7ee787}.p3{fill:#d2a8ff}";

impl Chart {
    /// The chart as an SVG file, to be read on its own: no script, nothing from elsewhere.
    #[must_use]
    pub fn svg(&self) -> String {
        let words = self.words();
        let mut body = String::new();
        let mut y = 0;
        for line in wrapped(&safe(&self.title), COLUMNS * 3 / 4) {
            y += 220;
            element(&mut body, &format!("<text class=\"h\" x=\"{}\" y=\"{y}\">", LEFT / 4), &line, "</text>");
        }
        let top = y + LINE + 60;
        let days = Days::over(self.days());
        if let Some(days) = days {
            self.drawn(&mut body, days, top);
        }
        y = if days.is_some() { top + HEIGHT + LINE } else { y };
        self.named(&mut body, &mut y);
        for (letter, day, labels) in self.lettered() {
            for (n, line) in
                wrapped(&safe(&labels.join(&words.text(msg::TREND_SEPARATOR))), COLUMNS - 14).iter().enumerate()
            {
                y += LINE;
                if n == 0 {
                    element(
                        &mut body,
                        &format!("<text x=\"{}\" y=\"{y}\">", LEFT / 4),
                        &format!("{letter} {}", words.date(day)),
                        "</text>",
                    );
                }
                element(&mut body, &format!("<text x=\"{}\" y=\"{y}\">", LEFT / 4 + 900), line, "</text>");
            }
        }
        let height = y + LINE;
        let (title, description) = (self.title.as_str(), self.description());
        let (description, body) = (description.as_str(), body.as_str());
        Drawing { title, description, width: WIDTH, height, light: LIGHT, dark: DARK, body }.svg()
    }

    /// What is seen, for those who hear it.
    fn description(&self) -> String {
        let words = self.words();
        let percent = |percent| words.percent(Some(percent)).into();
        let mut parts = Vec::new();
        for series in &self.series {
            let name = ("name", series.name.as_str().into());
            parts.push(match series.ends() {
                Some(((from, first), (to, last))) => {
                    let (from, to) = (words.date(from).into(), words.date(to).into());
                    let args = [name, ("first", percent(first)), ("from", from), ("last", percent(last)), ("to", to)];
                    words.with(msg::CHART_ENDS, &args)
                }
                None => words.with(msg::CHART_NO_VALUE, &[name]),
            });
        }
        for target in &self.targets {
            let args = [("name", target.name.as_str().into()), ("percent", percent(target.at))];
            parts.push(words.with(msg::CHART_LEVEL, &args));
        }
        for (_, day, labels) in self.lettered() {
            let what = labels.join(&words.text(msg::TREND_SEPARATOR));
            parts.push(words.with(msg::CHART_MARK, &[("date", words.date(day).into()), ("what", what.into())]));
        }
        parts.join(&words.text(msg::CHART_SEPARATOR))
    }

    fn drawn(&self, body: &mut String, days: Days, top: u64) {
        let words = self.words();
        let axis = Axis::over(self.values());
        let y = |value: u32| top + HEIGHT - axis.at(value, HEIGHT);
        let x = |day: NaiveDate| LEFT + days.at(day, FIELD);
        let (right, bottom) = (LEFT + FIELD, top + HEIGHT);
        for tick in axis.ticks() {
            let at = y(tick);
            let _ = writeln!(body, "<path class=\"g\" d=\"M{LEFT} {at}H{right}\"/>");
            let (beside, below) = (LEFT - 80, at + 40);
            let start = format!("<text x=\"{beside}\" y=\"{below}\" text-anchor=\"end\">");
            element(body, &start, &words.percent_whole(tick / 100), "</text>");
        }
        let mut taken: Vec<u64> = Vec::new();
        for day in days.ticks(FIELD, 1_100) {
            let at = x(day);
            if taken.iter().all(|other| other.abs_diff(at) > 850) {
                taken.push(at);
                let (to, below) = (bottom + 50, bottom + LINE);
                let _ = writeln!(body, "<path class=\"g\" d=\"M{at} {bottom}V{to}\"/>");
                let start = format!("<text x=\"{at}\" y=\"{below}\" text-anchor=\"middle\">");
                element(body, &start, &words.date(day), "</text>");
            }
        }
        for (letter, day, _) in self.lettered() {
            let (at, above) = (x(day), top - 50);
            let _ = writeln!(body, "<path class=\"m\" d=\"M{at} {top}V{bottom}\"/>");
            let _ = writeln!(body, "<text x=\"{at}\" y=\"{above}\" text-anchor=\"middle\">{letter}</text>");
        }
        for level in &self.targets {
            let _ = writeln!(body, "<path class=\"t\" d=\"M{LEFT} {}H{right}\"/>", y(level.at.hundredths()));
        }
        for (n, series) in self.series.iter().enumerate().rev() {
            let look = n % LOOKS;
            for run in series.runs() {
                let mut path = String::new();
                for (at, (day, value)) in run.iter().enumerate() {
                    let (x, y) = (x(*day), y(*value));
                    let _ = match (at, self.join) {
                        (0, _) => write!(path, "M{x} {y}"),
                        (_, Join::Straight) => write!(path, "L{x} {y}"),
                        (_, Join::Steps) => write!(path, "H{x}V{y}"),
                    };
                }
                if run.len() > 1 {
                    let _ = writeln!(body, "<path class=\"l l{look}\" d=\"{path}\"/>");
                }
                for (day, value) in run {
                    let (x, y) = (x(day), y(value));
                    let percent = words.percent(Some(Percent::from_hundredths(value)));
                    let date = words.date(day);
                    let args =
                        [("name", series.name.as_str().into()), ("date", date.into()), ("percent", percent.into())];
                    let said = words.with(msg::CHART_POINT, &args);
                    let _ = write!(body, "<circle class=\"p{look}\" cx=\"{x}\" cy=\"{y}\" r=\"32\">");
                    element(body, "<title>", &said, "</title></circle>");
                }
            }
        }
    }

    /// A line for each series and target.
    fn named(&self, body: &mut String, y: &mut u64) {
        let series = self.series.iter().enumerate().map(|(n, s)| (format!("l l{}", n % LOOKS), safe(&s.name)));
        let levels = self
            .targets
            .iter()
            .map(|t| ("t".to_owned(), format!("{} {}", safe(&t.name), self.words().percent(Some(t.at)))));
        *y += LINE / 2;
        for (class, name) in series.chain(levels) {
            for (n, line) in wrapped(&name, COLUMNS - 12).iter().enumerate() {
                *y += LINE;
                if n == 0 {
                    let (at, from) = (y.saturating_sub(40), LEFT / 4);
                    let _ = writeln!(body, "<path class=\"{class}\" d=\"M{from} {at}h400\"/>");
                }
                element(body, &format!("<text x=\"{}\" y=\"{y}\">", LEFT / 4 + 500), line, "</text>");
            }
        }
        *y += LINE / 2;
    }
}
