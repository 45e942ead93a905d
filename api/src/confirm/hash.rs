//! From a password to its hash: judged in a hashing slot, looked up outside of one, hashed in a slot.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{
    account::StoredHash,
    email::Email,
    telemetry::{self, Kind},
};

use crate::{
    metrics::METRICS,
    password::{NewPassword, Reason, Reasons},
    service::Service,
};

/// Longest wait for hashing slots, all in all: past it the client is better off trying again later (R47).
const SLOT_WAIT: Duration = Duration::from_secs(2);

/// Why a confirm that holds its token does not change the password.
pub(super) enum Failed {
    /// No hashing slot was free.
    NoSlot,
    /// The password is refused.
    Password(Reasons),
    /// The hashing thread failed.
    Hashing,
}

/// Judges and hashes the password. Without a look-up that is one piece of work in one slot; with one, the slot is given
/// back before the other service is waited for, which would hold up everybody else's hashing.
///
/// # Errors
/// [`Failed`].
pub(super) async fn hash(service: &Arc<Service>, address: &Email, password: NewPassword) -> Result<StoredHash, Failed> {
    let (password, mut patience) = (Arc::new(password), SLOT_WAIT);
    let (policy, address, judged) = (Arc::clone(&service.policy), address.clone(), Arc::clone(&password));
    let judge = move || policy.check_strength(&judged, &address).map_err(Failed::Password);
    let (hasher, trace, hashed) = (Arc::clone(&service.hasher), telemetry::current(), Arc::clone(&password));
    let make = move || {
        let _span = telemetry::begin_from("argon2", Kind::Internal, trace);
        hasher.hash(&hashed).map_err(|error| {
            tracing::error!(%error, "hashing failed");
            Failed::Hashing
        })
    };
    let (hash, took) = match &service.lookup {
        None => {
            let both = move || {
                judge()?;
                make()
            };
            in_slot(service, &mut patience, both).await?
        }
        Some(lookup) => {
            let ((), judged) = in_slot(service, &mut patience, judge).await?;
            if lookup.lists(&password).await {
                return Err(Failed::Password(Reasons::one(Reason::Blocklisted)));
            }
            let (hash, hashed) = in_slot(service, &mut patience, make).await?;
            (hash, judged + hashed)
        }
    };
    METRICS.hashed(took);
    Ok(hash)
}

/// Works on a thread of its own, in one of the slots, and tells how long it took without the wait, which is taken off
/// the patience.
async fn in_slot<T: Send + 'static>(
    service: &Service,
    patience: &mut Duration,
    work: impl FnOnce() -> Result<T, Failed> + Send + 'static,
) -> Result<(T, Duration), Failed> {
    let begin = Instant::now();
    let waits = METRICS.wait_for_slot();
    let waiting = tokio::time::timeout(*patience, Arc::clone(&service.slots).acquire_owned());
    let Ok(Ok(slot)) = waiting.await else { return Err(Failed::NoSlot) };
    drop(waits);
    METRICS.slot_taken();
    *patience = patience.saturating_sub(begin.elapsed());
    let working = tokio::task::spawn_blocking(move || {
        let (_slot, begin) = (slot, Instant::now());
        work().map(|made| (made, begin.elapsed()))
    });
    working.await.unwrap_or(Err(Failed::Hashing))
}
