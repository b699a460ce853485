//! What a report on a fleet says, section by section: the same in text and in HTML.

use super::show::{MISSING, QUANTILES, SHARED, amount, count, counted, first, largest, name, percent, points, value};
use crate::choice::Choice;
use crate::fleet::{
    Distribution, FleetCohorts, FleetControl, FleetGap, FleetLapsing, FleetMovers, FleetPart, FleetReport, FleetSpread,
    FleetTemplate, FleetTenant, LapsingTenant, Mover,
};
use crate::report::table::cell_text;

/// A heading and what stands under it.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// Whether it begins what is said of a template; the rest stand beneath it, or on their own.
    pub(super) is_template: bool,
    pub(super) heading: String,
    /// What stands beside the heading.
    pub(super) about: String,
    /// Sentences before the table.
    pub(super) lines: Vec<String>,
    /// The scores and the assurances, to be drawn.
    pub(super) histograms: Option<[Distribution; 2]>,
    pub(super) table: Option<Sheet>,
    /// What the table means.
    pub(super) notes: Vec<String>,
}

/// A table: texts first, then figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) head: Vec<String>,
    /// The columns of figures.
    pub(super) figures: std::ops::Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    fn new(head: &[&str], figures: std::ops::Range<usize>, rows: impl Iterator<Item = Vec<String>>) -> Option<Self> {
        let head = head.iter().map(|h| (*h).to_owned()).collect();
        Some(Self { head, figures, rows: rows.collect() })
    }
}

/// The sections of a report.
pub(super) fn sections(report: &FleetReport) -> Vec<Section> {
    let top = report.top;
    let templates = report.templates.iter().flat_map(|template| of_template(template, top));
    let mut list: Vec<Section> = templates.collect();
    list.extend(report.gaps.as_deref().filter(|list| !list.is_empty()).map(|list| gaps(list, top)));
    list.extend(report.lowest.as_deref().filter(|list| !list.is_empty()).map(lowest));
    list.extend(report.lapsing.as_ref().map(|l| lapsing(l, report)));
    list.extend(report.movers.iter().flat_map(movers));
    list
}

fn of_template(template: &FleetTemplate, top: usize) -> Vec<Section> {
    let mut list = vec![of_all(template)];
    if !template.groups.is_empty() {
        list.push(parts("By group", "Group", &template.groups, top));
    }
    let cohorts = |c: &FleetCohorts| {
        let word = c.by.word();
        let mut title = word.to_owned();
        title.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
        parts(&format!("By {word}"), &title, &c.parts, top)
    };
    list.extend(template.cohorts.iter().map(cohorts));
    list.extend(template.controls.as_deref().map(|list| controls(list, top)));
    list
}

fn of_all(template: &FleetTemplate) -> Section {
    let all = &template.all;
    let over = format!(
        "score {} over all points, assurance {}; {}",
        percent(all.percent),
        percent(all.assurance_percent),
        target(all)
    );
    let none = (all.without_score > 0)
        .then(|| format!("{} without a score: nothing is in scope", counted(all.without_score, "assessment")));
    let head = ["", "Min", "5 %", "10 %", "25 %", "Median", "75 %", "90 %", "95 %", "Max"];
    let rows = [quantiles("Score", &all.score), quantiles("Assurance", &all.assurance)];
    Section {
        is_template: true,
        heading: name(template),
        about: counted(all.assessments, "assessment"),
        lines: std::iter::once(over).chain(none).collect(),
        histograms: Some([all.score.clone(), all.assurance.clone()]),
        table: Sheet::new(&head, 1..10, rows.into_iter()),
        notes: vec![QUANTILES.to_owned()],
    }
}

fn quantiles(name: &str, distribution: &Distribution) -> Vec<String> {
    let named = distribution.quantiles.map(|q| q.named().map(|(_, value)| percent(Some(value))).to_vec());
    let none = || vec!["n/a".to_owned(); 9];
    std::iter::once(name.to_owned()).chain(named.unwrap_or_else(none)).collect()
}

fn target(spread: &FleetSpread) -> String {
    match spread.with_target {
        0 => "no profile names a target".to_owned(),
        all => format!("{} of {} below the target of the profile", count(spread.below_target), count(all)),
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn more(more: usize, what: &str) -> Vec<String> {
    let said = format!("And {} more {what}; `--top` shows more, CSV and JSON have all.", count(whole(more)));
    (more > 0).then_some(said).into_iter().collect()
}

fn parts(heading: &str, column: &str, parts: &[FleetPart], top: usize) -> Section {
    let (shown, rest) = largest(parts, top);
    let row = |part: &FleetPart| {
        let spread = &part.spread;
        let below = match spread.with_target {
            0 => "-".to_owned(),
            all => format!("{} of {}", count(spread.below_target), count(all)),
        };
        let (score, assurance) = (spread.score.quantiles, spread.assurance.quantiles);
        let figures = [
            score.map(|q| q.min),
            score.map(|q| q.q25),
            score.map(|q| q.median),
            score.map(|q| q.q75),
            score.map(|q| q.max),
            assurance.map(|q| q.median),
        ];
        let named = [cell_text(&value(part)), count(spread.tenants), count(spread.assessments), below];
        named.into_iter().chain(figures.map(percent)).collect()
    };
    let head = [
        column,
        "Tenants",
        "Assessments",
        "Below target",
        "Score: min",
        "25 %",
        "Median",
        "75 %",
        "Max",
        "Assurance: median",
    ];
    Section {
        heading: heading.to_owned(),
        table: Sheet::new(&head, 1..10, shown.into_iter().map(row)),
        notes: more(rest, "with fewer tenants"),
        ..Section::default()
    }
}

fn controls(controls: &[FleetControl], top: usize) -> Section {
    let (shown, rest) = first(controls, top);
    let row = |c: &FleetControl| {
        let title = cell_text(c.title.as_deref().unwrap_or_default());
        vec![cell_text(&c.control), count(c.tenants), count(c.partial), count(c.gap), points(c.missing), title]
    };
    let head = ["Control", "Tenants", "Partial", "Gap", "Points missing", "Title"];
    Section {
        heading: "Controls most often open".to_owned(),
        about: counted(whole(controls.len()), "control"),
        table: Sheet::new(&head, 1..5, shown.iter().map(row)),
        notes: [more(rest, "controls"), vec![MISSING.to_owned()]].concat(),
        ..Section::default()
    }
}

fn gaps(gaps: &[FleetGap], top: usize) -> Section {
    let (shown, rest) = first(gaps, top);
    let row = |g: &FleetGap| {
        let title = cell_text(g.title.as_deref().unwrap_or_default());
        vec![cell_text(&g.action), g.gap_kind.word().to_owned(), count(g.tenants), points(g.missing), title]
    };
    let head = ["Action", "Gap", "Tenants", "Points missing", "Title"];
    Section {
        heading: "Gaps shared by many".to_owned(),
        table: Sheet::new(&head, 2..4, shown.iter().map(row)),
        notes: [more(rest, "gaps"), vec![SHARED.to_owned()]].concat(),
        ..Section::default()
    }
}

/// Which assessment: the cells of its tenant, template and group, and the figures of it.
fn row<const N: usize>(tenant: &FleetTenant, figures: [String; N]) -> Vec<String> {
    let who = [&tenant.tenant, &tenant.template, &tenant.group].map(|text| cell_text(text));
    who.into_iter().chain(figures).collect()
}

fn lowest(list: &[FleetTenant]) -> Section {
    let row = |t: &FleetTenant| row(t, [t.percent, t.assurance_percent, t.target].map(percent));
    let head = ["Tenant", "Template", "Group", "Score", "Assurance", "Target"];
    let table = Sheet::new(&head, 3..6, list.iter().map(row));
    Section { heading: "Lowest scores".to_owned(), table, ..Section::default() }
}

fn lapsing(lapsing: &FleetLapsing, report: &FleetReport) -> Section {
    let row = |one: &LapsingTenant| {
        row(&one.tenant, [amount(one.lost), count(one.rows), percent(one.tenant.assurance_percent)])
    };
    let head = ["Tenant", "Template", "Group", "Points lost", "Rows", "Assurance now"];
    Section {
        heading: format!("Evidence that lapses until {}", report.outlook_by),
        about: format!("{}, {} points", counted(lapsing.assessments, "assessment"), points(lapsing.lost)),
        table: Sheet::new(&head, 3..6, lapsing.most.iter().map(row)).filter(|sheet| !sheet.rows.is_empty()),
        ..Section::default()
    }
}

fn movers(movers: &FleetMovers) -> Vec<Section> {
    let [up, down, same, new, gone] = [movers.up, movers.down, movers.same, movers.new, movers.gone].map(count);
    let named = [
        ("New", movers.came.iter().map(|t| &t.tenant).collect::<Vec<_>>(), movers.new),
        ("Gone", movers.left.iter().map(|t| &t.tenant).collect(), movers.gone),
    ];
    let line = |(title, list, all): (&str, Vec<&String>, u64)| {
        let shown: Vec<String> = list.iter().map(|tenant| cell_text(tenant)).collect();
        let rest = usize::try_from(all).unwrap_or(usize::MAX).saturating_sub(list.len());
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        (!shown.is_empty()).then(|| format!("{title}: {}{rest}", shown.join(", ")))
    };
    let mut lines: Vec<String> = named.into_iter().filter_map(line).collect();
    if movers.not_comparable > 0 {
        lines.push(format!("{} with a score on one of the two dates alone", count(movers.not_comparable)));
    }
    let mut list = vec![Section {
        heading: format!("Since {}", movers.since),
        about: format!("{up} up, {down} down, {same} the same, {new} new, {gone} gone"),
        lines,
        ..Section::default()
    }];
    for (heading, moved) in [("Rose most", &movers.rose), ("Fell most", &movers.fell)] {
        if moved.is_empty() {
            continue;
        }
        let row = |one: &Mover| {
            row(&one.tenant, [percent(Some(one.percent_before)), percent(one.tenant.percent), one.change.to_string()])
        };
        let head = ["Tenant", "Template", "Group", "Then", "Now", "Change"];
        let table = Sheet::new(&head, 3..6, moved.iter().map(row));
        list.push(Section { heading: heading.to_owned(), table, ..Section::default() });
    }
    list
}
