//! The actions of a profile to fill in, under the domains of their framework.

use super::page::{Page, quoted};
use super::{Starter, StarterOptions};
use crate::id::{ControlIdx, ServiceIdx};
use crate::library::{Action, Owner};

/// How many characters of an action's guidance are shown at most.
const GUIDANCE_LENGTH: usize = 300;

/// An action that waits for its status.
struct Task<'l> {
    action: &'l Action,
    /// The controls it serves, in catalogue order.
    controls: &'l [ControlIdx],
    /// The services used that it concerns; none if it concerns the whole organization.
    services: Vec<&'l str>,
}

/// A topmost heading, and the actions whose first control stands under it.
struct Domain<'l> {
    id: &'l str,
    title: &'l str,
    tasks: Vec<Task<'l>>,
}

impl<'l> Starter<'l> {
    /// Writes every customer action that applies to the services used, each once.
    pub(super) fn actions(&self, page: &mut Page, options: &StarterOptions) {
        for domain in self.domains(options) {
            let count = domain.tasks.len();
            let actions = if count == 1 { "action" } else { "actions" };
            page.heading(&format!("{} {}: {count} {actions}", domain.id, domain.title));
            domain.tasks.iter().for_each(|task| self.task(page, task));
        }
    }

    /// The domains in catalogue order; in each the actions by their first control, then by id.
    fn domains(&self, options: &StarterOptions) -> Vec<Domain<'l>> {
        let mut tasks = self.tasks(options);
        // INVARIANT: the tasks come in the order of their ids, which this sort keeps.
        tasks.sort_by_key(|task| task.controls.first().copied());
        let tops = self.framework.domains();
        let mut domains: Vec<Domain<'l>> = Vec::new();
        for task in tasks {
            let first = task.controls.first().and_then(|c| self.framework.controls.get(c.position()));
            let top = first.and_then(|control| tops.get(control.group.value.as_str()));
            let whole = (self.framework.id.value.as_str(), self.framework.title.as_str());
            let (id, title) = top.map_or(whole, |group| (group.id.value.as_str(), &group.title));
            match domains.iter_mut().find(|d| d.id == id) {
                Some(domain) => domain.tasks.push(task),
                None => domains.push(Domain { id, title, tasks: vec![task] }),
            }
        }
        domains
    }

    fn tasks(&self, options: &StarterOptions) -> Vec<Task<'l>> {
        let mut tasks = Vec::new();
        for (action, controls) in self.slots.actions.iter().zip(self.slots.controls_of_slot.rows()) {
            let concerned = self.compiled.services_of_action.row(action.position());
            let used = concerned.iter().filter(|s| options.services.contains(s));
            let services: Vec<&str> = used.map(|s: &ServiceIdx| self.library.service(*s).id.value.as_str()).collect();
            let action = self.library.action(*action);
            if action.owner == Owner::Customer && (action.services.is_empty() || !services.is_empty()) {
                tasks.push(Task { action, controls, services });
            }
        }
        tasks
    }

    fn task(&self, page: &mut Page, task: &Task<'_>) {
        let Task { action, controls, services } = task;
        let serves: Vec<&str> = controls.iter().filter_map(|c| self.control_id(*c)).collect();
        let points = match action.points().get() {
            1 => "1 point".to_owned(),
            points => format!("{points} points"),
        };
        let concerns = if services.is_empty() { String::new() } else { format!("; for {}", services.join(", ")) };
        page.explain(&action.title);
        page.explain(&format!("{points}; {}{concerns}; serves {}", action.action_type, serves.join(", ")));
        if let Some(guidance) = &action.guidance {
            page.explain(&first_sentence(guidance));
        }
        page.wait("[[action]]");
        page.wait(&format!("id = {}", quoted(action.id.value.as_str())));
        page.wait("implementation = \"not-implemented\"");
        page.wait("test = \"none\"");
        page.blank();
    }

    fn control_id(&self, control: ControlIdx) -> Option<&'l str> {
        self.framework.controls.get(control.position()).map(|c| c.id.value.as_str())
    }
}

/// The first sentence of a text, on one line.
fn first_sentence(text: &str) -> String {
    let mut sentence = String::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if sentence.chars().count() + 1 + word.chars().count() > GUIDANCE_LENGTH {
            sentence.push_str(" ...");
            break;
        }
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        // `e.g.` ends no sentence.
        let is_short = word.split('.').all(|part| part.len() <= 1 && part.chars().all(char::is_alphabetic));
        let is_end = word.ends_with(['.', '!', '?']) && !is_short;
        if is_end && words.peek().is_some_and(|next| next.starts_with(char::is_uppercase)) {
            break;
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::{GUIDANCE_LENGTH, first_sentence};

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("Turn it on\nfor all. Then test it."), "Turn it on for all.");
        assert_eq!(
            first_sentence("Use TLS 1.2 or later, e.g. version 1.3. Done."),
            "Use TLS 1.2 or later, e.g. version 1.3."
        );
        assert_eq!(first_sentence("Block accounts, e.g. Guests. Done."), "Block accounts, e.g. Guests.");
        assert_eq!(first_sentence(""), "");
        assert!(first_sentence(&"x ".repeat(1000)).chars().count() <= GUIDANCE_LENGTH + 4);
    }
}
