//! `annexa purview import-template`: a template workbook as a library folder.

use super::{tell_ignored, tell_lost, workbook};
use crate::cli::shared::{Session, date, told};
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::purview::{self, Gravity};
use annexa::report::{review_text, safe};
use annexa::{LibraryText, Model};
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// Make a library folder of a template workbook: catalogue, provider, actions and template
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa purview import-template template.xlsx -o my-library
  annexa library list actions --library my-library --no-builtin
  annexa check --library my-library --no-builtin

The workbook is checked first, and one that Compliance Manager would refuse is not imported. Ids are made of
titles; none of the built-in library or of a `--library` folder is used again, so that nothing is overridden.")]
pub(crate) struct ImportTemplateArgs {
    /// The workbook; `-` reads standard input
    #[arg(value_name = "WORKBOOK")]
    workbook: PathBuf,
    /// The folder for the files: a new or an empty one
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The version of the template; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    version: Option<NaiveDate>,
}

pub(crate) fn run(args: &ImportTemplateArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    output::must_be_empty(&args.output)?;
    let book = workbook(&args.workbook, io)?;
    let review = purview::check(&book, None);
    if review.has_errors() || (review.count(Gravity::Warning) > 0 && !global.quiet) {
        let text = review_text(&review, io.style_err());
        io.say(&text);
    }
    if review.has_errors() {
        return Err(Failure::Told);
    }
    tell_ignored(&book, global, io);
    let mut session = Session::open(global, io)?;
    let library = session.model.library();
    let is_taken = |id: &str| {
        library.find_framework(id).is_some()
            || library.find_template(id).is_some()
            || library.find_action(id).is_some()
            || library.find_service(id).is_some()
            || library.provider(id).is_some()
    };
    let imported = purview::import(&book, args.version.unwrap_or(io.today()), &is_taken);
    loads(&imported.files, &mut session, io)?;
    output::write_folder(&args.output, false, &imported.files)?;
    tell_lost(&imported.lost, global, io);
    if !global.quiet {
        let path = safe(&args.output.display().to_string());
        let (controls, actions, template) = (imported.controls, imported.actions, &imported.template);
        io.say(&format!("{controls} controls and {actions} actions in {path}, as the template `{template}`\n"));
    }
    Ok(Exit::Met)
}

/// Nothing is written that could not be read back.
fn loads(files: &[(String, String)], session: &mut Session, io: &mut Io<'_>) -> Result<(), Failure> {
    let add = |(path, text): &(String, String)| session.sources.add(path.clone(), text.clone());
    let numbers: Vec<u32> = files.iter().map(add).collect();
    let text = |((path, text), file): (&'_ (String, String), &u32)| (path.clone(), *file, text.clone());
    let texts: Vec<(String, u32, String)> = files.iter().zip(&numbers).map(text).collect();
    let texts: Vec<LibraryText<'_>> =
        texts.iter().map(|(path, file, text)| LibraryText { layer: 1, path, file: *file, text }).collect();
    match Model::assemble(session.model.library().clone(), &texts) {
        Ok(_) => Ok(()),
        Err(faults) => {
            told(&faults, &session.sources, io);
            Err(Failure::Machine("the library made of the workbook has errors, so it was not written; this is a fault of annexa, please report it".to_owned()))
        }
    }
}
