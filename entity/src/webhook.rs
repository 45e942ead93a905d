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
    /// By name for what cannot be used, never with its value. What is there without a URL is looked at as well: it is
    /// better refused today than on the day when the URL is set.
    pub fn read(source: &Source) -> Result<Option<Self>, SettingError> {
        Self::read_for(source, None)
    }

    /// The same with another URL than the setting's, which [`check_url`] has passed.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn read_for(source: &Source, other: Option<Url>) -> Result<Option<Self>, SettingError> {
        let secrets = source.optional::<String>("webhook.secret")?.map(|text| Secrets::parse(&text)).transpose();
        let secrets = secrets.map_err(|problem| SettingError::of("webhook.secret", problem))?;
        let networks: List<String> = source.optional("webhook.allowed_networks")?.unwrap_or_default();
        let allowed = networks.0.iter().map(|network| network.parse()).collect::<Result<Vec<IpNet>, _>>();
        let allowed =
            allowed.map_err(|_| SettingError::of("webhook.allowed_networks", "must be networks such as 10.0.0.0/8"))?;
        let set = source.optional::<Url>("webhook.url")?;
        if let Some(url) = &set {
            check_url(url).map_err(|problem| SettingError::of("webhook.url", problem))?;
        }
        let Some(url) = other.or(set) else { return Ok(None) };
        let secrets = secrets.ok_or_else(|| SettingError::of("webhook.secret", "is needed and not set"))?;
        Ok(Some(Self { url, secrets, allowed }))
    }
}

/// Whether a webhook may go to this URL at all; where its host leads is looked at with each call.
///
/// # Errors
/// What is wrong, without the URL.
pub fn check_url(url: &Url) -> Result<(), &'static str> {
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !is_plain || url.host().is_none() {
        return Err("must be https://host/path, without credentials and #");
    }
    // Without TLS anybody on the way reads and changes it (RFC 9110, section 17.1); on this machine nobody is.
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(url)) {
        return Err("must be https, or http on this machine");
    }
    Ok(())
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

/// `2026-01-02T03:04:05.678Z`: in whole seconds it would stand before log-ins that came before the reset.
fn moment(unix_ms: i64) -> String {
    // RFC 3339 has no years past 9999, and the formatter panics there.
    let millis = u64::try_from(unix_ms).unwrap_or_default().min(253_402_300_799_999);
    humantime::format_rfc3339_millis(SystemTime::UNIX_EPOCH + Duration::from_millis(millis)).to_string()
}

#[cfg(test)]
mod tests;
