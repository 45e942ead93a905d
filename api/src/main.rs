//! Rekey's HTTP service and the commands that go with it.

mod brake;
mod clock;
mod commands;
mod confirm;
mod http;
mod metrics;
mod object;
mod password;
mod proof;
mod request;
mod schema;
mod second_factor;
mod serve;
mod service;
mod settings;
mod told;
mod verify;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand};
use entity::{
    job::Job,
    logging,
    settings::{SettingError, Source},
};

#[derive(Parser)]
#[command(name = "rekey-api", version, about = "Password resets for an application that already exists")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API
    Serve {
        /// Bring the database's schema up to date first
        #[arg(long)]
        migrate: bool,
    },
    /// Change the database's schema
    #[command(subcommand)]
    Migrate(commands::migrate::Command),
    /// Print the API's description (OpenAPI, JSON)
    Openapi,
    /// Print the JSON Schema of every job on the queue
    Schema,
    /// Look at the limits of an address
    #[command(subcommand)]
    Limits(commands::limits::Command),
    /// Write the page into a folder, to be served by another server
    Page(commands::page::Arguments),
    /// Look after accounts
    #[command(subcommand)]
    Account(commands::account::Command),
    /// Show what happened to an account's password: requests, mails, codes and resets
    Events(commands::events::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            // One line, so that whoever started the program sees it whatever the log's format is.
            let _ = writeln!(std::io::stderr(), "rekey-api: {error:#}");
            // 2 tells a setting that must be mended from a failure that may pass.
            ExitCode::from(if error.is::<SettingError>() { 2 } else { 1 })
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Openapi => print(&http::openapi::document(&http::openapi::service())),
        Command::Schema => print(&format!("{}\n", serde_json::to_string_pretty(&Job::schema())?)),
        Command::Serve { migrate } => {
            let source = source_with_logging()?;
            serve::run(&source, migrate).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Migrate(command) => commands::migrate::run(command, &source_with_logging()?).await,
        Command::Page(arguments) => commands::page::run(&arguments, &source_with_logging()?),
        Command::Limits(command) => commands::limits::run(command, &source_with_logging()?).await,
        Command::Events(arguments) => commands::events::run(&arguments, &source_with_logging()?).await,
        Command::Account(command) => commands::account::run(command, &source_with_logging()?).await,
    }
}

fn source_with_logging() -> anyhow::Result<Source> {
    let source = Source::load()?;
    logging::init(&logging::Settings::read(&source)?);
    Ok(source)
}

fn print(text: &str) -> anyhow::Result<ExitCode> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
