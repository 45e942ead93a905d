//! Whether a password is known to have leaked: asked of a range API (the protocol of Have I Been Pwned's Pwned Passwords).
//!
//! The service is told the first five hexadecimal digits of the password's SHA-1 and answers with all that it knows
//! under these; which one was meant stays here (k-anonymity). Whatever goes wrong, the password is taken: a service of
//! somebody else's must not keep people from their accounts.

mod answer;
mod breaker;
#[cfg(test)]
mod tests;

use std::{fmt::Write as _, path::PathBuf, time::Duration};

use entity::{
    causes::causes,
    settings::{SettingError, Source, is_loopback},
    telemetry::{self, Kind},
    tls,
};
use reqwest::{Client, StatusCode, header, redirect};
use sha1::{Digest as _, Sha1};
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::{NewPassword, Normalize};
use crate::metrics::METRICS;
use breaker::Breaker;

const URL: &str = "password.lookup_url";
const TIMEOUT: &str = "password.lookup_timeout";
const CA_FILE: &str = "password.lookup_ca_file";

/// Digits of the hash that are told.
const TOLD: usize = 5;
/// Bounds of `password.lookup_timeout`. A name, a connection and TLS take some 50 ms at the least over the Internet; a
/// confirm has 8.5 s for all that it does, and a second more of it is the most that a stranger's service is worth.
const TIMEOUTS: std::ops::RangeInclusive<Duration> = Duration::from_millis(50)..=Duration::from_secs(2);
/// Octets of an answer. Of two billion hashes 2,000 would have the same five digits, each a line of some 40 octets; this
/// is three times that, and padding adds nothing to the large ones.
const MAX_ANSWER: usize = 256 * 1024;

/// Looks passwords up.
pub struct Lookup {
    base: Url,
    normalize: Normalize,
    client: Client,
    breaker: Breaker,
}

/// Why a look-up has no answer, as the metric names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    Timeout,
    Connect,
    Tls,
    Status(StatusCode),
    Malformed,
    TooLarge,
    Broken,
}

impl Lookup {
    /// Reads `password.lookup_*` and `password.normalize`; nothing if there is no `password.lookup_url`.
    ///
    /// # Errors
    /// By name for what cannot be used.
    pub fn read(source: &Source) -> Result<Option<Self>, SettingError> {
        let timeout: Duration = source.get(TIMEOUT)?;
        if !TIMEOUTS.contains(&timeout) {
            return Err(SettingError::of(TIMEOUT, "must be from 50ms to 2s"));
        }
        let ca_file: Option<PathBuf> = source.optional(CA_FILE)?;
        let Some(base) = source.optional::<Url>(URL)? else { return Ok(None) };
        check_url(&base).map_err(|problem| SettingError::of(URL, problem))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls::client_config(CA_FILE, ca_file.as_deref())?)
            // A proxy of the environment would learn who asks what.
            .no_proxy()
            // So would whoever we were led to.
            .redirect(redirect::Policy::none())
            // From the look-up of the name to the end of the answer.
            .timeout(timeout)
            .user_agent(concat!("Rekey/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| SettingError::of(URL, "cannot be called: no client can be made"))?;
        Ok(Some(Self { base, normalize: source.get("password.normalize")?, client, breaker: Breaker::default() }))
    }

    /// Whether the service knows this password, in the form that is hashed. It takes `password.lookup_timeout` at most;
    /// false as well if there is no answer, which is logged and counted.
    pub async fn lists(&self, password: &NewPassword) -> bool {
        let Some(ticket) = self.breaker.ask(Instant::now()) else {
            METRICS.looked_up("skipped");
            return false;
        };
        let mut span = telemetry::begin("password look-up", Kind::Client);
        match self.ask(&digest(&password.normalized(self.normalize))).await {
            Ok(listed) => {
                METRICS.looked_up(if listed { "hit" } else { "miss" });
                if self.breaker.success() {
                    tracing::info!("the password look-up answers again");
                }
                listed
            }
            Err(failure) => {
                let outcome = failure.outcome();
                span.fail(outcome);
                METRICS.looked_up(outcome);
                let pause = self.breaker.failure(ticket, Instant::now());
                tracing::warn!(outcome, status = failure.status(), ?pause, "a password was taken without look-up");
                false
            }
        }
    }

    async fn ask(&self, digest: &str) -> Result<bool, Failure> {
        let (told, kept) = digest.split_at(TOLD);
        // No trace goes along: it is somebody else's service. Errors are told by a word: their own text has the URL.
        let request = self.client.get(range(&self.base, told)).header("Add-Padding", "true");
        let mut response =
            request.header(header::ACCEPT, "text/plain").send().await.map_err(|error| failure(&error))?;
        if response.status() != StatusCode::OK {
            return Err(Failure::Status(response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        answer::lists(&body, kept).ok_or(Failure::Malformed)
    }
}

impl Failure {
    fn outcome(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Status(_) => "status",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Broken => "broken",
        }
    }

    fn status(self) -> Option<u16> {
        if let Self::Status(status) = self { Some(status.as_u16()) } else { None }
    }
}

fn check_url(url: &Url) -> Result<(), &'static str> {
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if !is_plain || url.host().is_none() {
        return Err("must be https://host, with a path at most");
    }
    // In the clear, whoever listens learns the digits together with the moment at which somebody set a password.
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(url)) {
        return Err("must be https, or http on this machine");
    }
    Ok(())
}

/// `<base>/range/<digits>`.
fn range(base: &Url, digits: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/range/{digits}", base.path().trim_end_matches('/')));
    url
}

/// The SHA-1 in capital hexadecimal digits. The protocol knows no other hash, and it is not stored.
fn digest(text: &str) -> Zeroizing<String> {
    let digest = Zeroizing::new(<[u8; 20]>::from(Sha1::digest(text.as_bytes())));
    digest.iter().fold(Zeroizing::new(String::with_capacity(40)), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn failure(error: &reqwest::Error) -> Failure {
    if causes(error).any(|cause| cause.is::<rustls::Error>()) {
        return Failure::Tls;
    }
    match error {
        error if error.is_timeout() => Failure::Timeout,
        error if error.is_connect() => Failure::Connect,
        _ => Failure::Broken,
    }
}
