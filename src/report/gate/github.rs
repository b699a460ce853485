//! Workflow commands of GitHub Actions: an annotation for each check that is missed.

use super::{figures, first_line, missed, name, relative, tally};
use crate::gate::{Check, GateReport, Outcome};
use crate::safe::safe;
use std::fmt::Write;

/// How many things to mend an annotation names: it is a box beside a line.
const FEW: usize = 5;

/// What a gate says, as workflow commands. Each line is one, so no text of a file begins a line.
#[must_use]
pub fn gate_github(report: &GateReport) -> String {
    let mut text = String::new();
    for (verdict, check) in missed(report) {
        let place = check.place.clone().unwrap_or_else(|| first_line(verdict));
        let _ = writeln!(
            text,
            "::error file={},line={},col={},title={}::{}",
            property(&relative(&place.file)),
            place.line,
            place.column,
            property(&format!("annexa gate: {}", check.rule)),
            data(&lines(check)),
        );
    }
    for verdict in &report.verdicts {
        let kind = if verdict.outcome == Outcome::Met { "notice" } else { "error" };
        let overall = verdict.overall.as_ref().map(|f| format!("{}; ", figures(f))).unwrap_or_default();
        let said = format!("{} as of {}: {overall}{}", safe(&name(verdict)), verdict.as_of, tally(verdict));
        let file = property(&relative(&verdict.profile));
        let _ = writeln!(text, "::{kind} file={file},line=1,title=annexa gate::{}", data(&said));
    }
    text
}

/// The check, and under it what there is to mend.
fn lines(check: &Check) -> String {
    let mut said = safe(&check.head());
    for detail in check.details.iter().take(FEW) {
        let place = detail.place.as_ref().map(|p| format!(" ({}:{})", p.file, p.line)).unwrap_or_default();
        said.push('\n');
        said.push_str(&safe(&format!("- {}: {}{place}", detail.subject, detail.text)));
    }
    if check.details.len() > FEW {
        let _ = write!(said, "\n- and {} more", check.details.len() - FEW);
    }
    said
}

/// Text after the second `::`, as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which the marks that end it are escaped too.
fn property(text: &str) -> String {
    data(&safe(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_value_or_a_line_before_its_time() {
        assert_eq!(data("50 %\r\n::set-output name=x::y"), "50 %25%0D%0A::set-output name=x::y");
        assert_eq!(property("a,b:c\n::error::"), "a%2Cb%3Ac %3A%3Aerror%3A%3A");
        assert_eq!(data("%0A"), "%250A");
    }
}
