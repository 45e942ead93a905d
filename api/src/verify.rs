//! `POST /password-reset/verify`: exchange the mailed code for a token.

use std::sync::Arc;

use entity::{
    brake::Prove,
    challenge::{self, ChallengeId, Taken},
    code::{Code, Guess},
    keys::Shard,
    token::ResetToken,
};
use poem_openapi::Object;

use crate::{
    brake,
    http::{
        caller::Caller,
        problem::{Refusal, whole_seconds},
    },
    metrics::METRICS,
    proof::{self, Action, Unseen},
    service::Service,
};

/// Exchange the mailed code for a reset token.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub struct VerifyBody {
    /// The challenge that the code belongs to.
    #[oai(validator(min_length = 24, max_length = 24, pattern = r"^[A-Za-z0-9_-]+$"))]
    pub challenge_id: String,
    /// The code as the user typed it: dashes, spaces and case do not matter.
    #[oai(validator(max_length = 32))]
    pub code: String,
    /// What was worked out after a `proof_required`: see `ProofChallenge`. Good for one call.
    #[oai(validator(max_length = 1024))]
    pub proof: Option<String>,
}

/// The code was right.
#[derive(Object)]
pub struct Verified {
    /// Lets its holder set one new password. Keep it in memory alone.
    #[oai(validator(min_length = 51, max_length = 51))]
    pub reset_token: String,
    /// Seconds for which the token lives.
    pub expires_in: u64,
}

/// Nonce and address that are compared with where nothing lives, so that both ways take the same time.
const DUMMY: (&str, &str) = ("AAAAAAAAAAAAAAAAAAAAAA", "somebody@example.com");

/// Takes a try, compares, and claims the challenge if the code is right.
///
/// # Errors
/// The refusal to answer: one and the same for every way in which a code can be wrong.
pub async fn verify(service: &Arc<Service>, caller: &Caller, body: VerifyBody) -> Result<Verified, Refusal> {
    let id = ChallengeId::parse(&body.challenge_id)
        .map_err(|_| Refusal::invalid("challenge_id must be one that this service answered"))?;
    // A shard that we do not have holds nothing; it must not make keys of its own either.
    let id = if service.store.names().has(id.shard()) { id } else { ChallengeId::new(Shard(0), [0; 16]) };
    let guess = Guess::read(service.settings.code_format, &body.code);

    let unavailable = |error: entity::store::StoreError| {
        tracing::warn!(outcome = "unavailable", challenge_id = id.as_str(), %error, "code tried");
        Refusal::unavailable()
    };
    let limits = &service.settings.challenge.limits;
    let proof = match proof::look(service, caller, Action::Verify, id.shard(), body.proof).await {
        Ok(proof) => proof,
        Err(Unseen::Wait(wait)) => {
            tracing::info!(outcome = "rate_limited", limit = "proof", challenge_id = id.as_str(), "code tried");
            return Err(Refusal::rate_limited(wait));
        }
        Err(Unseen::Uncounted(error)) => return Err(unavailable(error)),
    };
    let origin = caller.origin();
    let taken = challenge::take_try(&service.store, limits, &id, &caller.client, &origin, &proof).await;
    let take = match taken.map_err(unavailable)? {
        Taken::Take(take) => take,
        Taken::Prove(Prove { now, why }) => {
            METRICS.proof(why);
            tracing::info!(outcome = "proof_required", why, challenge_id = id.as_str(), "code tried");
            return Err(Refusal::proof_required(proof::ask(service, Action::Verify, id.shard(), now)));
        }
        Taken::Wait(wait) => {
            METRICS.limit("client_verify");
            tracing::info!(outcome = "rate_limited", limit = "client", challenge_id = id.as_str(), "code tried");
            return Err(Refusal::rate_limited(wait));
        }
    };
    service.watch_failures(take.failures);
    if take.braked {
        brake::tell_begin(id.shard(), take.failures);
    }
    // Last, for a client that hangs up ends it here.
    proof::passed(service, caller, &proof, take.proven).await;

    let known = take.challenge.as_ref();
    // Computed in any case: where nothing lives it takes as long (R4).
    let pseudonym = service.keyring.current().pseudonym(known.map_or(DUMMY.1, |live| &live.address));
    let address = known.map(|_| pseudonym).unwrap_or_default();
    let keys = known.map_or(Some(service.keyring.current()), |live| service.keyring.find(&live.key_id));
    let Some(keys) = keys else {
        tracing::error!(
            challenge_id = id.as_str(),
            "REKEY_SECRET: a live challenge was made with a secret that is not in the list"
        );
        return Err(Refusal::unavailable());
    };
    let (nonce, asked) = known.map_or(DUMMY, |live| (live.nonce.as_str(), live.address.as_str()));
    let is_right = Code::derive(service.settings.code_format, keys, id.as_str(), nonce, asked).matches(&guess);
    if let Some(live) = known.filter(|_| is_right) {
        let token = ResetToken::new(id.shard(), keys, rand::random());
        let mac = token.mac(&service.keyring).ok_or_else(Refusal::unavailable)?;
        let ttl = service.settings.token.ttl;
        if challenge::consume(&service.store, &id, live, &token, &mac, keys, ttl).await.map_err(unavailable)? {
            METRICS.tried(true);
            tracing::info!(outcome = "accepted", address, challenge_id = id.as_str(), "code tried");
            return Ok(Verified { reset_token: token.expose(), expires_in: whole_seconds(ttl) });
        }
    }
    METRICS.tried(false);
    tracing::info!(outcome = "rejected", address, challenge_id = id.as_str(), "code tried");
    Err(Refusal::code_rejected())
}
