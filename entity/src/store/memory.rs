//! Whether Redis throws away what it was told when its memory is full.

use fred::{
    interfaces::{ClientLike, ClusterInterface},
    types::{InfoKind, config::Server},
};

use std::sync::{Mutex, PoisonError};

use super::{Store, StoreError};

/// The one policy under which nothing of ours is evicted.
const KEEPS: &str = "noeviction";

/// What was seen last of it, shared by all clones of a store.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<Option<String>>);

impl Store {
    /// Asks for [`Store::evicting_policy`] and warns, once until it is another one. Redis may be away.
    pub async fn look_at_memory(&self) {
        let Ok(now) = self.evicting_policy().await else { return };
        let mut seen = self.evicting.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &now {
            Some(policy) if *seen != now => tracing::warn!(
                policy,
                "REKEY_REDIS_URL: when its memory is full, this Redis throws away challenges, limits and jobs: set \
                 maxmemory-policy noeviction"
            ),
            None if seen.is_some() => tracing::info!("Redis keeps what it has when its memory is full"),
            _ => {}
        }
        *seen = now;
    }

    /// The policy that [`Store::look_at_memory`] saw last, if it is one that evicts.
    #[must_use]
    pub fn seen_evicting(&self) -> Option<String> {
        self.evicting.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The `maxmemory-policy` under which Redis may throw away challenges, limits and jobs; none if it keeps them. Any
    /// primary of a Cluster counts. It is read from INFO, for which no right to CONFIG is needed.
    ///
    /// # Errors
    /// [`StoreError`] if Redis does not answer.
    pub async fn evicting_policy(&self) -> Result<Option<String>, StoreError> {
        let client = self.connected()?;
        if !self.is_clustered() {
            let info: String = client.info(Some(InfoKind::Memory)).await?;
            return Ok(evicting(&info).map(str::to_owned));
        }
        let nodes: Vec<Server> =
            client.cached_cluster_state().map(|state| state.unique_primary_nodes()).unwrap_or_default();
        for node in nodes {
            let info: String = client.with_cluster_node(node).info(Some(InfoKind::Memory)).await?;
            if let Some(policy) = evicting(&info) {
                return Ok(Some(policy.to_owned()));
            }
        }
        Ok(None)
    }
}

/// The policy that INFO tells, if there is a limit at which it would be used and it is not the one that keeps all.
fn evicting(info: &str) -> Option<&str> {
    let field = |name: &str| {
        let of = |line: &'_ str| line.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).map(str::len);
        info.lines().find_map(|line| of(line).map(|length| &line[line.len() - length..]))
    };
    let is_limited = field("maxmemory").is_some_and(|most| most.trim() != "0");
    field("maxmemory_policy").map(str::trim).filter(|policy| is_limited && *policy != KEEPS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Redis;

    #[test]
    fn without_a_limit_no_policy_evicts() {
        let info = |most: u32, policy: &str| {
            format!(
                "# Memory\r\nused_memory:1\r\nmaxmemory:{most}\r\nmaxmemory_human:1M\r\nmaxmemory_policy:{policy}\r\n"
            )
        };
        assert_eq!(evicting(&info(0, "allkeys-lru")), None);
        assert_eq!(evicting(&info(7, "noeviction")), None);
        assert_eq!(evicting(&info(7, "volatile-ttl")), Some("volatile-ttl"));
        assert_eq!(evicting(""), None);
    }

    #[tokio::test]
    async fn a_policy_that_evicts_is_told_by_its_name() {
        for (policy, told) in [("allkeys-lru", Some("allkeys-lru")), ("noeviction", None)] {
            let redis = Redis::start(&["--maxmemory", "50mb", "--maxmemory-policy", policy]);
            assert_eq!(redis.store().await.evicting_policy().await.unwrap().as_deref(), told);
        }
    }
}
