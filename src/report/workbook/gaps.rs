//! The gap report: the columns of its CSV in the same order and with the same words, so that the two
//! can be held against each other, but with dates as dates and points as numbers.

use super::looks::{LIGHT, Mood};
use super::page::{Body, Column, Page};
use super::{Cell, Report};
use crate::choice::Choice;
use crate::evaluate::GapKind;
use crate::locale::msg;
use crate::report::columns::columns;
use crate::result::{COLUMNS, Gap};
use rust_xlsxwriter::{ConditionalFormatDataBar, Workbook, XlsxError};
use std::borrow::Cow;

/// The columns that stay in sight: up to the control's title.
const KEPT: u16 = 6;

impl<'d> Report<'d> {
    pub(super) fn gaps(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_GAPS)?;
        let heads: Vec<Column<'_>> = columns(self.words.locale())
            .map(|(name, help)| Column { heading: Cow::Borrowed(name), most: most(name), note: Some(help) })
            .collect();
        let gaps = self.dossiers.iter().flat_map(|d| &d.score.assessments).flat_map(|a| &a.gaps);
        let body = page.table("Gaps", &heads, KEPT, gaps.map(cells))?;
        colour(&mut page, body)
    }
}

/// The cells of a row, each in the form of what it holds.
fn cells<'g>(gap: &'g Gap) -> Vec<Cell<'g>> {
    let finding = &*gap.finding;
    let typed = |(name, text): (&str, Cow<'g, str>)| match name {
        "as_of" => gap.scope.as_of.into(),
        "due_on" => finding.due_on.into(),
        "valid_to" => finding.valid_to.into(),
        "points" => finding.action.as_ref().map(|action| usize::from(action.points.get())).into(),
        "points_at_stake" => Cell::Exact(finding.points_at_stake),
        "evidence_url" => Cell::address(finding.evidence_url.as_deref()),
        _ => text.into(),
    };
    COLUMNS.into_iter().zip(gap.cells()).map(typed).collect()
}

/// The most characters of a column.
fn most(column: &str) -> usize {
    match column {
        "control_title" | "action_title" | "evidence_url" | "next_step" => 44,
        "action_id" | "evidence_id" | "service_id" | "also_affects" => 30,
        _ => 20,
    }
}

/// How bad it is that something of a kind is missing.
fn mood(kind: GapKind) -> Mood {
    match kind {
        GapKind::TestFailed
        | GapKind::EvidenceExpired
        | GapKind::ProviderUnattested
        | GapKind::ServiceNotCertified
        | GapKind::ConflictingStatus
        | GapKind::UnmappedControl
        | GapKind::InheritanceUnsupported
        | GapKind::ExclusionUnjustified => Mood::Bad,
        GapKind::NotImplemented
        | GapKind::Untested
        | GapKind::Partial
        | GapKind::EvidenceMissing
        | GapKind::EvidenceExpiring
        | GapKind::TestStale => Mood::Warn,
        GapKind::NotAssessed | GapKind::Planned | GapKind::RiskAccepted => Mood::Quiet,
    }
}

/// Kinds by how bad they are, points at stake as bars, and what was due before the date of the figures.
fn colour(page: &mut Page<'_>, body: Body) -> Result<(), XlsxError> {
    let at =
        |name: &str| COLUMNS.iter().position(|c| *c == name).and_then(|n| u16::try_from(n).ok()).unwrap_or_default();
    for found in [Mood::Bad, Mood::Warn, Mood::Quiet] {
        let kinds =
            GapKind::WORDS.iter().filter(|word| GapKind::from_word(word).is_some_and(|kind| mood(kind) == found));
        let words: Vec<Cow<'_, str>> = kinds.map(|word| Cow::Borrowed(*word)).collect();
        page.colour_words(body, at("gap_kind"), &words, found)?;
    }
    let [due, day] = ["due_on", "as_of"].map(|name| body.cell(at(name)));
    page.colour(body, at("due_on"), &format!("AND(ISNUMBER({due}),{due}<{day})"), Mood::Bad)?;
    let bars = ConditionalFormatDataBar::new().set_fill_color(LIGHT).set_solid_fill(true);
    let stake = at("points_at_stake");
    page.sheet.add_conditional_format(body.first, stake, body.last, stake, &bars)?;
    Ok(())
}
