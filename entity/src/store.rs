//! The connection to Redis, and how scripts run on it.

use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

pub use fred::interfaces::ClientLike;
use fred::{
    clients::Client,
    error::ErrorKind,
    interfaces::{EventInterface, KeysInterface, LuaInterface},
    types::{
        Builder, Value,
        config::{Config, ConnectionConfig, PerformanceConfig, ReconnectPolicy, TcpConfig, UnresponsiveConfig},
    },
};

use crate::{
    keys::KeyNames,
    metrics::RedisMeter,
    settings::{SettingError, Source},
};

/// Longest wait for the answer to one command. Scripts take well under a millisecond: past this the server is gone
/// or stalled, and a caller is better told so.
pub const COMMAND_TIMEOUT: Duration = Duration::from_secs(2);
/// Commands that may wait for the connection; past that callers are told that Redis is not available.
const COMMAND_BUFFER: usize = 10_000;

/// With and without TLS: one server, a Cluster, or what Sentinels say.
const SCHEMES: [&str; 6] = ["redis", "rediss", "redis-cluster", "rediss-cluster", "redis-sentinel", "rediss-sentinel"];

/// Shards at most: each costs every worker a connection and a look a second.
const MAX_SHARDS: u16 = 256;

/// Where Redis is and how its keys are named.
#[derive(Clone)]
pub struct Settings {
    config: Config,
    names: KeyNames,
}

impl Settings {
    /// Reads `redis.url`, `redis.prefix` and `redis.shards`.
    ///
    /// # Errors
    /// By name if one is malformed.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let url: String = source.get("redis.url")?;
        // The client takes any scheme for plain Redis.
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        let known = SCHEMES.contains(&scheme).then(|| Config::from_url(&url).ok()).flatten();
        let config = known.ok_or_else(|| {
            SettingError::of(
                "redis.url",
                "is not redis://host:port/db, rediss://, redis-cluster:// or redis-sentinel://",
            )
        })?;
        let prefix: String = source.get("redis.prefix")?;
        if !(1..=64).contains(&prefix.len()) || prefix.contains(['{', '}']) || prefix.chars().any(char::is_control) {
            return Err(SettingError::of("redis.prefix", "must be 1 to 64 octets without braces"));
        }
        let shards: std::num::NonZero<u16> = source.get("redis.shards")?;
        if shards.get() > MAX_SHARDS {
            return Err(SettingError::of("redis.shards", format!("must be 1 to {MAX_SHARDS}")));
        }
        Ok(Self { config, names: KeyNames::new(prefix, shards.get()) })
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may carry a password.
        f.debug_struct("Settings").field("names", &self.names).finish_non_exhaustive()
    }
}

/// A connection to Redis that comes back by itself. Clones share it.
#[derive(Clone)]
pub struct Store {
    client: Client,
    names: Arc<KeyNames>,
    clustered: bool,
    /// What the connection last failed of: a wrong password, say.
    trouble: Arc<Mutex<String>>,
    meter: RedisMeter,
}

/// Why Redis did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not reachable, too slow, full, loading, or its Cluster is moving slots. It may have run if it was too slow.
    #[error("Redis is not available ({0})")]
    Unavailable(String),
    /// It answered something else than the script says. A bug, or keys of another program.
    #[error("Redis gave an unexpected answer ({0})")]
    Unexpected(String),
}

impl From<fred::error::Error> for StoreError {
    fn from(error: fred::error::Error) -> Self {
        let text = error.details().to_owned();
        match error.kind() {
            // Redis' own refusals that pass: full, still loading, a read-only replica, moving slots.
            ErrorKind::Unknown | ErrorKind::InvalidCommand | ErrorKind::InvalidArgument
                if ![
                    "OOM",
                    "LOADING",
                    "READONLY",
                    "TRYAGAIN",
                    "BUSY",
                    "MASTERDOWN",
                    "MISCONF",
                    "NOREPLICAS",
                    "CLUSTERDOWN",
                ]
                .iter()
                .any(|code| text.contains(code)) =>
            {
                Self::Unexpected(text)
            }
            ErrorKind::Parse => Self::Unexpected(text),
            kind => Self::Unavailable(format!("{kind:?}: {text}")),
        }
    }
}

/// A programs' disagreement about how many shards there are.
#[derive(Debug, thiserror::Error)]
pub enum ShardError {
    /// Redis could not be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another program said otherwise.
    #[error("REKEY_REDIS_SHARDS: is {ours} here, but the keys in Redis were made for {theirs}")]
    Differs {
        /// Shards by our settings.
        ours: u16,
        /// Shards by the first program that started on this Redis.
        theirs: u16,
    },
}

impl Store {
    /// Opens the connection in the background. It does not wait: while the server is down, commands fail at once
    /// with [`StoreError::Unavailable`], and they work as soon as it is back.
    ///
    /// # Errors
    /// [`StoreError`] only if the client cannot be built at all.
    pub fn connect(settings: &Settings) -> Result<Self, StoreError> {
        let client = build(settings.config.clone(), COMMAND_TIMEOUT)?;
        let trouble = Arc::new(Mutex::new("not connected".to_owned()));
        let noted = Arc::clone(&trouble);
        client.on_error(move |(error, _)| {
            let text = format!("not connected: {}", error.details());
            *noted.lock().unwrap_or_else(PoisonError::into_inner) = text;
            async { Ok(()) }
        });
        let meter = RedisMeter::default();
        let connections = meter.connections.clone();
        // The client tells of the first connection as well.
        client.on_reconnect(move |_| {
            connections.inc();
            async { Ok(()) }
        });
        client.connect();
        let clustered = settings.config.server.is_clustered();
        Ok(Self { clustered, client, names: Arc::new(settings.names.clone()), trouble, meter })
    }

    /// A connection of its own for a command that blocks: a command behind a blocking one would wait for it.
    ///
    /// # Errors
    /// [`StoreError`] only if the client cannot be built at all.
    pub fn connect_blocking(settings: &Settings, longest_block: Duration) -> Result<Client, StoreError> {
        let client = build(settings.config.clone(), longest_block + COMMAND_TIMEOUT)?;
        client.connect();
        Ok(client)
    }

    /// The names of the keys.
    #[must_use]
    pub fn names(&self) -> &KeyNames {
        &self.names
    }

    /// What the connection went through.
    #[must_use]
    pub fn meter(&self) -> &RedisMeter {
        &self.meter
    }

    /// Whether keys of different shards may be touched by one script.
    #[must_use]
    pub fn is_clustered(&self) -> bool {
        self.clustered
    }

    /// The client, for commands that are no scripts.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether Redis answers now.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.ensure_connected()?;
        Ok(self.client.ping::<String>(None).await.map(|_| ())?)
    }

    /// Agrees with the other programs on the number of shards: the first to come writes it down.
    ///
    /// # Errors
    /// [`ShardError::Differs`] if another program said otherwise.
    pub async fn agree_on_shards(&self) -> Result<(), ShardError> {
        self.ensure_connected()?;
        let ours = self.names.shards();
        let key = self.names.shard_count();
        let only_if_new = Some(fred::types::SetOptions::NX);
        let _: Value = self.client.set(&key, ours, None, only_if_new, false).await.map_err(StoreError::from)?;
        let theirs: u16 = self.client.get(&key).await.map_err(StoreError::from)?;
        if ours == theirs { Ok(()) } else { Err(ShardError::Differs { ours, theirs }) }
    }

    /// Runs a script. The answer of a lost connection is unknown: only idempotent scripts may be sent again.
    ///
    /// # Errors
    /// [`StoreError`]; NOSCRIPT is none, since nothing ran: the script is loaded and sent once more.
    pub async fn run(&self, script: &Script, keys: Vec<String>, args: Vec<Value>) -> Result<Value, StoreError> {
        self.run_now(script, keys, args).await.inspect_err(|_| {
            self.meter.failures.inc();
        })
    }

    async fn run_now(&self, script: &Script, keys: Vec<String>, args: Vec<Value>) -> Result<Value, StoreError> {
        self.ensure_connected()?;
        match self.client.evalsha::<Value, _, _, _>(script.sha(), keys.clone(), args.clone()).await {
            Err(error) if error.details().starts_with("NOSCRIPT") => {
                Ok(self.client.eval::<Value, _, _, _>(script.text, keys, args).await?)
            }
            answer => Ok(answer?),
        }
    }

    fn ensure_connected(&self) -> Result<(), StoreError> {
        if self.client.is_connected() {
            Ok(())
        } else {
            Err(StoreError::Unavailable(self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()))
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("names", &self.names).finish_non_exhaustive()
    }
}

/// A Lua script and its SHA-1, under which Redis keeps it.
pub struct Script {
    text: &'static str,
    sha: OnceLock<String>,
}

impl Script {
    /// Takes the text, with its `#!lua` line.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, sha: OnceLock::new() }
    }

    fn sha(&self) -> String {
        self.sha.get_or_init(|| fred::util::sha1_hash(self.text)).clone()
    }
}

fn build(mut config: Config, timeout: Duration) -> Result<Client, StoreError> {
    // fred's default ends the client for good if the first attempt to connect fails.
    config.fail_fast = false;
    let connection = ConnectionConfig {
        connection_timeout: COMMAND_TIMEOUT,
        internal_command_timeout: COMMAND_TIMEOUT,
        // More than one would replay a write whose answer was lost: the scripts decide what may be sent again.
        max_command_attempts: 1,
        max_command_buffer_len: COMMAND_BUFFER,
        reconnect_on_auth_error: true,
        tcp: TcpConfig { nodelay: Some(true), user_timeout: Some(timeout * 2), ..TcpConfig::default() },
        // A half-open link is noticed when an answer is overdue, not when the kernel gives up after 15 minutes.
        unresponsive: UnresponsiveConfig { max_timeout: Some(timeout * 2), interval: Duration::from_secs(1) },
        ..ConnectionConfig::default()
    };
    let client = Builder::from_config(config)
        .with_connection_config(|settings| *settings = connection)
        .with_performance_config(|settings: &mut PerformanceConfig| settings.default_command_timeout = timeout)
        .set_policy(ReconnectPolicy::new_exponential(0, 50, 1_000, 2))
        .build()?;
    Ok(client)
}
