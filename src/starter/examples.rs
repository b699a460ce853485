//! The optional tables of a profile, each as an example that waits.
//!
//! The examples name what the library and the template have, so that they hold as they are.

use super::head::purpose;
use super::page::{Page, quoted};
use super::{Starter, StarterOptions};
use crate::library::{Control, ControlKind, Owner, Service};

const EVIDENCE: [&str; 7] = [
    "[[evidence]]",
    "id = \"access-review-2026\"",
    "kind = \"record\"",
    "title = \"Minutes of the access review\"",
    "url = \"https://intranet.example.com/reviews/2026\"",
    "valid_from = 2026-01-31",
    "valid_to = 2027-01-31",
];

const STATEMENT: [&str; 6] = [
    "[statement_of_applicability]",
    "version = \"1.0\"",
    "prepared_by = \"CISO\"",
    "approved_by = \"The board\"",
    "approved_on = 2026-01-31",
    "next_review_on = 2027-01-31",
];

const REQUIREMENT: [&str; 5] = [
    "[[requirement]]",
    "id = \"data-protection-law\"",
    "title = \"General Data Protection Regulation\"",
    "kind = \"legal\"",
    "reference = \"Art. 32\"",
];

/// The title of the control that organizations exclude most often, in both editions of the standard.
const OFTEN_EXCLUDED: &str = "Outsourced development";

impl Starter<'_> {
    /// Writes an example of each optional table but the actions.
    pub(super) fn examples(&self, page: &mut Page, options: &StarterOptions) {
        page.heading(
            "Optional: evidence, exclusions, inherited controls, accepted risks, the Statement of Applicability",
        );
        page.explain(&format!("{} Actions link it by its id.", purpose("evidence")));
        page.explain("Instead of `url` may stand `path`, a file in the folder of this profile, with its `sha256`.");
        page.wait_all(&EVIDENCE);
        page.blank();
        self.renewal(page, options);
        self.exclusion(page);
        self.inheritance(page);
        self.acceptance(page);
        self.statement(page);
    }

    fn renewal(&self, page: &mut Page, options: &StarterOptions) {
        let used = options.services.first().map(|s| self.library.service(*s));
        let Some(service): Option<&Service> = used.or(self.library.services().first()) else { return };
        page.explain("With a kind of the provider (certificate, audit-report, ...) and `services` it renews the provider's proof.");
        page.wait_all(&["[[evidence]]", "id = \"provider-certificate-2026\"", "kind = \"certificate\""]);
        page.wait(&format!("services = [{}]", quoted(service.id.value.as_str())));
        page.wait_all(&["valid_from = 2026-01-31", "valid_to = 2029-01-30"]);
        page.blank();
    }

    fn exclusion(&self, page: &mut Page) {
        let Some(control) = self.excluded() else { return };
        page.explain(&format!("{} Clauses 4 to 10 cannot be excluded.", purpose("exclusion")));
        page.wait("[[exclusion]]");
        page.wait(&format!("control = {}", quoted(control.id.value.as_str())));
        page.wait("justification = \"Why it is not applicable.\"");
        page.blank();
    }

    /// What `annexa soa` takes beside what it derives; frameworks without an Annex A have no statement.
    fn statement(&self, page: &mut Page) {
        let excluded = self.excluded().map(|c| &c.id.value);
        let mut controls = self.framework.controls.iter().filter(|c| c.kind == ControlKind::AnnexA);
        let Some(control) = controls.find(|c| Some(&c.id.value) != excluded) else { return };
        let id = quoted(control.id.value.as_str());
        page.blank();
        page.explain(&format!("{} `annexa soa` writes it.", purpose("statement_of_applicability")));
        page.wait_all(&STATEMENT);
        page.blank();
        page.explain(&format!("{} An exclusion of such a control is marked.", purpose("requirement")));
        page.wait_all(&REQUIREMENT);
        page.wait(&format!("controls = [{id}]"));
        page.blank();
        page.explain(purpose("inclusion"));
        page.wait("[[inclusion]]");
        page.wait(&format!("control = {id}"));
        page.wait_all(&["owner = \"Head of IT\"", "justification = \"Why it is applicable, beside its actions.\""]);
    }

    fn excluded(&self) -> Option<&Control> {
        let mut controls = self.framework.controls.iter().filter(|c| c.kind == ControlKind::AnnexA);
        let usual = controls.clone().find(|c| c.title == OFTEN_EXCLUDED);
        usual.or_else(|| controls.next_back())
    }

    /// The example is the control that the provider serves most.
    fn inheritance(&self, page: &mut Page) {
        let excluded = self.excluded().map(|c| &c.id.value);
        let controls = self.framework.controls.iter().enumerate();
        let inherited = controls.filter(|(_, c)| c.kind == ControlKind::AnnexA && Some(&c.id.value) != excluded);
        let shares = inherited.map(|(position, control)| (self.providers_share(position), control));
        // Of equals the first of the catalogue.
        let Some((1.., control)) = shares.rev().max_by_key(|(share, _)| *share) else { return };
        page.explain(purpose("inheritance"));
        page.wait("[[inheritance]]");
        page.wait(&format!("control = {}", quoted(control.id.value.as_str())));
        page.blank();
    }

    /// How many percent of a control's actions are the provider's.
    fn providers_share(&self, control: usize) -> usize {
        let slots = self.slots.slots_of_control.row(control);
        let actions = slots.iter().filter_map(|slot| self.slots.actions.get(usize::try_from(*slot).ok()?));
        let providers = actions.filter(|a| self.library.action(**a).owner == Owner::Provider).count();
        (providers * 100).checked_div(slots.len()).unwrap_or(0)
    }

    fn acceptance(&self, page: &mut Page) {
        let mut actions = self.slots.actions.iter().map(|a| self.library.action(*a));
        let Some(action) = actions.find(|a| a.owner == Owner::Customer && a.services.is_empty()) else { return };
        page.explain(purpose("risk_acceptance"));
        page.wait("[[risk_acceptance]]");
        page.wait(&format!("action = {}", quoted(action.id.value.as_str())));
        page.wait_all(&["owner = \"CISO\"", "expires_on = 2026-12-31", "rationale = \"Why the risk is acceptable.\""]);
    }
}
