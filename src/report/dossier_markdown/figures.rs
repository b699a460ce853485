//! The figures of tenants, assessments and domains.

use super::{Extent, Page};
use crate::dossier::Dossier;
use crate::evaluate::ControlStatus;
use crate::locale::{Message, msg};
use crate::points::{Percent, Sums};
use crate::profile::DEFAULT_GROUP;
use crate::result::{Assessment, Figures, Outlook};
use std::collections::BTreeMap;

const FIGURES: [Message; 6] = [
    msg::TEXT_SCORE,
    msg::REPORT_AT_BEST,
    msg::TEXT_ASSURANCE,
    msg::TEXT_POINTS,
    msg::TEXT_POSSIBLE,
    msg::TEXT_UNASSESSED,
];

impl Page {
    /// A row for each of several tenants.
    pub(super) fn overview(&mut self, dossiers: &[Dossier]) {
        let title = self.words.with(msg::REPORT_TITLE, &[("count", dossiers.len().into())]);
        self.heading(1, &title);
        let row = |dossier: &Dossier| {
            let name = vec![self.cell(&dossier.score.organization), self.words.date(dossier.score.as_of)];
            [name, self.sums(&dossier.score.overall.total)].concat()
        };
        let rows: Vec<Vec<String>> = dossiers.iter().map(row).collect();
        let mut head = vec![self.text_of(msg::REPORT_ORGANIZATION), self.text_of(msg::REPORT_DATE)];
        head.extend(FIGURES.map(|message| self.text_of(message)));
        self.table_under(&head, 2, &rows);
    }

    /// The figures over all assessments where there are several, then those of each.
    pub(super) fn figures(&mut self, dossier: &Dossier) {
        let score = &dossier.score;
        if score.assessments.len() != 1 {
            self.heading(2, &self.text_of(msg::TEXT_OVERALL_TITLE));
            self.standing(&score.overall, &score.outlook, None);
        }
        for (n, assessment) in score.assessments.iter().enumerate() {
            self.heading(2, &self.title(assessment));
            self.standing(&assessment.figures, &assessment.outlook, assessment.target);
            self.statuses(assessment);
            if self.extent == Extent::Figures {
                continue;
            }
            self.domains(assessment);
            if let Some(sheet) = dossier.assessments.get(n) {
                self.missing(assessment, sheet);
            }
        }
    }

    fn title(&self, assessment: &Assessment) -> String {
        let title = self.cell(&assessment.title);
        if assessment.group == DEFAULT_GROUP {
            return title;
        }
        let args = [("title", title.into()), ("group", self.cell(&assessment.group).into())];
        self.words.with(msg::TEXT_GROUP, &args)
    }

    fn standing(&mut self, figures: &Figures, outlook: &Outlook, target: Option<Percent>) {
        let total = &figures.total;
        let mut args = vec![
            ("score", self.words.percent(total.percent()).into()),
            ("assurance", self.words.percent(total.assurance_percent()).into()),
        ];
        let headline = if total.unassessed.units() > 0 {
            args.push(("best", self.words.percent(total.percent_at_best()).into()));
            msg::REPORT_HEADLINE_RANGE
        } else {
            msg::REPORT_HEADLINE
        };
        self.paragraph(&format!("**{}**", self.words.with(headline, &args)));
        if let Some(target) = target {
            let is_met = target.is_reached_by(total.achieved, total.possible);
            let result = self.words.text(if is_met { msg::TEXT_MET } else { msg::TEXT_NOT_MET });
            let args = [("target", self.words.percent(Some(target)).into()), ("result", result.into())];
            self.paragraph(&self.words.with(msg::TEXT_TARGET_LINE, &args));
        }
        if outlook.assured < total.assured {
            let percent = self.words.percent(outlook.assurance_percent);
            let args = [("percent", percent.into()), ("date", self.words.long_date(outlook.by).into())];
            self.paragraph(&self.words.with(msg::REPORT_OUTLOOK, &args));
        }
        let sides =
            [(msg::TEXT_ALL, total), (msg::TEXT_YOUR_SIDE, &figures.customer), (msg::TEXT_PROVIDER, &figures.provider)];
        let row = |(name, sums): (Message, &Sums)| [vec![self.text_of(name)], self.sums(sums)].concat();
        let rows: Vec<Vec<String>> = sides.into_iter().map(row).collect();
        let mut head = vec![String::new()];
        head.extend(FIGURES.map(|message| self.text_of(message)));
        self.table_under(&head, 1, &rows);
    }

    /// The cells under [`FIGURES`].
    fn sums(&self, sums: &Sums) -> Vec<String> {
        vec![
            self.words.percent(sums.percent()),
            self.words.percent(sums.percent_at_best()),
            self.words.percent(sums.assurance_percent()),
            self.words.points(sums.achieved),
            self.words.points_possible(sums.possible),
            self.words.points(sums.unassessed),
        ]
    }

    /// How many controls come to what, in a line.
    fn statuses(&mut self, assessment: &Assessment) {
        let mut counts: BTreeMap<ControlStatus, usize> = BTreeMap::new();
        for control in &assessment.controls {
            *counts.entry(control.status).or_default() += 1;
        }
        // The word first: after a number it would have to agree with it.
        let told = |(status, count): (&ControlStatus, &usize)| {
            format!("{} {}", self.words.word(*status), self.words.whole(*count))
        };
        let told: Vec<String> = counts.iter().map(told).collect();
        let list = self.words.list(told.iter().map(String::as_str));
        self.paragraph(&self.words.with(msg::REPORT_STATUSES, &[("list", list.into())]));
    }

    fn domains(&mut self, assessment: &Assessment) {
        self.heading(3, &self.text_of(msg::REPORT_DOMAINS));
        let row = |domain: &crate::result::Domain| {
            let total = &domain.figures.total;
            vec![
                format!("{} {}", self.cell(&domain.id), self.cell(&domain.title)),
                self.words.percent(total.percent()),
                self.words.percent(total.assurance_percent()),
                self.words.points(total.missing()),
                format!("{}/{}", domain.covered, domain.controls),
            ]
        };
        let rows: Vec<Vec<String>> = assessment.domains.iter().map(row).collect();
        let head = [msg::TEXT_DOMAIN, msg::TEXT_SCORE, msg::TEXT_ASSURANCE, msg::TEXT_MISSING, msg::TEXT_COVERED];
        self.table(&head, 1, &rows);
    }
}
