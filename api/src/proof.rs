//! Proof of work, after ALTCHA's proof of work 2 (altcha.org): what a client works at while codes are tried in vain, and
//! whether it did.
//!
//! The work is to find a counter for which PBKDF2-HMAC-SHA256 of nonce and counter, with the salt and `cost` iterations,
//! begins with a zero byte: one attempt in 256 does. Browsers have PBKDF2 built in, so an attacker's program is hardly
//! faster than a person's browser, unlike with a bare hash; and whatever speaks ALTCHA can solve it. To ask costs us one
//! MAC, to look at a solution one attempt.
//!
//! Nothing is kept until a proof is used: what was asked is signed, and names the call, the shard and the end of its life.
//! So every API knows what any other one asked, and restarts lose nothing.

mod sent;
mod work;

use std::{sync::Arc, time::Duration};

use entity::{
    brake::Proof,
    hex::hex,
    keyring::{Keyring, Keys},
    keys::Shard,
    limits::{self, Counted},
    store::StoreError,
};
use poem_openapi::{Enum, Object};
use sent::{ALGORITHM, KEY_LENGTH, KEY_PREFIX, Parts, ShownParameters};

use crate::{http::caller::Caller, metrics::METRICS, service::Service};

/// Life of what is asked, in milliseconds. An honest browser begins at once: on a telephone that takes three seconds for
/// the average proof, one in ten thousand takes half a minute. What lives longer could be worked at in advance.
const LIFE_MS: i64 = 120_000;
/// By how much the clocks of a Cluster's nodes may differ, of which one asked and another one counts: as long again.
const CLOCKS_DIFFER_MS: i64 = LIFE_MS;

/// Which call a proof is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "ProofAction", rename_all = "snake_case")]
pub enum Action {
    /// `POST /password-reset/request`
    Request,
    /// `POST /password-reset/verify`
    Verify,
}

impl Action {
    const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Verify => "verify",
        }
    }
}

/// What to work at: a challenge of ALTCHA's proof of work 2. Find the first `counter`, from 0, for which the derived key
/// begins with `keyPrefix`: PBKDF2 of the bytes of `nonce` followed by the counter in four bytes, big-endian, with the
/// bytes of `salt`. The `proof` is the Base64 of the JSON
/// `{"challenge": …, "solution": {"counter": …, "derivedKey": "…"}}`, with this whole object as `challenge`.
#[derive(Clone, Debug, Object)]
pub struct ProofChallenge {
    pub parameters: ProofParameters,
    /// Says that the service asked this. Send it back as it is.
    #[oai(validator(min_length = 64, max_length = 64))]
    pub signature: String,
}

/// The parameters of a `ProofChallenge`, in ALTCHA's names.
#[derive(Clone, Debug, Object)]
#[oai(rename_all = "camelCase")]
pub struct ProofParameters {
    /// `PBKDF2/SHA-256`
    pub algorithm: String,
    /// Iterations of each attempt.
    pub cost: u32,
    pub data: ProofData,
    /// When it is too late: seconds since 1970.
    pub expires_at: u64,
    /// Bytes to derive.
    pub key_length: u32,
    /// How the derived key has to begin, in hexadecimal digits.
    pub key_prefix: String,
    /// 16 bytes in hexadecimal digits.
    #[oai(validator(min_length = 32, max_length = 32))]
    pub nonce: String,
    /// 16 bytes in hexadecimal digits.
    #[oai(validator(min_length = 32, max_length = 32))]
    pub salt: String,
}

/// What a proof is for.
#[derive(Clone, Debug, Object)]
pub struct ProofData {
    pub action: Action,
    /// The part of the service that asks.
    pub shard: u16,
}

/// Asks for work, for a call to this shard. `now` is the clock of Redis, in milliseconds since 1970.
pub fn ask(service: &Service, action: Action, shard: Shard, now: i64) -> ProofChallenge {
    let (nonce, salt) = (rand::random(), rand::random());
    let cost = service.settings.challenge.limits.brake.cost;
    ProofChallenge::new(service.keyring.current(), action, shard, cost, now, [nonce, salt])
}

/// Why what a call brings is not even looked at. The call ends here.
#[derive(Debug)]
pub enum Unseen {
    /// Too many of the client's proofs let no call pass: how long it is to wait.
    Wait(Duration),
    /// Redis does not count, and what is not counted is not looked at.
    Uncounted(StoreError),
}

/// What a call brings. Whether it is needed, and still good, is for the script to say that the call runs. Say so with
/// [`passed`] if that script lets the call pass.
///
/// The client is counted for what it brings before anything is spent on it, by a limit of its own: no call that is refused
/// takes that back. To bring nothing costs nothing.
///
/// # Errors
/// [`Unseen`].
pub async fn look(
    service: &Arc<Service>,
    caller: &Caller,
    action: Action,
    shard: Shard,
    sent: Option<String>,
) -> Result<Proof, Unseen> {
    // Where nothing is asked nothing is looked at.
    let Some(sent) = sent.filter(|_| service.settings.challenge.limits.brake.enabled) else {
        return Ok(Proof::Bad("missing"));
    };
    // Some MACs: less than it costs to be counted.
    let payload = sent::read(&service.keyring, action.name(), shard, &sent);
    let counted = limits::count_proof(&service.store, &service.settings.challenge.limits, &caller.client).await;
    let Counted { wait, now } = counted.map_err(Unseen::Uncounted)?;
    if !wait.is_zero() {
        METRICS.limit("client_proof");
        return Err(Unseen::Wait(wait));
    }
    let payload = match payload {
        Ok(payload) => payload,
        Err(why) => return Ok(Proof::Bad(why)),
    };
    let (challenge, solution) = (payload.challenge.0, payload.solution.0);
    let ShownParameters { cost, expires_at, nonce, salt } = challenge.parameters.0;
    let id = nonce.clone();
    // Once asked for, a challenge would be good for a millisecond of work for ever. Whether its two minutes are over is
    // for the script to say.
    let expires = i64::try_from(expires_at).unwrap_or(0).saturating_mul(1000);
    if expires.saturating_add(CLOCKS_DIFFER_MS) < now {
        return Ok(Proof::Bad("expired"));
    }
    // About a millisecond, so not among the tasks that wait; and no more at once than there are hashing slots, whose
    // threads these are.
    let Ok(_turn) = service.proof_turns.acquire().await else { return Ok(Proof::Bad("unsolved")) };
    let check = tokio::task::spawn_blocking(move || solution.solves(&nonce, &salt, cost));
    Ok(match check.await {
        Ok(true) => Proof::Good { id, expires },
        _ => Proof::Bad("unsolved"),
    })
}

/// The call passed: what it brought is not held against its client. `spent`: it was asked for.
pub async fn passed(service: &Service, caller: &Caller, proof: &Proof, spent: bool) {
    if spent {
        METRICS.proven();
    }
    if proof.is_brought() {
        limits::forget_proof(&service.store, &service.settings.challenge.limits, &caller.client).await;
    }
}

impl ProofChallenge {
    fn new(keys: &Keys, action: Action, shard: Shard, cost: u32, now: i64, random: [[u8; 16]; 2]) -> Self {
        let expires_at = u64::try_from(now.saturating_add(LIFE_MS) / 1000).unwrap_or_default();
        let [nonce, salt] = random.map(|bytes| hex(&bytes));
        let signature = keys.proof(&Parts::new(action.name(), shard, cost, expires_at).with(&nonce, &salt));
        let parameters = ProofParameters {
            algorithm: ALGORITHM.into(),
            cost,
            data: ProofData { action, shard: shard.0 },
            expires_at,
            key_length: KEY_LENGTH,
            key_prefix: KEY_PREFIX.into(),
            nonce,
            salt,
        };
        Self { parameters, signature }
    }

    /// One for the description, always the same.
    pub fn example(action: Action) -> Self {
        let keyring = Keyring::new(&[b"the secret of an example, not in use"]).expect("it is long enough");
        Self::new(keyring.current(), action, Shard(0), 2_500, 1_798_761_480_000, [[7; 16], [9; 16]])
    }
}

#[cfg(test)]
mod tests;
