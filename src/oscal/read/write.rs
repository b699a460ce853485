//! The TOML of a library folder.

use toml_edit::Value;

/// A file as it is written.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A page that begins with comments.
    pub(super) fn about(lines: &[String]) -> Self {
        Self(lines.iter().map(|line| format!("# {}\n", one_line(line))).collect())
    }

    /// Begins a table: `[framework]` or `[[control]]`.
    pub(super) fn table(&mut self, head: &str) {
        self.0.push_str(&format!("\n{head}\n"));
    }

    /// A key with a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.raw(key, &quoted(text));
    }

    /// A key with a text, where there is one.
    pub(super) fn maybe(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// A key with a list of texts, unless it is empty.
    pub(super) fn texts(&mut self, key: &str, texts: &[impl AsRef<str>]) {
        if !texts.is_empty() {
            let list: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
            self.raw(key, &format!("[{}]", list.join(", ")));
        }
    }

    /// A key with names in other languages, unless there are none.
    pub(super) fn names(&mut self, names: &[(String, String)]) {
        if !names.is_empty() {
            let list: Vec<String> =
                names.iter().map(|(tag, name)| format!("{} = {}", quoted(tag), quoted(name))).collect();
            self.raw("names", &format!("{{ {} }}", list.join(", ")));
        }
    }

    /// A key with a value that is TOML already.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        self.0.push_str(&format!("{key} = {value}\n"));
    }

    /// The text of the file.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

/// An id made of a title: its letters and digits, lowercase, with hyphens between. Nothing of a title without any.
pub(super) fn slug(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    Some(slug).filter(|slug| !slug.is_empty())
}

/// The name of a file for an id.
pub(super) fn file_name(id: &str) -> String {
    id.replace('/', "-")
}
