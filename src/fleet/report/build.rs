//! The report made: rows come one by one, the summary is held against them, and both give one result.
//!
//! What is summed comes from the summary where there is one, else from the rows; only the summary knows
//! controls, actions and rejects, and only rows know single tenants. Memory is bounded by what is
//! summed and by the lengths of the lists, but for the rows of an earlier run (see `movers`).

use super::movers::Joining;
use super::spread::{FleetPoints, FleetSpread};
use super::threshold::{FleetOutcome, FleetRule, FleetThreshold};
use super::top::Top;
use super::{
    FleetCohorts, FleetControl, FleetGap, FleetLapsing, FleetPart, FleetReport, FleetTemplate, FleetTenant,
    LapsingTenant, SCHEMA,
};
use crate::choice::Choice;
use crate::evaluate::GapKind;
use crate::fleet::dense::within;
use crate::fleet::fault::SummaryFault;
use crate::fleet::figures::FleetFigures;
use crate::fleet::row::{FleetRow, RowFault};
use crate::fleet::summary::{CohortKey, Summary, TemplateSums};
use crate::points::{Amount, Percent};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct FleetReportOptions {
    /// The fields to group by; without any, those that some tenant has.
    pub by: Vec<CohortKey>,
    /// How long lists of tenants are at most.
    pub top: usize,
    /// The least score of every assessment.
    pub min_score: Option<Percent>,
    /// The least assurance.
    pub min_assurance: Option<Percent>,
    /// Whether every assessment has to reach its own target.
    pub on_target: bool,
    /// How many assessments may be below each of these.
    pub max_below: u64,
}

/// Takes what a run wrote, and makes the report of it.
#[derive(Clone, Debug)]
pub struct FleetReporter {
    options: FleetReportOptions,
    summary: Option<Summary>,
    /// The date of the rows and the day of their outlook.
    days: Option<(NaiveDate, NaiveDate)>,
    rows: BTreeMap<Box<str>, TemplateSums>,
    tenants: u64,
    last: String,
    /// The templates of the tenant of the last row.
    seen: Vec<String>,
    lowest: Top<(Option<Percent>, String), FleetTenant>,
    lapsing: Top<(Reverse<Amount>, String), LapsingTenant>,
    lost: u128,
    joining: Option<Joining>,
}

impl FleetReporter {
    /// A report of nothing yet.
    #[must_use]
    pub fn new(options: FleetReportOptions) -> Self {
        let top = options.top;
        Self {
            options,
            summary: None,
            days: None,
            rows: BTreeMap::new(),
            tenants: 0,
            last: String::new(),
            seen: Vec::new(),
            lowest: Top::new(top),
            lapsing: Top::new(top),
            lost: 0,
            joining: None,
        }
    }

    /// Takes a summary; those of several parts are added.
    ///
    /// # Errors
    /// They do not belong together.
    pub fn summary(&mut self, summary: Summary) -> Result<(), SummaryFault> {
        match &mut self.summary {
            Some(own) => own.merge(summary),
            none => {
                *none = Some(summary);
                Ok(())
            }
        }
    }

    /// Takes a row of an earlier run; all of them come before the rows of the later one.
    ///
    /// # Errors
    /// It is of another date than the other earlier rows.
    pub fn earlier(&mut self, row: &FleetRow) -> Result<(), RowFault> {
        let joining = self.joining.get_or_insert_with(|| Joining::new(row.as_of, self.options.top));
        if joining.since() != row.as_of {
            return Err(other_date(joining.since(), row.as_of));
        }
        joining.earlier(row);
        Ok(())
    }

    /// Takes a row.
    ///
    /// # Errors
    /// It is of another date than the other rows, or of an earlier one than those it is compared with.
    pub fn row(&mut self, row: &FleetRow) -> Result<(), RowFault> {
        let (as_of, outlook_by) = *self.days.get_or_insert((row.as_of, row.outlook_by));
        if as_of != row.as_of {
            return Err(other_date(as_of, row.as_of));
        }
        if outlook_by != row.outlook_by {
            let message = format!("has an outlook to {} and others to {outlook_by}", row.outlook_by);
            return Err(RowFault::new(message, "score all parts with the same `--expiring-within`".to_owned()));
        }
        if let Some(since) = self.joining.as_ref().map(Joining::since).filter(|since| *since > as_of) {
            let message = format!("is as of {as_of}, which is before {since}, the date it is compared with");
            return Err(RowFault::new(message, "exchange the two runs".to_owned()));
        }
        self.add(row);
        Ok(())
    }

    fn add(&mut self, row: &FleetRow) {
        if self.tenants == 0 || self.last != row.tenant {
            self.tenants = self.tenants.saturating_add(1);
            self.last.clone_from(&row.tenant);
            self.seen.clear();
        }
        let is_new = !self.seen.contains(&row.template);
        if is_new {
            self.seen.push(row.template.clone());
        }
        let values = row.cohort.values();
        within(&mut self.rows, &row.template, |sums| sums.add(&row.added, &row.group, values, is_new));
        let total = row.total();
        self.lowest.offer((total.percent(), row.tenant.clone()), || FleetTenant::from(row));
        if row.added.lapses() {
            let lost = total.assured.less(row.added.outlook_assured);
            self.lost = self.lost.saturating_add(u128::from(lost.units()));
            let position = GapKind::EvidenceExpiring.position();
            let rows = row.added.kinds.get(position).copied().unwrap_or_default();
            let tenant = || LapsingTenant { tenant: FleetTenant::from(row), lost, rows };
            self.lapsing.offer((Reverse(lost), row.tenant.clone()), tenant);
        }
        self.joining.iter_mut().for_each(|joining| joining.later(row));
    }

    /// The report, of what came.
    ///
    /// # Errors
    /// Nothing came, or the rows are not those that the summary sums up.
    pub fn finish(mut self) -> Result<FleetReport, RowFault> {
        let fault = |fault: SummaryFault| RowFault::new(fault.to_string(), fault.help());
        self.summary.iter_mut().try_for_each(Summary::settle).map_err(fault)?;
        if let (Some(summary), Some(days)) = (&self.summary, self.days) {
            same(summary, days, &self.rows)?;
        }
        let has_rows = self.days.is_some();
        let of_summary = self.summary.as_ref().map(|s| (s.as_of, s.outlook_by));
        let Some((as_of, outlook_by)) = of_summary.or(self.days) else {
            let help = "a run that found no tenant writes a summary, which can be reported on".to_owned();
            return Err(RowFault::new("there is no row and no summary", help));
        };
        let rejects = self.summary.as_ref().map(|s| s.rejects);
        let of_gaps = self.summary.as_ref().map(gaps);
        let templates = self.summary.as_ref().map_or(&self.rows, |s| &s.templates);
        let thresholds = self.thresholds(rejects.unwrap_or_default(), templates);
        let assessments = templates.values().fold(0, |sum: u64, t| sum.saturating_add(t.all.assessments));
        let is_missed = |t: &FleetThreshold| t.outcome == FleetOutcome::Missed;
        let outcome = if thresholds.iter().any(is_missed) { FleetOutcome::Missed } else { FleetOutcome::Met };
        let made: Result<Vec<FleetTemplate>, SummaryFault> =
            templates.iter().map(|(id, sums)| self.template(id, sums)).collect();
        let mut report = FleetReport {
            schema: SCHEMA,
            kind: "fleet-report",
            as_of,
            outlook_by,
            library: self.summary.as_ref().map(|s| s.library),
            tenants: self.summary.as_ref().map_or(self.tenants, |s| s.tenants),
            assessments,
            rejects,
            notes: Vec::new(),
            outcome: (!thresholds.is_empty()).then_some(outcome),
            thresholds,
            templates: made.map_err(fault)?,
            gaps: of_gaps,
            lowest: None,
            lapsing: None,
            movers: None,
            top: self.options.top,
        };
        report.notes = notes(has_rows, self.summary.is_some());
        if has_rows {
            let lapsing = report.templates.iter().fold(0, |sum: u64, t| sum.saturating_add(t.all.lapsing));
            let (lost, most) = (FleetPoints::from_units(self.lost), self.lapsing.into_list());
            report.lapsing = Some(FleetLapsing { assessments: lapsing, lost, most });
            report.lowest = Some(self.lowest.into_list());
        }
        report.movers = self.joining.map(|joining| joining.finish(self.options.top));
        Ok(report)
    }

    fn thresholds(&self, rejects: u64, templates: &BTreeMap<Box<str>, TemplateSums>) -> Vec<FleetThreshold> {
        let options = &self.options;
        let asked = [
            options.min_score.map(|p| (FleetRule::MinScore, Some(p))),
            options.min_assurance.map(|p| (FleetRule::MinAssurance, Some(p))),
            options.on_target.then_some((FleetRule::OnTarget, None)),
        ];
        let judge = |rule| FleetThreshold::judge(rule, options.max_below, rejects, templates.values().map(|t| &t.all));
        asked.into_iter().flatten().map(judge).collect()
    }

    fn template(&self, id: &str, sums: &TemplateSums) -> Result<FleetTemplate, SummaryFault> {
        let keys = CohortKey::WORDS.iter().filter_map(|word| CohortKey::from_word(word));
        let asked = |(key, parts): &(CohortKey, &BTreeMap<Box<str>, FleetFigures>)| match &self.options.by[..] {
            [] => parts.keys().any(|name| !name.is_empty()),
            by => by.contains(key),
        };
        let cohort = |(by, map)| Ok(FleetCohorts { by, parts: parts(map)? });
        let cohorts = keys.zip(&sums.cohorts).filter(asked).map(cohort);
        Ok(FleetTemplate {
            template: id.to_owned(),
            title: None,
            all: FleetSpread::of(&sums.all)?,
            groups: if sums.groups.len() > 1 { parts(&sums.groups)? } else { Vec::new() },
            cohorts: cohorts.collect::<Result<_, SummaryFault>>()?,
            controls: self.summary.as_ref().map(|_| controls(sums)),
        })
    }
}

fn other_date(one: NaiveDate, other: NaiveDate) -> RowFault {
    let help = "score all parts with the same `--as-of`; `--against` compares two runs".to_owned();
    RowFault::new(format!("is as of {other}, and others as of {one}"), help)
}

/// What cannot be told of what there is.
fn notes(has_rows: bool, has_summary: bool) -> Vec<String> {
    let notes = [
        (!has_rows).then_some(
            "A summary alone knows no single tenant: the lowest scores, the tenants whose evidence lapses and what \
             changed are left out.",
        ),
        (!has_summary).then_some(
            "There is no summary beside the rows: controls, shared gaps, profiles that could not be read and the \
             library are left out.",
        ),
    ];
    notes.into_iter().flatten().map(str::to_owned).collect()
}

fn parts(map: &BTreeMap<Box<str>, FleetFigures>) -> Result<Vec<FleetPart>, SummaryFault> {
    let part = |(name, figures)| Ok(FleetPart { name: String::from(name), spread: FleetSpread::of(figures)? });
    map.iter().map(|(name, figures)| (&**name, figures)).map(part).collect()
}

/// The open controls, the most tenants first.
fn controls(sums: &TemplateSums) -> Vec<FleetControl> {
    let mut list: Vec<FleetControl> = sums
        .controls
        .iter()
        .map(|(id, open)| FleetControl {
            control: id.to_string(),
            title: None,
            tenants: open.tenants,
            partial: open.partial,
            gap: open.gap,
            missing: FleetPoints::from_units(open.missing),
        })
        .collect();
    // Stable, so equal ones stay in order of their ids.
    list.sort_by_key(|c| Reverse((c.tenants, c.missing)));
    list
}

/// The gaps, those of the most tenants first.
fn gaps(summary: &Summary) -> Vec<FleetGap> {
    let mut list: Vec<FleetGap> = summary
        .gaps
        .iter()
        .map(|((action, kind), sum)| FleetGap {
            action: action.to_string(),
            title: None,
            gap_kind: *kind,
            tenants: sum.tenants,
            assessments: sum.assessments,
            missing: FleetPoints::from_units(sum.missing),
        })
        .collect();
    list.sort_by_key(|g| Reverse((g.tenants, g.missing)));
    list
}

/// Fails if the rows do not come to what the summary says.
fn same(
    summary: &Summary,
    days: (NaiveDate, NaiveDate),
    rows: &BTreeMap<Box<str>, TemplateSums>,
) -> Result<(), RowFault> {
    let help = || Some("a file was cut or edited, or the summary beside it is of another run".to_owned());
    if (summary.as_of, summary.outlook_by) != days {
        let message = format!("the rows are as of {}, and the summary beside them of {}", days.0, summary.as_of);
        return Err(RowFault::new(message, help()));
    }
    let of = |sums: Option<&TemplateSums>| sums.map_or_else(FleetFigures::default, |s| s.all.clone());
    for id in rows.keys().chain(summary.templates.keys()) {
        let (found, told) = (of(rows.get(id)), of(summary.templates.get(id)));
        if found.assessments != told.assessments {
            let (found, told) = (found.assessments, told.assessments);
            let message = format!("there are {found} rows by `{id}`, and {told} by the summary beside them");
            return Err(RowFault::new(message, help()));
        }
        // Rows of one tenant may be apart, so tenants are counted by the summary alone.
        if (FleetFigures { tenants: told.tenants, ..found }) != told {
            let message = format!("the rows by `{id}` do not come to what the summary beside them says");
            return Err(RowFault::new(message, help()));
        }
    }
    Ok(())
}
