//! Compiles `controls/`, `templates/` and `locales/` into the program.
//!
//! The library is read, merged and checked by the crate's own modules, the same that read a user's
//! `--library` folder; an error in it fails the build with the file and line. `messages` holds the
//! languages against each other, and a message that one of them lacks fails the build too.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "the build uses a part of the modules it borrows")]
#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]
#![allow(clippy::print_stdout, reason = "cargo listens there")]

#[path = "../src/choice.rs"]
mod choice;
#[path = "../src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "../src/id.rs"]
mod id;
#[path = "../src/library/mod.rs"]
mod library;
mod messages;
#[path = "../src/points.rs"]
mod points;
#[path = "../src/shape/mod.rs"]
mod shape;
#[path = "../src/source.rs"]
mod source;

use diagnostic::{Diagnostics, Severity};
use library::{Library, LibraryText, assemble};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    for top in ["controls", "templates"] {
        println!("cargo::rerun-if-changed={top}");
        collect(&root.join(top), &mut paths)?;
    }
    println!("cargo::rerun-if-changed=src");
    paths.sort();
    let mut files = Vec::new();
    for path in &paths {
        let inside = path.strip_prefix(&root)?.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/");
        files.push((inside, fs::read_to_string(path)?));
    }
    let mut listing = String::from("&[\n");
    for ((inside, _), path) in files.iter().zip(&paths) {
        writeln!(listing, "    ({inside:?}, include_str!({:?})),", path.display().to_string())?;
    }
    listing.push(']');
    fs::write(out.join("builtin_files.rs"), listing)?;
    fs::write(out.join("builtin.postcard"), postcard::to_stdvec(&compile(&files)?)?)?;
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");
    fs::write(out.join("messages.rs"), messages::compile(&root.join("locales"))?)?;
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

fn compile(files: &[(String, String)]) -> Result<Library, Box<dyn Error>> {
    let mut sources = source::Sources::default();
    let mut texts = Vec::new();
    for (path, text) in files {
        let file = sources.add(path.clone(), text.clone());
        texts.push(LibraryText { layer: 0, path, file, text });
    }
    let mut faults = Diagnostics::new();
    let library = assemble(Library::default(), &texts, &mut faults);
    if !faults.has_errors() {
        return Ok(library);
    }
    let mut message = String::from("the built-in library has faults:\n");
    for fault in faults.sorted().iter().filter(|d| d.severity() == Severity::Error) {
        let place = fault.labels.first().and_then(|l| sources.place(l.span));
        let place = place.map(|(file, line, column)| format!("{file}:{line}:{column}: ")).unwrap_or_default();
        writeln!(message, "{place}{} [{}]", fault.message, fault.code.name())?;
    }
    Err(message.into())
}
