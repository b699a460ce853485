//! What a person who watches standard error sees of long work: a bar where things are counted, else
//! how long it has taken.

use super::{Global, Io};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// Work that takes less time shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the time is drawn anew.
const TICK: Duration = Duration::from_millis(120);

/// A bar for `count` things called `what`; hidden for fewer than `many`, and where nobody watches.
pub(super) fn bar(count: usize, many: usize, what: &str, global: &Global, io: &mut Io<'_>) -> ProgressBar {
    if count < many || global.quiet || !io.is_err_watched() {
        return ProgressBar::hidden();
    }
    io.hide_clock();
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}, {{per_sec}}, {{eta}} left"));
    ProgressBar::new(u64::try_from(count).unwrap_or(u64::MAX))
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A bar for so many bytes; how many have been read, where nobody knows how many there are.
pub(super) fn bytes(count: Option<u64>, global: &Global, io: &mut Io<'_>) -> ProgressBar {
    if global.quiet || !io.is_err_watched() {
        return ProgressBar::hidden();
    }
    io.hide_clock();
    let (bar, template) = match count {
        Some(count) => (ProgressBar::new(count), "{bar:40} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}, {bytes_per_sec}, {elapsed}"),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// How long the run has taken, from its second second on, until something is written.
pub(super) fn clock() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {elapsed}");
    let clock = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let later = clock.clone();
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if !later.is_finished() {
            later.enable_steady_tick(TICK);
        }
    });
    clock
}
