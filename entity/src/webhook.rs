//! The webhook `password.reset`: where it goes, what it says, and how it is signed.
//!
//! The form is that of Standard Webhooks 1.0 (standardwebhooks.com): a signature over id, time and body, symmetric.

mod sign;

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use ipnet::IpNet;
use serde_json::json;
use url::Url;

pub use sign::Secrets;

use crate::{
    reset_event::ResetEvent,
    settings::{List, SettingError, Source, is_loopback},
};

/// The type that every delivery names.
pub const KIND: &str = "password.reset";

/// Where the application listens.
#[derive(Clone)]
pub struct Settings {
    /// An https URL, or an http one of this machine.
    pub url: Url,
    /// What it is signed with.
    pub secrets: Secrets,
    /// Networks that may be called though they are not public.
    pub allowed: Vec<IpNet>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its path may be a secret.
        f.debug_struct("Settings").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads `webhook.*`; nothing if there is no `webhook.url`.
    ///
    /// # Errors
    /// By name for what cannot be used, never with its value.
    pub fn read(source: &Source) -> Result<Option<Self>, SettingError> {
        let Some(url) = source.optional::<Url>("webhook.url")? else { return Ok(None) };
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !is_plain || url.host().is_none() {
            return Err(SettingError::of("webhook.url", "must be https://host/path, without credentials and #"));
        }
        // Without TLS anybody on the way reads and changes it (RFC 9110, section 17.1); on this machine nobody is.
        if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
            return Err(SettingError::of("webhook.url", "must be https, or http on this machine"));
        }
        let networks: List<String> = source.optional("webhook.allowed_networks")?.unwrap_or_default();
        let allowed = networks.0.iter().map(|network| network.parse()).collect::<Result<Vec<IpNet>, _>>();
        Ok(Some(Self {
            url,
            secrets: Secrets::parse(&source.get::<String>("webhook.secret")?)
                .map_err(|problem| SettingError::of("webhook.secret", problem))?,
            allowed: allowed
                .map_err(|_| SettingError::of("webhook.allowed_networks", "must be networks such as 10.0.0.0/8"))?,
        }))
    }
}

/// The `webhook-id` of an event: the same for each delivery.
#[must_use]
pub fn id(event_id: &str) -> String {
    format!("evt_{event_id}")
}

/// What the webhook says of an event: the same bytes for each delivery. Neither address nor secret is in it.
#[must_use]
pub fn body(event: &ResetEvent) -> String {
    let when = moment(event.occurred_at);
    json!({
        "type": KIND,
        "timestamp": when,
        "data": { "event_id": event.id, "account_id": event.account_id.as_str(), "occurred_at": when },
    })
    .to_string()
}

/// `2026-01-02T03:04:05Z`.
fn moment(unix_ms: i64) -> String {
    // RFC 3339 has no years past 9999, and the formatter panics there.
    let seconds = u64::try_from(unix_ms / 1000).unwrap_or_default().min(253_402_300_799);
    humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
}

#[cfg(test)]
mod tests;
