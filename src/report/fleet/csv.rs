//! The report on a fleet for spreadsheets and notebooks: one figure a row, with what it is of.

use crate::choice::Choice;
use crate::fleet::{
    Distribution, FleetControl, FleetGap, FleetLapsing, FleetMovers, FleetReport, FleetSpread, FleetTemplate,
    FleetTenant, FleetThreshold,
};
use crate::points::Percent;
use crate::report::csv::{finish, neutral, writer};

/// The columns: the section, the template it is of, the field and value by which tenants are grouped,
/// the thing (a control, an action, a tenant) with what it is further named by, the figure and its value.
const COLUMNS: [&str; 8] = ["section", "template", "by", "of", "id", "detail", "figure", "value"];

/// What a fleet comes to, as CSV.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn fleet_csv(report: &FleetReport) -> Result<String, csv::Error> {
    let mut sheet = Sheet { writer: writer(), place: Place::default() };
    sheet.writer.write_record(COLUMNS)?;
    sheet.fleet(report)?;
    report.thresholds.iter().try_for_each(|threshold| sheet.threshold(threshold))?;
    report.templates.iter().try_for_each(|template| sheet.template(template))?;
    sheet.place = Place::default();
    report.gaps.iter().flatten().try_for_each(|gap| sheet.gap(gap))?;
    report.lowest.iter().flatten().try_for_each(|tenant| sheet.tenant("lowest", tenant, &[]))?;
    report.lapsing.iter().try_for_each(|lapsing| sheet.lapsing(lapsing))?;
    report.movers.iter().try_for_each(|movers| sheet.movers(movers))?;
    finish(sheet.writer)
}

/// What the next rows are of.
#[derive(Clone, Debug, Default)]
struct Place {
    section: &'static str,
    template: String,
    by: &'static str,
    of: String,
    id: String,
    detail: String,
}

struct Sheet {
    writer: csv::Writer<Vec<u8>>,
    place: Place,
}

type Done = Result<(), csv::Error>;

impl Sheet {
    fn put(&mut self, figure: &str, value: impl std::fmt::Display) -> Done {
        let Place { section, template, by, of, id, detail } = &self.place;
        let value = value.to_string();
        self.writer.write_record([
            section,
            &*neutral(template),
            by,
            &*neutral(of),
            &*neutral(id),
            &*neutral(detail),
            figure,
            &value,
        ])
    }

    fn percent(&mut self, figure: &str, percent: Option<Percent>) -> Done {
        self.put(figure, percent.map(Percent::exact).unwrap_or_default())
    }

    fn fleet(&mut self, report: &FleetReport) -> Done {
        self.place = Place { section: "fleet", ..Place::default() };
        self.put("as_of", report.as_of)?;
        self.put("outlook_by", report.outlook_by)?;
        self.put("library", report.library.map(|digest| digest.to_string()).unwrap_or_default())?;
        self.put("tenants", report.tenants)?;
        self.put("assessments", report.assessments)?;
        self.put("rejects", report.rejects.map(|n| n.to_string()).unwrap_or_default())
    }

    fn threshold(&mut self, threshold: &FleetThreshold) -> Done {
        self.place = Place { section: "threshold", id: threshold.rule.word().to_owned(), ..Place::default() };
        self.percent("percent", threshold.percent)?;
        let counts = [
            ("max_below", threshold.max_below),
            ("below", threshold.below),
            ("without_score", threshold.without_score),
            ("rejects", threshold.rejects),
            ("of", threshold.of),
        ];
        counts.into_iter().try_for_each(|(figure, count)| self.put(figure, count))?;
        self.put("outcome", threshold.outcome)
    }

    fn template(&mut self, template: &FleetTemplate) -> Done {
        self.place = Place { section: "spread", template: template.template.clone(), ..Place::default() };
        self.spread(&template.all)?;
        let groups = ("group", &template.groups);
        let cohorts = template.cohorts.iter().map(|cohorts| (cohorts.by.word(), &cohorts.parts));
        for (by, parts) in std::iter::once(groups).chain(cohorts) {
            for part in parts {
                self.place = Place { by, of: part.name.clone(), section: "spread", ..self.place.clone() };
                self.spread(&part.spread)?;
            }
        }
        (self.place.by, self.place.of) = ("", String::new());
        template.controls.iter().flatten().try_for_each(|control| self.control(control))
    }

    fn spread(&mut self, spread: &FleetSpread) -> Done {
        self.place.section = "spread";
        let counts = [
            ("tenants", spread.tenants),
            ("assessments", spread.assessments),
            ("without_score", spread.without_score),
            ("with_target", spread.with_target),
            ("below_target", spread.below_target),
            ("lapsing", spread.lapsing),
            ("gaps", spread.gaps),
        ];
        counts.into_iter().try_for_each(|(figure, count)| self.put(figure, count))?;
        let points = [
            ("achieved", spread.achieved),
            ("possible", spread.possible),
            ("assured", spread.assured),
            ("unassessed", spread.unassessed),
            ("outlook_assured", spread.outlook_assured),
        ];
        points.into_iter().try_for_each(|(figure, points)| self.put(figure, points))?;
        self.percent("percent", spread.percent)?;
        self.percent("assurance_percent", spread.assurance_percent)?;
        self.distribution("score", &spread.score)?;
        self.distribution("assurance", &spread.assurance)?;
        for (section, counts) in
            [("controls", &spread.controls), ("lacks", &spread.lacks), ("gap_kinds", &spread.gap_kinds)]
        {
            self.place.section = section;
            counts.iter().try_for_each(|(word, count)| self.put(word, count))?;
        }
        Ok(())
    }

    fn distribution(&mut self, of: &'static str, distribution: &Distribution) -> Done {
        self.place.id = of.to_owned();
        self.place.section = "quantiles";
        for (name, value) in distribution.quantiles.iter().flat_map(|q| q.named()) {
            self.put(name, value.exact())?;
        }
        self.place.section = "histogram";
        for ten in &distribution.histogram {
            self.put(&format!("{}-{}", ten.from, ten.to), ten.count)?;
        }
        self.place.id.clear();
        Ok(())
    }

    fn control(&mut self, control: &FleetControl) -> Done {
        self.place.section = "control";
        self.place.id.clone_from(&control.control);
        self.place.detail = control.title.clone().unwrap_or_default();
        self.put("tenants", control.tenants)?;
        self.put("partial", control.partial)?;
        self.put("gap", control.gap)?;
        self.put("missing", control.missing)
    }

    fn gap(&mut self, gap: &FleetGap) -> Done {
        let (id, detail) = (gap.action.clone(), gap.gap_kind.word().to_owned());
        self.place = Place { section: "gap", id, detail, ..Place::default() };
        self.put("tenants", gap.tenants)?;
        self.put("assessments", gap.assessments)?;
        self.put("missing", gap.missing)
    }

    fn tenant(&mut self, section: &'static str, tenant: &FleetTenant, more: &[(&str, String)]) -> Done {
        let (template, id, of) = (tenant.template.clone(), tenant.tenant.clone(), tenant.group.clone());
        self.place = Place { section, template, by: "group", of, id, detail: tenant.organization.clone() };
        self.percent("percent", tenant.percent)?;
        self.percent("assurance_percent", tenant.assurance_percent)?;
        self.percent("target", tenant.target)?;
        more.iter().try_for_each(|(figure, value)| self.put(figure, value))
    }

    fn lapsing(&mut self, lapsing: &FleetLapsing) -> Done {
        self.place = Place { section: "lapsing", ..Place::default() };
        self.put("assessments", lapsing.assessments)?;
        self.put("lost", lapsing.lost)?;
        for one in &lapsing.most {
            let more = [("lost", one.lost.to_string()), ("rows", one.rows.to_string())];
            self.tenant("lapsing", &one.tenant, &more)?;
        }
        Ok(())
    }

    fn movers(&mut self, movers: &FleetMovers) -> Done {
        self.place = Place { section: "movers", ..Place::default() };
        self.put("since", movers.since)?;
        let counts = [
            ("up", movers.up),
            ("down", movers.down),
            ("same", movers.same),
            ("not_comparable", movers.not_comparable),
            ("new", movers.new),
            ("gone", movers.gone),
        ];
        counts.into_iter().try_for_each(|(figure, count)| self.put(figure, count))?;
        for (section, list) in [("rose", &movers.rose), ("fell", &movers.fell)] {
            for one in list {
                let before = one.assurance_percent_before.map(Percent::exact).unwrap_or_default();
                let more = [
                    ("percent_before", one.percent_before.exact()),
                    ("assurance_percent_before", before),
                    ("change", one.change.to_string()),
                ];
                self.tenant(section, &one.tenant, &more)?;
            }
        }
        movers.came.iter().try_for_each(|tenant| self.tenant("came", tenant, &[]))?;
        for gone in &movers.left {
            let (template, id, of) = (gone.template.clone(), gone.tenant.clone(), gone.group.clone());
            self.place = Place { section: "left", template, by: "group", of, id, detail: String::new() };
            self.percent("percent_before", gone.percent_before)?;
        }
        Ok(())
    }
}
