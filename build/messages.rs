//! Compiles `locales/<language>/<topic>.ftl` into the program, and holds the languages against English.
//!
//! Every message of `locales/en` must stand in each other language, in the file of the same name and
//! with the same variables, and no language may have one that English lacks: otherwise the build
//! fails and names all of them. A message of English becomes a constant, `score-title` becomes
//! `SCORE_TITLE`, so that a misspelt message does not compile, and one that nobody uses is warned
//! of. The words of closed sets in `words.ftl` and the clauses of diagnostics in
//! `fault.ftl` are looked up by their names and get none.

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The language that the others are held against.
const ENGLISH: &str = "en";
/// The topics whose messages are looked up, not named.
const LOOKED_UP: [&str; 2] = ["words", "fault"];

/// The variables of a message.
#[derive(Default)]
struct Variables {
    /// Those that are shown: a translation has to show them too.
    shown: BTreeSet<String>,
    /// Those that are shown or chosen by: a translation may use no other.
    all: BTreeSet<String>,
}

/// The messages of a language by topic.
type Topics = BTreeMap<String, BTreeMap<String, Variables>>;

/// The Rust source of the constants and of the table of texts.
pub fn compile(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut languages: BTreeMap<String, Topics> = BTreeMap::new();
    let mut table = String::from("const TEXTS: &[(&str, &str)] = &[\n");
    let mut faults = Vec::new();
    for language in names(folder)? {
        let topics = languages.entry(language.clone()).or_default();
        for file in names(&folder.join(&language))? {
            let Some(topic) = file.strip_suffix(".ftl") else { continue };
            let path = folder.join(&language).join(&file);
            let text = fs::read_to_string(&path)?;
            topics.insert(topic.to_owned(), read(&text, &format!("{language}/{file}"), &mut faults));
            writeln!(table, "    ({language:?}, include_str!({:?})),", path.display().to_string())?;
        }
    }
    table.push_str("];\n");
    let english = languages.remove(ENGLISH).ok_or("locales/en is missing")?;
    for (language, topics) in &languages {
        compare(&english, topics, language, &mut faults);
    }
    if !faults.is_empty() {
        return Err(format!("the messages have faults:\n{}", faults.join("\n")).into());
    }
    let mut seen = BTreeSet::new();
    for (topic, messages) in &english {
        for id in messages.keys() {
            if !seen.insert(id) {
                return Err(format!("message `{id}` stands in two topics").into());
            }
            if !LOOKED_UP.contains(&topic.as_str()) {
                let name = id.to_uppercase().replace('-', "_");
                writeln!(table, "pub(crate) const {name}: Message = Message({id:?});")?;
            }
        }
    }
    Ok(table)
}

fn names(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().into_string().map_err(|name| format!("not a plain name: {name:?}"))?);
    }
    names.sort();
    Ok(names)
}

fn read(text: &str, file: &str, faults: &mut Vec<String>) -> BTreeMap<String, Variables> {
    let resource: Resource<&str> = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let line = text.get(..error.pos.start).unwrap_or_default().lines().count();
                faults.push(format!("locales/{file}:{line}: {error}"));
            }
            resource
        }
    };
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut variables = Variables::default();
        match &message.value {
            Some(pattern) => pattern_variables(pattern, &mut variables),
            None => faults.push(format!("locales/{file}: `{}` has no text", message.id.name)),
        }
        if messages.insert(message.id.name.to_owned(), variables).is_some() {
            faults.push(format!("locales/{file}: `{}` stands there twice", message.id.name));
        }
    }
    messages
}

fn pattern_variables(pattern: &Pattern<&str>, found: &mut Variables) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_variables(inline, true, found),
            Expression::Select { selector, variants } => {
                inline_variables(selector, false, found);
                for variant in variants {
                    pattern_variables(&variant.value, found);
                }
            }
        }
    }
}

fn inline_variables(expression: &InlineExpression<&str>, is_shown: bool, found: &mut Variables) {
    match expression {
        InlineExpression::VariableReference { id } => {
            found.all.insert(id.name.to_owned());
            if is_shown {
                found.shown.insert(id.name.to_owned());
            }
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                inline_variables(argument, is_shown, found);
            }
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = expression.as_ref() {
                inline_variables(inline, is_shown, found);
            }
        }
        _ => {}
    }
}

/// What `other` lacks, or has beside `english`.
fn compare(english: &Topics, other: &Topics, language: &str, faults: &mut Vec<String>) {
    let none = BTreeMap::new();
    for topic in english.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
        let (ours, theirs) = (english.get(topic).unwrap_or(&none), other.get(topic).unwrap_or(&none));
        for id in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            let place = format!("locales/{language}/{topic}.ftl: `{id}`");
            match (ours.get(id), theirs.get(id)) {
                (Some(_), None) => faults.push(format!("{place} is missing")),
                (None, Some(_)) => faults.push(format!("{place} is not in English")),
                (Some(ours), Some(theirs)) => {
                    for variable in ours.shown.difference(&theirs.all) {
                        faults.push(format!("{place} does not show `${variable}`"));
                    }
                    for variable in theirs.all.difference(&ours.all) {
                        faults.push(format!("{place} uses `${variable}`, which English does not"));
                    }
                }
                (None, None) => {}
            }
        }
    }
}
