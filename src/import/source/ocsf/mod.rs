//! Findings in the form of OCSF 1.x: compliance findings, and those detection and security findings
//! that say whether a check passed.
//!
//! The product that made them gives the kind of signal: `prowler-azure`, or the name of any other in
//! plain letters. An alert that neither passed nor failed says nothing of an action. What annexa wrote
//! itself is read back as it was (`own`).

mod own;

use crate::diagnostic::{Diagnostic, quoted};
use crate::import::fact::{Fact, Finding, Reading, Reason, Row, Subject, UnusedRow};
use crate::import::source::json::{Json, Object};
use crate::import::source::value::risk as risk_of;
use crate::import::source::{Text, prowler};
use crate::profile::Risk;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The classes that are read.
const SECURITY: u64 = 2001;
const COMPLIANCE: u64 = 2003;
const DETECTION: u64 = 2004;

/// Reads a list of findings, one finding, or JSON lines.
///
/// # Errors
/// The file is no JSON, or nothing in it is an event of OCSF.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    let records = Json::each(*text)?;
    let is_event = |record: &Json<'_>| record.object().is_some_and(|event| event.get("class_uid").is_some());
    let is_empty_list = records.is_empty() && text.text.trim_start().starts_with('[');
    if !is_empty_list && !records.iter().any(is_event) {
        let at = records.first().map_or(0, |record| record.at);
        let fault = text.fault(at, "the file has no finding of OCSF: nothing in it has a `class_uid`", "here");
        return Err(fault.help("export the findings as OCSF; Prowler calls it `json-ocsf`"));
    }
    let mut facts = Vec::new();
    for record in records {
        match record.object().map_or_else(|| Err(no_object(&record)), |event| Event::fact(&record, &event)) {
            Ok(fact) => facts.push(fact),
            Err(unused) => reading.without_use(*unused),
        }
    }
    latest(facts, reading);
    Ok(())
}

fn no_object(record: &Json<'_>) -> Box<UnusedRow> {
    Box::new(UnusedRow::new(record.text().row(record.at, ""), Reason::BadRow, "it is no object"))
}

/// Takes of several findings of one day on one resource the last, for a finding is reported anew when
/// it changes. The moment is as the source has it, to be compared with others of the same source.
fn latest(facts: Vec<(Option<u64>, Fact)>, reading: &mut Reading) {
    let key = |fact: &Fact| {
        let resource = fact.resource.clone()?;
        matches!(fact.finding, Finding::Checked { .. })
            .then(|| (fact.subject.clone(), fact.place.clone(), resource, fact.on))
    };
    let mut last = BTreeMap::new();
    for (moment, fact) in &facts {
        if let (Some(key), Some(moment)) = (key(fact), *moment) {
            let newest = last.entry(key).or_insert((moment, fact.row.line));
            *newest = (*newest).max((moment, fact.row.line));
        }
    }
    for (moment, fact) in facts {
        let newer =
            key(&fact).and_then(|key| last.get(&key)).filter(|(newest, _)| moment.is_some_and(|own| own < *newest));
        match newer {
            Some((_, line)) => {
                let detail = format!("the finding in line {line} is newer");
                reading.without_use(UnusedRow::new(fact.row, Reason::Superseded, detail));
            }
            None => reading.fact(fact),
        }
    }
}

/// A finding.
struct Event<'a> {
    object: &'a Object<'a>,
    class: u64,
    row: Row,
}

impl<'a> Event<'a> {
    /// What a finding says, and the moment at which it was so.
    fn fact(record: &Json<'_>, object: &'a Object<'a>) -> Result<(Option<u64>, Fact), Box<UnusedRow>> {
        let mut event = Self { object, class: 0, row: record.text().row(record.at, "") };
        event.row.id = event.check().or_else(|| event.text(&["finding_info", "uid"])).unwrap_or_default().into_owned();
        event.class = event.number(&["class_uid"]).unwrap_or_default();
        if event.product() == "annexa"
            && let Some(status) = object.at(&["unmapped", "annexa"]).and_then(|status| status.object())
        {
            return Ok((None, own::fact(&event, &status)?));
        }
        if ![SECURITY, COMPLIANCE, DETECTION].contains(&event.class) {
            let name = event.text(&["class_name"]).map(|name| format!(", {},", quoted(&name))).unwrap_or_default();
            let detail = format!("the class {}{name} says nothing of a check", event.class);
            return Err(event.unused(Reason::NoStatus, "class_uid", detail));
        }
        event.not_put_aside()?;
        let on = event.day()?;
        let fact = if event.product() == "prowler" { event.of_prowler()? } else { event.of_any()? };
        let resource = event.resource();
        Ok((event.number(&["time"]), Fact { on, resource, ..fact }))
    }

    fn of_prowler(&self) -> Result<Fact, Box<UnusedRow>> {
        let (check, status) = (self.needed_check()?, self.text(&["status_code"]).unwrap_or_default());
        if status.is_empty() {
            return Err(self.unused(Reason::BadRow, "status_code", "nothing stands there"));
        }
        let provider = self.text(&["cloud", "provider"]).or_else(|| self.text(&["unmapped", "provider"]));
        let (account, organization) = (self.account(), self.text(&["cloud", "org", "uid"]));
        let outcome = prowler::Outcome {
            provider: provider.as_deref().unwrap_or("kubernetes"),
            check: &check,
            status: &status,
            account: account.as_deref(),
            organization: organization.as_deref(),
        };
        let fact = outcome.fact(self.row.clone(), self.risk());
        fact.map_err(|(reason, detail)| self.unused(reason, "status_code", detail))
    }

    fn of_any(&self) -> Result<Fact, Box<UnusedRow>> {
        let check = self.needed_check()?;
        let finding = self.finding()?;
        let mut fact = Fact::new(self.row.clone(), Subject::Signal(format!("{}:{check}", self.product())), finding);
        fact.place = self.account().map(Cow::into_owned);
        Ok(fact)
    }

    /// Refuses what somebody has put aside.
    fn not_put_aside(&self) -> Result<(), Box<UnusedRow>> {
        // The first version of OCSF had a field of its own for the state of a security finding.
        let field = if self.class == SECURITY { "state_id" } else { "status_id" };
        let detail = match self.number(&[field]) {
            Some(3) => "it is suppressed, which is a decision and not a pass",
            Some(5) => "it is archived",
            Some(6) => "it is deleted",
            _ => return Ok(()),
        };
        Err(self.unused(Reason::Disregarded, field, detail))
    }

    /// Whether the check passed.
    fn finding(&self) -> Result<Finding, Box<UnusedRow>> {
        let told = match self.number(&["compliance", "status_id"]) {
            Some(1) => return Ok(Finding::checked(true, self.risk())),
            Some(2) => return Ok(Finding::NotRun("it gave a warning and no result".to_owned())),
            Some(3) => Some((["compliance", "status_id"].as_slice(), Cow::Borrowed("fail"))),
            _ => self.word(),
        };
        let Some((path, word)) = told else {
            let detail = "it says neither that a check passed nor that it failed";
            return Err(self.unused(Reason::NoStatus, "compliance.status_id", detail));
        };
        match word.to_ascii_lowercase().replace(['-', '_'], " ").as_str() {
            "pass" | "passed" | "success" | "compliant" => Ok(Finding::checked(true, self.risk())),
            "fail" | "failed" | "failure" | "non compliant" | "noncompliant" | "not compliant" => self.failed(path),
            "not applicable" | "n/a" => Ok(Finding::NothingToTest),
            "manual" => Ok(Finding::NotRun("it is to be checked by hand".to_owned())),
            "warning" | "unknown" | "not available" | "skipped" | "error" | "info" | "other" => {
                Ok(Finding::NotRun(format!("its status is {}", quoted(&word))))
            }
            _ => {
                Err(self.unused(Reason::BadValue, path.join("."), format!("{} is no status of a check", quoted(&word))))
            }
        }
    }

    /// A failure, unless somebody says that it has been mended since.
    fn failed(&self, path: &[&str]) -> Result<Finding, Box<UnusedRow>> {
        if self.class != SECURITY && self.number(&["status_id"]) == Some(4) {
            let detail = "it failed and is said to be resolved since: let the check run again";
            return Err(self.unused(Reason::Disregarded, path.join("."), detail));
        }
        Ok(Finding::checked(false, self.risk()))
    }

    /// The word for how the check ended, and where it stands.
    fn word(&self) -> Option<(&'static [&'static str], Cow<'a, str>)> {
        let paths: &[&'static [&'static str]] = match self.class {
            SECURITY => &[&["compliance", "status"], &["status_code"], &["status"]],
            _ => &[&["compliance", "status"], &["compliance", "status_code"], &["status_code"]],
        };
        paths.iter().find_map(|path| Some((*path, self.text(path)?)))
    }

    /// The check, as its product calls it.
    fn check(&self) -> Option<Cow<'a, str>> {
        let paths: [&[&str]; 4] = [
            &["metadata", "event_code"],
            &["metadata", "product", "feature", "uid"],
            &["compliance", "control"],
            &["finding_info", "analytic", "uid"],
        ];
        paths.iter().find_map(|path| self.text(path))
    }

    fn needed_check(&self) -> Result<Cow<'a, str>, Box<UnusedRow>> {
        self.check().ok_or_else(|| self.unused(Reason::BadRow, "metadata.event_code", "it names no check"))
    }

    /// The product in plain lowercase letters.
    fn product(&self) -> String {
        let paths: [&[&str]; 3] = [
            &["metadata", "product", "uid"],
            &["metadata", "product", "name"],
            &["metadata", "product", "vendor_name"],
        ];
        let name = paths.iter().find_map(|path| self.text(path)).unwrap_or_default();
        let plain = |part: &str| part.to_ascii_lowercase();
        let parts = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let slug = parts.map(plain).collect::<Vec<_>>().join("-");
        if slug.is_empty() { "ocsf".to_owned() } else { slug }
    }

    /// The account, unless it is the organization as a whole.
    fn account(&self) -> Option<Cow<'a, str>> {
        let account = self.text(&["cloud", "account", "uid"])?;
        let of_all = self.text(&["cloud", "org", "uid"]).is_some_and(|whole| whole == account);
        (!of_all && prowler::told(&account).is_some()).then_some(account)
    }

    /// What was looked at, each with its region.
    fn resource(&self) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for resource in self.object.items("resources").iter().filter_map(Json::object) {
            if let Some(own) = resource.string("uid").or_else(|| resource.string("name")) {
                let region = resource.string("region").map(|region| format!(" in {region}"));
                names.push(format!("{own}{}", region.unwrap_or_default()));
            }
        }
        names.sort();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The day, in UTC. The number says it without doubt; a text may lack its zone.
    fn day(&self) -> Result<Option<NaiveDate>, Box<UnusedRow>> {
        let Some(time) = self.object.get("time").or_else(|| self.object.get("time_dt")) else { return Ok(None) };
        let read = time.day().or_else(|| self.object.get("time_dt")?.day());
        let no_day = || self.unused(Reason::BadValue, "time", "it is no time in milliseconds or seconds since 1970");
        read.map(Some).ok_or_else(no_day)
    }

    fn risk(&self) -> Risk {
        match self.number(&["severity_id"]) {
            Some(1 | 2) => Risk::Low,
            Some(3) => Risk::Medium,
            Some(4..=6) => Risk::High,
            _ => risk_of(&self.text(&["severity"]).unwrap_or_default()),
        }
    }

    fn text(&self, path: &[&str]) -> Option<Cow<'a, str>> {
        let text = self.object.at(path)?.string()?;
        (!text.trim().is_empty()).then_some(text)
    }

    fn number(&self, path: &[&str]) -> Option<u64> {
        self.object.at(path)?.number()?.whole()
    }

    fn unused(&self, reason: Reason, field: impl Into<String>, detail: impl Into<String>) -> Box<UnusedRow> {
        Box::new(UnusedRow::new(self.row.clone(), reason, detail).at(field))
    }
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reading, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;
    use crate::profile::Risk;

    fn findings(text: &str) -> Reading {
        read(Format::Ocsf, text).unwrap_or_else(|faults| unreachable!("{faults:?}"))
    }

    /// A finding of a scanner, with `fields` in it.
    fn finding(fields: &str) -> String {
        let product = r#""metadata": {"event_code": "c1", "product": {"name": "Acme  Scan!"}}"#;
        format!(r#"{{"class_uid": 2003, "time": 1739539650000, {product}{fields}}}"#)
    }

    /// What one finding comes to: the fact, or why not and where.
    fn told(fields: &str) -> Result<Finding, (Reason, Option<String>)> {
        let mut read = findings(&finding(fields));
        match read.facts.pop() {
            Some(fact) => Ok(fact.finding),
            None => Err(read.unused.pop().map_or((Reason::BadRow, None), |row| (row.reason, row.column))),
        }
    }

    #[test]
    fn a_status_is_taken_from_where_it_stands() {
        let passed = Finding::checked(true, Risk::Medium);
        let failed = Finding::checked(false, Risk::High);
        assert_eq!(told(r#", "compliance": {"status_id": 1, "status": "Fail"}"#), Ok(passed.clone()));
        assert_eq!(told(r#", "compliance": {"status_id": "3"}, "severity_id": 5"#), Ok(failed.clone()));
        assert_eq!(told(r#", "compliance": {"status_id": 99, "status": "PASSED"}"#), Ok(passed));
        assert_eq!(told(r#", "status_code": "NON_COMPLIANT", "severity": "High""#), Ok(failed));
        let not_run = |why: &str| Ok(Finding::NotRun(why.to_owned()));
        assert_eq!(told(r#", "compliance": {"status_id": 2}"#), not_run("it gave a warning and no result"));
        assert_eq!(told(r#", "status_code": "MANUAL""#), not_run("it is to be checked by hand"));
        assert_eq!(told(r#", "compliance": {"status": "NOT_APPLICABLE"}"#), Ok(Finding::NothingToTest));
    }

    #[test]
    fn what_says_nothing_of_a_check_is_left_out() {
        let left_out = |fields: &str, reason: Reason, field: &str| {
            assert_eq!(told(fields), Err((reason, Some(field.to_owned()))), "{fields}");
        };
        left_out("", Reason::NoStatus, "compliance.status_id");
        left_out(r#", "status_id": 3, "status_code": "FAIL""#, Reason::Disregarded, "status_id");
        left_out(r#", "status_id": 5, "status_code": "PASS""#, Reason::Disregarded, "status_id");
        left_out(r#", "status_id": 4, "status_code": "FAIL""#, Reason::Disregarded, "status_code");
        left_out(r#", "status_code": "perhaps""#, Reason::BadValue, "status_code");
        left_out(r#", "class_uid": 2002, "status_code": "PASS""#, Reason::NoStatus, "class_uid");
        left_out(r#", "status_code": "PASS", "time": "soon""#, Reason::BadValue, "time");
        left_out(r#", "status_code": "PASS", "metadata": {}"#, Reason::BadRow, "metadata.event_code");
        // What is resolved and passed is a pass.
        assert_eq!(told(r#", "status_id": 4, "status_code": "PASS""#), Ok(Finding::checked(true, Risk::Medium)));
    }

    #[test]
    fn the_product_gives_the_kind_and_the_account_the_place() {
        let cloud = r#", "status_code": "PASS", "cloud": {"account": {"uid": "a-1"}, "org": {"uid": "o"}},
            "resources": [{"uid": "z", "region": "eu"}, {"name": "b"}, {}]"#;
        let read = findings(&finding(cloud));
        let told: Vec<_> =
            read.facts.iter().map(|f| (f.subject.text(), f.place.as_deref(), f.resource.as_deref())).collect();
        assert_eq!(told, [("acme-scan:c1", Some("a-1"), Some("b, z in eu"))]);
        let whole = cloud.replace("a-1", "o");
        assert!(findings(&finding(&whole)).facts.iter().all(|fact| fact.place.is_none()));
    }

    #[test]
    fn a_list_lines_and_one_finding_are_all_read() {
        let one = finding(r#", "status_code": "PASS""#);
        for (text, count) in [(one.clone(), 1), (format!("[{one},\n{one}]"), 2), (format!("{one}\n{one}\n"), 2)] {
            let lines: Vec<_> = findings(&text).facts.iter().map(|fact| fact.row.line).collect();
            assert_eq!(lines.len(), count);
            assert_eq!(lines.last(), Some(&count));
        }
        assert!(findings("[]").facts.is_empty());
        let read = findings(&format!("[{one}, 1, null]"));
        assert_eq!((read.facts.len(), read.unused.len()), (1, 2));
    }

    #[test]
    fn of_one_day_the_last_counts() {
        let at = |time: &str, code: &str| {
            finding(&format!(r#", "status_code": "{code}", "resources": [{{"uid": "r"}}]"#))
                .replace("1739539650000", time)
        };
        let text = [at("1739539650001", "PASS"), at("1739539650000", "FAIL")].join("\n");
        let read = findings(&text);
        assert_eq!(read.facts.iter().map(|f| &f.finding).collect::<Vec<_>>(), [&Finding::checked(true, Risk::Medium)]);
        assert_eq!(read.unused.iter().map(|u| (u.row.line, u.reason)).collect::<Vec<_>>(), [(2, Reason::Superseded)]);
    }

    #[test]
    fn a_finding_of_prowler_is_read_in_both_of_its_forms() {
        let old = r#"{"class_uid": 2001, "state_id": 1, "status_id": 2, "status_code": "FAIL", "severity": "High",
            "metadata": {"product": {"name": "Prowler", "feature": {"uid": "x_check"}}},
            "cloud": {"provider": "azure", "account": {"uid": "s"}}, "time": 1739539650}"#;
        let muted = old.replace(r#""state_id": 1"#, r#""state_id": 3"#);
        let read = findings(&format!("[{old}, {muted}]"));
        let told: Vec<_> = read.facts.iter().map(|f| (f.subject.text(), f.place.as_deref(), &f.finding)).collect();
        assert_eq!(told, [("prowler-azure:x_check", Some("s"), &Finding::checked(false, Risk::High))]);
        assert!(read.facts.iter().all(|f| f.on.is_some_and(|on| on.to_string() == "2025-02-14")));
        assert_eq!(read.unused.iter().map(|u| u.reason).collect::<Vec<_>>(), [Reason::Disregarded]);
    }

    #[test]
    fn a_file_of_something_else_is_refused() {
        let refused = |text: &str| read(Format::Ocsf, text).map_or_else(|faults| faults, |_| Vec::new());
        let nothing = "the file has no finding of OCSF: nothing in it has a `class_uid`";
        assert_eq!(refused(r#"[{"a": 1}]"#), [nothing]);
        assert_eq!(refused("3"), [nothing]);
        assert_eq!(refused(""), ["the file is not JSON, or was cut off"]);
        assert_eq!(refused(r#"{"class_uid": 2003"#), ["the file is not JSON, or was cut off"]);
        assert_eq!(refused(r#"{"class_uid": 2003} x"#), ["the file is not JSON, or was cut off"]);
    }
}
