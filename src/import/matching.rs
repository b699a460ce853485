//! The actions that a fact is about, and whether the profile has to do with them at all.

use super::fact::{Fact, Reason, Subject};
use super::map::Map;
use crate::diagnostic::{nearest, quoted};
use crate::id::ActionIdx;
use crate::library::{ActionType, Library, Owner};
use crate::profile::Profile;
use std::collections::{BTreeMap, BTreeSet};

/// Why a fact is not used, and what more there is to say.
pub(super) type Refused = (Reason, String);

/// What facts are matched against.
pub(super) struct Matching<'a> {
    library: &'a Library,
    profile: &'a Profile,
    map: &'a Map,
    /// The actions of each signal, lowercase.
    signals: BTreeMap<String, Vec<ActionIdx>>,
    /// The actions of each title, folded.
    titles: BTreeMap<String, Vec<ActionIdx>>,
    /// The actions that the assessed templates use.
    assessed: BTreeSet<ActionIdx>,
    /// The ids of the services that the profile uses.
    used: BTreeSet<&'a str>,
}

impl<'a> Matching<'a> {
    pub(super) fn new(library: &'a Library, profile: &'a Profile, map: &'a Map) -> Self {
        let (mut signals, mut titles) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for action in library.actions() {
            let Some(index) = library.find_action(action.id.value.as_str()) else { continue };
            for signal in &action.signals {
                signals.entry(signal.to_lowercase()).or_default().push(index);
            }
            titles.entry(folded(&action.title)).or_default().push(index);
        }
        let templates: BTreeSet<_> = profile.assessments.iter().map(|a| a.template).collect();
        let ids = templates.iter().flat_map(|t| library.template(*t).map.iter()).flat_map(|m| &m.actions);
        Self {
            library,
            profile,
            map,
            signals,
            titles,
            assessed: ids.filter_map(|id| library.find_action(id.value.as_str())).collect(),
            used: profile.services.iter().map(|s| library.service(s.value).id.value.as_str()).collect(),
        }
    }

    /// The actions of the profile that a fact is about, at least one.
    ///
    /// # Errors
    /// Why it is about none of them.
    pub(super) fn actions(&self, fact: &Fact) -> Result<Vec<ActionIdx>, Refused> {
        let named = self.named(fact)?;
        let (mut found, mut refused) = (Vec::new(), None);
        for action in named {
            match self.concern(action) {
                Ok(()) => found.push(action),
                Err(reason) => refused = refused.or(Some(reason)),
            }
        }
        match refused {
            Some(refused) if found.is_empty() => Err(refused),
            _ => Ok(found),
        }
    }

    /// The actions that the subject of a fact names, at least one.
    fn named(&self, fact: &Fact) -> Result<Vec<ActionIdx>, Refused> {
        let subject = &fact.subject;
        let mapped = self.map.actions(subject.text()).or_else(|| self.map.actions(&fact.row.id));
        if let Some(actions) = mapped {
            let ignored = || (Reason::Ignored, "the map file leaves it out".to_owned());
            return if actions.is_empty() { Err(ignored()) } else { Ok(actions.to_vec()) };
        }
        let found = match subject {
            Subject::Action(id) => self.library.find_action(id).map(|action| vec![action]),
            Subject::Signal(signal) => self.signals.get(&signal.to_lowercase()).cloned(),
            Subject::Title(title) => match self.titles.get(&folded(title)) {
                // A spreadsheet may well hold ids where titles are expected.
                None => self.library.find_action(title).map(|action| vec![action]),
                found => found.cloned(),
            },
        };
        found.ok_or_else(|| (Reason::NoAction, self.nothing(subject)))
    }

    /// That nothing has such a subject, with what is nearest to it.
    fn nothing(&self, subject: &Subject) -> String {
        let near = |found: Option<&str>| found.map(|n| format!("; the nearest is {}", quoted(n))).unwrap_or_default();
        match subject {
            Subject::Signal(signal) => {
                let kind = signal.split_once(':').map_or("", |(kind, _)| kind).to_lowercase();
                let same = |known: &&String| known.split_once(':').is_some_and(|(own, _)| own == kind);
                let known: Vec<&str> = self.signals.keys().filter(same).map(String::as_str).collect();
                if known.is_empty() {
                    return format!("the library knows no checks of the kind {}; name it in a map file", quoted(&kind));
                }
                format!("no action of the library names {}{}", quoted(signal), near(slip(signal, &known)))
            }
            Subject::Action(id) => {
                let known = self.library.actions().iter().map(|a| a.id.value.as_str());
                format!("no action {} in the library{}", quoted(id), near(nearest(id, known)))
            }
            Subject::Title(title) => {
                let known = self.library.actions().iter().map(|a| a.title.as_str());
                format!("no action of the library is called {}{}", quoted(title), near(nearest(title, known)))
            }
        }
    }

    /// Whether the profile has to do with an action.
    fn concern(&self, action: ActionIdx) -> Result<(), Refused> {
        let found = self.library.action(action);
        let id = &found.id.value;
        if found.owner == Owner::Provider {
            return Err((Reason::ProviderAction, format!("`{id}` is earned by the provider's evidence")));
        }
        if !self.assessed.contains(&action) {
            return Err((Reason::NotAssessed, format!("no assessed template uses `{id}`")));
        }
        if !found.services.is_empty() && !found.services.iter().any(|s| self.used.contains(s.value.as_str())) {
            let names: Vec<&str> = found.services.iter().map(|s| s.value.as_str()).collect();
            return Err((Reason::ServiceNotUsed, format!("`{id}` concerns {}, not used here", names.join(", "))));
        }
        Ok(())
    }

    /// The groups for which the profile keeps a status that the fact is about: those of its entries, or
    /// the one that a new entry would be for.
    ///
    /// # Errors
    /// No assessment is in its group.
    pub(super) fn groups(&self, action: ActionIdx, fact: &Fact) -> Result<Vec<Option<String>>, Refused> {
        let mine = |e: &&crate::profile::ActionEntry| e.action == action;
        if self.library.action(action).action_type == ActionType::Technical {
            return Ok(vec![None]);
        }
        let Some(group) = fact.group.as_deref().map(|group| self.map.group(group)) else {
            let entries: Vec<_> = self.profile.actions.iter().filter(mine).map(|e| e.group.clone()).collect();
            return Ok(if entries.is_empty() { vec![None] } else { entries });
        };
        let known = self.profile.groups();
        let Some(found) = known.iter().find(|known| known.eq_ignore_ascii_case(group)) else {
            let detail =
                format!("no assessment is in group {}; `[[group]]` of a map file says which is meant", quoted(group));
            return Err((Reason::UnknownGroup, detail));
        };
        // With one group only, a status for every group is that group's.
        let has_general = self.profile.actions.iter().filter(mine).any(|e| e.group.is_none());
        let is_general = known.len() == 1 && (has_general || !self.profile.actions.iter().any(|e| mine(&e)));
        Ok(vec![(!is_general).then(|| (*found).to_owned())])
    }

    /// What a place of the source is called in the profile.
    pub(super) fn place(&self, fact: &Fact) -> Option<String> {
        fact.place.as_deref().map(|place| self.map.place(place).to_owned())
    }
}

/// A known name that differs only in its version or by a letter, for long lists of names that look alike.
fn slip<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let name = name.to_lowercase();
    let stem = |name: &str| name.rfind('v');
    let own = stem(&name).and_then(|end| name.get(..end));
    let same = known.iter().find(|other| own.is_some() && stem(other).and_then(|end| other.get(..end)) == own);
    same.or_else(|| known.iter().find(|other| is_slip(other, &name))).copied()
}

/// Whether two names differ by a letter that is missing, another, or swapped with the next. There may be
/// many thousands of names, so that this looks at each letter once.
fn is_slip(one: &str, other: &str) -> bool {
    let begin = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (one, other) =
        (one.as_bytes().get(begin..).unwrap_or_default(), other.as_bytes().get(begin..).unwrap_or_default());
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (one.get(..one.len() - end), other.get(..other.len() - end)) {
        (Some([] | [_]), Some([] | [_])) => true,
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        _ => false,
    }
}

/// A title without differences of case and blanks.
fn folded(title: &str) -> String {
    title.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{is_slip, slip};

    #[test]
    fn a_slip_is_one_letter_or_another_version() {
        for (one, other) in [("abc", "abc"), ("abc", "ac"), ("abc", "abd"), ("abc", "acb"), ("abc", "abca"), ("", "a")]
        {
            assert!(is_slip(one, other) && is_slip(other, one), "{one} {other}");
        }
        for (one, other) in [("abc", "cba"), ("abc", "a"), ("abcd", "badc"), ("", "ab"), ("abc", "abcaa")] {
            assert!(!is_slip(one, other) && !is_slip(other, one), "{one} {other}");
        }
        let known = ["scuba:ms.aad.1.1v1", "scuba:ms.aad.3.3v2", "prowler-azure:aks_rbac"];
        assert_eq!(slip("scuba:MS.AAD.3.3v1", &known), Some("scuba:ms.aad.3.3v2"));
        assert_eq!(slip("scuba:MS.AAD.1.1v2", &known), Some("scuba:ms.aad.1.1v1"));
        assert_eq!(slip("prowler-azure:aks_rbc", &known), Some("prowler-azure:aks_rbac"));
        assert_eq!(slip("prowler-azure:aks", &known), None);
    }
}
