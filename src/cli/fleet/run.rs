//! What a run is, as `run.json` keeps it, so that nothing else is gone on with by mistake.

use super::input::Input;
use super::job::Job;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the result of a run depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    /// The version of the program.
    annexa: String,
    /// The digest of the library.
    library: String,
    pub(super) as_of: NaiveDate,
    expiring_within: u32,
    /// The form of each output that is written.
    outputs: Vec<(String, String)>,
    inputs: Vec<RunInput>,
}

/// An input, as far as it can be seen that it is still the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RunInput {
    /// The path, or how many files there are.
    name: String,
    bytes: Option<u64>,
    /// The time of the last change, or the digest of the paths, sizes and times of all files.
    state: String,
}

impl Run {
    pub(super) fn new(job: &Job<'_>, outputs: Vec<(String, String)>) -> Self {
        let input = |input: &Input| match input {
            Input::Lines(file) | Input::Table(file) => RunInput {
                name: file.path.display().to_string(),
                bytes: Some(file.bytes),
                state: file.modified.to_string(),
            },
            Input::Pack(pack) => RunInput {
                name: pack.path.display().to_string(),
                bytes: Some(pack.bytes),
                state: pack.modified.to_string(),
            },
            Input::Stream | Input::TableStream => RunInput { name: input.name(0), bytes: None, state: String::new() },
            Input::Files(files) => RunInput {
                name: format!("{} files from `{}` on", files.paths.len(), input.name(0)),
                bytes: None,
                state: files.digest.clone(),
            },
        };
        Self {
            annexa: env!("CARGO_PKG_VERSION").to_owned(),
            library: job.summed.map(|library| library.to_string()).unwrap_or_default(),
            as_of: job.options.as_of,
            expiring_within: job.options.expiring_within,
            outputs,
            inputs: job.inputs.iter().map(input).collect(),
        }
    }

    /// What is no longer as it was, a clause each.
    pub(super) fn changes(&self, now: &Self) -> Vec<String> {
        let mut list = Vec::new();
        let mut hold = |is_same: bool, what: &str| {
            if !is_same {
                list.push(what.to_owned());
            }
        };
        hold(self.annexa == now.annexa, "the version of annexa");
        hold(self.library == now.library, "the library");
        hold(self.as_of == now.as_of, "the date");
        hold(self.expiring_within == now.expiring_within, "`--expiring-within`");
        hold(self.outputs == now.outputs, "what is written");
        let is_same_list = self.inputs.len() == now.inputs.len();
        hold(is_same_list, "the list of inputs");
        if is_same_list {
            for (before, after) in self.inputs.iter().zip(&now.inputs) {
                hold(before == after, &format!("the input `{}`", before.name));
            }
        }
        list
    }
}
