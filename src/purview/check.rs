//! A workbook held against the documented rules: every fault at once, each with its tab and cell.

use super::finding::{Finding, Findings, Gravity};
use super::layout::{ACTION_TAB, TAB_OF_2019, TABS};
use super::template::TemplateBook;
use super::{check_actions, check_template};
use crate::choice::choice;
use crate::diagnostic::{listed, nearest, quoted};
use crate::sheet::Workbook;
use serde::Serialize;

choice! {
    /// What a workbook is for.
    pub enum BookKind {
        /// A template, with controls and actions.
        Template = "template",
        /// A template of the preview of 2019.
        TemplateOf2019 = "template-2019",
        /// The export of actions, for their bulk update.
        Actions = "actions",
        /// Something else.
        Unknown = "unknown",
    }
}

/// What is to be said of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// What it is for.
    pub kind: BookKind,
    /// How many controls it has, if it is a template.
    pub controls: Option<usize>,
    /// How many actions or rows of actions it has.
    pub actions: Option<usize>,
    /// The most points that can be had, if it is a template.
    pub points: Option<u64>,
    /// What is wrong with it, tab by tab and row by row.
    pub findings: Vec<Finding>,
    /// What was not looked at.
    pub ignored: Vec<String>,
}

impl Review {
    /// How many findings of a gravity there are.
    #[must_use]
    pub fn count(&self, gravity: Gravity) -> usize {
        self.findings.iter().filter(|f| f.gravity == gravity).count()
    }

    /// Whether Compliance Manager would refuse it.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Gravity::Error) > 0
    }
}

/// What a workbook is for.
#[must_use]
pub fn kind_of(book: &Workbook) -> BookKind {
    let has = |name: &str| book.sheets.iter().any(|s| s.name.trim().eq_ignore_ascii_case(name));
    if has(ACTION_TAB) {
        BookKind::Actions
    } else if has(TAB_OF_2019) {
        BookKind::TemplateOf2019
    } else if TABS.iter().any(|tab| has(tab.name)) {
        BookKind::Template
    } else {
        BookKind::Unknown
    }
}

/// Holds a workbook against the rules; a template that extends another also against `base`, whose
/// controls and actions it must not repeat.
#[must_use]
pub fn check(book: &Workbook, base: Option<&Workbook>) -> Review {
    let kind = kind_of(book);
    let ignored = book.ignored.clone();
    let mut review = Review { kind, controls: None, actions: None, points: None, findings: Vec::new(), ignored };
    match kind {
        BookKind::Template => {
            check_template::check(book, base, &mut review.findings);
            let read = TemplateBook::read(book);
            review.controls = Some(read.controls());
            review.actions = Some(read.actions());
            review.points = Some(read.points());
        }
        BookKind::Actions => review.actions = Some(check_actions::check(book, &mut review.findings)),
        BookKind::TemplateOf2019 => {
            let message = "this is a template of the preview of 2019, which cannot be imported any more";
            let help = "a template has the tabs `Template`, `ControlFamily`, `Actions` and, if need be, `Dimensions`";
            Findings::new(&mut review.findings, TAB_OF_2019).error(None, message, Some(help.to_owned()));
        }
        BookKind::Unknown => unknown(book, &mut review.findings),
    }
    review
}

fn unknown(book: &Workbook, findings: &mut Vec<Finding>) {
    let known = || TABS.iter().map(|tab| tab.name).chain([ACTION_TAB]);
    let near = book.sheets.iter().find_map(|s| Some((s.name.as_str(), nearest(&s.name, known())?)));
    let help = match near {
        Some((own, near)) => format!("{} looks like `{near}`; tabs have their names letter by letter", quoted(own)),
        None => format!("its tabs are {}", listed(book.sheets.iter().take(8).map(|s| s.name.as_str()))),
    };
    let message = "this is neither a template (tabs `Template`, `ControlFamily`, `Actions`) nor an export of actions (tab `Action Update`)";
    Findings::new(findings, "").error(None, message, Some(help));
}
