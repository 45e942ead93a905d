//! `rekey-api limits show|clear ADDRESS`: what keeps an address from new challenges.

use std::{io::Write as _, process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::Subcommand;
use entity::{
    email::Email,
    limits,
    settings::Source,
    store::{self, ClientLike as _, Store},
};

use crate::clock;

/// What to do with an address' limits.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show when challenges of the address were opened in the last 25 hours
    Show {
        /// The address
        address: String,
    },
    /// Forget them, so that new challenges can be opened at once
    Clear {
        /// The address
        address: String,
    },
}

/// Runs the command.
///
/// # Errors
/// For settings that cannot be used, an address that is none, and a Redis that does not answer.
pub async fn run(command: Command, source: &Source) -> anyhow::Result<ExitCode> {
    let keyring = source.keyring()?;
    let store = Store::connect(&store::Settings::read(source)?)?;
    let connected = tokio::time::timeout(Duration::from_secs(5), store.client().wait_for_connect()).await;
    connected.ok().and_then(Result::ok).context("REKEY_REDIS_URL: Redis does not answer")?;
    let mut out = std::io::stdout().lock();
    match command {
        Command::Show { address } => {
            let mut opened = limits::opened(&store, &keyring, &Email::parse(&address)?).await?;
            // Older ones are dropped when the address is next asked for.
            let day = i64::try_from(limits::DAY.as_millis())?;
            opened.retain(|at| clock::now_ms() - at < day);
            writeln!(out, "{} challenges in the last 25 hours", opened.len())?;
            for at in opened {
                writeln!(out, "{} seconds ago", (clock::now_ms() - at) / 1000)?;
            }
        }
        Command::Clear { address } => {
            let cleared = limits::clear(&store, &keyring, &Email::parse(&address)?).await?;
            writeln!(out, "{}", if cleared { "cleared" } else { "there was nothing to clear" })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
