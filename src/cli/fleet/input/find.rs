//! What the user names, looked at: files, folders and standard input become a list of inputs.

#![expect(clippy::disallowed_methods, reason = "folders of profiles are listed by the command line")]

use super::super::arrow::{self, Table};
use super::super::pack_file::PackFile;
use super::{FileOfLines, Files, Input};
use crate::cli::Failure;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// How deep a folder of profiles is searched.
const MAX_DEPTH: usize = 32;

/// The forms of input, by the ending of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Profile,
    Lines,
    Pack,
    Table,
}

fn form(path: &Path) -> Option<Form> {
    match path.extension().and_then(OsStr::to_str)? {
        "toml" | "json" => Some(Form::Profile),
        "ndjson" | "jsonl" => Some(Form::Lines),
        "pack" => Some(Form::Pack),
        "parquet" | "arrow" | "arrows" | "feather" | "ipc" => Some(Form::Table),
        _ => None,
    }
}

/// The inputs that these paths name, in their order; everything that cannot be used is told at once.
pub(in crate::cli::fleet) fn find(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut found = Found::default();
    let mut has_stream = false;
    for path in paths {
        if path.as_os_str() != "-" {
            found.path(path);
        } else if std::mem::replace(&mut has_stream, true) {
            found.fault("standard input can be read once", "name `-` once");
        } else {
            found.end_files();
            found.inputs.push(Input::Stream);
        }
    }
    found.end_files();
    if found.faults.is_empty() { Ok(found.inputs) } else { Err(Failure::Inputs(found.faults)) }
}

#[derive(Default)]
struct Found {
    inputs: Vec<Input>,
    /// Files with a profile each that have no other input between them.
    files: Vec<PathBuf>,
    hasher: Sha256,
    faults: Vec<(String, Option<String>)>,
}

impl Found {
    fn fault(&mut self, message: impl Into<String>, help: &str) {
        self.faults.push((message.into(), Some(help.to_owned()).filter(|help| !help.is_empty())));
    }

    /// Takes what the user names.
    fn path(&mut self, path: &Path) {
        let shown = path.display();
        match std::fs::metadata(path) {
            Err(error) => self.fault(format!("cannot read `{shown}`: {error}"), ""),
            Ok(metadata) if metadata.is_dir() => self.folder(path, MAX_DEPTH),
            Ok(metadata) => match form(path) {
                Some(form) => self.file(path.to_owned(), form, &metadata),
                None => {
                    let help = "a profile ends in `.toml` or `.json`, profiles on lines in `.ndjson` or `.jsonl`, a pack in `.pack`, a table of profiles in `.parquet` or `.arrow`";
                    self.fault(format!("what `{shown}` holds cannot be told by its name"), help);
                }
            },
        }
    }

    /// Takes what lies in a folder, by name; of other forms, and hidden, may lie there what will.
    fn folder(&mut self, folder: &Path, depth: usize) {
        let failed = |error: std::io::Error| format!("cannot read the folder `{}`: {error}", folder.display());
        let list: Result<Vec<_>, _> = std::fs::read_dir(folder).and_then(Iterator::collect).map_err(failed);
        let mut list = match list {
            Ok(list) => list,
            Err(message) => return self.fault(message, ""),
        };
        list.sort_by_key(std::fs::DirEntry::file_name);
        for entry in list {
            let path = entry.path();
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            // A link to a folder may lead back here; one to a file is the file.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let is_ours = path.extension().is_some_and(|e| e == "parts") || is_summary(&path);
            if is_hidden || is_ours {
                continue;
            }
            if is_folder && depth > 0 {
                self.folder(&path, depth - 1);
            } else if let Some(form) = form(&path).filter(|form| *form != Form::Pack) {
                match std::fs::metadata(&path) {
                    Ok(metadata) if metadata.is_dir() => {}
                    Ok(metadata) => self.file(path, form, &metadata),
                    // One profile among many: told when its turn comes.
                    Err(_) if form == Form::Profile => self.files.push(path),
                    Err(error) => self.fault(format!("cannot read `{}`: {error}", path.display()), ""),
                }
            }
        }
    }

    fn file(&mut self, path: PathBuf, form: Form, metadata: &Metadata) {
        let (bytes, modified) = (metadata.len(), modified(metadata));
        if form == Form::Profile {
            self.hasher.update(path.as_os_str().as_encoded_bytes());
            self.hasher.update(format!("\0{bytes}\0{modified}\n"));
            self.files.push(path);
            return;
        }
        self.end_files();
        if form == Form::Pack {
            match PackFile::open(&path) {
                Ok(pack) => self.inputs.push(Input::Pack(Arc::new(pack))),
                Err(Failure::Input { message, help }) => self.faults.push((message, help)),
                Err(_) => self.fault(format!("cannot read `{}`", path.display()), ""),
            }
            return;
        }
        // A fleet is scored for minutes: that its last part cannot be read is better known at once.
        let opened = match form {
            Form::Table => Table::open(&path).map(drop),
            _ if metadata.is_file() => std::fs::File::open(&path).map(drop).map_err(|error| error.to_string()),
            _ => Ok(()),
        };
        if let Err(error) = opened {
            let help = if form == Form::Table { arrow::HELP } else { "" };
            return self.fault(format!("cannot read `{}`: {error}", path.display()), help);
        }
        let file = FileOfLines { path, bytes, modified };
        self.inputs.push(if form == Form::Table { Input::Table(file) } else { Input::Lines(file) });
    }

    fn end_files(&mut self) {
        let (paths, hasher) = (std::mem::take(&mut self.files), std::mem::take(&mut self.hasher));
        if !paths.is_empty() {
            let digest = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            self.inputs.push(Input::Files(Files { paths, digest }));
        }
    }
}

/// Whether a run has written it beside its rows.
fn is_summary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".summary.json"))
}

fn modified(metadata: &Metadata) -> u128 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_nanos())
}
