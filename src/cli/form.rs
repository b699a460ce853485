//! The form of a report: the one that is named, else that of the file's ending.

use super::{Failure, Io};
use clap::ValueEnum;
use std::path::Path;

/// The forms that a command writes.
pub(super) trait Form: ValueEnum + Copy + 'static {
    /// The endings of files in this form.
    fn endings(self) -> &'static [&'static str];

    /// Whether it is nothing to show on a terminal.
    fn is_binary(self) -> bool;
}

/// The form that is `named`, else that of the ending of `target`, else, on standard output, `usual`.
pub(super) fn chosen<F: Form>(named: Option<F>, target: Option<&Path>, usual: F, io: &Io<'_>) -> Result<F, Failure> {
    let form = match (named, target) {
        (Some(named), _) => named,
        (None, None) => usual,
        (None, Some(path)) => of_ending(path)?,
    };
    if form.is_binary() && target.is_none() && io.is_watched() {
        let help = "name a file with `-o FILE`, or send it into one".to_owned();
        return Err(Failure::input("this form is nothing to show on a terminal", help));
    }
    Ok(form)
}

fn of_ending<F: Form>(path: &Path) -> Result<F, Failure> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let has_ending = |form: &&F| form.endings().contains(&ending.as_str());
    F::value_variants().iter().find(has_ending).copied().ok_or_else(|| {
        let endings = F::value_variants().iter().flat_map(|f| f.endings());
        let endings: Vec<String> = endings.map(|ending| format!("`.{ending}`")).collect();
        let message = format!("the ending of `{}` says no form", path.display());
        Failure::input(message, format!("give `--format`, or one of the endings {}", endings.join(", ")))
    })
}
