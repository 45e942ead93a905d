//! How many trails wait for the worker.

use std::time::Duration;

use fred::types::Value;

use crate::{
    keys::Shard,
    store::{Script, Store, StoreError},
};

static COUNT: Script = Script::new(include_str!("count.lua"));

/// The trails of a shard, all at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them, [`super::MOST`] at most: most are of challenges to which something may still happen.
    pub all: u64,
    /// Of these, such as are to be written down now.
    pub due: u64,
    /// For how long the first of these is due.
    pub overdue: Duration,
}

/// Counts the trails of a shard, in one script that costs the same however many there are.
///
/// # Errors
/// [`StoreError`].
pub async fn count(store: &Store, shard: Shard) -> Result<Counts, StoreError> {
    let answer = store.run(&COUNT, vec![store.names().closing(shard)], Vec::new()).await?.into_array();
    let at = |place: usize| answer.get(place).and_then(Value::as_i64).and_then(|number| u64::try_from(number).ok());
    let told = (at(0), at(1), at(2));
    let (Some(all), Some(due), Some(overdue)) = told else { return Err(StoreError::Unexpected("count".into())) };
    Ok(Counts { all, due, overdue: Duration::from_millis(overdue) })
}

#[cfg(test)]
mod tests {
    use fred::interfaces::SortedSetsInterface;

    use super::*;
    use crate::testing::Redis;

    #[tokio::test]
    async fn what_is_due_is_counted_apart_and_has_its_age() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        let shard = Shard(0);
        assert_eq!(count(&store, shard).await.unwrap(), Counts::default());
        let now = store.now().await.unwrap();
        let put = async |id: &str, at: i64| {
            let entry = (at as f64, id);
            store
                .client()
                .zadd::<(), _, _>(store.names().closing(shard), None, None, false, false, entry)
                .await
                .unwrap();
        };
        put("later", now + 600_000).await;
        assert_eq!(count(&store, shard).await.unwrap(), Counts { all: 1, ..Counts::default() });
        put("due", now - 1_000).await;
        put("first", now - 5_000).await;
        let counts = count(&store, shard).await.unwrap();
        assert_eq!((counts.all, counts.due), (3, 2));
        assert!((Duration::from_secs(5)..Duration::from_secs(60)).contains(&counts.overdue), "{counts:?}");
    }
}
