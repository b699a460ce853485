//! `annexa oscal export`: a document of one of the six models.

use super::super::shared::{Session, date, framework, template, unknown};
use super::super::{Exit, Failure, Global, Io, output};
use annexa::report::to_json;
use annexa::{
    Choice, Dossier, DossierOptions, EXPIRING_WITHIN_DAYS, OscalDay, OscalDocument, OscalModel, OscalOfLibrary,
    OscalOfTenant, TemplateIdx,
};
use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// Write a document of one of OSCAL's models, as JSON of version 1.1.3
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa oscal export catalog --framework iso-27001-2022 -o catalog.json
  annexa oscal export profile --template microsoft-cloud/iso-27001-2022 -o profile.json
  annexa oscal export component-definition -o components.json
  annexa oscal export ssp tenant.toml -o ssp.json
  annexa oscal export assessment-results tenant.toml --as-of 2020-06-01 -o results.json
  annexa oscal export poam tenant.toml --ssp-href ../plans/ssp.json -o poam.json

The first three are of the library, and of the first template whose framework is in force unless one is
named; the other three are of one assessment of a tenant. They name each other by relative file names
unless told otherwise. The same input gives the same bytes.")]
pub(crate) struct ExportArgs {
    /// What to write
    #[arg(value_parser = model())]
    model: OscalModel,
    /// The profile of the tenant, for `ssp`, `assessment-results` and `poam`; `-` reads standard input
    profile: Option<PathBuf>,
    /// The template, or the assessment against it
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// The framework, or the assessment against it
    #[arg(long, value_name = "ID")]
    framework: Option<String>,
    /// The assessment in this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// The date of every figure, today in UTC without it; of documents on the library when they were last modified,
    /// the version of the template without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Where the catalogue is, for `profile` and `component-definition`
    #[arg(long, value_name = "HREF", default_value = "catalog.json", value_parser = reference)]
    catalog_href: String,
    /// Where the profile of OSCAL is, for `ssp`
    #[arg(long, value_name = "HREF", default_value = "profile.json", value_parser = reference)]
    profile_href: String,
    /// Where the system security plan is, for `poam`
    #[arg(long, value_name = "HREF", default_value = "ssp.json", value_parser = reference)]
    ssp_href: String,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn model() -> impl TypedValueParser<Value = OscalModel> {
    PossibleValuesParser::new(OscalModel::WORDS).map(|word| OscalModel::from_word(&word).unwrap_or(OscalModel::Catalog))
}

/// Takes a reference for clap.
fn reference(text: &str) -> Result<String, String> {
    let is_bad = |c: char| c.is_whitespace() || c.is_control() || !c.is_ascii() || "<>\"{}|\\^`[]".contains(c);
    match text.is_empty() || text.contains(is_bad) {
        true => Err("write an address or a path, with what it cannot hold percent-encoded".to_owned()),
        false => Ok(text.to_owned()),
    }
}

pub(crate) fn run(args: &ExportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let document = match args.model {
        OscalModel::Catalog | OscalModel::Profile | OscalModel::ComponentDefinition => {
            of_library(args, &session, io.today())?
        }
        OscalModel::Ssp | OscalModel::AssessmentResults | OscalModel::Poam => of_tenant(args, &mut session, io)?,
    };
    let document = document.ok_or_else(|| Failure::Machine("there is nothing to write".to_owned()))?;
    let text = to_json(&document).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?;
    output::write(args.output.as_deref(), text, io)?;
    Ok(Exit::Met)
}

/// A day that a document can be of.
fn day(date: NaiveDate) -> Result<OscalDay, Failure> {
    let help = "it has the years from 1900 to 2999, and no leap day before 2000".to_owned();
    OscalDay::new(date).ok_or_else(|| Failure::input(format!("OSCAL cannot write the date {date}"), help))
}

fn of_library(args: &ExportArgs, session: &Session, today: NaiveDate) -> Result<Option<OscalDocument>, Failure> {
    let word = args.model.word();
    if let Some(profile) = &args.profile {
        let help = "`ssp`, `assessment-results` and `poam` are of a tenant".to_owned();
        let message = format!("`{}` is given, and a {word} is of the library alone", profile.display());
        return Err(Failure::input(message, help));
    }
    if args.group.is_some() {
        return Err(Failure::input(format!("`--group` is given, and a {word} is of no assessment"), None));
    }
    let library = session.model.library();
    let chosen = chosen_template(args, session)?;
    let version = chosen.map(|template| library.template(template).version);
    let day = day(args.as_of.or(version).unwrap_or(today))?;
    let what = match (args.model, chosen) {
        (OscalModel::Profile, Some(template)) => OscalOfLibrary::Profile(template, &args.catalog_href),
        (OscalModel::ComponentDefinition, Some(template)) => {
            OscalOfLibrary::ComponentDefinition(template, &args.catalog_href)
        }
        (OscalModel::Catalog, Some(found)) if args.framework.is_none() => {
            OscalOfLibrary::Catalog(framework(library.template(found).framework.value.as_str(), library)?)
        }
        (OscalModel::Catalog, _) => {
            OscalOfLibrary::Catalog(framework(args.framework.as_deref().unwrap_or_default(), library)?)
        }
        (_, _) => {
            let id = args.framework.as_deref().unwrap_or_default();
            return Err(Failure::input(format!("no template is on `{id}`, so there is no {word} of it"), None));
        }
    };
    Ok(session.model.oscal_of_library(what, day))
}

/// The template that is named, the one on the framework that is named, or the current one; nothing if there is
/// none on that framework.
fn chosen_template(args: &ExportArgs, session: &Session) -> Result<Option<TemplateIdx>, Failure> {
    let library = session.model.library();
    let Some(wanted) = args.framework.as_deref() else {
        return template(args.template.as_deref(), library).map(Some);
    };
    framework(wanted, library)?;
    if let Some(id) = args.template.as_deref() {
        let found = template(Some(id), library)?;
        let own = library.template(found).framework.value.as_str();
        if own == wanted {
            return Ok(Some(found));
        }
        return Err(Failure::input(format!("the template `{id}` is on `{own}`, not on `{wanted}`"), None));
    }
    let on = library.templates().iter().filter(|t| t.framework.value.as_str() == wanted);
    let ids: Vec<&str> = on.map(|t| t.id.value.as_str()).collect();
    match ids[..] {
        [] => Ok(None),
        // The controls of a framework are the same whatever template is on it.
        [id] => template(Some(id), library).map(Some),
        [first, ..] if matches!(args.model, OscalModel::Catalog) => template(Some(first), library).map(Some),
        _ => {
            let message = format!("several templates are on `{wanted}`: {}", ids.join(", "));
            Err(Failure::input(message, "name one with `--template ID`".to_owned()))
        }
    }
}

fn of_tenant(args: &ExportArgs, session: &mut Session, io: &mut Io<'_>) -> Result<Option<OscalDocument>, Failure> {
    let Some(path) = args.profile.as_deref() else {
        let message = format!("`{}` is of a tenant, and no profile is named", args.model.word());
        let help = format!("annexa oscal export {} tenant.toml", args.model.word());
        return Err(Failure::input(message, help));
    };
    let as_of = args.as_of.unwrap_or(io.today());
    day(as_of)?;
    let profile = session.profile(Path::new(path), io)?;
    let options = DossierOptions { as_of, expiring_within: EXPIRING_WITHIN_DAYS, hours: None };
    let dossier = session.model.dossier(&profile, &session.sources, &options);
    let position = assessment(args, &dossier)?;
    let what = match args.model {
        OscalModel::Ssp => OscalOfTenant::Ssp(&args.profile_href),
        OscalModel::Poam => OscalOfTenant::Poam(&args.ssp_href),
        _ => OscalOfTenant::AssessmentResults,
    };
    Ok(session.model.oscal_of_tenant(what, &profile, &dossier, position))
}

/// The one assessment that is asked for.
fn assessment(args: &ExportArgs, dossier: &Dossier) -> Result<usize, Failure> {
    let all = || dossier.score.assessments.iter().enumerate();
    let asked = [
        ("template", args.template.as_deref()),
        ("framework", args.framework.as_deref()),
        ("group", args.group.as_deref()),
    ];
    let value = |what: &str, a: &'_ annexa::Assessment| match what {
        "template" => a.template.clone(),
        "framework" => a.framework.clone(),
        _ => a.group.clone(),
    };
    for (what, wanted) in asked {
        let known: Vec<String> = all().map(|(_, a)| value(what, a)).collect();
        if let Some(wanted) = wanted.filter(|w| !known.iter().any(|k| k == w)) {
            return Err(unknown(&format!("assessment of {what}"), wanted, known.iter().map(String::as_str)));
        }
    }
    let is_asked = |a: &annexa::Assessment| {
        asked.iter().all(|(what, wanted)| wanted.is_none_or(|wanted| value(what, a) == wanted))
    };
    let found: Vec<_> = all().filter(|(_, a)| is_asked(a)).collect();
    match found[..] {
        [(position, _)] => Ok(position),
        [] => Err(Failure::input("the profile has no assessment to write", None)),
        _ => {
            let names = found.iter().map(|(_, a)| format!("`{}` in group `{}`", a.template, a.group));
            let message = format!("the profile has several assessments: {}", names.collect::<Vec<_>>().join(", "));
            Err(Failure::input(message, "name one with `--template` or `--framework`, and `--group`".to_owned()))
        }
    }
}
