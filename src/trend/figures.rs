//! The figures that a scope means, picked out of the parts of a result.

use super::{TrendFault, TrendFigures, TrendPart, TrendParts, TrendScope, TrendStatus};
use crate::diagnostic::suggestion;
use crate::snapshot::{AssessmentRow, Sum};
use std::collections::{BTreeMap, BTreeSet};

/// Figures and what they are of; of the whole, all three names are empty.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) framework: Option<String>,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) figures: TrendFigures,
}

/// What is gathered before it is figures.
struct Gathered<'p> {
    framework: &'p str,
    id: &'p str,
    title: Option<&'p str>,
    sum: Sum,
    statuses: Vec<TrendStatus>,
}

impl TrendScope {
    /// The figures of a result; of a part that is asked for by its id, none where the result lacks it.
    pub(super) fn figures(&self, parts: &TrendParts) -> Result<Vec<Figure>, TrendFault> {
        let gathered = match &self.part {
            TrendPart::Whole => return Ok(vec![self.whole(parts)?]),
            TrendPart::Domain(_) | TrendPart::EachDomain => {
                let rows = parts.domains.iter();
                self.gathered(parts, rows.map(|d| (d.assessment, d.id.as_str(), Some(d.title.as_str()), d.sum, None)))
            }
            TrendPart::Control(_) | TrendPart::EachControl => {
                let status = |status: &str, coverage| Some((status.to_owned(), coverage));
                let rows = parts.controls.iter();
                self.gathered(
                    parts,
                    rows.map(|c| (c.assessment, c.id.as_str(), None, c.sum, status(&c.status, c.coverage))),
                )
            }
        }?;
        let figure = |g: Gathered<'_>| Figure {
            framework: Some(g.framework.to_owned()),
            id: Some(g.id.to_owned()),
            title: g.title.map(str::to_owned),
            figures: TrendFigures::new(g.sum, None, g.statuses),
        };
        Ok(gathered.into_iter().map(figure).collect())
    }

    fn whole(&self, parts: &TrendParts) -> Result<Figure, TrendFault> {
        let chosen: Vec<&AssessmentRow> = parts.assessments.iter().filter(|row| self.takes(row)).collect();
        let sum = match &self.assessment {
            None => parts.overall,
            Some(_) => chosen.iter().try_fold(Sum::default(), |sum, row| sum.and(row.sum)).map_err(too_large)?,
        };
        let gaps = chosen.iter().fold(0_u32, |gaps, row| gaps.saturating_add(row.gaps));
        // Where nothing was assessed, there were no gaps to count.
        let gaps = (!chosen.is_empty()).then_some(gaps);
        Ok(Figure { framework: None, id: None, title: None, figures: TrendFigures::new(sum, gaps, Vec::new()) })
    }

    /// Rows of the same framework and id together, in the order in which they come.
    fn gathered<'p>(
        &self,
        parts: &'p TrendParts,
        rows: impl Iterator<Item = (u32, &'p str, Option<&'p str>, Sum, Option<(String, Option<u16>)>)>,
    ) -> Result<Vec<Gathered<'p>>, TrendFault> {
        let mut gathered: Vec<Gathered<'p>> = Vec::new();
        let mut places = BTreeMap::new();
        for (assessment, id, title, sum, status) in rows {
            let of = usize::try_from(assessment).ok().and_then(|n| parts.assessments.get(n));
            let Some(of) = of.filter(|of| self.takes(of) && self.part.is(id)) else { continue };
            let framework = of.framework.as_str();
            let place = *places.entry((framework, id)).or_insert(gathered.len());
            if place == gathered.len() {
                gathered.push(Gathered { framework, id, title, sum: Sum::default(), statuses: Vec::new() });
            }
            let Some(found) = gathered.get_mut(place) else { continue };
            found.sum = found.sum.and(sum).map_err(too_large)?;
            let named = |(status, coverage)| TrendStatus {
                template: of.template.clone(),
                group: of.group.clone(),
                status,
                coverage,
            };
            found.statuses.extend(status.map(named));
        }
        Ok(gathered)
    }

    /// Whether an assessment is asked for.
    pub(super) fn takes(&self, row: &AssessmentRow) -> bool {
        self.assessment.as_ref().is_none_or(|wanted| *wanted == row.template || *wanted == name(row))
    }

    /// That what is asked for stands somewhere in these results, and means one thing.
    pub(super) fn check<'p>(&self, all: &[&'p TrendParts]) -> Result<(), TrendFault> {
        let rows = || all.iter().flat_map(|parts| &parts.assessments);
        if let Some(wanted) = &self.assessment
            && !rows().any(|row| self.takes(row))
        {
            let known: BTreeSet<String> = rows().flat_map(|row| [row.template.clone(), name(row)]).collect();
            return Err(unknown("assessment", wanted, known.iter().map(String::as_str)));
        }
        let (what, wanted) = match &self.part {
            TrendPart::Domain(id) => ("domain", id),
            TrendPart::Control(id) => ("control", id),
            TrendPart::Whole | TrendPart::EachDomain | TrendPart::EachControl => return Ok(()),
        };
        let mut known: BTreeSet<&'p str> = BTreeSet::new();
        let mut in_frameworks: BTreeSet<&'p str> = BTreeSet::new();
        for parts in all {
            let domains = parts.domains.iter().map(|d| (d.assessment, d.id.as_str()));
            let controls = parts.controls.iter().map(|c| (c.assessment, c.id.as_str()));
            let domains = domains.filter(|_| self.part.is_of_domains());
            for (assessment, id) in domains.chain(controls.filter(|_| self.part.is_of_controls())) {
                let of = usize::try_from(assessment).ok().and_then(|n| parts.assessments.get(n));
                let Some(of) = of.filter(|of| self.takes(of)) else { continue };
                known.insert(id);
                if id == wanted {
                    in_frameworks.insert(&of.framework);
                }
            }
        }
        match in_frameworks.len() {
            0 => Err(unknown(what, wanted, known)),
            1 => Ok(()),
            _ => {
                let names: Vec<String> = in_frameworks.iter().map(|f| format!("`{f}`")).collect();
                Err(TrendFault {
                    message: format!("{what} `{wanted}` stands in {}", names.join(" and ")),
                    help: Some("name one of the assessments with `--assessment`".to_owned()),
                })
            }
        }
    }
}

impl TrendPart {
    /// Whether this id is asked for.
    fn is(&self, id: &str) -> bool {
        match self {
            Self::Domain(wanted) | Self::Control(wanted) => wanted == id,
            Self::Whole | Self::EachDomain | Self::EachControl => true,
        }
    }
}

fn name(row: &AssessmentRow) -> String {
    format!("{}/{}", row.template, row.group)
}

fn unknown<'n>(what: &str, id: &str, known: impl IntoIterator<Item = &'n str>) -> TrendFault {
    TrendFault { message: format!("no {what} `{id}` in these snapshots"), help: suggestion(id, known) }
}

fn too_large(message: String) -> TrendFault {
    TrendFault { message, help: None }
}
