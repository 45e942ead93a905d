//! `POST /password-reset/request`: open a challenge and let the worker mail its code.
//!
//! Nothing here looks at accounts, so nothing here can tell whether there is one.

mod languages;

use std::{sync::Arc, time::Duration};

use entity::{
    brake::Prove,
    challenge::{self, ChallengeId, Idempotency, Open, Opened, Randomness},
    email::Email,
    logging::Seldom,
    telemetry::{self, Kind},
    trail,
};
pub use languages::languages;
use poem_openapi::Object;

use crate::{
    clock,
    http::{
        caller::Caller,
        problem::{Refusal, whole_seconds},
    },
    metrics::METRICS,
    proof::{self, Action, Unseen},
    service::Service,
};

/// Ask for a reset.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub struct RequestBody {
    /// The address of the account, ASCII, 254 octets at most. International domains as A-labels.
    #[oai(validator(min_length = 3, max_length = 254))]
    pub email: String,
    /// The language of the mail, if the account has none: a BCP 47 tag such as `zh-CN`. Without it `Accept-Language` counts.
    #[oai(validator(min_length = 2, max_length = 35, pattern = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"))]
    pub locale: Option<String>,
    /// A challenge of the same address, to mail its code once more.
    #[oai(validator(min_length = 24, max_length = 24, pattern = r"^[A-Za-z0-9_-]+$"))]
    pub challenge_id: Option<String>,
    /// What was worked out after a `proof_required`: see `ProofChallenge`. Good for one call.
    #[oai(validator(max_length = 1024))]
    pub proof: Option<String>,
}

/// A challenge was opened. The answer is the same whether or not the address has an account.
#[derive(Debug, Object)]
pub struct Challenge {
    /// Names the challenge in `verify`, and in a later `request` to mail its code once more.
    #[oai(validator(min_length = 24, max_length = 24))]
    pub challenge_id: String,
    /// Seconds for which the code lives on.
    pub expires_in: u64,
    /// Seconds until the code may be mailed once more; null: not any more.
    pub resend_in: Option<u64>,
}

/// When to come back while too many mails wait: long enough for a worker to send some hundreds.
pub const BACKLOG_WAIT: Duration = Duration::from_secs(30);

/// What comes in headers.
pub struct Extras {
    /// `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `Accept-Language`, used where the body has no locale.
    pub accept_language: Option<String>,
}

/// Opens a challenge, or mails a live one again.
///
/// # Errors
/// The refusal to answer.
pub async fn request(
    service: &Arc<Service>,
    caller: &Caller,
    body: RequestBody,
    extras: Extras,
) -> Result<Challenge, Refusal> {
    let email = Email::parse(&body.email)
        .map_err(|_| Refusal::invalid("email must be an ASCII address of 254 octets at most, 64 before the @"))?;
    let resend_of = body.challenge_id.as_deref().map(ChallengeId::parse).transpose();
    let resend_of = resend_of.map_err(|_| Refusal::invalid("challenge_id must be one that this service answered"))?;
    let idempotency = extras.idempotency_key.as_deref().map(|key| {
        let parts = [
            email.as_str().as_bytes(),
            body.locale.as_deref().unwrap_or_default().as_bytes(),
            body.challenge_id.as_deref().unwrap_or_default().as_bytes(),
        ];
        is_idempotency_key(key)
            .then(|| Idempotency::new(&service.keyring, &caller.client, key, &parts))
            .ok_or_else(|| Refusal::invalid("Idempotency-Key must be 1 to 255 visible ASCII characters"))
    });
    let idempotency = idempotency.transpose()?;
    let locale = languages(body.locale.as_deref(), extras.accept_language.as_deref());
    let address = service.keyring.current().pseudonym(email.as_str());
    let shard = service.store.names().shard_of(&email);
    let proof = match proof::look(service, caller, Action::Request, shard, body.proof).await {
        Ok(proof) => proof,
        Err(Unseen::Wait(wait)) => {
            tracing::info!(outcome = "rate_limited", limit = "proof", address, "reset requested");
            return Err(Refusal::rate_limited(wait));
        }
        Err(Unseen::Uncounted(error)) => {
            tracing::warn!(outcome = "unavailable", address, %error, "reset requested");
            return Err(Refusal::unavailable());
        }
    };

    let mut push = telemetry::begin("push password_reset.send_code", Kind::Producer);
    push.set("messaging.system", "redis");
    let traceparent = push.context().to_string();
    let open = Open {
        email: &email,
        client: &caller.client,
        origin: &caller.origin(),
        locale: locale.as_deref(),
        resend_of: resend_of.as_ref(),
        idempotency,
        traceparent: Some(&traceparent),
        proof: &proof,
        random: Randomness(rand::random()),
    };
    let opened = challenge::open(&service.store, &service.keyring, &service.settings.challenge, open).await;
    if opened.is_err() {
        push.fail("unavailable");
    }
    drop(push);
    // A repeated call is answered before any limit, so what it brought stays counted: that alone bounds how often we look.
    if let Ok(Opened::Open { proven, repeated: false, .. }) = opened {
        proof::passed(service, caller, &proof, proven).await;
    }
    match opened {
        Ok(Opened::Open { id, expires_in, resend_in, untold, .. }) => {
            if untold {
                note_untold();
            }
            tracing::info!(outcome = "accepted", address, challenge_id = id.as_str(), "reset requested");
            Ok(Challenge {
                challenge_id: id.as_str().to_owned(),
                expires_in: whole_seconds(expires_in),
                resend_in: resend_in.map(whole_seconds),
            })
        }
        Ok(Opened::Wait { by, retry_after }) => {
            METRICS.limit(if by == "client" { "client_request" } else { by });
            tracing::info!(outcome = "rate_limited", limit = by, address, "reset requested");
            Err(Refusal::rate_limited(retry_after))
        }
        Ok(Opened::Full) => {
            METRICS.limit("backlog");
            tracing::warn!(outcome = "backlog", address, "reset requested");
            Err(Refusal::busy(BACKLOG_WAIT))
        }
        Ok(Opened::Prove(Prove { now, why })) => {
            METRICS.proof(why);
            tracing::info!(outcome = "proof_required", why, address, "reset requested");
            Err(Refusal::proof_required(proof::ask(service, Action::Request, shard, now)))
        }
        Ok(Opened::KeyReused) => {
            tracing::info!(outcome = "key_reused", address, "reset requested");
            Err(Refusal::key_reused())
        }
        Err(error) => {
            tracing::warn!(outcome = "unavailable", address, %error, "reset requested");
            Err(Refusal::unavailable())
        }
    }
}

/// The audit trail will not tell of a challenge: that is counted, and logged once a minute.
fn note_untold() {
    static UNTOLD: Seldom = Seldom::new();
    METRICS.untold();
    if let Some(challenges) = UNTOLD.note(1, clock::now_ms()) {
        tracing::warn!(challenges, most = trail::MOST, "the audit trail is full: it will not tell of new challenges");
    }
}

fn is_idempotency_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}
