//! Progress for a manager: the same sections as text and as Markdown, in plain sentences.
//!
//! `sections` says what is told and in which order, `sentences` how; here it is drawn.

mod sections;
mod sentences;

use super::compare::{heads, table};
use super::markdown::{cell, rows};
use super::style::{Style, safe};
use super::text::line;
use crate::locale::{Locale, Words};
use crate::progress::Progress;
use sections::{Block, sections};
use std::fmt::Write;

/// Progress as text.
#[must_use]
pub fn progress_text(progress: &Progress, style: Style) -> String {
    let words = style.words();
    let mut text = String::new();
    line(&mut text, &style.heading(&safe(&sentences::title(progress, words))));
    let mut before: Option<&Block> = None;
    let blocks = sections(progress, words);
    for block in &blocks {
        if before.is_some_and(|before| before.stands_apart(block)) {
            line(&mut text, "");
        }
        before = Some(block);
        match block {
            Block::Heading(heading) => line(&mut text, &style.heading(&words.text(*heading))),
            Block::Sentence(sentence) | Block::More(sentence) => line(&mut text, &style.wrapped("", &safe(sentence))),
            Block::List(items) => items.iter().for_each(|item| line(&mut text, &style.wrapped("- ", &safe(item)))),
            Block::Table { head, texts, rows } => {
                let numbers: Vec<usize> = (*texts..head.len()).collect();
                table(&mut text, &heads(head, words), &numbers, rows, style);
            }
        }
    }
    text
}

/// Progress as Markdown.
#[must_use]
pub fn progress_markdown(progress: &Progress, locale: Locale) -> String {
    let words = Words::of(locale);
    let mut text = format!("# {}\n\n", cell(&sentences::title(progress, words)));
    for block in sections(progress, words) {
        match block {
            Block::Heading(heading) => {
                let _ = write!(text, "## {}\n\n", words.text(heading));
            }
            Block::Sentence(sentence) | Block::More(sentence) => {
                let _ = write!(text, "{}\n\n", cell(&sentence));
            }
            Block::List(items) => {
                items.iter().for_each(|item| {
                    let _ = writeln!(text, "- {}", cell(item));
                });
                text.push('\n');
            }
            Block::Table { head, texts, rows: list } => {
                let head = heads(head, words);
                rows(&mut text, &head.iter().map(String::as_str).collect::<Vec<_>>(), texts, list.into_iter());
            }
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
