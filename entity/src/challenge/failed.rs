//! How many codes are being tried in vain.

use fred::interfaces::KeysInterface as _;

use crate::store::{Store, StoreError};

/// Tries of all clients in [`crate::limits::ALARM_SPAN`] that have not turned out right, by shard.
///
/// # Errors
/// [`StoreError`].
pub async fn failed_tries(store: &Store) -> Result<Vec<(u16, u64)>, StoreError> {
    store.ping().await?;
    let mut failed = Vec::new();
    for shard in store.names().all() {
        let tries: Option<u64> = store.client().get(store.names().failed_tries(shard)).await?;
        failed.push((shard.0, tries.unwrap_or(0)));
    }
    Ok(failed)
}
