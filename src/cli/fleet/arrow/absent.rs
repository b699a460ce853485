//! What stands for tables in builds that have none: each door says which build has them.

use crate::cli::Failure;
use std::convert::Infallible;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// Which build has tables.
pub(in crate::cli::fleet) const HELP: &str =
    "build it with `cargo install --path . --features arrow`, or take lines of JSON (`.ndjson`)";

/// A table, of which there is none.
pub(in crate::cli::fleet) struct Table<'t>(Infallible, std::marker::PhantomData<&'t ()>);

impl<'t> Table<'t> {
    pub(in crate::cli::fleet) fn open(_: &Path) -> Result<Self, String> {
        Err("this build reads no Parquet and no Arrow".to_owned())
    }

    pub(in crate::cli::fleet) fn stream(_: Box<dyn Read + Send + 't>) -> Result<Self, String> {
        Err("this build reads no Arrow".to_owned())
    }

    pub(in crate::cli::fleet) fn lines(&mut self, _: usize, _: usize, _: &mut Vec<u8>) -> Result<usize, String> {
        match self.0 {}
    }

    pub(in crate::cli::fleet) fn skip(&mut self, _: u64) -> Result<(), String> {
        match self.0 {}
    }
}

/// Answers in a stream of Arrow, of which there are none.
pub(in crate::cli::fleet) struct Answers(Infallible);

impl Answers {
    pub(in crate::cli::fleet) fn rows(&mut self, _: &[u8]) -> Result<(), Failure> {
        match self.0 {}
    }

    pub(in crate::cli::fleet) fn error(&mut self, _: Option<&str>, _: &str) -> Result<(), Failure> {
        match self.0 {}
    }

    pub(in crate::cli::fleet) fn bytes(&mut self) -> Result<Vec<u8>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli::fleet) fn finish(self) -> Result<Vec<u8>, Failure> {
        match self.0 {}
    }
}

pub(in crate::cli::fleet) fn answers() -> Result<Answers, Failure> {
    must_be_built("speaks").map(|never| match never {})
}

/// Fails: this build `does` nothing with tables.
pub(in crate::cli::fleet) fn must_be_built(does: &str) -> Result<Infallible, Failure> {
    Err(Failure::input(format!("this build {does} no Parquet and no Arrow"), HELP.to_owned()))
}

pub(in crate::cli::fleet) fn join(
    _: impl Iterator<Item = Result<File, Failure>>,
    _: &mut (dyn Write + Send),
    _: &dyn Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    must_be_built("writes").map(|never| match never {})
}
