//! Every setting of both programs: its key, its default and what it means.

use super::SettingError;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Where it stands in `rekey.toml`: `http.listen` is `listen` in the section `[http]`.
    pub key: &'static str,
    /// The value if it is not given; empty: none.
    pub default: &'static str,
    /// A secret is never shown, and can be given as a file (`…_FILE`).
    pub secret: bool,
    /// What it means, for the README's table.
    pub about: &'static str,
}

const fn plain(key: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { key, default, secret: false, about }
}

const fn secret(key: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { key, default, secret: true, about }
}

/// All settings, in the order of the README's table.
pub const CATALOGUE: &[Setting] = &[
    plain("mode", "production", "`production`, or `development` for loopback alone"),
    secret(
        "secret",
        "",
        "at least 32 bytes; a list parted by commas rotates: the first makes new challenges, all are known",
    ),
    plain(
        "service.name",
        "Rekey",
        "the name of your application on the page and in mails; passwords must not be guessable from it",
    ),
    plain("service.logo", "", "file of its logo, PNG or SVG, 64 KiB at most; mails show a PNG alone"),
    plain("service.color", "#1f5fd0", "its colour; shades that can be read are made of it, for light and dark"),
    plain("service.support", "", "a mail address or https URL where users find help"),
    plain("service.back_url", "", "where users go when they are done, such as your log-in"),
    plain("http.listen", "127.0.0.1:8080", "where the API listens"),
    plain("http.internal_listen", "127.0.0.1:8081", "health and metrics of the API, not for the public"),
    plain("http.public_url", "", "where users reach it; links in mails are built from it alone"),
    plain("http.allowed_origins", "", "origins that browsers may call from (CORS), exact, parted by commas"),
    plain("http.trusted_proxies", "", "networks whose `Forwarded` and `X-Forwarded-For` are believed"),
    plain(
        "http.forwarded_header",
        "",
        "`x-forwarded-for` or `forwarded`: the one that these proxies write, if the other is to be ignored",
    ),
    plain("http.frame_ancestors", "", "https origins that may show the pages in a frame"),
    secret("database.url", "sqlite://rekey.db?mode=rwc", "`sqlite://`, `postgres://` or `mysql://`"),
    secret(
        "redis.url",
        "redis://127.0.0.1:6379/0",
        "`redis://`, `rediss://`, `redis-cluster://` or `redis-sentinel://`",
    ),
    plain("redis.ca_file", "", "PEM file of further authorities that may vouch for Redis, with `rediss`"),
    plain("redis.prefix", "rekey", "the start of every key's name"),
    plain("redis.shards", "1", "queues to spread over a Redis Cluster; the same for all programs"),
    secret(
        "smtp.url",
        "",
        "`smtp://`, `smtp://…?tls=required` (STARTTLS) or `smtps://`, with user and password if needed",
    ),
    plain("smtp.ca_file", "", "PEM file of further authorities that may vouch for the mail server"),
    plain("smtp.connections", "4", "connections to the mail server, 1 to 64"),
    plain("smtp.per_domain", "", "of these, for mails to one domain; all but one if not set"),
    plain("mail.from", "", "the sender, such as `Example <no-reply@example.com>`"),
    plain(
        "mail.link",
        "{public_url}/#/reset/{challenge_id}/{code}",
        "the link in the mail; the code stays behind the `#`",
    ),
    plain("mail.templates", "", "folder whose templates and texts replace the built-in ones"),
    plain("mail.dkim_domain", "", "sign mails for this domain (DKIM)"),
    plain("mail.dkim_selector", "", "the selector of the DKIM key"),
    secret("mail.dkim_key", "", "the DKIM key, PEM"),
    secret("webhook.url", "", "https URL that is told of each reset, so that your application can end sessions"),
    secret(
        "webhook.secret",
        "",
        "`whsec_…` that signs it (Standard Webhooks); several, parted by commas, while it changes",
    ),
    plain("webhook.allowed_networks", "", "networks of your own that it may reach, such as `10.0.0.0/8`"),
    plain("webhook.ca_file", "", "PEM file of further authorities that may vouch for the receiver"),
    plain("code.format", "base32-8", "`base32-8` (40 bits), `digits-8` or `digits-6`"),
    plain("code.ttl", "10m", "how long a code lives"),
    plain("token.ttl", "10m", "how long a verified reset may wait for the new password"),
    plain("limits.enabled", "true", "false for benchmarks and tests, refused in production"),
    plain("limits.resend_after", "60s", "wait before a code is mailed again"),
    plain("limits.address_cooldown", "60s", "wait between two challenges of an address"),
    plain("limits.address_per_hour", "5", "challenges of an address in an hour"),
    plain("limits.address_per_day", "10", "challenges of an address in 25 hours"),
    plain("limits.address_client_per_hour", "2", "of these, opened by one client in an hour"),
    plain("limits.address_client_per_day", "3", "of these, opened by one client in 25 hours"),
    plain("limits.client_requests_per_hour", "10", "requests of a client in an hour"),
    plain("limits.client_requests_burst", "5", "of these, at once"),
    plain("limits.client_verifies_per_hour", "30", "verifies of a client in an hour"),
    plain("limits.client_confirms_per_hour", "30", "confirms of a client in an hour"),
    plain(
        "limits.client_failed_proofs_per_hour",
        "30",
        "proofs of work of a client, in an hour, that are wrong, too late or used before, or whose call is refused",
    ),
    plain(
        "limits.failed_tries_alarm",
        "500",
        "failed verifies in ten minutes, of all clients together, that raise the alarm",
    ),
    plain(
        "limits.proof",
        "true",
        "while that alarm is on, request and verify ask for a proof of work; false: the alarm alone",
    ),
    plain("limits.proof_quiet", "10m", "they stop asking when fewer than half as many failed within it; 1m to 1h"),
    plain(
        "limits.proof_cost",
        "2500",
        "what a proof costs: iterations of PBKDF2 in each of its 256 attempts (on average), 500 to 20000",
    ),
    plain("limits.backlog", "50000", "mails that may wait in a shard; past it a request is answered 503 `busy`"),
    plain("password.min_length", "15", "code points of a password at least, 8 to 64"),
    plain("password.normalize", "nfc", "`nfc` or `none`, as your application does before it hashes"),
    plain("password.blocklist", "", "file of refused passwords, one a line"),
    plain(
        "password.lookup_url",
        "",
        "where leaked passwords are looked up, such as `https://api.pwnedpasswords.com`; five digits of a hash go there",
    ),
    plain("password.lookup_timeout", "500ms", "longest wait for it, 50ms to 2s; then the password is taken"),
    plain("password.lookup_ca_file", "", "PEM file of further authorities that may vouch for it"),
    secret(
        "password.pepper",
        "",
        "at least 32 bytes that go into each hash, for your application to know too; the first of a list makes new hashes",
    ),
    plain("password.argon2_memory_kib", "19456", "memory of argon2id in KiB, not below the default"),
    plain("password.argon2_iterations", "2", "passes of argon2id, not below the default"),
    plain("password.argon2_parallelism", "1", "lanes of argon2id"),
    plain("password.hash_slots", "", "passwords hashed at once; the number of cores if not set"),
    plain("audit.retention", "90d", "how long the audit trail is kept, 1d to 3650d; `0s`: for ever"),
    plain(
        "second_factor.policy",
        "keep",
        "accounts that have a second factor: `keep` resets them like others, `refuse` mails whom to ask, `proof` asks for \
         a statement that your application signs",
    ),
    plain(
        "second_factor.contact",
        "",
        "a mail address or https URL for those who are refused; `service.support` if not set",
    ),
    plain("second_factor.key_file", "", "PEM file of the public keys (Ed25519 or P-256) that verify such statements"),
    plain(
        "second_factor.url",
        "",
        "where the page sends users to show their second factor; without it the page says whom to ask",
    ),
    plain("worker.internal_listen", "127.0.0.1:8082", "health and metrics of the worker, not for the public"),
    plain("worker.concurrency", "16", "jobs that a worker runs at once, 1 to 64"),
    plain("shutdown.grace", "10s", "time to finish what was begun when told to stop"),
    plain(
        "telemetry.otlp_endpoint",
        "",
        "where traces are sent (OTLP over HTTP), such as `http://127.0.0.1:4318`; none are made without it",
    ),
    plain(
        "telemetry.sample",
        "1",
        "share of the traces that begin here and are sent, 0 to 1; those that began elsewhere follow their beginning",
    ),
    plain("log.format", "json", "`json` or `pretty`"),
    plain("log.filter", "info", "what is logged, such as `info,rekey_api=debug`"),
];

/// The setting with this key.
///
/// # Panics
/// If there is none: keys are written in the source alone.
pub(super) fn by_key(key: &str) -> &'static Setting {
    CATALOGUE.iter().find(|setting| setting.key == key).unwrap_or_else(|| panic!("{key} is not in the catalogue"))
}

/// The environment variable of a key.
pub(super) fn variable(key: &str) -> String {
    format!("REKEY_{}", key.replace('.', "_").to_uppercase())
}

/// The setting that a variable means, and whether its value is the name of a file.
pub(super) fn by_variable(name: &str) -> Result<Option<(&'static Setting, bool)>, SettingError> {
    if name == "REKEY_CONFIG" || !name.starts_with("REKEY_") {
        return Ok(None);
    }
    let plain = |name: &str| CATALOGUE.iter().find(|setting| variable(setting.key) == name);
    let of_file = || name.strip_suffix("_FILE").and_then(plain).filter(|setting| setting.secret);
    plain(name)
        .map(|setting| (setting, false))
        .or_else(|| of_file().map(|setting| (setting, true)))
        .map(Some)
        .ok_or_else(|| SettingError::new(name, "is no setting of Rekey"))
}

/// The same for a key of `rekey.toml`.
pub(super) fn by_file_key(key: &str) -> Option<(&'static Setting, bool)> {
    let plain = |key: &str| CATALOGUE.iter().find(|setting| setting.key == key);
    plain(key)
        .map(|setting| (setting, false))
        .or_else(|| key.strip_suffix("_file").and_then(plain).filter(|s| s.secret).map(|setting| (setting, true)))
}
