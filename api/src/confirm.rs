//! `POST /password-reset/confirm`: set the new password.

mod hash;

use std::{sync::Arc, time::Duration};

use entity::{
    account::{
        StoredHash,
        reset::{self, NewReset, Outcome, ResetError},
    },
    challenge::ChallengeId,
    database,
    queue::Cause,
    reset_event::{self, Audit, Kind, Reason},
    telemetry,
    token::{self, Held, Hold, RefusedFor, ResetToken},
};
use poem_openapi::Object;

use crate::{
    http::{
        caller::Caller,
        problem::{ProblemCode, Refusal},
    },
    metrics::METRICS,
    password::NewPassword,
    second_factor::{Refused, Shown},
    service::Service,
};
use hash::{Failed, hash};

/// Set the new password.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub struct ConfirmBody {
    /// What `verify` answered.
    #[oai(validator(max_length = 128))]
    pub reset_token: String,
    /// The new password: any Unicode, 256 code points at most; how many at least and how strong is the service's setting.
    pub new_password: String,
    /// For an account that has a second factor, where the service asks for it (`second_factor_required`): the
    /// application's signed statement (JWT) that the user showed it, for this reset.
    #[oai(validator(max_length = 2048))]
    pub second_factor_proof: Option<String>,
}

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
    let shown = Shown::new(&token, body.second_factor_proof);
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
    let work = finish(Arc::clone(service), held, (password, shown), (caller.clone(), languages));
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

async fn finish(
    service: Arc<Service>,
    held: Held,
    (password, shown): (NewPassword, Shown),
    (caller, languages): (Caller, Option<String>),
) -> Result<(), Refusal> {
    let answer = work(&service, &held, (password, &shown), (&caller, languages.as_deref())).await;
    METRICS.confirmed(match &answer {
        Ok(()) => "changed",
        Err(Unfinished::Unknown) => "unknown",
        Err(Unfinished::Refused(refusal)) => match refusal.problem().code {
            ProblemCode::PasswordRejected => "password_rejected",
            ProblemCode::SecondFactorRequired => "second_factor_required",
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
    (password, shown): (NewPassword, &Shown),
    (caller, languages): (&Caller, Option<&str>),
) -> Result<(), Unfinished> {
    let account = held.account.as_str();
    let second_factor = match service.second_factor.check(&service.db, held, shown).await {
        Ok(may_have_one) => may_have_one,
        Err(refused) => return Err(refuse(service, held, refused, caller).await.into()),
    };
    let hash = match hash(service, &held.address, password).await {
        Ok(hash) => hash,
        Err(failed) => {
            let refused = matches!(failed, Failed::Password(_)).then_some((RefusedFor::Password, caller));
            release(service, held, refused).await;
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
    // Boxed: most of those that wait, wait for their turn to hash, and carry none of it.
    Box::pin(apply(service, held, (&hash, second_factor), (caller, languages))).await
}

/// Lets go of the token of an account that has a second factor.
async fn refuse(service: &Service, held: &Held, refused: Refused, caller: &Caller) -> Refusal {
    let account = held.account.as_str();
    let told = match refused {
        Refused::Policy => Some((RefusedFor::Policy, caller)),
        Refused::Unproven(_) => Some((RefusedFor::SecondFactor, caller)),
        Refused::Database(_) => None,
    };
    release(service, held, told).await;
    match refused {
        Refused::Policy => {
            tracing::info!(outcome = "token_rejected", account, "confirm: the account has a second factor");
            Refusal::token_rejected()
        }
        Refused::Unproven(wrong) => {
            let why = wrong.map_or_else(|| "missing".to_owned(), |wrong| wrong.to_string());
            tracing::info!(outcome = "second_factor_required", account, proof = why, "confirm");
            Refusal::second_factor_required()
        }
        Refused::Database(error) => {
            tracing::warn!(outcome = "unavailable", account, error, "confirm");
            Refusal::unavailable()
        }
    }
}

/// Writes the hash, then spends the token and pushes the notice.
async fn apply(
    service: &Service,
    held: &Held,
    (hash, second_factor): (&StoredHash, bool),
    (caller, languages): (&Caller, Option<&str>),
) -> Result<(), Unfinished> {
    let account = held.account.as_str();
    let event_id = held.event_id(rand::random());
    let (now, challenge) = (held.now(), held.challenge.as_ref().map(ChallengeId::reference));
    let (client, trace) = (caller.address.to_string(), telemetry::current());
    let reset = NewReset {
        account_id: &held.account,
        fingerprint: &held.fingerprint,
        keys: &held.keys,
        hash,
        event_id: &event_id,
        challenge: challenge.as_deref(),
        client: Some(&client),
        user_agent: caller.user_agent.as_deref(),
        languages,
        trace,
        second_factor,
        now,
        webhook: service.settings.webhook,
    };
    let mut transaction = telemetry::begin("database transaction", telemetry::Kind::Client);
    transaction.set("rekey.event_id", event_id.clone());
    let applied = reset::apply(&service.db, reset).await;
    match &applied {
        Ok(Outcome::Done) => {}
        Ok(Outcome::Refused | Outcome::SecondFactor) => transaction.set("rekey.outcome", "refused"),
        Err(ResetError::RolledBack(_)) => transaction.fail("rolled_back"),
        Err(ResetError::Unknown(_)) => transaction.fail("unknown"),
    }
    drop(transaction);
    match applied {
        Ok(Outcome::Done) => {
            tracing::info!(outcome = "changed", account, event_id, "confirm");
            // As the row has it: the sweep makes the same jobs from there.
            let cause = Cause { event_id: &event_id, occurred_at: now, trace };
            if let Err(error) = held.spend(&service.store, cause, service.settings.webhook).await {
                tracing::warn!(account, event_id, %error, "notice and webhook are left to the sweep");
            }
            Ok(())
        }
        Ok(Outcome::Refused) => {
            release(service, held, None).await;
            note_refused(service, &event_id, (held, challenge), (caller, now)).await;
            tracing::info!(outcome = "token_rejected", account, "confirm: the account changed or is disabled");
            Err(Refusal::token_rejected().into())
        }
        // It was noted while the password was hashed.
        Ok(Outcome::SecondFactor) => Err(refuse(service, held, service.second_factor.refusal(), caller).await.into()),
        Err(error @ ResetError::RolledBack(_)) => {
            release(service, held, None).await;
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

/// Writes into the audit trail that the account changed meanwhile: once for each challenge.
async fn note_refused(
    service: &Service,
    event_id: &str,
    (held, challenge): (&Held, Option<String>),
    (caller, now): (&Caller, i64),
) {
    let row = Audit {
        id: challenge.as_ref().map_or_else(|| event_id.to_owned(), |challenge| format!("{challenge}.refused.account")),
        account_id: held.account.clone(),
        kind: Kind::Refused,
        occurred_at: now,
        address_at_event: held.address.clone(),
        client: Some(caller.address.to_string()),
        user_agent: caller.user_agent.clone(),
        challenge,
        times: 1,
        reason: Some(Reason::Account),
    };
    if let Err(error) = reset_event::write(&service.db, &[row]).await {
        let error = database::describe(&error);
        tracing::warn!(account = held.account.as_str(), %error, "the audit trail lacks a refused confirm");
    }
}

/// Lets go of the token; `refused`: what for, and to whom.
async fn release(service: &Service, held: &Held, refused: Option<(RefusedFor, &Caller)>) {
    let refused = refused.map(|(what, caller)| (what, caller.origin()));
    let refused = refused.as_ref().map(|(what, origin)| (*what, origin));
    if let Err(error) = held.release(&service.store, refused).await {
        tracing::warn!(account = held.account.as_str(), %error, "the token is let go of by itself");
    }
}
