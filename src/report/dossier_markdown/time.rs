//! What lapses, what to do next, and what became of the tenant.

use super::Page;
use crate::change::AmountChange;
use crate::compare::{Change, Comparison};
use crate::dossier::{Dossier, EvidenceSheet, Lapsing, link_of};
use crate::locale::msg;
use crate::plan::Plan;
use crate::trend::{Trend, TrendPoint};

/// How many snapshots are shown unless all are asked for.
const FEW_SNAPSHOTS: usize = 12;

impl Page {
    pub(super) fn lapses(&mut self, dossier: &Dossier) {
        let args = [("date", self.words.long_date(dossier.score.outlook.by).into())];
        if dossier.lapses.is_empty() {
            self.paragraph(&self.words.with(msg::REPORT_NOTHING_LAPSES, &args));
            return;
        }
        self.heading(2, &self.words.with(msg::REPORT_LAPSES, &args));
        let rows: Vec<Vec<String>> = dossier.lapses.iter().map(|lapse| self.lapse(lapse)).collect();
        let head = [
            msg::REPORT_LAST_DAY,
            msg::REPORT_EVENT,
            msg::REPORT_ITEM,
            msg::TEXT_ASSIGNED,
            msg::REPORT_CONTROLS,
            msg::REPORT_RESTING,
        ];
        self.table_of_some(&head, 4, rows);
    }

    fn lapse(&self, lapse: &Lapsing) -> Vec<String> {
        let event = &lapse.event;
        let title = if event.title.is_empty() { &event.id } else { &event.title };
        let places = self.words.list(event.places.iter().map(String::as_str));
        let places = if places.is_empty() { places } else { format!(" ({})", self.cell(&places)) };
        vec![
            self.words.date(lapse.last_day),
            self.words.word(event.kind).into_owned(),
            format!("{}{places}", self.cell(title)),
            self.cell(event.assigned_to.as_deref().unwrap_or_default()),
            self.words.whole(event.controls.len()),
            self.words.points(event.at_stake),
        ]
    }

    pub(super) fn next(&mut self, dossier: &Dossier) {
        let Some(plan) = &dossier.next else { return };
        self.heading(2, &self.text_of(msg::REPORT_NEXT));
        if plan.open.pieces == 0 {
            self.paragraph(&self.text_of(msg::REPORT_NO_OPEN_WORK));
            return;
        }
        if plan.chosen.is_empty() {
            let hours = plan.budget.unwrap_or_default();
            self.paragraph(&self.words.with(msg::REPORT_NOTHING_NEXT, &[("hours", hours.into())]));
            return;
        }
        let after = self.words.percent(plan.after.percent(plan.objective));
        let args =
            [("hours", plan.hours.into()), ("points", self.words.points(plan.gain).into()), ("percent", after.into())];
        self.paragraph(&self.words.with(msg::REPORT_NEXT_LINE, &args));
        let rows = self.steps(plan);
        let head = [
            msg::REPORT_WORK,
            msg::TEXT_ACTION,
            msg::TEXT_ASSIGNED,
            msg::REPORT_HOURS,
            msg::REPORT_GAIN,
            msg::REPORT_THEN,
        ];
        self.table_of_some(&head, 3, rows);
    }

    fn steps(&self, plan: &Plan) -> Vec<Vec<String>> {
        let row = |step: &crate::plan::Step| {
            vec![
                self.words.word(step.kind).into_owned(),
                self.cell(&step.title),
                self.cell(step.assignee.as_deref().unwrap_or_default()),
                step.hours.to_string(),
                self.words.points(step.gain),
                self.words.percent(step.percent),
            ]
        };
        plan.chosen.iter().map(row).collect()
    }

    pub(super) fn history(&mut self, dossier: &Dossier) {
        let Some(past) = &dossier.history else { return };
        self.trend(&past.trend);
        if let Some(change) = &past.change {
            self.change(change);
        }
    }

    /// The last snapshots, the newest at the end.
    fn trend(&mut self, trend: &Trend) {
        self.heading(2, &self.text_of(msg::REPORT_TREND));
        let few = self.extent.rows().map_or(trend.points.len(), |most| most.clamp(1, FEW_SNAPSHOTS));
        let left = trend.points.len().saturating_sub(few);
        let row = |point: &TrendPoint| {
            vec![
                self.words.date(point.as_of),
                self.words.percent(point.figures.percent),
                self.words.percent(point.figures.assurance_percent),
                self.words.points(point.figures.achieved),
                point
                    .figures
                    .gaps
                    .and_then(|gaps| Some(self.words.whole(usize::try_from(gaps).ok()?)))
                    .unwrap_or_default(),
            ]
        };
        let rows: Vec<Vec<String>> = trend.points.iter().skip(left).map(row).collect();
        let head = [msg::REPORT_DATE, msg::TEXT_SCORE, msg::TEXT_ASSURANCE, msg::TEXT_POINTS, msg::REPORT_ROWS];
        self.table(&head, 1, &rows);
        if left > 0 {
            self.paragraph(&self.words.with(msg::REPORT_LEFT_OUT, &[("count", left.into())]));
        }
    }

    fn change(&mut self, change: &Comparison) {
        let args = [("date", self.words.long_date(change.from.as_of).into())];
        if change.causes.is_empty() {
            self.paragraph(&self.words.with(msg::REPORT_UNCHANGED, &args));
            return;
        }
        self.heading(3, &self.words.with(msg::REPORT_SINCE, &args));
        let mut rows: Vec<Vec<String>> = change
            .causes
            .iter()
            .map(|cause| self.cause(self.words.word(cause.cause).into_owned(), &cause.change))
            .collect();
        if rows.len() > 1 {
            rows.push(self.cause(self.text_of(msg::REPORT_TOGETHER), &change.change));
        }
        let head = [msg::REPORT_CAUSE, msg::TEXT_SCORE, msg::TEXT_POINTS, msg::TEXT_POSSIBLE, msg::REPORT_ASSURED];
        self.table(&head, 1, &rows);
    }

    fn cause(&self, name: String, change: &Change) -> Vec<String> {
        let amount = |change: AmountChange| self.words.points_change(change);
        vec![
            name,
            self.words.percent_change(change.percent),
            amount(change.achieved),
            amount(change.possible),
            amount(change.assured),
        ]
    }

    /// The whole evidence register.
    pub(super) fn evidence(&mut self, dossier: &Dossier) {
        if dossier.evidence.is_empty() {
            return;
        }
        let rows: Vec<Vec<String>> = dossier.evidence.iter().map(|item| self.item(item)).collect();
        self.fold(&self.words.with(msg::REPORT_EVIDENCE, &[("count", rows.len().into())]));
        let head = [
            msg::REPORT_ITEM,
            msg::TEXT_STATUS,
            msg::REPORT_FROM,
            msg::REPORT_TO,
            msg::REPORT_ACTIONS,
            msg::REPORT_CONTROLS,
            msg::REPORT_ALONE,
        ];
        self.table(&head, 4, &rows);
        self.unfold();
    }

    fn item(&self, item: &EvidenceSheet) -> Vec<String> {
        let title = self.cell(item.title.as_deref().unwrap_or(&item.id));
        // A path is one beside the profile; where the report is read, it would lead elsewhere.
        let address = item.link.as_deref().filter(|link| link.contains("://")).and_then(link_of);
        vec![
            address.map_or_else(|| title.clone(), |address| format!("[{title}](<{address}>)")),
            self.words.word(item.state).into_owned(),
            self.words.maybe_date(item.counts_from),
            self.words.maybe_date(item.counts_to),
            self.words.whole(item.actions.len()),
            self.words.whole(item.controls),
            self.words.points(item.alone.assured),
        ]
    }
}
