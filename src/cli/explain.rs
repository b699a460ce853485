//! `annexa explain`.

use super::{Exit, Failure, Global, Io};
use clap::Args;

/// Explain
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {}

pub(crate) fn run(_: &ExplainArgs, _: &Global, _: &mut Io<'_>) -> Result<Exit, Failure> {
    Ok(Exit::Met)
}
