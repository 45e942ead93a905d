//! How often: the limits of clients and addresses.
//!
//! The counters live in Redis and change inside the scripts that they guard, so all programs share them and nothing
//! races past them. Addresses are counted whether or not they have an account (R6).

mod buckets;
mod client;

use std::{num::NonZero, time::Duration};

pub(crate) use buckets::{ClientCheck, check_client, give_back};
pub use buckets::{Counted, count_proof, forget_proof};
pub use client::{Client, network};
use fred::{
    interfaces::{KeysInterface, SortedSetsInterface},
    types::Value,
};

use crate::{
    brake,
    email::Email,
    keyring::Keyring,
    settings::{Mode, SettingError, Source},
    store::{Store, StoreError},
};

/// The span that bounds an address' challenges: a day and an hour, so that no clock change makes two days of it.
pub const DAY: Duration = Duration::from_secs(25 * 60 * 60);
/// The shorter span.
pub const HOUR: Duration = Duration::from_secs(60 * 60);
/// The span in which failed tries of all clients are counted for the alarm.
pub const ALARM_SPAN: Duration = Duration::from_secs(10 * 60);

/// All limits. Their defaults are the design's: ten challenges of five tries bound an address' guesses to 50 a day
/// (NIST SP 800-63B-4, 3.2.2 asks for no more than 100 consecutive failures).
#[derive(Clone, Debug)]
pub struct Settings {
    /// False for benchmarks and tests. Five tries a code and a challenge's resends hold nevertheless.
    pub enabled: bool,
    /// Wait before a challenge's code is mailed again.
    pub resend_after: Duration,
    /// Wait between two challenges of an address.
    pub address_cooldown: Duration,
    /// Challenges of an address in [`HOUR`] and in [`DAY`].
    pub address: (u32, u32),
    /// Of these, opened by one client.
    pub address_client: (u32, u32),
    /// Requests of a client.
    pub requests: Bucket,
    /// Verifies of a client.
    pub verifies: Bucket,
    /// Confirms of a client.
    pub confirms: Bucket,
    /// Proofs of work of a client that let no call pass: as many as its verifies. Each costs one attempt at most, a
    /// millisecond, and one that is honest fails by a double click or a slow telephone.
    pub failed_proofs: Bucket,
    /// Failed tries of all clients in [`ALARM_SPAN`] that raise the alarm.
    pub failed_tries_alarm: u32,
    /// What happens then.
    pub brake: brake::Settings,
    /// Jobs that may wait in a shard before a request is refused. It holds with `enabled: false` as well.
    pub backlog: u32,
}

/// A token bucket: `burst` at once, refilled at `per_hour`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Calls an hour in the long run, at least 1.
    pub per_hour: NonZero<u32>,
    /// Calls at once, at least 1.
    pub burst: NonZero<u32>,
}

impl Bucket {
    /// Milliseconds for which one call counts.
    fn interval(self) -> Value {
        let interval = i64::try_from(HOUR.as_millis()).unwrap_or(i64::MAX) / i64::from(self.per_hour.get());
        interval.max(1).into()
    }

    /// What scripts get of it: interval and burst.
    fn args(self) -> [Value; 2] {
        [self.interval(), i64::from(self.burst.get()).into()]
    }
}

/// The three calls, each counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `POST /password-reset/request`
    Request,
    /// `POST /password-reset/verify`
    Verify,
    /// `POST /password-reset/confirm`
    Confirm,
}

impl Call {
    const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Verify => "verify",
            Self::Confirm => "confirm",
        }
    }
}

impl Settings {
    /// Reads `limits.*`.
    ///
    /// # Errors
    /// By name if one is malformed, or if they are off in production.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let enabled: bool = source.get("limits.enabled")?;
        if !enabled && source.get::<Mode>("mode")? == Mode::Production {
            return Err(SettingError::of("limits.enabled", "cannot be false in production"));
        }
        let bucket = |per_hour: &str, burst: &str| -> Result<_, SettingError> {
            Ok(Bucket { per_hour: source.get(per_hour)?, burst: source.get(burst)? })
        };
        let at_least_one = |key: &str| source.get::<NonZero<u32>>(key).map(NonZero::get);
        let whole = |key: &str| bucket(key, key);
        Ok(Self {
            enabled,
            resend_after: source.get("limits.resend_after")?,
            address_cooldown: source.get("limits.address_cooldown")?,
            address: (at_least_one("limits.address_per_hour")?, at_least_one("limits.address_per_day")?),
            address_client: (
                at_least_one("limits.address_client_per_hour")?,
                at_least_one("limits.address_client_per_day")?,
            ),
            requests: bucket("limits.client_requests_per_hour", "limits.client_requests_burst")?,
            verifies: whole("limits.client_verifies_per_hour")?,
            confirms: whole("limits.client_confirms_per_hour")?,
            failed_proofs: whole("limits.client_failed_proofs_per_hour")?,
            brake: brake::Settings::read(source, enabled)?,
            failed_tries_alarm: at_least_one("limits.failed_tries_alarm")?,
            backlog: at_least_one("limits.backlog")?,
        })
    }

    fn bucket(&self, call: Call) -> Bucket {
        match call {
            Call::Request => self.requests,
            Call::Verify => self.verifies,
            Call::Confirm => self.confirms,
        }
    }
}

/// Milliseconds that a script answered.
pub(crate) fn millis(value: &Value) -> Result<Duration, StoreError> {
    let number = value.as_u64().ok_or_else(|| StoreError::Unexpected("no number of milliseconds".into()))?;
    Ok(Duration::from_millis(number))
}

/// When the challenges of an address were opened in the last 25 hours: milliseconds since 1970, oldest first.
///
/// # Errors
/// [`StoreError`] if Redis does not answer.
pub async fn opened(store: &Store, keyring: &Keyring, email: &Email) -> Result<Vec<i64>, StoreError> {
    let key = address_key(store, keyring, email);
    let members: Vec<(String, f64)> = store.client().zrange(key, 0, -1, None, false, None, true).await?;
    #[expect(clippy::cast_possible_truncation, reason = "scores are milliseconds, whole and under 2^53")]
    Ok(members.into_iter().map(|(_, at)| at as i64).collect())
}

/// Forgets the challenges that an address opened, so that it can open new ones. Live challenges stay as they are.
/// Answers whether there was anything to forget.
///
/// # Errors
/// [`StoreError`] if Redis does not answer.
pub async fn clear(store: &Store, keyring: &Keyring, email: &Email) -> Result<bool, StoreError> {
    let removed: i64 = store.client().del(address_key(store, keyring, email)).await?;
    Ok(removed > 0)
}

pub(crate) fn address_key(store: &Store, keyring: &Keyring, email: &Email) -> String {
    let names = store.names();
    names.address_limit(names.shard_of(email), &keyring.counting().address(email.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r71_limits_cannot_be_off_in_production() {
        let given = |mode: &str| {
            let variables = [("REKEY_MODE", mode), ("REKEY_LIMITS_ENABLED", "false")];
            let variables = variables.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
            Settings::read(&Source::from_parts(None, variables).unwrap())
        };
        assert!(given("production").unwrap_err().to_string().starts_with("REKEY_LIMITS_ENABLED"));
        assert!(!given("development").unwrap().enabled);
    }
}
