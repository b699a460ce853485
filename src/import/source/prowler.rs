//! Findings of Prowler: its CSV, the CSV of one of its compliance frameworks, or OCSF.
//!
//! A row is the result of one check on one resource. Columns vary by version, so that only those are
//! demanded that are needed. Days are taken as they stand, for Prowler writes no zone.

use super::table::{Record, Table};
use super::value::{day, risk};
use super::{Text, ocsf};
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::fact::{Fact, Finding, Reading, Reason, Row, Subject, UnusedRow};
use crate::profile::Risk;
use std::collections::BTreeMap;

/// Reads findings in whichever of its forms they come.
///
/// # Errors
/// The file is none of them.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    if text.text.trim_start().starts_with(['[', '{']) {
        return ocsf::read(text, reading);
    }
    let table = Table::read(*text, None)?;
    let columns = Columns::of(&table)?;
    let mut seen = BTreeMap::new();
    for record in table.rows() {
        match columns.fact(&table, record).and_then(|fact| columns.once(fact, &mut seen)) {
            Ok(fact) => reading.fact(fact),
            Err(unused) => reading.without_use(*unused),
        }
    }
    Ok(())
}

/// What a check said of a resource, in the words of Prowler.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome<'a> {
    /// The cloud: `azure`, `m365`.
    pub(super) provider: &'a str,
    /// The id of the check.
    pub(super) check: &'a str,
    /// `PASS`, `FAIL`, `MANUAL`.
    pub(super) status: &'a str,
    /// The account: a subscription of Azure.
    pub(super) account: Option<&'a str>,
    /// What the account belongs to: the tenant.
    pub(super) organization: Option<&'a str>,
}

impl Outcome<'_> {
    /// The fact that it is, at no day and of no resource yet; else why it is none.
    pub(super) fn fact(&self, row: Row, risk: Risk) -> Result<Fact, (Reason, String)> {
        let finding = match self.status.to_ascii_uppercase().as_str() {
            "PASS" => Finding::checked(true, risk),
            "FAIL" => Finding::checked(false, risk),
            "MANUAL" => Finding::NotRun("it is to be checked by hand".to_owned()),
            "MUTED" => return Err((Reason::Disregarded, MUTED.to_owned())),
            _ => Finding::NotRun(format!("its status is {}", quoted(self.status))),
        };
        let kind = match self.provider.to_ascii_lowercase() {
            // So it was called before version 5.6.
            old if old == "microsoft365" => "m365".to_owned(),
            kind => kind,
        };
        let mut fact = Fact::new(row, Subject::Signal(format!("prowler-{kind}:{}", self.check)), finding);
        fact.place = self.place(&kind).map(str::to_owned);
        Ok(fact)
    }

    /// The subscription; what holds for the tenant as a whole holds in no place of it.
    fn place(&self, kind: &str) -> Option<&str> {
        let of_tenant = kind == "m365" || self.account == self.organization;
        self.account.filter(|_| !of_tenant)
    }
}

/// Why a muted finding is left out.
pub(super) const MUTED: &str = "it is muted, which is a decision and not a pass";

/// What stands there, unless it is a placeholder such as `<account_uid>`, which hides what stood there.
pub(super) fn told(text: &str) -> Option<&str> {
    let is_placeholder = text.starts_with('<') && text.ends_with('>');
    Some(text).filter(|text| !text.is_empty() && !is_placeholder)
}

/// Where the columns stand that are read.
struct Columns {
    provider: usize,
    check: usize,
    status: usize,
    time: usize,
    account: Option<usize>,
    organization: Option<usize>,
    muted: Option<usize>,
    severity: Option<usize>,
    resource: Option<usize>,
    name: Option<usize>,
    region: Option<usize>,
    /// Whether it is the CSV of a framework, which has a check once for each of its requirements.
    is_framework: bool,
}

impl Columns {
    /// # Errors
    /// The table lacks one that is needed.
    fn of(table: &Table<'_>) -> Result<Self, Diagnostic> {
        let is_framework = table.column("Requirements_Id").is_some();
        let first = |names: &[&str]| names.iter().find_map(|name| table.column(name));
        let [check, time] = if is_framework { ["CheckId", "AssessmentDate"] } else { ["CHECK_ID", "TIMESTAMP"] };
        Ok(Self {
            provider: table.needed("PROVIDER")?,
            check: table.needed(check)?,
            status: table.needed("STATUS")?,
            time: table.needed(time)?,
            account: first(&["ACCOUNT_UID", "SubscriptionId", "TenantId", "AccountId", "ProjectId"]),
            organization: first(&["ACCOUNT_ORGANIZATION_UID"]),
            muted: first(&["MUTED"]),
            severity: first(&["SEVERITY"]),
            resource: first(&["RESOURCE_UID", "ResourceId"]),
            name: first(&["RESOURCE_NAME", "ResourceName"]),
            region: first(&["REGION", "Location"]),
            is_framework,
        })
    }

    fn fact(&self, table: &Table<'_>, record: &Record) -> Result<Fact, Box<UnusedRow>> {
        let cell = |column: usize| record.cell(Some(column)).unwrap_or_default();
        let row = table.row(record, cell(self.check));
        let unused = |reason: Reason, detail: String, column: usize| {
            let name = table.header().get(column).cloned().unwrap_or_default();
            Box::new(UnusedRow::new(row.clone(), reason, detail).at(name))
        };
        if !table.fits(record) {
            let detail = format!("{} cells under {} columns", record.len(), table.header().len());
            return Err(Box::new(UnusedRow::new(row, Reason::BadRow, detail)));
        }
        if let Some(column) = [self.provider, self.check, self.status].into_iter().find(|c| cell(*c).is_empty()) {
            return Err(unused(Reason::BadRow, "nothing stands there".to_owned(), column));
        }
        if self.is_framework && cell(self.check).eq_ignore_ascii_case("manual") {
            return Err(unused(Reason::NotRun, "no check belongs to the requirement".to_owned(), self.check));
        }
        if let Some(column) = self.muted.filter(|column| cell(*column).eq_ignore_ascii_case("true")) {
            return Err(unused(Reason::Disregarded, MUTED.to_owned(), column));
        }
        let on = day(cell(self.time));
        if on.is_none() && !cell(self.time).is_empty() {
            return Err(unused(Reason::BadValue, format!("{} is no day", quoted(cell(self.time))), self.time));
        }
        let outcome = Outcome {
            provider: cell(self.provider),
            check: cell(self.check),
            status: cell(self.status),
            account: record.cell(self.account).and_then(told),
            organization: record.cell(self.organization).and_then(told),
        };
        let risk = risk(record.cell(self.severity).unwrap_or_default());
        let fact = outcome.fact(row.clone(), risk).map_err(|(reason, detail)| unused(reason, detail, self.status))?;
        Ok(Fact { on, resource: self.resource(record), ..fact })
    }

    /// The resource, with its region: some checks look at each region and name only the account.
    fn resource(&self, record: &Record) -> Option<String> {
        let own = record.cell(self.resource).or_else(|| record.cell(self.name))?;
        let region = record.cell(self.region).map(|region| format!(" in {region}"));
        Some(format!("{own}{}", region.unwrap_or_default()))
    }

    /// Takes a result of the CSV of a framework the first time that it stands there.
    fn once(&self, fact: Fact, seen: &mut BTreeMap<String, (Finding, usize)>) -> Result<Fact, Box<UnusedRow>> {
        let Some(resource) = fact.resource.as_deref().filter(|_| self.is_framework) else { return Ok(fact) };
        let place = fact.place.as_deref().unwrap_or_default();
        let key = [fact.subject.text(), place, resource].join("\n");
        match seen.get(&key) {
            Some((finding, line)) if *finding == fact.finding => {
                let detail = format!("the same result stands in line {line}, for another requirement");
                Err(Box::new(UnusedRow::new(fact.row, Reason::Superseded, detail)))
            }
            Some(_) => Ok(fact),
            None => {
                seen.insert(key, (fact.finding.clone(), fact.row.line));
                Ok(fact)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reading, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;
    use crate::profile::Risk;

    const HEADER: &str = "TIMESTAMP;ACCOUNT_UID;ACCOUNT_ORGANIZATION_UID;PROVIDER;CHECK_ID;STATUS;MUTED;SEVERITY;\
                          RESOURCE_UID;RESOURCE_NAME;REGION\n";

    fn findings(rows: &str) -> Reading {
        read(Format::Prowler, &format!("{HEADER}{rows}")).unwrap_or_else(|faults| unreachable!("{faults:?}"))
    }

    #[test]
    fn a_row_is_a_check_on_a_resource() {
        let read = findings(
            "2025-02-14 23:27:30.710664;sub-1;tenant;azure;aks_rbac;PASS;False;medium;/r/1;one;westeurope\n\
             2025-02-14T23:27:30;tenant;tenant;azure;entra_mfa;FAIL;False;critical;;name;\n\
             2025-02-14;contoso.com;tenant;Microsoft365;teams_x;MANUAL;;low;;;\n\
             2025-02-14;<account_uid>;tenant;azure;aks_rbac;INFO;;low;;;\n",
        );
        let told: Vec<_> =
            read.facts.iter().map(|f| (f.subject.text(), f.place.as_deref(), f.resource.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("prowler-azure:aks_rbac", Some("sub-1"), Some("/r/1 in westeurope")),
                ("prowler-azure:entra_mfa", None, Some("name")),
                ("prowler-m365:teams_x", None, None),
                ("prowler-azure:aks_rbac", None, None),
            ]
        );
        let found: Vec<_> = read.facts.iter().map(|f| f.finding.clone()).collect();
        let not_run = |why: &str| Finding::NotRun(why.to_owned());
        assert_eq!(found.first(), Some(&Finding::checked(true, Risk::Medium)));
        assert_eq!(found.get(1), Some(&Finding::checked(false, Risk::High)));
        assert_eq!(found.get(2), Some(&not_run("it is to be checked by hand")));
        assert_eq!(found.get(3), Some(&not_run("its status is `INFO`")));
        assert!(read.facts.iter().all(|f| f.on.is_some_and(|on| on.to_string() == "2025-02-14")));
    }

    #[test]
    fn a_row_without_use_says_why() {
        let read = findings(
            "2025-02-14;s;t;azure;a;FAIL;True;low;r;;\n\
             2025-02-14;s;t;azure;a;MUTED;False;low;r;;\n\
             soon;s;t;azure;a;PASS;False;low;r;;\n\
             2025-02-14;s;t;azure;;PASS;False;low;r;;\n\
             2025-02-14;s;t;azure;a;PASS\n",
        );
        let told: Vec<_> = read.unused.iter().map(|u| (u.row.line, u.reason, u.column.as_deref())).collect();
        assert_eq!(
            told,
            [
                (2, Reason::Disregarded, Some("MUTED")),
                (3, Reason::Disregarded, Some("STATUS")),
                (4, Reason::BadValue, Some("TIMESTAMP")),
                (5, Reason::BadRow, Some("CHECK_ID")),
                (6, Reason::BadRow, None),
            ]
        );
        assert!(read.facts.is_empty());
    }

    #[test]
    fn the_csv_of_a_framework_has_each_check_many_times() {
        let text = "PROVIDER;SUBSCRIPTIONID;LOCATION;ASSESSMENTDATE;REQUIREMENTS_ID;STATUS;RESOURCEID;CHECKID;MUTED\n\
                    azure;s;eu;2025-02-14 10:00:00;A.5.1;FAIL;r;one;False\n\
                    azure;s;eu;2025-02-14 10:00:00;A.5.2;FAIL;r;one;False\n\
                    azure;s;eu;2025-02-14 10:00:00;A.5.2;PASS;q;one;False\n\
                    azure;;;2025-02-14 10:00:00;A.5.3;MANUAL;manual_check;manual;False\n";
        let read = read(Format::Prowler, text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        let lines: Vec<_> = read.facts.iter().map(|f| f.row.line).collect();
        let unused: Vec<_> = read.unused.iter().map(|u| (u.row.line, u.reason)).collect();
        assert_eq!(lines, [2, 4]);
        assert_eq!(unused, [(3, Reason::Superseded), (5, Reason::NotRun)]);
    }

    #[test]
    fn a_table_of_something_else_is_refused() {
        let refused = |text: &str| read(Format::Prowler, text).map_or_else(|faults| faults, |_| Vec::new());
        assert_eq!(refused("a;b\n1;2\n"), ["the table has no column `PROVIDER`"]);
        assert_eq!(refused("PROVIDER;CHECK_ID;STATUS;TIMESTAMPS\n"), ["the table has no column `TIMESTAMP`"]);
        assert_eq!(refused(""), ["the table has no header row"]);
    }
}
