//! Text to policy: every name held against the library, every rule against asking for nothing.

use super::policy::{ControlName, Demand, Domain, Held, Measure, Part, Place, Policy, Ratchet};
use super::shape::POLICY;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, quoted, suggestion};
use crate::evaluate::GapKind;
use crate::library::{Framework, Library};
use crate::points::{BasisPoints, Percent};
use crate::shape::{Entry, document};
use crate::source::Spanned;
use std::collections::BTreeSet;

/// Reads a policy against `library`; with `needs_rule`, one without any rule is refused.
///
/// # Errors
/// All faults of the text.
pub fn read(text: &str, file: u32, library: &Library, needs_rule: bool) -> Result<Checked<Policy>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let policy = document(text, file, &POLICY, &mut faults, |top, faults| {
        let mut reading = Reading { library, faults, policy: Policy::default() };
        reading.policy(&top);
        let policy = reading.policy;
        if needs_rule && policy.is_empty() && !faults.has_errors() {
            let message = "the policy has no rule, and would let everything pass";
            let help = "ask for something, such as `[minimum]` with `score = 70.0`, or `forbidden_gaps = [\"test-failed\"]`; `within_days` alone asks that no other rule is broken";
            faults.push(Diagnostic::new(Code::EmptyPolicy, message).at(top.span(), "in this file").help(help));
        }
        policy
    });
    match policy {
        Some(policy) => faults.into_result(policy),
        None => Err(faults),
    }
}

struct Reading<'l, 'f> {
    library: &'l Library,
    faults: &'f mut Diagnostics,
    policy: Policy,
}

impl<'l> Reading<'l, '_> {
    fn policy(&mut self, top: &Entry<'_, '_>) {
        if let Some(minimum) = top.table("minimum") {
            self.minimum(&minimum);
        }
        for entry in top.tables("control") {
            self.control(&entry);
        }
        self.limits(top);
        let kinds: BTreeSet<GapKind> = top.words("forbidden_gaps").into_iter().map(|k| k.value).collect();
        if !kinds.is_empty() {
            self.policy.ask(Demand::Forbidden(Place::Anywhere, kinds), top.place("forbidden_gaps"));
        }
        for entry in top.tables("forbidden") {
            self.forbidden(&entry);
        }
        self.policy.accepted_risks_pass = top.flag("accepted_risks_pass").unwrap_or(false);
        if let Some(ratchet) = top.table("ratchet") {
            self.ratchet(&ratchet);
        }
        let within = top.whole("within_days");
        self.policy.within = within.and_then(|days| Some((u32::try_from(days.value).ok()?, Some(days.span))));
    }

    fn minimum(&mut self, entry: &Entry<'_, '_>) {
        self.figures(entry, &Part::Overall);
        for entry in entry.tables("assessment") {
            let template = entry.id_text("template");
            if let Some(wanted) = template.as_ref().filter(|t| self.library.find_template(t.value).is_none()) {
                let known = self.library.templates().iter().map(|t| t.id.value.as_str());
                self.unknown(Code::UnknownTemplate, "template", wanted, known);
            }
            let template = template.map(|t| t.value.to_owned());
            let part = Part::Assessment { template, group: entry.string("group") };
            self.some_figures(&entry, &part);
        }
        for entry in entry.tables("domain") {
            if let Some(domain) = self.domain(&entry, "id") {
                self.some_figures(&entry, &Part::Domain(domain));
            }
        }
    }

    /// The figures of a table that is there for nothing else.
    fn some_figures(&mut self, entry: &Entry<'_, '_>, part: &Part) {
        if !self.figures(entry, part) {
            self.asks_nothing(entry, "give `score`, `assurance` or `covered`");
        }
    }

    /// The figures asked of a part; whether there are any.
    fn figures(&mut self, entry: &Entry<'_, '_>, part: &Part) -> bool {
        for (key, measure) in [("score", Measure::Score), ("assurance", Measure::Assurance)] {
            if let Some(percent) = self.above_nothing(entry, key) {
                let least = Percent::from_hundredths(u32::from(percent.value.get()));
                self.policy.ask(Demand::Minimum(part.clone(), measure, least), Some(percent.span));
            }
        }
        let covered = entry.whole("covered").and_then(|c| Some((u64::try_from(c.value).ok()?, c.span)));
        if let Some((count, span)) = covered {
            self.policy.ask(Demand::Covered(part.clone(), count), Some(span));
        }
        ["score", "assurance", "covered"].iter().any(|key| entry.place(key).is_some())
    }

    fn control(&mut self, entry: &Entry<'_, '_>) {
        let Some(name) = self.control_name(entry, "id") else { return };
        let status = entry.word("status");
        let coverage = self.above_nothing(entry, "coverage");
        let place = status.as_ref().map(|s| s.span).or(coverage.as_ref().map(|c| c.span));
        if place.is_none() && ["status", "coverage"].iter().all(|key| entry.place(key).is_none()) {
            self.asks_nothing(entry, "give `status` or `coverage`");
            return;
        }
        let demand = Demand::Control(name, status.map(|s| s.value), coverage.map(|c| c.value));
        self.policy.ask(demand, place);
    }

    fn limits(&mut self, top: &Entry<'_, '_>) {
        if top.flag("nothing_unassessed") == Some(true) {
            self.policy.ask(Demand::Unassessed(Percent::from_hundredths(0)), top.place("nothing_unassessed"));
        }
        type Limit = fn(Percent) -> Demand;
        let shares: [(&str, Limit); 2] =
            [("max_unassessed", Demand::Unassessed), ("max_out_of_scope", Demand::OutOfScope)];
        for (key, demand) in shares {
            if let Some(share) = self.below_all(top, key) {
                self.policy.ask(demand(Percent::from_hundredths(u32::from(share.value.get()))), Some(share.span));
            }
        }
        let count = |key| top.whole(key).and_then(|n| Some((u32::try_from(n.value).ok()?, n.span)));
        if let Some((most, span)) = count("max_excluded") {
            self.policy.ask(Demand::Excluded(u64::from(most)), Some(span));
        }
        if let Some((days, span)) = count("max_retest_days") {
            self.policy.ask(Demand::RetestDays(days), Some(span));
        }
        if let Some((days, span)) = count("max_retest_days_automatic") {
            self.policy.ask(Demand::RetestDaysAutomatic(days), Some(span));
        }
    }

    fn forbidden(&mut self, entry: &Entry<'_, '_>) {
        let kinds: BTreeSet<GapKind> = entry.words("kinds").into_iter().map(|k| k.value).collect();
        let (domain, control) = (entry.place("domain").is_some(), entry.place("control").is_some());
        if domain == control {
            self.asks_nothing(
                entry,
                "give either `domain` or `control`; what is forbidden everywhere stands in `forbidden_gaps`",
            );
            return;
        }
        if entry.place("kinds").is_some() && entry.texts("kinds").is_empty() {
            self.asks_nothing(entry, "name a kind of gap in `kinds`");
        }
        let place = match domain {
            true => self.domain(entry, "domain").map(Place::Domain),
            false => self.control_name(entry, "control").map(Place::Control),
        };
        if let Some(place) = place.filter(|_| !kinds.is_empty()) {
            self.policy.ask(Demand::Forbidden(place, kinds), entry.place("kinds"));
        }
    }

    fn ratchet(&mut self, entry: &Entry<'_, '_>) {
        let tolerance = self.below_all(entry, "tolerance").map_or(BasisPoints::ZERO, |t| t.value);
        let library = self.library;
        let mut may_leave = BTreeSet::new();
        for id in entry.texts("may_leave").into_iter().filter(|t| crate::id::check(t.value).is_none()) {
            let is_control = || library.frameworks().iter().any(|f| f.find_control(id.value).is_some());
            let is_other = library.find_action(id.value).is_some() || library.find_service(id.value).is_some();
            if !is_other && !is_control() {
                let controls = library.frameworks().iter().flat_map(|f| &f.controls).map(|c| c.id.value.as_str());
                let actions = library.actions().iter().map(|a| a.id.value.as_str());
                let services = library.services().iter().map(|s| s.id.value.as_str());
                let known: Vec<&str> = controls.chain(actions).chain(services).collect();
                self.unknown(Code::UnknownControl, "control, action or service", &id, known);
            }
            may_leave.insert(id.value.to_owned());
        }
        let all = [
            ("score", Held::Score),
            ("assurance", Held::Assurance),
            ("controls", Held::Controls),
            ("scope", Held::Scope),
            ("library", Held::Library),
        ];
        let asked = all.into_iter().filter(|(key, _)| entry.flag(key) == Some(true));
        let asked: Vec<_> = asked.collect();
        if asked.is_empty() && all.iter().all(|(key, _)| entry.flag(key).is_some() || entry.place(key).is_none()) {
            self.asks_nothing(entry, "give `score = true`, or `assurance`, `controls`, `scope` or `library`");
        }
        for (key, held) in asked {
            let ratchet = Ratchet { held, tolerance, may_leave: may_leave.clone() };
            self.policy.ask(Demand::Ratchet(ratchet), entry.place(key));
        }
    }

    fn domain(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Domain> {
        let framework = self.framework(entry)?;
        let id = entry.id_text(key)?;
        let tops = framework.domains();
        let known: BTreeSet<&str> = framework
            .controls
            .iter()
            .filter_map(|c| tops.get(c.group.value.as_str()).map(|top| top.id.value.as_str()))
            .collect();
        if !known.contains(id.value) {
            self.unknown_domain(framework, &id, known);
            return None;
        }
        let group = entry.string("group");
        Some(Domain { framework: framework.id.value.to_string(), id: id.value.to_owned(), group })
    }

    /// A heading or a control may be given where the domain above it is meant.
    fn unknown_domain(&mut self, framework: &Framework, id: &Spanned<&str>, known: BTreeSet<&str>) {
        let message = format!("`{}` has no domain {}", framework.id.value.as_str(), quoted(id.value));
        let tops = framework.domains();
        let group = framework.find_control(id.value).and_then(|c| framework.controls.get(c.position()));
        let top = tops.get(group.map_or(id.value, |control| control.group.value.as_str()));
        let help = match top {
            Some(top) => Some(format!("it stands under the domain `{}`", top.id.value.as_str())),
            None => suggestion(id.value, known),
        };
        let diagnostic = Diagnostic::new(Code::UnknownDomain, message).at(id.span, "no domain");
        self.faults.push(diagnostic.maybe_help(help));
    }

    fn framework(&mut self, entry: &Entry<'_, '_>) -> Option<&'l Framework> {
        let library = self.library;
        let id = entry.id_text("framework")?;
        let found = library.find_framework(id.value);
        if found.is_none() {
            let known = library.frameworks().iter().map(|f| f.id.value.as_str());
            self.unknown(Code::UnknownFramework, "framework", &id, known);
        }
        found.map(|framework| library.framework(framework))
    }

    fn control_name(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<ControlName> {
        let library = self.library;
        let frameworks: Vec<&Framework> = match entry.place("framework") {
            Some(_) => vec![self.framework(entry)?],
            None => library.frameworks().iter().collect(),
        };
        let id = entry.id_text(key)?;
        if frameworks.iter().all(|f| f.find_control(id.value).is_none()) {
            let known = frameworks.iter().flat_map(|f| &f.controls).map(|c| c.id.value.as_str());
            let known: Vec<&str> = known.collect();
            self.unknown(Code::UnknownControl, "control", &id, known);
            return None;
        }
        let framework = entry.text("framework").map(|f| f.value.to_owned());
        Some(ControlName { framework, id: id.value.to_owned(), group: entry.string("group") })
    }

    /// A percentage that asks for something.
    fn above_nothing(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Spanned<BasisPoints>> {
        let found = hundredths(entry, key)?;
        if found.value.is_zero() {
            let message = format!("`{key}` of 0 asks for nothing");
            let diagnostic = Diagnostic::new(Code::OutOfRange, message).at(found.span, "not above 0");
            self.faults.push(diagnostic.help("give a percentage above 0, or leave the key out"));
            return None;
        }
        Some(found)
    }

    /// A percentage that lets not everything pass.
    fn below_all(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Spanned<BasisPoints>> {
        let found = hundredths(entry, key)?;
        if found.value.is_whole() {
            let message = format!("`{key}` of 100 lets everything pass");
            let diagnostic = Diagnostic::new(Code::OutOfRange, message).at(found.span, "not below 100");
            self.faults.push(diagnostic.help("give a percentage below 100, or leave the key out"));
            return None;
        }
        Some(found)
    }

    fn asks_nothing(&mut self, entry: &Entry<'_, '_>, help: &str) {
        let diagnostic = Diagnostic::new(Code::EmptyPolicy, "the table asks for nothing");
        self.faults.push(diagnostic.at(entry.span(), "in this table").help(help));
    }

    fn unknown<'n>(&mut self, code: Code, what: &str, id: &Spanned<&str>, known: impl IntoIterator<Item = &'n str>) {
        let diagnostic = Diagnostic::new(code, format!("no {what} {}", quoted(id.value))).at(id.span, "named here");
        let help = if self.faults.are_many() { None } else { suggestion(id.value, known) };
        self.faults.push(diagnostic.maybe_help(help));
    }
}

/// A percentage with two places is a number of basis points.
fn hundredths(entry: &Entry<'_, '_>, key: &str) -> Option<Spanned<BasisPoints>> {
    let found = entry.decimal(key, 2)?;
    let points = u16::try_from(found.value).ok()?;
    Some(Spanned::new(BasisPoints::new(points), found.span))
}
