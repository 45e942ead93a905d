//! The names of everything that Rekey keeps in Redis.
//!
//! All keys of a shard carry one hash tag, `{prefix:shard}`, so that a Redis Cluster keeps them in one slot and a
//! script may touch them together. The only keys outside are the counters of clients, which no shard owns.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::email::Email;

/// A part of the keyspace with a queue of its own; 0 to 65,535.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shard(pub u16);

/// Builds key names.
#[derive(Clone, Debug)]
pub struct KeyNames {
    prefix: String,
    shards: u16,
}

impl KeyNames {
    /// Names under `prefix`, spread over `shards` shards (at least one).
    #[must_use]
    pub fn new(prefix: impl Into<String>, shards: u16) -> Self {
        Self { prefix: prefix.into(), shards: shards.max(1) }
    }

    /// How many shards there are.
    #[must_use]
    pub fn shards(&self) -> u16 {
        self.shards
    }

    /// Every shard.
    pub fn all(&self) -> impl Iterator<Item = Shard> + use<> {
        (0..self.shards).map(Shard)
    }

    /// The shard of an address: its challenges, its limits and its jobs live there. The choice is no secret, so a
    /// plain hash makes it, and every program agrees on it whatever its secret.
    #[must_use]
    pub fn shard_of(&self, email: &Email) -> Shard {
        let digest = Sha256::digest(email.as_str().as_bytes());
        Shard(u16::from_be_bytes([digest[0], digest[1]]) % self.shards)
    }

    /// Whether ids that name this shard can be ours.
    #[must_use]
    pub fn has(&self, shard: Shard) -> bool {
        shard.0 < self.shards
    }

    /// The number of shards that all programs agreed on, a STRING.
    #[must_use]
    pub fn shard_count(&self) -> String {
        format!("{}:shards", self.prefix)
    }

    /// A challenge, a HASH.
    #[must_use]
    pub fn challenge(&self, shard: Shard, id: &str) -> String {
        self.in_shard(shard, format_args!("challenge:{id}"))
    }

    /// What happened to a challenge, for the audit trail, a HASH. It outlives the challenge.
    #[must_use]
    pub fn trail(&self, shard: Shard, id: &str) -> String {
        self.in_shard(shard, format_args!("trail:{id}"))
    }

    /// Ids of challenges by when the worker writes their trail down, a ZSET.
    #[must_use]
    pub fn closing(&self, shard: Shard) -> String {
        self.in_shard(shard, "closing")
    }

    /// A token, a HASH under the token's MAC.
    #[must_use]
    pub fn token(&self, shard: Shard, mac: &str) -> String {
        self.in_shard(shard, format_args!("token:{mac}"))
    }

    /// When challenges of an address were opened, a ZSET.
    #[must_use]
    pub fn address_limit(&self, shard: Shard, address: &str) -> String {
        self.in_shard(shard, format_args!("limit:address:{address}"))
    }

    /// What an idempotency key was answered, a HASH.
    #[must_use]
    pub fn idempotency(&self, shard: Shard, mac: &str) -> String {
        self.in_shard(shard, format_args!("idempotency:{mac}"))
    }

    /// Tries that failed in a span of ten minutes, a STRING.
    #[must_use]
    pub fn failed_tries(&self, shard: Shard) -> String {
        self.in_shard(shard, "failed")
    }

    /// The brake on guessing, a HASH that is there while it is on.
    #[must_use]
    pub fn brake(&self, shard: Shard) -> String {
        self.in_shard(shard, "brake")
    }

    /// That a proof of work was spent, a STRING.
    #[must_use]
    pub fn proof(&self, shard: Shard, id: &str) -> String {
        self.in_shard(shard, format_args!("proof:{id}"))
    }

    /// The bucket of a client for one of the three calls, a STRING. It belongs to no shard.
    #[must_use]
    pub fn client_limit(&self, call: &str, client: &str) -> String {
        format!("{{{}:client:{}}}:{call}", self.prefix, client)
    }

    /// Jobs that wait: codes, and whatever is pushed by hand. A LIST, pushed at the left, taken from the right.
    #[must_use]
    pub fn ready(&self, shard: Shard) -> String {
        self.in_shard(shard, "ready")
    }

    /// Notices that wait, a LIST.
    #[must_use]
    pub fn ready_notice(&self, shard: Shard) -> String {
        self.in_shard(shard, "ready:notice")
    }

    /// Webhooks that wait, a LIST.
    #[must_use]
    pub fn ready_webhook(&self, shard: Shard) -> String {
        self.in_shard(shard, "ready:webhook")
    }

    /// That an outbox job was put on its list within the last hour, a STRING.
    #[must_use]
    pub fn pushed(&self, shard: Shard, job_id: &str) -> String {
        self.in_shard(shard, format_args!("pushed:{job_id}"))
    }

    /// At most 64 empty tokens that wake workers, a LIST.
    #[must_use]
    pub fn wake(&self, shard: Shard) -> String {
        self.in_shard(shard, "wake")
    }

    /// Jobs by id, the bytes as they were pushed, a HASH.
    #[must_use]
    pub fn held(&self, shard: Shard) -> String {
        self.in_shard(shard, "held")
    }

    /// What the queue knows of a held job, a HASH of JSON.
    #[must_use]
    pub fn meta(&self, shard: Shard) -> String {
        self.in_shard(shard, "meta")
    }

    /// Ids of claimed jobs by the deadline of their lease, a ZSET.
    #[must_use]
    pub fn leases(&self, shard: Shard) -> String {
        self.in_shard(shard, "leases")
    }

    /// Ids of jobs that wait for their time, a ZSET.
    #[must_use]
    pub fn delayed(&self, shard: Shard) -> String {
        self.in_shard(shard, "delayed")
    }

    /// The same of webhooks: what waits for a receiver that hangs must not stand in front of mails that are due.
    #[must_use]
    pub fn delayed_webhook(&self, shard: Shard) -> String {
        self.in_shard(shard, "delayed:webhook")
    }

    /// Ids of dead letters by the time of death, a ZSET.
    #[must_use]
    pub fn dead(&self, shard: Shard) -> String {
        self.in_shard(shard, "dead")
    }

    /// A sample of the last jobs that ran out of time, a LIST.
    #[must_use]
    pub fn expired(&self, shard: Shard) -> String {
        self.in_shard(shard, "expired")
    }

    /// Counters of what happened, a HASH.
    #[must_use]
    pub fn stats(&self, shard: Shard) -> String {
        self.in_shard(shard, "stats")
    }

    /// The last claim of a worker, a STRING: a lost reply is asked for again under the same claim id.
    #[must_use]
    pub fn claim(&self, shard: Shard, worker: &str) -> String {
        self.in_shard(shard, format_args!("claim:{worker}"))
    }

    fn in_shard(&self, shard: Shard, name: impl fmt::Display) -> String {
        format!("{{{}:{}}}:{name}", self.prefix, shard.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_operators_type() {
        let names = KeyNames::new("rekey", 1);
        assert_eq!(names.ready(Shard(0)), "{rekey:0}:ready");
        assert_eq!(names.dead(Shard(0)), "{rekey:0}:dead");
    }

    #[test]
    fn addresses_spread_over_all_shards() {
        let names = KeyNames::new("rekey", 4);
        let hit: std::collections::BTreeSet<_> =
            (0..100).map(|n| names.shard_of(&Email::parse(&format!("a{n}@example.com")).unwrap())).collect();
        assert_eq!(hit, names.all().collect());
    }
}
