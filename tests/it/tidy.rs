//! The shape of the house: modules name only lower floors, files stay small, nothing strays.

use std::path::{Path, PathBuf};

/// The modules of the library crate, from the ground up; each may name those before it.
const FLOORS: &[&str] = &[
    "id",
    "choice",
    "safe",
    "points",
    "change",
    "source",
    "day",
    "ledger",
    "diagnostic",
    "sheet",
    "shape",
    "schema",
    "oscal_text",
    "library",
    "builtin",
    "locale",
    "snapshot",
    "trend",
    "profile",
    "convert",
    "folder",
    "graph",
    "lint",
    "compiled",
    "crosswalk",
    "scenario",
    "tenant",
    "evaluate",
    "result",
    "badge",
    "derive",
    "explain",
    "soa",
    "forecast",
    "plan",
    "weakpoints",
    "network",
    "starter",
    "edit",
    "migrate",
    "purview",
    "model",
    "compare",
    "whatif",
    "fleet",
    "import",
    "gate",
    "schemas",
    "progress",
    "browse",
    "dossier",
    "oscal",
    "report",
    "history",
];

/// The most lines a file of the product may have.
const WALL: usize = 400;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The first part of each path that starts with `crate::`, grouped ones too.
fn named_modules(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = &group[..group.find(';').unwrap_or(group.len())];
            let mut depth = 0;
            for part in group.split_inclusive([',', '{', '}']) {
                if depth == 0 {
                    names.push(part.trim_matches([',', '{', '}', ' ', '\n']).to_owned());
                }
                depth += i32::try_from(part.matches('{').count()).unwrap();
                depth -= i32::try_from(part.matches('}').count()).unwrap();
            }
        } else {
            names.push(rest.to_owned());
        }
    }
    let word = |n: String| n.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    names.into_iter().map(word).filter(|n| !n.is_empty()).collect()
}

#[test]
fn modules_name_only_lower_floors() {
    let src = source();
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.trim_end_matches(".rs");
        if ["lib", "main", "cli"].contains(&module) {
            continue;
        }
        let floor = |name: &str| FLOORS.iter().position(|f| *f == name);
        let own = floor(module).unwrap_or_else(|| panic!("{module} has no floor"));
        let text = std::fs::read_to_string(&path).unwrap();
        for named in named_modules(&text) {
            // Types that lib.rs shows may be linked in comments.
            let Some(other) = floor(&named) else { continue };
            assert!(other <= own, "{} names {named}, which is on a higher floor", inside.display());
        }
    }
}

#[test]
fn the_command_line_sees_only_what_the_library_shows() {
    for path in rust_files(&source().join("cli")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("#[path"), "{} reaches into the library", path.display());
    }
}

#[test]
fn files_say_what_they_are_and_stay_small() {
    for path in rust_files(&source()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap();
        let lines = product.lines().count();
        assert!(lines <= WALL, "{} has {lines} lines", path.display());
        assert!(text.starts_with("//! "), "{} does not say what it is", path.display());
    }
}

#[test]
fn every_dependency_says_why() {
    let manifest = include_str!("../../Cargo.toml");
    let normal = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for line in normal.lines().filter(|l| l.contains(" = ")) {
        assert!(line.contains("# "), "no reason beside `{line}`");
    }
}
