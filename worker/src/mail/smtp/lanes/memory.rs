//! What is remembered of domains: what their mails took, and when the next one that is put off comes back.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::time::Instant;

/// Nothing quicker than this is slow: a relay that only queues answers within a tenth of it.
pub(super) const SLOW: Duration = Duration::from_secs(1);
/// Slow is what takes so many times what the quickest domain takes: where all take two seconds, it is the mail server, and
/// nobody is held back for anybody else.
const SLOWER: u32 = 3;
/// And what takes this long is slow anyhow: servers that take mails one after another need up to three seconds.
pub(super) const SLOWEST: Duration = Duration::from_secs(5);
/// What the quickest domain took longer ago than this says nothing about the mail server of now.
const FRESH: Duration = Duration::from_secs(60);
/// A domain without mails is remembered for so long: twice the longest pause between two tries of a mail.
const KEEP: Duration = Duration::from_secs(600);
/// And of so many domains something is remembered at most, some 150 octets of each.
pub(super) const MOST: usize = 1_000;
/// Mails of a domain that are put off come back at this distance: each costs the queue a look.
const APART: Duration = Duration::from_millis(10);
/// The longest time by which a mail is put off, whatever waits before it. The worker spreads it by a quarter.
pub(super) const LONGEST: Duration = Duration::from_secs(24);

#[derive(Debug)]
pub(super) struct Memory {
    domains: HashMap<Arc<str>, Known>,
    slow: Duration,
}

#[derive(Debug)]
struct Known {
    /// What its mails take: a quicker one counts wholly, since it shows that the domain is well; a slower one counts a
    /// quarter, since it may have had its own reasons. None if none was seen.
    pace: Option<Duration>,
    /// When one was seen last.
    seen: Instant,
    used: Instant,
    /// When the last one of those that were put off comes back.
    back: Instant,
}

impl Memory {
    pub fn new() -> Self {
        Self { domains: HashMap::new(), slow: SLOWEST }
    }

    /// From which time on an exchange is slow.
    pub fn slow(&self) -> Duration {
        self.slow
    }

    /// What mails to a domain take; none if that is not known.
    pub fn pace(&self, domain: &str) -> Option<Duration> {
        self.domains.get(domain)?.pace
    }

    /// Notes what a mail took, and forgets what is old.
    pub fn note(&mut self, domain: &str, took: Duration, now: Instant) {
        let slow = self.slow;
        let known = self.of(domain, now);
        known.pace = Some(match known.pace {
            Some(pace) if took > pace => (pace * 3 + took) / 4,
            _ => took,
        });
        known.seen = now;
        if took < slow {
            known.back = now;
        }
        self.domains.retain(|_, known| now.saturating_duration_since(known.used) < KEEP);
        let fresh = self.domains.values().filter(|known| now.saturating_duration_since(known.seen) < FRESH);
        let quickest = fresh.filter_map(|known| known.pace).min();
        self.slow = quickest.map_or(SLOWEST, |pace| (pace * SLOWER).clamp(SLOW, SLOWEST));
    }

    /// How long to put off a mail: two paces of its domain, and behind those that were put off before. `running` is how
    /// long its domain's oldest mail is under way.
    pub fn put_off(&mut self, domain: &str, running: Duration, now: Instant) -> Duration {
        let known = self.of(domain, now);
        let pace = known.pace.unwrap_or_default().max(running).clamp(SLOW, SLOWEST);
        known.back = (known.back + APART).max(now + pace * 2).min(now + LONGEST);
        known.back - now
    }

    fn of(&mut self, domain: &str, now: Instant) -> &mut Known {
        if self.domains.len() >= MOST && !self.domains.contains_key(domain) {
            let oldest = self.domains.iter().min_by_key(|(_, known)| known.used).map(|(domain, _)| Arc::clone(domain));
            oldest.and_then(|oldest| self.domains.remove(&oldest));
        }
        let known = self.domains.entry(domain.into()).or_insert(Known { pace: None, seen: now, used: now, back: now });
        known.used = now;
        known
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.domains.len()
    }
}
