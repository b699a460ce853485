//! Records that a web service answers with: in pages, and with names in whatever case a tool gives them.
//!
//! Microsoft's services answer with `{"value": [...]}`; a command line prints the bare list, a loop over the
//! pages one answer after the other, PowerShell the same with capital letters. [`records`] sees through all of it.

use super::Text;
use super::json::{Json, MAX_ROWS, Object, too_many};
use super::value::{Decimal, day};
use crate::diagnostic::Diagnostic;
use crate::import::fact::{Reason, Row, UnusedRow};
use chrono::NaiveDate;
use std::borrow::Cow;

/// How deep pages may lie in lists of pages.
const DEPTH: usize = 2;

/// All records of a text, page by page.
///
/// # Errors
/// It is no JSON, or says that the service refused to answer.
pub(super) fn records(text: Text<'_>) -> Result<Vec<Json<'_>>, Diagnostic> {
    let mut found = Vec::new();
    for value in Json::all(text)? {
        page(value, DEPTH, &mut found)?;
        if found.len() > MAX_ROWS {
            return Err(too_many(text, "rows", MAX_ROWS));
        }
    }
    Ok(found)
}

fn page<'a>(value: Json<'a>, depth: usize, found: &mut Vec<Json<'a>>) -> Result<(), Diagnostic> {
    let items = match value.items() {
        Some(items) => Some(items),
        None => Record::of(value).and_then(|record| record.get("value")?.items()),
    };
    match items {
        Some(items) if depth > 0 => items.into_iter().try_for_each(|item| page(item, depth - 1, found)),
        _ => match Record::of(value).and_then(|record| Some((record.inner("error")?, record))) {
            Some((error, record)) if record.get("id").is_none() => Err(refusal(&error)),
            _ => {
                found.push(value);
                Ok(())
            }
        },
    }
}

/// The fault of a file that holds an error of the service in place of an answer.
fn refusal(error: &Record<'_>) -> Diagnostic {
    let fault = error.json.text().fault(error.json.at, "the file holds an error in place of an answer", "this");
    match error.string("code").or_else(|| error.string("message")) {
        Some(code) => fault.help(format!("the service said `{code}`; ask for the data again with the rights for it")),
        None => fault,
    }
}

/// An object, the names of its fields in letters of either case.
pub(super) struct Record<'a> {
    /// The object itself.
    pub(super) json: Json<'a>,
    object: Object<'a>,
}

impl<'a> Record<'a> {
    /// The value as a record, if it is an object.
    pub(super) fn of(json: Json<'a>) -> Option<Self> {
        json.object().map(|object| Self { json, object })
    }

    /// The value as a record; else a row that cannot be used.
    pub(super) fn row_of(json: Json<'a>) -> Result<Self, Box<UnusedRow>> {
        Self::of(json).ok_or_else(|| {
            let row = json.text().row(json.at, "");
            Box::new(UnusedRow::new(row, Reason::BadRow, "the row is no JSON object"))
        })
    }

    /// A field that is there and not null; the one of this very name before one in other letters.
    pub(super) fn get(&self, key: &str) -> Option<Json<'a>> {
        let other = || {
            let named = self.object.fields().filter(|(name, _)| name.eq_ignore_ascii_case(key));
            named.last().map(|(_, value)| value).filter(|value| !value.is_null())
        };
        self.object.get(key).or_else(other)
    }

    /// Whether there is a field of the name, be it null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.object.fields().any(|(name, _)| name.eq_ignore_ascii_case(key))
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.object.fields().next().is_none()
    }

    /// A field that is an object.
    pub(super) fn inner(&self, key: &str) -> Option<Self> {
        self.get(key).and_then(Self::of)
    }

    /// The text of a field, without blanks around it; an empty one is none.
    pub(super) fn string(&self, key: &str) -> Option<Cow<'a, str>> {
        self.object.string(key).or_else(|| {
            let text = self.get(key)?.string()?.trim().to_owned();
            (!text.is_empty()).then_some(Cow::Owned(text))
        })
    }

    /// The same as one's own.
    pub(super) fn own(&self, key: &str) -> Option<String> {
        self.string(key).map(Cow::into_owned)
    }

    /// The items of a field.
    pub(super) fn items(&self, key: &str) -> Vec<Json<'a>> {
        self.get(key).and_then(|value| value.items()).unwrap_or_default()
    }

    /// The day that a field names; of a text, or of seconds since 1970.
    pub(super) fn day(&self, key: &str) -> Option<NaiveDate> {
        match self.string(key) {
            Some(text) => day(&text),
            None => self.get(key)?.day(),
        }
    }

    /// The number in a field: nothing where it is absent or empty.
    ///
    /// # Errors
    /// There is something else than a number from nought on.
    pub(super) fn number(&self, key: &str) -> Result<Option<Decimal>, String> {
        match self.get(key) {
            None => Ok(None),
            Some(value) if value.string().is_some_and(|text| text.trim().is_empty()) => Ok(None),
            Some(value) => match value.number() {
                Some(number) => Ok(Some(number)),
                None => Err("no number from 0 on".to_owned()),
            },
        }
    }

    /// The row of a report that the record is.
    pub(super) fn row(&self, id: impl Into<String>) -> Row {
        self.json.text().row(self.json.at, id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, records};
    use crate::import::input::Input;
    use crate::import::source::Text;
    use crate::source::Sources;

    /// The ids of all records, or the message of the fault.
    fn ids(text: &str) -> Result<Vec<String>, String> {
        let mut sources = Sources::default();
        let input = Input::new("a.json", text.as_bytes().to_vec(), &mut sources).map_err(|d| d.message)?;
        let text = Text::new(0, &input, &sources).map_err(|d| d.message)?;
        let found = records(text).map_err(|d| d.message)?;
        Ok(found.into_iter().map(|json| Record::of(json).and_then(|r| r.own("id")).unwrap_or_default()).collect())
    }

    #[test]
    fn pages_are_one_list() {
        for text in [
            r#"{"value": [{"id": "a"}, {"id": "b"}]}"#,
            r#"[{"ID": " a "}, {"Id": "b"}]"#,
            "{\"value\": [{\"id\": \"a\"}]}\n{\"value\": [{\"id\": \"b\"}]}\n",
            "{\"id\": \"a\"}\n\n{\"id\": \"b\", \"value\": 7}",
            r#"[{"value": [{"id": "a"}]}, {"value": [{"id": "b"}]}]"#,
        ] {
            assert_eq!(ids(text).as_deref(), Ok(&["a".to_owned(), "b".to_owned()][..]), "{text}");
        }
        assert_eq!(ids(r#"{"value": []}"#), Ok(Vec::new()));
        assert_eq!(ids("[3, {\"id\": \"b\"}]"), Ok(vec![String::new(), "b".to_owned()]));
    }

    #[test]
    fn what_is_no_answer_is_a_fault() {
        for (text, clause) in [
            ("", "not JSON, or was cut off"),
            (r#"{"value": [{"id": "a""#, "not JSON, or was cut off"),
            (r#"{"error": {"code": "Forbidden", "message": "no"}}"#, "an error in place of an answer"),
        ] {
            assert!(ids(text).is_err_and(|message| message.contains(clause)), "{text}");
        }
    }
}
