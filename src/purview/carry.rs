//! How the texts of an action travel: guidance and links in one cell, points as purpose and enforcement.

use crate::library::{Action, Enforcement, Purpose};

/// The description of an action: its guidance as paragraphs of one line each, then its links.
pub(super) fn description(action: &Action) -> String {
    let guidance = action.guidance.as_deref().map(paragraphs).unwrap_or_default();
    let told = if guidance.is_empty() { action.title.clone() } else { guidance };
    if action.links.is_empty() { told } else { format!("{told}\n\n{}", action.links.join("\n")) }
}

/// The guidance and the links of a description.
pub(super) fn guidance_and_links(description: &str) -> (String, Vec<String>) {
    let is_link =
        |line: &str| line.starts_with("https://") && !line.contains(|c: char| c.is_whitespace() || c.is_control());
    match description.rsplit_once("\n\n") {
        Some((guidance, links)) if !links.is_empty() && links.lines().all(is_link) => {
            (guidance.to_owned(), links.lines().map(str::to_owned).collect())
        }
        _ => (description.to_owned(), Vec::new()),
    }
}

/// A text whose lines were broken by hand, with a line for each paragraph and each item of a list.
pub(super) fn paragraphs(text: &str) -> String {
    let is_item = |line: &str| {
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(['-', '*', '#', '|']) || (number.len() < line.len() && number.starts_with(['.', ')']))
    };
    let mut made = String::new();
    let mut was_blank = true;
    for line in text.trim().lines().map(str::trim) {
        if line.is_empty() {
            if !was_blank {
                made.push_str("\n\n");
            }
            was_blank = true;
            continue;
        }
        if !was_blank {
            made.push(if is_item(line) || line.starts_with("https://") { '\n' } else { ' ' });
        }
        made.push_str(line);
        was_blank = false;
    }
    made
}

/// What an action is, and the points that stand in the file where the table would give others.
pub(super) fn weight(points: u8, purpose: Option<Purpose>) -> (Purpose, Enforcement, Option<u8>) {
    let by_points = match points {
        27 => Some((Purpose::Preventative, Enforcement::Mandatory)),
        9 => Some((Purpose::Preventative, Enforcement::Discretionary)),
        3 => Some((Purpose::Detective, Enforcement::Mandatory)),
        1 => Some((Purpose::Detective, Enforcement::Discretionary)),
        _ => None,
    };
    match (purpose, by_points) {
        (None, Some((purpose, enforcement))) => (purpose, enforcement, None),
        (Some(Purpose::Preventative), Some((Purpose::Preventative, enforcement))) => {
            (Purpose::Preventative, enforcement, None)
        }
        (Some(own @ (Purpose::Detective | Purpose::Corrective)), Some((Purpose::Detective, enforcement))) => {
            (own, enforcement, None)
        }
        (own, _) => (own.unwrap_or(Purpose::Preventative), Enforcement::Discretionary, Some(points)),
    }
}

#[cfg(test)]
mod tests {
    use super::{guidance_and_links, paragraphs, weight};
    use crate::library::{Enforcement, Purpose};

    #[test]
    fn lines_broken_by_hand_become_paragraphs_once_and_for_all() {
        let text = "\nOne\ntwo.\n\n\nThree:\n- a\n- b\n  more\n1. c\nhttps://a.example\n";
        let made = paragraphs(text);
        assert_eq!(made, "One two.\n\nThree:\n- a\n- b more\n1. c\nhttps://a.example");
        assert_eq!(paragraphs(&made), made);
    }

    #[test]
    fn links_stand_in_the_last_paragraph() {
        let links = vec!["https://a.example".to_owned(), "https://b.example/x".to_owned()];
        assert_eq!(
            guidance_and_links("Do it.\n\nhttps://a.example\nhttps://b.example/x"),
            ("Do it.".to_owned(), links)
        );
        for text in ["Do it.\nhttps://a.example", "Do it.\n\nSee https://a.example", "https://a.example", "a\n\n"] {
            assert_eq!(guidance_and_links(text), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn points_tell_the_enforcement_where_they_fit_the_purpose() {
        use Enforcement::{Discretionary, Mandatory};
        use Purpose::{Corrective, Detective, Preventative};
        assert_eq!(weight(27, None), (Preventative, Mandatory, None));
        assert_eq!(weight(3, Some(Corrective)), (Corrective, Mandatory, None));
        assert_eq!(weight(27, Some(Detective)), (Detective, Discretionary, Some(27)));
        assert_eq!(weight(5, None), (Preventative, Discretionary, Some(5)));
    }
}
