//! How a run can end.

use super::Io;
use annexa::report::safe;
use std::path::Path;
use std::process::ExitCode;

/// How a run ended; the numbers are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, and every threshold met.
    Met,
    /// Done, and a threshold missed.
    Missed,
    /// The command line or an input cannot be used; standard error says why.
    Unusable,
    /// The machine failed: a disk is full, a file cannot be written.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Met => 0,
            Exit::Missed => 1,
            Exit::Unusable => 2,
            Exit::Failed => 3,
        })
    }
}

/// Why a command could not finish.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An input cannot be used, and diagnostics have said why.
    Told,
    /// An input cannot be used, for the reason and with the way out given.
    Input {
        /// One lowercase clause.
        message: String,
        /// The way out.
        help: Option<String>,
    },
    /// Several things cannot be used: each is one lowercase clause, with the way out on a line of its own.
    Inputs(Vec<(String, Option<String>)>),
    /// The machine failed at what is named.
    Machine(String),
}

impl Failure {
    /// An unusable input, with the way out.
    pub(crate) fn input(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Input { message: message.into(), help: help.into() }
    }

    /// The machine failed at doing something with `path`.
    pub(crate) fn machine(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Machine(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    /// Says it on standard error and gives the exit it means.
    pub(crate) fn tell(self, io: &mut Io<'_>) -> Exit {
        match self {
            Self::Told => Exit::Unusable,
            Self::Input { message, help } => Self::Inputs(vec![(message, help)]).tell(io),
            Self::Inputs(list) => {
                for (message, help) in list {
                    let help = help.map(|h| format!("help: {}\n", safe(&h))).unwrap_or_default();
                    io.say(&format!("error: {}\n{help}", safe(&message)));
                }
                Exit::Unusable
            }
            Self::Machine(message) => {
                io.say(&format!("error: {}\n", safe(&message)));
                Exit::Failed
            }
        }
    }
}

/// Help and version go to standard output, a wrong command line to standard error.
pub(super) fn usage(error: &clap::Error, io: &mut Io<'_>) -> Exit {
    let text = error.render();
    if error.use_stderr() {
        io.say(&io.style_err().pick(&text.ansi().to_string(), &text.to_string()));
        return Exit::Unusable;
    }
    let text = io.style().pick(&text.ansi().to_string(), &text.to_string());
    match io.print(&text).and_then(|()| io.flush()) {
        Ok(()) => Exit::Met,
        Err(failure) => failure.tell(io),
    }
}
