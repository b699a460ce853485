//! Profiles out of what the user names, one at a time: files, lines of files, standard input.

use super::Form;
use crate::cli::{Failure, Io};
use annexa::{Diagnostics, MAX_FILE_BYTES, Notation, bytes_of, open_lines, read_bytes, too_large};
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// How deep folders are searched.
const MAX_FOLDER_DEPTH: usize = 16;

/// A file with profiles, or standard input.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) path: PathBuf,
    pub(super) form: Form,
}

impl Input {
    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        match self.is_stdin() {
            true => "standard input".to_owned(),
            false => self.path.display().to_string(),
        }
    }

    fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// The text of one profile, or why there is none.
pub(super) struct Piece {
    pub(super) notation: Notation,
    pub(super) name: String,
    /// The line of the file on which it starts.
    pub(super) line: usize,
    pub(super) bytes: Result<Vec<u8>, Diagnostics>,
}

/// All that the user names, in that order, and inside a folder by path.
pub(super) fn find(paths: &[PathBuf], from: Option<Form>, io: &mut Io<'_>) -> Result<Vec<Input>, Failure> {
    let mut found = Vec::new();
    let mut has_stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            if std::mem::replace(&mut has_stdin, true) {
                return Err(Failure::input("standard input can be read once", None));
            }
            let form = from.map_or_else(|| first_form(io), Ok)?;
            found.push(Input { path: path.clone(), form });
        } else if path.is_dir() {
            let before = found.len();
            collect(path, MAX_FOLDER_DEPTH, &mut found)?;
            if found.len() == before {
                let message = format!("`{}` holds no `.toml`, `.json`, `.ndjson` or `.jsonl`", path.display());
                return Err(Failure::input(message, None));
            }
        } else {
            let Some(form) = from.or_else(|| Form::of(path)) else {
                let message = format!("the name of `{}` does not say what it holds", path.display());
                return Err(Failure::input(message, "name its form with `--from toml|json|ndjson`".to_owned()));
            };
            found.push(Input { path: path.clone(), form });
        }
    }
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "which files lie in a folder is asked where they are read")]
fn collect(folder: &Path, depth: usize, found: &mut Vec<Input>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::input(format!("cannot read `{}`: {error}", folder.display()), None);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        // What programs put beside the files of people starts with a dot.
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, found)?;
            }
        } else if let Some(form) = Form::of(&path) {
            found.push(Input { path, form });
        }
    }
    Ok(())
}

/// What standard input holds, by its first line that is not blank.
fn first_form(io: &mut Io<'_>) -> Result<Form, Failure> {
    let line = io.peek_line(MAX_FILE_BYTES).map_err(|error| cannot_read("standard input", &error))?;
    let is_object = line.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf").unwrap_or(line.trim_ascii_start());
    Ok(match is_object.starts_with(b"{") {
        true if serde_json::from_slice::<IgnoredAny>(is_object).is_ok() => Form::Ndjson,
        true => Form::Json,
        false => Form::Toml,
    })
}

fn cannot_read(name: &str, error: &std::io::Error) -> Failure {
    Failure::Machine(format!("cannot read `{name}`: {error}"))
}

/// Goes through the inputs.
pub(super) struct Feed {
    inputs: Vec<Input>,
    next: usize,
    open: Option<Open>,
}

/// A file of lines that is being read; standard input is not ours to hold.
struct Open {
    file: Option<BufReader<File>>,
    name: String,
    line: usize,
}

impl Feed {
    pub(super) fn new(inputs: Vec<Input>) -> Self {
        Self { inputs, next: 0, open: None }
    }

    pub(super) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The next profile; `None` after the last.
    pub(super) fn next(&mut self, io: &mut Io<'_>) -> Result<Option<Piece>, Failure> {
        loop {
            if let Some(open) = &mut self.open {
                let line = match &mut open.file {
                    Some(file) => next_line(file, &mut open.line),
                    None => next_line(io.lines(), &mut open.line),
                };
                match line.map_err(|error| cannot_read(&open.name, &error))? {
                    None => self.open = None,
                    Some(bytes) => {
                        let bytes = within(bytes, &open.name);
                        let (name, line) = (open.name.clone(), open.line);
                        return Ok(Some(Piece { notation: Notation::Json, name, line, bytes }));
                    }
                }
                continue;
            }
            let Some(input) = self.inputs.get(self.next) else { return Ok(None) };
            self.next += 1;
            let (name, notation) = (input.name(), Piece::notation(input.form));
            let mut faults = Diagnostics::new();
            if input.form == Form::Ndjson {
                let file = (!input.is_stdin()).then(|| open_lines(&input.path, &mut faults));
                if faults.has_errors() {
                    return Ok(Some(Piece { notation, name, line: 1, bytes: Err(faults) }));
                }
                self.open = Some(Open { file: file.flatten(), name, line: 0 });
                continue;
            }
            let bytes = match input.is_stdin() {
                true => bytes_of(io.lines(), &name, MAX_FILE_BYTES, &mut faults),
                false => read_bytes(&input.path, MAX_FILE_BYTES, &mut faults),
            };
            let bytes = bytes.map_or(Err(faults), |bytes| within(bytes, &name));
            return Ok(Some(Piece { notation, name, line: 1, bytes }));
        }
    }
}

/// The bytes, unless they are too many.
fn within(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, Diagnostics> {
    if bytes.len() <= MAX_FILE_BYTES {
        return Ok(bytes);
    }
    let mut faults = Diagnostics::new();
    faults.push(too_large(name));
    Err(faults)
}

/// The next line that is not blank, and one byte too many of a line that is too long, whose rest is passed over.
fn next_line(mut reader: &mut dyn BufRead, line: &mut usize) -> std::io::Result<Option<Vec<u8>>> {
    let most = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    loop {
        let mut bytes = Vec::new();
        if (&mut reader).take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        *line += 1;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() > MAX_FILE_BYTES {
            reader.skip_until(b'\n')?;
        }
        if !bytes.trim_ascii().is_empty() {
            return Ok(Some(bytes));
        }
    }
}
