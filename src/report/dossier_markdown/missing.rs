//! What is missing in an assessment: counts by kind, the gaps, and the controls that are not covered.

use super::Page;
use crate::dossier::AssessmentSheet;
use crate::evaluate::ControlStatus;
use crate::locale::msg;
use crate::points::Percent;
use crate::result::{Assessment, ControlScore, Gap, GapFinding};
use std::cmp::Reverse;

/// How many controls of a gap are named.
const FEW_CONTROLS: usize = 4;

impl Page {
    pub(super) fn missing(&mut self, assessment: &Assessment, sheet: &AssessmentSheet) {
        self.heading(3, &self.text_of(msg::REPORT_MISSING));
        if sheet.missing.is_empty() {
            self.paragraph(&self.text_of(msg::REPORT_NOTHING_MISSING));
            return;
        }
        let row = |missing: &crate::dossier::Missing| {
            let counts = [missing.findings, missing.controls, missing.rows].map(|count| self.words.whole(count));
            [vec![self.words.word(missing.kind).into_owned()], counts.to_vec()].concat()
        };
        let rows: Vec<Vec<String>> = sheet.missing.iter().map(row).collect();
        let head = [msg::REPORT_KIND, msg::REPORT_FINDINGS, msg::REPORT_CONTROLS, msg::REPORT_ROWS];
        self.table(&head, 1, &rows);
        self.gaps(assessment);
        self.open_controls(assessment);
    }

    /// Each gap once, the most points first; of equals in the order of the gap report.
    fn gaps(&mut self, assessment: &Assessment) {
        let mut gaps = assessment.findings();
        gaps.sort_by_key(|gap| Reverse(gap.finding.points_at_stake));
        let count = gaps.len();
        let shown = self.extent.rows().map_or(count, |most| most.min(count));
        let title = if shown == count {
            self.words.with(msg::REPORT_GAPS_ALL, &[("count", count.into())])
        } else {
            self.words.with(msg::REPORT_GAPS_FIRST, &[("shown", shown.into()), ("count", count.into())])
        };
        self.fold(&title);
        let rows: Vec<Vec<String>> = gaps.iter().map(|gap| self.gap(gap)).collect();
        let head = [
            msg::TEXT_GAP,
            msg::TEXT_ACTION,
            msg::REPORT_CONTROLS,
            msg::TEXT_ASSIGNED,
            msg::TEXT_DUE,
            msg::TEXT_NEXT_STEP,
            msg::TEXT_POINTS,
        ];
        self.table_of_some(&head, 6, rows);
        self.unfold();
    }

    fn gap(&self, gap: &Gap) -> Vec<String> {
        let finding: &GapFinding = &gap.finding;
        let stake = finding.points_at_stake;
        vec![
            self.words.word(finding.kind).into_owned(),
            self.cell(finding.action.as_ref().map_or("", |action| &action.title)),
            self.controls_of(gap),
            self.cell(finding.assigned_to.as_deref().unwrap_or_default()),
            self.words.maybe_date(finding.due_on),
            self.cell(&finding.next_step),
            if stake.units() > 0 { self.words.points(stake) } else { String::new() },
        ]
    }

    fn controls_of(&self, gap: &Gap) -> String {
        let of_action = gap.finding.controls.iter().map(|control| control.id.as_str());
        let all: Vec<&str> = if gap.finding.controls.is_empty() { vec![&gap.control.id] } else { of_action.collect() };
        let few = self.words.list(all.iter().take(FEW_CONTROLS).copied());
        let few = self.cell(&few);
        match all.len().saturating_sub(FEW_CONTROLS) {
            0 => few,
            more => self.words.with(msg::REPORT_AND_MORE, &[("items", few.into()), ("count", more.into())]),
        }
    }

    fn open_controls(&mut self, assessment: &Assessment) {
        let is_open =
            |s: ControlStatus| matches!(s, ControlStatus::Partial | ControlStatus::Gap | ControlStatus::Unmapped);
        let open: Vec<&ControlScore> = assessment.controls.iter().filter(|c| is_open(c.status)).collect();
        if open.is_empty() {
            return;
        }
        let row = |control: &&ControlScore| {
            let coverage = control.coverage.map(|share| Percent::from_hundredths(u32::from(share)));
            vec![
                format!("{} {}", self.cell(&control.id), self.cell(&control.title)),
                self.words.word(control.status).into_owned(),
                control.shared_gap.map_or_else(String::new, |side| self.words.word(side).into_owned()),
                coverage.map_or_else(String::new, |share| self.words.percent(Some(share))),
                self.words.points(control.figures.total.missing()),
            ]
        };
        let rows: Vec<Vec<String>> = open.iter().map(row).collect();
        let head = [msg::TEXT_CONTROL, msg::TEXT_STATUS, msg::TEXT_MISSING_SIDE, msg::TEXT_COVERAGE, msg::TEXT_MISSING];
        self.fold(&self.words.with(msg::REPORT_OPEN_CONTROLS, &[("count", rows.len().into())]));
        self.table_of_some(&head, 3, rows);
        self.unfold();
    }
}
