//! `annexa badge`: one figure for a README file or a page of a wiki.

use super::shared::{Session, date, one_assessment, percent};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{badge_endpoint, badge_svg, to_json};
use annexa::{Assessment, BadgeOptions, Choice, Metric, Percent, TenantScore, badge};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Draw a badge with the score, the assurance or the controls covered
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa badge tenant.toml -o score.svg
  annexa badge tenant.toml --metric assurance --format json -o assurance.json
  annexa badge tenant.toml --template microsoft-cloud/iso-27001-2022 --label 'ISO 27001' -o iso.svg

Green: the target is reached; amber: at most 10 percentage points below it; red: further below.
The target is `--target`, else for a score that of the assessment. Without one, green starts at
80 % and amber at 60 %. Grey: no score.")]
pub(crate) struct BadgeArgs {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// What to show
    #[arg(long, value_name = "METRIC", default_value = "score", value_parser = PossibleValuesParser::new(Metric::WORDS))]
    metric: String,
    /// Only the assessment against this template
    #[arg(long, value_name = "TEMPLATE")]
    template: Option<String>,
    /// Only the assessment of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// The date of the figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// What to write on the left
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// The percentage that the colour is judged by
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "svg")]
    format: BadgeFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BadgeFormat {
    /// A picture
    Svg,
    /// For the endpoint badge of shields.io
    Json,
}

pub(crate) fn run(args: &BadgeArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    let locale = match args.format {
        BadgeFormat::Svg => io.locale(),
        BadgeFormat::Json => global.locale_of_data(),
    };
    let score = session.model.score(&profile, args.as_of.unwrap_or(io.today()), 0);
    let only = chosen(args, &score)?;
    let metric = Metric::from_word(&args.metric).unwrap_or(Metric::Score);
    let options = BadgeOptions { label: args.label.clone(), target: args.target };
    let badge = badge(&score, only, metric, &options, locale);
    let text = match args.format {
        BadgeFormat::Svg => badge_svg(&badge),
        BadgeFormat::Json => {
            to_json(&badge_endpoint(&badge)).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    };
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

/// The one assessment that the arguments name, or none if they name none.
fn chosen<'s>(args: &BadgeArgs, score: &'s TenantScore) -> Result<Option<&'s Assessment>, Failure> {
    if args.template.is_none() && args.group.is_none() {
        return Ok(None);
    }
    one_assessment(args.template.as_deref(), args.group.as_deref(), score).map(|(_, assessment)| Some(assessment))
}
