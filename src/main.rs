//! The `annexa` command.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), &mut cli::Io::std()).into()
}
