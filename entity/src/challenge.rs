//! A challenge: somebody asked for a reset of an address, and whoever holds the mailed code may go on.
//!
//! It lives in Redis until its time is over and is never deleted early, so that nobody can tell what became of it.
//! Every change is one script.

mod id;
mod open;
mod verify;

#[cfg(test)]
mod tests;

pub use id::{ChallengeId, InvalidChallengeId};
pub use open::{Idempotency, Open, Opened, Randomness, open};
pub use verify::{Live, Take, Taken, consume, take_try};

use std::{fmt, time::Duration};

use fred::interfaces::HashesInterface;

use crate::{
    account::AccountId,
    email::Email,
    keyring::{KeyId, Keys},
    limits,
    settings::{SettingError, Source},
    store::{Script, Store, StoreError},
};

/// Wrong codes that a challenge bears. It cannot be set: with the limits it bounds an address' guesses (ASVS 6.6.3).
pub const TRIES: u8 = 5;
/// Mails after the first at most.
pub const RESENDS: u8 = 3;
/// Life that a challenge must have left to be mailed again: less would bring a code that dies on the way to the form.
pub const RESEND_NEEDS: Duration = Duration::from_secs(3 * 60);

/// How challenges are opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a code lives, from the request on.
    pub ttl: Duration,
    /// How often they may be opened.
    pub limits: limits::Settings,
}

impl Settings {
    /// Reads `code.ttl` and `limits.*`.
    ///
    /// # Errors
    /// By name if one is malformed or out of range: a code lives one second to 10 minutes (ASVS 6.5.5).
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        Ok(Self { ttl: read_ttl(source, "code.ttl")?, limits: limits::Settings::read(source)? })
    }
}

/// A life that ASVS 6.5.5 allows: up to ten minutes.
pub(crate) fn read_ttl(source: &Source, key: &str) -> Result<Duration, SettingError> {
    let ttl: Duration = source.get(key)?;
    let allowed = Duration::from_secs(1)..=Duration::from_secs(600);
    if allowed.contains(&ttl) { Ok(ttl) } else { Err(SettingError::of(key, "must be 1s to 10m")) }
}

/// What the worker sees of a challenge.
pub struct View {
    /// From which the code is derived, with the id and the address.
    pub nonce: String,
    /// The keys to derive it with.
    pub key_id: KeyId,
    /// The address that was asked for, which is not where the mail goes: that is the account's.
    pub address: Email,
    /// The language that the request asked for: a tag, or an `Accept-Language` header.
    pub locale: Option<String>,
    /// End of life: milliseconds since 1970.
    pub ends: i64,
    /// The account changed meanwhile: no mail of it may go out.
    pub void: bool,
    /// How many mails were asked for: the highest number that a job may carry.
    pub mails: u8,
    /// The numbers of the mails that the mail server accepted.
    pub sent: Vec<u8>,
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("key_id", &self.key_id).field("ends", &self.ends).finish_non_exhaustive()
    }
}

/// Whether a challenge took its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It has this account, with this fingerprint.
    Yes,
    /// It had another, and no code of it may be mailed any more.
    Void,
    /// It is over.
    Gone,
}

/// What a mail that was sent for a challenge brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// The code.
    Code,
    /// Whom to ask: the account has a second factor, and such accounts are not reset.
    WhomToAsk,
}

impl Mailed {
    /// The name in the audit trail. A worker of a version that does not know one leaves it out.
    const fn name(self) -> &'static str {
        match self {
            Self::Code => "mailed",
            Self::WhomToAsk => "turned_away",
        }
    }
}

static BIND: Script =
    Script::new(concat!("#!lua flags=allow-oom\n", include_str!("lua/trail.lua"), include_str!("challenge/bind.lua")));
static MARK_SENT: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/clock.lua"),
    include_str!("lua/trail.lua"),
    include_str!("challenge/mark_sent.lua")
));

/// Reads a challenge, if it lives.
///
/// # Errors
/// [`StoreError`] if Redis does not answer, or answers what no challenge is.
pub async fn read(store: &Store, id: &ChallengeId) -> Result<Option<View>, StoreError> {
    let fields: std::collections::HashMap<String, String> = Box::pin(store.client().hgetall(key(store, id))).await?;
    if fields.is_empty() {
        return Ok(None);
    }
    view(&fields).map(Some).ok_or_else(|| StoreError::Unexpected("a challenge lacks a field".into()))
}

fn view(fields: &std::collections::HashMap<String, String>) -> Option<View> {
    let text = |name: &str| fields.get(name).cloned();
    Some(View {
        nonce: text("nonce")?,
        key_id: KeyId::new(text("key")?),
        address: Email::parse(fields.get("address")?).ok()?,
        locale: text("locale").filter(|locale| !locale.is_empty()),
        ends: fields.get("ends")?.parse().ok()?,
        void: fields.contains_key("void"),
        mails: fields.get("mails")?.parse().ok()?,
        sent: fields.keys().filter_map(|name| name.strip_prefix("sent:")?.parse().ok()).collect(),
    })
}

/// Writes the account and its fingerprint into the challenge of this address, once; a later other fingerprint makes it void.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn bind(
    store: &Store,
    (id, address): (&ChallengeId, &Email),
    account: &AccountId,
    fingerprint: &str,
    made_with: &Keys,
) -> Result<Bound, StoreError> {
    let bound = made_with.bound(id.as_str(), address.as_str(), account.as_str(), fingerprint);
    let args = vec![account.as_str().into(), fingerprint.into(), bound.into()];
    let keys = vec![key(store, id), store.names().trail(id.shard(), id.as_str())];
    match store.run(&BIND, keys, args).await?.as_str().as_deref() {
        Some("bound") => Ok(Bound::Yes),
        Some("void") => Ok(Bound::Void),
        Some("gone") => Ok(Bound::Gone),
        _ => Err(StoreError::Unexpected("bind".into())),
    }
}

/// Remembers that this mail was accepted by the mail server, so that its job is not run twice.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn mark_sent(store: &Store, id: &ChallengeId, mail_no: u8, mailed: Mailed) -> Result<(), StoreError> {
    let (names, shard) = (store.names(), id.shard());
    let keys = vec![key(store, id), names.trail(shard, id.as_str()), names.closing(shard)];
    let args = vec![i64::from(mail_no).into(), id.as_str().into(), mailed.name().into()];
    store.run(&MARK_SENT, keys, args).await.map(|_| ())
}

pub(crate) fn key(store: &Store, id: &ChallengeId) -> String {
    store.names().challenge(id.shard(), id.as_str())
}
