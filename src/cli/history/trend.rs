//! `annexa history trend`.

use super::super::remember::{self, refused};
use super::super::shared::{Session, date, percent, titles};
use super::super::{Failure, Global, Io, output};
use super::StoreArgs;
use annexa::report::{to_json, trend_csv, trend_svg, trend_text};
use annexa::{History, Locale, Percent, Trend, TrendFault, TrendMaterial, TrendPart, TrendQuery, TrendScope};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Draw the score over time, as it was recorded
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history trend tenant.toml
  annexa history trend --db history.db --tenant contoso.example --from 2021-01-01 --format csv
  annexa history trend tenant.toml --target 80 --format svg -o trend.svg
  annexa history trend tenant.toml --domain all
  annexa history trend tenant.toml --control A.9.2.3")]
pub(super) struct TrendArgs {
    #[command(flatten)]
    pub(super) query: QueryArgs,
}

/// What `trend` and `rescore` take.
#[derive(Debug, Args)]
pub(super) struct QueryArgs {
    /// The tenant is this profile's; the history is then sought beside it
    #[arg(value_name = "PROFILE", conflicts_with = "tenant")]
    profile: Option<PathBuf>,
    /// The tenant; without it the only one in the history
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Only snapshots of this date and later
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// Only snapshots of this date and earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    /// Only assessments by this template, or the one of this group
    #[arg(long, value_name = "TEMPLATE[/GROUP]")]
    assessment: Option<String>,
    /// The figures of a topmost heading of the framework; `all` gives each
    #[arg(long, value_name = "ID", conflicts_with = "control")]
    domain: Option<String>,
    /// The figures of a control; `all` gives each
    #[arg(long, value_name = "ID")]
    control: Option<String>,
    /// The score to reach; without it that of the assessments, if they all name the same
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// Every snapshot in CSV and JSON; without it the last one of each date
    #[arg(long)]
    all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TrendFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TrendFormat {
    /// For people: a chart and what changed
    Text,
    /// A row for each date
    Csv,
    /// For programs
    Json,
    /// The chart as a file for pages and slides
    Svg,
}

impl TrendFormat {
    /// The language of a trend in this form.
    fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Text | Self::Svg => io.locale(),
            Self::Csv | Self::Json => global.locale_of_data(),
        }
    }
}

/// Stands for every domain or control.
const EACH: &str = "all";

pub(super) fn run(args: &TrendArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let args = &args.query;
    let tenant = match &args.profile {
        None => None,
        Some(profile) => Some(Session::open(global, io)?.profile(profile, io)?.profile().tenant.clone()),
    };
    let query = args.query(false)?;
    let material = args.material(tenant, &query, io)?;
    args.write(&material, &query, global, io)
}

impl QueryArgs {
    pub(super) fn profile(&self) -> Option<&Path> {
        self.profile.as_deref()
    }

    pub(super) fn query(&self, with_profiles: bool) -> Result<TrendQuery, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Failure::input(format!("no date lies from {from} to {to}"), "exchange them".to_owned()));
        }
        let part = match (self.domain.as_deref(), self.control.as_deref()) {
            (Some(EACH), _) => TrendPart::EachDomain,
            (Some(id), _) => TrendPart::Domain(id.to_owned()),
            (_, Some(EACH)) => TrendPart::EachControl,
            (_, Some(id)) => TrendPart::Control(id.to_owned()),
            (None, None) => TrendPart::Whole,
        };
        if self.format == TrendFormat::Svg && matches!(part, TrendPart::EachDomain | TrendPart::EachControl) {
            let help = "name one, or take another format".to_owned();
            return Err(Failure::input("a chart has no room for every domain or control", help));
        }
        let scope = TrendScope { assessment: self.assessment.clone(), part };
        Ok(TrendQuery { from: self.from, to: self.to, scope, target: self.target, all: self.all, with_profiles })
    }

    /// What the trend is made from; `tenant` is that of the profile, if one is named.
    pub(super) fn material(
        &self,
        tenant: Option<String>,
        query: &TrendQuery,
        io: &mut Io<'_>,
    ) -> Result<TrendMaterial, Failure> {
        let beside = self.profile.as_deref().map(remember::beside);
        let path = self.store.db.clone().or(beside).unwrap_or_else(|| self.store.path());
        let history = remember::open(&path, io)?;
        let no = |e| refused(e, &path);
        let tenant = match tenant.or_else(|| self.tenant.clone()) {
            Some(tenant) => tenant,
            None => only(&history, &path)?,
        };
        history.trend(&tenant, query).map_err(no)
    }

    pub(super) fn write(
        &self,
        material: &TrendMaterial,
        query: &TrendQuery,
        global: &Global,
        io: &mut Io<'_>,
    ) -> Result<(), Failure> {
        let unusable = |fault: TrendFault| Failure::input(fault.message, fault.help);
        let mut trend: Trend = material.trend(query).map_err(unusable)?;
        let internal = |error: String| Failure::Machine(format!("cannot write the trend: {error}"));
        if let Some((language, session)) = titles(self.format.locale(global, io), global, io)? {
            trend.speak(language, session.model.library());
        }
        let style = if self.output.is_some() { io.style().plain() } else { io.style() };
        let text = match self.format {
            TrendFormat::Text => trend_text(&trend, style),
            TrendFormat::Csv => trend_csv(&trend, true).map_err(|e| internal(e.to_string()))?,
            TrendFormat::Json => to_json(&trend).map_err(|e| internal(e.to_string()))?,
            TrendFormat::Svg => trend_svg(&trend, style.locale),
        };
        output::write(self.output.as_deref(), &text, io)
    }
}

/// The only tenant of a history.
fn only(history: &History, path: &Path) -> Result<String, Failure> {
    const SHOWN: usize = 12;
    let tenants = history.tenants().map_err(|e| refused(e, path))?;
    let (name, count) = (path.display(), tenants.len());
    match &tenants[..] {
        [tenant] => Ok(tenant.clone()),
        [] => {
            let help = "`annexa history record PROFILE` records a snapshot".to_owned();
            Err(Failure::input(format!("`{name}`: nothing is recorded in it"), help))
        }
        tenants => {
            let mut named: Vec<String> = tenants.iter().take(SHOWN).map(|t| format!("`{t}`")).collect();
            if count > SHOWN {
                named.push(format!("{} more", count - SHOWN));
            }
            let help = format!("name one with `--tenant`, or a profile; there are {}", named.join(", "));
            Err(Failure::input(format!("`{name}` holds {count} tenants"), help))
        }
    }
}
