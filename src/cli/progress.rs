//! A bar on standard error, where a person watches many things being done.

use super::{Global, Io};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for `count` things called `what`; hidden for fewer than `many`, and where nobody watches.
pub(super) fn bar(count: usize, many: usize, what: &str, global: &Global, io: &Io<'_>) -> ProgressBar {
    if count < many || global.quiet || !io.is_err_watched() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}, {{per_sec}}, {{eta}} left"));
    ProgressBar::new(u64::try_from(count).unwrap_or(u64::MAX))
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
