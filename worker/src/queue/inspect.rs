//! Looking at jobs without touching them.

use std::collections::HashMap;

use entity::store::StoreError;
use fred::{
    bytes::Bytes,
    interfaces::{HashesInterface, ListInterface, SortedSetsInterface},
    types::Value,
};
use serde::{Deserialize, Serialize};

use super::{MAX_BATCH, Queue};

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In one of the lists.
    Ready,
    /// With a worker.
    Leased,
    /// Waiting for its time.
    Delayed,
    /// In the dead letters.
    Dead,
}

impl State {
    /// All states, in a job's order.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Leased, Self::Delayed, Self::Dead];
}

/// What can be told of a job.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The shard it is in.
    pub shard: u16,
    /// Its id, or the one it was buried under; none for bytes in a list that are no job.
    pub id: Option<String>,
    /// Where it is.
    pub state: State,
    /// When its lease ends, it is due, or it died: ms since 1970.
    pub at: Option<i64>,
    /// What the queue knows of it.
    #[serde(flatten)]
    pub about: About,
    /// The job as it was pushed.
    #[serde(skip)]
    pub bytes: Bytes,
}

/// The queue's own record of a held job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// `ready`, `notice` or `webhook`.
    pub class: Option<String>,
    /// The job's type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// How often it was given to a worker.
    pub deliveries: u32,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// Whether it must run alone.
    pub solo: bool,
    /// Why it was put off or buried.
    pub reason: Option<String>,
    /// Who holds it, or held it last.
    pub worker: Option<String>,
    /// From when on it is of no use, ms since 1970.
    pub expires_at: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    expires_at: Option<i64>,
}

impl Queue {
    /// Up to `limit` jobs in a state, those that move first at the front.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(&self, state: State, limit: usize) -> Result<Vec<Card>, StoreError> {
        if state == State::Ready {
            return self.list_ready(limit).await;
        }
        let last = i64::try_from(limit).unwrap_or(i64::MAX) - 1;
        let mut rows: Vec<(String, f64)> = Vec::new();
        for &key in state.keys() {
            let key = &self.keys[key];
            let more: Vec<(String, f64)> =
                self.store.client().zrange(key, 0, last, None, false, None, true).await.map_err(StoreError::from)?;
            rows.extend(more);
        }
        rows.sort_by(|one, other| one.1.total_cmp(&other.1));
        rows.truncate(limit);
        let mut cards = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(MAX_BATCH) {
            let ids: Vec<&str> = chunk.iter().map(|(id, _)| id.as_str()).collect();
            let known: HashMap<_, _> = self.known(&ids).await?;
            cards.extend(chunk.iter().filter_map(|(id, score)| {
                let (about, bytes) = known.get(id.as_str())?;
                #[expect(clippy::cast_possible_truncation, reason = "scores are whole milliseconds below 2^53")]
                let at = Some(*score as i64);
                Some(Card {
                    shard: self.shard.0,
                    id: Some(id.clone()),
                    state,
                    at,
                    about: about.clone(),
                    bytes: bytes.clone(),
                })
            }));
        }
        Ok(cards)
    }

    /// A held job by its id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn show(&self, id: &str) -> Result<Option<Card>, StoreError> {
        let Some((about, bytes)) = self.known(&[id]).await?.remove(id) else { return Ok(None) };
        for state in [State::Leased, State::Delayed, State::Dead] {
            for &key in state.keys() {
                let score: Option<f64> =
                    self.store.client().zscore(&self.keys[key], id).await.map_err(StoreError::from)?;
                if let Some(score) = score {
                    #[expect(clippy::cast_possible_truncation, reason = "scores are whole milliseconds below 2^53")]
                    let at = Some(score as i64);
                    return Ok(Some(Card { shard: self.shard.0, id: Some(id.to_owned()), state, at, about, bytes }));
                }
            }
        }
        Ok(None)
    }

    async fn list_ready(&self, limit: usize) -> Result<Vec<Card>, StoreError> {
        let names = self.store.names();
        let lists = [
            ("ready", names.ready(self.shard)),
            ("notice", names.ready_notice(self.shard)),
            ("webhook", names.ready_webhook(self.shard)),
        ];
        let mut cards = Vec::new();
        for (class, key) in lists {
            let room = i64::try_from(limit.saturating_sub(cards.len())).unwrap_or(i64::MAX);
            if room == 0 {
                break;
            }
            let jobs: Vec<Bytes> = self.store.client().lrange(key, -room, -1).await.map_err(StoreError::from)?;
            cards.extend(jobs.into_iter().rev().map(|bytes| {
                let head: Head = serde_json::from_slice(&bytes).unwrap_or_default();
                let about = About {
                    class: Some(class.to_owned()),
                    kind: head.kind,
                    expires_at: head.expires_at,
                    ..About::default()
                };
                Card { shard: self.shard.0, id: head.id, state: State::Ready, at: None, about, bytes }
            }));
        }
        Ok(cards)
    }

    async fn known<'a>(&self, ids: &[&'a str]) -> Result<HashMap<&'a str, (About, Bytes)>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let client = self.store.client();
        let meta: Vec<Value> = client.hmget(&self.keys[1], ids.to_vec()).await.map_err(StoreError::from)?;
        let held: Vec<Value> = client.hmget(&self.keys[0], ids.to_vec()).await.map_err(StoreError::from)?;
        let pairs = ids.iter().zip(meta.into_iter().zip(held)).filter_map(|(id, (meta, held))| {
            let about = serde_json::from_slice(meta.as_bytes()?).unwrap_or_default();
            Some((*id, (about, held.into_bytes()?)))
        });
        Ok(pairs.collect())
    }
}

impl State {
    /// The places of its ZSETs among a queue's keys.
    fn keys(self) -> &'static [usize] {
        match self {
            Self::Ready => &[],
            Self::Leased => &[2],
            Self::Delayed => &[3, 8],
            Self::Dead => &[4],
        }
    }
}
