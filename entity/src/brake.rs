//! The brake on guessing: while codes are tried in vain by many, `request` and `verify` cost a proof of work.
//!
//! Its state lies in Redis, one for each shard, and changes inside the scripts that it guards: all programs share it, it
//! outlives their restarts, and no call costs a round trip more. While it is off, a call pays for one `HGET`.
//!
//! It goes on at each multiple of `limits.failed_tries_alarm` failed tries within their ten minutes. It ends when fewer
//! than half as many failed within `limits.proof_quiet`: each half of them begins that time anew. Half, so that it does
//! not go on and off at one and the same rate, and ends though some people mistype as ever. What is refused for want of
//! a proof counts as nothing: it costs a caller nothing either, and must not keep the brake on.

use std::time::Duration;

use fred::types::Value;

use crate::{
    keys::Shard,
    settings::{Mode, SettingError, Source},
    store::{Script, Store, StoreError},
};

/// The brake, as far as settings rule it.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whether a proof is asked for at all; without it the alarm alone is left.
    pub enabled: bool,
    /// Quiet time after which it ends.
    pub quiet: Duration,
    /// Iterations of one attempt at a proof: what a proof costs. See `limits.proof_cost`.
    pub cost: u32,
}

/// Iterations of an attempt: below, a proof costs less than the call that it pays for; above, a telephone of some years
/// ago takes longer than a proof lives.
const COST: std::ops::RangeInclusive<u32> = 500..=20_000;

impl Settings {
    /// Reads `limits.proof*`. `limited`: whether there are limits at all.
    ///
    /// # Errors
    /// By name if one is malformed or out of range: a quiet time is one minute to one hour, in development from one
    /// second on.
    pub fn read(source: &Source, limited: bool) -> Result<Self, SettingError> {
        let least = if source.get::<Mode>("mode")? == Mode::Production { 60 } else { 1 };
        let quiet: Duration = source.get("limits.proof_quiet")?;
        if !(Duration::from_secs(least)..=Duration::from_secs(3600)).contains(&quiet) {
            return Err(SettingError::of("limits.proof_quiet", "must be 1m to 1h"));
        }
        let cost = source.get("limits.proof_cost")?;
        if !COST.contains(&cost) {
            let bounds = format!("must be {} to {}", COST.start(), COST.end());
            return Err(SettingError::of("limits.proof_cost", bounds));
        }
        let enabled: bool = source.get("limits.proof")?;
        Ok(Self { enabled: enabled && limited, quiet, cost })
    }

    /// What the scripts get of it: the alarm (0: no brake), what is loud, and the quiet time.
    pub(crate) fn args(&self, alarm: u32) -> [Value; 3] {
        let alarm = if self.enabled { alarm } else { 0 };
        let quiet = i64::try_from(self.quiet.as_millis()).unwrap_or(i64::MAX);
        [i64::from(alarm).into(), i64::from(alarm.div_ceil(2)).into(), quiet.into()]
    }
}

/// What a call brings in the way of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// One that was solved. It lets one call pass, before it expires; a call that a limit refuses does not use it up.
    Good {
        /// Names it, for it is good once.
        id: String,
        /// End of its life, milliseconds since 1970 by the clock of Redis.
        expires: i64,
    },
    /// None, or none that counts: why, in one word.
    Bad(&'static str),
}

impl Proof {
    /// Whether the call brought anything at all.
    #[must_use]
    pub fn is_brought(&self) -> bool {
        *self != Self::Bad("missing")
    }

    /// The key under which it is noted as spent (`placeholder` if there is nothing to note), and what scripts get of it.
    pub(crate) fn parts(&self, store: &Store, shard: Shard, placeholder: &str) -> (String, [Value; 2]) {
        match self {
            Self::Good { id, expires } => (store.names().proof(shard, id), ["good".into(), (*expires).into()]),
            Self::Bad(why) => (placeholder.to_owned(), [(*why).into(), 0.into()]),
        }
    }
}

/// A call is to bring a proof first. Nothing was counted and nothing looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prove {
    /// The clock of Redis, milliseconds since 1970.
    pub now: i64,
    /// Why what the call brought does not count: the word of [`Proof::Bad`], `expired` or `used`.
    pub why: &'static str,
}

/// Why a proof does not count.
pub const WHY: [&str; 6] = ["missing", "malformed", "forged", "unsolved", "expired", "used"];

impl Prove {
    /// Reads the answer of a script: `{'prove', now, why}`.
    pub(crate) fn read(parts: &[Value]) -> Option<Self> {
        let now = parts.get(1)?.as_string()?.parse().ok()?;
        let why = parts.get(2)?.as_string()?;
        Some(Self { now, why: WHY.into_iter().find(|known| **known == *why)? })
    }
}

/// What was counted from the brake's begin to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Where.
    pub shard: u16,
    /// How long it was on.
    pub lasted: Duration,
    /// Tries that failed, those that tripped it included.
    pub failed: u64,
    /// Calls that were told to bring a proof.
    pub asked: u64,
    /// Calls that brought one.
    pub passed: u64,
}

/// The state of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Which one.
    pub shard: u16,
    /// Tries that failed in [`crate::limits::ALARM_SPAN`].
    pub tries: u64,
    /// Whether the brake is on.
    pub braked: bool,
}

static LOOK: Script = Script::new(concat!(
    "#!lua flags=no-writes,allow-oom\n",
    include_str!("lua/clock.lua"),
    "local ends = redis.call('HGET', KEYS[2], 'ends')\n",
    "return { tonumber(redis.call('GET', KEYS[1]) or 0), ends and tonumber(ends) > now and 1 or 0 }"
));

/// Takes note of an end, once: of many programs one is told.
static END: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/clock.lua"),
    "local found = redis.call('HMGET', KEYS[1], 'ends', 'since', 'failed', 'asked', 'passed')\n",
    "if not found[1] or tonumber(found[1]) > now then return {} end\n",
    "redis.call('DEL', KEYS[1])\n",
    "return { found[1] - found[2], tonumber(found[3] or 0), tonumber(found[4] or 0), tonumber(found[5] or 0) }"
));

/// How many codes are tried in vain, and what the brake does about it, in every shard.
///
/// # Errors
/// [`StoreError`].
pub async fn look(store: &Store) -> Result<Vec<Failing>, StoreError> {
    let names = store.names();
    let mut all = Vec::new();
    for shard in names.all() {
        let keys = vec![names.failed_tries(shard), names.brake(shard)];
        let answer = numbers(&store.run(&LOOK, keys, vec![]).await?);
        let [tries, braked] = answer[..] else { return Err(StoreError::Unexpected("brake".into())) };
        all.push(Failing { shard: shard.0, tries, braked: braked == 1 });
    }
    Ok(all)
}

/// The brakes that ended and of whose end nobody was told yet.
///
/// # Errors
/// [`StoreError`].
pub async fn ended(store: &Store) -> Result<Vec<Ended>, StoreError> {
    let names = store.names();
    let mut all = Vec::new();
    for shard in names.all() {
        if let [lasted, failed, asked, passed] = numbers(&store.run(&END, vec![names.brake(shard)], vec![]).await?)[..]
        {
            all.push(Ended { shard: shard.0, lasted: Duration::from_millis(lasted), failed, asked, passed });
        }
    }
    Ok(all)
}

fn numbers(answer: &Value) -> Vec<u64> {
    let Value::Array(parts) = answer else { return Vec::new() };
    parts.iter().map(|part| part.as_i64().and_then(|number| u64::try_from(number).ok()).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests;
