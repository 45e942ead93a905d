//! Looking for jobs that the invariant forbids.

use std::collections::BTreeMap;

use entity::store::{Script, StoreError};
use fred::{
    interfaces::{HashesInterface, SortedSetsInterface},
    types::Value,
};
use serde::Serialize;

use super::Queue;

static STRAY: Script = Script::new(include_str!("stray.lua"));

/// A job that is not in exactly one place, or lacks a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stray {
    /// Its id.
    pub id: String,
    /// Where it is: `leases`, `delayed`, `delayed:webhook`, `dead`, or `no place`.
    pub places: Vec<&'static str>,
    /// What is missing: `bytes`, `record`.
    pub lacks: Vec<&'static str>,
}

impl Queue {
    /// Up to `limit` strays. It reads all ids, so it is for a person who asks; what moves meanwhile is looked at twice
    /// before it is called one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn strays(&self, limit: usize) -> Result<Vec<Stray>, StoreError> {
        let mut found = Vec::new();
        for (id, _) in self.suspects().await? {
            if found.len() == limit {
                break;
            }
            found.extend(self.stray(&id).await?);
        }
        Ok(found)
    }

    /// Ids that are not in exactly one of the sets and both of the hashes, by what was read one after another.
    async fn suspects(&self) -> Result<BTreeMap<String, (u8, u8)>, StoreError> {
        let client = self.store.client();
        let mut seen: BTreeMap<String, (u8, u8)> = BTreeMap::new();
        for key in [2, 3, 4, 8] {
            let ids: Vec<String> = client.zrange(&self.keys[key], 0, -1, None, false, None, false).await?;
            for id in ids {
                seen.entry(id).or_default().0 += 1;
            }
        }
        for key in [0, 1] {
            let ids: Vec<String> = client.hkeys(&self.keys[key]).await?;
            for id in ids {
                seen.entry(id).or_default().1 += 1;
            }
        }
        seen.retain(|_, found| *found != (1, 2));
        Ok(seen)
    }

    /// The same of one id, at one moment.
    async fn stray(&self, id: &str) -> Result<Option<Stray>, StoreError> {
        let keys = [2, 3, 4, 8, 0, 1].map(|key| self.keys[key].clone()).to_vec();
        let answer = self.store.run(&STRAY, keys, vec![id.into()]).await?.into_array();
        let is = |index: &usize| answer.get(*index).and_then(Value::as_i64) == Some(1);
        let names = ["leases", "delayed", "dead", "delayed:webhook", "bytes", "record"];
        let mut places: Vec<_> = (0..4).filter(is).map(|index| names[index]).collect();
        let lacks: Vec<_> = (4..6).filter(|index| !is(index)).map(|index| names[index]).collect();
        if places.is_empty() && lacks.len() == 2 || places.len() == 1 && lacks.is_empty() {
            return Ok(None);
        }
        if places.is_empty() {
            places.push("no place");
        }
        Ok(Some(Stray { id: id.to_owned(), places, lacks }))
    }
}
