//! Opening a challenge, or mailing a live one again.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fred::types::Value;

use super::{ChallengeId, RESEND_NEEDS, RESENDS, Settings, TRIES, key};
use crate::{
    brake::{Proof, Prove},
    email::Email,
    keyring::Keyring,
    limits::{self, Call, Client, ClientCheck, DAY, HOUR},
    store::{Script, Store, StoreError},
    trail::{self, CLOSES_AFTER, KEPT, Origin},
};

static OPEN: Script = Script::new(concat!(
    "#!lua\n",
    include_str!("../lua/clock.lua"),
    include_str!("../lua/bucket.lua"),
    include_str!("../lua/wake.lua"),
    include_str!("../lua/brake.lua"),
    include_str!("../lua/trail.lua"),
    include_str!("open.lua")
));

/// What opens a challenge. Nothing in it depends on an account.
#[derive(Debug)]
pub struct Open<'a> {
    /// The address, as typed.
    pub email: &'a Email,
    /// Whose limits are counted.
    pub client: &'a Client,
    /// Who asks, for the audit trail.
    pub origin: &'a Origin,
    /// A language tag, or an `Accept-Language` header of up to 100 characters.
    pub locale: Option<&'a str>,
    /// The challenge to mail again, if it lives.
    pub resend_of: Option<&'a ChallengeId>,
    /// The `Idempotency-Key` of the call.
    pub idempotency: Option<Idempotency>,
    /// W3C Trace Context, valid: hexadecimal digits and dashes.
    pub traceparent: Option<&'a str>,
    /// What it brings in the way of a proof of work.
    pub proof: &'a Proof,
    /// Where id and nonce come from.
    pub random: Randomness,
}

/// 256 random bits: half for the public id, half for the secret nonce.
#[derive(Clone, Copy)]
pub struct Randomness(pub [u8; 32]);

impl std::fmt::Debug for Randomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Randomness(…)")
    }
}

/// A repeated call: MACs of who sent which key, and of what was asked.
#[derive(Debug)]
pub struct Idempotency {
    key: String,
    body: String,
}

impl Idempotency {
    /// The call of `client` with this key, asking for `parts`. Neither is kept, only MACs of them.
    #[must_use]
    pub fn new(keyring: &Keyring, client: &Client, key: &str, parts: &[&[u8]]) -> Self {
        let keys = keyring.counting();
        let key = keys.client(&[b"idempotency key", client.as_str().as_bytes(), key.as_bytes()]);
        let body: Vec<&[u8]> = std::iter::once(b"idempotent body".as_slice()).chain(parts.iter().copied()).collect();
        Self { key, body: keys.client(&body) }
    }
}

/// What became of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened {
    /// A mail is on its way, if the address has an account.
    Open {
        /// The challenge, new or old.
        id: ChallengeId,
        /// Life that it has left.
        expires_in: Duration,
        /// Wait before it may be mailed again; `None`: not any more.
        resend_in: Option<Duration>,
        /// A proof of work was asked for, and the one that the call brought is spent.
        proven: bool,
        /// It was answered before, under the same `Idempotency-Key`: nothing was done or counted now.
        repeated: bool,
        /// It is a new one, and the audit trail will not tell of it: [`trail::MOST`] others wait there.
        untold: bool,
    },
    /// Refused: over a limit.
    Wait {
        /// Whose limit: `client`, `address` or `resend`.
        by: &'static str,
        /// How long to wait.
        retry_after: Duration,
    },
    /// Refused: a proof of work is asked for. Nothing was counted.
    Prove(Prove),
    /// Refused: the `Idempotency-Key` was used for another body.
    KeyReused,
    /// Refused: more mails wait than [`limits::Settings::backlog`] allows.
    Full,
}

/// Opens a challenge and pushes the job that mails its code, in one script and one round trip: all of it or nothing.
///
/// # Errors
/// [`StoreError`]: nothing was done, unless the answer was lost. Then the same `Idempotency-Key` tells.
pub async fn open(
    store: &Store,
    keyring: &Keyring,
    settings: &Settings,
    request: Open<'_>,
) -> Result<Opened, StoreError> {
    let names = store.names();
    let shard = names.shard_of(request.email);
    let (id_bits, nonce) = request.random.0.split_at(16);
    let id = ChallengeId::new(shard, id_bits.try_into().expect("split at 16"));
    let new_key = key(store, &id);
    // An id of another shard is of another address: it is not looked at.
    let old = request.resend_of.filter(|old| old.shard() == shard);

    let limits = &settings.limits;
    let client = match limits::check_client(store, limits, Call::Request, request.client, &new_key).await? {
        ClientCheck::InScript(bucket) => bucket,
        ClientCheck::Wait(retry_after) => return Ok(Opened::Wait { by: "client", retry_after }),
    };
    let answered = request.idempotency.as_ref().map(|seen| names.idempotency(shard, &seen.key));
    let (spent, [proof, expires]) = request.proof.parts(store, shard, &new_key);
    let [alarm, ..] = limits.brake.args(limits.failed_tries_alarm);
    let keys = vec![
        new_key.clone(),
        old.map_or_else(|| new_key.clone(), |old| key(store, old)),
        limits::address_key(store, keyring, request.email),
        answered.unwrap_or_else(|| new_key.clone()),
        client.key,
        names.ready(shard),
        names.wake(shard),
        names.delayed(shard),
        names.trail(shard, id.as_str()),
        names.trail(shard, old.unwrap_or(&id).as_str()),
        names.closing(shard),
        names.brake(shard),
        spent,
    ];
    let text = |text: &str| Value::from(text);
    let span = |span: Duration| Value::from(i64::try_from(span.as_millis()).unwrap_or(i64::MAX));
    let count = |count: u32| Value::from(i64::from(count));
    let [interval, burst] = client.args;
    let args = vec![
        text(id.as_str()),
        text(&URL_SAFE_NO_PAD.encode(nonce)),
        text(keyring.current().id().as_str()),
        text(request.email.as_str()),
        text(request.locale.unwrap_or_default()),
        text(request.client.as_str()),
        text(old.map_or("", ChallengeId::as_str)),
        text(request.idempotency.as_ref().map_or("", |seen| &seen.body)),
        text(request.traceparent.unwrap_or_default()),
        span(settings.ttl),
        count(TRIES.into()),
        count(RESENDS.into()),
        span(limits.resend_after),
        span(RESEND_NEEDS),
        interval,
        burst,
        count(limits.enabled.into()),
        span(limits.address_cooldown),
        span(HOUR),
        span(DAY),
        count(limits.address.0),
        count(limits.address.1),
        count(limits.address_client.0),
        count(limits.address_client.1),
        count(limits.backlog),
        text(request.origin.as_str()),
        span(CLOSES_AFTER),
        span(KEPT),
        alarm,
        proof,
        expires,
        count(trail::MOST),
    ];
    let opened = opened(&store.run(&OPEN, keys, args).await?)?;
    if matches!(opened, Opened::Prove(_)) {
        limits::give_back(store, limits, Call::Request, request.client).await;
    }
    Ok(opened)
}

fn opened(answer: &Value) -> Result<Opened, StoreError> {
    let unexpected = || StoreError::Unexpected("open".into());
    let Value::Array(parts) = answer else { return Err(unexpected()) };
    let part = |place: usize| parts.get(place).and_then(Value::as_string).ok_or_else(unexpected);
    let number = |place: usize| parts.get(place).and_then(Value::as_i64).ok_or_else(unexpected);
    let millis = |place: usize| number(place).map(|number| Duration::from_millis(number.max(0).unsigned_abs()));
    match part(0)?.as_str() {
        "open" => Ok(Opened::Open {
            id: ChallengeId::parse(&part(1)?).map_err(|_| unexpected())?,
            expires_in: millis(2)?,
            resend_in: if number(3)? < 0 { None } else { Some(millis(3)?) },
            proven: number(4)? == 1,
            repeated: number(4)? < 0,
            untold: number(5).is_ok_and(|told| told == 0),
        }),
        "wait" => {
            let by = match part(1)?.as_str() {
                "client" => "client",
                "address" => "address",
                _ => "resend",
            };
            Ok(Opened::Wait { by, retry_after: millis(2)? })
        }
        "prove" => Prove::read(parts).map(Opened::Prove).ok_or_else(unexpected),
        "reused" => Ok(Opened::KeyReused),
        "full" => Ok(Opened::Full),
        _ => Err(unexpected()),
    }
}
