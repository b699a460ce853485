//! Parts to a whole: files sorted into kinds, merged by id, layer over layer.
//!
//! A layer is one library folder; the built-in library is the lowest. Within a layer an id may be
//! defined once; a higher layer overrides a lower one by id, a catalogue and a template as a whole,
//! services, evidence and actions one by one.

use super::{Action, Allowance, Crosswalk, Evidence, Framework, Library, Provider, Service, Template};
use super::{action, catalog, crosswalk, provider, resolve, template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::id::ProviderId;
use crate::source::Span;
use std::collections::BTreeMap;

/// A file of a library folder: its path inside the folder, with `/`, and where its text was put.
#[derive(Clone, Copy, Debug)]
pub struct LibraryText<'a> {
    /// Which folder, counted from 1; the base library is layer 0.
    pub layer: u32,
    /// The path inside the folder.
    pub path: &'a str,
    /// The number of the source file.
    pub file: u32,
    /// The text.
    pub text: &'a str,
}

/// What a file is, by its place in the folder.
enum Place<'a> {
    Catalog,
    Crosswalk,
    Provider,
    Actions { folder: &'a str },
    Template,
    Profile,
    Stray,
}

fn place(path: &str) -> Place<'_> {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["controls", _] => Place::Catalog,
        ["controls", "crosswalk", _] => Place::Crosswalk,
        ["templates", _, "provider.toml"] => Place::Provider,
        ["templates", folder, "actions", _] => Place::Actions { folder },
        ["templates", _, "profiles", _] => Place::Profile,
        ["templates", _, _] => Place::Template,
        _ => Place::Stray,
    }
}

/// Whether a starter profile lies at this path inside a library folder.
#[must_use]
pub fn is_starter_profile(path: &str) -> bool {
    matches!(place(path), Place::Profile)
}

/// Merges `files` over `base` and holds every reference against the whole.
pub fn assemble(base: Library, files: &[LibraryText<'_>], faults: &mut Diagnostics) -> Library {
    let mut parts = Parts::from(base);
    let mut owners: BTreeMap<(u32, &str), ProviderId> = BTreeMap::new();
    let mut merged = Merged::default();
    // The providers first, for a folder of actions belongs to the provider that stands beside it.
    let is_provider = |file: &&LibraryText<'_>| matches!(place(file.path), Place::Provider);
    let (providers, others): (Vec<_>, Vec<_>) = files.iter().partition(is_provider);
    for file in providers.into_iter().chain(others) {
        let mut found = Diagnostics::new();
        parts.add(file, &mut owners, &mut merged, &mut found);
        merged.note(&place(file.path), found.has_errors());
        faults.append(found);
    }
    let library = parts.into_library();
    resolve::check(&library, &merged, faults);
    library
}

/// What is known of the files besides what they define.
#[derive(Default)]
pub(super) struct Merged {
    /// The providers that folders of actions belong to, each with a file of such a folder.
    pub(super) folders: BTreeMap<ProviderId, Span>,
    /// Some catalogue has a fault, so that what it defines may have been left out; a reference to
    /// it is then no fault of its own.
    pub(super) lacks_catalogs: bool,
    /// The same for providers, their services and evidence.
    pub(super) lacks_providers: bool,
    /// The same for actions.
    pub(super) lacks_actions: bool,
}

impl Merged {
    fn note(&mut self, place: &Place<'_>, is_faulty: bool) {
        match place {
            Place::Catalog => self.lacks_catalogs |= is_faulty,
            Place::Provider => self.lacks_providers |= is_faulty,
            Place::Actions { .. } => self.lacks_actions |= is_faulty,
            Place::Crosswalk | Place::Template | Place::Profile | Place::Stray => {}
        }
    }
}

impl Parts {
    fn add<'a>(
        &mut self,
        file: &LibraryText<'a>,
        owners: &mut BTreeMap<(u32, &'a str), ProviderId>,
        merged: &mut Merged,
        faults: &mut Diagnostics,
    ) {
        match place(file.path) {
            Place::Provider => {
                let Some(found) = provider::read(file.text, file.file, faults) else { return };
                let folder = file.path.split('/').nth(1).unwrap_or_default();
                owners.insert((file.layer, folder), found.provider.id.value.clone());
                found.services.into_iter().for_each(|s| self.services.put(file.layer, s, faults));
                self.allowances.extend(found.allowances);
                found.evidence.into_iter().for_each(|e| self.evidence.put(file.layer, e, faults));
                self.providers.put(file.layer, found.provider, faults);
            }
            Place::Catalog => {
                if let Some(mut found) = catalog::read(file.text, file.file, faults) {
                    self.allowances.append(&mut found.allowances);
                    self.frameworks.put(file.layer, found, faults);
                }
            }
            Place::Crosswalk => {
                if let Some(mut found) = crosswalk::read(file.text, file.file, faults) {
                    self.allowances.append(&mut found.allowances);
                    self.crosswalks.put(file.layer, found, faults);
                }
            }
            Place::Template => {
                if let Some(mut found) = template::read(file.text, file.file, faults) {
                    self.allowances.append(&mut found.allowances);
                    self.templates.put(file.layer, found, faults);
                }
            }
            Place::Actions { folder } => {
                let owner = owners.get(&(file.layer, folder)).cloned().or_else(|| ProviderId::new(folder));
                let Some(owner) = owner else { return stray(file, faults) };
                merged.folders.entry(owner.clone()).or_insert(Span { file: file.file, start: 0, end: 0 });
                let found = action::read(file.text, file.file, &owner, faults);
                self.allowances.extend(found.allowances);
                found.actions.into_iter().for_each(|a| self.actions.put(file.layer, a, faults));
            }
            Place::Profile => {}
            Place::Stray => stray(file, faults),
        }
    }
}

fn stray(file: &LibraryText<'_>, faults: &mut Diagnostics) {
    let message = format!("`{}` is not read: no kind of library file lies there", file.path);
    let at = Span { file: file.file, start: 0, end: 0 };
    let help = "catalogues are `controls/*.toml`, crosswalks `controls/crosswalk/*.toml`; a provider is `templates/<id>/` with `provider.toml`, `actions/*.toml` and its templates";
    faults.push(Diagnostic::new(Code::StrayFile, message).at(at, "this file").about(file.path).help(help));
}

/// What is merged by id.
trait Named {
    const WHAT: &'static str;
    fn id(&self) -> (&str, Span);
}

macro_rules! named {
    ($($type:ident $what:literal;)+) => {$(
        impl Named for $type {
            const WHAT: &'static str = $what;
            fn id(&self) -> (&str, Span) {
                (self.id.value.as_str(), self.id.span)
            }
        }
    )+};
}

named! {
    Framework "framework";
    Crosswalk "crosswalk";
    Provider "provider";
    Service "service";
    Evidence "evidence";
    Action "action";
    Template "template";
}

/// Things by id, each with the layer it came from.
struct Layered<T> {
    by_id: BTreeMap<String, (u32, T)>,
}

impl<T: Named> Layered<T> {
    fn new(list: Vec<T>) -> Self {
        Self { by_id: list.into_iter().map(|item| (item.id().0.to_owned(), (0, item))).collect() }
    }

    fn put(&mut self, layer: u32, item: T, faults: &mut Diagnostics) {
        let (id, span) = item.id();
        match self.by_id.get(id) {
            Some((other, first)) if *other == layer => {
                let message = format!("{} `{id}` is defined twice", T::WHAT);
                let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(span, "again here").about(id);
                faults.push(diagnostic.at(first.id().1, "first here"));
            }
            _ => {
                self.by_id.insert(id.to_owned(), (layer, item));
            }
        }
    }

    fn into_list(self) -> Vec<T> {
        self.by_id.into_values().map(|(_, item)| item).collect()
    }
}

struct Parts {
    frameworks: Layered<Framework>,
    crosswalks: Layered<Crosswalk>,
    providers: Layered<Provider>,
    services: Layered<Service>,
    evidence: Layered<Evidence>,
    actions: Layered<Action>,
    templates: Layered<Template>,
    allowances: Vec<Allowance>,
}

impl From<Library> for Parts {
    fn from(base: Library) -> Self {
        Self {
            frameworks: Layered::new(base.frameworks),
            crosswalks: Layered::new(base.crosswalks),
            providers: Layered::new(base.providers),
            services: Layered::new(base.services),
            evidence: Layered::new(base.evidence),
            actions: Layered::new(base.actions),
            templates: Layered::new(base.templates),
            allowances: base.allowances,
        }
    }
}

impl Parts {
    fn into_library(self) -> Library {
        Library {
            frameworks: self.frameworks.into_list(),
            crosswalks: self.crosswalks.into_list(),
            providers: self.providers.into_list(),
            services: self.services.into_list(),
            evidence: self.evidence.into_list(),
            actions: self.actions.into_list(),
            templates: self.templates.into_list(),
            allowances: self.allowances,
            language: None,
        }
    }
}
