//! The call to the application: signed, to no network that is not meant, and bounded in time and size.

mod guard;
mod later;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::{Duration, Instant},
};

use entity::{
    causes::causes,
    settings::{SettingError, Source},
    telemetry, tls, webhook,
};
use reqwest::{Client, StatusCode, header, redirect};

pub use guard::Guard;
use guard::Refused;

/// For everything, from the look-up to the end of the answer: a receiver is to take the call and do its work later.
const PATIENCE: Duration = Duration::from_secs(5);
/// Octets of an answer that are read: none of them is used, but a receiver that says a little more than nothing can
/// be called on the same connection again.
const MAX_ANSWER: usize = 64 * 1024;

/// Calls the application.
#[derive(Debug)]
pub struct Hook {
    settings: webhook::Settings,
    guard: Guard,
    client: Client,
}

/// A call that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// 200 to 299.
    pub status: u16,
    /// Where the connection led.
    pub address: Option<SocketAddr>,
    /// How long all of it took.
    pub took: Duration,
}

/// A call that was not. The reasons are short and hold nothing of what the receiver said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Worth another try, not before this time is over.
    #[error("{reason}")]
    Retry {
        /// `http 503`, `timeout`, `connect`, `tls`, `refused_address` or `unresolved`.
        reason: String,
        /// What the receiver asked for, an hour at most; zero if it did not.
        wait: Duration,
    },
    /// The receiver wants no more of these (410).
    #[error("http 410")]
    Gone,
}

impl Hook {
    /// Reads `webhook.*`; nothing if there is no `webhook.url`.
    ///
    /// # Errors
    /// By name for what cannot be used.
    pub fn read(source: &Source) -> Result<Option<Self>, SettingError> {
        Self::read_for(source, None)
    }

    /// The same with another URL than the setting's, which `webhook::check_url` has passed.
    ///
    /// # Errors
    /// As [`Hook::read`].
    pub fn read_for(source: &Source, other: Option<url::Url>) -> Result<Option<Self>, SettingError> {
        let ca_file: Option<PathBuf> = source.optional("webhook.ca_file")?;
        let Some(settings) = webhook::Settings::read_for(source, other)? else { return Ok(None) };
        let tls = tls::client_config("webhook.ca_file", ca_file.as_deref())?;
        Self::new(settings, tls, PATIENCE).map(Some)
    }

    fn new(settings: webhook::Settings, tls: rustls::ClientConfig, patience: Duration) -> Result<Self, SettingError> {
        let guard = Guard::new(settings.allowed.clone());
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(guard.clone())
            // The environment's proxy would connect for us, to whatever address it likes.
            .no_proxy()
            // A receiver must not lead us elsewhere.
            .redirect(redirect::Policy::none())
            // From the look-up to the end of the answer.
            .timeout(patience)
            .user_agent(concat!("Rekey/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| SettingError::of("webhook.url", "cannot be called: no client can be made"))?;
        Ok(Self { settings, guard, client })
    }

    /// The addresses that the URL leads to now, and whether each may be called; none if its name leads
    /// nowhere.
    pub async fn addresses(&self) -> Vec<(IpAddr, bool)> {
        let found = match (literal(&self.settings.url), self.settings.url.host_str()) {
            (Some(address), _) => vec![address],
            (None, host) => {
                let found = guard::look_up(host.unwrap_or_default()).await.unwrap_or_default();
                found.into_iter().map(|address| address.ip()).collect()
            }
        };
        found.into_iter().map(|address| (address, self.guard.lets(address))).collect()
    }

    /// Calls with a body; `now` is in milliseconds since 1970. `id` is the same for each try.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(&self, id: &str, now: i64, body: &str) -> Result<Taken, CallError> {
        let begin = Instant::now();
        // What is no name is not looked up, and so not seen by the guard of names.
        if let Some(address) = literal(&self.settings.url)
            && !self.guard.lets(address)
        {
            return Err(retry(Refused.to_string()));
        }
        let (status, address, wait) = self.send(id, now, body).await?;
        match status {
            status if status.is_success() => Ok(Taken { status: status.as_u16(), address, took: begin.elapsed() }),
            StatusCode::GONE => Err(CallError::Gone),
            status => Err(CallError::Retry { reason: format!("http {}", status.as_u16()), wait }),
        }
    }

    async fn send(
        &self,
        id: &str,
        now: i64,
        body: &str,
    ) -> Result<(StatusCode, Option<SocketAddr>, Duration), CallError> {
        let timestamp = now / 1000;
        let request = self
            .client
            .post(self.settings.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", self.settings.secrets.sign(id, timestamp, body))
            .body(body.to_owned());
        let request = match telemetry::current() {
            Some(trace) => request.header("traceparent", trace.to_string()),
            None => request,
        };
        let mut answer = request.send().await.map_err(|error| retry(reason(&error).into()))?;
        let mut read = 0;
        // Its status is all that counts, so an answer that breaks off, or does not end in time, changes nothing.
        while let Ok(Some(chunk)) = answer.chunk().await {
            read += chunk.len();
            if read > MAX_ANSWER {
                break;
            }
        }
        Ok((answer.status(), answer.remote_addr(), later::asked_for(answer.headers(), now)))
    }
}

fn retry(reason: String) -> CallError {
    CallError::Retry { reason, wait: Duration::ZERO }
}

fn literal(url: &url::Url) -> Option<IpAddr> {
    match url.host()? {
        url::Host::Domain(_) => None,
        url::Host::Ipv4(address) => Some(address.into()),
        url::Host::Ipv6(address) => Some(address.into()),
    }
}

/// What went wrong, in a word: the error's own text names the URL.
fn reason(error: &reqwest::Error) -> &'static str {
    for cause in causes(error) {
        if cause.is::<Refused>() {
            return "refused_address";
        }
        if cause.is::<guard::Unresolved>() {
            return "unresolved";
        }
        if cause.is::<rustls::Error>() {
            return "tls";
        }
    }
    match error {
        error if error.is_timeout() => "timeout",
        error if error.is_connect() => "connect",
        _ => "broken",
    }
}
