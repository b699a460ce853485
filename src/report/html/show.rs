//! What every section is made of: text of a profile, numbers, dates, links, bars.
//!
//! A section is a template whose fields are of these types, so what it writes is escaped once, and
//! goes into the page as it is ([`view`] says so). Text from files enters as a [`Line`] only.

use crate::dossier::link_of;
use crate::locale::{Message, Words};
use crate::points::{Amount, BasisPoints, Percent, Sums};
use crate::safe::safe;
use askama::Template;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Says of a template that what it writes was escaped in it.
macro_rules! view {
    ($name:ident) => {
        impl askama::filters::HtmlSafe for $name {}
    };
}
pub(super) use view;

/// Text from a file, without what could turn or move the text around it; escaped where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line(String);

impl Line {
    pub(super) fn of(text: &str) -> Self {
        Self(safe(text))
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds what is said of one group to what is said of others, if it is the same.
pub(super) fn gather<T: PartialEq>(list: &mut Vec<(Vec<Line>, T)>, group: Option<Line>, said: T) {
    match list.iter_mut().find(|(_, old)| *old == said) {
        Some((groups, _)) => groups.extend(group),
        None => list.push((group.into_iter().collect(), said)),
    }
}

/// A word in the language of the page.
pub(super) type Word = Cow<'static, str>;

/// A sentence with figures, dates and names in it, wherever its language puts them.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    source = "{% for part in parts %}{% match part %}{% when Piece::Text with (t) %}{{ t }}\
              {% when Piece::Figure with (f) %}{{ f }}{% when Piece::When with (w) %}{{ w }}\
              {% when Piece::Line with (l) %}<bdi>{{ l }}</bdi>{% endmatch %}{% endfor %}",
    ext = "html"
)]
pub(super) struct Sentence {
    parts: Vec<Piece>,
}
view!(Sentence);

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Figure(Figure),
    When(When),
    Line(Line),
}

impl From<Figure> for Piece {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<When> for Piece {
    fn from(when: When) -> Self {
        Self::When(when)
    }
}

impl From<Line> for Piece {
    fn from(line: Line) -> Self {
        Self::Line(line)
    }
}

/// Something to stand in a sentence.
pub(super) fn piece(part: impl Into<Piece>) -> Piece {
    part.into()
}

impl Sentence {
    /// The message with these in the place of its variables.
    pub(super) fn of(words: &Words, message: Message, pieces: &[(&'static str, Piece)]) -> Self {
        // No message has these characters; each stands for the piece of its number.
        const MARKS: [&str; 6] = ["\u{f0000}", "\u{f0001}", "\u{f0002}", "\u{f0003}", "\u{f0004}", "\u{f0005}"];
        let args: Vec<_> = pieces.iter().zip(MARKS).map(|((name, _), mark)| (*name, mark.into())).collect();
        let text = words.with(message, &args);
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|c| ('\u{f0000}'..='\u{f0005}').contains(&c)) {
            let (before, from) = rest.split_at(at);
            let found = MARKS.iter().zip(pieces).find_map(|(mark, (_, piece))| Some((piece, from.strip_prefix(mark)?)));
            parts.push(Piece::Text(before.to_owned()));
            let Some((piece, after)) = found else { break };
            parts.push(piece.clone());
            rest = after;
        }
        parts.push(Piece::Text(rest.to_owned()));
        parts.retain(|part| *part != Piece::Text(String::new()));
        Self { parts }
    }
}

/// A number: for people in their language's form, for programs exactly.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    source = "{% if value.is_empty() %}{{ shown }}{% else %}<data value={{ value }}>{{ shown }}</data>{% endif %}",
    ext = "html"
)]
pub(super) struct Figure {
    value: String,
    shown: String,
}
view!(Figure);

/// A date, the same way.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(source = "<time datetime={{ day }}>{{ shown }}</time>", ext = "html")]
pub(super) struct When {
    day: NaiveDate,
    shown: String,
}
view!(When);

/// Something with an address, if that is one that may be followed.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    source = "{% match href %}{% when Some with (to) %}<a href=\"{{ to }}\" rel=noreferrer>{{ text }}</a>\
              {% when None %}{{ text }}{% endmatch %}",
    ext = "html"
)]
pub(super) struct Link {
    href: Option<String>,
    text: Line,
}
view!(Link);

impl Link {
    pub(super) fn of(address: Option<&str>, text: &str) -> Self {
        Self { href: address.and_then(link_of).map(|link| link.into_owned()), text: Line::of(text) }
    }
}

/// Sums as a bar, in percent.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "html/bar.html")]
pub(super) struct Bar {
    /// What it says to those who do not see it; nothing where the numbers stand beside it.
    label: String,
    achieved: String,
    assured: String,
    best: String,
    target: Option<String>,
}
view!(Bar);

impl Bar {
    pub(super) fn of(sums: &Sums, target: Option<Percent>, label: String) -> Self {
        let at = |percent: Option<Percent>| percent.map_or_else(|| "0".to_owned(), exact);
        Self {
            label,
            achieved: at(sums.percent()),
            assured: at(sums.assurance_percent()),
            best: at(sums.percent_at_best()),
            target: target.map(exact),
        }
    }

    /// Beside the numbers it shows.
    pub(super) fn beside(sums: &Sums, target: Option<Percent>) -> Self {
        Self::of(sums, target, String::new())
    }
}

/// With a point and two decimals.
fn exact(percent: Percent) -> String {
    format!("{}.{:02}", percent.hundredths() / 100, percent.hundredths() % 100)
}

/// A share in percent.
pub(super) fn percent_of(share: BasisPoints) -> Percent {
    Percent::from_hundredths(u32::from(share.get()))
}

/// Figures and dates in the language of the page.
#[derive(Clone, Copy)]
pub(super) struct Show {
    pub(super) words: &'static Words,
}

impl Show {
    pub(super) fn percent(self, percent: Option<Percent>) -> Figure {
        Figure { value: percent.map(exact).unwrap_or_default(), shown: self.words.percent(percent) }
    }

    pub(super) fn points(self, amount: Amount) -> Figure {
        Figure { value: amount.exact(), shown: self.words.points(amount) }
    }

    pub(super) fn count(self, count: usize) -> Figure {
        Figure { value: count.to_string(), shown: self.words.whole(count) }
    }

    pub(super) fn number(self, number: u64) -> Figure {
        Figure { value: number.to_string(), shown: self.words.whole(usize::try_from(number).unwrap_or(usize::MAX)) }
    }

    pub(super) fn date(self, day: NaiveDate) -> When {
        When { day, shown: self.words.date(day) }
    }
}
