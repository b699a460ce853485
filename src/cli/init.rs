//! `annexa init`: a profile to fill in.
//!
//! What the arguments leave open is asked where a person can be asked, and has a default where not.

use super::shared::{Session, percent, service, template};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::safe;
use annexa::{Library, Percent, ServiceIdx, StarterOptions, TemplateIdx};
use clap::Args;
use std::path::PathBuf;

/// The name in a profile for which none was given.
const UNNAMED: &str = "Your organization";

/// Write a profile to fill in: every action that applies to you, with what it asks for
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa init -o tenant.toml
  annexa init --services azure,office-365 --name \"Contoso Ltd\" -o tenant.toml
  annexa library list services               the ids of the services

On a terminal, what is not given is asked; in a script it has a default, and without `--services` only
the actions for the whole organization are listed.")]
pub(crate) struct InitArgs {
    /// The services you use, separated by commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    services: Option<Vec<String>>,
    /// What to be assessed against; without it the template whose framework is in force
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// The name of the organization
    #[arg(long)]
    name: Option<String>,
    /// The score to reach, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &InitArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let file = args.output.as_deref().filter(|p| p.as_os_str() != "-");
    if let Some(path) = file.filter(|_| !args.force) {
        output::must_be_new(path)?;
    }
    let session = Session::open(global, io)?;
    let library = session.model.library();
    let template = template(args.template.as_deref(), library)?;
    let options = Questions { library, can_ask: io.can_ask && !global.quiet, io }.options(args, template)?;
    let text = session.model.starter(&options);
    match file {
        None => io.print(&text)?,
        Some(path) if args.force => output::write_file(path, &text)?,
        Some(path) => output::write_new_file(path, &text)?,
    }
    if let Some(path) = file.filter(|_| !global.quiet) {
        let path = path.display();
        io.say(&format!("{path} is ready to be filled in; `annexa check {path}` checks it\n"));
    }
    Ok(Exit::Met)
}

/// What the arguments leave open, asked or filled in.
struct Questions<'a, 'io> {
    library: &'a Library,
    io: &'a mut Io<'io>,
    can_ask: bool,
}

impl Questions<'_, '_> {
    fn options(&mut self, args: &InitArgs, template: TemplateIdx) -> Result<StarterOptions, Failure> {
        let name = match &args.name {
            Some(name) if name.trim().is_empty() => {
                let help = "write a name, or leave `--name` out".to_owned();
                return Err(Failure::input("the name is empty", help));
            }
            Some(name) => name.clone(),
            None => self.ask(&format!("Name of the organization [{UNNAMED}]: "), UNNAMED, |t| Ok(t.to_owned()))?,
        };
        let services = match &args.services {
            Some(ids) => services(ids.iter().map(String::as_str), self.library)?,
            None => self.ask_services()?,
        };
        let target = match args.target {
            Some(target) => Some(target),
            None => self.ask("Score to reach, in percent [none]: ", "", |text| match text {
                "" | "none" => Ok(None),
                text => percent(text).map(Some).map_err(|why| Failure::input(why, None)),
            })?,
        };
        Ok(StarterOptions { name, template, services, target })
    }

    fn ask_services(&mut self) -> Result<Vec<ServiceIdx>, Failure> {
        if self.can_ask {
            let style = self.io.style_err();
            let mut table = style.table(&["Cloud", "Services"]);
            for (environment, known) in self.library.services_by_environment() {
                let ids: Vec<&str> = known.iter().map(|s| s.id.value.as_str()).collect();
                table.add_row([safe(environment), ids.join(", ")]);
            }
            self.io.say(&style.draw(&table));
        }
        let library = self.library;
        self.ask("Services you use, separated by commas [none]: ", "", |text| match text {
            "none" => Ok(Vec::new()),
            text => services(text.split(','), library),
        })
    }

    /// Asks until there is an answer that `parse` takes; an empty one, or nobody to ask, is `default`.
    fn ask<T>(
        &mut self,
        question: &str,
        default: &str,
        parse: impl Fn(&str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if !self.can_ask {
            return parse(default);
        }
        loop {
            let Some(answer) = self.io.ask(question) else {
                let help = "nothing was written".to_owned();
                return Err(Failure::input("the input ended before all questions were answered", help));
            };
            match parse(if answer.is_empty() { default } else { &answer }) {
                Ok(value) => return Ok(value),
                Err(failure) => failure.tell(self.io),
            };
        }
    }
}

/// The services that `ids` name, each once, in the order of their ids.
fn services<'a>(ids: impl Iterator<Item = &'a str>, library: &Library) -> Result<Vec<ServiceIdx>, Failure> {
    let ids = ids.map(str::trim).filter(|id| !id.is_empty());
    let mut found = ids.map(|id| service(id, library)).collect::<Result<Vec<_>, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{InitArgs, Io, Questions};
    use crate::cli::Failure;
    use annexa::{Model, Sources, StarterOptions};

    fn ask(args: &InitArgs, answers: &str) -> (Result<StarterOptions, Failure>, String) {
        let model = Model::builtin(&mut Sources::default());
        let mut seen = Vec::new();
        let mut io = Io::person(answers, &mut seen);
        let asked = super::template(None, model.library()).and_then(|template| {
            Questions { library: model.library(), can_ask: true, io: &mut io }.options(args, template)
        });
        drop(io);
        (asked, String::from_utf8_lossy(&seen).into_owned())
    }

    fn nothing_given() -> InitArgs {
        InitArgs { services: None, template: None, name: None, target: None, output: None, force: false }
    }

    #[test]
    fn asks_again_until_an_answer_fits() {
        let answers = "Contoso Ltd\nazure, ofice-365\noffice-365, azure\nmany\n82.5\n";
        let (asked, seen) = ask(&nothing_given(), answers);
        let options = asked.ok().map(|o| (o.name, o.services.len(), o.target.map(|t| t.hundredths())));
        assert_eq!(options, Some(("Contoso Ltd".to_owned(), 2, Some(8250))));
        assert!(seen.contains("the nearest known name is `office-365`"), "{seen}");
        assert!(seen.contains("write a percentage"), "{seen}");
        assert!(seen.contains("us-government"), "{seen}");
    }

    #[test]
    fn an_empty_answer_is_the_default() {
        let (asked, _) = ask(&nothing_given(), "\n\n\n");
        let options = asked.ok().map(|o| (o.name, o.services.len(), o.target));
        assert_eq!(options, Some(("Your organization".to_owned(), 0, None)));
    }

    #[test]
    fn what_is_given_is_not_asked() {
        let args = InitArgs { services: Some(vec!["azure".to_owned()]), name: Some("A".to_owned()), ..nothing_given() };
        let (asked, seen) = ask(&args, "none\n");
        assert!(asked.is_ok_and(|o| o.services.len() == 1));
        assert_eq!(seen, "Score to reach, in percent [none]: ");
    }

    #[test]
    fn an_end_of_the_input_writes_nothing() {
        assert!(ask(&nothing_given(), "Contoso Ltd\n").0.is_err());
    }
}
