//! `annexa library`.

use super::{Exit, Failure, Global, Io};
use clap::Args;

/// Library
#[derive(Debug, Args)]
pub(crate) struct LibraryArgs {}

pub(crate) fn run(_: &LibraryArgs, _: &Global, _: &mut Io<'_>) -> Result<Exit, Failure> {
    Ok(Exit::Met)
}
