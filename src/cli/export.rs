//! `annexa library export`: the built-in library as files, and any library as a sheet to review.

use super::shared::{self, Session};
use super::{Failure, Global, Io, output};
use annexa::report::{listing_csv, review_xlsx, safe};
use annexa::{BUILTIN_FILES, Browser};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Write the files of the built-in library into a folder, or a sheet by which an expert reviews a library
#[derive(Debug, Args)]
#[command(
    override_usage = "annexa library export [OPTIONS] <DIR>\n       annexa library export [OPTIONS] --format <FORMAT>",
    after_help = "\
Examples:
  annexa library export my-library
  annexa score tenant.toml --no-builtin --library my-library
  annexa library export --format xlsx --template microsoft-cloud/iso-27001-2013 -o review.xlsx
  annexa library export --format csv > review.csv

A review has a row for each control and each action that serves it, and columns left empty for a verdict.
The workbook has sheets for the actions, services, evidence and crosswalks too, and one that says how to review."
)]
pub(crate) struct ExportArgs {
    /// The folder for the files: a new or an empty one
    #[arg(value_name = "DIR", required_unless_present = "format", conflicts_with = "format")]
    folder: Option<PathBuf>,
    /// Write into a folder that is not empty, over files of the same names
    #[arg(long, conflicts_with = "format")]
    force: bool,
    /// Write a review of the library in this form
    #[arg(long, value_enum)]
    format: Option<ReviewFormat>,
    /// Review this template alone
    #[arg(long, value_name = "ID", requires = "format", conflicts_with = "folder")]
    template: Option<String>,
    /// Write the review to a file instead of standard output
    #[arg(short, long, value_name = "FILE", requires = "format", conflicts_with = "folder")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReviewFormat {
    /// A workbook with filters and a list of verdicts to choose from
    Xlsx,
    /// The rows alone
    Csv,
}

pub(crate) fn run(args: &ExportArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    match (args.format, &args.folder) {
        (Some(format), _) => review(args, format, global, io),
        (None, Some(folder)) => files(folder, args.force, global, io),
        (None, None) => Err(Failure::input("neither a folder nor a form is named", None)),
    }
}

fn review(args: &ExportArgs, format: ReviewFormat, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let target = args.output.as_deref().filter(|p| p.as_os_str() != "-");
    if matches!(format, ReviewFormat::Xlsx) && target.is_none() && io.is_watched() {
        let help = "name a file with `-o FILE`, or send it into one".to_owned();
        return Err(Failure::input("a workbook is nothing to show on a terminal", help));
    }
    let session = Session::open(global, io)?;
    let template = args.template.as_deref().map(|id| shared::template(Some(id), session.model.library()));
    let review = Browser::new(&session.model).review(template.transpose()?);
    let failed = |error: String| Failure::Machine(format!("cannot write the review: {error}"));
    let content = match format {
        ReviewFormat::Xlsx => review_xlsx(&review).map_err(|e| failed(e.to_string()))?,
        ReviewFormat::Csv => listing_csv(&review.rows).map_err(|e| failed(e.to_string()))?.into_bytes(),
    };
    output::write(target, content, io)?;
    if let Some(path) = target.filter(|_| !global.quiet) {
        io.say(&format!("{} rows in {}\n", review.rows.rows().len(), safe(&path.display().to_string())));
    }
    Ok(())
}

fn files(folder: &Path, force: bool, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    if global.no_builtin || !global.library.is_empty() {
        let help = "drop `--library` and `--no-builtin`".to_owned();
        return Err(Failure::input("the built-in library is written, and no other", help));
    }
    output::prepare_folder(folder, force)?;
    for (path, text) in BUILTIN_FILES {
        let target = folder.join(path);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Failure::machine("make the folder", folder, &e))?;
        }
        if force {
            output::write_file(&target, text)?;
        } else {
            output::write_new_file(&target, text)?;
        }
    }
    if !global.quiet {
        io.say(&format!("{} files in {}\n", BUILTIN_FILES.len(), folder.display()));
    }
    Ok(())
}
