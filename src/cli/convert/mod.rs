//! `annexa convert`: profiles from TOML to JSON and back.
//!
//! [`run`] decides on the form and where it goes; `feed` takes profiles out of what the user names, one at a
//! time, and `folder` puts them into files of their own.

mod feed;
mod folder;

use super::{Exit, Failure, Global, Io, output};
use annexa::report::{render_diagnostics, safe};
use annexa::{Checked, Converted, Diagnostics, Notation, ProfileForm, Sources, convert, utf8};
use clap::{Args, ValueEnum};
use feed::{Feed, Input, Piece};
use std::path::{Path, PathBuf};

/// So many faulty profiles are drawn; the others are counted.
const MOST_DRAWN: usize = 20;

/// Write profiles as JSON, one or many on a line each, or JSON as TOML
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa convert tenant.toml -o tenant.json        one profile, to be read by programs
  annexa convert tenants -o fleet.ndjson           all profiles of a folder, one on a line
  annexa convert fleet.ndjson -o tenants           a folder with a file for each tenant
  annexa convert tenant.json                       as TOML, on standard output
  annexa convert - --to json < tenant.toml

A folder stands for all files of these kinds in it. What is read is held against the shape of a
profile, not against a library: `annexa check` does that. Values, the order of keys and entries, and
the digits of numbers are kept. Comments of TOML are not, for JSON has none. A date is a text in JSON,
and `null` an absent key. The `path` of an item of evidence stays as it is: it starts in the folder of
the profile.

If a profile has a fault, all faults are told, no file is written, and the exit code is 2; on standard
output, which cannot be taken back, the lines of the others stand.")]
pub(crate) struct ConvertArgs {
    /// Profiles (`.toml`, `.json`), files with one on each line (`.ndjson`, `.jsonl`), or folders of them; `-`
    /// reads standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The file, or the folder where each profile becomes a file; without it, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The form to write; without it that of OUT's name, else JSON for TOML and TOML for JSON
    #[arg(long, value_enum)]
    to: Option<Form>,
    /// The form of all inputs; without it that of their names, and of standard input that of its first line
    #[arg(long, value_enum)]
    from: Option<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// As people write it, one profile a file
    Toml,
    /// One profile, over several lines
    Json,
    /// One profile on each line
    Ndjson,
}

impl Form {
    /// The form that the name of a file stands for.
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }

    fn profile(self) -> ProfileForm {
        match self {
            Self::Toml => ProfileForm::Toml,
            Self::Json => ProfileForm::Json,
            Self::Ndjson => ProfileForm::Line,
        }
    }
}

/// Where the profiles go.
enum Target {
    /// One to a file or standard output.
    One,
    /// All to a file or standard output.
    Lines,
    /// Each to a file of a folder.
    Folder(PathBuf),
}

pub(crate) fn run(args: &ConvertArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut feed = Feed::new(feed::find(&args.inputs, args.from, io)?);
    let out = args.output.as_deref().filter(|out| out.as_os_str() != "-");
    let form = form(args, out, feed.inputs());
    refuse(form, out, feed.inputs())?;
    let mut work = Work { form, feed: &mut feed, found: 0, faulty: 0, quiet: global.quiet };
    match target(form, out, work.feed.inputs())? {
        Target::One => work.one(out, io)?,
        Target::Lines => work.lines(out, io)?,
        Target::Folder(path) => work.folder(&path, io)?,
    }
    if work.faulty > 0 {
        io.say(&format!("error: {}; the others were written\n", work.tally()));
        return Ok(Exit::Unusable);
    }
    if let Some(out) = out.filter(|_| !global.quiet) {
        let count = if work.found == 1 { "1 profile".to_owned() } else { format!("{} profiles", work.found) };
        io.say(&format!("{count} written to {}\n", safe(&out.display().to_string())));
    }
    Ok(Exit::Met)
}

/// The form that is asked for, or that the inputs leave.
fn form(args: &ConvertArgs, out: Option<&Path>, inputs: &[Input]) -> Form {
    let named = args.to.or_else(|| out.and_then(Form::of));
    let is_toml = |input: &Input| input.form == Form::Toml;
    named.unwrap_or_else(|| match inputs {
        [one] if is_toml(one) => Form::Json,
        all if all.iter().all(is_toml) => Form::Ndjson,
        _ => Form::Toml,
    })
}

/// What would lose something, or write over what is read.
fn refuse(form: Form, out: Option<&Path>, inputs: &[Input]) -> Result<(), Failure> {
    if let Some(input) = inputs.iter().find(|input| form == Form::Toml && input.form == Form::Toml) {
        let help = "name another form with `--to json` or `--to ndjson`".to_owned();
        return Err(Failure::input(format!("`{}` is TOML already", input.name()), help));
    }
    let target = out.and_then(|out| out.canonicalize().ok());
    let is_target = |input: &&Input| target.is_some() && input.path.canonicalize().ok() == target;
    match inputs.iter().find(is_target) {
        Some(input) => {
            let message = format!("`{}` would be written over what is read", input.name());
            Err(Failure::input(message, "name another file with `-o`".to_owned()))
        }
        None => Ok(()),
    }
}

fn target(form: Form, out: Option<&Path>, inputs: &[Input]) -> Result<Target, Failure> {
    let is_many = !matches!(inputs, [one] if one.form != Form::Ndjson);
    Ok(match (form, out) {
        (Form::Ndjson, _) => Target::Lines,
        (Form::Json, _) | (Form::Toml, None) => Target::One,
        (Form::Toml, Some(out)) if out.is_dir() || (is_many && Form::of(out).is_none()) => {
            output::must_be_empty(out)?;
            Target::Folder(out.to_owned())
        }
        (Form::Toml, Some(_)) => Target::One,
    })
}

struct Work<'w> {
    form: Form,
    feed: &'w mut Feed,
    found: usize,
    faulty: usize,
    quiet: bool,
}

impl Work<'_> {
    /// The one profile.
    fn one(&mut self, out: Option<&Path>, io: &mut Io<'_>) -> Result<(), Failure> {
        let found = self.next(io)?;
        if self.feed.next(io)?.is_some() {
            let help = match self.form {
                Form::Toml => "name a folder with `-o DIR`",
                _ => "write one on each line with `--to ndjson`",
            };
            return Err(Failure::input("several profiles do not go into one file", help.to_owned()));
        }
        match found {
            Some(found) => output::write(out, found.text, io),
            None => Err(self.failure(io)),
        }
    }

    /// Each on a line.
    fn lines(&mut self, out: Option<&Path>, io: &mut Io<'_>) -> Result<(), Failure> {
        let Some(out) = out else {
            // A stream may have no end, and its reader may have seen enough.
            while !io.is_closed()
                && let Some(found) = self.next(io)?
            {
                io.print(&found.text)?;
            }
            return if self.found == 0 { Err(self.failure(io)) } else { Ok(()) };
        };
        output::write_file_by(out, |file| {
            while let Some(found) = self.next(io)? {
                let written = file.write_all(found.text.as_bytes());
                written.map_err(|error| Failure::machine("write", out, &error))?;
            }
            self.whole(io)
        })
    }

    /// Each in a file.
    fn folder(&mut self, out: &Path, io: &mut Io<'_>) -> Result<(), Failure> {
        output::write_folder_by(out, |staged| {
            let mut files = folder::Files::new(staged);
            while let Some(found) = self.next(io)? {
                // What will not stay need not be written.
                if self.faulty == 0 {
                    files.put(&found.tenant, &found.text)?;
                }
            }
            self.whole(io)
        })
    }

    /// That nothing is wrong with any, and there is one.
    fn whole(&self, io: &mut Io<'_>) -> Result<(), Failure> {
        if self.faulty > 0 || self.found == 0 { Err(self.failure(io)) } else { Ok(()) }
    }

    /// Why nothing is written.
    fn failure(&self, io: &mut Io<'_>) -> Failure {
        if self.faulty == 0 {
            return Failure::input("there is no profile to convert", None);
        }
        io.say(&format!("error: {}; nothing was written\n", self.tally()));
        Failure::Told
    }

    fn tally(&self) -> String {
        let all = self.found + self.faulty;
        let profiles = if all == 1 { "profile" } else { "profiles" };
        format!("{} of {all} {profiles} cannot be converted", self.faulty)
    }

    /// The next profile in its new form; those that have a fault are told and passed over.
    fn next(&mut self, io: &mut Io<'_>) -> Result<Option<Converted>, Failure> {
        while let Some(piece) = self.feed.next(io)? {
            let mut sources = Sources::default();
            match made(piece, self.form.profile(), &mut sources) {
                Ok(Checked { value, .. }) => {
                    self.found += 1;
                    return Ok(Some(value));
                }
                Err(faults) => self.tell(&faults, &sources, io),
            }
        }
        Ok(None)
    }

    fn tell(&mut self, faults: &Diagnostics, sources: &Sources, io: &mut Io<'_>) {
        self.faulty += 1;
        if self.faulty <= MOST_DRAWN {
            io.say(&render_diagnostics(faults, sources, io.style_err()));
        } else if self.faulty == MOST_DRAWN + 1 && !self.quiet {
            io.say("further faults are counted, not shown\n");
        }
    }
}

fn made(piece: Piece, form: ProfileForm, sources: &mut Sources) -> Result<Checked<Converted>, Diagnostics> {
    let bytes = piece.bytes?;
    let text = match utf8(&bytes, &piece.name, piece.line) {
        Ok(text) => text.to_owned(),
        Err(fault) => {
            let mut faults = Diagnostics::new();
            faults.push(fault);
            return Err(faults);
        }
    };
    let converted = convert(piece.notation, &text, 0, form);
    if converted.is_err() {
        sources.add_lines(piece.name, text, piece.line);
    }
    converted
}

impl Piece {
    fn notation(form: Form) -> Notation {
        if form == Form::Toml { Notation::Toml } else { Notation::Json }
    }
}
