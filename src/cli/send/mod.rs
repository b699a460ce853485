//! `annexa export`: a score in the form that another tool reads.
//!
//! Each tool has a file with its arguments and what it writes; [`Source`] has the arguments that all
//! take and reads the profile, [`Source::write`] puts what came of it where it belongs.

mod ciso_assistant;
mod ocsf;
mod parquet;
mod probo;

use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output};
use annexa::TenantProfile;
use annexa::report::safe;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Write a score in the form that another tool reads
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct SendArgs {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Debug, Subcommand)]
enum Tool {
    CisoAssistant(ciso_assistant::CisoAssistantArgs),
    Ocsf(ocsf::OcsfArgs),
    Parquet(parquet::ParquetArgs),
    Probo(probo::ProboArgs),
}

pub(crate) fn run(args: &SendArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.tool {
        Tool::CisoAssistant(args) => ciso_assistant::run(args, global, io),
        Tool::Ocsf(args) => ocsf::run(args, global, io),
        Tool::Parquet(args) => parquet::run(args, global, io),
        Tool::Probo(args) => probo::run(args, global, io),
    }?;
    Ok(Exit::Met)
}

/// What is exported, of which day, and where to.
#[derive(Debug, Args)]
struct Source {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Source {
    /// The profile, the library that it was read against, and the date.
    fn read(&self, global: &Global, io: &mut Io<'_>) -> Result<(Session, TenantProfile, NaiveDate), Failure> {
        let mut session = Session::open(global, io)?;
        let profile = session.profile(&self.profile, io)?;
        session.speak(global.locale_of_data());
        Ok((session, profile, self.as_of.unwrap_or(io.today())))
    }

    /// The file that is named, if one is.
    fn target(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Writes what was made of so many `rows`.
    fn write(&self, content: &[u8], rows: usize, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
        output::write(self.target(), content, io)?;
        if let Some(path) = self.target().filter(|_| !global.quiet) {
            io.say(&format!("{rows} rows in {}\n", safe(&path.display().to_string())));
        }
        Ok(())
    }
}

/// That the machine could not make the form.
fn internal(error: impl ToString) -> Failure {
    Failure::Machine(format!("cannot write the result: {}", error.to_string()))
}
