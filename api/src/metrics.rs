//! The API's metrics: what it counts itself, and what is looked up when they are scraped.

mod calls;
mod scrape;

use std::{sync::LazyLock, time::Duration};

use entity::{
    brake,
    metrics::{Labels, durations},
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

pub use calls::{Calls, operation, problem_code};
pub use scrape::Scrape;

/// What this process counts. There is one of it, as there is one process.
pub static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// Whose limit a call can be over: a client's for each of the three calls and for proofs of work, an address's, a
/// challenge's for its resends, and that of the mails that wait.
const LIMITS: [&str; 7] =
    ["client_request", "client_verify", "client_confirm", "client_proof", "address", "resend", "backlog"];
/// What can become of a try at a code.
const TRIES: [&str; 2] = ["accepted", "rejected"];
/// A call brought a good proof of work, or why it did not.
const GOOD: &str = "good";
/// What can become of a confirm that holds its token.
const CONFIRMS: [&str; 7] =
    ["changed", "password_rejected", "second_factor_required", "token_rejected", "busy", "unavailable", "unknown"];
/// What can become of a password's look-up: an answer, a reason for none, or not asked because it failed just now.
const LOOKUPS: [&str; 10] =
    ["hit", "miss", "skipped", "timeout", "connect", "tls", "status", "malformed", "too_large", "broken"];
/// Why the audit trail does not tell of a challenge, where it is the API that knows.
const FULL: &str = "full";

/// What this process counts.
pub struct Metrics {
    /// Calls.
    pub calls: Calls,
    limits: Family<Labels<1>, Counter>,
    tries: Family<Labels<1>, Counter>,
    confirms: Family<Labels<1>, Counter>,
    proofs: Family<Labels<1>, Counter>,
    lookups: Family<Labels<1>, Counter>,
    hashing: Histogram,
    slots: Counter,
    waiting: Gauge,
    untold: Family<Labels<1>, Counter>,
}

/// A password that waits for a slot: it counts as waiting until this is dropped.
pub struct Waiting(());

impl Drop for Waiting {
    fn drop(&mut self) {
        METRICS.waiting.dec();
    }
}

impl Metrics {
    fn new() -> Self {
        let metrics = Self {
            calls: Calls::default(),
            limits: Family::default(),
            tries: Family::default(),
            confirms: Family::default(),
            proofs: Family::default(),
            lookups: Family::default(),
            hashing: durations(),
            slots: Counter::default(),
            waiting: Gauge::default(),
            untold: Family::default(),
        };
        // Series that begin at nothing let a query see the first event.
        let begin = |family: &Family<Labels<1>, Counter>, name, values: &[&'static str]| {
            for value in values {
                let _ = family.get_or_create(&Labels([(name, *value)]));
            }
        };
        begin(&metrics.limits, "limit", &LIMITS);
        begin(&metrics.tries, "outcome", &TRIES);
        begin(&metrics.confirms, "outcome", &CONFIRMS);
        begin(&metrics.proofs, "outcome", &[GOOD]);
        begin(&metrics.proofs, "outcome", &brake::WHY);
        begin(&metrics.lookups, "outcome", &LOOKUPS);
        begin(&metrics.untold, "reason", &[FULL]);
        metrics
    }

    fn register(&self, registry: &mut Registry) {
        self.calls.register(registry);
        registry.register("rekey_limits_hit", "Calls refused for a limit, by whose it was", self.limits.clone());
        registry.register("rekey_verify_tries", "Tries at codes by what became of them", self.tries.clone());
        registry.register(
            "rekey_confirms",
            "Confirms that held their token, by what became of them; unknown: the database did not say",
            self.confirms.clone(),
        );
        registry.register(
            "rekey_proofs",
            "Calls that were asked for a proof of work: whether it was good, else why not",
            self.proofs.clone(),
        );
        registry.register(
            "rekey_password_lookups",
            "Passwords to be looked up among leaked ones, by what became of it; skipped: it failed just now",
            self.lookups.clone(),
        );
        registry.register_with_unit(
            "rekey_hashing_duration",
            "How long a password that was accepted took to be judged and hashed, without the wait for a slot",
            Unit::Seconds,
            self.hashing.clone(),
        );
        registry.register(
            "rekey_hashing_slots_taken",
            "Hashing slots that were given to a password, to be judged or hashed",
            self.slots.clone(),
        );
        registry.register("rekey_hashing_waiting", "Passwords that wait for a hashing slot", self.waiting.clone());
        registry.register(
            "rekey_audit_trails_dropped",
            "Challenges of which the audit trail does not tell, or not all, by the reason",
            self.untold.clone(),
        );
    }

    /// Counts a call that was refused for a limit: `client_request`, `client_verify`, `client_confirm`, `client_proof`,
    /// `address`, `resend` or `backlog`. Any other word counts for nothing.
    pub fn limit(&self, limit: &'static str) {
        if LIMITS.contains(&limit) {
            self.limits.get_or_create(&Labels([("limit", limit)])).inc();
        }
    }

    /// Counts a try at a code.
    pub fn tried(&self, accepted: bool) {
        self.tries.get_or_create(&Labels([("outcome", TRIES[usize::from(!accepted)])])).inc();
    }

    /// Counts a call whose proof of work was not good (a word of [`brake::WHY`]), and that was asked for one.
    pub fn proof(&self, why: &'static str) {
        self.proofs.get_or_create(&Labels([("outcome", why)])).inc();
    }

    /// Counts a call that was asked for a proof of work, and passed with a good one.
    pub fn proven(&self) {
        self.proof(GOOD);
    }

    /// Counts a confirm that held its token. Any other word than those of the metric counts for nothing.
    pub fn confirmed(&self, outcome: &'static str) {
        if CONFIRMS.contains(&outcome) {
            self.confirms.get_or_create(&Labels([("outcome", outcome)])).inc();
        }
    }

    /// Counts a password that begins to wait for a slot.
    #[must_use]
    pub fn wait_for_slot(&self) -> Waiting {
        self.waiting.inc();
        Waiting(())
    }

    /// Counts a slot that was given to a password.
    pub fn slot_taken(&self) {
        self.slots.inc();
    }

    /// Counts a password that was judged and hashed in this time.
    pub fn hashed(&self, took: Duration) {
        self.hashing.observe(seconds(took));
    }

    /// Counts a challenge that the audit trail will not tell of.
    pub fn untold(&self) {
        self.untold.get_or_create(&Labels([("reason", FULL)])).inc();
    }

    /// Counts a look-up of a password. Any other word than those of the metric counts for nothing.
    pub fn looked_up(&self, outcome: &'static str) {
        if LOOKUPS.contains(&outcome) {
            self.lookups.get_or_create(&Labels([("outcome", outcome)])).inc();
        }
    }
}

/// Seconds of a duration, for a histogram.
fn seconds(span: Duration) -> f64 {
    span.as_secs_f64()
}
