//! Runs the command line and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    traveller::cli::run(std::env::args_os())
}
