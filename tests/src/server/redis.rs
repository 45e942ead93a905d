//! A Redis server of one's own, and several of them that stand in for each other.

mod cluster;
mod monitor;
mod recipe;
mod sentinel;

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

pub use cluster::Cluster;
pub use monitor::Monitor;
pub use recipe::Recipe;
pub use sentinel::Sentinels;

/// A `redis-server` with an append-only file in a folder of its own.
#[derive(Debug)]
pub struct Redis {
    folder: TempDir,
    port: Port,
    recipe: Recipe,
    tls: Option<Port>,
    process: Process,
}

impl Redis {
    /// Starts one and waits until it answers.
    pub async fn start() -> Self {
        Self::by(Recipe::default()).await
    }

    /// Starts one by a recipe and waits until it answers.
    pub async fn by(recipe: Recipe) -> Self {
        let folder =
            tempfile::Builder::new().prefix("rekey-e2e-redis-").tempdir().expect("temporary folders can be made");
        let port = Port::free();
        let tls = recipe.tls.is_some().then(Port::free);
        let process = spawn(&folder, &port, &recipe, tls.as_ref());
        let redis = Self { folder, port, recipe, tls, process };
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
        self.process = spawn(&self.folder, &self.port, &self.recipe, self.tls.as_ref());
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

    /// `redis://…` or `rediss://…`, with whom the recipe lets the programs be.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "rediss" } else { "redis" };
        format!("{scheme}://{}{}/0", self.credentials(), self.programs_address())
    }

    /// Where the programs find it, and its like.
    fn programs_address(&self) -> SocketAddr {
        self.tls.as_ref().map_or(self.address(), Port::address)
    }

    /// The same through something in between that listens at `address`.
    #[must_use]
    pub fn url_at(&self, address: SocketAddr) -> String {
        format!("redis://{}{address}/0", self.credentials())
    }

    fn credentials(&self) -> String {
        match (&self.recipe.login, &self.recipe.password) {
            (Some((user, password)), _) => format!("{user}:{}@", password.expose()),
            (None, Some(password)) => format!(":{}@", password.expose()),
            (None, None) => String::new(),
        }
    }

    /// Who vouches for its certificate, if it has one.
    ///
    /// # Panics
    /// If it speaks no TLS.
    #[must_use]
    pub fn authority(&self) -> &std::path::Path {
        &self.recipe.certificate().expect("it speaks TLS").authority
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

    /// The file that SAVE writes.
    #[must_use]
    pub fn dump_file(&self) -> PathBuf {
        self.folder.path().join("dump.rdb")
    }

    /// A connection.
    ///
    /// # Panics
    /// If nobody listens.
    pub async fn connect(&self) -> Connection {
        self.try_connect().await.expect("Redis listens")
    }

    async fn try_connect(&self) -> std::io::Result<Connection> {
        let mut connection = Connection::open(self.address()).await?;
        if let Some(password) = &self.recipe.password {
            connection.call(&[b"AUTH", password.expose().as_bytes()]).await?;
        }
        Ok(connection)
    }

    /// One command on a connection of its own, its parts as given.
    ///
    /// # Panics
    /// If Redis does not answer, or with an error.
    pub async fn call(&self, command: &[&str]) -> Value {
        let answer = self.try_call(command).await.expect("Redis answers");
        if let Value::Error(error) = &answer {
            panic!("Redis refuses {}: {error}", command[0]);
        }
        answer
    }

    /// The same where nobody may be listening; error replies are values.
    pub async fn try_call(&self, command: &[&str]) -> std::io::Result<Value> {
        let parts: Vec<&[u8]> = command.iter().map(|part| part.as_bytes()).collect();
        self.try_connect().await?.call(&parts).await
    }

    /// A line of INFO, without its name.
    pub async fn info(&self, field: &str) -> String {
        let info = self.call(&["INFO", "everything"]).await.text();
        let line = info.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        line.unwrap_or_default().to_owned()
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
            matches!(self.try_call(&["PING"]).await, Ok(Value::Bytes(_))).then_some(())
        })
        .await;
    }
}

fn spawn(folder: &TempDir, port: &Port, recipe: &Recipe, tls: Option<&Port>) -> Process {
    let mut command = Command::new(programs::foreign("redis-server"));
    command
        .args(["--bind", "127.0.0.1", "--port", &port.number().to_string(), "--save", "", "--appendonly", "yes"])
        .args(["--maxmemory-policy", "noeviction", "--daemonize", "no"])
        .arg("--dir")
        .arg(folder.path());
    if let (Some(port), Some(certificate)) = (tls, recipe.certificate()) {
        command.args(["--tls-port", &port.number().to_string(), "--tls-auth-clients", "no"]);
        command.arg("--tls-cert-file").arg(&certificate.certificate);
        command.arg("--tls-key-file").arg(&certificate.key);
        command.arg("--tls-ca-cert-file").arg(&certificate.authority);
    }
    if let Some(password) = &recipe.password {
        // Its replicas show the same one to whom they follow.
        command.args(["--requirepass", password.expose(), "--masterauth", password.expose()]);
    }
    if let Some(users) = &recipe.users {
        let file = folder.path().join("users.acl");
        std::fs::write(&file, format!("user default on nopass ~* &* +@all\n{users}"))
            .expect("the folder can be written");
        command.arg("--aclfile").arg(file);
    }
    command.args(&recipe.arguments);
    Process::start("redis", &command, &folder.path().join("log"))
}
