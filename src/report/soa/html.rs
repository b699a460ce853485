//! Statements as one page of HTML that needs nothing else: no script, no request, for screen and paper.
//!
//! `page.html` is the template; everything that it is given has been made [`safe`], and is escaped.

use super::cells::{Marked, Shown, marks, standing, summary, title_page};
use crate::choice::Choice;
use crate::locale::{Locale, Words, msg};
use crate::report::xlsx::is_link;
use crate::safe::safe;
use crate::soa::{Statement, StatementEvidence, StatementRow};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How the page looks.
const CSS: &str = include_str!("page.css");

#[derive(Template)]
#[template(path = "soa/page.html")]
struct Page {
    title: String,
    language: &'static str,
    css: &'static str,
    /// What the policy of the page allows: this style and nothing else.
    digest: String,
    heads: [Cow<'static, str>; 11],
    derived: String,
    no_marks: Cow<'static, str>,
    summary: Cow<'static, str>,
    marks: Cow<'static, str>,
    controls: Cow<'static, str>,
    heading: Cow<'static, str>,
    evidence: Cow<'static, str>,
    /// The headings of the register of evidence.
    register: [Cow<'static, str>; 4],
    statements: Vec<Sheet>,
}

/// A statement, as the page shows it.
struct Sheet {
    number: usize,
    page: Vec<(String, String)>,
    summary: Vec<(String, String)>,
    marks: Vec<Marked>,
    rows: Vec<Row>,
    items: Vec<Item>,
}

/// An item of evidence, which the rows name by its id.
struct Item {
    id: String,
    title: String,
    owner: String,
    standing: String,
    link: Option<String>,
}

struct Row {
    shown: Shown,
    /// The machine word of its implementation status, which its colour goes by.
    class: &'static str,
}

/// Statements as a page.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the template engine.
pub fn statements_html(statements: &[Statement], locale: Locale) -> Result<String, askama::Error> {
    let words = Words::of(locale);
    let whose = statements.first().map(|s| safe(&s.organization)).unwrap_or_default();
    let page = Page {
        title: format!("{}: {whose}", words.text(msg::SOA_TITLE)),
        language: locale.word(),
        css: CSS,
        digest: STANDARD.encode(Sha256::digest(CSS.as_bytes())),
        heads: super::cells::COLUMNS.map(|id| words.text(id)),
        derived: words.with(msg::SOA_DERIVED, &[("program", concat!("annexa ", env!("CARGO_PKG_VERSION")).into())]),
        no_marks: words.text(msg::SOA_NO_MARKS),
        summary: words.text(msg::SOA_SUMMARY),
        marks: words.text(msg::SOA_MARKS),
        controls: words.text(msg::SOA_CONTROLS),
        heading: words.text(msg::SOA_TITLE),
        evidence: words.text(msg::SOA_EVIDENCE),
        register: [msg::SOA_ID, msg::SOA_CONTROL_TITLE, msg::SOA_SIDE, msg::SOA_STATUS].map(|id| words.text(id)),
        statements: (1..).zip(statements).map(|(number, s)| sheet(words, number, s)).collect(),
    };
    page.render()
}

fn sheet(words: &'static Words, number: usize, statement: &Statement) -> Sheet {
    let told = |m: Marked| Marked { on: m.on.into_iter().map(|(c, about)| (c, safe(&about))).collect(), ..m };
    Sheet {
        number,
        page: title_page(words, statement).into_iter().map(|(name, value)| (name, safe(&value))).collect(),
        summary: summary(words, &statement.summary).into_iter().map(|(n, count)| (n, words.whole(count))).collect(),
        marks: marks(words, statement).into_iter().map(told).collect(),
        rows: statement.rows.iter().map(|row| self::row(words, row)).collect(),
        items: items(words, statement),
    }
}

/// Every item of the rows once, the customer's first.
fn items(words: &'static Words, statement: &Statement) -> Vec<Item> {
    let all = statement.rows.iter().flat_map(|row| &row.evidence);
    let by_name: BTreeMap<_, _> = all.map(|e| ((e.owner, &e.id, &e.title, &e.link), e)).collect();
    let item = |e: &StatementEvidence| Item {
        id: e.id.clone(),
        title: safe(&e.title),
        owner: words.word(e.owner).into_owned(),
        standing: standing(words, e),
        link: e.link.clone().filter(|link| is_link(link)),
    };
    by_name.into_values().map(item).collect()
}

fn row(words: &'static Words, row: &StatementRow) -> Row {
    let shown = Shown::new(words, row);
    let lines = |list: Vec<String>| list.iter().map(|l| safe(l)).collect();
    let shown = Shown {
        title: safe(&shown.title),
        justification: lines(shown.justification),
        how: lines(shown.how),
        actions: lines(shown.actions),
        owners: safe(&shown.owners),
        marks: lines(shown.marks),
        ..shown
    };
    Row { shown, class: row.implementation.map_or("excluded", Choice::word) }
}
