//! Catalogues of editions that the built-in library knows, held against it.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic, listed, quoted, suggestion};
use crate::library::{Allowance, Control, ControlKind, Framework, Library};
use std::collections::{BTreeMap, BTreeSet};

/// If more controls of a kind are missing than this, one finding names them all.
const MANY: usize = 20;
/// So many ids are named where one finding stands for several.
const NAMED: usize = 8;

pub(super) fn lint(linter: &mut Linter<'_>) {
    for framework in linter.library.frameworks() {
        of_27002(linter, framework);
        let published = linter.published.and_then(|library| Some((library, edition_of(framework, library)?)));
        match published {
            Some((library, edition)) => compare(linter, framework, library, edition),
            None => two_depths(linter, framework),
        }
    }
}

/// The edition in `library` that a catalogue is: the one of its id, else the one of the same
/// publisher and edition that has the same numbers in its title, such as 27001.
pub(super) fn edition_of<'p>(framework: &Framework, library: &'p Library) -> Option<&'p Framework> {
    if let Some(same) = library.find_framework(framework.id.value.as_str()) {
        return Some(library.framework(same));
    }
    let numbers = numbers(framework);
    let is_same = |known: &&Framework| {
        let is_publisher = words(&known.publisher)
            .iter()
            .any(|word| words(&framework.publisher).contains(word) || words(&framework.title).contains(word));
        is_publisher && known.edition == framework.edition && !numbers.is_empty() && self::numbers(known) == numbers
    };
    library.frameworks().iter().find(is_same)
}

/// Whether two catalogues are editions of one standard.
pub(super) fn is_same_standard(one: &Framework, other: &Framework) -> bool {
    let succeeds = |a: &Framework, b: &Framework| a.superseded_by.as_ref().is_some_and(|id| id.value == b.id.value);
    let numbers = numbers(one);
    succeeds(one, other) || succeeds(other, one) || !numbers.is_empty() && numbers == self::numbers(other)
}

/// The numbers of three digits and more in a title, without the edition.
fn numbers(framework: &Framework) -> BTreeSet<&str> {
    let parts = framework.title.split(|c: char| !c.is_ascii_digit());
    parts.filter(|n| n.len() >= 3 && *n != framework.edition).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| word.chars().count() >= 3).map(str::to_lowercase).collect()
}

/// The id by which an edition knows a control: its own, or for a control of Annex A written as ISO/IEC
/// 27002 writes it, the one with `A.` before it.
pub(super) fn meant<'i>(control: &'i Control, edition: &BTreeMap<&'i str, &'i Control>) -> Option<&'i str> {
    let id = control.id.value.as_str();
    if is_of_27002(control) {
        let annex = format!("A.{id}");
        return edition.get_key_value(annex.as_str()).map(|(id, _)| *id);
    }
    edition.get_key_value(id).map(|(id, _)| *id)
}

pub(super) fn by_id(framework: &Framework) -> BTreeMap<&str, &Control> {
    framework.controls.iter().map(|c| (c.id.value.as_str(), c)).collect()
}

fn is_of_27002(control: &Control) -> bool {
    control.kind == ControlKind::AnnexA && control.id.value.as_str().starts_with(|c: char| c.is_ascii_digit())
}

/// Controls of Annex A without the `A.` that tells them from clauses.
fn of_27002(linter: &mut Linter<'_>, framework: &Framework) {
    let bare: Vec<&Control> = framework.controls.iter().filter(|c| is_of_27002(c)).collect();
    let Some(first) = bare.first() else { return };
    let (id, count) = (first.id.value.as_str(), bare.len());
    let message = match count {
        1 => format!("the Annex A control `{id}` of `{}` is written as a clause is", framework.id.value),
        _ => format!("{count} Annex A controls of `{}` are written as clauses are", framework.id.value),
    };
    let help = format!("ISO/IEC 27002 writes `{id}`; in ISO/IEC 27001 that is a clause, and the control is `A.{id}`");
    let diagnostic = Diagnostic::new(Code::MixedEditions, message).at(first.id.span, "without `A.`");
    linter.tell(diagnostic.about(framework.id.value.as_str()).help(help));
}

/// Annex A ids of two parts beside those of three, where no published edition says which are right.
fn two_depths(linter: &mut Linter<'_>, framework: &Framework) {
    let mut by_depth: BTreeMap<usize, Vec<&Control>> = BTreeMap::new();
    for control in framework.controls.iter().filter(|c| c.id.value.as_str().starts_with("A.")) {
        let depth = control.id.value.as_str().split('.').count();
        by_depth.entry(depth).or_default().push(control);
    }
    let (Some(of_2022), Some(of_2013)) = (by_depth.get(&3), by_depth.get(&4)) else { return };
    let (many, few) = if of_2022.len() < of_2013.len() { (of_2013, of_2022) } else { (of_2022, of_2013) };
    let (Some(usual), Some(odd)) = (many.first(), few.first()) else { return };
    let ids = listed(few.iter().take(NAMED).map(|c| c.id.value.as_str()));
    let message = format!("catalogue `{}` has ids of two editions", framework.id.value);
    let diagnostic = Diagnostic::new(Code::MixedEditions, message).at(odd.id.span, "numbered another way");
    let help = format!("of the fewer kind: {ids}");
    linter.tell(diagnostic.at(usual.id.span, "than most are").about(framework.id.value.as_str()).help(help));
}

fn compare(linter: &mut Linter<'_>, framework: &Framework, library: &Library, edition: &Framework) {
    let published = by_id(edition);
    let mut there: BTreeSet<&str> = BTreeSet::new();
    for control in &framework.controls {
        match meant(control, &published).and_then(|id| published.get_key_value(id)) {
            Some((id, known)) => {
                there.insert(id);
                title(linter, control, known);
            }
            None if is_part(edition, library) => {}
            None => {
                let diagnostic = stranger(control, library, edition, !linter.found.are_many());
                linter.tell(diagnostic);
            }
        }
    }
    missing(linter, framework, edition, &there);
}

/// Whether the library itself says that it holds a part of an edition only: then what it lacks may be right.
fn is_part(edition: &Framework, library: &Library) -> bool {
    let is_said =
        |a: &Allowance| a.code.value == Code::NumberingHole.name() && a.about.value == edition.id.value.as_str();
    library.allowances().iter().any(is_said)
}

fn title(linter: &mut Linter<'_>, control: &Control, known: &Control) {
    let is_stated = |c: &Control| c.title != c.id.value.as_str();
    if is_stated(control) && is_stated(known) && folded(&control.title) != folded(&known.title) {
        let id = &control.id;
        let message = format!("control `{}` is titled {}", id.value, quoted(&control.title));
        let diagnostic = Diagnostic::new(Code::TitleDiffers, message).at(id.span, "this control");
        linter.tell(diagnostic.about(id.value.as_str()).help(format!("published: {}", quoted(&known.title))));
    }
}

/// A title without what editors change: case, punctuation, hyphens, British or American spelling.
fn folded(title: &str) -> String {
    const SPELLINGS: [(&str, &str); 12] = [
        ("&", " and "),
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ise", "ize"),
        ("our", "or"),
        ("ence", "ense"),
        ("ogue", "og"),
        ("lling", "ling"),
        ("lled", "led"),
        ("programme", "program"),
        ("centre", "center"),
    ];
    let lower = title.to_lowercase();
    let spelt = SPELLINGS.iter().fold(lower, |text, (from, to)| text.replace(from, to));
    spelt.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A control that the edition does not have: one of another edition of the standard, or nobody's.
fn stranger(control: &Control, library: &Library, edition: &Framework, with_help: bool) -> Diagnostic {
    let id = control.id.value.as_str();
    let others = library.frameworks().iter().filter(|f| f.id.value != edition.id.value && is_same_standard(f, edition));
    if let Some(other) = others.into_iter().find(|f| f.find_control(id).is_some()) {
        let message = format!("control `{id}` is of {}, not of {}", other.title, edition.title);
        let diagnostic = Diagnostic::new(Code::MixedEditions, message).at(control.id.span, "this control");
        return diagnostic.about(id);
    }
    let message = format!("{} has no control `{id}`", edition.title);
    let known = edition.controls.iter().map(|c| c.id.value.as_str());
    let diagnostic = Diagnostic::new(Code::ExtraControl, message).at(control.id.span, "this control");
    diagnostic.about(id).maybe_help(with_help.then(|| suggestion(id, known)).flatten())
}

/// Tells of published controls that are not `there`: one by one, or in one where all of a kind, all
/// under a heading, or very many are missing, for then the catalogue is a part.
fn missing(linter: &mut Linter<'_>, framework: &Framework, edition: &Framework, there: &BTreeSet<&str>) {
    let mut tell = |message: String, about: &str, help: String| {
        let diagnostic = Diagnostic::new(Code::MissingControl, message).at(framework.id.span, "this catalogue");
        linter.tell(diagnostic.about(about).help(help));
    };
    let name = framework.id.value.as_str();
    for (kind, what) in [
        (ControlKind::Clause, "clauses"),
        (ControlKind::AnnexA, "Annex A controls"),
        (ControlKind::Control, "controls"),
    ] {
        let of_kind: Vec<&Control> = edition.controls.iter().filter(|c| c.kind == kind).collect();
        let is_gone = |c: &&Control| !there.contains(c.id.value.as_str());
        let mut gone: Vec<&Control> = of_kind.iter().copied().filter(is_gone).collect();
        let ids = |gone: &[&Control]| {
            let more = if gone.len() > NAMED { format!(" and {} more", gone.len() - NAMED) } else { String::new() };
            format!("{}{more}", listed(gone.iter().take(NAMED).map(|c| c.id.value.as_str())))
        };
        if gone.len() == of_kind.len() && !gone.is_empty() || gone.len() > MANY {
            let (none, all) = (gone.len(), of_kind.len());
            let share = if none == all { format!("all {all}") } else { format!("{none} of the {all}") };
            let message = format!("catalogue `{name}` lacks {share} {what} of {}", edition.title);
            tell(message, name, ids(&gone));
            continue;
        }
        for heading in edition.groups.iter().filter(|g| g.parent.is_none()) {
            let is_under = |c: &&Control| edition.headings(c).last().is_some_and(|top| top.id == heading.id);
            let (under, others): (Vec<&Control>, Vec<&Control>) = gone.iter().partition(|c| is_under(c));
            if under.len() > 1 && of_kind.iter().filter(|c| is_under(c)).count() == under.len() {
                let (id, title) = (heading.id.value.as_str(), &heading.title);
                tell(
                    format!("catalogue `{name}` lacks all controls under `{id}`"),
                    id,
                    format!("{title}: {}", ids(&under)),
                );
                gone = others;
            }
        }
        for control in gone {
            let (id, title) = (control.id.value.as_str(), &control.title);
            tell(
                format!("catalogue `{name}` lacks control `{id}` of {}", edition.title),
                id,
                format!("published: `{id}` {title}"),
            );
        }
    }
}
