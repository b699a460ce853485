//! A Statement of Applicability in its forms: text, CSV, Markdown, HTML, a workbook.
//!
//! `cells` puts a statement into the words of a language once; each form is a file of its own that
//! lays them out. CSV has machine words instead, which no language changes.

mod cells;
mod csv;
mod html;
mod markdown;
mod text;
mod xlsx;

pub(super) use cells::{COLUMNS, Shown};
pub use csv::{STATEMENT_COLUMNS, statements_csv};
pub use html::statements_html;
pub use markdown::statements_markdown;
pub use text::statements_text;
pub use xlsx::statements_xlsx;
