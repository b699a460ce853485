//! What can be supposed of all tenants, and what cannot.

use super::FleetSupposed;
use crate::diagnostic::suggestion;
use crate::fleet::forecast::title;
use crate::id::{ActionIdx, EvidenceIdx, ServiceIdx};
use crate::library::{Library, Owner};

/// Something that is supposed of all tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FleetSupposition {
    /// An item of the library's evidence has never been issued.
    WithoutEvidence(EvidenceIdx),
    /// A service is retired.
    RetireService(ServiceIdx),
    /// Everybody whom an action concerns has done it, tested with success, and can show it.
    Implement(ActionIdx),
    /// Everybody whom an action concerns fails its test.
    Fail(ActionIdx),
}

/// Why something cannot be supposed, and the way out.
type Refusal = (String, Option<String>);

impl FleetSupposition {
    /// That the library's evidence with this id is gone.
    ///
    /// # Errors
    /// If the library has none of that id.
    pub fn without_evidence(library: &Library, id: &str) -> Result<Self, Refusal> {
        let known = || library.evidence().iter().map(|e| e.id.value.as_str());
        let found = library.find_evidence(id).map(Self::WithoutEvidence);
        found.ok_or_else(|| unknown(id, "no evidence of the library has the id", known()))
    }

    /// That the service with this id is retired.
    ///
    /// # Errors
    /// If the library has none of that id.
    pub fn retire_service(library: &Library, id: &str) -> Result<Self, Refusal> {
        let known = || library.services().iter().map(|s| s.id.value.as_str());
        let found = library.find_service(id).map(Self::RetireService);
        found.ok_or_else(|| unknown(id, "no service of the library has the id", known()))
    }

    /// That everybody has done the action with this id.
    ///
    /// # Errors
    /// If the library has none of that id, or it is the provider's.
    pub fn implement(library: &Library, id: &str) -> Result<Self, Refusal> {
        customers_action(library, id).map(Self::Implement)
    }

    /// That everybody fails the test of the action with this id.
    ///
    /// # Errors
    /// If the library has none of that id, or it is the provider's.
    pub fn fail(library: &Library, id: &str) -> Result<Self, Refusal> {
        customers_action(library, id).map(Self::Fail)
    }

    pub(super) fn told(self, library: &Library) -> FleetSupposed {
        let told = |kind, id: &str, title: String| FleetSupposed { kind, id: id.to_owned(), title };
        match self {
            Self::WithoutEvidence(item) => {
                let item = library.evidence_item(item);
                told("without-evidence", item.id.value.as_str(), title(item))
            }
            Self::RetireService(service) => {
                let service = library.service(service);
                told("retire-service", service.id.value.as_str(), service.name.clone())
            }
            Self::Implement(action) | Self::Fail(action) => {
                let kind = if matches!(self, Self::Fail(_)) { "fail" } else { "implement" };
                let action = library.action(action);
                told(kind, action.id.value.as_str(), action.title.clone())
            }
        }
    }
}

fn unknown<'n>(id: &str, what: &str, known: impl Iterator<Item = &'n str>) -> Refusal {
    (format!("{what} `{}`", id.escape_debug()), suggestion(id, known))
}

fn customers_action(library: &Library, id: &str) -> Result<ActionIdx, Refusal> {
    let customers = || library.actions().iter().filter(|a| a.owner == Owner::Customer).map(|a| a.id.value.as_str());
    let found =
        library.find_action(id).ok_or_else(|| unknown(id, "no action of the library has the id", customers()))?;
    match library.action(found).owner {
        Owner::Customer => Ok(found),
        Owner::Provider => {
            let help = "what the provider does follows from its evidence: `--without-evidence`, `--retire-service`";
            Err((format!("the action `{id}` is the provider's"), Some(help.to_owned())))
        }
    }
}
