//! Pages that are made from the program, and are what the program would make now.
//!
//! `UPDATE=1 cargo test` writes them again.

use crate::support::{differs, done, none, numbered};
use annexa::{Choice, Code, GapKind, schemas};
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// What stands above this line is written by hand, what stands below it by the program.
const MARK: &str = "<!-- What follows is made by the tests from the program. -->\n";

/// Compares the lower part of `docs/<name>` with what it should be, or writes it.
fn assert_page(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    let page = std::fs::read_to_string(&path).unwrap();
    let (by_hand, _) = page.split_once(MARK).expect("the page has its mark");
    let expected = format!("{by_hand}{MARK}{made}");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert!(found == expected, "docs/{name} is not what the program says; run `UPDATE=1 cargo test`");
}

#[test]
fn diagnostics_page() {
    let mut page = String::new();
    for code in Code::ALL {
        let kind = if code.is_lint() { "lint" } else { code.severity().word() };
        let _ = write!(page, "\n## {}\n\n*{kind}.* {}\n", code.name(), code.explanation());
    }
    assert_page("diagnostics.md", &page);
}

/// All commands under one, each followed by those under it, as the help lists them.
pub(crate) fn commands(above: &str) -> Vec<String> {
    let help = done(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &[&above.split_whitespace().collect::<Vec<_>>()[..], &["--help"]].concat(),
    );
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let names = names.map(|name| format!("{above} {name}").trim().to_owned());
    names.flat_map(|name| [vec![name.clone()], commands(&name)].concat()).collect()
}

#[test]
fn command_line_page() {
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_annexa")).args(args).env("COLUMNS", "100").output().unwrap();
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let mut page = String::new();
    let _ = write!(page, "\n## annexa\n\n```text\n{}```\n", help(&["--help"]));
    for command in commands("") {
        let args: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let _ = write!(page, "\n## annexa {command}\n\n```text\n{}```\n", help(&args));
    }
    assert_page("cli.md", &page);
}

#[test]
fn formats_page() {
    let mut page = String::new();
    for (name, what) in schemas::NAMES {
        let schema = schemas::schema(name).unwrap();
        let _ = write!(page, "\n## {}\n\n{}\n", capitalized(what), schema["description"].as_str().unwrap());
        tables(&mut page, "", &schema);
    }
    let kinds: Vec<&str> = GapKind::WORDS.to_vec();
    assert!(kinds.iter().all(|k| include_str!("../../docs/model.md").contains(&format!("`{k}`"))));
    assert_page("formats.md", &page);
}

fn capitalized(text: &str) -> String {
    let text = text.strip_prefix("a ").unwrap_or(text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The keys of a table, then those of the tables in it.
fn tables(page: &mut String, path: &str, schema: &Value) {
    let required: Vec<&str> = schema["required"].as_array().unwrap().iter().map(|k| k.as_str().unwrap()).collect();
    page.push_str("\n| key | takes | |\n|---|---|---|\n");
    let mut inner: Vec<(String, &Value)> = Vec::new();
    for (key, value) in schema["properties"].as_object().unwrap() {
        let star = if required.contains(&key.as_str()) { " (required)" } else { "" };
        let _ = writeln!(page, "| `{key}`{star} | {} | {} |", takes(value), value["description"].as_str().unwrap());
        if value["type"] == "object" {
            inner.push((format!("[{path}{key}]"), value));
        } else if value["items"]["type"] == "object" {
            inner.push((format!("[[{path}{key}]]"), &value["items"]));
        }
    }
    for (title, value) in inner {
        let _ = write!(page, "\n### `{title}`\n\n{}\n", value["description"].as_str().unwrap());
        let path = title.trim_matches(['[', ']']);
        tables(page, &format!("{path}."), value);
    }
}

fn takes(value: &Value) -> String {
    if let Some(words) = value["enum"].as_array() {
        return words.iter().map(|w| format!("`{}`", w.as_str().unwrap())).collect::<Vec<_>>().join(", ");
    }
    match (value["type"].as_str().unwrap(), value["format"].as_str(), &value["items"]) {
        ("string", Some("date"), _) => "a date".to_owned(),
        ("string", Some("uri"), _) => "a web address".to_owned(),
        ("string", _, _) if value["pattern"].as_str().is_some_and(|p| p.starts_with("^[A-Za-z0-9]")) => {
            "an id".to_owned()
        }
        ("string", _, _) => "text".to_owned(),
        ("integer", _, _) => format!("{} to {}", value["minimum"], value["maximum"]),
        ("number", _, _) => format!("a decimal, {} to {}", value["minimum"], value["maximum"]),
        ("boolean", _, _) => "`true` or `false`".to_owned(),
        ("array", _, items) if items["enum"].is_array() => format!("a list of {}", takes(items)),
        ("array", _, items) if items["type"] == "object" => "tables".to_owned(),
        ("array", _, items) if items.get("anyOf").is_some() => "ids, each plain or `{ id, since }`".to_owned(),
        ("array", _, items) => format!("a list: {}", takes(items)),
        _ => "a table".to_owned(),
    }
}

/// Blocks of pages that are made by a command or are a file, by the mark before each: how it starts,
/// the language of the block, and what makes it.
type Made = (&'static str, &'static str, fn(&str) -> String);
const BLOCKS: [Made; 8] = [
    ("<!-- run: annexa ", "text", printed),
    ("<!-- run beside the profiles: annexa ", "text", printed_beside),
    ("<!-- run in turn beside the profiles: annexa ", "text", printed_in_turn),
    ("<!-- run in turn beside the fleet: annexa ", "text", printed_of_fleet),
    ("<!-- drawn by Mermaid: annexa ", "mermaid", printed),
    ("<!-- file: ", "toml", text_of),
    ("<!-- text: ", "text", text_of),
    ("<!-- kept: ", "text", kept),
];

#[test]
fn pages_show_what_is_printed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["docs", "docs/interop"].map(|folder| std::fs::read_dir(here.join(folder)).unwrap());
    let mut pages: Vec<_> = folders.into_iter().flatten().map(|e| e.unwrap().path()).collect();
    pages.push(here.join("README.md"));
    for path in pages.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let page = std::fs::read_to_string(path).unwrap();
        let expected = BLOCKS.iter().fold(page, |page, made| with_blocks(&page, made));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap();
        assert!(found == expected, "{} shows something else; run `UPDATE=1 cargo test`", path.display());
    }
}

/// Pictures stand beside the page that shows them, each after a mark that says what draws it.
#[test]
fn pages_show_what_is_drawn() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut faults, mut count) = (Vec::new(), 0);
    for path in std::fs::read_dir(here.join("docs")).unwrap().map(|e| e.unwrap().path()) {
        let Some(page) = std::fs::read_to_string(&path).ok().filter(|_| path.extension().is_some_and(|e| e == "md"))
        else {
            continue;
        };
        for part in page.split("<!-- drawn: annexa ").skip(1) {
            let (command, rest) = part.split_once(" -->\n![").expect("a picture follows each mark");
            let (_, file) = rest.split_once("](").unwrap();
            let drawn = done(here, &command.split(' ').collect::<Vec<_>>());
            faults.extend(differs(&here.join("docs").join(file.split_once(')').unwrap().0), &drawn));
            count += 1;
        }
    }
    none(&faults);
    assert!(count >= 2, "{count} pictures");
}

/// The page with all blocks of one sort made anew.
fn with_blocks(page: &str, (mark, language, make): &Made) -> String {
    let mut parts = page.split(mark);
    let mut made = parts.next().unwrap().to_owned();
    for part in parts {
        let (what, rest) = part.split_once(&format!(" -->\n```{language}\n")).expect("a block follows each mark");
        let (_, after) = rest.split_once("```\n").unwrap();
        let _ = write!(made, "{mark}{what} -->\n```{language}\n{}```\n{after}", make(what));
    }
    made
}

/// What `annexa <command>` prints, cut by a `| head -N` if the command ends in one.
fn printed(command: &str) -> String {
    printed_in(Path::new(env!("CARGO_MANIFEST_DIR")), command)
}

/// The same in a folder with the starter profiles, for a command that writes a file.
fn printed_beside(command: &str) -> String {
    printed_in(beside().path(), command)
}

/// What the last of several commands prints, which are run one after the other in such a folder; ids
/// of snapshots depend on the time of recording, so they are numbered.
fn printed_in_turn(commands: &str) -> String {
    let folder = beside();
    let all: Vec<&str> = commands.split(" && annexa ").collect();
    let (last, before) = all.split_last().unwrap();
    for command in before {
        // What is made on the way may print nothing.
        done(folder.path(), &command.split(' ').collect::<Vec<_>>());
    }
    numbered(&printed_in(folder.path(), last))
}

/// The same beside a folder `fleet` with the profiles of a small fleet.
fn printed_of_fleet(commands: &str) -> String {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fleet");
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("fleet")).unwrap();
    for path in std::fs::read_dir(shipped).unwrap().map(|e| e.unwrap().path()) {
        std::fs::copy(&path, folder.path().join("fleet").join(path.file_name().unwrap())).unwrap();
    }
    let (before, last) = commands.rsplit_once(" && annexa ").unwrap_or(("", commands));
    for command in before.split(" && annexa ").filter(|command| !command.is_empty()) {
        done(folder.path(), &command.split(' ').collect::<Vec<_>>());
    }
    printed_in(folder.path(), last)
}

fn beside() -> tempfile::TempDir {
    let profiles = annexa::starter_profiles();
    let named = profiles.map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
    crate::support::folder_of(named)
}

fn printed_in(folder: &Path, command: &str) -> String {
    let (command, lines) = command.split_once(" | head -").unwrap_or((command, "1000"));
    let output =
        Command::new(env!("CARGO_BIN_EXE_annexa")).args(command.split(' ')).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty(), "{command} prints nothing");
    text.lines().take(lines.parse().unwrap()).flat_map(|line| [line, "\n"]).collect()
}

/// What a case of the tests prints, without the exit code.
fn kept(path: &str) -> String {
    let text = text_of(path);
    text.strip_suffix("exit 0\n").expect("a case that ends well").to_owned()
}

/// A file of the repository.
fn text_of(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
