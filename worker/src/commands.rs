//! The command line.

mod jobs;
mod mail;
mod run;
mod shards;
mod webhook;

use clap::{Parser, Subcommand};
use entity::settings::{SettingError, Source};

/// Takes Rekey's jobs off the list and does them.
#[derive(Debug, Parser)]
#[command(name = "rekey-worker", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Takes jobs until it is told to stop (SIGTERM, SIGINT).
    Run,
    /// Looks at jobs, tries dead ones again, drops them.
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// Shows how many queues there are, or changes that.
    #[command(subcommand)]
    Shards(shards::Command),
    /// Tries the webhook out.
    #[command(subcommand)]
    Webhook(webhook::Command),
    /// Shows what mails look like, and whether the mail server takes them.
    #[command(subcommand)]
    Mail(mail::Command),
}

/// Why a command ended.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// A setting cannot be used.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// Anything else; the text is for the operator.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

/// Does what the command line says.
///
/// # Errors
/// [`Ended`].
pub async fn run(arguments: Arguments) -> Result<(), Ended> {
    let source = Source::load()?;
    match arguments.command {
        Command::Run => run::run(&source).await,
        Command::Jobs(command) => jobs::run(&source, &command).await,
        Command::Shards(command) => shards::run(&source, &command).await,
        Command::Webhook(command) => webhook::run(&source, &command).await,
        Command::Mail(command) => mail::run(&source, &command).await,
    }
}
