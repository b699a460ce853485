//! The report as one HTML page that asks for nothing: no file beside it, no server, no script but its own.
//!
//! Start with [`report_html`]. The page is made of templates (askama, compiled in, which escape what
//! they show): `page.html`, and one for each section beside the file that fills it. A tenant is a
//! [`Chapter`]; several have an `overview` before them, and many have shorter chapters. `show` has
//! the parts that sections share, `place` the numbers of the anchors, `inline` the style sheet, the
//! script and the policy that lets only these two run. Everything can be read without the script;
//! it filters, sorts, and puts the CSV together (`embed`).

mod controls;
mod embed;
mod evidence;
mod gaps;
mod inline;
mod next;
mod overview;
mod part;
mod past;
mod place;
mod sheet;
mod show;
mod sides;
mod statement;
mod summary;

use crate::choice::Choice;
use crate::dossier::{ControlSheet, Dossier};
use crate::locale::{Locale, Words, msg};
use askama::Template;
use inline::{Own, Policy, script, style};
use place::{Numbers, Part, parts};
use show::{Line, Sentence, Show, piece, view};
use std::collections::BTreeMap;

/// From more tenants than this on, a chapter is a summary.
const FEW: usize = 5;

/// A report on one or more tenants.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn report_html(dossiers: &[Dossier], locale: Locale) -> Result<String, std::fmt::Error> {
    let show = Show { words: Words::of(locale) };
    let mut numbers = Numbers::default();
    let mut chapters = Vec::with_capacity(dossiers.len());
    for dossier in dossiers {
        let is_full = dossiers.len() <= FEW;
        let actions =
            dossier.actions.iter().enumerate().map(|(at, a)| (a.id.as_str(), numbers.action_at(at))).collect();
        chapters.push(Chapter { dossier, show, numbers, parts: parts(dossier), actions, is_full });
        numbers = numbers.after(dossier);
    }
    let (style, script) = (style(show.words), script());
    let page = Page {
        words: show.words,
        lang: locale.word(),
        version: env!("CARGO_PKG_VERSION"),
        foot: show.words.with(msg::HTML_FOOT, &[("version", env!("CARGO_PKG_VERSION").into())]),
        policy: Policy::of(&style, &script),
        style,
        script,
        overview: (chapters.len() > 1).then(|| overview::Overview::of(&chapters, show)),
        chapters: chapters.iter().map(Sections::of).collect(),
    };
    page.render().map_err(|_| std::fmt::Error)
}

#[derive(Template)]
#[template(path = "html/page.html")]
struct Page {
    words: &'static Words,
    lang: &'static str,
    version: &'static str,
    foot: String,
    policy: Policy,
    style: Own,
    script: Own,
    overview: Option<overview::Overview>,
    chapters: Vec<Sections>,
}

/// A tenant and what its sections need.
struct Chapter<'d> {
    dossier: &'d Dossier,
    show: Show,
    numbers: Numbers,
    parts: Vec<Part>,
    /// Where each action has its number, by id.
    actions: BTreeMap<&'d str, usize>,
    /// Whether everything is told, or only a summary.
    is_full: bool,
}

/// The sections of a tenant.
#[derive(Template)]
#[template(path = "html/chapter.html")]
struct Sections {
    words: &'static Words,
    number: usize,
    organization: Line,
    tenant: Line,
    as_of: Sentence,
    summary: summary::Summary,
    parts: Vec<part::Assessed>,
    controls: controls::Controls,
    sides: Option<sides::SideTable>,
    gaps: gaps::Gaps,
    evidence: evidence::Register,
    statements: Option<statement::Statements>,
    past: Option<past::History>,
    next: Option<next::Next>,
}
view!(Sections);

impl Sections {
    fn of(chapter: &Chapter<'_>) -> Self {
        let score = &chapter.dossier.score;
        Self {
            words: chapter.show.words,
            number: chapter.numbers.chapter(),
            organization: Line::of(&score.organization),
            tenant: Line::of(&score.tenant),
            as_of: Sentence::of(
                chapter.show.words,
                msg::HTML_AS_OF,
                &[("date", piece(chapter.show.date(score.as_of)))],
            ),
            summary: summary::Summary::of(chapter),
            parts: part::assessed(chapter),
            controls: controls::Controls::of(chapter),
            sides: chapter.is_full.then(|| sides::SideTable::of(chapter)),
            gaps: gaps::Gaps::of(chapter),
            evidence: evidence::Register::of(chapter),
            statements: statement::Statements::of(chapter),
            past: past::History::of(chapter),
            next: next::Next::of(chapter),
        }
    }
}

impl Chapter<'_> {
    fn control_sheet(&self, assessment: usize, control: usize) -> Option<&ControlSheet> {
        self.dossier.assessments.get(assessment)?.controls.get(control)
    }

    /// The names of the groups of a part.
    fn groups(&self, part: &Part) -> Vec<Line> {
        part.assessments.iter().filter_map(|at| self.group_of(*at)).collect()
    }

    /// The group of an assessment, with its framework where there are several.
    fn group_of(&self, assessment: usize) -> Option<Line> {
        let assessment = self.dossier.score.assessments.get(assessment)?;
        let group = &assessment.group;
        let framework = &assessment.framework;
        Some(if self.parts.len() > 1 { Line::of(&format!("{framework} {group}")) } else { Line::of(group) })
    }

    /// The number of the action with this id.
    fn action_named(&self, id: &str) -> Option<usize> {
        self.actions.get(id).copied()
    }
}
