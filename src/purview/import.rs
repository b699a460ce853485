//! A template workbook as the files of a library folder.

use super::carry::{guidance_and_links, weight};
use super::family::heading;
use super::slug::{Ids, counted, slug};
use super::template::{ActionLine, ControlLine, TemplateBook};
use crate::choice::Choice;
use crate::diagnostic::quoted;
use crate::id;
use crate::library::ActionType;
use crate::shape::{MAX_TEXT, MAX_TITLE};
use crate::sheet::Workbook;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The files of a library folder, and what of the workbook they do not carry.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The files: path inside the folder, and text.
    pub files: Vec<(String, String)>,
    /// The id of the template.
    pub template: String,
    /// The id of the framework.
    pub framework: String,
    /// How many controls there are.
    pub controls: usize,
    /// How many actions there are.
    pub actions: usize,
    /// What was left out or changed, a clause each.
    pub lost: Vec<String>,
}

/// The files that a template workbook without errors becomes; `version` is the day of the template.
///
/// Ids are made of titles, and none that `is_taken` is used: a folder laid over another library
/// overrides nothing.
#[must_use]
pub fn import(book: &Workbook, version: NaiveDate, is_taken: &dyn Fn(&str) -> bool) -> Imported {
    let read = TemplateBook::read(book);
    let importing = Importing { book: &read, ids: Ids::new(is_taken), lost: Vec::new() };
    importing.run(version)
}

struct Importing<'b> {
    book: &'b TemplateBook,
    ids: Ids<'b>,
    lost: Vec<String>,
}

/// The ids of everything, as they are given.
struct Named {
    provider: String,
    framework: String,
    template: String,
    /// The services, each with its name.
    services: Vec<(String, String)>,
    /// The headings, each with its title.
    groups: Vec<(String, String)>,
    /// For each control, its id and that of its heading.
    controls: Vec<(String, String)>,
    /// For each action, its id.
    actions: Vec<String>,
}

/// What stands at the head of every file.
const HEAD: &str = "# Made of a template workbook of Compliance Manager by `annexa purview import-template`.\n\n";

/// A text as a value of TOML.
fn toml(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A text without signs that nobody sees, its lines ended alike.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

impl Importing<'_> {
    fn run(mut self, version: NaiveDate) -> Imported {
        let named = self.named();
        let head = |text: String| format!("{HEAD}{text}");
        let files = vec![
            (format!("controls/{}.toml", named.framework), head(self.catalog(&named))),
            (format!("templates/{}/provider.toml", named.provider), head(self.provider(&named))),
            (format!("templates/{}/actions/{}.toml", named.provider, named.framework), head(self.actions(&named))),
            (format!("templates/{}/{}.toml", named.provider, named.framework), head(self.template(&named, version))),
        ];
        self.lost_of_actions();
        Imported {
            files,
            template: named.template,
            framework: named.framework,
            controls: self.book.controls.len(),
            actions: self.book.actions.len(),
            lost: self.lost,
        }
    }

    fn named(&mut self) -> Named {
        let book = self.book;
        let framework = self.ids.give(&slug(&book.certification), "framework");
        let provider = self.ids.give(&slug(&book.product), "provider");
        let template = self.ids.give(&format!("{provider}/{framework}"), "template");
        let mut services = Vec::new();
        for name in &book.services {
            let name = self.title(name, "the name of a service");
            services.push((self.ids.give(&slug(&name), "service"), name));
        }
        let (groups, of_family) = self.groups();
        let controls = self.controls(&of_family);
        let actions = book.actions.iter().map(|a| self.ids.give(&slug(&a.title), "action")).collect();
        Named { provider, framework, template, services, groups, controls, actions }
    }

    /// A title: one line, no longer than it may be.
    fn title(&mut self, text: &str, what: &str) -> String {
        let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= MAX_TITLE {
            return line;
        }
        self.lost.push(format!("{what} is cut after {MAX_TITLE} characters: {}", quoted(&line)));
        line.chars().take(MAX_TITLE).collect()
    }

    /// The headings, each once, and the id of each family.
    fn groups(&mut self) -> (Vec<(String, String)>, BTreeMap<String, String>) {
        let mut under: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for control in &self.book.controls {
            under.entry(&control.family).or_default().push(&control.name);
        }
        let nothing = |_: &str| false;
        let mut ids = Ids::new(&nothing);
        let (mut groups, mut of_family): (Vec<(String, String)>, BTreeMap<String, String>) = Default::default();
        // Headings with ids of their own first, so that no made one takes theirs.
        let families = || self.book.controls.iter().map(|c| c.family.as_str());
        let mut own: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for (family, controls) in &under {
            if let Some((id, title)) = heading(family, controls)
                && own.values().all(|(other, _)| *other != id)
            {
                ids.give(id, "family");
                own.insert(*family, (id, title));
            }
        }
        let mut names = Vec::new();
        for family in families() {
            if of_family.contains_key(family) {
                continue;
            }
            let (id, title) = match own.get(family) {
                Some((id, title)) => ((*id).to_owned(), (*title).to_owned()),
                None => (ids.give(&slug(family), "family"), family.to_owned()),
            };
            of_family.insert(family.to_owned(), id.clone());
            names.push((id, title));
        }
        for (id, title) in names {
            let title = self.title(&title, "the name of a family");
            groups.push((id, title));
        }
        (groups, of_family)
    }

    /// The id of each control and of its heading.
    fn controls(&mut self, of_family: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let nothing = |_: &str| false;
        let mut ids = Ids::new(&nothing);
        let (mut made, mut changed) = (Vec::new(), Vec::new());
        for control in &self.book.controls {
            let id = ids.give(&control_id(&control.name), "control");
            if id != control.name {
                changed.push(format!("{} became {}", quoted(&control.name), quoted(&id)));
            }
            made.push((id, of_family.get(&control.family).cloned().unwrap_or_default()));
        }
        if !changed.is_empty() {
            self.lost.push(format!("names of controls that are no ids: {}", changed.join(", ")));
        }
        made
    }

    fn catalog(&mut self, named: &Named) -> String {
        let certification = self.title(&self.book.certification, "the certification");
        let mut text = String::new();
        let _ = writeln!(text, "[framework]\nid = {}\ntitle = {}", toml(&named.framework), toml(&certification));
        let edition = year(&certification).unwrap_or(&certification);
        let _ = writeln!(
            text,
            "edition = {}\npublisher = \"not named by the workbook\"\nstatus = \"current\"",
            toml(edition)
        );
        for (id, title) in &named.groups {
            let _ = writeln!(text, "\n[[group]]\nid = {}\ntitle = {}", toml(id), toml(title));
        }
        for (control, (id, group)) in self.book.controls.iter().zip(&named.controls) {
            let _ = writeln!(text, "\n[[control]]\nid = {}\ngroup = {}", toml(id), toml(group));
            self.control(control, &mut text);
        }
        text
    }

    fn control(&mut self, control: &ControlLine, text: &mut String) {
        let title = self.title(&control.title, "the title of a control");
        if !title.is_empty() {
            let _ = writeln!(text, "title = {}", toml(&title));
        }
        text.push_str("kind = \"control\"\n");
        let note = self.text(&control.description);
        if !note.is_empty() {
            let _ = writeln!(text, "note = {}", toml(&note));
        }
    }

    /// A text no longer than it may be.
    fn text(&mut self, text: &str) -> String {
        let text = clean(text);
        if text.chars().count() <= MAX_TEXT {
            return text;
        }
        self.lost.push(format!("a text is cut after {MAX_TEXT} characters: {}", quoted(&text)));
        text.chars().take(MAX_TEXT).collect()
    }

    fn provider(&mut self, named: &Named) -> String {
        let name = self.title(&self.book.product, "the product");
        let mut text = format!("[provider]\nid = {}\nname = {}\n", toml(&named.provider), toml(&name));
        for (id, name) in &named.services {
            let _ = writeln!(text, "\n[[service]]\nid = {}\nname = {}", toml(id), toml(name));
            text.push_str("note = \"Named in scope by the workbook, which has no evidence.\"\n");
        }
        text
    }

    fn actions(&mut self, named: &Named) -> String {
        let mut text = String::new();
        for (action, id) in self.book.actions.iter().zip(&named.actions) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}[[action]]\nid = {}", toml(id));
            self.action(action, &mut text);
        }
        text
    }

    fn action(&mut self, action: &ActionLine, text: &mut String) {
        let title = self.title(&action.title, "the title of an action");
        let (purpose, enforcement, points) = weight(action.points.unwrap_or(1), action.purpose);
        let kind = action.action_type.unwrap_or(ActionType::Operational);
        let _ = writeln!(text, "title = {}\nowner = \"customer\"\ntype = \"{}\"", toml(&title), kind.word());
        let _ = writeln!(text, "purpose = \"{}\"\nenforcement = \"{}\"", purpose.word(), enforcement.word());
        if let Some(points) = points {
            let _ = writeln!(text, "points = {points}");
        }
        let (guidance, links) = guidance_and_links(&self.text(&action.description));
        if !guidance.is_empty() && guidance != title {
            let _ = writeln!(text, "guidance = {}", toml(&guidance));
        }
        if !links.is_empty() {
            let list: toml_edit::Array = links.iter().map(String::as_str).collect();
            let _ = writeln!(text, "links = {}", toml_edit::Value::Array(list));
        }
    }

    fn template(&mut self, named: &Named, version: NaiveDate) -> String {
        let book = self.book;
        let title = self.title(&book.title, "the title");
        let mut text = format!("[template]\nid = {}\ntitle = {}\n", toml(&named.template), toml(&title));
        let _ = writeln!(text, "framework = {}\nprovider = {}", toml(&named.framework), toml(&named.provider));
        let _ = writeln!(
            text,
            "product = {}\ncertification = {}",
            toml(&clean(&book.product)),
            toml(&clean(&book.certification))
        );
        let _ = writeln!(text, "version = {version}");
        let ids: BTreeMap<&str, &str> =
            book.actions.iter().zip(&named.actions).map(|(a, id)| (a.title.as_str(), id.as_str())).collect();
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for (control, (id, _)) in book.controls.iter().zip(&named.controls) {
            let mut list = toml_edit::Array::new();
            for title in &control.actions {
                match ids.get(title.as_str()) {
                    Some(id) => list.push(*id),
                    None => *unknown.entry(title).or_default() += 1,
                }
            }
            if !list.is_empty() {
                let _ =
                    writeln!(text, "\n[[map]]\ncontrol = {}\nactions = {}", toml(id), toml_edit::Value::Array(list));
            }
        }
        for (title, count) in unknown {
            let controls = counted(count, "control");
            self.lost.push(format!("the action {} of {controls}, which is not in the workbook", quoted(title)));
        }
        text
    }

    /// What an action of the library has no place for.
    fn lost_of_actions(&mut self) {
        let other_titles = self.book.actions.iter().filter(|a| a.description_title != a.title).count();
        if other_titles > 0 {
            self.lost.push(format!(
                "the `actionDescriptionTitle` of {}, which is not the title",
                counted(other_titles, "action")
            ));
        }
        let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, _) in self.book.actions.iter().flat_map(|a| &a.others) {
            *keys.entry(key).or_default() += 1;
        }
        for (key, count) in keys {
            self.lost.push(format!("the dimension {} of {}", quoted(key), counted(count, "action")));
        }
    }
}

/// The name of a control as an id: itself, or with hyphens where an id can have no such sign.
fn control_id(name: &str) -> String {
    if id::check(name).is_none() {
        return name.to_owned();
    }
    let sign = |c: char| if c.is_ascii_alphanumeric() || "._-/()".contains(c) { c } else { '-' };
    let made: String = name.chars().map(sign).take(96).collect();
    made.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).trim_end_matches('-').to_owned()
}

/// The year in the name of a certification.
fn year(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    words.rfind(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")))
}
