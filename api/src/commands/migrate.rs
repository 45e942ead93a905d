//! `rekey-api migrate up|down|status`: the database's schema.

use std::{io::Write as _, process::ExitCode};

use clap::Subcommand;
use entity::settings::Source;

use super::{connect, failed};

/// What to do with the schema.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring it up to date
    Up,
    /// Take the newest migration back, with the data in its tables
    Down,
    /// Show what is applied and what is missing; exit code 1 if something is
    Status,
}

/// Runs the command.
///
/// # Errors
/// For settings that cannot be used, and a database that does not answer or refuses.
pub async fn run(command: Command, source: &Source) -> anyhow::Result<ExitCode> {
    let db = connect(source).await?;
    let mut out = std::io::stdout().lock();
    match command {
        Command::Up => {
            for name in migration::up(&db).await.map_err(failed)? {
                writeln!(out, "applied {name}")?;
            }
            writeln!(out, "the schema is up to date")?;
        }
        Command::Down => match migration::down(&db).await.map_err(failed)? {
            Some(name) => writeln!(out, "took back {name}")?,
            None => writeln!(out, "there was nothing to take back")?,
        },
        Command::Status => {
            let status = migration::status(&db).await.map_err(failed)?;
            let lists = [("applied", &status.applied), ("pending", &status.pending), ("unknown", &status.unknown)];
            for (state, name) in lists.iter().flat_map(|(state, names)| names.iter().map(move |name| (state, name))) {
                writeln!(out, "{state} {name}")?;
            }
            if !status.unknown.is_empty() {
                writeln!(out, "the schema is ahead: a newer program made it")?;
            }
            if !status.pending.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
