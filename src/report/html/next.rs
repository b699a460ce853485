//! The next best actions: what to do first with the hours there are.

use super::Chapter;
use super::show::{Figure, Line, Sentence, Word, piece, view};
use crate::locale::{Words, msg};
use crate::plan::Step;
use askama::Template;

/// So many steps a short chapter has.
const TOP: usize = 5;

#[derive(Template)]
#[template(path = "html/next.html")]
pub(super) struct Next {
    words: &'static Words,
    chapter: usize,
    said: Sentence,
    steps: Vec<Row>,
}
view!(Next);

struct Row {
    place: Figure,
    number: Option<usize>,
    id: Line,
    title: Line,
    kind: Word,
    group: Option<Line>,
    hours: Figure,
    assumed: bool,
    assignee: Option<Line>,
    gain: Figure,
    percent: Figure,
}

impl Next {
    pub(super) fn of(chapter: &Chapter<'_>) -> Option<Self> {
        let plan = chapter.dossier.next.as_ref().filter(|plan| !plan.chosen.is_empty())?;
        let show = chapter.show;
        let few = if chapter.is_full { usize::MAX } else { TOP };
        let hours = show.number(plan.hours);
        let said = Sentence::of(
            show.words,
            msg::HTML_PLAN,
            &[
                ("hours", piece(hours)),
                ("before", piece(show.percent(plan.before.percent(plan.objective)))),
                ("after", piece(show.percent(plan.after.percent(plan.objective)))),
            ],
        );
        let steps = plan.chosen.iter().take(few).enumerate().map(|(position, step)| row(chapter, position, step));
        Some(Self { words: show.words, chapter: chapter.numbers.chapter(), said, steps: steps.collect() })
    }
}

fn row(chapter: &Chapter<'_>, position: usize, step: &Step) -> Row {
    let (show, words) = (chapter.show, chapter.show.words);
    Row {
        place: show.count(position + 1),
        number: chapter.action_named(&step.action).filter(|_| chapter.is_full),
        id: Line::of(&step.action),
        title: Line::of(&step.title),
        kind: words.word(step.kind),
        group: step.group.as_deref().map(Line::of),
        hours: show.number(u64::from(step.hours)),
        assumed: step.assumed,
        assignee: step.assignee.as_deref().map(Line::of),
        gain: show.points(step.gain),
        percent: show.percent(step.percent),
    }
}
