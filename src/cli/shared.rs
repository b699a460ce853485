//! Arguments and steps that several commands share: the library, profiles, the date, thresholds.

use super::{Failure, Global, Io};
use annexa::report::{render_diagnostics, summary_line};
use annexa::{
    Assessment, Checked, Crosswalks, Diagnostics, FrameworkIdx, FrameworkStatus, Language, Library, LibraryFile,
    LibraryText, LibraryVersion, Locale, MOST_HOPS, Model, Percent, ProfileFolder, ServiceIdx, Sources, Template,
    TemplateIdx, TenantProfile, TenantScore, Trust, read_file, read_library, read_stream, suggestion,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::Path;

/// A library made ready, and the texts of everything read so far.
pub(crate) struct Session {
    pub(crate) sources: Sources,
    /// Not freed: the process ends with the session, and taking thousands of texts apart one by
    /// one would be a tenth of a short run.
    pub(crate) model: ManuallyDrop<Model>,
    /// The library as reports tell it, where that is not in English.
    spoken: Option<ManuallyDrop<Model>>,
    /// The built-in library, where folders are read over it or in its place.
    published: Option<ManuallyDrop<Model>>,
    /// The first source that is not one of the built-in library.
    first_own: usize,
    /// The files of the user's folders: layer, path inside the folder, number of the source.
    own: Vec<(u32, String, u32)>,
    has_builtin: bool,
    quiet: bool,
}

impl Session {
    /// Loads the built-in library and the folders the user names over it.
    pub(crate) fn open(global: &Global, io: &mut Io<'_>) -> Result<Self, Failure> {
        let (session, warnings) = Self::open_with_warnings(global, io)?;
        if !warnings.is_empty() && !global.quiet {
            session.tell(&warnings, io);
        }
        Ok(session)
    }

    /// The same, with the warnings handed on instead of told.
    pub(crate) fn open_with_warnings(global: &Global, io: &mut Io<'_>) -> Result<(Self, Diagnostics), Failure> {
        let quiet = global.quiet;
        let mut sources = Sources::default();
        // The built-in texts come first: the spans of the built-in library count from them.
        let builtin = ManuallyDrop::new(Model::builtin(&mut sources));
        if global.library.is_empty() && !global.no_builtin {
            let session = Self {
                sources,
                model: builtin,
                spoken: None,
                published: None,
                first_own: 0,
                own: Vec::new(),
                has_builtin: true,
                quiet,
            };
            return Ok((session, Diagnostics::new()));
        }
        if global.library.is_empty() {
            let help = "name a folder with `--library DIR`, or drop `--no-builtin`".to_owned();
            return Err(Failure::input("there is no library to score against", help));
        }
        let base = if global.no_builtin { Library::default() } else { builtin.library().clone() };
        let mut faults = Diagnostics::new();
        let mut files: Vec<(u32, String, u32)> = Vec::new();
        let first_own = sources.len();
        for (layer, folder) in (1..).zip(&global.library) {
            let found = read_library(folder, &mut sources, &mut faults);
            files.extend(found.into_iter().map(|(path, file)| (layer, path, file)));
        }
        let text = |file: u32| sources.get(file).map_or("", |s| s.text.as_ref());
        let texts: Vec<LibraryText<'_>> = files
            .iter()
            .map(|(layer, path, file)| LibraryText { layer: *layer, path, file: *file, text: text(*file) })
            .collect();
        let assembled = Model::assemble(base, &texts);
        match assembled {
            Ok(Checked { value: model, warnings }) if !faults.has_errors() => {
                faults.append(warnings);
                let (model, published) = (ManuallyDrop::new(model), Some(builtin));
                let has_builtin = !global.no_builtin;
                Ok((
                    Self { sources, model, spoken: None, published, first_own, own: files, has_builtin, quiet },
                    faults,
                ))
            }
            Ok(Checked { warnings: more, .. }) | Err(more) => {
                faults.append(more);
                Err(told(&faults, &sources, io))
            }
        }
    }

    /// From now on [`Session::spoken`] has titles and names in `locale`; what is kept stays English.
    pub(crate) fn speak(&mut self, locale: Locale) {
        self.spoken = locale.language().map(|_| ManuallyDrop::new(self.model.in_locale(locale)));
    }

    /// The library as reports tell it.
    pub(crate) fn spoken(&self) -> &Model {
        self.spoken.as_ref().unwrap_or(&self.model)
    }

    /// The library as texts, to be kept.
    pub(crate) fn library_version(&self) -> LibraryVersion {
        let builtin = LibraryVersion::builtin_files().filter(|_| self.has_builtin);
        let own = self.own.iter().map(|(layer, path, file)| LibraryFile {
            layer: *layer,
            path: path.clone(),
            text: self.text(*file).to_owned(),
        });
        LibraryVersion::new(builtin.chain(own).collect())
    }

    /// The text of a file that was read.
    pub(crate) fn text(&self, file: u32) -> &str {
        self.sources.get(file).map_or("", |s| s.text.as_ref())
    }

    /// All lints of the library, with the warnings that reading it gave.
    pub(crate) fn lint(&self, read: Diagnostics) -> Diagnostics {
        let is_own = |file: u32| usize::try_from(file).is_ok_and(|file| file >= self.first_own);
        self.model.lint(read, self.published.as_ref().map(|model| model.library()), &is_own)
    }

    /// Reads a profile; its warnings are told, its errors end the run.
    pub(crate) fn profile(&mut self, path: &Path, io: &mut Io<'_>) -> Result<TenantProfile, Failure> {
        self.profile_and_file(path, io).map(|(profile, _)| profile)
    }

    /// Reads a profile; `-` is standard input, whose evidence files lie in the current folder.
    pub(crate) fn read_profile(&mut self, path: &Path, io: &mut Io<'_>) -> Result<Checked<TenantProfile>, Diagnostics> {
        self.read_with_file(path, io).map(|(checked, _)| checked)
    }

    /// Reads a profile whose text is needed too: with the number of its file among the sources.
    pub(crate) fn profile_and_file(&mut self, path: &Path, io: &mut Io<'_>) -> Result<(TenantProfile, u32), Failure> {
        match self.read_with_file(path, io) {
            Ok((Checked { value, warnings }, file)) => {
                if !warnings.is_empty() && !self.quiet {
                    self.tell(&warnings, io);
                }
                Ok((value, file))
            }
            Err(faults) => Err(told(&faults, &self.sources, io)),
        }
    }

    fn read_with_file(&mut self, path: &Path, io: &mut Io<'_>) -> Result<(Checked<TenantProfile>, u32), Diagnostics> {
        let mut faults = Diagnostics::new();
        let (file, folder) = if path.as_os_str() == "-" {
            let file = read_stream(io.input(), "standard input", &mut self.sources, &mut faults);
            (file, ProfileFolder::of(Path::new("profile")))
        } else {
            (read_file(path, &mut self.sources, &mut faults), ProfileFolder::of(path))
        };
        let Some(file) = file else { return Err(faults) };
        let text = self.sources.get(file).map_or("", |s| s.text.as_ref());
        self.model.profile(text, file, &folder).map(|checked| (checked, file))
    }

    /// Draws diagnostics on standard error.
    pub(crate) fn tell(&self, diagnostics: &Diagnostics, io: &mut Io<'_>) {
        told(diagnostics, &self.sources, io);
    }
}

/// Draws diagnostics on standard error and gives the failure that they mean.
pub(crate) fn told(diagnostics: &Diagnostics, sources: &Sources, io: &mut Io<'_>) -> Failure {
    let text = render_diagnostics(diagnostics, sources, io.style_err());
    let summary = summary_line(diagnostics, io.locale()).map(|line| format!("{line}\n")).unwrap_or_default();
    io.say(&text);
    io.say(&summary);
    Failure::Told
}

/// That there is no `what` with this id among the `known`, with the nearest.
pub(crate) fn unknown<'n>(what: &str, id: &str, known: impl IntoIterator<Item = &'n str>) -> Failure {
    Failure::input(format!("no {what} `{id}`"), suggestion(id, known))
}

/// The service with this id; where there is none, one of that name may be meant.
pub(crate) fn service(id: &str, library: &Library) -> Result<ServiceIdx, Failure> {
    library.find_service(id).ok_or_else(|| match library.service_named(id) {
        Some(help) => Failure::input(format!("no service `{id}`"), help),
        None => unknown("service", id, library.services().iter().map(|s| s.id.value.as_str())),
    })
}

/// The template with this id; without one, the first whose framework is in force, else the first.
pub(crate) fn template(id: Option<&str>, library: &Library) -> Result<TemplateIdx, Failure> {
    let ids = || library.templates().iter().map(|t| t.id.value.as_str());
    if let Some(id) = id {
        return library.find_template(id).ok_or_else(|| unknown("template", id, ids()));
    }
    let is_current = |t: &&Template| {
        let framework = library.find_framework(t.framework.value.as_str());
        framework.is_some_and(|f| library.framework(f).status == FrameworkStatus::Current)
    };
    let chosen = library.templates().iter().find(is_current).or(library.templates().first());
    let found = chosen.and_then(|t| library.find_template(t.id.value.as_str()));
    found.ok_or_else(|| Failure::input("the library has no template", None))
}

/// The language of a report that is not in English, and the library that has titles in it.
///
/// What is kept has its titles in English; they are told by the library at hand. Its warnings are left
/// to the commands that score by it.
pub(crate) fn titles(locale: Locale, global: &Global, io: &mut Io<'_>) -> Result<Option<(Language, Session)>, Failure> {
    let Some(language) = locale.language() else { return Ok(None) };
    if global.no_builtin && global.library.is_empty() {
        return Ok(None);
    }
    Ok(Some((language, Session::open_with_warnings(global, io)?.0)))
}

/// The framework with this id.
pub(crate) fn framework(id: &str, library: &Library) -> Result<FrameworkIdx, Failure> {
    let known = library.frameworks().iter().map(|f| f.id.value.as_str());
    library.find_framework(id).ok_or_else(|| unknown("framework", id, known))
}

/// The one assessment of this template in this group, with its position among those of the score.
pub(crate) fn one_assessment<'s>(
    template: Option<&str>,
    group: Option<&str>,
    score: &'s TenantScore,
) -> Result<(usize, &'s Assessment), Failure> {
    let known = |wanted: Option<&str>, what: &str, of: fn(&Assessment) -> &str| match wanted {
        Some(wanted) if !score.assessments.iter().any(|a| of(a) == wanted) => {
            let message = format!("no assessment has the {what} `{}`", wanted.escape_debug());
            let all: BTreeSet<&str> = score.assessments.iter().map(of).collect();
            Err(Failure::input(message, suggestion(wanted, all)))
        }
        _ => Ok(()),
    };
    known(template, "template", |a| &a.template)?;
    known(group, "group", |a| &a.group)?;
    let is_meant = |a: &Assessment| {
        template.is_none_or(|template| template == a.template) && group.is_none_or(|group| group == a.group)
    };
    let found: Vec<(usize, &Assessment)> = score.assessments.iter().enumerate().filter(|(_, a)| is_meant(a)).collect();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let help = "`annexa score` lists the assessments with template and group".to_owned();
            Err(Failure::input("no assessment is of this template in this group", help))
        }
        _ => {
            let name = |a: &Assessment| format!("--template {} --group {}", a.template, a.group.escape_debug());
            let list: Vec<String> = found.iter().map(|(_, a)| name(a)).collect();
            Err(Failure::input("several assessments are meant", format!("choose one: `{}`", list.join("`, `"))))
        }
    }
}

/// That no way leads from one of these frameworks to another, and what may help.
pub(crate) fn no_way(
    crosswalks: &Crosswalks<'_>,
    library: &Library,
    from: &[FrameworkIdx],
    to: FrameworkIdx,
    max_hops: Option<u8>,
) -> Failure {
    let id = |f: &FrameworkIdx| library.framework(*f).id.value.as_str();
    let names = |list: &[FrameworkIdx]| list.iter().map(|f| format!("`{}`", id(f))).collect::<Vec<_>>().join(", ");
    let relations = match crosswalks.trust() {
        Trust::All => "relations",
        Trust::Confirmed => "confirmed relations",
    };
    let within = match max_hops {
        None => String::new(),
        Some(1) => " within 1 hop".to_owned(),
        Some(hops) => format!(" within {hops} hops"),
    };
    let message = format!("no {relations} lead from {} to `{}`{within}", names(from), id(&to));
    let longer = from.iter().filter_map(|f| crosswalks.distance(*f, to)).min();
    let help = match longer {
        Some(hops) => format!("{hops} hops would do: `--max-hops {hops}`"),
        None => {
            let beside = names(&crosswalks.beside(to));
            let beside = if beside.is_empty() { "nothing".to_owned() } else { beside };
            format!("`{}` has {relations} with {beside}", id(&to))
        }
    };
    Failure::input(message, help)
}

/// Takes a number of hops for clap.
pub(crate) fn hops() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(MOST_HOPS))
}

/// States of two tenants are not compared.
pub(crate) fn refuse_two_tenants(before: &TenantProfile, after: &TenantProfile) -> Result<(), Failure> {
    let (before, after) = (&before.profile().tenant, &after.profile().tenant);
    if before == after {
        return Ok(());
    }
    let message = format!("the profiles are of two tenants, `{before}` and `{after}`");
    let help = "`tenant` in `[organization]` says whose profile it is; give both the same".to_owned();
    Err(Failure::input(message, help))
}

/// Parses a date for clap.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    // Read alone, `20-06-01` would be a day of the year 20.
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| date.to_string() == text);
    date.ok_or_else(|| "write a date as `YYYY-MM-DD`, such as `2020-06-01`".to_owned())
}

/// Parses a percentage for clap: 0 to 100, at most two decimals, read exactly.
pub(crate) fn percent(text: &str) -> Result<Percent, String> {
    let wrong = || "write a percentage from 0 to 100 with at most two decimals, such as `80` or `82.5`".to_owned();
    let number = text.strip_suffix('%').unwrap_or(text).trim();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !is_digits(whole) || !is_digits(part) {
        return Err(wrong());
    }
    let hundredths: u32 = format!("{whole}{part:0<2}").parse().map_err(|_| wrong())?;
    if hundredths > 10_000 { Err(wrong()) } else { Ok(Percent::from_hundredths(hundredths)) }
}
