//! What a report of progress tells, in which order.

use super::super::compare::standing;
use super::sentences as say;
use crate::change::AmountChange;
use crate::library::Owner;
use crate::locale::{Message, Words, msg};
use crate::points::Amount;
use crate::progress::{ActionMoved, ControlMoved, Lapse, Moved, Progress, TeamMember};

/// How many rows of a table are shown; the JSON has all.
const FEW: usize = 10;

/// The headings of a table; some columns have none.
type Head = &'static [Option<Message>];

const FIGURES: Head = &[None, Some(msg::PROGRESS_THEN), Some(msg::PROGRESS_NOW), Some(msg::COMPARE_CHANGE)];
const ACTIONS: Head =
    &[Some(msg::TEXT_ACTION), None, Some(msg::TEXT_ASSIGNED), Some(msg::COMPARE_POINTS), Some(msg::PROGRESS_PROOF)];
const CONTROLS: Head = &[
    Some(msg::TEXT_CONTROL),
    None,
    Some(msg::PROGRESS_ASSESSED_IN),
    Some(msg::PROGRESS_THEN),
    Some(msg::PROGRESS_NOW),
    Some(msg::COMPARE_POINTS),
];
const LAPSES: Head = &[
    Some(msg::PROGRESS_LAST_DAY),
    Some(msg::PROGRESS_WHAT),
    Some(msg::PROGRESS_OF),
    Some(msg::COMPARE_ACTIONS),
    Some(msg::PROGRESS_CONTROLS),
    Some(msg::TEXT_POINTS),
];
const TEAM: Head = &[
    Some(msg::TEXT_ASSIGNED),
    Some(msg::PROGRESS_MOVED_UP),
    Some(msg::COMPARE_POINTS),
    Some(msg::PROGRESS_PROOF_RENEWED),
];

/// A piece of the report.
pub(super) enum Block {
    Heading(Message),
    Sentence(String),
    /// That a table has more rows than are shown.
    More(String),
    List(Vec<String>),
    /// A table whose first columns are text and whose further ones are numbers.
    Table {
        head: Head,
        texts: usize,
        rows: Vec<Vec<String>>,
    },
}

impl Block {
    /// Whether text needs an empty line between this and what comes `next`.
    pub(super) fn stands_apart(&self, next: &Self) -> bool {
        match (self, next) {
            (_, Self::Heading(_)) | (Self::List(_) | Self::More(_), _) => true,
            (Self::Table { .. }, next) => !matches!(next, Self::More(_)),
            _ => false,
        }
    }

    fn said(message: Message, words: &Words) -> Self {
        Self::Sentence(words.text(message).into_owned())
    }
}

/// The whole report.
pub(super) fn sections(progress: &Progress, words: &Words) -> Vec<Block> {
    let mut blocks = vec![Block::Sentence(say::span(progress, words))];
    blocks.push(Block::Heading(msg::PROGRESS_THEN_AND_NOW));
    blocks.push(figures(progress, words));
    blocks.push(match say::causes(progress, words) {
        list if list.is_empty() => Block::said(msg::COMPARE_NOTHING, words),
        list => Block::List(list),
    });
    blocks.push(Block::Heading(msg::PROGRESS_BETTER));
    moved(&mut blocks, &progress.better, msg::PROGRESS_NOTHING_BETTER, words);
    blocks.push(Block::Heading(msg::PROGRESS_WORSE));
    moved(&mut blocks, &progress.worse, msg::PROGRESS_NOTHING_WORSE, words);
    blocks.push(Block::Heading(msg::PROGRESS_LAPSES));
    blocks.push(Block::Sentence(say::outlook(progress, words)));
    lapses(&mut blocks, &progress.lapses, words);
    blocks.push(Block::Heading(msg::PROGRESS_TEAM));
    team(&mut blocks, &progress.team, words);
    blocks.push(Block::Heading(msg::PROGRESS_PACE));
    blocks.extend(say::pace(progress, words).into_iter().map(Block::Sentence));
    blocks.push(Block::Heading(msg::TEXT_TARGET));
    blocks.push(Block::List(say::targets(progress, words)));
    blocks.push(Block::said(msg::PROGRESS_ROUNDING, words));
    blocks
}

fn figures(progress: &Progress, words: &Words) -> Block {
    let (then, now) = (&progress.from.figures.total, &progress.to.figures.total);
    let name = |message: Message| words.text(message).into_owned();
    let percent = |message, then, now, change| {
        vec![name(message), words.percent_exact(then), words.percent_exact(now), words.percent_change(change)]
    };
    let points = |message, then: Amount, now: Amount, change: AmountChange| {
        vec![name(message), words.points(then), words.points(now), words.points_moved(change)]
    };
    let (change, assurance) = (&progress.change, progress.assurance_percent);
    let rows = vec![
        percent(msg::TEXT_SCORE, then.percent(), now.percent(), change.percent),
        percent(msg::TEXT_ASSURANCE, then.assurance_percent(), now.assurance_percent(), assurance),
        points(msg::PROGRESS_POINTS_EARNED, then.achieved, now.achieved, change.achieved),
        points(msg::PROGRESS_POINTS_ASSURED, then.assured, now.assured, change.assured),
        points(msg::PROGRESS_POINTS_POSSIBLE, then.possible, now.possible, change.possible),
    ];
    Block::Table { head: FIGURES, texts: 1, rows }
}

/// Adds the first rows of a table, and that there are more.
fn few<T>(
    blocks: &mut Vec<Block>,
    (head, texts): (Head, usize),
    list: &[T],
    words: &Words,
    row: impl FnMut(&T) -> Vec<String>,
) {
    if list.is_empty() {
        return;
    }
    blocks.push(Block::Table { head, texts, rows: list.iter().take(FEW).map(row).collect() });
    if list.len() > FEW {
        blocks.push(Block::More(words.with(msg::PROGRESS_MORE, &[("count", (list.len() - FEW).into())])));
    }
}

fn moved(blocks: &mut Vec<Block>, moved: &Moved, nothing: Message, words: &Words) {
    if moved.actions.is_empty() && moved.controls.is_empty() {
        blocks.push(Block::said(nothing, words));
    }
    let action = |a: &ActionMoved| {
        let who = match a.owner {
            Some(Owner::Provider) => words.text(msg::PROGRESS_PROVIDER).into_owned(),
            _ => words.list(a.assigned_to.iter().map(String::as_str)),
        };
        vec![a.id.clone(), a.title.clone(), who, shown(a.achieved, words), shown(a.assured, words)]
    };
    few(blocks, (ACTIONS, 3), &moved.actions, words, action);
    let control = |c: &ControlMoved| {
        let (from, to) = (standing(Some(&c.from), words), standing(Some(&c.to), words));
        let place = words.list(std::iter::once(&c.framework).chain(&c.groups).map(String::as_str));
        vec![c.id.clone(), c.title.clone(), place, from, to, shown(c.achieved, words)]
    };
    few(blocks, (CONTROLS, 5), &moved.controls, words, control);
}

/// A change, or nothing where there is none.
fn shown(change: AmountChange, words: &Words) -> String {
    if change.units() == 0 { String::new() } else { words.points_moved(change) }
}

fn lapses(blocks: &mut Vec<Block>, list: &[Lapse], words: &Words) {
    let row = |lapse: &Lapse| {
        let counts = [words.whole(lapse.actions.len()), words.whole(lapse.controls.len()), words.points(lapse.points)];
        let what = match (&lapse.id, &lapse.actions[..]) {
            (Some(id), _) => id.clone(),
            (None, [first, rest @ ..]) if !rest.is_empty() => {
                let args = [("first", first.as_str().into()), ("count", rest.len().into())];
                words.with(msg::PROGRESS_FIRST_OF, &args)
            }
            (None, actions) => actions.concat(),
        };
        // The word of programs, as people write it.
        let kind = words.term(lapse.kind).replace('-', " ");
        [[words.date(lapse.last_day), kind, what], counts].concat()
    };
    few(blocks, (LAPSES, 3), list, words, row);
}

fn team(blocks: &mut Vec<Block>, list: &[TeamMember], words: &Words) {
    if list.is_empty() {
        blocks.push(Block::said(msg::PROGRESS_NO_TEAM, words));
    }
    let row = |member: &TeamMember| {
        let who = match &member.assigned_to[..] {
            [] => words.text(msg::PROGRESS_NOBODY).into_owned(),
            names => words.list(names.iter().map(String::as_str)),
        };
        vec![who, words.whole(member.actions), shown(member.points, words), shown(member.renewed, words)]
    };
    few(blocks, (TEAM, 1), list, words, row);
}
