//! The worker: takes jobs off the list and does them.

mod audit;
mod commands;
mod health;
mod jobs;
mod mail;
mod metrics;
mod outbox;
mod post;
mod queue;
mod settings;
mod webhook;
mod work;

use std::{io::Write as _, process::ExitCode, time::Duration};

use clap::Parser as _;
use commands::{Arguments, Ended};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => {
            let ended = runtime.block_on(commands::run(arguments));
            // What is left (a name that resolves slowly) must not outlast the grace period.
            runtime.shutdown_timeout(Duration::from_millis(100));
            ended
        }
        Err(error) => Err(Ended::Other(error.into())),
    };
    let Err(error) = ended else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "rekey-worker: {error}");
    match error {
        Ended::Setting(_) => ExitCode::from(2),
        Ended::Other(_) => ExitCode::FAILURE,
    }
}
