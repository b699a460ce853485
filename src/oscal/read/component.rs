//! Component definitions to `templates/<provider>/`: services, actions, and the map of a template.
//!
//! A requirement that a component implements is an action of the provider; a statement that its roles put
//! on the customer is an action of the customer. What OSCAL does not say, purpose and enforcement, is taken
//! alike for all of them, and a note says so.

use super::catalog::{self, Catalog};
use super::write::{Page, file_name, one_line, slug};
use super::{Left, LibraryDraft, ReadOptions};
use crate::choice::Choice;
use crate::diagnostic::{Diagnostics, quoted, suggestion};
use crate::id::check;
use crate::library::{ActionType, Enforcement, Library, Owner, Purpose};
use crate::oscal_text::words::{about, service};
use crate::oscal_text::{Document, ModelKind, Part, token};
use std::collections::{BTreeMap, BTreeSet};

/// After so many that were left out, the nearest names are no longer looked for.
const MANY: usize = 500;
/// What is not said of an action and taken for granted.
const TAKEN: &str = "OSCAL does not say what an action does to a risk and whether it can be bypassed: those that the \
                     library does not know are taken as `preventative` and `discretionary`, 9 points each";
const NO_EVIDENCE: &str = "no evidence is made: a provider's actions earn nothing until an item names the service";

/// Reads component definitions; nothing if a fault was told.
pub(super) fn draft(document: &Document<'_>, options: &ReadOptions<'_>) -> Result<Option<LibraryDraft>, Diagnostics> {
    let body = document.body();
    let Some(metadata) = body.part("metadata") else { return Ok(None) };
    let catalog = match options.catalog {
        Some((text, file)) => Some(along(text, file, options.framework)?),
        None => None,
    };
    let Some(known) = known(document, &metadata, catalog.as_ref(), options) else { return Ok(None) };
    let (Some(title), Some(version)) = (metadata.needed("title"), metadata.day("last-modified")) else {
        if metadata.text("last-modified").is_none() {
            metadata.lacks("last-modified");
        }
        return Ok(None);
    };
    let parties = metadata.parts("parties");
    let party = parties.iter().find(|party| party.text("type") == Some("organization")).or(parties.first());
    let name = one_line(party.and_then(|party| party.text("name")).unwrap_or(title));
    let components = body.parts("components");
    let own = || components.iter().find_map(|component| component.own(service::PROVIDER)).map(str::to_owned);
    let provider = options.provider.map(str::to_owned).or_else(own).or_else(|| slug(&name));
    let provider = provider.unwrap_or_else(|| "provider".to_owned());
    if let Some(why) = check(&provider).or_else(|| provider.contains('/').then(|| "it names a folder".to_owned())) {
        metadata.fault("title", format!("{} cannot be the id of the provider: {why}", quoted(&provider)), None);
        return Ok(None);
    }
    let mut reading = Reading {
        library: options.library,
        known,
        provider,
        uuids: BTreeSet::new(),
        services: BTreeMap::new(),
        named: BTreeMap::new(),
        actions: BTreeMap::new(),
        map: BTreeMap::new(),
        left: Vec::new(),
    };
    components.iter().for_each(|component| reading.component(component));
    for capability in body.parts("capabilities") {
        let id = capability.text("name").unwrap_or("capability").to_owned();
        let why = "a capability groups components, which are taken one by one".to_owned();
        reading.left.push(Left { at: capability.start(), id, why });
    }
    if reading.actions.is_empty() {
        let message = format!("no component implements a control of `{}`", reading.known.framework);
        let help = reading.left.first().map(|left| format!("{}: {}", left.id, left.why));
        document.fault(body.start(), message, "this definition", help);
        return Ok(None);
    }
    let mut made = reading.library(&name, &one_line(title), &version.to_string());
    if let Some(catalog) = catalog {
        let with = catalog.library();
        made.files.extend(with.files);
        made.left.extend(with.left);
        made.counts.extend(with.counts);
    }
    made.files.sort();
    Ok(Some(made))
}

/// The catalogue that goes along.
fn along(text: &str, file: u32, framework: Option<&str>) -> Result<Catalog, Diagnostics> {
    let document = Document::read(text, file)?;
    if document.kind != ModelKind::Catalog {
        let message = format!("{} is no catalogue", document.kind.name());
        document.fault(document.body().start(), message, "a catalogue is expected", None);
        return Err(document.into_faults());
    }
    let drafted = catalog::draft(&document, framework).filter(|_| !document.has_faults());
    drafted.ok_or_else(|| document.into_faults())
}

/// The framework whose controls are named, and its controls.
struct Known {
    framework: String,
    title: String,
    /// The id of each control by the forms in which it may be written.
    controls: BTreeMap<String, String>,
}

fn known(
    document: &Document<'_>,
    metadata: &Part<'_>,
    catalog: Option<&Catalog>,
    options: &ReadOptions<'_>,
) -> Option<Known> {
    if let Some(catalog) = catalog {
        let pairs =
            catalog.controls.iter().flat_map(|c| [(normal(&c.id), c.id.clone()), (normal(&c.token), c.id.clone())]);
        let (framework, title) = (catalog.id.clone(), catalog.title.clone());
        return Some(Known { framework, title, controls: pairs.collect() });
    }
    let ids = || options.library.frameworks().iter().map(|f| f.id.value.as_str());
    let Some(id) = options.framework.or(metadata.own(about::FRAMEWORK)) else {
        let help = "name a framework of the library with `--framework ID`, or a catalogue with `--catalog FILE`";
        let message = "nothing says of which framework the controls are".to_owned();
        document.fault(document.body().start(), message, "this definition", Some(help.to_owned()));
        return None;
    };
    let Some(found) = options.library.find_framework(id) else {
        let message = format!("no framework {} in the library", quoted(id));
        document.fault(document.body().start(), message, "this definition", suggestion(id, ids()));
        return None;
    };
    let framework = options.library.framework(found);
    let ids = framework.controls.iter().map(|control| control.id.value.as_str());
    let pairs = ids.flat_map(|id| [(normal(id), id.to_owned()), (normal(&token::control_token(id)), id.to_owned())]);
    Some(Known { framework: id.to_owned(), title: framework.title.clone(), controls: pairs.collect() })
}

/// The form in which ids are compared: `AC-2(1)`, `ac-2.1` and `AC-2.1` are one.
fn normal(id: &str) -> String {
    id.to_lowercase().replace('(', ".").replace(')', "")
}

struct Reading<'l> {
    library: &'l Library,
    known: Known,
    provider: String,
    uuids: BTreeSet<String>,
    services: BTreeMap<String, String>,
    /// How many ids were made of a title.
    named: BTreeMap<String, u32>,
    actions: BTreeMap<String, Action>,
    map: BTreeMap<String, BTreeSet<String>>,
    left: Vec<Left>,
}

struct Action {
    title: String,
    owner: Owner,
    kind: ActionType,
    services: BTreeSet<String>,
    guidance: Option<String>,
    /// The action of this id in the library.
    known: Option<crate::library::Action>,
}

/// A component while its requirements are read.
struct Component {
    id: String,
    title: String,
    kind: ActionType,
    /// Its id as a service, if it is one.
    service: Option<String>,
}

impl Reading<'_> {
    fn component(&mut self, part: &Part<'_>) {
        let Some(title) = part.needed("title").map(one_line) else { return };
        let uuid = part.text("uuid").unwrap_or_default().to_lowercase();
        if !uuid.is_empty() && !self.uuids.insert(uuid.clone()) {
            let why = "another component has the same uuid".to_owned();
            return self.left.push(Left { at: part.start(), id: title, why });
        }
        let named = part.own(service::SERVICE).map(str::to_owned);
        let made = slug(&title).unwrap_or_else(|| format!("component-{}", uuid.get(..8).unwrap_or("0")));
        let id = named.filter(|id| check(id).is_none()).unwrap_or_else(|| self.free(made));
        let (kind, is_service) = match part.text("type").unwrap_or_default() {
            "policy" | "standard" | "guidance" | "plan" => (ActionType::Documentation, false),
            "process-procedure" | "process" | "procedure" => (ActionType::Operational, false),
            "validation" | "this-system" => (ActionType::Technical, false),
            _ => (ActionType::Technical, true),
        };
        let service = is_service.then(|| id.clone());
        if let Some(service) = &service {
            self.services.insert(service.clone(), title.clone());
        }
        let component = Component { id, title, kind, service };
        for implementation in part.parts("control-implementations") {
            for requirement in implementation.parts("implemented-requirements") {
                self.requirement(&requirement, &component);
            }
        }
    }

    /// An id that no service has, here or in the library of another provider.
    fn free(&mut self, made: String) -> String {
        let next = self.named.entry(made.clone()).or_insert(0_u32);
        loop {
            *next += 1;
            let id = match *next {
                1 => made.clone(),
                2 => format!("{}-{made}", self.provider),
                n => format!("{}-{made}-{}", self.provider, n - 1),
            };
            let of_library = self.library.find_service(&id).map(|s| self.library.service(s).provider.as_str());
            if !self.services.contains_key(&id) && of_library.is_none_or(|provider| provider == self.provider) {
                return id;
            }
        }
    }

    fn requirement(&mut self, part: &Part<'_>, component: &Component) {
        let Some(named) = part.needed("control-id") else { return };
        let Some(control) = self.known.controls.get(&normal(named)).cloned() else {
            let known = self.known.controls.values().map(String::as_str);
            // Nobody reads the last of many, and each is a search through all controls.
            let few = self.left.len() < MANY;
            let nearest = few
                .then(|| suggestion(&named.to_uppercase(), known))
                .flatten()
                .map(|help| format!("; {help}"))
                .unwrap_or_default();
            let why = format!("`{}` has no such control{nearest}", self.known.framework);
            return self.left.push(Left { at: part.start(), id: named.to_owned(), why });
        };
        let statements = part.parts("statements");
        let all = || std::iter::once(part).chain(&statements);
        let mut has_own = false;
        for part in all() {
            for prop in part.props().iter().filter(|prop| prop.is_own && check(prop.value).is_none()) {
                let owner = match prop.name {
                    service::PROVIDED => Owner::Provider,
                    service::RESPONSIBILITY => Owner::Customer,
                    _ => continue,
                };
                has_own = true;
                self.own_action(prop.value, owner, component, part.text("description"), &control);
            }
        }
        if has_own {
            return;
        }
        let (customers, providers): (Vec<_>, Vec<_>) = all().partition(|part| is_customers(part));
        let told = |parts: &[&Part<'_>]| {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part.text("description")).collect();
            Some(texts.join("\n\n")).filter(|text| !text.is_empty())
        };
        let base = format!("{}-{}", component.id, slug(&control).unwrap_or_default());
        if !providers.is_empty() {
            let title = format!("{}: the part of {control}", component.title);
            self.action(base.clone(), title, Owner::Provider, component, told(&providers), &control);
        }
        if !customers.is_empty() {
            let title = format!("{}: the customer's part of {control}", component.title);
            self.action(format!("{base}-customer"), title, Owner::Customer, component, told(&customers), &control);
        }
    }

    /// An action that annexa wrote, by its own id: as the library has it, if it does.
    fn own_action(&mut self, id: &str, owner: Owner, component: &Component, told: Option<&str>, control: &str) {
        let known = self.library.find_action(id).map(|found| self.library.action(found).clone());
        let title = known.as_ref().map(|action| action.title.clone());
        let title = title.or_else(|| told.map(one_line)).unwrap_or_else(|| id.to_owned());
        let guidance = known.as_ref().and_then(|action| action.guidance.clone());
        self.action(id.to_owned(), title, owner, component, guidance, control);
        if let Some(action) = self.actions.get_mut(id) {
            action.known = known;
        }
    }

    fn action(
        &mut self,
        id: String,
        title: String,
        owner: Owner,
        component: &Component,
        guidance: Option<String>,
        control: &str,
    ) {
        self.map.entry(control.to_owned()).or_default().insert(id.clone());
        let kind = component.kind;
        let action = self.actions.entry(id).or_insert_with(|| Action {
            title,
            owner,
            kind,
            services: BTreeSet::new(),
            guidance,
            known: None,
        });
        action.services.extend(component.service.clone());
    }
}

/// Whether all the roles that answer for it are the customer's.
fn is_customers(part: &Part<'_>) -> bool {
    let roles = part.parts("responsible-roles");
    let is_so = |role: &Part<'_>| role.text("role-id").is_some_and(|id| id.to_lowercase().contains("customer"));
    !roles.is_empty() && roles.iter().all(is_so)
}

impl Reading<'_> {
    fn library(self, name: &str, title: &str, version: &str) -> LibraryDraft {
        let Self { known, provider, services, actions, map, left, .. } = self;
        let from = format!("Taken from the OSCAL component definition `{title}` of {version}.");
        let mut page = Page::about(std::slice::from_ref(&from));
        page.table("[provider]");
        page.text("id", &provider);
        page.text("name", name);
        for (id, name) in &services {
            page.table("[[service]]");
            page.text("id", id);
            page.text("name", name);
        }
        let provider_file = (format!("templates/{provider}/provider.toml"), page.finish());
        let takes = actions.values().any(|action| action.known.is_none());
        let mut page =
            Page::about(&std::iter::once(from.clone()).chain(takes.then(|| TAKEN.to_owned())).collect::<Vec<_>>());
        for (id, action) in &actions {
            action.write(id, &mut page);
        }
        let actions_file = (format!("templates/{provider}/actions/components.toml"), page.finish());
        let mut page = Page::about(&[from]);
        page.table("[template]");
        page.text("id", &format!("{provider}/{}", file_name(&known.framework)));
        page.text("title", &format!("{} for {name}", known.title));
        page.text("framework", &known.framework);
        page.text("provider", &provider);
        page.raw("version", version);
        for (control, served) in &map {
            page.table("[[map]]");
            page.text("control", control);
            page.texts("actions", &served.iter().collect::<Vec<_>>());
        }
        let template_file = (format!("templates/{provider}/to-{}.toml", file_name(&known.framework)), page.finish());
        LibraryDraft {
            files: vec![provider_file, actions_file, template_file],
            counts: vec![("services", services.len()), ("actions", actions.len()), ("mapped controls", map.len())],
            left,
            notes: if takes { vec![TAKEN.to_owned(), NO_EVIDENCE.to_owned()] } else { vec![NO_EVIDENCE.to_owned()] },
        }
    }
}

impl Action {
    fn write(&self, id: &str, page: &mut Page) {
        page.table("[[action]]");
        page.text("id", id);
        page.text("title", &self.title);
        page.text("owner", self.owner.word());
        let known = self.known.as_ref();
        page.text("type", known.map_or(self.kind, |action| action.action_type).word());
        page.text("purpose", known.map_or(Purpose::Preventative, |action| action.purpose).word());
        page.text("enforcement", known.map_or(Enforcement::Discretionary, |action| action.enforcement).word());
        if let Some(points) = known.and_then(|action| action.own_points) {
            page.raw("points", &points.to_string());
        }
        page.texts("services", &self.services.iter().collect::<Vec<_>>());
        if let Some(known) = known {
            page.maybe("feature", known.feature.as_deref());
            if let Some(hours) = known.effort_hours {
                page.raw("effort_hours", &hours.to_string());
            }
            page.texts("proof", &known.proof);
            page.texts("signals", &known.signals);
            page.texts("links", &known.links);
        }
        page.maybe("guidance", self.guidance.as_deref());
    }
}
