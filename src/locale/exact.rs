//! Figures with all their places and with their signs, so that what is shown adds up.

use super::{Words, form, msg};
use crate::change::AmountChange;
use crate::points::{Amount, BasisPoints, Percent};

impl Words {
    /// A percentage whose number is already text.
    fn of_hundred(&self, number: &str) -> String {
        self.with(msg::FORM_PERCENT, &[("number", form::grouped(number, self.locale).into())])
    }

    /// An amount of points exactly, with no more decimals than it needs.
    pub(crate) fn points_exact(&self, amount: Amount) -> String {
        form::grouped(&amount.exact(), self.locale)
    }

    /// A change of points to one decimal, with its sign.
    pub(crate) fn points_moved(&self, change: AmountChange) -> String {
        form::grouped(&change.rounded(), self.locale)
    }

    /// A percentage with both its decimals; of nothing, that there is none.
    pub(crate) fn percent_exact(&self, percent: Option<Percent>) -> String {
        percent.map_or_else(|| self.none(), |percent| self.of_hundred(&percent.exact()))
    }

    /// A percentage that is whole.
    pub(crate) fn percent_whole(&self, percent: u32) -> String {
        self.of_hundred(&percent.to_string())
    }

    /// A share in percent, with no more decimals than it needs.
    pub(crate) fn share(&self, share: BasisPoints) -> String {
        self.of_hundred(&share.to_string())
    }

    /// A decimal number that is text already.
    pub(crate) fn decimal(&self, number: &str) -> String {
        form::grouped(number, self.locale)
    }

    /// A change of a whole number, with its sign.
    pub(crate) fn signed(&self, change: i64) -> String {
        let sign = if change > 0 { "+" } else { "" };
        form::grouped(&format!("{sign}{change}"), self.locale)
    }

    /// What stands where there is no figure.
    pub(crate) fn none(&self) -> String {
        self.text(msg::FORM_NO_SCORE).into_owned()
    }

    /// Whole sentences, one after the other.
    pub(crate) fn sentences(&self, sentences: impl IntoIterator<Item = String>) -> String {
        sentences.into_iter().collect::<Vec<_>>().join(&self.text(msg::FORM_SENTENCE_GAP))
    }
}
