//! What stands in a cell, by its kind: text is text, a number is a number, a date a date.

use crate::dossier::link_of;
use crate::points::{Amount, BasisPoints, Percent};
use chrono::NaiveDate;
use std::borrow::Cow;

/// The longest address that a spreadsheet opens.
const LINK_LENGTH: usize = 2_079;

/// A cell.
pub(super) enum Cell<'t> {
    /// Nothing.
    Nothing,
    /// That there is no score.
    NoScore,
    /// A text, whatever it starts with.
    Text(Cow<'t, str>),
    /// Things in a row, of which one line is seen.
    List(String),
    /// A text that stands among numbers.
    Word(Cow<'t, str>),
    /// A text that leads to an address.
    Link(&'t str, Cow<'t, str>),
    /// A date.
    Date(NaiveDate),
    /// A percentage.
    Percent(Percent),
    /// Points, shown with one decimal as reports do; the cell holds all of them.
    Points(Amount),
    /// Points, shown with all their decimals.
    Exact(Amount),
    /// A whole number.
    Count(usize),
    /// A number of days, before the date of the figures if negative.
    Days(i32),
}

impl<'t> Cell<'t> {
    /// The address that somebody wrote, as a link if one of the web may be made of it. A path is one
    /// beside the profile; where the workbook is read, it would lead elsewhere.
    pub(super) fn address(text: Option<&'t str>) -> Self {
        let is_web = |link: &str| link.contains("://") && link.len() <= LINK_LENGTH;
        match text {
            None => Self::Nothing,
            Some(text) => match link_of(text).filter(|link| is_web(link)) {
                Some(link) => Self::Link(text, link),
                None => text.into(),
            },
        }
    }

    /// A percentage, or that there is none.
    pub(super) fn score(percent: Option<Percent>) -> Self {
        percent.map_or(Self::NoScore, Self::Percent)
    }

    /// Texts on a line each.
    pub(super) fn lines(texts: impl Iterator<Item = String>) -> Self {
        texts.collect::<Vec<_>>().join("\n").into()
    }

    /// Ids in a row, with the sign between that the gap report has.
    pub(super) fn ids(ids: impl Iterator<Item = &'t String>) -> Self {
        let ids: Vec<&str> = ids.map(String::as_str).collect();
        if ids.is_empty() { Self::Nothing } else { Self::List(ids.join(";")) }
    }
}

impl<'t> From<&'t str> for Cell<'t> {
    fn from(text: &'t str) -> Self {
        Cow::Borrowed(text).into()
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cow::<'_, str>::Owned(text).into()
    }
}

impl<'t> From<&'t String> for Cell<'t> {
    fn from(text: &'t String) -> Self {
        text.as_str().into()
    }
}

impl<'t> From<Cow<'t, str>> for Cell<'t> {
    fn from(text: Cow<'t, str>) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<Percent> for Cell<'_> {
    fn from(percent: Percent) -> Self {
        Self::Percent(percent)
    }
}

impl From<BasisPoints> for Cell<'_> {
    fn from(share: BasisPoints) -> Self {
        Self::Percent(Percent::from_hundredths(share.get().into()))
    }
}

impl From<Amount> for Cell<'_> {
    fn from(amount: Amount) -> Self {
        Self::Points(amount)
    }
}

impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl<'t, T: Into<Cell<'t>>> From<Option<T>> for Cell<'t> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn only_addresses_of_the_web_that_a_spreadsheet_can_open_are_links() {
        let link = |text: &'static str| match Cell::address(Some(text)) {
            Cell::Link(shown, link) => {
                assert_eq!(shown, text);
                Some(link.into_owned())
            }
            _ => None,
        };
        assert_eq!(link("https://example.com/a b").as_deref(), Some("https://example.com/a%20b"));
        assert_eq!(link("HTTP://example.com/").as_deref(), Some("HTTP://example.com/"));
        for text in ["javascript:alert(1)", "internal:Sheet1!A1", "file:///etc/passwd", "evidence/a.pdf", "ftp://a/b"] {
            assert_eq!(link(text), None, "{text}");
        }
        let long: &'static str = format!("https://example.com/{}", "a".repeat(2_060)).leak();
        assert_eq!(long.len(), 2_080);
        assert_eq!([link(long), link(&long[..2_079])].map(|l| l.is_some()), [false, true]);
    }
}
