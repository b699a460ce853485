//! The configuration: policies that are omitted, with why and until when, and what is said of others.
//!
//! To omit a policy is to accept what it would have shown, for a time. It is YAML, or JSON, which YAML
//! takes too; anchors and aliases are followed within a budget.

use super::{HELP, plan, signal};
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::fact::{Acceptance, Fact, Finding, Reading, Reason, Row, UnusedRow};
use crate::import::source::Text;
use crate::import::source::json::offset;
use crate::import::source::value::day;
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// Keys one of which a configuration has.
const KNOWN: [&str; 5] = ["ProductNames", "OmitPolicy", "AnnotatePolicy", "M365Environment", "OrgName"];

/// The largest that is read; a configuration of all policies has a fiftieth of it.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What makes a fact of a policy that a section names.
type Section = fn(Row, &Node) -> Result<Fact, Box<UnusedRow>>;

/// Reads the omissions and annotations of a configuration.
///
/// # Errors
/// The file is no YAML, or no configuration of ScubaGear.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    if text.text.len() > MAX_BYTES {
        return Err(text.fault(0, "the file is too large for a configuration of ScubaGear", "here").help(HELP));
    }
    let budget =
        serde_saphyr::budget! { max_events: 200_000, max_nodes: 100_000, max_anchors: 1_000, max_aliases: 10_000 };
    let options = serde_saphyr::options! { budget: budget, with_snippet: false };
    let whole = serde_saphyr::from_str_with_options::<Node>(text.text, options);
    let whole = whole.map_err(|error| {
        let at = error.location().unwrap_or(Location::UNKNOWN);
        let at = offset(text.text, number(at.line()), number(at.column()));
        let fault = text.fault(at, "the file is no YAML, or has too much in it", "here");
        fault.help(format!("the YAML reader says: {}", quoted(&error.to_string())))
    })?;
    if !KNOWN.iter().any(|key| whole.get(key).is_some()) {
        let fault = text.fault(0, "the file is neither results nor a configuration of ScubaGear", "here");
        return Err(fault.help(HELP));
    }
    let sections: [(&str, Section); 2] = [("OmitPolicy", omitted), ("AnnotatePolicy", annotated)];
    for (section, add) in sections {
        let Some(Node::Map(policies)) = whole.get(section) else { continue };
        for (id, policy) in policies {
            let row = Row { file: text.index, sheet: None, line: number(id.referenced.line()), id: id.value.clone() };
            match add(row, policy) {
                Ok(fact) => reading.fact(fact),
                Err(unused) => reading.without_use(*unused),
            }
        }
    }
    Ok(())
}

/// The risk of not knowing is accepted.
fn omitted(row: Row, policy: &Node) -> Result<Fact, Box<UnusedRow>> {
    let expires_on = policy.date(&row, "Expiration")?;
    let rationale = policy.text("Rationale").map(str::to_owned);
    let subject = signal(&row.id);
    Ok(Fact::new(row, subject, Finding::Accepted(Acceptance { owner: None, expires_on, rationale })))
}

/// What is planned, or that the result is wrong.
fn annotated(row: Row, policy: &Node) -> Result<Fact, Box<UnusedRow>> {
    let comment = policy.text("Comment");
    if policy.text("IncorrectResult").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        let unused = UnusedRow::new(row, Reason::Disregarded, "it says that the result is wrong");
        return Err(Box::new(unused.at("IncorrectResult")));
    }
    let due_on = policy.date(&row, "RemediationDate")?;
    if due_on.is_none() && comment.is_none() {
        return Err(Box::new(UnusedRow::new(row, Reason::NoStatus, "it says nothing")));
    }
    Ok(plan(row, due_on, comment.map(str::to_owned).into_iter().collect(), None))
}

fn number(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A part of a YAML document.
#[derive(Debug)]
enum Node {
    /// A plain value, as it is written; nothing for null.
    Plain(Option<String>),
    /// A list, of which none is read.
    List,
    /// Keys with their places, and values.
    Map(Vec<(Spanned<String>, Self)>),
}

impl Node {
    /// The value of a key, whose letters may be of either case, as for PowerShell.
    fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(fields) = self else { return None };
        fields.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// The text of a key, without blanks around it; an empty one is none.
    fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Plain(text) => text.as_deref().map(str::trim).filter(|text| !text.is_empty()),
            Self::List | Self::Map(_) => None,
        }
    }

    fn date(&self, row: &Row, key: &str) -> Result<Option<NaiveDate>, Box<UnusedRow>> {
        let Some(text) = self.text(key) else { return Ok(None) };
        day(text).map(Some).ok_or_else(|| {
            let detail = format!("{} is no day as in `2026-06-19`", quoted(text));
            Box::new(UnusedRow::new(row.clone(), Reason::BadValue, detail).at(key))
        })
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visit)
    }
}

struct Visit;

impl<'de> Visitor<'de> for Visit {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_string())))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Plain(Some(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Plain(Some(value)))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(None))
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        while items.next_element::<Node>()?.is_some() {}
        Ok(Node::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;

    #[test]
    fn omissions_and_annotations_are_read() {
        let text = "ProductNames: ['*']\nAad:\n  MS.AAD.1.1v1: {CapExclusions: {Users: [a, 1]}}\nOmitPolicy:\n  \
                    # Why not.\n  MS.AAD.7.6v1:\n    Rationale: &why  by another product\n    Expiration: \"2026-12-31\"\n  \
                    MS.EXO.5.1v1: {Rationale: *why, Expiration: 2026-01-03}\n  MS.EXO.1.1v1:\n  \
                    MS.EXO.1.2v1: {Expiration: next year}\nAnnotatePolicy:\n  MS.AAD.2.1v1:\n    Comment: in progress\n    \
                    RemediationDate: 2026-09-30\n  MS.EXO.2.2v3: {IncorrectResult: true, Comment: split horizon}\n  MS.EXO.2.3v3: {}\n";
        let read = read(Format::Scubagear, text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        let told: Vec<_> =
            read.facts.iter().map(|fact| (fact.row.line, fact.subject.text(), say(&fact.finding))).collect();
        let expected = [
            (6, "scuba:MS.AAD.7.6v1", "accepted by another product 2026-12-31"),
            (9, "scuba:MS.EXO.5.1v1", "accepted by another product 2026-01-03"),
            (10, "scuba:MS.EXO.1.1v1", "accepted - -"),
            (13, "scuba:MS.AAD.2.1v1", "stated in progress 2026-09-30"),
        ];
        assert_eq!(told, expected.map(|(line, id, said)| (line, id, said.to_owned())));
        let unused: Vec<_> = read.unused.iter().map(|u| (u.row.line, u.reason, u.column.as_deref())).collect();
        assert_eq!(
            unused,
            [
                (11, Reason::BadValue, Some("Expiration")),
                (16, Reason::Disregarded, Some("IncorrectResult")),
                (17, Reason::NoStatus, None),
            ]
        );
    }

    fn say(finding: &Finding) -> String {
        let (what, why, until) = match finding {
            Finding::Accepted(accepted) => ("accepted", accepted.rationale.clone(), accepted.expires_on),
            Finding::Stated(stated) => ("stated", stated.notes.clone(), stated.due_on),
            other => unreachable!("{other:?}"),
        };
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        format!("{what} {} {}", or_none(why), or_none(until.map(|day| day.to_string())))
    }

    #[test]
    fn json_is_read_too_and_what_is_neither_is_refused() {
        let json = r#"{"ProductNames": ["aad"], "OmitPolicy": {"MS.AAD.1.1v1": {"Rationale": "x"}}}"#;
        assert_eq!(read(Format::Scubagear, json).map(|read| read.facts.len()), Ok(1));
        let refused = |text: &str| read(Format::Scubagear, text).map_or_else(|faults| faults, |_| Vec::new());
        let neither = "the file is neither results nor a configuration of ScubaGear";
        assert_eq!(refused("a: 1\n"), [neither]);
        assert_eq!(refused("just text"), [neither]);
        assert_eq!(refused(""), [neither]);
        let large = format!("OmitPolicy: {{}} #{}", "x".repeat(super::MAX_BYTES));
        assert_eq!(refused(&large), ["the file is too large for a configuration of ScubaGear"]);
        let broken = "the file is no YAML, or has too much in it";
        assert_eq!(refused("OmitPolicy: [a\n"), [broken]);
        assert_eq!(refused("OmitPolicy: {a: 1, a: 2}\n"), [broken]);
        assert_eq!(refused(&"[".repeat(10_000)), ["the file is not JSON, or was cut off"]);
        assert_eq!(refused(&format!("a: {}", "[".repeat(10_000))), [broken]);
    }

    #[test]
    fn aliases_that_unfold_without_end_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            text += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
        }
        let refused = read(Format::Scubagear, &text).map_or_else(|faults| faults, |_| Vec::new());
        assert_eq!(refused, ["the file is no YAML, or has too much in it"]);
    }
}
