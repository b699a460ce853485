//! What people read, in their language: messages, the words of closed sets, numbers and dates.
//!
//! [`Words`] is all that a report needs of a language. The texts are Fluent files in `locales/`;
//! the build holds the languages against each other, so that no message is missing from one, and
//! makes a constant of each in [`msg`]. Nothing here reads the environment: which [`Locale`] is
//! wanted, the caller says.

mod exact;
mod form;
pub(crate) mod msg;
mod tag;

pub use tag::Locale;

use crate::change::{AmountChange, PercentChange};
use crate::choice::Choice;
use crate::points::{Amount, Percent};
use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::OnceLock;

/// What stands in the place of a variable.
pub(crate) type Arg<'a> = FluentValue<'a>;

/// The name of a message; the constants are in [`msg`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message(&'static str);

/// The messages of a language, and its form of numbers and dates.
pub struct Words {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.locale).finish()
    }
}

impl Words {
    /// The words of a language, made ready once.
    #[must_use]
    pub fn of(locale: Locale) -> &'static Self {
        static READY: [OnceLock<Words>; 6] = [const { OnceLock::new() }; 6];
        let position = Locale::ALL.iter().position(|l| *l == locale).unwrap_or_default();
        let [first, ..] = &READY;
        READY.get(position).unwrap_or(first).get_or_init(|| Self::new(locale))
    }

    fn new(locale: Locale) -> Self {
        let tag = locale.word().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks of direction around each variable would end in CSV, Markdown and terminals.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::English => |value, _| form::number(value, Locale::English),
            Locale::French => |value, _| form::number(value, Locale::French),
            Locale::Italian => |value, _| form::number(value, Locale::Italian),
            Locale::Japanese => |value, _| form::number(value, Locale::Japanese),
            Locale::Korean => |value, _| form::number(value, Locale::Korean),
            Locale::TraditionalChinese => |value, _| form::number(value, Locale::TraditionalChinese),
        }));
        for (_, text) in msg::texts().filter(|(language, _)| *language == locale.word()) {
            // INVARIANT: the build refuses a text that does not parse, and a message that stands twice.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { locale, bundle }
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// A message without variables.
    pub(crate) fn text(&self, message: Message) -> Cow<'_, str> {
        self.find(message.0, None).unwrap_or(Cow::Borrowed(message.0))
    }

    /// A message with its variables.
    pub(crate) fn with(&self, message: Message, args: &[(&'static str, Arg<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.find(message.0, Some(&args)).unwrap_or(Cow::Borrowed(message.0)).into_owned()
    }

    /// A member of a closed set, as people say it.
    pub(crate) fn word<T: Choice>(&self, choice: T) -> Cow<'_, str> {
        self.find_word(choice).unwrap_or(Cow::Borrowed(choice.word()))
    }

    /// The same, or nothing if the set has no words for people.
    pub(crate) fn find_word<T: Choice>(&self, choice: T) -> Option<Cow<'_, str>> {
        self.find(&word_id(choice), None)
    }

    /// A member of a closed set where it may be typed again: in English the word that commands take.
    pub(crate) fn term<T: Choice>(&self, choice: T) -> Cow<'_, str> {
        if self.locale == Locale::English { Cow::Borrowed(choice.word()) } else { self.word(choice) }
    }

    /// What is wrong with the input, by the name of the code of a diagnostic.
    pub(crate) fn fault(&self, code: &str) -> Option<Cow<'_, str>> {
        self.find(&format!("fault-{code}"), None)
    }

    fn find<'b>(&'b self, id: &str, args: Option<&'b FluentArgs<'_>>) -> Option<Cow<'b, str>> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{id} in {}: {errors:?}", self.locale);
        Some(Cow::Owned(text.into_owned()))
    }

    /// A whole number, its digits in groups.
    pub(crate) fn whole(&self, number: usize) -> String {
        form::grouped(&number.to_string(), self.locale)
    }

    /// An amount of points to one decimal.
    pub(crate) fn points(&self, amount: Amount) -> String {
        form::grouped(&amount.rounded(), self.locale)
    }

    /// An amount of points that is whole by nature: what something is worth.
    pub(crate) fn points_possible(&self, amount: Amount) -> String {
        form::grouped(&amount.whole_points().to_string(), self.locale)
    }

    /// A percentage to one decimal; of nothing, that there is none.
    pub(crate) fn percent(&self, percent: Option<Percent>) -> String {
        match percent {
            None => self.text(msg::FORM_NO_SCORE).into_owned(),
            Some(percent) => {
                let number = form::grouped(&percent.to_string(), self.locale);
                self.with(msg::FORM_PERCENT, &[("number", number.into())])
            }
        }
    }

    /// A change of points, exactly and with its sign.
    pub(crate) fn points_change(&self, change: AmountChange) -> String {
        form::grouped(&change.signed(), self.locale)
    }

    /// A change of a percentage, in points of it and with its sign; of nothing, that there is none.
    pub(crate) fn percent_change(&self, change: Option<PercentChange>) -> String {
        match change {
            None => self.text(msg::FORM_NO_SCORE).into_owned(),
            Some(change) => {
                let number = form::grouped(&change.to_string(), self.locale);
                self.with(msg::FORM_PERCENT, &[("number", number.into())])
            }
        }
    }

    /// A date in figures.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        let part = |number: u32| format!("{number:02}");
        let year =
            if (0..=9_999).contains(&date.year()) { format!("{:04}", date.year()) } else { date.year().to_string() };
        let (month, day) = (part(date.month()), part(date.day()));
        self.with(msg::FORM_DATE, &[("year", year.into()), ("month", month.into()), ("day", day.into())])
    }

    /// A date in figures, or nothing.
    pub(crate) fn maybe_date(&self, date: Option<NaiveDate>) -> String {
        date.map(|date| self.date(date)).unwrap_or_default()
    }

    /// A date with the name of its month.
    pub(crate) fn long_date(&self, date: NaiveDate) -> String {
        let month = self.find(&format!("month-{}", date.month()), None).unwrap_or_default();
        // The day is a number, for the first of a month has a form of its own in some languages.
        let (year, day) = (date.year().to_string(), Arg::from(date.day()));
        self.with(msg::FORM_LONG_DATE, &[("year", year.into()), ("month", month.into()), ("day", day)])
    }

    /// Things in a row, as the language separates them.
    pub(crate) fn list<'t>(&self, items: impl IntoIterator<Item = &'t str>) -> String {
        items.into_iter().collect::<Vec<_>>().join(&self.text(msg::FORM_LIST_SEPARATOR))
    }
}

/// `gap-kind-test-failed` of the member `test-failed` of `GapKind`.
fn word_id<T: Choice>(choice: T) -> String {
    let mut id = String::new();
    for letter in T::SET.chars() {
        if letter.is_ascii_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(letter.to_ascii_lowercase());
    }
    id.push('-');
    id.push_str(choice.word());
    id
}

#[cfg(test)]
mod tests;
