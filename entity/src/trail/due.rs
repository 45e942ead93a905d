//! The trails that the worker is to write down.

use std::{collections::HashMap, time::Duration};

use fred::{interfaces::SortedSetsInterface, types::Value};

use crate::{
    challenge::ChallengeId,
    keys::Shard,
    store::{Script, Store, StoreError},
};

static TAKE: Script =
    Script::new(concat!("#!lua flags=allow-oom\n", include_str!("../lua/clock.lua"), include_str!("take.lua")));
static READ: Script = Script::new(include_str!("read.lua"));
static SETTLE: Script = Script::new(concat!("#!lua flags=allow-oom\n", include_str!("settle.lua")));

/// Trails that are this program's for a while.
#[derive(Debug)]
pub struct Taken {
    shard: Shard,
    until: String,
    /// Redis' clock when they were taken, in Unix milliseconds.
    pub now: i64,
    /// Them, first those that are due for the longest.
    pub trails: Vec<Due>,
}

/// A trail that is to be written down.
#[derive(Debug, PartialEq, Eq)]
pub struct Due {
    /// Its challenge.
    pub id: ChallengeId,
    /// Since when it is due, in Unix milliseconds.
    pub since: i64,
    /// Its fields as [`super::Trail::read`] takes them; none if it is gone.
    pub fields: HashMap<String, String>,
}

/// Takes at most `most` trails of a shard that are to be written down, those first that are due for the longest, but for
/// `skip` of them. Others get them once `hold` is over.
///
/// # Errors
/// [`StoreError`]: what was taken comes again after `hold`.
pub async fn take(store: &Store, shard: Shard, (skip, most): (u16, u16), hold: Duration) -> Result<Taken, StoreError> {
    let names = store.names();
    let unexpected = || StoreError::Unexpected("take".into());
    let hold = i64::try_from(hold.as_millis()).unwrap_or(i64::MAX);
    let args = vec![i64::from(most).into(), hold.into(), i64::from(skip).into()];
    let answer = store.run(&TAKE, vec![names.closing(shard)], args).await?;
    let parts = answer.into_array();
    let text = |place: usize| parts.get(place).and_then(Value::as_string).ok_or_else(unexpected);
    let now = text(0)?.parse().map_err(|_| unexpected())?;
    let due = parts.get(2).cloned().map(Value::into_array).unwrap_or_default();
    let (mut ours, mut strays) = (Vec::new(), Vec::new());
    for pair in due.chunks_exact(2) {
        match pair[0].as_string().and_then(|id| ChallengeId::parse(&id).ok()) {
            Some(id) => ours.push((id, pair[1].as_f64().map_or(0, |since| since as i64))),
            None => strays.push(pair[0].clone()),
        }
    }
    // What is no id of ours was put there by a hand, and has no trail: it would come for ever, in the place of others.
    if !strays.is_empty() {
        let _: i64 = store.client().zrem(names.closing(shard), strays).await?;
    }
    let due = ours;
    let mut taken = Taken { shard, until: text(1)?, now, trails: Vec::new() };
    if due.is_empty() {
        return Ok(taken);
    }
    let keys = due.iter().map(|(id, _)| names.trail(shard, id.as_str())).collect();
    let read = store.run(&READ, keys, Vec::new()).await?.into_array();
    if read.len() != due.len() {
        return Err(unexpected());
    }
    let read = due.into_iter().zip(read.into_iter().map(fields));
    taken.trails = read.map(|((id, since), fields)| Due { id, since, fields }).collect();
    Ok(taken)
}

fn fields(pairs: Value) -> HashMap<String, String> {
    let pairs = pairs.into_array();
    pairs.chunks_exact(2).filter_map(|pair| Some((pair[0].as_string()?, pair[1].as_string()?))).collect()
}

impl Taken {
    /// Lets go of trails: each is over, or is looked at again at a time (Unix milliseconds).
    ///
    /// # Errors
    /// [`StoreError`]: they come again.
    pub async fn settle(&self, store: &Store, ends: &[(ChallengeId, Option<i64>)]) -> Result<(), StoreError> {
        let names = store.names();
        let (mut keys, mut args) = (vec![names.closing(self.shard)], vec![self.until.as_str().into()]);
        for (id, again) in ends {
            keys.push(names.trail(self.shard, id.as_str()));
            args.extend([id.as_str().into(), again.map_or_else(|| "".into(), Value::from)]);
        }
        store.run(&SETTLE, keys, args).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fred::interfaces::{HashesInterface, KeysInterface};

    use super::*;
    use crate::testing::Redis;

    const SHARD: Shard = Shard(0);
    const HOLD: Duration = Duration::from_secs(30);

    fn id(n: u8) -> ChallengeId {
        ChallengeId::new(SHARD, [n; 16])
    }

    async fn put(store: &Store, n: u8, due: i64) {
        let names = store.names();
        let entry = (due as f64, id(n).as_str().to_owned());
        store.client().zadd::<(), _, _>(names.closing(SHARD), None, None, false, false, entry).await.unwrap();
        let key = names.trail(SHARD, id(n).as_str());
        store.client().hset::<(), _, _>(key, ("closes", due)).await.unwrap();
    }

    async fn due(store: &Store, n: u8) -> Option<f64> {
        store.client().zscore(store.names().closing(SHARD), id(n).as_str()).await.unwrap()
    }

    async fn lives(store: &Store, n: u8) -> bool {
        let count: i64 = store.client().exists(store.names().trail(SHARD, id(n).as_str())).await.unwrap();
        count == 1
    }

    fn numbers(taken: &Taken) -> BTreeSet<String> {
        taken.trails.iter().map(|due| due.id.as_str().to_owned()).collect()
    }

    #[tokio::test]
    async fn what_is_due_is_taken_by_one_and_comes_again_if_it_is_not_settled() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        let now = store.now().await.unwrap();
        for (n, at) in [(1, now - 3), (2, now - 2), (3, now - 1), (4, now + 60_000)] {
            put(&store, n, at).await;
        }
        let first = take(&store, SHARD, (0, 2), HOLD).await.unwrap();
        assert_eq!(numbers(&first), [1, 2].map(|n| id(n).as_str().to_owned()).into());
        assert_eq!((first.trails[0].since, first.trails[1].since), (now - 3, now - 2), "the first that is due");
        assert_eq!(first.trails[0].fields["closes"], (now - 3).to_string());
        assert!(first.now >= now);
        assert_eq!(
            numbers(&take(&store, SHARD, (0, 10), Duration::ZERO).await.unwrap()).len(),
            1,
            "the others are held"
        );
        assert_eq!(numbers(&take(&store, SHARD, (0, 10), HOLD).await.unwrap()).len(), 1, "a hold that is over");
        assert!(take(&store, SHARD, (0, 10), HOLD).await.unwrap().trails.is_empty());
    }

    #[tokio::test]
    async fn what_is_no_challenge_is_taken_out() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        put(&store, 1, 2).await;
        let closing = store.names().closing(SHARD);
        store.client().zadd::<(), _, _>(&closing, None, None, false, false, (1.0, "by hand")).await.unwrap();
        assert_eq!(numbers(&take(&store, SHARD, (0, 10), HOLD).await.unwrap()), [id(1).as_str().to_owned()].into());
        assert_eq!(store.client().zcard::<i64, _>(&closing).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn the_first_ones_can_be_passed_over() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        for n in 1..=3 {
            put(&store, n, n.into()).await;
        }
        assert_eq!(numbers(&take(&store, SHARD, (1, 1), HOLD).await.unwrap()), [id(2).as_str().to_owned()].into());
        assert!(take(&store, SHARD, (2, 1), HOLD).await.unwrap().trails.is_empty());
        assert_eq!((due(&store, 1).await, due(&store, 3).await), (Some(1.0), Some(3.0)), "they are due as before");
    }

    #[tokio::test]
    async fn what_is_settled_goes_or_waits_for_its_end() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        put(&store, 1, 1).await;
        put(&store, 2, 1).await;
        let taken = take(&store, SHARD, (0, 10), HOLD).await.unwrap();
        taken.settle(&store, &[(id(1), None), (id(2), Some(taken.now + 600_000))]).await.unwrap();
        assert_eq!((due(&store, 1).await, lives(&store, 1).await), (None, false));
        assert_eq!((due(&store, 2).await, lives(&store, 2).await), (Some((taken.now + 600_000) as f64), true));
    }

    #[tokio::test]
    async fn news_that_come_meanwhile_are_not_lost() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        put(&store, 1, 1).await;
        put(&store, 2, 1).await;
        let taken = take(&store, SHARD, (0, 10), HOLD).await.unwrap();
        put(&store, 1, 5).await;
        put(&store, 2, 5).await;
        taken.settle(&store, &[(id(1), None), (id(2), Some(taken.now + 600_000))]).await.unwrap();
        assert_eq!((due(&store, 1).await, due(&store, 2).await), (Some(5.0), Some(5.0)));
        assert!(lives(&store, 1).await);
    }

    #[tokio::test]
    async fn a_trail_that_is_gone_and_a_word_of_a_hand_do_no_harm() {
        let redis = Redis::start(&[]);
        let store = redis.store().await;
        put(&store, 1, 1).await;
        store.client().del::<(), _>(store.names().trail(SHARD, id(1).as_str())).await.unwrap();
        let word = (1.0, "no id");
        store.client().zadd::<(), _, _>(store.names().closing(SHARD), None, None, false, false, word).await.unwrap();
        let taken = take(&store, SHARD, (0, 10), HOLD).await.unwrap();
        assert_eq!(taken.trails, [Due { id: id(1), since: 1, fields: HashMap::new() }]);
        taken.settle(&store, &[(id(1), None)]).await.unwrap();
        assert_eq!(due(&store, 1).await, None);
    }
}
