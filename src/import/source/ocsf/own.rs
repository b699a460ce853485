//! Findings that annexa wrote itself: the status of an action as the profile had it, under `unmapped`.

use super::Event;
use crate::choice::Choice;
use crate::diagnostic::{listed, quoted, suggestion};
use crate::import::fact::{Fact, Finding, Reason, Stated, Subject, UnusedRow};
use crate::import::source::json::Object;
use crate::points::BasisPoints;
use chrono::NaiveDate;

/// What the finding says of its action.
pub(super) fn fact(event: &Event<'_>, own: &Object<'_>) -> Result<Fact, Box<UnusedRow>> {
    let status = Status { event, own };
    let text = |key: &str| own.string(key).map(std::borrow::Cow::into_owned);
    let Some(action) = text("action") else {
        return Err(status.unused("action", Reason::BadRow, "it names no action"));
    };
    if let Some(other) = text("status_of") {
        return Err(status.unused("status_of", Reason::NoStatus, format!("its status is that of {}", quoted(&other))));
    }
    let implementation = status.word("implementation")?;
    if implementation.is_none() {
        return Err(status.unused("implementation", Reason::NoStatus, "nobody has said how it stands"));
    }
    let stated = Stated {
        implementation,
        implemented_on: status.date("implemented_on")?,
        test: status.word("test")?,
        tested_on: status.date("tested_on")?,
        source: status.word("source")?,
        fraction: status.fraction()?,
        assigned_to: text("assigned_to"),
        due_on: status.date("due_on")?,
        notes: text("notes"),
        evidence: Vec::new(),
    };
    let on = stated.tested_on.or(stated.implemented_on);
    let mut fact = Fact::new(event.row.clone(), Subject::Action(action), Finding::Stated(Box::new(stated)));
    (fact.place, fact.group, fact.on) = (text("place"), text("group"), on);
    Ok(fact)
}

/// The fields of a status.
struct Status<'a> {
    event: &'a Event<'a>,
    own: &'a Object<'a>,
}

impl Status<'_> {
    fn word<T: Choice>(&self, key: &str) -> Result<Option<T>, Box<UnusedRow>> {
        let Some(text) = self.own.string(key) else { return Ok(None) };
        let known = || format!("known: {}", listed(T::WORDS.iter().copied()));
        let bad = || {
            let near = suggestion(&text, T::WORDS.iter().copied()).unwrap_or_else(known);
            self.unused(key, Reason::BadValue, format!("{} is none of its words; {near}", quoted(&text)))
        };
        T::from_word(&text).map(Some).ok_or_else(bad)
    }

    fn date(&self, key: &str) -> Result<Option<NaiveDate>, Box<UnusedRow>> {
        let Some(value) = self.own.get(key) else { return Ok(None) };
        value.day().map(Some).ok_or_else(|| self.unused(key, Reason::BadValue, "it is no day as in `2026-06-19`"))
    }

    fn fraction(&self) -> Result<Option<BasisPoints>, Box<UnusedRow>> {
        let Some(value) = self.own.get("basis_points") else { return Ok(None) };
        let share = value.number().and_then(|number| number.whole()).filter(|share| *share <= 10_000);
        let share = share.map(|share| BasisPoints::share(share, 10_000));
        share.map(Some).ok_or_else(|| self.unused("basis_points", Reason::BadValue, "it is no number from 0 to 10000"))
    }

    fn unused(&self, key: &str, reason: Reason, detail: impl Into<String>) -> Box<UnusedRow> {
        self.event.unused(reason, format!("unmapped.annexa.{key}"), detail)
    }
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;
    use crate::profile::{Implementation, Test};

    fn told(fields: &str) -> Result<(Option<String>, Finding), (Reason, Option<String>)> {
        let text = format!(
            r#"{{"class_uid": 2003, "status_id": 3, "metadata": {{"product": {{"uid": "annexa"}}}},
                "unmapped": {{"annexa": {{"action": "a"{fields}}}}}}}"#
        );
        let mut read = read(Format::Ocsf, &text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        match read.facts.pop() {
            Some(fact) => Ok((fact.place, fact.finding)),
            None => Err(read.unused.pop().map_or((Reason::BadRow, None), |row| (row.reason, row.column))),
        }
    }

    #[test]
    fn a_status_comes_back() {
        let fields = r#", "place": "p", "implementation": "implemented", "test": "partially-tested", "tested_on": "2026-01-02",
            "basis_points": 7500"#;
        let Ok((place, Finding::Stated(stated))) = told(fields) else { unreachable!() };
        assert_eq!(place.as_deref(), Some("p"));
        assert_eq!(
            (stated.implementation, stated.test),
            (Some(Implementation::Implemented), Some(Test::PartiallyTested))
        );
        assert_eq!(stated.fraction.map(|f| f.get()), Some(7_500));
        assert_eq!(stated.tested_on.map(|d| d.to_string()).as_deref(), Some("2026-01-02"));
    }

    #[test]
    fn what_says_nothing_or_cannot_be_says_why() {
        let field = |name: &str| Some(format!("unmapped.annexa.{name}"));
        assert_eq!(told(""), Err((Reason::NoStatus, field("implementation"))));
        assert_eq!(told(r#", "status_of": "b""#), Err((Reason::NoStatus, field("status_of"))));
        assert_eq!(told(r#", "implementation": "done""#), Err((Reason::BadValue, field("implementation"))));
        let done = r#", "implementation": "implemented""#;
        assert_eq!(told(&format!(r#"{done}, "tested_on": "soon""#)), Err((Reason::BadValue, field("tested_on"))));
        assert_eq!(told(&format!(r#"{done}, "basis_points": 10001"#)), Err((Reason::BadValue, field("basis_points"))));
    }
}
