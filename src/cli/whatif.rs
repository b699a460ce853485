//! `annexa whatif`: what a change would come to, before anybody makes it.

use super::shared::{Session, date, told};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{comparison_markdown, comparison_text, to_json};
use annexa::{Library, Locale, Profile, ProfileFolder, Question, Supposition, Unsupposable, WhatIf, what_if};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Show what changes would come to, with nothing written
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa whatif tenant.toml --set require-mfa-for-admins=done
  annexa whatif tenant.toml --set train-staff@default=failed-high --drop-service yammer
  annexa whatif tenant.toml --drop-evidence azure-certificate --as-of 2020-06-01
  annexa whatif tenant.toml --renew ca-policy-export=2027-12-31 --format markdown
  annexa whatif tenant.toml --as-of 2027-01-01

A status is `done` (implemented, tested with success on the date, and proved), `unassessed`, a word of
`implementation` or of `test`, or both as in `implemented/passed`. ACTION may be followed by `@GROUP` and by
`#INSTANCE`. The result is that of the edited file, which `--format toml` prints; the change is shared among
its causes as `annexa diff` does it.")]
pub(crate) struct WhatifArgs {
    /// The profile; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// An action has another status
    #[arg(long, value_name = "ACTION=STATUS")]
    set: Vec<String>,
    /// A service is used too
    #[arg(long, value_name = "SERVICE")]
    add_service: Vec<String>,
    /// A service is no longer used
    #[arg(long, value_name = "SERVICE")]
    drop_service: Vec<String>,
    /// An item of evidence is gone, the profile's own or the library's
    #[arg(long, value_name = "EVIDENCE")]
    drop_evidence: Vec<String>,
    /// An item of evidence holds until this day
    #[arg(long, value_name = "EVIDENCE=DATE")]
    renew: Vec<String>,
    /// A control is not applicable; `@FRAMEWORK` after it where several have it
    #[arg(long, value_name = "CONTROL")]
    exclude: Vec<String>,
    /// The date of all figures; without any other change, of those after, against today
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The date of the figures before, where it is another
    #[arg(long, value_name = "DATE", value_parser = date)]
    from_date: Option<NaiveDate>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: WhatifFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhatifFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// For pull requests and wikis
    Markdown,
    /// The profile as it would be
    Toml,
}

impl WhatifFormat {
    /// The language of a result in this form.
    fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Text | Self::Markdown => io.locale(),
            Self::Json | Self::Toml => global.locale_of_data(),
        }
    }
}

pub(crate) fn run(args: &WhatifArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let (profile, file) = session.profile_and_file(&args.profile, io)?;
    let changes = changes(args, session.model.library(), profile.profile())?;
    let (from, to) = dates(args, changes.is_empty(), io.today())?;
    let is_input = args.profile.as_os_str() == "-";
    let folder = ProfileFolder::of(if is_input { Path::new("profile") } else { &args.profile });
    let next = u32::try_from(session.sources.len()).unwrap_or(u32::MAX);
    let (model, text) = (&session.model, session.text(file));
    let question = Question { model, profile: &profile, text, folder: &folder, changes: &changes, from, to };
    let mut found = match what_if(&question, next) {
        Ok(found) => found,
        Err(Unsupposable::Refused(refused)) => return Err(Failure::Inputs(refused)),
        Err(Unsupposable::Faults { text, faults }) => {
            session.sources.add(format!("{} with the changes", args.profile.display()), text);
            return Err(told(&faults, &session.sources, io));
        }
    };
    if let Some(language) = args.format.locale(global, io).language() {
        found.comparison.speak(language, session.model.library());
    }
    let text = render(args, &found, io)?;
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

/// All changes, or all that cannot be supposed.
fn changes(args: &WhatifArgs, library: &Library, profile: &Profile) -> Result<Vec<Supposition>, Failure> {
    type Read = fn(&str, &Library, &Profile) -> Result<Supposition, (String, Option<String>)>;
    let kinds: [(&[String], Read); 6] = [
        (&args.set, Supposition::set),
        (&args.add_service, Supposition::add_service),
        (&args.drop_service, Supposition::drop_service),
        (&args.drop_evidence, Supposition::drop_evidence),
        (&args.renew, Supposition::renew),
        (&args.exclude, Supposition::exclude),
    ];
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for (texts, read) in kinds {
        for text in texts {
            match read(text, library, profile) {
                Ok(change) => found.push(change),
                Err(refusal) => refused.push(refusal),
            }
        }
    }
    if refused.is_empty() { Ok(found) } else { Err(Failure::Inputs(refused)) }
}

/// The dates before and after.
fn dates(args: &WhatifArgs, is_unchanged: bool, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Failure> {
    let to = args.as_of.unwrap_or(today);
    let from = args.from_date.unwrap_or(if is_unchanged { today } else { to });
    if is_unchanged && from == to {
        let help = "give a change, such as `--set ACTION=done` or `--as-of DATE`".to_owned();
        return Err(Failure::input("nothing is supposed", help));
    }
    Ok((from, to))
}

fn render(args: &WhatifArgs, found: &WhatIf, io: &Io<'_>) -> Result<String, Failure> {
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    Ok(match args.format {
        WhatifFormat::Text => comparison_text(&found.comparison, style),
        WhatifFormat::Markdown => comparison_markdown(&found.comparison, style.locale),
        WhatifFormat::Toml => found.text.clone(),
        WhatifFormat::Json => {
            to_json(&found.comparison).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    })
}
