//! The report on a fleet as one page of HTML that asks for nothing: no script, no request, for screen and
//! paper.
//!
//! The page has the looks of the report on a tenant (`html/report.css`) and a few of its own. What it is
//! given has been made safe, and is escaped.

use super::section::{Section, sections};
use super::show::{about, basis, count};
use crate::fleet::{Distribution, FleetOutcome, FleetReport};
use crate::safe::safe;
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// How the page looks.
const CSS: &str = concat!(include_str!("../html/report.css"), include_str!("page.css"));

/// The field of a histogram, and the room for what is written over its bars.
const HEIGHT: u64 = 120;
const OVER: u64 = 20;
/// From one bar to the next.
const STEP: u64 = 60;

#[derive(Template)]
#[template(path = "fleet/page.html")]
struct Page {
    as_of: String,
    about: String,
    basis: String,
    css: &'static str,
    /// What the policy of the page allows: this style and nothing else.
    digest: String,
    version: &'static str,
    notes: Vec<String>,
    /// What was asked: the word of its outcome, whether it is met, what it is and what was found.
    asked: Vec<(&'static str, bool, String, String)>,
    sections: Vec<Shown>,
}

/// A section, as the page shows it.
struct Shown {
    number: usize,
    section: Section,
    drawings: Vec<Drawing>,
    /// The cells of the table, each with whether it is a figure; the first row is the head.
    head: Vec<(String, bool)>,
    rows: Vec<Vec<(String, bool)>>,
}

/// A histogram.
struct Drawing {
    id: String,
    title: &'static str,
    description: String,
    bars: Vec<Bar>,
}

struct Bar {
    x: u64,
    y: u64,
    height: u64,
    /// Where its count is written.
    above: u64,
    count: String,
    from: u8,
    /// What it says where it is pointed at.
    told: String,
}

/// What a fleet comes to, as a page.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the template engine.
pub fn fleet_html(report: &FleetReport) -> Result<String, askama::Error> {
    use crate::choice::Choice;
    let asked = report.thresholds.iter().map(|t| {
        let is_met = t.outcome == FleetOutcome::Met;
        (t.outcome.word(), is_met, t.asked(), t.found())
    });
    let page = Page {
        as_of: report.as_of.to_string(),
        about: about(report),
        basis: basis(report),
        css: CSS,
        digest: STANDARD.encode(Sha256::digest(CSS.as_bytes())),
        version: env!("CARGO_PKG_VERSION"),
        notes: report.notes.iter().map(|note| safe(note)).collect(),
        asked: asked.collect(),
        sections: sections(report).into_iter().enumerate().map(|(number, s)| shown(number, s)).collect(),
    };
    page.render()
}

fn shown(number: usize, section: Section) -> Shown {
    let drawings = section.histograms.iter().flatten().zip(["Score", "Assurance"]);
    let drawings = drawings.map(|(distribution, title)| drawing(number, title, distribution)).collect();
    let sheet = section.table.as_ref();
    let cells = |row: &Vec<String>| -> Vec<(String, bool)> {
        let figures = sheet.map(|s| s.figures.clone()).unwrap_or_default();
        row.iter().enumerate().map(|(column, cell)| (cell.clone(), figures.contains(&column))).collect()
    };
    let head = sheet.map(|s| cells(&s.head)).unwrap_or_default();
    let rows = sheet.iter().flat_map(|s| &s.rows).map(cells).collect();
    Shown { number, drawings, head, rows, section }
}

fn drawing(number: usize, title: &'static str, distribution: &Distribution) -> Drawing {
    let tens = || distribution.histogram.iter();
    let most = tens().map(|ten| ten.count).max().unwrap_or_default().max(1);
    let bar = |(n, ten): (u64, &crate::fleet::Ten)| {
        let scaled = (u128::from(ten.count) * u128::from(HEIGHT)).div_ceil(u128::from(most));
        let height = u64::try_from(scaled).unwrap_or(HEIGHT).min(HEIGHT);
        let y = OVER + HEIGHT - height;
        let told = format!("{} to {} %: {}", ten.from, ten.to, count(ten.count));
        Bar { x: n * STEP, y, height, above: y - 5, count: count(ten.count), from: ten.from, told }
    };
    let bars: Vec<Bar> = (0..).zip(tens()).map(bar).collect();
    let told: Vec<&str> = bars.iter().map(|bar| bar.told.as_str()).collect();
    let description = format!("How many assessments lie in each ten points. {}.", told.join("; "));
    Drawing { id: format!("d{number}{}", title.to_lowercase()), title, description, bars }
}
