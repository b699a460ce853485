//! What `git log --raw -z` prints, taken apart.

use chrono::{DateTime, Datelike, NaiveDate};

/// What git is asked to print of a commit, in the order in which [`parsed`] takes it.
pub(super) const FORMAT: &str = "--format=tformat:%H%x00%ct%x00%at%x00%s";

/// A commit that changed the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its id.
    pub(crate) id: String,
    /// When it was committed and when it was written, in UTC; none if git has no such date.
    pub(crate) committed: Option<NaiveDate>,
    pub(crate) authored: Option<NaiveDate>,
    /// The first line of its message.
    pub(crate) subject: String,
    /// What became of the profile.
    pub(crate) change: Change,
}

/// What became of a file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It has this text, under this path.
    Text { object: String, path: String },
    /// It is gone.
    Deleted,
    /// It is a link, or a repository of its own.
    NoFile,
}

/// The commits in the order in which git printed them, less those that changed nothing: git names
/// merges that took the file as one of their parents had it.
///
/// After the four fields of [`FORMAT`] comes the file: its modes, objects and status in one field
/// that starts with a colon for each parent, its path in the next, and for a rename one path more.
pub(super) fn parsed(bytes: &[u8]) -> Vec<Commit> {
    let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
    let mut fields = bytes.split(|b| *b == 0);
    let mut commits: Vec<Commit> = Vec::new();
    let mut header: Option<Commit> = None;
    while let Some(field) = fields.next() {
        // Before a file git puts the end of a line, or of a field after a merge.
        let field = text(field.strip_prefix(b"\n").unwrap_or(field));
        if field.is_empty() {
            continue;
        }
        if field.starts_with(':') {
            let path = fields.next().map(text).unwrap_or_default();
            let path = if is_renamed(&field) { fields.next().map(text).unwrap_or_default() } else { path };
            let commit = header.take().zip(change(&field, path));
            commits.extend(commit.map(|(commit, change)| Commit { change, ..commit }));
            continue;
        }
        let mut next = || fields.next().map(text).unwrap_or_default();
        let (committed, authored) = (day(&next()), day(&next()));
        header = Some(Commit { id: field, committed, authored, subject: next(), change: Change::Deleted });
    }
    commits
}

/// Names that end with a null byte each.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let names = bytes.split(|b| *b == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// The day of a time in seconds, if a profile could name it.
fn day(seconds: &str) -> Option<NaiveDate> {
    let day = DateTime::from_timestamp(seconds.parse().ok()?, 0)?.date_naive();
    Some(day).filter(|day| (0..=9999).contains(&day.year()))
}

/// Whether two paths follow: where a file was, and where it is. With several parents git gives one.
fn is_renamed(field: &str) -> bool {
    let status = field.rsplit(' ').next().unwrap_or_default();
    !field.starts_with("::") && status.starts_with(['R', 'C'])
}

/// `:<mode> <mode> <object> <object> <status>`, with a colon, a mode and an object more for each further parent.
fn change(field: &str, path: String) -> Option<Change> {
    let parents = field.chars().take_while(|c| *c == ':').count();
    let parts: Vec<&str> = field.trim_start_matches(':').split(' ').collect();
    match (parts.get(parents), parts.get(2 * parents + 1)) {
        (Some(&"000000"), _) => Some(Change::Deleted),
        (Some(mode), Some(object)) if mode.starts_with("100") => {
            Some(Change::Text { object: (*object).to_owned(), path })
        }
        (Some(_), Some(_)) => Some(Change::NoFile),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Commit, parsed};

    fn text(object: &str, path: &str) -> Change {
        Change::Text { object: object.to_owned(), path: path.to_owned() }
    }

    fn read(printed: &str) -> Vec<(String, String, String, Change)> {
        let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let commits = parsed(printed.replace('@', "\0").as_bytes()).into_iter();
        let told = |c: Commit| (format!("{} {}", c.id, day(c.committed)), day(c.authored), c.subject, c.change);
        commits.map(told).collect()
    }

    #[test]
    fn commits_are_read_one_after_the_other() {
        let printed = "a1@1600000000@1590000000@gone@\n:100644 000000 11 00 D@t.toml@\
                       a2@0@0@@\n:100644 100755 10 11 R093@old name.toml@t.toml@\
                       a3@86399@86400@:merge@@::100644 100644 100644 07 08 10 MM@old name.toml@\
                       a4@-1@x@\u{1b}[1m @\n:120000 100644 06 07 T@ü\n.toml@\
                       a5@5@5@link@\n:000000 120000 00 06 A@t@a6@5@5@none@\
                       a7@6@6@last@\n:000000 100644 00 01 A@t@";
        let day = |d: &str| d.to_owned();
        let told = |id: &str, author: &str, subject: &str, change| (day(id), day(author), subject.to_owned(), change);
        let expected = [
            told("a1 2020-09-13", "2020-05-20", "gone", Change::Deleted),
            told("a2 1970-01-01", "1970-01-01", "", text("11", "t.toml")),
            told("a3 1970-01-01", "1970-01-02", ":merge", text("10", "old name.toml")),
            told("a4 1969-12-31", "", "\u{1b}[1m ", text("07", "ü\n.toml")),
            told("a5 1970-01-01", "1970-01-01", "link", Change::NoFile),
            told("a7 1970-01-01", "1970-01-01", "last", text("01", "t")),
        ];
        assert_eq!(read(printed), expected);
    }

    #[test]
    fn whatever_is_printed_is_read_without_a_stop() {
        let whole = b"a1\x001\x002\x00s\x00\n::100644 100644 100644 1 2 3 MM\x00p\x00a2\x001\x002\x00s\x00\n:1 2 R\x00q\x00r\x00";
        for end in 0..=whole.len() {
            let cut = whole.get(..end).unwrap_or_default();
            assert!(parsed(cut).len() <= 2);
            let shifted: Vec<u8> = cut.iter().map(|b| b.wrapping_add(1)).collect();
            assert!(parsed(&shifted).len() <= 1);
        }
    }

    #[test]
    fn a_date_that_no_profile_could_name_is_none() {
        let seconds = ["253402300799", "253402300800", "-99999999999999999999", "", "1e9"];
        let days: Vec<bool> = seconds.iter().map(|s| super::day(s).is_some()).collect();
        assert_eq!(days, [true, false, false, false, false]);
    }
}
