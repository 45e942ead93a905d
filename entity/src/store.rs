//! The connection to Redis, and how scripts run on it.

mod connection;
mod memory;
mod settings;

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use connection::{Connection, build, keep_connected};
pub use fred::interfaces::ClientLike;
use fred::{
    clients::Client,
    error::ErrorKind,
    interfaces::{KeysInterface, LuaInterface},
    types::Value,
};
pub use settings::Settings;

use crate::{keys::KeyNames, metrics::RedisMeter};

/// Longest wait for the answer to one command. Scripts take well under a millisecond: past this the server is gone
/// or stalled, and a caller is better told so.
pub const COMMAND_TIMEOUT: Duration = Duration::from_secs(2);

/// Times that a script is sent again after its slot has moved: the second look at the Cluster may be newer.
const MAX_REDIRECTIONS: usize = 2;

/// A connection to Redis that comes back by itself. Clones share it.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Connection>,
    names: Arc<KeyNames>,
    clustered: bool,
    evicting: Arc<memory::Seen>,
    meter: RedisMeter,
}

/// Why Redis did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
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
const CUT_OFF: [&str; 4] = [
    "Too many failed write attempts",
    "Failed to route command",
    "Client is not initialized",
    "Failed to send command",
];

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

/// Answers the clock. KEYS 1 any name that both programs may use: of a Cluster it chooses the node.
static NOW: Script =
    Script::new(concat!("#!lua flags=no-writes,allow-oom\n", include_str!("lua/clock.lua"), "return whole(now)"));

/// Changes the number of shards if it is what the caller believes. KEYS 1 the number; ARGV 1 the old one, 2 the new one.
static CHANGE_SHARDS: Script = Script::new(
    "#!lua\nif redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end\nredis.call('SET', KEYS[1], ARGV[2])\nreturn 1",
);

/// How often a program that runs looks whether the others still agree with it on the number of shards.
pub const AGREE_EVERY: Duration = Duration::from_secs(30);

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
        let meter = RedisMeter::default();
        let connection = Arc::new(Connection::new(settings.config.clone(), meter.connections.clone())?);
        let clustered = settings.config.server.is_clustered();
        Ok(Self { connection, clustered, names: Arc::new(settings.names.clone()), evicting: Arc::default(), meter })
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

    /// The client of the moment, for commands that are no scripts.
    #[must_use]
    pub fn client(&self) -> Client {
        self.connection.client()
    }

    /// Whether Redis answers now.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let answer = self.connected()?.ping::<String>(None).await;
        // Of a Cluster any node may have answered.
        if !self.clustered {
            self.connection.note("", &answer);
        }
        Ok(answer.map(|_| ())?)
    }

    /// Redis' clock, in Unix milliseconds: the one clock that all programs share.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn now(&self) -> Result<i64, StoreError> {
        let now = self.run(&NOW, vec![self.names.shard_count()], vec![]).await?;
        now.as_i64().ok_or_else(|| StoreError::Unexpected("now".into()))
    }

    /// Agrees with the other programs on the number of shards: the first to come writes it down.
    ///
    /// # Errors
    /// [`ShardError::Differs`] if another program said otherwise.
    pub async fn agree_on_shards(&self) -> Result<(), ShardError> {
        let client = self.connected()?;
        let (ours, key) = (self.names.shards(), self.names.shard_count());
        // To look first lets a program start on a full Redis, which refuses SET even where it would change nothing.
        let mut said: Option<u16> = client.get(&key).await.map_err(StoreError::from)?;
        if said.is_none() {
            let only_if_new = Some(fred::types::SetOptions::NX);
            let _: Value = client.set(&key, ours, None, only_if_new, false).await.map_err(StoreError::from)?;
            said = client.get(&key).await.map_err(StoreError::from)?;
        }
        match said {
            Some(theirs) if theirs != ours => Err(ShardError::Differs { ours, theirs }),
            Some(_) => Ok(()),
            None => Err(StoreError::Unexpected("the number of shards is gone".into()).into()),
        }
    }

    /// Makes other programs agree on another number of shards, 1 to 256, from now on: those that run with the old one
    /// find out within [`AGREE_EVERY`], and end. It is not looked at what is in the shards.
    ///
    /// # Errors
    /// [`ShardError`] if Redis has another number than `old`, or does not answer: then the number may have changed.
    pub async fn change_shards(&self, old: u16, new: u16) -> Result<(), ShardError> {
        let args = vec![old.into(), new.into()];
        let changed = self.run(&CHANGE_SHARDS, vec![self.names.shard_count()], args).await?;
        if changed.as_i64() == Some(1) {
            return Ok(());
        }
        self.agree_on_shards().await?;
        Err(StoreError::Unexpected("the number of shards changed meanwhile".into()).into())
    }

    /// Runs a script. The answer of a lost connection is unknown: only idempotent scripts may be sent again.
    ///
    /// # Errors
    /// [`StoreError`]. Two are none, since nothing ran: NOSCRIPT (the script is loaded and sent once more) and a slot
    /// that is on another node of the Cluster by now.
    pub async fn run(&self, script: &Script, keys: Vec<String>, args: Vec<Value>) -> Result<Value, StoreError> {
        self.run_now(script, keys, args).await.inspect_err(|_| {
            self.meter.failures.inc();
        })
    }

    async fn run_now(&self, script: &Script, keys: Vec<String>, args: Vec<Value>) -> Result<Value, StoreError> {
        let part = self.part(&keys);
        let mut sent = 0;
        loop {
            let answer = send(&self.connected()?, script, &keys, &args).await;
            if let Some(part) = &part {
                self.connection.note(part, &answer);
            }
            match answer {
                // The client has asked the Cluster where its slots are, and now knows better.
                Err(error) if is_elsewhere(&error) && sent < MAX_REDIRECTIONS => sent += 1,
                answer => return Ok(answer?),
            }
        }
    }

    /// What names the server of these keys: all lie on one, or each shard on one of its own. The buckets of clients are
    /// too many to be watched; their neighbours are.
    fn part(&self, keys: &[String]) -> Option<String> {
        if !self.clustered {
            return Some(String::new());
        }
        let is_shard = |tag: &&str| tag.rsplit(':').next().is_some_and(|shard| shard.parse::<u16>().is_ok());
        keys.first().and_then(|key| tag(key)).filter(is_shard).map(str::to_owned)
    }

    fn connected(&self) -> Result<Client, StoreError> {
        self.connection.connected().map_err(StoreError::Unavailable)
    }
}

/// The part of a key's name that chooses its slot.
fn tag(key: &str) -> Option<&str> {
    key.strip_prefix('{')?.split('}').next()
}

/// The client's futures have some 7 KiB each. Boxed here, they are not part of every future that waits for a script, and
/// are not moved about with those.
async fn send(client: &Client, script: &Script, keys: &[String], args: &[Value]) -> Result<Value, fred::error::Error> {
    match Box::pin(client.evalsha::<Value, _, _, _>(script.sha(), keys.to_vec(), args.to_vec())).await {
        Err(error) if error.details().starts_with("NOSCRIPT") => {
            Box::pin(client.eval::<Value, _, _, _>(script.text, keys.to_vec(), args.to_vec())).await
        }
        answer => answer,
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
