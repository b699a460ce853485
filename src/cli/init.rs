//! `annexa init`.

use super::{Exit, Failure, Global, Io};
use clap::Args;

/// Init
#[derive(Debug, Args)]
pub(crate) struct InitArgs {}

pub(crate) fn run(_: &InitArgs, _: &Global, _: &mut Io<'_>) -> Result<Exit, Failure> {
    Ok(Exit::Met)
}
