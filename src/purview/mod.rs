//! Microsoft Purview Compliance Manager: its workbooks, both ways.
//!
//! Two kinds of workbook go in and out. A *template* workbook has controls and actions: a template of
//! the library becomes one ([`export()`]), and one becomes the files of a library folder ([`import()`]).
//! The *export of actions* (`ExportActions.xlsx`) has a row for each action of a tenant: [`ActionTab`]
//! reads it, [`update()`] says which of its cells a profile changes. [`check()`] holds either against the
//! documented rules; `word` and `layout` have these rules as data: words, tabs, columns, what goes with what.
//!
//! All of it is pure. The workbooks are read and changed by [`sheet`](crate::sheet).

mod actions;
mod carry;
mod check;
mod check_actions;
mod check_template;
mod document;
mod export;
mod family;
mod finding;
mod import;
mod layout;
mod matching;
mod plan;
mod slug;
mod table;
mod template;
mod update;
mod word;

pub use actions::{ActionRow, ActionTab, Column};
pub use check::{BookKind, Review, check, kind_of};
pub use document::{Link, links_in};
pub use export::{Exported, export};
pub use finding::{Finding, Gravity};
pub use import::{Imported, import};
pub use layout::{ACTION_TAB, Tab};
pub use matching::Mapped;
pub use template::{TemplateBook, TemplateSheet, Value};
pub use update::{Change, LeftAlone, Update, UpdateOptions, is_done, update};
pub use word::{implementation_of, test_of};
