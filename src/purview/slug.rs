//! Ids made of titles: the same title gives the same id, and no id is given twice.

use std::collections::BTreeSet;

/// The longest id that is made, before a number is put behind it.
const LONGEST: usize = 96;

/// The words of a title with hyphens between them; nothing if it has none that an id can hold.
pub(super) fn slug(title: &str) -> String {
    let mut made = String::new();
    for word in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if made.len() + word.len() >= LONGEST {
            break;
        }
        if !made.is_empty() {
            made.push('-');
        }
        made.push_str(&word.to_ascii_lowercase());
    }
    if made.is_empty() {
        // One word, longer than an id: its beginning.
        made = title.chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect::<String>().to_ascii_lowercase();
    }
    made
}

/// So many of a thing.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Gives ids, each once.
pub(super) struct Ids<'t> {
    given: BTreeSet<String>,
    is_taken: &'t dyn Fn(&str) -> bool,
}

impl<'t> Ids<'t> {
    /// Gives none that `is_taken`.
    pub(super) fn new(is_taken: &'t dyn Fn(&str) -> bool) -> Self {
        Self { given: BTreeSet::new(), is_taken }
    }

    /// The id `wanted`, or with the first free number behind it; `otherwise` stands for an empty one.
    pub(super) fn give(&mut self, wanted: &str, otherwise: &str) -> String {
        let wanted = if wanted.is_empty() { otherwise } else { wanted };
        let mut id = wanted.to_owned();
        let mut number: u32 = 1;
        while self.given.contains(&id) || (self.is_taken)(&id) {
            number = number.saturating_add(1);
            id = format!("{wanted}-{number}");
        }
        self.given.insert(id.clone());
        id
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, slug};

    #[test]
    fn a_title_gives_an_id() {
        assert_eq!(slug("Require MFA for admins (all of them)!"), "require-mfa-for-admins-all-of-them");
        assert_eq!(slug("ISO/IEC 27001:2022"), "iso-iec-27001-2022");
        assert_eq!((slug("  "), slug("社")), (String::new(), String::new()));
        assert!(slug(&"word ".repeat(50)).len() <= super::LONGEST && !slug(&"word ".repeat(50)).ends_with('-'));
        assert_eq!(slug(&"x".repeat(200)).len(), super::LONGEST);
    }

    #[test]
    fn no_id_is_given_twice_or_taken_from_another() {
        let is_taken = |id: &str| id == "a-2";
        let mut ids = Ids::new(&is_taken);
        assert_eq!(["a", "a", "a", ""].map(|w| ids.give(w, "control")), ["a", "a-3", "a-4", "control"]);
    }
}
