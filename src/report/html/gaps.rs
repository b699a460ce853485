//! The gap table: a row for each finding, which the script filters and sorts.

use super::Chapter;
use super::embed::packed;
use super::show::{Line, Sentence, Word, piece, view};
use crate::evaluate::GapKind;
use crate::library::Owner;
use crate::locale::{Words, msg};
use crate::points::Amount;
use crate::result::{Assessment, GapFinding};
use askama::Template;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many rows a short chapter has.
const TOP: usize = 10;

#[derive(Template)]
#[template(path = "html/gaps.html")]
pub(super) struct Gaps {
    words: &'static Words,
    chapter: usize,
    is_full: bool,
    has_groups: bool,
    blocks: Vec<Block>,
    kinds: Vec<Word>,
    owners: Vec<Word>,
    /// Who works on something, and how that is shown where it is too long for a list.
    assignees: Vec<(Line, Option<Line>)>,
    /// What the button for the CSV says.
    csv: Sentence,
    file: String,
    packed: String,
    /// What the script says when it has filtered.
    shown: String,
}
view!(Gaps);

/// The findings of one kind and one owner: so neither has to be said in each row.
struct Block {
    kind: Word,
    owner: Option<Word>,
    rows: Vec<Row>,
}

struct Row {
    /// The id of the action; in a short chapter its title; of a control without one what to do.
    subject: Line,
    /// The evidence or the services.
    detail: Option<Line>,
    /// Controls, who works on it, when it is due, until when it holds, points at stake, groups; without
    /// the empty ones at the end, for there are many.
    cells: Vec<Line>,
}

/// Findings that differ at most in the evidence or service they are about, each of which may stand in
/// several assessments.
struct Found<'d> {
    finding: &'d GapFinding,
    about: Vec<(&'d str, Option<NaiveDate>)>,
    /// The control of its first row.
    control: &'d str,
    assessments: Vec<usize>,
}

impl Gaps {
    pub(super) fn of(chapter: &Chapter<'_>) -> Self {
        let (show, words) = (chapter.show, chapter.show.words);
        let mut found = findings(&chapter.dossier.score.assessments);
        if !chapter.is_full {
            found.sort_by_key(|f| Reverse(f.finding.points_at_stake));
            found.truncate(TOP);
        }
        let kinds: BTreeSet<GapKind> = found.iter().map(|f| f.finding.kind).collect();
        let assignees: BTreeSet<&str> = found.iter().filter_map(|f| f.finding.assigned_to.as_deref()).collect();
        let rows = chapter.dossier.score.assessments.iter().map(|a| a.gaps.len()).sum();
        let chapter_number = chapter.numbers.chapter();
        Self {
            words,
            chapter: chapter_number,
            is_full: chapter.is_full,
            has_groups: chapter.dossier.score.assessments.len() > 1,
            blocks: blocks(chapter, &found),
            kinds: kinds.into_iter().map(|kind| words.word(kind)).collect(),
            owners: [Owner::Customer, Owner::Provider].map(|owner| words.word(owner)).into(),
            assignees: assignees.into_iter().map(|who| (Line::of(who), shortened(who))).collect(),
            csv: Sentence::of(words, msg::HTML_CSV, &[("rows", piece(show.count(rows)))]),
            file: if chapter_number == 0 { "gaps.csv".to_owned() } else { format!("gaps-{}.csv", chapter_number + 1) },
            packed: if chapter.is_full { packed(chapter).unwrap_or_default() } else { String::new() },
            shown: words.with(msg::HTML_GAPS_SHOWN, &[("shown", "{shown}".into()), ("all", "{all}".into())]),
        }
    }
}

/// What is alike in findings that share a row, beside the assessments they stand in.
type Alike<'d> = (GapKind, Option<&'d str>, Option<&'d str>, Option<NaiveDate>, Amount, Vec<&'d str>);

/// What a finding is about: an item of evidence or a service, until when, the service, and what to do.
type About<'d> = (Option<&'d str>, Option<NaiveDate>, Option<&'d str>, &'d str);

/// The findings by what they have in common, with the assessments they stand in.
fn findings(assessments: &[Assessment]) -> Vec<Found<'_>> {
    let mut order: Vec<(Alike<'_>, About<'_>, &GapFinding, &str)> = Vec::new();
    let mut known: BTreeMap<(Alike<'_>, About<'_>), Vec<usize>> = BTreeMap::new();
    for (position, assessment) in assessments.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for gap in assessment.gaps.iter().filter(|gap| seen.insert(Arc::as_ptr(&gap.finding))) {
            let (finding, control) = (&*gap.finding, gap.control.id.as_str());
            let (alike, about) = (alike(finding, control), about(finding));
            let found = known.entry((alike.clone(), about)).or_default();
            if found.is_empty() {
                order.push((alike, about, finding, control));
            }
            found.push(position);
        }
    }
    let mut list: Vec<Found<'_>> = Vec::new();
    let mut rows: BTreeMap<(Alike<'_>, Vec<usize>), usize> = BTreeMap::new();
    for (alike, about, finding, control) in order {
        let assessments = known.remove(&(alike.clone(), about)).unwrap_or_default();
        let about = about.0.map(|id| (id, about.1));
        // What is about nothing else has a row of its own.
        let row = about.map(|_| *rows.entry((alike, assessments.clone())).or_insert(list.len()));
        match row.and_then(|row| list.get_mut(row)) {
            // One item of evidence may be missed for several services.
            Some(found) => found.about.extend(about.filter(|about| !found.about.contains(about))),
            None => list.push(Found { finding, about: about.into_iter().collect(), control, assessments }),
        }
    }
    list
}

fn alike<'d>(finding: &'d GapFinding, control: &'d str) -> Alike<'d> {
    let controls: Vec<&str> = finding.controls.iter().map(|c| c.id.as_str()).collect();
    let controls = if controls.is_empty() { vec![control] } else { controls };
    let action = finding.action.as_ref().map(|a| a.id.as_str());
    (finding.kind, action, finding.assigned_to.as_deref(), finding.due_on, finding.points_at_stake, controls)
}

fn about(finding: &GapFinding) -> About<'_> {
    let id = finding.evidence_id.as_deref().or(finding.service_id.as_deref());
    (id, finding.valid_to, finding.service_id.as_deref(), &finding.next_step)
}

/// The beginning of what is too long for a list.
fn shortened(text: &str) -> Option<Line> {
    const ROOM: usize = 60;
    let (end, _) = text.char_indices().nth(ROOM)?;
    Some(Line::of(&format!("{}…", text.get(..end)?)))
}

fn blocks(chapter: &Chapter<'_>, found: &[Found<'_>]) -> Vec<Block> {
    let words = chapter.show.words;
    let mut blocks: BTreeMap<(GapKind, Option<Owner>), Vec<Row>> = BTreeMap::new();
    for f in found {
        let owner = f.finding.action.as_ref().map(|a| a.owner);
        blocks.entry((f.finding.kind, owner)).or_default().push(row(chapter, f));
    }
    let block = |((kind, owner), rows): ((GapKind, Option<Owner>), _)| Block {
        kind: words.word(kind),
        owner: owner.map(|o| words.word(o)),
        rows,
    };
    blocks.into_iter().map(block).collect()
}

fn row(chapter: &Chapter<'_>, found: &Found<'_>) -> Row {
    let (words, finding) = (chapter.show.words, found.finding);
    let ids: Vec<&str> = finding.controls.iter().map(|c| c.id.as_str()).collect();
    let subject = match &finding.action {
        Some(action) if chapter.is_full => &action.id,
        Some(action) => &action.title,
        None => &finding.next_step,
    };
    let is_one = found.about.len() == 1;
    let until =
        |day: Option<NaiveDate>| day.filter(|_| !is_one).map(|d| format!(" {}", words.date(d))).unwrap_or_default();
    let about: Vec<String> = found.about.iter().map(|(id, day)| format!("{id}{}", until(*day))).collect();
    let is_everywhere = found.assessments.len() == chapter.dossier.score.assessments.len();
    let groups = found.assessments.iter().filter(|_| !is_everywhere);
    let at_stake = Some(finding.points_at_stake).filter(|points| *points != Amount::ZERO);
    let mut cells = vec![
        if ids.is_empty() { found.control.to_owned() } else { ids.join(" ") },
        finding.assigned_to.clone().unwrap_or_default(),
        words.maybe_date(finding.due_on),
        words.maybe_date(found.about.iter().filter_map(|(_, day)| *day).min().or(finding.valid_to)),
        at_stake.map(|points| words.points(points)).unwrap_or_default(),
        groups.filter_map(|at| chapter.group_of(*at)).map(|g| g.to_string()).collect::<Vec<_>>().join(", "),
    ];
    while cells.pop_if(|cell| cell.is_empty()).is_some() {}
    Row {
        subject: Line::of(subject),
        detail: (!found.about.is_empty()).then(|| Line::of(&about.join(", "))),
        cells: cells.into_iter().map(|cell| Line::of(&cell)).collect(),
    }
}
