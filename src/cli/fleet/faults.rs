//! Profiles that cannot be used, told: as lines of JSON for programs, drawn for people.

use super::input::{Chunk, Input};
use super::job::Reject;
use crate::cli::{Failure, Io};
use annexa::report::{findings_json, render_diagnostics};
use annexa::{Code, Diagnostic, Diagnostics, Sources};
use serde_json::{Value, json};

/// So many faulty profiles are drawn; the others are counted.
const MOST_DRAWN: u64 = 10;
/// So many faults of a profile are told.
const MOST_FAULTS: usize = 1_000;

/// Tells of profiles that cannot be used.
pub(super) struct Teller<'t> {
    /// The texts of the library, which come before that of a profile.
    library: &'t Sources,
    inputs: &'t [Input],
    /// Whether they are drawn.
    is_drawing: bool,
    drawn: u64,
}

/// Where a profile stands, as it is told.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) line: Option<u64>,
}

impl<'t> Teller<'t> {
    pub(super) fn new(library: &'t Sources, inputs: &'t [Input], is_drawing: bool) -> Self {
        Self { library, inputs, is_drawing, drawn: 0 }
    }

    /// Where a profile stands; `number` is its line, counted from 0, or the number of its file.
    pub(super) fn source(&self, input: usize, number: u64) -> Source {
        let Some(input) = self.inputs.get(input) else { return Source { name: String::new(), line: None } };
        Source { name: input.name(number), line: input.has_lines().then_some(number + 1) }
    }

    /// A profile that could not be read: its line of JSON. `number` is counted from the start of the input.
    pub(super) fn reject(&mut self, chunk: &Chunk, number: u64, reject: &Reject, io: &mut Io<'_>) -> Value {
        let source = self.source(chunk.input, number);
        let told = self.diagnostics(&source, &reject.diagnostics, &reject.text, io);
        line(&source, reject.tenant.as_deref(), told)
    }

    /// The same as a row among result rows.
    pub(super) fn error_row(&mut self, chunk: &Chunk, number: u64, reject: &Reject, io: &mut Io<'_>) -> Value {
        let source = self.source(chunk.input, number);
        let told = self.diagnostics(&source, &reject.diagnostics, &reject.text, io);
        json!({ "tenant": reject.tenant, "line": source.line, "error": told })
    }

    /// A profile of a tenant that another has already.
    pub(super) fn again(&mut self, tenant: &str, first: &Source, again: &Source, io: &mut Io<'_>) -> Value {
        let place = match first.line {
            Some(line) => format!("line {line} of `{}`", first.name),
            None => format!("`{}`", first.name),
        };
        let mut list = Diagnostics::new();
        let message = format!("the tenant `{tenant}` has a profile already, in {place}");
        let help = "each tenant has one profile; `tenant` in `[organization]` tells two of one name apart";
        list.push(Diagnostic::new(Code::DuplicateId, message).about(tenant).help(help));
        let told = self.diagnostics(again, &list, "", io);
        line(again, Some(tenant), told)
    }

    /// The diagnostics as JSON; the first are drawn too.
    fn diagnostics(&mut self, source: &Source, list: &Diagnostics, text: &str, io: &mut Io<'_>) -> Value {
        let mut sources = self.library.clone();
        let first = source.line.and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
        sources.add_lines(source.name.clone(), text.to_owned(), first);
        if self.is_drawing && self.drawn < MOST_DRAWN {
            self.drawn += 1;
            io.say(&render_diagnostics(list, &sources, io.style_err()));
        }
        let mut told = findings_json(list, &sources);
        let Some(Value::Array(mut told)) = told.get_mut("diagnostics").map(Value::take) else { return json!([]) };
        told.truncate(MOST_FAULTS);
        Value::Array(told)
    }
}

fn line(source: &Source, tenant: Option<&str>, diagnostics: Value) -> Value {
    json!({ "source": source.name, "line": source.line, "tenant": tenant, "diagnostics": diagnostics })
}

/// A value on a line of its own.
pub(super) fn put_line(value: &Value, out: &mut Vec<u8>) -> Result<(), Failure> {
    let written = serde_json::to_writer(&mut *out, value);
    written.map_err(|error| Failure::Machine(format!("cannot write a fault: {error}")))?;
    out.push(b'\n');
    Ok(())
}
