//! `annexa lint`: what in a library is probably not meant.

use super::shared::{told, unknown};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{findings_json, findings_sarif, summary_line, to_json};
use annexa::{
    Checked, Code, Diagnostics, FileKind, Library, LibraryText, Model, Severity, Sources, base_for, read_file,
    read_library,
};
use clap::{Args, ValueEnum};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// Lint a library: missing controls, mixed editions, contradicting crosswalks, actions nobody could prove
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa lint my-library
  annexa lint controls/our-baseline.toml crosswalk.toml
  annexa lint my-library --deny missing-control --allow title-differs
  annexa lint my-library --deny warnings --format sarif -o lint.sarif

Without a path the `--library` folders are linted, or without any the built-in library. A single
file is known by its content. What the files name is looked for in the built-in library too,
unless `--no-builtin` is given. Expected findings are explained in the files, by `[[allow]]`
tables. `annexa explain CODE` tells more about a finding.

Exit codes: 0 done, 1 a denied lint was found, 2 the library has errors.")]
pub(crate) struct LintArgs {
    /// Library folders, or single files of one
    #[arg(value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// Exit with 1 if there are findings of this code; `warnings` for all
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    /// Leave findings of this code out
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: LintFormat,
    /// Write JSON or SARIF to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    /// For people, on standard error
    Text,
    /// For programs
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

pub(crate) fn run(args: &LintArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let (denied, allowed) = (codes(&args.deny, &["warnings"])?, codes(&args.allow, &[])?);
    let denies_all = args.deny.iter().any(|name| name == "warnings");
    if args.format == LintFormat::Text && args.output.is_some() {
        let help = "add `--format json` or `--format sarif`".to_owned();
        return Err(Failure::input("`--output` is for findings as data", help));
    }
    let (sources, mut found) = lint(&args.paths, global)?;
    found.keep(|d| !allowed.contains(&d.code));
    found.deny(|d| denies_all || denied.contains(&d.code));
    show(args, global, &sources, &found, io)?;
    Ok(match (found.has_faults(), found.has_errors()) {
        (true, _) => Exit::Unusable,
        (false, true) => Exit::Missed,
        (false, false) => Exit::Met,
    })
}

/// Everything that is to be said of the files at `paths`, and the texts it is about.
fn lint(paths: &[PathBuf], global: &Global) -> Result<(Sources, Diagnostics), Failure> {
    let mut sources = Sources::default();
    let builtin = ManuallyDrop::new(Model::builtin(&mut sources));
    let provider = builtin.library().providers().first().map_or("", |p| p.id.value.as_str());
    let mut input = Input { sources, faults: Diagnostics::new(), files: Vec::new(), layer: 0 };
    let (below, given) = if paths.is_empty() { (paths, &*global.library) } else { (&*global.library, paths) };
    match (given, global.no_builtin) {
        ([], true) => return Err(Failure::input("there is nothing to lint", "name a folder or a file".to_owned())),
        ([], false) => return Ok((input.sources, builtin.lint(Diagnostics::new(), None, &|_| true))),
        _ => {}
    }
    below.iter().for_each(|folder| input.folder(folder));
    let (own_file, own_start) = (input.sources.len(), input.files.len());
    let is_own = |file: u32| usize::try_from(file).is_ok_and(|file| file >= own_file);
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = given.iter().partition(|path| path.is_dir());
    folders.into_iter().for_each(|folder| input.folder(folder));
    input.singles(&files, provider)?;
    let Input { sources, mut faults, files, .. } = input;
    let text = |file: u32| sources.get(file).map_or("", |s| s.text.as_ref());
    let texts: Vec<LibraryText<'_>> = files
        .iter()
        .map(|(layer, path, file)| LibraryText { layer: *layer, path, file: *file, text: text(*file) })
        .collect();
    let own = texts.get(own_start..).unwrap_or_default();
    let published = builtin.library();
    let base = if global.no_builtin { Library::default() } else { base_for(published.clone(), own) };
    match Model::assemble(base, &texts) {
        Ok(Checked { value: model, warnings }) => faults.append(model.lint(warnings, Some(published), &is_own)),
        Err(more) => faults.append(more),
    }
    // What lies elsewhere is not the user's to mend, unless nothing can be said for it.
    let is_fault = |code: Code| code.severity() == Severity::Error;
    faults.keep(|d| is_fault(d.code) || d.labels.first().is_none_or(|label| is_own(label.span.file)));
    Ok((sources, faults))
}

/// The files read so far: layer, path inside a library folder, number of the source.
struct Input {
    sources: Sources,
    faults: Diagnostics,
    files: Vec<(u32, String, u32)>,
    layer: u32,
}

impl Input {
    fn folder(&mut self, folder: &Path) {
        self.layer += 1;
        let found = read_library(folder, &mut self.sources, &mut self.faults);
        self.files.extend(found.into_iter().map(|(path, file)| (self.layer, path, file)));
    }

    /// Reads files of no folder, all into one layer; actions without a folder belong to the provider
    /// that is given with them, else to `provider`.
    fn singles(&mut self, paths: &[&PathBuf], provider: &str) -> Result<(), Failure> {
        const TOGETHER: &str = "given";
        let mut read: Vec<(&Path, Option<FileKind>, u32)> = Vec::new();
        for path in paths {
            let Some(file) = read_file(path, &mut self.sources, &mut self.faults) else { continue };
            let kind = self.sources.get(file).and_then(|source| FileKind::of(&source.text));
            refuse_what_is_no_library(path, kind)?;
            read.push((path, kind, file));
        }
        let has_provider = read.iter().any(|(_, kind, _)| *kind == Some(FileKind::Provider));
        self.layer += 1;
        for (path, kind, file) in read {
            let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
            let folder = if has_provider { TOGETHER } else { folder_of_actions(path).unwrap_or(provider) };
            // What is no TOML at all is told as such, whatever kind it was meant to be.
            let place = kind.unwrap_or(FileKind::Catalog).place(&name, folder);
            self.files.push((self.layer, place, file));
        }
        Ok(())
    }
}

/// A profile has a command of its own, and of other TOML every key would be reported.
fn refuse_what_is_no_library(path: &Path, kind: Option<FileKind>) -> Result<(), Failure> {
    let path = path.display();
    match kind {
        Some(FileKind::Profile) => {
            let help = format!("`annexa check {path}` looks for what is wrong in a profile");
            Err(Failure::input(format!("`{path}` is a profile, not a file of a library"), help))
        }
        Some(FileKind::Other) => {
            let help = "it has `[framework]`, `[crosswalk]`, `[provider]`, `[template]` or `[[action]]`".to_owned();
            Err(Failure::input(format!("`{path}` is not a file of a library"), help))
        }
        _ => Ok(()),
    }
}

/// The name of the provider's folder that a path is in.
fn folder_of_actions(path: &Path) -> Option<&str> {
    let actions = path.parent().filter(|p| p.file_name().is_some_and(|n| n == "actions"))?;
    actions.parent()?.file_name()?.to_str()
}

/// The codes of these names, but for those that have a meaning of their own.
fn codes(names: &[String], others: &[&str]) -> Result<Vec<Code>, Failure> {
    let mut codes = Vec::new();
    for name in names.iter().filter(|name| !others.contains(&name.as_str())) {
        match Code::from_name(name) {
            Some(code) if code.is_lint() => codes.push(code),
            Some(code) => {
                let why = match code.severity() {
                    Severity::Error => "it is an error whatever is said of it",
                    Severity::Warning => "it is about profiles",
                };
                return Err(Failure::input(format!("`{name}` is no lint: {why}"), None));
            }
            None => {
                let lints = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
                return Err(unknown("lint", name, lints.chain(others.iter().copied())));
            }
        }
    }
    Ok(codes)
}

fn show(
    args: &LintArgs,
    global: &Global,
    sources: &Sources,
    found: &Diagnostics,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let value = match args.format {
        LintFormat::Text => {
            if found.is_empty() && !global.quiet {
                io.say("no faults found\n");
            } else if !global.quiet || found.has_errors() {
                told(found, sources, io);
            }
            return Ok(());
        }
        LintFormat::Json => findings_json(found, sources),
        LintFormat::Sarif => findings_sarif(found, sources),
    };
    let text = to_json(&value).map_err(|e| Failure::Machine(format!("cannot write the findings: {e}")))?;
    output::write(args.output.as_deref(), &text, io)?;
    // The findings are on standard output or in a file; a person still wants to know how it went.
    if !global.quiet {
        io.say(&summary_line(found, io.locale()).map_or("no faults found\n".to_owned(), |line| format!("{line}\n")));
    }
    Ok(())
}
