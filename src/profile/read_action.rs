//! The status of actions: places, what goes together, and what they link.

use super::read::Reading;
use super::read_conflict::Beside;
use super::{ActionEntry, EvidenceItem, EvidenceLink, Implementation, Place, PlaceSource, Status, Test, TestSource};
use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic, listed, quoted, suggestion};
use crate::id::ActionIdx;
use crate::library::{ActionType, Owner};
use crate::points::BasisPoints;
use crate::shape::Entry;
use crate::source::{Span, Spanned};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The keys that give a status of one's own.
const STATUS_KEYS: [&str; 8] =
    ["implementation", "implemented_on", "test", "tested_on", "test_reference", "fraction", "evidence", "instance"];

/// What a place takes from its action where it gives none of its own.
#[derive(Default)]
struct Inherited {
    source: Option<PlaceSource>,
    implemented_on: Option<Spanned<NaiveDate>>,
    tested_on: Option<Spanned<NaiveDate>>,
    reference: Option<String>,
    fraction: Option<Spanned<BasisPoints>>,
    evidence: Vec<EvidenceLink>,
}

impl Reading<'_> {
    /// All `[[action]]` entries, by action, then group, and what they say of themselves beside a parent.
    pub(super) fn actions(
        &mut self,
        top: &Entry<'_, '_>,
        evidence: &[EvidenceItem],
    ) -> (Vec<ActionEntry>, Vec<Beside>) {
        let mut seen: BTreeMap<(ActionIdx, Option<String>), Span> = BTreeMap::new();
        let (mut list, mut beside) = (Vec::new(), Vec::new());
        for entry in top.tables("action") {
            let Some(action) = self.action_at(&entry, "id") else { continue };
            let group = self.status_group(&entry, &action);
            if let Some(first) = seen.insert((action.value, group.clone()), action.span) {
                self.listed_twice(&action, first);
                continue;
            }
            if self.library.action(action.value).owner == Owner::Provider {
                self.provider_action(&action);
                continue;
            }
            let Some((status, own)) = self.status(&entry, evidence) else { continue };
            if let Status::Parent(_) = &status {
                let keys = ["implementation", "test"].into_iter().filter_map(|key| Some((key, entry.place(key)?)));
                let said = |(key, span)| Beside { action: action.value, group: group.clone(), key, span };
                beside.extend(keys.map(said));
            }
            list.push(ActionEntry {
                action: action.value,
                group,
                status,
                own,
                conflict: None,
                assigned_to: entry.string("assigned_to"),
                due_on: entry.date("due_on").map(|d| d.value),
                notes: entry.string("notes"),
                span: action.span,
            });
        }
        list.sort_by(|a, b| (a.action, &a.group).cmp(&(b.action, &b.group)));
        (list, beside)
    }

    fn listed_twice(&mut self, action: &Spanned<ActionIdx>, first: Span) {
        let id = &self.library.action(action.value).id.value;
        let message = format!("action `{id}` stands twice in this profile for the same group");
        let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(action.span, "again here");
        self.faults.push(diagnostic.at(first, "first here"));
    }

    fn provider_action(&mut self, action: &Spanned<ActionIdx>) {
        let message = format!("`{}` is the provider's action", self.library.action(action.value).id.value);
        let help = "drop the entry; to renew the provider's evidence add an `[[evidence]]` with a provider kind and `services`";
        let diagnostic =
            Diagnostic::new(Code::ProviderAction, message).at(action.span, "earned by evidence, not by a status");
        self.faults.push(diagnostic.help(help));
    }

    fn status_group(&mut self, entry: &Entry<'_, '_>, action: &Spanned<ActionIdx>) -> Option<String> {
        let group = entry.text("group")?;
        let action = self.library.action(action.value);
        if action.owner == Owner::Customer && action.action_type == ActionType::Technical {
            let message = format!("technical action `{}` has one status for all groups", action.id.value);
            let diagnostic =
                Diagnostic::new(Code::GroupOnTechnical, message).at(group.span, "not on a technical action");
            self.faults.push(diagnostic.help("drop `group`"));
        } else if !self.lacks_assessment && !self.assessments.iter().any(|a| a.group == group.value) {
            let known: Vec<String> = self.assessments.iter().map(|a| a.group.clone()).collect();
            self.unknown(Code::UnknownGroup, "assessment in group", &group, known.iter().map(String::as_str));
        }
        Some(group.value.to_owned())
    }

    /// Tells of entries that have no effect on the score.
    pub(super) fn useless_actions(&mut self, actions: &[ActionEntry]) {
        let mapped = self.mapped_actions();
        let used = self.services.iter().map(|s| self.library.service(s.value).id.value.as_str());
        let used: BTreeSet<&str> = used.collect();
        for entry in actions {
            let found = self.library.action(entry.action);
            if !mapped.contains(&entry.action) {
                let message = format!("no assessed template uses action `{}`", found.id.value);
                self.faults.push(Diagnostic::new(Code::ActionNotUsed, message).at(entry.span, "no effect"));
            } else if !found.services.is_empty() && !found.services.iter().any(|s| used.contains(s.value.as_str())) {
                let names: Vec<&str> = found.services.iter().map(|s| s.value.as_str()).collect();
                let id = &found.id.value;
                let message = format!("action `{id}` concerns only services that this profile does not use");
                let diagnostic = Diagnostic::new(Code::ActionNotApplicable, message).at(entry.span, "no effect");
                self.faults.push(diagnostic.help(format!("it concerns {}", listed(names))));
            }
        }
    }

    /// The status of an entry, and the one that it gives itself beside instances or a parent.
    fn status(&mut self, entry: &Entry<'_, '_>, evidence: &[EvidenceItem]) -> Option<(Status, Option<Place>)> {
        let source = entry.word::<TestSource>("test_source");
        if source.as_ref().is_some_and(|s| s.value == TestSource::Parent) || entry.place("parent").is_some() {
            let own = beside_parent(entry).filter(says_something);
            return self.parent(entry, source).map(|parent| (Status::Parent(parent), own));
        }
        let source = source.and_then(|s| PlaceSource::from_word(s.value.word()));
        if entry.tables("instance").next().is_none() {
            let own = Inherited { source, ..Inherited::default() };
            return self.place(entry, None, &own, evidence).map(|place| (Status::Single(place), None));
        }
        let mut own = None;
        if entry.place("implementation").is_some() {
            let inherited = Inherited { source, ..Inherited::default() };
            own = self.place(entry, None, &inherited, evidence);
        }
        let own = own.filter(|own| entry.place("test").is_some() || !own.implementation.is_done());
        let inherited = Inherited {
            source,
            implemented_on: entry.date("implemented_on"),
            tested_on: entry.date("tested_on"),
            reference: entry.string("test_reference"),
            fraction: fraction(entry),
            evidence: self.links(entry, evidence),
        };
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        let mut places = Vec::new();
        for instance in entry.tables("instance") {
            let name = instance.text("name");
            if let Some(name) = &name
                && let Some(first) = names.insert(name.value.to_owned(), name.span)
            {
                let message = format!("instance {} stands twice in this action", quoted(name.value));
                let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(name.span, "again here");
                self.faults.push(diagnostic.at(first, "first here"));
            }
            places.extend(self.place(&instance, name.map(|n| n.value.to_owned()), &inherited, evidence));
        }
        places.sort_by(|a, b| a.name.cmp(&b.name));
        (!places.is_empty()).then_some((Status::Instances(places), own.filter(says_something)))
    }

    fn parent(&mut self, entry: &Entry<'_, '_>, source: Option<Spanned<TestSource>>) -> Option<Spanned<ActionIdx>> {
        let parent = self.action_at(entry, "parent");
        match (entry.place("parent"), &source) {
            (None, _) => {
                let span = source.map_or(entry.span(), |s| s.span);
                let message = "`test_source = \"parent\"` lacks the `parent` whose status is taken over";
                let diagnostic = Diagnostic::new(Code::MisplacedParent, message).at(span, "no parent named");
                self.faults.push(diagnostic.help("add `parent = \"...\"` with the id of an action"));
            }
            (Some(span), source) if source.as_ref().is_none_or(|s| s.value != TestSource::Parent) => {
                let message = "`parent` has no effect without `test_source = \"parent\"`";
                let help = "write `test_source = \"parent\"` in place of a status of its own, or drop `parent`";
                let diagnostic = Diagnostic::new(Code::MisplacedParent, message).at(span, "not taken over");
                self.faults.push(diagnostic.help(help));
                return None;
            }
            _ => {}
        }
        for key in STATUS_KEYS.into_iter().filter(|key| !["implementation", "test"].contains(key)) {
            if let Some(span) = entry.place(key) {
                self.ignored(key, span);
            }
        }
        let parent = parent?;
        if self.library.action(parent.value).owner == Owner::Provider {
            let message = format!("parent `{}` is the provider's action", self.library.action(parent.value).id.value);
            let diagnostic =
                Diagnostic::new(Code::ParentNotCustomer, message).at(parent.span, "has no status to take over");
            self.faults.push(diagnostic);
            return None;
        }
        Some(parent)
    }

    fn place(
        &mut self,
        entry: &Entry<'_, '_>,
        name: Option<String>,
        inherited: &Inherited,
        evidence: &[EvidenceItem],
    ) -> Option<Place> {
        let source = entry.word("test_source").map(|s: Spanned<PlaceSource>| s.value);
        let source = source.or(inherited.source).unwrap_or(PlaceSource::Manual);
        let test = entry.word::<Test>("test");
        let own_fraction = fraction(entry);
        if let Some(fraction) = &own_fraction {
            self.fraction_fits(fraction, test.as_ref().map(|t| t.value), source);
        }
        let implemented_on = entry.date("implemented_on").or_else(|| inherited.implemented_on.clone());
        let tested_on = entry.date("tested_on").or_else(|| inherited.tested_on.clone());
        self.dates_fit(implemented_on.as_ref(), tested_on.as_ref());
        let links = self.links(entry, evidence);
        let Some(implementation) = entry.word::<Implementation>("implementation") else {
            self.lacks_implementation(entry);
            return None;
        };
        self.pair_fits(&implementation, test.as_ref(), source);
        let untested = if implementation.value == Implementation::NotInScope { Test::NotInScope } else { Test::None };
        Some(Place {
            name,
            implementation: implementation.value,
            test: test.map_or(untested, |t| t.value),
            source,
            implemented_on: implemented_on.map(|d| d.value),
            tested_on: tested_on.map(|d| d.value),
            reference: entry.string("test_reference").or_else(|| inherited.reference.clone()),
            fraction: own_fraction.or_else(|| inherited.fraction.clone()),
            evidence: if entry.place("evidence").is_some() { links } else { inherited.evidence.clone() },
            span: implementation.span,
        })
    }

    /// The shape requires it of an instance, but an action may do without where it has instances.
    fn lacks_implementation(&mut self, entry: &Entry<'_, '_>) {
        if entry.place("implementation").is_none() && entry.place("id").is_some() {
            let words = listed(Implementation::WORDS.iter().copied());
            let diagnostic = Diagnostic::new(Code::MissingKey, "an action lacks `implementation`");
            let help = format!("write one of {words}; leave the whole entry out while nobody has assessed it");
            self.faults
                .push(diagnostic.at(entry.place("id").unwrap_or(entry.span()), "where does it stand").help(help));
        }
    }

    fn fraction_fits(&mut self, fraction: &Spanned<BasisPoints>, test: Option<Test>, source: PlaceSource) {
        if test != Some(Test::PartiallyTested) || source != PlaceSource::Automatic {
            let message = "`fraction` belongs to an automatic test that is `partially-tested`";
            let help = "write `test = \"partially-tested\"` and `test_source = \"automatic\"`, or drop `fraction`";
            let diagnostic = Diagnostic::new(Code::MisplacedFraction, message).at(fraction.span, "would be ignored");
            self.faults.push(diagnostic.help(help));
        }
    }

    fn dates_fit(&mut self, implemented: Option<&Spanned<NaiveDate>>, tested: Option<&Spanned<NaiveDate>>) {
        if let (Some(implemented), Some(tested)) = (implemented, tested)
            && tested.value < implemented.value
        {
            let message = format!("tested on {}, before it was implemented on {}", tested.value, implemented.value);
            let diagnostic = Diagnostic::new(Code::DateOrder, message).at(tested.span, "earlier");
            self.faults.push(diagnostic.at(implemented.span, "than this"));
        }
    }

    fn pair_fits(
        &mut self,
        implementation: &Spanned<Implementation>,
        test: Option<&Spanned<Test>>,
        source: PlaceSource,
    ) {
        let Some(test) = test else { return };
        if !implementation.value.allows(Some(test.value), source) {
            let message = format!("test `{}` does not go with `{}`", test.value, implementation.value);
            let diagnostic = Diagnostic::new(Code::StatusPair, message).at(test.span, "this test");
            let diagnostic = diagnostic.at(implementation.span, "with this implementation");
            let allowed = implementation.value.tests(source);
            let by = if source == PlaceSource::Automatic { "an automatic" } else { "a manual" };
            self.faults.push(diagnostic.help(format!("with `{}` and {by} test goes {allowed}", implementation.value)));
        }
    }

    /// The evidence that an entry links: the profile's own of that id, else the library's.
    fn links(&mut self, entry: &Entry<'_, '_>, evidence: &[EvidenceItem]) -> Vec<EvidenceLink> {
        let mut links = Vec::new();
        for id in entry.texts("evidence").into_iter().filter(|id| crate::id::check(id.value).is_none()) {
            let own = evidence.binary_search_by(|e| e.id.value.as_str().cmp(id.value)).ok();
            let library = self.library.find_evidence(id.value);
            if own.is_none() && library.is_none() {
                let known = evidence.iter().filter(|_| !self.faults.are_many());
                let help = suggestion(id.value, known.map(|e| e.id.value.as_str()));
                let message = format!("no evidence `{}` in this profile or the library", id.value);
                let diagnostic = Diagnostic::new(Code::UnknownEvidence, message).at(id.span, "linked here");
                self.faults.push(diagnostic.maybe_help(help));
            }
            links.extend(own.map(EvidenceLink::Own).or(library.map(EvidenceLink::Library)));
        }
        links.sort_unstable();
        links.dedup();
        links
    }
}

fn fraction(entry: &Entry<'_, '_>) -> Option<Spanned<BasisPoints>> {
    let scaled = entry.decimal("fraction", 4)?;
    u16::try_from(scaled.value).ok().map(|f| Spanned::new(BasisPoints::new(f), scaled.span))
}

/// Whether a status beside another says something that the other can contradict. Partially tested is what
/// places that differ come to; and it carries the fraction that they take over.
fn says_something(own: &Place) -> bool {
    own.test != Test::PartiallyTested
}

/// The status that an action gives itself beside a parent; implemented and no word of a test says nothing.
fn beside_parent(entry: &Entry<'_, '_>) -> Option<Place> {
    let implementation = entry.word::<Implementation>("implementation")?;
    let test = entry.word::<Test>("test");
    if test.is_none() && implementation.value.is_done() {
        return None;
    }
    let untested = if implementation.value == Implementation::NotInScope { Test::NotInScope } else { Test::None };
    Some(Place {
        name: None,
        implementation: implementation.value,
        test: test.map_or(untested, |t| t.value),
        source: PlaceSource::Manual,
        implemented_on: entry.date("implemented_on").map(|d| d.value),
        tested_on: entry.date("tested_on").map(|d| d.value),
        reference: None,
        fraction: None,
        evidence: Vec::new(),
        span: implementation.span,
    })
}
