//! What there is of a kind: one table for each kind.

use super::{Browser, Cell, Listing};
use crate::choice::{Choice, choice};
use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx};
use crate::library::{ATTRIBUTES, Action, Evidence, Framework, Owner, Service, Template};
use crate::profile::{Profile, Unchecked};
use std::collections::BTreeSet;

choice! {
    /// A kind of thing that the library has.
    pub enum Listed {
        /// Framework editions.
        Frameworks = "frameworks",
        /// Controls of all frameworks.
        Controls = "controls",
        /// Services of all providers.
        Services = "services",
        /// Evidence of all providers.
        Evidence = "evidence",
        /// Improvement actions.
        Actions = "actions",
        /// Templates.
        Templates = "templates",
        /// Crosswalks between frameworks.
        Crosswalks = "crosswalks",
        /// Starter profiles.
        Profiles = "profiles",
    }
}

/// Which things are wanted; what is not given lets everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this framework.
    pub framework: Option<FrameworkIdx>,
    /// Of this owner.
    pub owner: Option<Owner>,
    /// About this service.
    pub service: Option<ServiceIdx>,
    /// These controls, or what serves one of them.
    pub controls: Option<BTreeSet<(FrameworkIdx, ControlIdx)>>,
}

impl Filter {
    pub(super) fn wants_framework(&self, framework: FrameworkIdx) -> bool {
        self.framework.is_none_or(|wanted| wanted == framework)
    }

    fn wants_control(&self, framework: FrameworkIdx, control: ControlIdx) -> bool {
        self.wants_framework(framework) && self.controls.as_ref().is_none_or(|set| set.contains(&(framework, control)))
    }
}

impl Browser<'_> {
    /// How many there are of each kind.
    #[must_use]
    pub fn counts(&self, profiles: usize) -> Listing {
        let mut listing = Listing::new(&["kind", "count"], &[]);
        for kind in Listed::WORDS.iter().filter_map(|word| Listed::from_word(word)) {
            let count = match kind {
                Listed::Frameworks => self.library.frameworks().len(),
                Listed::Controls => self.library.frameworks().iter().map(|f| f.controls.len()).sum(),
                Listed::Services => self.library.services().len(),
                Listed::Evidence => self.library.evidence().len(),
                Listed::Actions => self.library.actions().len(),
                Listed::Templates => self.library.templates().len(),
                Listed::Crosswalks => self.library.crosswalks().len(),
                Listed::Profiles => profiles,
            };
            listing.push([kind.word().into(), count.into()]);
        }
        listing
    }

    /// All of a kind that the filter lets through; the starter profiles are given by path and text.
    #[must_use]
    pub fn list(&self, kind: Listed, filter: &Filter, profiles: &[(&str, &str)]) -> Listing {
        match kind {
            Listed::Frameworks => self.frameworks(),
            Listed::Controls => self.controls(filter),
            Listed::Services => self.services(),
            Listed::Evidence => self.evidence(filter),
            Listed::Actions => self.actions(filter),
            Listed::Templates => self.templates(filter),
            Listed::Crosswalks => self.crosswalks(filter),
            Listed::Profiles => self.profiles(profiles),
        }
    }

    fn frameworks(&self) -> Listing {
        let further = ["edition", "publisher", "superseded_by", "withdrawn_on"];
        let mut listing = Listing::new(&["id", "title", "status", "controls"], &further);
        for framework in self.library.frameworks() {
            let Framework { id, title, edition, publisher, status, superseded_by, withdrawn_on, controls, .. } =
                framework;
            listing.push([
                id.value.as_str().into(),
                title.as_str().into(),
                status.word().into(),
                controls.len().into(),
                edition.as_str().into(),
                publisher.as_str().into(),
                superseded_by.as_ref().map(|s| s.value.as_str()).into(),
                (*withdrawn_on).into(),
            ]);
        }
        self.local_table(listing, "title", self.library.frameworks())
    }

    fn controls(&self, filter: &Filter) -> Listing {
        let further = [&["group", "domain", "new", "note"][..], &ATTRIBUTES].concat();
        let mut listing = Listing::new(&["framework", "id", "title", "kind", "actions"], &further);
        let mut listed = Vec::new();
        for (position, framework) in self.library.frameworks().iter().enumerate() {
            let (idx, domains) = (FrameworkIdx::at(position), framework.domains());
            for (number, control) in framework.controls.iter().enumerate() {
                if !filter.wants_control(idx, ControlIdx::at(number)) {
                    continue;
                }
                let actions = self.actions_of(idx, ControlIdx::at(number)).into_iter().map(|(_, action)| action);
                let attribute = |number: usize| -> Cell {
                    let named = ATTRIBUTES.get(number).and_then(|name| control.attribute(name));
                    named.map(<[String]>::to_vec).into()
                };
                listing.push([
                    framework.id.value.as_str().into(),
                    control.id.value.as_str().into(),
                    control.title.as_str().into(),
                    control.kind.word().into(),
                    actions.collect::<BTreeSet<_>>().len().into(),
                    control.group.value.as_str().into(),
                    domains.get(control.group.value.as_str()).map(|g| g.id.value.as_str()).into(),
                    control.is_new.into(),
                    control.note.as_deref().into(),
                    attribute(0),
                    attribute(1),
                    attribute(2),
                    attribute(3),
                    attribute(4),
                ]);
                listed.push(control);
            }
        }
        self.local_table(listing, "title", listed)
    }

    fn services(&self) -> Listing {
        let further = ["provider", "first_seen", "last_seen", "retired_on", "renamed_to", "aliases"];
        let brief = ["id", "name", "environment", "certified", "evidence", "actions"];
        let mut listing = Listing::new(&brief, &further);
        for (position, service) in self.library.services().iter().enumerate() {
            let idx = ServiceIdx::at(position);
            let Service { id, provider, name, environment, first_seen, last_seen, .. } = service;
            listing.push([
                id.value.as_str().into(),
                name.as_str().into(),
                environment.as_deref().into(),
                service.certified.into(),
                self.evidence_of(idx).len().into(),
                self.actions_concerning(idx).len().into(),
                provider.as_str().into(),
                (*first_seen).into(),
                (*last_seen).into(),
                service.retired_on.into(),
                service.renamed_to.as_deref().into(),
                (&service.aliases).into(),
            ]);
        }
        self.local_table(listing, "name", self.library.services())
    }

    fn evidence(&self, filter: &Filter) -> Listing {
        let further =
            ["provider", "title", "standards", "reference", "url", "first_seen", "last_seen", "valid_from", "valid_to"];
        let mut listing = Listing::new(&["id", "kind", "current_from", "current_to", "services"], &further);
        let mut shown = Vec::new();
        for (position, item) in self.library.evidence().iter().enumerate() {
            let idx = EvidenceIdx::at(position);
            if filter.service.is_some_and(|wanted| !self.evidence_of(wanted).contains(&idx)) {
                continue;
            }
            shown.push(item);
            let (from, to) = self.current(idx);
            let Evidence { id, provider, kind, title, standards, services, reference, url, .. } = item;
            listing.push([
                id.value.as_str().into(),
                kind.word().into(),
                from.into(),
                to.into(),
                services.iter().map(|(s, _)| s.value.to_string()).collect::<Vec<_>>().into(),
                provider.as_str().into(),
                title.as_deref().into(),
                standards.into(),
                reference.as_deref().into(),
                url.as_deref().into(),
                item.first_seen.into(),
                item.last_seen.into(),
                item.valid_from.into(),
                item.valid_to.into(),
            ]);
        }
        self.local_table(listing, "title", shown)
    }

    fn actions(&self, filter: &Filter) -> Listing {
        let further = ["provider", "purpose", "enforcement", "services", "depends_on", "feature", "effort_hours"];
        let mut listing = Listing::new(&["id", "title", "owner", "type", "points", "controls"], &further);
        for (position, action) in self.library.actions().iter().enumerate() {
            let Some(controls) = self.wanted_action(ActionIdx::at(position), filter) else { continue };
            let Action { id, provider, title, owner, action_type, purpose, enforcement, .. } = action;
            listing.push([
                id.value.as_str().into(),
                title.as_str().into(),
                owner.word().into(),
                action_type.word().into(),
                action.points().get().into(),
                controls.into(),
                provider.as_str().into(),
                purpose.word().into(),
                enforcement.word().into(),
                action.services.iter().map(|s| s.value.to_string()).collect::<Vec<_>>().into(),
                action.depends_on.iter().map(|a| a.value.to_string()).collect::<Vec<_>>().into(),
                action.feature.as_deref().into(),
                action.effort_hours.into(),
            ]);
        }
        listing
    }

    /// The ids of the controls that an action serves in the framework wanted, if the action is wanted.
    fn wanted_action(&self, idx: ActionIdx, filter: &Filter) -> Option<Vec<String>> {
        let is_owners = filter.owner.is_none_or(|owner| owner == self.library.action(idx).owner);
        let is_about = filter.service.is_none_or(|service| self.services_of(idx).contains(&service));
        let controls: BTreeSet<_> = self.controls_of(idx).into_iter().map(|(f, c, _)| (f, c)).collect();
        let serves = controls.iter().any(|(f, c)| filter.wants_control(*f, *c));
        let is_open = filter.framework.is_none() && filter.controls.is_none();
        if !is_owners || !is_about || !(serves || is_open) {
            return None;
        }
        let shown = controls.into_iter().filter(|(f, _)| filter.wants_framework(*f));
        let found = shown.filter_map(|(f, c)| self.library.framework(f).controls.get(c.position()));
        Some(found.map(|c| c.id.value.to_string()).collect())
    }

    fn templates(&self, filter: &Filter) -> Listing {
        let brief = ["id", "title", "framework", "version", "controls", "customer_actions", "provider_actions"];
        let mut listing = Listing::new(&brief, &["provider", "product", "certification"]);
        for template in self.library.templates() {
            let framework = self.library.find_framework(template.framework.value.as_str());
            if framework.is_some_and(|f| !filter.wants_framework(f)) {
                continue;
            }
            let [controls, customers, providers] = self.sizes(template);
            listing.push([
                template.id.value.as_str().into(),
                template.title.as_str().into(),
                template.framework.value.as_str().into(),
                template.version.into(),
                controls,
                customers,
                providers,
                template.provider.value.as_str().into(),
                template.product.as_deref().into(),
                template.certification.as_deref().into(),
            ]);
        }
        listing
    }

    /// How many controls a template maps, to how many actions of the customer and of the provider.
    pub(super) fn sizes(&self, template: &Template) -> [Cell; 3] {
        let controls: BTreeSet<_> = template.map.iter().map(|m| &m.control.value).collect();
        let ids: BTreeSet<_> = template.map.iter().flat_map(|m| &m.actions).map(|a| &a.value).collect();
        let actions = ids.iter().filter_map(|id| self.library.find_action(id.as_str()));
        let providers = actions.filter(|a| self.library.action(*a).owner == Owner::Provider).count();
        [controls.len().into(), (ids.len() - providers).into(), providers.into()]
    }

    /// A profile that cannot be read against this library is listed by its path alone.
    fn profiles(&self, profiles: &[(&str, &str)]) -> Listing {
        let further = ["organization", "templates", "services", "actions"];
        let mut listing = Listing::new(&["path", "title"], &further);
        for (path, text) in profiles {
            let title = text.lines().next().and_then(|line| line.strip_prefix('#')).map(str::trim);
            let read = self.model.profile(text, 0, &Unchecked).ok();
            let profile = read.as_ref().map(|checked| checked.value.profile());
            listing.push([
                (*path).into(),
                title.into(),
                profile.map(|p| p.name.as_str()).into(),
                profile.map(|p| self.templates_of(p)).into(),
                profile.map(|p| self.services_used(p)).into(),
                profile.map(|p| p.actions.len()).into(),
            ]);
        }
        listing
    }

    fn templates_of(&self, profile: &Profile) -> Vec<String> {
        let templates: BTreeSet<_> = profile.assessments.iter().map(|a| a.template).collect();
        templates.into_iter().map(|t| self.library.template(t).id.value.to_string()).collect()
    }

    fn services_used(&self, profile: &Profile) -> Vec<String> {
        let known = profile.services.iter().map(|s| self.library.service(s.value).id.value.to_string());
        known.chain(profile.externals.iter().map(|e| e.id.clone())).collect()
    }
}
