//! The connection to Redis, and how scripts run on it.

mod memory;
mod settings;

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
        config::{
            Config, ConnectionConfig, PerformanceConfig, ReconnectError, ReconnectPolicy, TcpConfig,
            UnresponsiveConfig,
        },
    },
};
pub use settings::Settings;

use crate::keys::KeyNames;

/// Longest wait for the answer to one command. Scripts take well under a millisecond: past this the server is gone
/// or stalled, and a caller is better told so.
pub const COMMAND_TIMEOUT: Duration = Duration::from_secs(2);
/// Commands that may wait for the connection; past that callers are told that Redis is not available.
const COMMAND_BUFFER: usize = 10_000;

/// Between the end of the client's task and its next begin. It ends if the first servers that it meets are not what the
/// URL says, such as no Cluster; by itself it would not try again.
const REVIVE_PAUSE: Duration = Duration::from_secs(1);

/// Times that a script is sent again after its slot has moved: the second look at the Cluster may be newer.
const MAX_REDIRECTIONS: usize = 2;

/// A connection to Redis that comes back by itself. Clones share it.
#[derive(Clone)]
pub struct Store {
    client: Client,
    names: Arc<KeyNames>,
    clustered: bool,
    /// What the connection last failed of: a wrong password, say.
    trouble: Arc<Mutex<String>>,
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

/// Redis' own refusals that pass: full, still loading, a read-only replica, moving slots.
const PASSING: [&str; 9] =
    ["OOM", "LOADING", "READONLY", "TRYAGAIN", "BUSY", "MASTERDOWN", "MISCONF", "NOREPLICAS", "CLUSTERDOWN"];

/// What the client itself says, of no better kind, of a command that was on its way when a connection ended, or that
/// came while it is started again.
const CUT_OFF: [&str; 4] =
    ["Too many failed write attempts", "Failed to route command", "Client is not initialized", "Failed to send command"];

impl From<fred::error::Error> for StoreError {
    fn from(error: fred::error::Error) -> Self {
        let text = error.details().to_owned();
        let passes = || PASSING.iter().chain(&CUT_OFF).any(|said| text.contains(said));
        match error.kind() {
            ErrorKind::Unknown | ErrorKind::InvalidCommand | ErrorKind::InvalidArgument if !passes() => {
                Self::Unexpected(text)
            }
            ErrorKind::Parse => Self::Unexpected(text),
            kind => Self::Unavailable(format!("{kind:?}: {text}")),
        }
    }
}

/// Whether a slot has moved, or is moving, and the command was not run.
fn is_elsewhere(error: &fred::error::Error) -> bool {
    *error.kind() == ErrorKind::Routing && error.details().starts_with("Too many redirections")
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
        keep_connected(&client);
        let clustered = settings.config.server.is_clustered();
        Ok(Self { clustered, client, names: Arc::new(settings.names.clone()), trouble })
    }

    /// A connection of its own for a command that blocks: a command behind a blocking one would wait for it.
    ///
    /// # Errors
    /// [`StoreError`] only if the client cannot be built at all.
    pub fn connect_blocking(settings: &Settings, longest_block: Duration) -> Result<Client, StoreError> {
        let client = build(settings.config.clone(), longest_block + COMMAND_TIMEOUT)?;
        keep_connected(&client);
        Ok(client)
    }

    /// The names of the keys.
    #[must_use]
    pub fn names(&self) -> &KeyNames {
        &self.names
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
    /// [`StoreError`]. Two are none, since nothing ran: NOSCRIPT (the script is loaded and sent once more) and a slot
    /// that is on another node of the Cluster by now.
    pub async fn run(&self, script: &Script, keys: Vec<String>, args: Vec<Value>) -> Result<Value, StoreError> {
        self.ensure_connected()?;
        let mut sent = 0;
        loop {
            match self.send(script, keys.clone(), args.clone()).await {
                // The client has asked the Cluster where its slots are, and now knows better.
                Err(error) if is_elsewhere(&error) && sent < MAX_REDIRECTIONS => sent += 1,
                answer => return Ok(answer?),
            }
        }
    }

    async fn send(
        &self,
        script: &Script,
        keys: Vec<String>,
        args: Vec<Value>,
    ) -> Result<Value, fred::error::Error> {
        match self.client.evalsha::<Value, _, _, _>(script.sha(), keys.clone(), args.clone()).await {
            Err(error) if error.details().starts_with("NOSCRIPT") => {
                self.client.eval::<Value, _, _, _>(script.text, keys, args).await
            }
            answer => answer,
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
        // It would follow a slot to its new node with an attempt more, and after ASK, with none left, ends for good.
        max_redirections: 0,
        // A server that was a primary and is none any more keeps its connections open.
        reconnect_errors: vec![
            ReconnectError::ClusterDown,
            ReconnectError::Loading,
            ReconnectError::MasterDown,
            ReconnectError::ReadOnly,
        ],
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

/// Connects, and again should the client's task end: some errors of a Cluster, and a server that is not what the URL
/// says, end it for good.
fn keep_connected(client: &Client) {
    let client = client.clone();
    tokio::spawn(async move {
        loop {
            let _ = client.connect().await;
            tokio::time::sleep(REVIVE_PAUSE).await;
        }
    });
}
