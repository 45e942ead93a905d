//! `POST /password-reset/confirm`, but for the hash: that one takes what it is told to take.

use super::{ACCOUNT, ADDRESS, CHALLENGE, EVENT, TRACE, call, keyring};
use crate::{
    keys::Shard,
    queue::{self, Cause},
    reset_event::Half,
    token::ResetToken,
    trace_context::TraceContext,
};

/// The token as its holder shows it, and whether what Redis holds beside it was written by us.
pub fn token() -> Box<dyn FnMut()> {
    let ring = keyring();
    let text = ResetToken::new(Shard(0), ring.current(), [9; 32]).expose();
    let fingerprint = ring.current().fingerprint(ACCOUNT, ADDRESS, Some("$argon2id$"));
    call((), move |()| {
        let (token, keys) = (ResetToken::parse(&text).expect("a token"), ring.current());
        let bound = keys.bound(CHALLENGE, ADDRESS, ACCOUNT, &fingerprint);
        (token.mac(&ring), bound, token.exchanged(keys, CHALLENGE, ADDRESS))
    })
}

/// The jobs of notice and webhook.
pub fn jobs() -> Box<dyn FnMut()> {
    let trace = TraceContext::parse(TRACE);
    call(EVENT, move |event_id| {
        let cause = Cause { event_id, occurred_at: 1_767_323_045_000, trace };
        [Half::Notice, Half::Webhook].map(|half| queue::job(cause, half))
    })
}
