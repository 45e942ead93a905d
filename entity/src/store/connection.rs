//! The client of the moment, which is given up for a new one when its server falls silent.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use fred::{
    clients::Client,
    error::{Error, ErrorKind},
    interfaces::{ClientLike, EventInterface},
    types::{
        Builder, ConnectHandle,
        config::{
            Config, ConnectionConfig, PerformanceConfig, ReconnectError, ReconnectPolicy, TcpConfig, UnresponsiveConfig,
        },
    },
};
use prometheus_client::metrics::counter::Counter;
use tokio::task::JoinHandle;

use super::COMMAND_TIMEOUT;

/// Commands that may wait for the connection; past that callers are told that Redis is not available.
const COMMAND_BUFFER: usize = 10_000;

/// Between the end of the client's task and its next begin. It ends if the first servers that it meets are not what the
/// URL says, such as no Cluster; by itself it would not try again.
const REVIVE_PAUSE: Duration = Duration::from_secs(1);

/// Without an answer for so long, and with commands that are due one, a connection is given up.
const SILENCE: Duration = COMMAND_TIMEOUT.saturating_mul(2);

/// Without a connection for so long, one is sought by the URL once more. The client itself asks only whom it knew last:
/// Sentinels that have other addresses by now, say. One attempt takes four seconds at most.
const LOST: Duration = COMMAND_TIMEOUT.saturating_mul(2).saturating_add(Duration::from_secs(1));

/// A connection that comes back by itself, whatever became of it.
pub(super) struct Connection {
    config: Config,
    open: RwLock<Open>,
    /// Where commands were not answered, since when; an answer ends it. The client itself notices a half-open link only
    /// while nobody uses it: each write begins its count anew.
    silent: Mutex<HashMap<String, Instant>>,
    /// Since when there has been no connection, as far as anybody asked.
    lost: Mutex<Option<Instant>>,
    /// What the connection last failed of: a wrong password, say.
    trouble: Arc<Mutex<String>>,
    /// Counts each connection that was made, to each server.
    connections: Counter,
}

impl Connection {
    /// Connects in the background.
    pub(super) fn new(config: Config, connections: Counter) -> Result<Self, Error> {
        let trouble = Arc::new(Mutex::new("not connected".to_owned()));
        let open = RwLock::new(Open::new(&config, &trouble, &connections)?);
        Ok(Self { config, open, silent: Mutex::default(), lost: Mutex::default(), trouble, connections })
    }

    /// The client of the moment.
    pub(super) fn client(&self) -> Client {
        self.open.read().unwrap_or_else(PoisonError::into_inner).client.clone()
    }

    /// The client of the moment, if it is connected; else why it is not.
    pub(super) fn connected(&self) -> Result<Client, String> {
        let client = self.client();
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if client.is_connected() {
            *lost = None;
            return Ok(client);
        }
        let now = Instant::now();
        if now - *lost.get_or_insert(now) >= LOST {
            *lost = Some(now);
            self.renew();
        }
        Err(self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Takes note of what became of a command to a part of the keyspace, which one server has.
    pub(super) fn note<T>(&self, part: &str, answer: &Result<T, Error>) {
        let is_silent = matches!(answer, Err(error) if *error.kind() == ErrorKind::Timeout);
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_silent {
            if !silent.is_empty() {
                silent.remove(part);
            }
            return;
        }
        let now = Instant::now();
        // This one was sent when its time began.
        let since = *silent.entry(part.to_owned()).or_insert(now - COMMAND_TIMEOUT);
        if now - since >= SILENCE {
            silent.clear();
            drop(silent);
            tracing::warn!(seconds = SILENCE.as_secs(), "Redis is silent: connecting anew");
            *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = "silent, connecting anew".to_owned();
            self.renew();
        }
    }

    /// A Cluster's client keeps its connections when it is told to connect again, so it is replaced as a whole.
    fn renew(&self) {
        if let Ok(open) = Open::new(&self.config, &self.trouble, &self.connections) {
            *self.open.write().unwrap_or_else(PoisonError::into_inner) = open;
        }
    }
}

/// A client and the task that keeps it connected; both end together.
struct Open {
    client: Client,
    task: JoinHandle<()>,
}

impl Open {
    fn new(config: &Config, trouble: &Arc<Mutex<String>>, connections: &Counter) -> Result<Self, Error> {
        let client = build(config.clone(), COMMAND_TIMEOUT)?;
        let noted = Arc::clone(trouble);
        client.on_error(move |(error, _)| {
            let text = format!("not connected: {}", error.details());
            *noted.lock().unwrap_or_else(PoisonError::into_inner) = text;
            async { Ok(()) }
        });
        let connections = connections.clone();
        // The client tells of the first connection as well.
        client.on_reconnect(move |_| {
            connections.inc();
            async { Ok(()) }
        });
        let task = keep_connected(&client);
        Ok(Self { client, task })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Connects, and again should the client's task end: some errors of a Cluster, and a server that is not what the URL
/// says, end it for good.
pub(super) fn keep_connected(client: &Client) -> JoinHandle<()> {
    let client = client.clone();
    tokio::spawn(async move {
        loop {
            let mut task = Ending(client.connect());
            let _ = (&mut task.0).await;
            tokio::time::sleep(REVIVE_PAUSE).await;
        }
    })
}

/// A task of the client that ends, with its connections, when nobody waits for it any more.
struct Ending(ConnectHandle);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A client whose commands fail after `timeout`; it is not connected yet.
pub(super) fn build(mut config: Config, timeout: Duration) -> Result<Client, Error> {
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
    Builder::from_config(config)
        .with_connection_config(|settings| *settings = connection)
        .with_performance_config(|settings: &mut PerformanceConfig| settings.default_command_timeout = timeout)
        .set_policy(ReconnectPolicy::new_exponential(0, 50, 1_000, 2))
        .build()
}
