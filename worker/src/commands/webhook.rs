//! `rekey-worker webhook test`: a sample for the application, signed as a real one.

use std::io::Write as _;

use anyhow::Context;
use clap::Subcommand;
use entity::{
    settings::{SettingError, Source},
    webhook,
};
use serde_json::json;
use url::Url;

use super::Ended;
use crate::{jobs::unix_ms, webhook::Hook};

/// What can be done with the webhook.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sends a sample of `password.reset` and says what came of it; exit status 1 if it was not taken.
    Test {
        /// Goes there instead of to `webhook.url`, signed and guarded alike.
        #[arg(long, value_parser = url)]
        url: Option<Url>,
    },
}

fn url(text: &str) -> Result<Url, &'static str> {
    let url = text.parse().map_err(|_| "is no URL")?;
    webhook::check_url(&url)?;
    Ok(url)
}

/// Does it.
pub async fn run(source: &Source, Command::Test { url }: &Command) -> Result<(), Ended> {
    let hook = Hook::read_for(source, url.clone())?.ok_or_else(|| SettingError::of("webhook.url", "is not set"))?;
    let id = format!("evt_test_{:032x}", rand::random::<u128>());
    let body = json!({
        "type": webhook::KIND,
        "timestamp": "2026-01-02T03:04:05.678Z",
        "data": { "event_id": "test", "account_id": "test", "occurred_at": "2026-01-02T03:04:05.678Z" },
    });
    say(&format!("webhook-id: {id}"))?;
    for (address, may) in hook.addresses().await {
        let verdict = if may { "" } else { " is refused: it is not public, and not in REKEY_WEBHOOK_ALLOWED_NETWORKS" };
        say(&format!("address: {address}{verdict}"))?;
    }
    let taken = hook.call(&id, unix_ms(), &body.to_string()).await.context("not taken")?;
    let address = taken.address.map_or_else(|| "?".to_owned(), |address| address.to_string());
    say(&format!("taken: {} from {address} in {} ms", taken.status, taken.took.as_millis()))
}

fn say(line: &str) -> Result<(), Ended> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output").map_err(Ended::from)
}
