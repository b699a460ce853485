//! Families of controls: a heading of a catalogue as one text, and back.
//!
//! A heading with an id of its own travels as `A.9.2 User access management`; one whose id was made of
//! its title travels as the title. What went out comes back as the same heading.

use super::slug::slug;
use crate::id;

/// A heading as one text.
pub(super) fn text(id: &str, title: &str) -> String {
    let made = slug(title);
    let rest = if made.is_empty() { None } else { id.strip_prefix(made.as_str()) };
    let number = rest.map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    if number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) {
        return title.to_owned();
    }
    format!("{id} {title}")
}

/// The id and the title of a family, if its first word is the id of a heading over all its controls.
pub(super) fn heading<'t>(family: &'t str, controls: &[&str]) -> Option<(&'t str, &'t str)> {
    let (id, title) = family.split_once(' ')?;
    let title = title.trim();
    let is_over = |control: &&str| {
        let rest = control.strip_prefix(id);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let comes_back = || text(id, title) == family;
    (id::check(id).is_none() && !title.is_empty() && controls.iter().all(is_over) && comes_back())
        .then_some((id, title))
}

#[cfg(test)]
mod tests {
    use super::{heading, text};

    #[test]
    fn a_heading_comes_back_as_it_went() {
        let family = text("A.9.2", "User access management");
        assert_eq!(heading(&family, &["A.9.2.1", "A.9.2.6"]), Some(("A.9.2", "User access management")));
        assert_eq!(heading(&family, &["A.9.2.1", "A.9.20"]), None);
        assert_eq!(heading("Access Control", &["AC-1"]), None);
        assert_eq!(text("access-control", "Access Control"), "Access Control");
        assert_eq!(text("access-control-2", "Access control"), "Access control");
        assert_eq!(text("access-control-x", "Access control"), "access-control-x Access control");
    }
}
