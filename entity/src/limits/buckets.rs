//! The buckets of clients. They belong to no shard.

use std::time::Duration;

use fred::types::Value;

use super::{Bucket, Call, Client, Settings, millis};
use crate::store::{Script, Store, StoreError};

/// What a script needs to count a client: the key of its bucket, and interval and burst (interval 0: not counted).
pub(crate) struct ClientBucket {
    pub key: String,
    pub args: [Value; 2],
}

/// How long a client must wait, if it must.
pub(crate) enum ClientCheck {
    /// The calling script counts, with this.
    InScript(ClientBucket),
    /// Over the limit.
    Wait(Duration),
}

/// Counts a call in a bucket. Answers how long it must wait, and the clock.
static COUNT: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("../lua/clock.lua"),
    include_str!("../lua/bucket.lua"),
    "return { wait_for_bucket(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])), whole(now) }"
));

async fn count(store: &Store, key: String, bucket: Bucket) -> Result<Counted, StoreError> {
    let answer = store.run(&COUNT, vec![key], bucket.args().into()).await?;
    let unexpected = || StoreError::Unexpected("count".into());
    let Value::Array(parts) = answer else { return Err(unexpected()) };
    let wait = millis(parts.first().ok_or_else(unexpected)?)?;
    let now = parts.get(1).and_then(Value::as_string).and_then(|now| now.parse().ok()).ok_or_else(unexpected)?;
    Ok(Counted { wait, now })
}

/// Counts a call of a client, or says how the script that follows is to count it.
///
/// On one server the script that the call runs anyway counts it as well: one round trip. In a Cluster the client's
/// bucket lies in another slot, so it is counted by a script of its own first, and the one that follows by nothing.
pub(crate) async fn check_client(
    store: &Store,
    settings: &Settings,
    call: Call,
    client: &Client,
    placeholder: &str,
) -> Result<ClientCheck, StoreError> {
    let unlimited = || ClientBucket { key: placeholder.to_owned(), args: [0.into(), 0.into()] };
    if !settings.enabled {
        return Ok(ClientCheck::InScript(unlimited()));
    }
    let bucket = settings.bucket(call);
    let key = store.names().client_limit(call.name(), client.as_str());
    if !store.is_clustered() {
        return Ok(ClientCheck::InScript(ClientBucket { key, args: bucket.args() }));
    }
    match count(store, key, bucket).await?.wait {
        Duration::ZERO => Ok(ClientCheck::InScript(unlimited())),
        wait => Ok(ClientCheck::Wait(wait)),
    }
}

/// Takes one call back out of a bucket. ARGV 1 the interval.
static GIVE_BACK: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("../lua/clock.lua"),
    "local left = tonumber(redis.call('GET', KEYS[1]) or 0) - tonumber(ARGV[1]) - now\n",
    "if left > 0 then redis.call('SET', KEYS[1], whole(now + left), 'PX', whole(left))\n",
    "else redis.call('DEL', KEYS[1]) end\n",
    "return 0"
));

async fn uncount(store: &Store, key: String, bucket: Bucket) {
    if let Err(error) = store.run(&GIVE_BACK, vec![key], vec![bucket.interval()]).await {
        tracing::debug!(%error, "a client was counted for what it is not to be counted for");
    }
}

/// In a Cluster a client was counted before the script of its call asked for a proof, which is to cost it nothing. If
/// that is not possible the client is counted, which does little harm.
pub(crate) async fn give_back(store: &Store, settings: &Settings, call: Call, client: &Client) {
    if settings.enabled && store.is_clustered() {
        uncount(store, store.names().client_limit(call.name(), client.as_str()), settings.bucket(call)).await;
    }
}

/// What a count came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How long the client must wait; zero: it may go on, and was counted.
    pub wait: Duration,
    /// The clock of Redis, milliseconds since 1970.
    pub now: i64,
}

const PROOF: &str = "proof";

/// Counts a proof of work that a client brings, before anything is spent on it: what is wrong, too late or used before is
/// to cost a stranger no less than a try at a code. One that let its call pass is taken back ([`forget_proof`]). To count
/// first, and not when it has turned out wrong, bounds those that come at once.
///
/// # Errors
/// [`StoreError`]: it may have been counted, and must not be looked at.
pub async fn count_proof(store: &Store, settings: &Settings, client: &Client) -> Result<Counted, StoreError> {
    count(store, store.names().client_limit(PROOF, client.as_str()), settings.failed_proofs).await
}

/// The call with the proof passed. If it cannot be taken back it is counted, which does little harm.
pub async fn forget_proof(store: &Store, settings: &Settings, client: &Client) {
    uncount(store, store.names().client_limit(PROOF, client.as_str()), settings.failed_proofs).await;
}
