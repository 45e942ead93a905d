//! Trying a code. The key is not in Redis and no code may travel to it, so it takes two scripts.

use std::time::Duration;

use fred::types::Value;

use super::{ChallengeId, key};
use crate::{
    brake::{Proof, Prove},
    keyring::{KeyId, Keys},
    limits::{self, ALARM_SPAN, Call, Client, ClientCheck, millis},
    store::{Script, Store, StoreError},
    token::ResetToken,
    trail::Origin,
};

static TAKE_TRY: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("../lua/clock.lua"),
    include_str!("../lua/bucket.lua"),
    include_str!("../lua/brake.lua"),
    include_str!("../lua/brake_count.lua"),
    include_str!("../lua/trail.lua"),
    include_str!("take_try.lua")
));
static CONSUME: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("../lua/clock.lua"),
    include_str!("../lua/trail.lua"),
    include_str!("consume.lua")
));

/// What became of a try.
#[derive(Debug)]
pub enum Taken {
    /// A try was taken, or nothing lives there: compare and then [`consume`].
    Take(Take),
    /// Refused: the client is over its limit; no try was taken.
    Wait(Duration),
    /// Refused: a proof of work is asked for; no try was taken, and the client was not counted.
    Prove(Prove),
}

/// A try that was taken.
pub struct Take {
    /// The challenge; `None` where nothing lives: the caller compares with a dummy then, so that both take the same time.
    pub challenge: Option<Live>,
    /// Tries of all clients in [`ALARM_SPAN`] that have not turned out right, this one included.
    pub failures: u64,
    /// This try put the brake on.
    pub braked: bool,
    /// A proof of work was asked for, and the one that the call brought is spent.
    pub proven: bool,
}

/// What a try needs of a living challenge.
pub struct Live {
    /// From which the code is derived, with the id and the address.
    pub nonce: String,
    /// The keys to derive it with.
    pub key_id: KeyId,
    /// The address that was asked for, as it is stored.
    pub address: String,
    /// Which of the challenge's tries it is, for the audit trail: they count down.
    pub try_no: u8,
}

impl std::fmt::Debug for Take {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Take").field("failures", &self.failures).finish_non_exhaustive()
    }
}

/// Looks at the proof if the brake is on, counts the client and takes one of the challenge's tries. `origin` is for the
/// audit trail.
///
/// # Errors
/// [`StoreError`]: a try may have been taken.
pub async fn take_try(
    store: &Store,
    limits: &limits::Settings,
    id: &ChallengeId,
    client: &Client,
    origin: &Origin,
    proof: &Proof,
) -> Result<Taken, StoreError> {
    let challenge = key(store, id);
    let bucket = match limits::check_client(store, limits, Call::Verify, client, &challenge).await? {
        ClientCheck::InScript(bucket) => bucket,
        ClientCheck::Wait(wait) => return Ok(Taken::Wait(wait)),
    };
    let (names, shard) = (store.names(), id.shard());
    let (spent, [proof, expires]) = proof.parts(store, shard, &challenge);
    let mut keys = vec![challenge, bucket.key, names.failed_tries(shard), names.trail(shard, id.as_str())];
    keys.extend([names.brake(shard), spent]);
    let [interval, burst] = bucket.args;
    let span = Value::from(i64::try_from(ALARM_SPAN.as_millis()).unwrap_or(i64::MAX));
    let [alarm, loud, quiet] = limits.brake.args(limits.failed_tries_alarm);
    let args = vec![interval, burst, span, origin.as_str().into(), alarm, loud, quiet, proof, expires];
    let answer = store.run(&TAKE_TRY, keys, args).await?;

    let unexpected = || StoreError::Unexpected("take_try".into());
    let Value::Array(parts) = &answer else { return Err(unexpected()) };
    let text = |place: usize| parts.get(place).and_then(Value::as_string).ok_or_else(unexpected);
    if text(0)? == "wait" {
        return Ok(Taken::Wait(millis(parts.get(1).ok_or_else(unexpected)?)?));
    }
    if text(0)? == "prove" {
        limits::give_back(store, limits, Call::Verify, client).await;
        return Prove::read(parts).map(Taken::Prove).ok_or_else(unexpected);
    }
    let is_so = |place: usize| parts.get(place).and_then(Value::as_i64) == Some(1);
    let (braked, proven) = (is_so(2), is_so(3));
    let failures = parts.get(1).and_then(Value::as_u64).ok_or_else(unexpected)?;
    let live = || -> Result<_, StoreError> {
        let try_no = text(7)?.parse().map_err(|_| unexpected())?;
        Ok(Live { nonce: text(4)?, key_id: KeyId::new(text(5)?), address: text(6)?, try_no })
    };
    let challenge = if text(0)? == "take" { Some(live()?) } else { None };
    Ok(Taken::Take(Take { challenge, failures, braked, proven }))
}

/// Claims the challenge for a token, once. Answers false if somebody else did, its time is over, it has no account or
/// is void.
///
/// # Errors
/// [`StoreError`]: it may have been claimed, and the token that nobody got ends by itself.
pub async fn consume(
    store: &Store,
    id: &ChallengeId,
    live: &Live,
    token: &ResetToken,
    token_mac: &str,
    made_with: &Keys,
    ttl: Duration,
) -> Result<bool, StoreError> {
    let names = store.names();
    let shard = id.shard();
    debug_assert_eq!(shard, token.shard(), "a token lives where its challenge does");
    let mut keys = vec![key(store, id), names.token(shard, token_mac), names.failed_tries(shard)];
    keys.extend([names.trail(shard, id.as_str()), names.closing(shard), names.brake(shard)]);
    let ttl = Value::from(i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX));
    let exchanged = token.exchanged(made_with, id.as_str(), &live.address);
    let (nonce, try_no) = (live.nonce.as_str().into(), i64::from(live.try_no).into());
    let claimed = store.run(&CONSUME, keys, vec![nonce, ttl, try_no, id.as_str().into(), exchanged.into()]).await?;
    claimed.as_i64().map(|claimed| claimed == 1).ok_or_else(|| StoreError::Unexpected("consume".into()))
}
