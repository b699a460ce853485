//! What hours can gain, as SVG: the frontier of a plan, the plan itself, and the list by points.
//!
//! In tenths of a pixel and whole numbers, in the frame of all drawings.

use super::plan::{name_of, shown};
use super::style::safe;
use super::xml::{Drawing, element};
use crate::plan::Plan;
use crate::points::{Amount, Percent};
use std::fmt::Write;

/// The sheet, and the field of the plot on it.
const WIDTH: u64 = 8_000;
const HEIGHT: u64 = 3_900;
const LEFT: u64 = 800;
const RIGHT: u64 = 7_700;
const TOP: u64 = 700;
const BOTTOM: u64 = 3_300;

/// Into how many steps an axis is cut.
const STEPS: u64 = 5;

/// What is drawn here, in light and dark; points differ by shape too, for those who see no colours.
const LIGHT: &str = "\
.l{fill:none;stroke:#0b5cad;stroke-width:20}.p{fill:#0b5cad}.q{fill:#1a7f37}.b{fill:none;stroke:#b3410a;stroke-width:20}";
const DARK: &str = ".l{stroke:#6cb6ff}.p{fill:#6cb6ff}.q{fill:#7ee787}.b{stroke:#ffa657}";

/// Hours against percent.
#[must_use]
pub fn plan_svg(plan: &Plan) -> String {
    let title = format!("{} ({}): what hours can gain by {}", safe(&plan.organization), safe(&plan.tenant), plan.by);
    let mut body = String::new();
    element(&mut body, "<text class=\"h\" x=\"200\" y=\"320\">", &title, "</text>");
    match plan.before.percent(plan.objective) {
        Some(before) => draw(&mut body, plan, before),
        None => element(&mut body, "<text x=\"200\" y=\"620\">", "There is no score.", "</text>"),
    }
    let (title, description) = (title.as_str(), description(plan));
    let (description, body) = (description.as_str(), body.as_str());
    Drawing { title, description, width: WIDTH, height: HEIGHT, light: LIGHT, dark: DARK, body }.svg()
}

/// Where hours and hundredths of a percent lie.
struct Field {
    hours: u64,
    low: u64,
    high: u64,
}

impl Field {
    fn x(&self, hours: u64) -> u64 {
        LEFT + hours.min(self.hours) * (RIGHT - LEFT) / self.hours.max(1)
    }

    fn y(&self, percent: Percent) -> u64 {
        let value = u64::from(percent.hundredths()).clamp(self.low, self.high);
        BOTTOM - (value - self.low) * (BOTTOM - TOP) / (self.high - self.low).max(1)
    }
}

fn draw(svg: &mut String, plan: &Plan, before: Percent) {
    let baseline = &plan.baseline_by_points;
    let after = plan.after.percent(plan.objective);
    let found = plan.frontier.iter().map(|p| p.percent).chain([Some(before), after, baseline.percent, plan.target]);
    let values: Vec<u64> = found.flatten().map(|p| u64::from(p.hundredths())).collect();
    let longest =
        plan.frontier.iter().map(|p| p.budget).chain([plan.hours, baseline.hours, STEPS]).max().unwrap_or(STEPS);
    let low = values.iter().min().map_or(0, |least| least / 500 * 500);
    let high = values.iter().max().map_or(0, |most| (most + 1).div_ceil(500) * 500).min(10_000).max(low + 500);
    let field = Field { hours: longest.div_ceil(STEPS) * STEPS, low, high };
    grid(svg, &field);
    if let Some(target) = plan.target {
        let _ = writeln!(svg, "<path class=\"t\" d=\"M{LEFT} {}H{RIGHT}\"/>", field.y(target));
    }
    let mut path = format!("M{} {}", field.x(0), field.y(before));
    for point in &plan.frontier {
        let Some(percent) = point.percent else { continue };
        let _ = write!(path, "L{} {}", field.x(point.budget), field.y(percent));
    }
    let _ = writeln!(svg, "<path class=\"l\" d=\"{path}\"/>");
    for point in &plan.frontier {
        let Some(percent) = point.percent else { continue };
        let _ =
            write!(svg, "<circle class=\"p\" cx=\"{}\" cy=\"{}\" r=\"36\">", field.x(point.budget), field.y(percent));
        element(svg, "<title>", &told("at most", point.budget, point.gain, point.percent), "</title></circle>");
    }
    if let Some(after) = after {
        let (x, y) = (field.x(plan.hours), field.y(after));
        let _ = write!(svg, "<path class=\"q\" d=\"M{x} {}l70 70l-70 70l-70 -70z\">", y.saturating_sub(70));
        element(svg, "<title>", &told("the plan", plan.hours, plan.gain, Some(after)), "</title></path>");
    }
    if let Some(percent) = baseline.percent {
        let (x, y) = (field.x(baseline.hours), field.y(percent));
        let _ = write!(
            svg,
            "<path class=\"b\" d=\"M{} {}l120 120m0 -120l-120 120\">",
            x.saturating_sub(60),
            y.saturating_sub(60)
        );
        element(svg, "<title>", &told("by points", baseline.hours, baseline.gain, Some(percent)), "</title></path>");
    }
    let key = format!(
        "{} against hours: line, the most there is; diamond, the plan; cross, down the list by points",
        name_of(plan)
    );
    element(svg, &format!("<text x=\"{LEFT}\" y=\"3760\">"), &key, "</text>");
}

/// The lines of both axes, and what they are.
fn grid(svg: &mut String, field: &Field) {
    for step in 0..=STEPS {
        let hundredths = field.low + (field.high - field.low) * step / STEPS;
        let percent = Percent::from_hundredths(u32::try_from(hundredths).unwrap_or(10_000));
        let y = field.y(percent);
        let _ = writeln!(svg, "<path class=\"g\" d=\"M{LEFT} {y}H{RIGHT}\"/>");
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{percent} %</text>", LEFT - 80, y + 40);
        let hours = field.hours * step / STEPS;
        let x = field.x(hours);
        let _ = writeln!(svg, "<path class=\"g\" d=\"M{x} {BOTTOM}v50\"/>");
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{hours} h</text>", BOTTOM + 190);
    }
}

fn told(what: &str, hours: u64, gain: Amount, percent: Option<Percent>) -> String {
    format!("{what}: {hours} hours, {} gained, {}", gain.exact(), shown(percent))
}

/// What is seen, for those who hear it.
fn description(plan: &Plan) -> String {
    let baseline = &plan.baseline_by_points;
    let points = plan.frontier.iter().map(|p| told("at most", p.budget, p.gain, p.percent));
    let plan_and_list = [
        told("the plan", plan.hours, plan.gain, plan.after.percent(plan.objective)),
        told("by points", baseline.hours, baseline.gain, baseline.percent),
    ];
    points.chain(plan_and_list).collect::<Vec<_>>().join(". ")
}
