//! Tells when the brake on guessing goes on and off.

use std::{sync::Arc, time::Duration};

use entity::{brake, keys::Shard};

use crate::service::Service;

/// How often it is looked whether a brake ended: a tenth of its quiet time, within these bounds.
const LOOK: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];

/// Says that it is on. Of all programs the one says it whose try tripped it.
pub fn tell_begin(shard: Shard, failed: u64) {
    tracing::error!(shard = shard.0, failed, "brake on: request and verify ask for a proof of work");
}

/// Says of each brake that it is off, soon after. Of all programs one does.
pub async fn tell_ends(service: Arc<Service>) {
    let settings = service.settings.challenge.limits.brake;
    if !settings.enabled {
        return;
    }
    loop {
        tokio::time::sleep((settings.quiet / 10).clamp(LOOK[0], LOOK[1])).await;
        for ended in brake::ended(&service.store).await.unwrap_or_default() {
            let brake::Ended { shard, lasted, failed, asked, passed } = ended;
            let seconds = lasted.as_secs();
            tracing::warn!(shard, seconds, failed, asked, passed, "brake off: no proof of work is asked for any more");
        }
    }
}
