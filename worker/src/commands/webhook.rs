//! `rekey-worker webhook test`: a sample for the application, signed as a real one.

use std::io::Write as _;

use anyhow::Context;
use clap::Subcommand;
use entity::{
    settings::{SettingError, Source},
    webhook,
};
use serde_json::json;

use super::Ended;
use crate::{jobs::unix_ms, webhook::Hook};

/// What can be done with the webhook.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sends a sample of `password.reset` and says what came of it.
    Test,
}

/// Does it.
pub async fn run(source: &Source, Command::Test: &Command) -> Result<(), Ended> {
    let hook = Hook::read(source)?.ok_or_else(|| SettingError::of("webhook.url", "is not set"))?;
    let id = format!("evt_test_{:032x}", rand::random::<u128>());
    let body = json!({
        "type": webhook::KIND,
        "timestamp": "2026-01-02T03:04:05Z",
        "data": { "event_id": "test", "account_id": "test", "occurred_at": "2026-01-02T03:04:05Z" },
    });
    writeln!(std::io::stdout(), "webhook-id: {id}").context("standard output")?;
    let taken = hook.call(&id, unix_ms(), &body.to_string()).await.context("not taken")?;
    let address = taken.address.map_or_else(|| "?".to_owned(), |address| address.to_string());
    let said = format!("taken: {} from {address} in {} ms", taken.status, taken.took.as_millis());
    writeln!(std::io::stdout(), "{said}").context("standard output")?;
    Ok(())
}
