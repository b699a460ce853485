//! The changes that can be supposed, out of the words of a command line.

use crate::choice::Choice;
use crate::diagnostic::{listed, quoted, suggestion};
use crate::id::{ActionIdx, EvidenceIdx, ServiceIdx};
use crate::library::{ActionType, Library, Owner};
use crate::profile::{Implementation, Place, Profile, Status, Test};
use chrono::NaiveDate;

/// One change that is supposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supposition {
    /// An action has another status: in one group, in one place.
    Set {
        /// The action.
        action: String,
        /// The group the status is for.
        group: Option<String>,
        /// The instance.
        instance: Option<String>,
        /// The status.
        status: Supposed,
    },
    /// A service is used.
    AddService(String),
    /// A service is no longer used.
    DropService(String),
    /// An item of evidence of the profile is gone, or one of the library, if the profile has none of that id.
    DropEvidence {
        /// The item.
        id: String,
        /// Whether it is the library's.
        is_library: bool,
    },
    /// An item of evidence holds until another day.
    Renew {
        /// The item.
        id: String,
        /// Whether it is the library's.
        is_library: bool,
        /// The new last day.
        until: NaiveDate,
    },
    /// A control is excluded.
    Exclude {
        /// The control.
        control: String,
        /// The framework, where several have it.
        framework: Option<String>,
    },
}

/// The status that is supposed of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supposed {
    /// Implemented, tested with success, and proved.
    Done,
    /// Nobody has assessed it.
    Unassessed,
    /// One or both of the two statuses.
    Status {
        /// How far it is put into practice.
        implementation: Option<Implementation>,
        /// What its test showed.
        test: Option<Test>,
    },
}

/// Why a change cannot be supposed, and the way out.
type Refusal = (String, Option<String>);

impl Supposition {
    /// `ACTION=STATUS`, with `@GROUP` and `#INSTANCE` after the action where they are wanted.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn set(text: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let (subject, status) = pair(text, "ACTION=STATUS, such as `require-mfa-for-admins=done`")?;
        let (subject, instance) = split(subject, '#');
        let (action, group) = split(subject, '@');
        let known = library.find_action(action).ok_or_else(|| {
            let customer = library.actions().iter().filter(|a| a.owner == Owner::Customer);
            unknown("action", action, customer.map(|a| a.id.value.as_str()))
        })?;
        let found = library.action(known);
        if found.owner == Owner::Provider {
            let help = "its points come from evidence: `--renew EVIDENCE=DATE`, `--drop-evidence EVIDENCE`";
            return Err((format!("`{action}` is the provider's action"), Some(help.to_owned())));
        }
        let groups = profile.groups();
        if let Some(group) = group {
            if found.action_type == ActionType::Technical {
                let message = format!("technical action `{action}` has one status for all groups");
                return Err((message, Some(format!("drop `@{group}`"))));
            }
            if !groups.contains(&group) {
                return Err(unknown("group", group, groups.iter().copied()));
            }
        }
        if let Some(instance) = instance {
            is_instance(profile, known, group, instance)?;
        }
        let own = |text: Option<&str>| text.map(str::to_owned);
        let (group, instance) = (own(group), own(instance));
        Ok(Self::Set { action: action.to_owned(), group, instance, status: supposed(status)? })
    }

    /// The id of a service to be used.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn add_service(id: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let Some(service) = library.find_service(id) else {
            let named = library.service_named(id);
            let known = library.services().iter().map(|s| s.id.value.as_str());
            let (message, help) = unknown("service", id, known);
            return Err((message, named.or(help)));
        };
        if uses(profile, service) {
            return Err((format!("the profile uses `{id}` already"), None));
        }
        Ok(Self::AddService(id.to_owned()))
    }

    /// The id of a service that is used.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn drop_service(id: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let known = profile.services.iter().map(|s| library.service(s.value).id.value.as_str());
        let used: Vec<&str> = known.chain(profile.externals.iter().map(|e| e.id.as_str())).collect();
        if used.contains(&id) {
            return Ok(Self::DropService(id.to_owned()));
        }
        let (message, help) = unknown("service", id, used.iter().copied());
        Err((format!("{message} that this profile uses"), help))
    }

    /// The id of an item of evidence.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn drop_evidence(id: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let is_library = is_library_evidence(id, library, profile)?.is_some();
        Ok(Self::DropEvidence { id: id.to_owned(), is_library })
    }

    /// `EVIDENCE=DATE`, the new last day.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn renew(text: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let form = "EVIDENCE=DATE, such as `azure-iso-certificate=2027-06-30`";
        let (id, day) = pair(text, form)?;
        let until: Option<NaiveDate> = day.parse().ok().filter(|date: &NaiveDate| date.to_string() == day);
        let until = until.ok_or_else(|| (format!("{} is no date", quoted(day)), Some(format!("write {form}"))))?;
        let is_library = is_library_evidence(id, library, profile)?.is_some();
        Ok(Self::Renew { id: id.to_owned(), is_library, until })
    }

    /// The id of a control, with `@FRAMEWORK` where several assessed ones have it.
    ///
    /// # Errors
    /// What is wrong with it, and the way out.
    pub fn exclude(text: &str, library: &Library, profile: &Profile) -> Result<Self, Refusal> {
        let (control, framework) = split(text, '@');
        let assessed = || profile.assessments.iter().map(|a| library.template(a.template).framework.value.as_str());
        if let Some(framework) = framework.filter(|f| !assessed().any(|a| a == *f)) {
            return Err(unknown("assessed framework", framework, assessed()));
        }
        let within = assessed().filter(|id| framework.is_none_or(|f| f == *id));
        let within = within.filter_map(|id| library.find_framework(id)).map(|f| library.framework(f));
        let controls: Vec<&str> = within.flat_map(|f| f.controls.iter().map(|c| c.id.value.as_str())).collect();
        if !controls.contains(&control) {
            return Err(unknown("control", control, controls));
        }
        Ok(Self::Exclude { control: control.to_owned(), framework: framework.map(str::to_owned) })
    }

    /// The library's item that is gone.
    pub(super) fn library_evidence_dropped(&self) -> Option<&str> {
        match self {
            Self::DropEvidence { id, is_library: true } => Some(id),
            _ => None,
        }
    }
}

fn pair<'t>(text: &'t str, form: &str) -> Result<(&'t str, &'t str), Refusal> {
    let found = text.split_once('=').map(|(a, b)| (a.trim(), b.trim()));
    found
        .filter(|(a, _)| !a.is_empty())
        .ok_or_else(|| (format!("{} is no change", quoted(text)), Some(format!("write {form}"))))
}

/// What stands before a mark, and after it.
fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn unknown<'n>(what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> Refusal {
    (format!("there is no {what} {}", quoted(name)), suggestion(name, known))
}

fn uses(profile: &Profile, service: ServiceIdx) -> bool {
    profile.services.iter().any(|s| s.value == service)
}

/// The library's item of this id, unless the profile has one of its own.
fn is_library_evidence(id: &str, library: &Library, profile: &Profile) -> Result<Option<EvidenceIdx>, Refusal> {
    let own = || profile.evidence.iter().map(|e| e.id.value.as_str());
    if own().any(|known| known == id) {
        return Ok(None);
    }
    let found = library.find_evidence(id);
    let known = own().chain(library.evidence().iter().map(|e| e.id.value.as_str()));
    found.map(Some).ok_or_else(|| unknown("evidence", id, known))
}

fn is_instance(profile: &Profile, action: ActionIdx, group: Option<&str>, name: &str) -> Result<(), Refusal> {
    let entries = profile.actions.iter().filter(|e| e.action == action && e.group.as_deref() == group);
    let names: Vec<&str> = entries.flat_map(|e| names_of(&e.status)).collect();
    if names.contains(&name) { Ok(()) } else { Err(unknown("instance", name, names)) }
}

fn names_of(status: &Status) -> impl Iterator<Item = &str> {
    let places: &[Place] = match status {
        Status::Instances(places) => places,
        Status::Single(_) | Status::Parent(_) => &[],
    };
    places.iter().filter_map(|place| place.name.as_deref())
}

/// A status: one word of either kind, or one of each with a `/` between them.
fn supposed(text: &str) -> Result<Supposed, Refusal> {
    let of = |implementation, test| Ok(Supposed::Status { implementation, test });
    match (text, Implementation::from_word(text), Test::from_word(text)) {
        ("done", ..) => return Ok(Supposed::Done),
        ("unassessed", ..) => return Ok(Supposed::Unassessed),
        (_, Some(implementation), _) => return of(Some(implementation), None),
        (_, None, Some(test)) => return of(None, Some(test)),
        _ => {}
    }
    if let Some((first, second)) = text.split_once('/')
        && let (Some(implementation), Some(test)) = (Implementation::from_word(first), Test::from_word(second))
    {
        return of(Some(implementation), Some(test));
    }
    let words = || ["done", "unassessed"].into_iter().chain(Implementation::WORDS.iter().copied());
    let words = || words().chain(Test::WORDS.iter().copied().filter(|w| Implementation::from_word(w).is_none()));
    let nearest = suggestion(text, words());
    let all = format!("write one of {}, or both as in `implemented/passed`", listed(words()));
    Err((format!("{} is no status", quoted(text)), nearest.or(Some(all))))
}
