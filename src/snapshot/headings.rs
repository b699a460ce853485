//! What a result says of the topmost headings, and the scores to reach.

use super::rows::{Sum, ToldSum, units};
use crate::points::Percent;
use serde::{Deserialize, Deserializer};

/// What a topmost heading of a framework came to in an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainRow {
    /// Which of the assessments, counted from nought.
    pub assessment: u32,
    /// The id of the heading.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The figures.
    pub sum: Sum,
}

/// The headings of a result, and the score to reach of each assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// A row for each heading of each assessment.
    pub domains: Vec<DomainRow>,
    /// The score to reach of each assessment, in the order of the result.
    pub targets: Vec<Option<Percent>>,
}

impl Headings {
    /// The headings of a result.
    ///
    /// # Errors
    /// Why the text is no result.
    pub fn of(result: &str) -> Result<Self, String> {
        let told: Told = serde_json::from_str(result).map_err(|e| e.to_string())?;
        let mut headings = Self { domains: Vec::new(), targets: Vec::new() };
        for (assessment, of) in (0_u32..).zip(told.assessments) {
            headings.targets.push(of.target);
            for domain in of.domains {
                let ToldDomain { id, title, achieved, possible, assured, unassessed } = domain;
                let sum = ToldSum { achieved, possible, assured, unassessed }.try_into()?;
                headings.domains.push(DomainRow { assessment, id, title, sum });
            }
        }
        Ok(headings)
    }
}

#[derive(Deserialize)]
struct Told {
    assessments: Vec<ToldAssessment>,
}

#[derive(Deserialize)]
struct ToldAssessment {
    #[serde(default, deserialize_with = "percent")]
    target: Option<Percent>,
    domains: Vec<ToldDomain>,
}

#[derive(Deserialize)]
struct ToldDomain {
    id: String,
    title: String,
    #[serde(deserialize_with = "units")]
    achieved: u64,
    possible: u64,
    #[serde(deserialize_with = "units")]
    assured: u64,
    #[serde(deserialize_with = "units")]
    unassessed: u64,
}

/// A percentage as it was printed, read digit by digit.
fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Percent>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else { return Ok(None) };
    let text = number.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let digits = (is_digits(whole) && is_digits(part) && part.len() <= 2).then(|| format!("{whole}{part:0<2}"));
    let hundredths = digits.and_then(|digits| digits.parse().ok());
    let wrong = || serde::de::Error::custom("a percentage is a number with at most two decimal places");
    hundredths.map(|h| Some(Percent::from_hundredths(h))).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::{Headings, Percent};

    #[test]
    fn targets_are_read_exactly() {
        let of = |target: &str| {
            let text = format!(r#"{{"assessments": [{{"target": {target}, "domains": []}}]}}"#);
            Headings::of(&text).map(|h| h.targets.first().copied().flatten().map(Percent::hundredths))
        };
        let expected = [("80.0", Some(8_000)), ("82.55", Some(8_255)), ("0.29", Some(29)), ("100", Some(10_000))];
        for (text, hundredths) in expected {
            assert_eq!(of(text), Ok(hundredths));
        }
        assert_eq!(of("null"), Ok(None));
        assert!(of("-1").is_err() && of("1e300").is_err());
    }
}
