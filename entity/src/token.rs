//! The token that a right code is exchanged for: it lets its holder set one new password.
//!
//! Redis holds a MAC of it. It goes live → held → spent; that a password is changed once only rests on the database's
//! compare-and-swap, not on this.

mod text;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use fred::types::Value;
use subtle::ConstantTimeEq;
pub use text::{InvalidToken, ResetToken};

use crate::{
    account::AccountId,
    challenge::{ChallengeId, read_ttl},
    email::Email,
    keyring::{KeyId, Keyring, Keys},
    keys::Shard,
    limits::{self, Call, Client, ClientCheck, millis},
    queue::{self, Cause},
    reset_event::{self, Half},
    settings::{SettingError, Source},
    store::{Script, Store, StoreError},
    trail::Origin,
};

/// How long one confirm may hold a token: two seconds for its second factor, two for hashing slots, two for a look-up, one to
/// hash, and 18 for the database if it stalls. A hold that is older belongs to a program that died.
pub const HOLD: Duration = Duration::from_secs(30);
/// Refused passwords and statements of a second factor that a token bears (R43).
pub const REFUSALS: u8 = 10;

/// How long tokens live.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Life of a token.
    pub ttl: Duration,
}

impl Settings {
    /// Reads `token.ttl`.
    ///
    /// # Errors
    /// By name if it is malformed or not 1 s to 10 min.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        Ok(Self { ttl: read_ttl(source, "token.ttl")? })
    }
}

/// What became of the attempt to hold a token.
pub enum Hold {
    /// It is ours for [`HOLD`].
    Held(Held),
    /// Another confirm has it; it may end within this time.
    Busy(Duration),
    /// It is unknown, over or spent.
    Rejected,
    /// Somebody wrote into its record who does not have the keys: it must change no password.
    Forged,
    /// The client is over its limit.
    Wait(Duration),
}

/// What a confirm was refused for, by its holder's doing or by a setting: the audit trail tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedFor {
    /// The new password.
    Password,
    /// What was shown for the account's second factor, or that nothing was. It counts like a password, so that a token is
    /// no oracle for statements.
    SecondFactor,
    /// The account has a second factor, and such accounts are not reset: nothing could be shown, so it does not count.
    Policy,
}

impl RefusedFor {
    /// The name in the audit trail, under which it is counted there. Workers of a version that does not know one leave it out.
    const fn told(self) -> &'static str {
        match self {
            Self::Password => "refused",
            Self::SecondFactor | Self::Policy => "second_factor",
        }
    }

    fn counts(self) -> bool {
        self != Self::Policy
    }
}

/// A token in our hands.
pub struct Held {
    key: String,
    holder: String,
    shard: Shard,
    /// Whose password it sets.
    pub account: AccountId,
    /// What the account looked like when the code was mailed.
    pub fingerprint: String,
    /// The keys that the fingerprint was made with.
    pub keys: Arc<Keys>,
    /// The address that was asked for: passwords must not be guessable from it.
    pub address: Email,
    /// The challenge that it came from; none if a program of an older version made it.
    pub challenge: Option<ChallengeId>,
    /// The clock of Redis when it was held, and ours.
    held_at: (i64, Instant),
}

static HOLD_SCRIPT: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/clock.lua"),
    include_str!("lua/bucket.lua"),
    include_str!("token/hold.lua")
));
static RELEASE: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/clock.lua"),
    include_str!("lua/trail.lua"),
    include_str!("token/release.lua")
));
static SPEND: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/wake.lua"),
    include_str!("lua/push.lua"),
    include_str!("token/spend.lua")
));

/// Counts the client and takes hold of a token. `holder` is random: it names this attempt.
///
/// # Errors
/// [`StoreError`]: it may be held, and is let go of by itself.
pub async fn hold(
    store: &Store,
    keyring: &Keyring,
    limits: &limits::Settings,
    token: &ResetToken,
    client: &Client,
    holder: String,
) -> Result<Hold, StoreError> {
    let shard = token.shard();
    let mac = token.mac(keyring).filter(|_| store.names().has(shard));
    // A token of a dropped key is looked up under a name that nothing has, so that its client is counted as well.
    let key = store.names().token(shard, mac.as_deref().unwrap_or("unknown-key"));
    let bucket = match limits::check_client(store, limits, Call::Confirm, client, &key).await? {
        ClientCheck::InScript(bucket) => bucket,
        ClientCheck::Wait(wait) => return Ok(Hold::Wait(wait)),
    };
    let [interval, burst] = bucket.args;
    let span = Value::from(i64::try_from(HOLD.as_millis()).unwrap_or(i64::MAX));
    let args = vec![holder.as_str().into(), span, interval, burst];
    let answer = store.run(&HOLD_SCRIPT, vec![key.clone(), bucket.key], args).await?;

    let unexpected = || StoreError::Unexpected("hold".into());
    let Value::Array(parts) = &answer else { return Err(unexpected()) };
    let text = |place: usize| parts.get(place).and_then(Value::as_string).ok_or_else(unexpected);
    let wait = || millis(parts.get(1).ok_or_else(unexpected)?);
    Ok(match text(0)?.as_str() {
        "held" => {
            let (challenge, bound, exchanged) = (text(6)?, text(7)?, text(8)?);
            // A token of a version that made no such MACs: nobody is to be accused.
            let is_old = bound.is_empty() && exchanged.is_empty();
            let not_ours = || if is_old { Hold::Rejected } else { Hold::Forged };
            // The token's own keys are in the ring, or its record had not been found; and the record was made with them.
            let Some(keys) = keyring.find(&KeyId::new(text(3)?)) else { return Ok(not_ours()) };
            let held = Held {
                account: AccountId::new(text(1)?),
                fingerprint: text(2)?,
                keys: Arc::clone(keys),
                address: Email::parse(&text(4)?).map_err(|_| unexpected())?,
                held_at: (parts.get(5).and_then(Value::as_i64).ok_or_else(unexpected)?, Instant::now()),
                challenge: ChallengeId::parse(&challenge).ok(),
                key,
                holder,
                shard,
            };
            let bound_then = keys.bound(&challenge, held.address.as_str(), held.account.as_str(), &held.fingerprint);
            let exchanged_then = token.exchanged(keys, &challenge, held.address.as_str());
            let same = |then: &str, now: &str| bool::from(then.as_bytes().ct_eq(now.as_bytes()));
            let is_ours = same(&bound_then, &bound) & same(&exchanged_then, &exchanged);
            if is_ours { Hold::Held(held) } else { not_ours() }
        }
        "busy" => Hold::Busy(wait()?),
        "wait" => Hold::Wait(wait()?),
        "rejected" => Hold::Rejected,
        _ => return Err(unexpected()),
    })
}

impl Held {
    /// Milliseconds since 1970, UTC, by the clock of Redis. The machine's own may be wrong, and what is written by it
    /// would reach the owner (when the password changed) and the worker (when the notice is due).
    #[must_use]
    pub fn now(&self) -> i64 {
        let (now, since) = self.held_at;
        now.saturating_add(i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    /// Lets go, so that the token can be tried again. `refused`: what for, and to whom.
    ///
    /// # Errors
    /// [`StoreError`]: it is let go of by itself after [`HOLD`].
    pub async fn release(&self, store: &Store, refused: Option<(RefusedFor, &Origin)>) -> Result<(), StoreError> {
        // A token without a challenge has the trail of none: no id is so short.
        let trail = store.names().trail(self.shard, self.challenge.as_ref().map_or("none", ChallengeId::as_str));
        let args = vec![
            self.holder.as_str().into(),
            refused.map_or("", |(what, _)| what.told()).into(),
            i64::from(refused.is_some_and(|(what, _)| what.counts())).into(),
            i64::from(REFUSALS).into(),
            refused.map_or("", |(_, whom)| whom.as_str()).into(),
        ];
        store.run(&RELEASE, vec![self.key.clone(), trail], args).await.map(|_| ())
    }

    /// An id for the event, from 128 random bits: it says in which shard [`Self::spend`] pushes its jobs.
    #[must_use]
    pub fn event_id(&self, random: u128) -> String {
        reset_event::new_id(self.shard, random)
    }

    /// Ends the token after the password was changed, and pushes the jobs of that event in the same script.
    ///
    /// # Errors
    /// [`StoreError`]: the token no longer works, since the account changed, and the sweep pushes the notice.
    pub async fn spend(&self, store: &Store, cause: Cause<'_>, webhook: bool) -> Result<(), StoreError> {
        let (names, shard) = (store.names(), self.shard);
        let halves: &[Half] = if webhook { &[Half::Notice, Half::Webhook] } else { &[Half::Notice] };
        let (mut keys, mut args) = (vec![self.key.clone(), names.wake(shard)], Vec::new());
        for &half in halves {
            keys.extend([queue::list(names, shard, half), names.pushed(shard, &queue::job_id(cause.event_id, half))]);
            args.push(queue::job(cause, half).into());
        }
        store.run(&SPEND, keys, args).await.map(|_| ())
    }
}
