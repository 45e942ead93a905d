//! `POST /password-reset/confirm`: set the new password.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{
    account::{
        StoredHash,
        reset::{self, NewReset, Outcome, ResetError},
    },
    telemetry::{self, Kind},
    token::{self, Held, Hold, ResetToken},
};
use poem_openapi::Object;

use crate::{
    http::{
        caller::Caller,
        problem::{ProblemCode, Refusal},
    },
    metrics::METRICS,
    password::{NewPassword, Reasons},
    service::Service,
};

/// Set the new password.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub struct ConfirmBody {
    /// What `verify` answered.
    #[oai(validator(max_length = 128))]
    pub reset_token: String,
    /// The new password: any Unicode, 256 code points at most; how many at least and how strong is the service's setting.
    pub new_password: String,
}

/// Longest wait for a hashing slot: past it the client is better off trying again later (R47).
const SLOT_WAIT: Duration = Duration::from_secs(2);
/// What a client is told to wait when no slot was free: about as long as the queue before it takes.
const BUSY_WAIT: Duration = Duration::from_secs(2);

/// Longest wait of a client for its answer, below the ten seconds that a request may take. A database that stalls is
/// waited for behind the client's back.
const ANSWER_WITHIN: Duration = Duration::from_millis(8_500);

/// Checks token and password, hashes, and changes the account. The languages are for the notice's mail.
///
/// # Errors
/// The refusal to answer. Unless it is `token_rejected`, the token can be used again.
pub async fn confirm(
    service: &Arc<Service>,
    caller: &Caller,
    body: ConfirmBody,
    languages: Option<String>,
) -> Result<(), Refusal> {
    let password = NewPassword::new(body.new_password);
    service.policy.check_length(&password).map_err(|reasons| {
        tracing::info!(outcome = "password_rejected", "confirm");
        Refusal::password_rejected(reasons.into_vec())
    })?;
    let token = ResetToken::parse(&body.reset_token).map_err(|_| {
        tracing::info!(outcome = "token_rejected", "confirm");
        Refusal::token_rejected()
    })?;
    // Until the schema was seen there is nothing to write to, so the token is not touched.
    if !service.contacts.database() {
        tracing::warn!(outcome = "unavailable", "confirm: the database was not reached yet");
        return Err(Refusal::unavailable());
    }
    let limits = &service.settings.challenge.limits;
    let holder = format!("{:032x}", rand::random::<u128>());
    let hold = token::hold(&service.store, &service.keyring, limits, &token, &caller.client, holder).await;
    let held = match hold {
        Ok(Hold::Held(held)) => held,
        Ok(Hold::Busy(wait)) => {
            tracing::info!(outcome = "busy", "confirm");
            return Err(Refusal::busy(wait.min(BUSY_WAIT)));
        }
        Ok(Hold::Rejected) => {
            tracing::info!(outcome = "token_rejected", "confirm");
            return Err(Refusal::token_rejected());
        }
        Ok(Hold::Forged) => {
            tracing::error!(
                outcome = "token_rejected",
                "confirm: somebody wrote into this token's record in Redis; its code was not of the account it names now"
            );
            return Err(Refusal::token_rejected());
        }
        Ok(Hold::Wait(wait)) => {
            METRICS.limit("client_confirm");
            tracing::info!(outcome = "rate_limited", limit = "client", "confirm");
            return Err(Refusal::rate_limited(wait));
        }
        Err(error) => {
            tracing::warn!(outcome = "unavailable", %error, "confirm");
            return Err(Refusal::unavailable());
        }
    };
    // From here on it goes to its end, whether or not the client still listens (R12).
    let address = service.keyring.current().pseudonym(held.address.as_str());
    tracing::Span::current().record("address", address);
    let work = finish(Arc::clone(service), held, password, (caller.clone(), languages));
    let finished = service.confirms.spawn(telemetry::carry(tracing::Instrument::in_current_span(work)));
    match tokio::time::timeout(ANSWER_WITHIN, finished).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => {
            tracing::error!("a confirm panicked");
            Err(Refusal::unavailable())
        }
        Err(_) => {
            tracing::warn!(outcome = "unavailable", "confirm: the database takes long; it goes on without the client");
            Err(Refusal::unavailable())
        }
    }
}

/// Why a confirm that holds its token does not change the password.
enum Failed {
    /// No hashing slot was free.
    NoSlot,
    /// The password is refused.
    Password(Reasons),
    /// The hashing thread failed.
    Hashing,
}

async fn finish(
    service: Arc<Service>,
    held: Held,
    password: NewPassword,
    (caller, languages): (Caller, Option<String>),
) -> Result<(), Refusal> {
    let answer = work(&service, &held, password, (&caller, languages.as_deref())).await;
    METRICS.confirmed(match &answer {
        Ok(()) => "changed",
        Err(Unfinished::Unknown) => "unknown",
        Err(Unfinished::Refused(refusal)) => match refusal.problem().code {
            ProblemCode::PasswordRejected => "password_rejected",
            ProblemCode::TokenRejected => "token_rejected",
            ProblemCode::Busy => "busy",
            _ => "unavailable",
        },
    });
    answer.map_err(|unfinished| match unfinished {
        Unfinished::Refused(refusal) => refusal,
        Unfinished::Unknown => Refusal::unavailable(),
    })
}

/// How a confirm ended that did not change the password, as far as anybody knows.
enum Unfinished {
    Refused(Refusal),
    /// The database did not say whether it was changed.
    Unknown,
}

impl From<Refusal> for Unfinished {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

async fn work(
    service: &Arc<Service>,
    held: &Held,
    password: NewPassword,
    (caller, languages): (&Caller, Option<&str>),
) -> Result<(), Unfinished> {
    let account = held.account.as_str();
    let hash = match hash(service, held, password).await {
        Ok(hash) => hash,
        Err(failed) => {
            release(service, held, matches!(failed, Failed::Password(_))).await;
            let refusal = match failed {
                Failed::NoSlot => {
                    tracing::warn!(outcome = "busy", account, "confirm: no hashing slot was free");
                    Refusal::busy(BUSY_WAIT)
                }
                Failed::Password(reasons) => {
                    tracing::info!(outcome = "password_rejected", account, "confirm");
                    Refusal::password_rejected(reasons.into_vec())
                }
                Failed::Hashing => Refusal::unavailable(),
            };
            return Err(refusal.into());
        }
    };
    apply(service, held, &hash, (caller, languages)).await
}

/// Judges and hashes the password on a thread of its own, in one of the slots.
async fn hash(service: &Arc<Service>, held: &Held, password: NewPassword) -> Result<StoredHash, Failed> {
    let waits = METRICS.wait_for_slot();
    let waiting = tokio::time::timeout(SLOT_WAIT, Arc::clone(&service.slots).acquire_owned());
    let Ok(Ok(slot)) = waiting.await else { return Err(Failed::NoSlot) };
    drop(waits);
    let (policy, hasher, address) = (Arc::clone(&service.policy), Arc::clone(&service.hasher), held.address.clone());
    let trace = telemetry::current();
    let hashing = tokio::task::spawn_blocking(move || {
        let (_slot, begin) = (slot, Instant::now());
        policy.check_strength(&password, &address).map_err(Failed::Password)?;
        let _span = telemetry::begin_from("argon2", Kind::Internal, trace);
        let hash = hasher.hash(&password).map_err(|error| {
            tracing::error!(%error, "hashing failed");
            Failed::Hashing
        });
        METRICS.hashed(begin);
        hash
    });
    hashing.await.unwrap_or(Err(Failed::Hashing))
}

/// Writes the hash, then spends the token and pushes the notice.
async fn apply(
    service: &Service,
    held: &Held,
    hash: &StoredHash,
    (caller, languages): (&Caller, Option<&str>),
) -> Result<(), Unfinished> {
    let account = held.account.as_str();
    let Some(keys) = service.keyring.find(&held.key_id) else {
        release(service, held, false).await;
        tracing::error!(account, "REKEY_SECRET: a live token was made with a secret that is not in the list");
        return Err(Refusal::unavailable().into());
    };
    let event_id = held.event_id(rand::random());
    let now = held.now();
    let client = caller.address.to_string();
    let reset = NewReset {
        account_id: &held.account,
        fingerprint: &held.fingerprint,
        keys,
        hash,
        event_id: &event_id,
        client: Some(&client),
        user_agent: caller.user_agent.as_deref(),
        languages,
        now,
        webhook: service.settings.webhook,
    };
    let mut transaction = telemetry::begin("database transaction", Kind::Client);
    transaction.set("rekey.event_id", event_id.clone());
    let applied = reset::apply(&service.db, reset).await;
    match &applied {
        Ok(Outcome::Done) => {}
        Ok(Outcome::Refused) => transaction.set("rekey.outcome", "refused"),
        Err(ResetError::RolledBack(_)) => transaction.fail("rolled_back"),
        Err(ResetError::Unknown(_)) => transaction.fail("unknown"),
    }
    drop(transaction);
    match applied {
        Ok(Outcome::Done) => {
            tracing::info!(outcome = "changed", account, event_id, "confirm");
            if let Err(error) = held.spend(&service.store, (&event_id, now), service.settings.webhook).await {
                tracing::warn!(account, event_id, %error, "notice and webhook are left to the sweep");
            }
            Ok(())
        }
        Ok(Outcome::Refused) => {
            release(service, held, false).await;
            tracing::info!(outcome = "token_rejected", account, "confirm: the account changed or is disabled");
            Err(Refusal::token_rejected().into())
        }
        Err(error @ ResetError::RolledBack(_)) => {
            release(service, held, false).await;
            tracing::warn!(outcome = "unavailable", account, %error, "confirm");
            Err(Refusal::unavailable().into())
        }
        // The hold is kept until it ends by itself: nobody knows yet whether the password was changed.
        Err(error @ ResetError::Unknown(_)) => {
            tracing::error!(outcome = "unknown", account, event_id, %error, "confirm");
            Err(Unfinished::Unknown)
        }
    }
}

async fn release(service: &Service, held: &Held, refused: bool) {
    if let Err(error) = held.release(&service.store, refused).await {
        tracing::warn!(account = held.account.as_str(), %error, "the token is let go of by itself");
    }
}
