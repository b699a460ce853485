//! The style sheet and the script inside the page, and the policy that lets these two run and nothing else.

use super::sheet::look;
use super::show::view;
use crate::explain::State;
use crate::locale::Words;
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style sheet, without the signs.
const STYLE: &str = include_str!("report.css");

/// The script.
const SCRIPT: &str = include_str!("report.js");

/// A text of this program that goes into the page as it is.
pub(super) struct Own(pub(super) String);

impl std::fmt::Display for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Own {}

/// The script as it stands in the page: without what only its readers need.
pub(super) fn script() -> Own {
    let lines = SCRIPT.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    Own(lines.flat_map(|line| [line, "\n"]).collect())
}

/// The style sheet with the signs of states, and what they are for those who hear the page: there are
/// thousands of them, so neither stands in the text.
pub(super) fn style(words: &Words) -> Own {
    let mut style = STYLE.to_owned();
    let of_controls = [State::Covered, State::Partial, State::Gap, State::Unmapped, State::NotInScope];
    let of_actions = [State::Covered, State::Partial, State::Gap, State::NotAssessed, State::NotInScope];
    for (element, states) in [("i", of_controls), ("li", of_actions)] {
        for state in states {
            let ((class, sign), word) = (look(state), words.word(state));
            // Nothing that could end the text or the style.
            let word: String = word.chars().filter(|c| !matches!(c, '"' | '\\' | '<')).collect();
            style.push_str(&format!("{element}.{class}::before{{content:\"{sign} \" / \"{word} \"}}\n"));
        }
    }
    Own(style)
}

/// What the page may do: show its own style, run its own script, show images it holds itself.
#[derive(Template)]
#[template(
    source = "default-src 'none'; style-src 'sha256-{{ style }}'; script-src 'sha256-{{ script }}'; \
              img-src data:; base-uri 'none'; form-action 'none'",
    ext = "html"
)]
pub(super) struct Policy {
    style: String,
    script: String,
}
view!(Policy);

impl Policy {
    pub(super) fn of(style: &Own, script: &Own) -> Self {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
        Self { style: hash(&style.0), script: hash(&script.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE};

    #[test]
    fn neither_ends_its_element_early() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--") && !text.contains('\r'));
        }
    }
}
