//! What a report of progress tells, in which order.

use super::super::compare::{percentage, standing};
use super::sentences as say;
use crate::change::AmountChange;
use crate::choice::Choice;
use crate::library::Owner;
use crate::points::Amount;
use crate::progress::{ActionMoved, ControlMoved, Lapse, Moved, Progress, TeamMember};

/// How many rows of a table are shown; the JSON has all.
const FEW: usize = 10;

/// A piece of the report.
pub(super) enum Block {
    Heading(&'static str),
    Sentence(String),
    /// That a table has more rows than are shown.
    More(String),
    List(Vec<String>),
    /// A table whose first columns are text and whose further ones are numbers.
    Table {
        head: &'static [&'static str],
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
}

/// The whole report.
pub(super) fn sections(progress: &Progress) -> Vec<Block> {
    let mut blocks: Vec<Block> = say::span(progress).into_iter().map(Block::Sentence).collect();
    blocks.push(Block::Heading("Then and now"));
    blocks.push(figures(progress));
    blocks.push(match say::causes(progress) {
        list if list.is_empty() => Block::Sentence("Nothing moved the figures.".to_owned()),
        list => Block::List(list),
    });
    blocks.push(Block::Heading("What got better"));
    moved(&mut blocks, &progress.better, "Nothing got better.");
    blocks.push(Block::Heading("What got worse"));
    moved(&mut blocks, &progress.worse, "Nothing got worse.");
    blocks.push(Block::Heading("What lapses next"));
    blocks.push(Block::Sentence(say::outlook(progress)));
    lapses(&mut blocks, &progress.lapses);
    blocks.push(Block::Heading("What the team did"));
    team(&mut blocks, &progress.team);
    blocks.push(Block::Heading("Pace"));
    blocks.extend(say::pace(progress).into_iter().map(Block::Sentence));
    blocks.push(Block::Heading("Target"));
    blocks.push(Block::List(say::targets(progress)));
    blocks.push(Block::Sentence(say::ROUNDING.to_owned()));
    blocks
}

fn figures(progress: &Progress) -> Block {
    let (then, now) = (&progress.from.figures.total, &progress.to.figures.total);
    let percent = |name: &str, then, now, change: Option<String>| {
        vec![name.to_owned(), percentage(then), percentage(now), change.unwrap_or_else(|| "n/a".to_owned())]
    };
    let points = |name: &str, then: Amount, now: Amount, change: AmountChange| {
        vec![name.to_owned(), then.rounded(), now.rounded(), change.rounded()]
    };
    let change = &progress.change;
    let moved = |change: Option<crate::change::PercentChange>| change.map(|c| format!("{c} %"));
    let rows = vec![
        percent("Score", then.percent(), now.percent(), moved(change.percent)),
        percent("Assurance", then.assurance_percent(), now.assurance_percent(), moved(progress.assurance_percent)),
        points("Points earned", then.achieved, now.achieved, change.achieved),
        points("Points whose proof is current", then.assured, now.assured, change.assured),
        points("Points possible", then.possible, now.possible, change.possible),
    ];
    Block::Table { head: &["", "Then", "Now", "Change"], texts: 1, rows }
}

/// Adds the first rows of a table, and that there are more.
fn few<T>(
    blocks: &mut Vec<Block>,
    (head, texts): (&'static [&'static str], usize),
    list: &[T],
    row: impl FnMut(&T) -> Vec<String>,
) {
    if list.is_empty() {
        return;
    }
    blocks.push(Block::Table { head, texts, rows: list.iter().take(FEW).map(row).collect() });
    if list.len() > FEW {
        blocks.push(Block::More(format!("And {} more; the JSON has all.", list.len() - FEW)));
    }
}

fn moved(blocks: &mut Vec<Block>, moved: &Moved, nothing: &str) {
    if moved.actions.is_empty() && moved.controls.is_empty() {
        blocks.push(Block::Sentence(nothing.to_owned()));
    }
    let action = |a: &ActionMoved| {
        let who = match a.owner {
            Some(Owner::Provider) => "the provider".to_owned(),
            _ => a.assigned_to.join(", "),
        };
        vec![a.id.clone(), a.title.clone(), who, shown(a.achieved), shown(a.assured)]
    };
    few(blocks, (&["Action", "", "Assigned", "Points", "Proof"], 3), &moved.actions, action);
    let control = |c: &ControlMoved| {
        let (from, to) = (standing(Some(&c.from)), standing(Some(&c.to)));
        let place = format!("{}, {}", c.framework, c.groups.join(", "));
        vec![c.id.clone(), c.title.clone(), place, from, to, shown(c.achieved)]
    };
    few(blocks, (&["Control", "", "Assessed in", "Then", "Now", "Points"], 5), &moved.controls, control);
}

/// A change, or nothing where there is none.
fn shown(change: AmountChange) -> String {
    if change.units() == 0 { String::new() } else { change.rounded() }
}

fn lapses(blocks: &mut Vec<Block>, list: &[Lapse]) {
    let row = |lapse: &Lapse| {
        let counts = [lapse.actions.len().to_string(), lapse.controls.len().to_string(), lapse.points.rounded()];
        let what = match (&lapse.id, &lapse.actions[..]) {
            (Some(id), _) => id.clone(),
            (None, [first, rest @ ..]) if !rest.is_empty() => format!("{first} and {} more", rest.len()),
            (None, actions) => actions.concat(),
        };
        let texts = [lapse.last_day.to_string(), lapse.kind.word().replace('-', " "), what];
        [texts, counts].concat()
    };
    few(blocks, (&["Last day", "What", "Of", "Actions", "Controls", "Points"], 3), list, row);
}

fn team(blocks: &mut Vec<Block>, list: &[TeamMember]) {
    if list.is_empty() {
        blocks.push(Block::Sentence("No action moved up, and no proof was renewed.".to_owned()));
    }
    let row = |member: &TeamMember| {
        let who = match &member.assigned_to[..] {
            [] => "(nobody named)".to_owned(),
            names => names.join(", "),
        };
        vec![who, member.actions.to_string(), shown(member.points), shown(member.renewed)]
    };
    few(blocks, (&["Assigned", "Actions moved up", "Points", "Proof renewed"], 1), list, row);
}
