//! What is generated from the program's own definitions: schemas, completions, the manual page.

use super::{Exit, Failure, Io};
use annexa::report::to_json;
use annexa::schemas;
use clap::builder::PossibleValuesParser;
use clap::{Args, Command};
use clap_complete::Shell;

/// Print the JSON Schema of a kind of file, so that editors complete and check the TOML
#[derive(Debug, Args)]
#[command(after_help = "\
Example, for the first line of a profile:
  #:schema ./profile.schema.json
after
  annexa schema profile > profile.schema.json")]
pub(crate) struct SchemaArgs {
    /// The kind of file
    #[arg(value_parser = PossibleValuesParser::new(schemas::NAMES.map(|(name, _)| name)))]
    name: String,
}

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  annexa completions bash > ~/.local/share/bash-completion/completions/annexa")]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  annexa man > annexa.1 && man ./annexa.1")]
pub(crate) struct ManArgs {
    /// Only this command's page, such as `score` or `library list`
    command: Vec<String>,
}

pub(crate) fn schema(args: &SchemaArgs, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let schema = schemas::schema(&args.name);
    let text = to_json(&schema).map_err(|e| Failure::Machine(format!("cannot write the schema: {e}")))?;
    io.print(&text)?;
    Ok(Exit::Met)
}

pub(crate) fn completions(args: &CompletionsArgs, command: &mut Command, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, command, "annexa", &mut bytes);
    io.print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Met)
}

pub(crate) fn man(args: &ManArgs, mut command: Command, io: &mut Io<'_>) -> Result<Exit, Failure> {
    command.build();
    let mut page = command;
    for name in &args.command {
        page = match page.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let known: Vec<&str> = page.get_subcommands().map(Command::get_name).collect();
                let help = annexa::suggestion(name, known);
                return Err(Failure::input(format!("there is no command `{name}`"), help));
            }
        };
    }
    let mut bytes = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut bytes);
    rendered.map_err(|e| Failure::Machine(format!("cannot write the manual: {e}")))?;
    io.print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Met)
}
