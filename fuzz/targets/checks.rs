//! What every target holds of a result.

use annexa::report::{
    Style, gaps_csv, gaps_text, render_diagnostics, score_markdown, score_text, summary_line, to_json,
};
use annexa::{Diagnostics, Locale, Figures, Sources, Sums, TenantScore};

/// Draws everything a user would see of `diagnostics`.
pub fn draw(diagnostics: &Diagnostics, sources: &Sources) {
    let text = render_diagnostics(diagnostics, sources, Style { width: Some(100), ..Style::PLAIN });
    assert_eq!(text.is_empty(), summary_line(diagnostics, Locale::English).is_none());
    assert!(!text.contains('\u{1b}'), "an escape sequence of the input reaches the terminal");
}

/// The bounds of every sum, and every view of the result.
pub fn check(score: &TenantScore) {
    figures(&score.overall);
    for assessment in &score.assessments {
        figures(&assessment.figures);
        assessment.domains.iter().for_each(|d| figures(&d.figures));
        assessment.controls.iter().for_each(|c| figures(&c.figures));
        for action in &assessment.actions {
            assert!(action.assured_basis_points <= action.basis_points);
            assert!(action.basis_points + action.unassessed_basis_points <= 10_000);
        }
        let rows: Vec<_> = assessment.gaps.iter().collect();
        let csv = gaps_csv(rows.iter().copied()).expect("memory takes it");
        assert!(csv.lines().count() > rows.len());
        gaps_text(&rows, Style::PLAIN);
    }
    to_json(score).expect("JSON");
    score_text(score, Style::PLAIN);
    score_markdown(score, Locale::English);
}

fn figures(figures: &Figures) {
    [figures.total, figures.customer, figures.provider].iter().for_each(sums);
    assert_eq!(figures.total.achieved.units(), figures.customer.achieved.units() + figures.provider.achieved.units());
}

fn sums(sums: &Sums) {
    assert!(sums.assured <= sums.achieved);
    assert!(sums.achieved + sums.unassessed <= sums.possible);
}
