//! What is told about workbooks of Compliance Manager, and the one that is written.

mod review;
mod update;
mod xlsx;

pub use review::review_text;
pub use update::update_text;
pub use xlsx::template_xlsx;

use crate::safe::safe;

/// So much of what stands in a cell is shown.
const SHOWN: usize = 60;

/// What stands in a cell, on one line.
fn shown(text: &str) -> String {
    let line = safe(text);
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("\"{}...\"", line.get(..at).unwrap_or_default()),
        None => format!("\"{line}\""),
    }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
