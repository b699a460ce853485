//! The streams, the terminal, the clock and the environment: everything a command has around it.

#![expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the environment")]

use super::{Failure, progress};
use annexa::Locale;
use annexa::report::Style;
use chrono::{DateTime, NaiveDate, Utc};
use clap::ColorChoice;
use indicatif::ProgressBar;
use std::io::{BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;

/// What a command reads from and writes to.
pub(crate) struct Io<'a> {
    input: BufReader<Box<dyn Read + Send + 'a>>,
    out: BufWriter<Box<dyn Write + Send + 'a>>,
    err: Box<dyn Write + Send + 'a>,
    /// Whether the reader of standard output has gone: then nothing more is written, and the run
    /// ends as it would have, for a threshold is missed whoever looks.
    is_closed: bool,
    /// Whether a person sees standard output, and how wide their terminal is.
    out_width: Option<u16>,
    /// The same for standard error.
    err_width: Option<u16>,
    /// Whether a person can be asked.
    pub(crate) can_ask: bool,
    /// Whether the environment speaks against colour.
    no_color: bool,
    choice: ColorChoice,
    /// The language of what people read.
    locale: Locale,
    /// Now, in UTC.
    now: DateTime<Utc>,
    /// How long it has taken, as a person who waits sees it.
    clock: Option<ProgressBar>,
}

impl<'a> Io<'a> {
    /// Standard input, for a thread of its own; nothing is left to be read here.
    pub(crate) fn take_input(&mut self) -> Box<dyn Read + Send + 'a> {
        Box::new(std::mem::replace(&mut self.input, BufReader::with_capacity(0, Box::new(std::io::empty()))))
    }
}

impl Io<'_> {
    /// The streams of the process.
    pub(crate) fn std() -> Self {
        let columns = || std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = || columns().or_else(|| terminal_size::terminal_size().map(|(w, _)| w.0)).unwrap_or(80);
        let is_set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let (out, err) = (std::io::stdout().is_terminal(), std::io::stderr().is_terminal());
        Self {
            input: BufReader::new(Box::new(std::io::stdin())),
            out: BufWriter::new(Box::new(std::io::stdout())),
            err: Box::new(std::io::stderr()),
            is_closed: false,
            out_width: out.then(width),
            err_width: err.then(width),
            can_ask: std::io::stdin().is_terminal() && err,
            no_color: is_set("NO_COLOR") || std::env::var("TERM").is_ok_and(|t| t == "dumb"),
            choice: ColorChoice::Auto,
            locale: environment_locale().unwrap_or(Locale::English),
            now: Utc::now(),
            clock: None,
        }
    }

    pub(super) fn set_color(&mut self, choice: ColorChoice) {
        self.choice = choice;
    }

    /// Takes the language that the user names in place of that of the environment.
    pub(super) fn set_locale(&mut self, locale: Option<Locale>) {
        self.locale = locale.unwrap_or(self.locale);
    }

    /// The language of what people read.
    pub(crate) fn locale(&self) -> Locale {
        self.locale
    }

    /// Today, in UTC.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Now, in UTC, to the second.
    pub(crate) fn now(&self) -> String {
        self.now.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn color(&self, width: Option<u16>) -> bool {
        match self.choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => width.is_some() && !self.no_color,
        }
    }

    /// How standard output looks.
    pub(crate) fn style(&self) -> Style {
        Style { color: self.color(self.out_width), width: self.out_width, locale: self.locale }
    }

    /// How standard error looks.
    pub(crate) fn style_err(&self) -> Style {
        Style { color: self.color(self.err_width), width: self.err_width, locale: self.locale }
    }

    /// Shows a person who waits how long it takes, until something is written.
    pub(super) fn show_clock(&mut self) {
        self.clock = self.is_err_watched().then(progress::clock);
    }

    /// Takes the time away.
    pub(super) fn hide_clock(&mut self) {
        if let Some(clock) = self.clock.take() {
            clock.finish_and_clear();
        }
    }

    /// Whether a person sees standard output.
    pub(crate) fn is_watched(&self) -> bool {
        self.out_width.is_some()
    }

    /// Whether a person sees standard error.
    pub(crate) fn is_err_watched(&self) -> bool {
        self.err_width.is_some()
    }

    /// The program that the variable names, or the first of these names that is found where the
    /// environment says that programs are.
    #[expect(clippy::unused_self, reason = "the environment is asked through what a command has around it")]
    pub(crate) fn program(&self, variable: &str, names: &[&str]) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(variable).filter(|v| !v.is_empty()) {
            return Some(PathBuf::from(named));
        }
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
        let file = |name: &str, folder: &PathBuf| {
            let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            path.is_file().then_some(path)
        };
        names.iter().find_map(|name| folders.iter().find_map(|folder| file(name, folder)))
    }

    /// Writes a result.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes a result that is no text.
    pub(crate) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.writing(|out| out.write_all(bytes))
    }

    /// Whether the reader of standard output has gone, as far as writing has shown.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Writes out what is held back.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.writing(|out| out.flush())
    }

    fn writing(&mut self, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
        self.hide_clock();
        if self.is_closed {
            return Ok(());
        }
        match write(&mut self.out) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::Machine(format!("cannot write to standard output: {error}"))),
        }
    }

    /// Writes to standard error; that nobody reads it is no reason to stop.
    pub(crate) fn say(&mut self, text: &str) {
        self.hide_clock();
        if !self.is_closed {
            let _ = self.out.flush();
        }
        let _ = self.err.write_all(text.as_bytes());
        let _ = self.err.flush();
    }

    /// The first line of standard input that is not blank, with what is before it; it is read again after this.
    /// Of a line longer than `most` bytes only so many are looked at.
    pub(crate) fn peek_line(&mut self, most: usize) -> std::io::Result<Vec<u8>> {
        let mut seen = Vec::new();
        while seen.len() < most && seen.trim_ascii().is_empty() {
            let left = u64::try_from(most - seen.len()).unwrap_or(u64::MAX);
            if (&mut self.input).take(left).read_until(b'\n', &mut seen)? == 0 {
                break;
            }
        }
        let rest = std::mem::replace(&mut self.input, BufReader::with_capacity(0, Box::new(std::io::empty())));
        self.input = BufReader::new(Box::new(std::io::Cursor::new(seen.clone()).chain(rest)));
        Ok(seen)
    }

    /// Standard input, line by line.
    pub(crate) fn lines(&mut self) -> &mut dyn BufRead {
        &mut self.input
    }

    /// Standard input.
    pub(crate) fn input(&mut self) -> &mut dyn Read {
        &mut self.input
    }

    /// Asks a question and reads one line; `None` at the end of the input.
    pub(crate) fn ask(&mut self, question: &str) -> Option<String> {
        self.say(question);
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(1..) => Some(line.trim().to_owned()),
            _ => None,
        }
    }
}

/// The language that the environment asks for, by the first variable that is set, as in every program.
fn environment_locale() -> Option<Locale> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?;
    Locale::from_environment(&name)
}

#[cfg(test)]
impl<'a> Io<'a> {
    /// A person at a terminal without colour who gives these answers, and what they see.
    pub(crate) fn person(answers: &'a str, seen: &'a mut Vec<u8>) -> Self {
        Self {
            input: BufReader::new(Box::new(answers.as_bytes())),
            out: BufWriter::new(Box::new(std::io::sink())),
            err: Box::new(seen),
            is_closed: false,
            out_width: Some(100),
            err_width: Some(100),
            can_ask: true,
            no_color: true,
            choice: ColorChoice::Auto,
            locale: Locale::English,
            now: DateTime::UNIX_EPOCH,
            clock: None,
        }
    }
}
