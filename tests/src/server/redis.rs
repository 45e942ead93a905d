//! A Redis server of one's own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::eventually;
use crate::port::Port;
use crate::process::Process;
use crate::programs;
use crate::resp::{Connection, Value};

/// A `redis-server` with an append-only file in a folder of its own.
#[derive(Debug)]
pub struct Redis {
    folder: TempDir,
    port: Port,
    process: Process,
}

impl Redis {
    /// Starts one and waits until it answers.
    pub async fn start() -> Self {
        let folder =
            tempfile::Builder::new().prefix("rekey-e2e-redis-").tempdir().expect("temporary folders can be made");
        let port = Port::free();
        let process = spawn(&folder, &port);
        let redis = Self { folder, port, process };
        redis.answers().await;
        redis
    }

    /// Ends it in good order; what it held stays in its folder.
    pub fn stop(&mut self) {
        self.process.stop();
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again on the same port and folder, and waits until it answers.
    pub async fn start_again(&mut self) {
        self.process.kill();
        self.process = spawn(&self.folder, &self.port);
        self.answers().await;
    }

    /// Starts it again with nothing in it.
    pub async fn start_empty(&mut self) {
        self.process.kill();
        std::fs::remove_dir_all(self.folder.path().join("appendonlydir")).expect("the folder can be written");
        self.start_again().await;
    }

    /// The process, to freeze and thaw it.
    #[must_use]
    pub fn process(&self) -> &Process {
        &self.process
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// `redis://…`
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.address())
    }

    /// What it wrote to standard output and error.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.output()
    }

    /// The files that hold its data: AOF and RDB.
    #[must_use]
    pub fn data_files(&self) -> Vec<PathBuf> {
        let folder = self.folder.path().join("appendonlydir");
        std::fs::read_dir(folder).expect("Redis keeps a file").flatten().map(|entry| entry.path()).collect()
    }

    /// A connection.
    ///
    /// # Panics
    /// If nobody listens.
    pub async fn connect(&self) -> Connection {
        Connection::open(self.address()).await.expect("Redis listens")
    }

    /// One command on a connection of its own, its parts as given.
    ///
    /// # Panics
    /// If Redis does not answer, or with an error.
    pub async fn call(&self, command: &[&str]) -> Value {
        let parts: Vec<&[u8]> = command.iter().map(|part| part.as_bytes()).collect();
        let answer = self.connect().await.call(&parts).await.expect("Redis answers");
        if let Value::Error(error) = &answer {
            panic!("Redis refuses {}: {error}", command[0]);
        }
        answer
    }

    /// The names of all keys.
    pub async fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.call(&["KEYS", "*"]).await.list().iter().map(Value::text).collect();
        keys.sort();
        keys
    }

    /// The lines that MONITOR shows from now on.
    pub async fn monitor(&self) -> Monitor {
        let mut connection = self.connect().await;
        connection.call(&[b"MONITOR"]).await.expect("Redis answers");
        let (sender, lines) = tokio::sync::mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Ok(line) = connection.answer().await {
                if sender.send(line.text()).is_err() {
                    return;
                }
            }
        });
        Monitor { lines, task }
    }

    async fn answers(&self) {
        eventually("Redis answers", Duration::from_secs(10), async || {
            let mut connection = Connection::open(self.address()).await.ok()?;
            matches!(connection.call(&[b"PING"]).await, Ok(Value::Bytes(_))).then_some(())
        })
        .await;
    }
}

fn spawn(folder: &TempDir, port: &Port) -> Process {
    let mut command = Command::new(programs::foreign("redis-server"));
    command
        .args(["--bind", "127.0.0.1", "--port", &port.number().to_string(), "--save", "", "--appendonly", "yes"])
        .args(["--maxmemory-policy", "noeviction", "--daemonize", "no"])
        .arg("--dir")
        .arg(folder.path());
    Process::start("redis", &command, &folder.path().join("log"))
}

/// What Redis was asked, line by line.
#[derive(Debug)]
pub struct Monitor {
    lines: tokio::sync::mpsc::UnboundedReceiver<String>,
    task: tokio::task::JoinHandle<()>,
}

impl Monitor {
    /// All lines until now. A command of our own marks where "now" is: it is awaited in the stream.
    pub async fn so_far(&mut self, redis: &Redis) -> Vec<String> {
        let mark = format!("mark-{}", crate::secret::random(16));
        redis.call(&["ECHO", &mark]).await;
        let mut lines = Vec::new();
        while let Some(line) = self.lines.recv().await {
            if line.contains(&mark) {
                break;
            }
            lines.push(line);
        }
        lines
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.task.abort();
    }
}
