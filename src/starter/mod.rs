//! A profile to fill in: every customer action that applies, once, and what to do with it.
//!
//! Start with [`Starter::write`]. `head` explains, this file writes what is live (the organization,
//! the assessment, the services), `examples` the optional tables, `actions` the long list; `page`
//! keeps what is explained, what waits and what is live apart.

mod actions;
mod examples;
mod head;
mod page;

use crate::compiled::{Compiled, CompiledTemplate};
use crate::id::{ServiceIdx, TemplateIdx};
use crate::library::{Framework, Library, Service, Template};
use crate::points::Percent;
use page::{Page, quoted};

/// What a profile to fill in is made for.
#[derive(Clone, Debug)]
pub struct StarterOptions {
    /// The name of the organization.
    pub name: String,
    /// What it is assessed against.
    pub template: TemplateIdx,
    /// The services it uses.
    pub services: Vec<ServiceIdx>,
    /// The score to reach.
    pub target: Option<Percent>,
}

const NO_SERVICES: [&str; 3] = [
    "None is listed yet, so only the actions for the whole organization stand below. To have those of the",
    "services too, write this file anew with `annexa init --services ID,ID`: the list below then grows with them.",
    "The library knows:",
];

/// The library as it is needed to write one profile.
pub(crate) struct Starter<'l> {
    library: &'l Library,
    compiled: &'l Compiled,
    template: &'l Template,
    slots: &'l CompiledTemplate,
    framework: &'l Framework,
}

impl<'l> Starter<'l> {
    /// Ready to write profiles that are assessed against `template`.
    pub(crate) fn new(library: &'l Library, compiled: &'l Compiled, template: TemplateIdx) -> Self {
        let slots = compiled.template(template);
        let framework = library.framework(slots.framework);
        Self { library, compiled, template: library.template(template), slots, framework }
    }

    /// The text of a profile.
    pub(crate) fn write(&self, options: &StarterOptions) -> String {
        let mut page = Page::default();
        head::head(&mut page, &options.name, self.template);
        page.blank();
        self.organization(&mut page, options);
        self.services(&mut page, options);
        self.examples(&mut page, options);
        self.actions(&mut page, options);
        let mut text = page.into_text();
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    fn organization(&self, page: &mut Page, options: &StarterOptions) {
        page.line("[organization]");
        page.line(&format!("name = {}", quoted(&options.name)));
        page.wait("tenant = \"example.onmicrosoft.com\"");
        page.wait_all(&["address = \"1 Main Street\"", "scope = \"All sites and services.\""]);
        page.blank();
        page.explain(head::purpose("assessment"));
        page.line("[[assessment]]");
        page.line(&format!("template = {}", quoted(self.template.id.value.as_str())));
        match options.target {
            Some(target) => page.line(&format!("target = {}", decimal(target))),
            None => page.wait("target = 80"),
        }
        page.blank();
    }

    fn services(&self, page: &mut Page, options: &StarterOptions) {
        page.explain(head::purpose("service"));
        if options.services.is_empty() {
            page.explain_all(&NO_SERVICES);
            self.known_services(page);
        }
        page.blank();
        for service in options.services.iter().map(|s| self.library.service(*s)) {
            page.explain(&place_of(service));
            page.line("[[service]]");
            page.line(&format!("id = {}", quoted(service.id.value.as_str())));
            page.blank();
        }
        page.explain("A service of a vendor that the library does not know:");
        page.wait_all(&["[[service]]", "id = \"example-crm\"", "external = true", "name = \"Example CRM\""]);
    }

    fn known_services(&self, page: &mut Page) {
        for (environment, services) in self.library.services_by_environment() {
            let ids: Vec<&str> = services.iter().map(|s| s.id.value.as_str()).collect();
            page.explain_list(&format!("  {environment}:"), &ids);
        }
    }
}

/// The name of a service, the cloud it runs in, and when it was closed.
fn place_of(service: &Service) -> String {
    let environment = service.environment.as_deref().map(|e| format!(" ({e})")).unwrap_or_default();
    let retired = service.retired_on.map(|d| format!(", closed on {d}")).unwrap_or_default();
    format!("{}{environment}{retired}", service.name)
}

/// A percentage as a profile writes it: exactly, and no longer than needed.
fn decimal(percent: Percent) -> String {
    let hundredths = percent.hundredths();
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
