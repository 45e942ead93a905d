//! A Redis of one's own, for unit tests of all crates: started on a free port in a temporary folder, stopped by its own
//! process id. The journeys have servers of their own kind, for they share no code with what they test.

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    settings::Source,
    store::{ClientLike as _, Settings, Store},
};

/// Longest wait for a server's start.
const START: Duration = Duration::from_secs(10);

/// A `redis-server` that lives as long as this value.
pub struct Redis {
    process: Child,
    port: u16,
    arguments: Vec<String>,
    folder: tempfile::TempDir,
}

impl Redis {
    /// Starts one that keeps nothing on disk, with further arguments such as `--maxmemory 3mb`.
    ///
    /// # Panics
    /// If `redis-server` is not installed or does not start within ten seconds.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawn(["--appendonly", "no"].iter().chain(arguments).map(|word| (*word).to_owned()).collect())
    }

    /// Starts one that writes down each command before it answers, to be [killed](Self::kill) and
    /// [started again](Self::start_again).
    ///
    /// # Panics
    /// As [`Self::start`].
    #[must_use]
    pub fn start_durable() -> Self {
        Self::spawn(["--appendonly", "yes", "--appendfsync", "always"].map(str::to_owned).into())
    }

    fn spawn(arguments: Vec<String>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for _ in 0..20 {
            // Another process may take the port between this and the server's start: then the next one is tried.
            let port =
                TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
            if let Some(process) = run(port, &arguments, &folder) {
                return Self { process, port, arguments, folder };
            }
        }
        panic!("redis-server does not start");
    }

    /// Kills it, as a power cut would.
    ///
    /// # Panics
    /// Never: it is our child.
    pub fn kill(&mut self) {
        self.process.kill().expect("a child can be killed");
        self.process.wait().expect("a child can be waited for");
    }

    /// Starts it again on the same port and with what it wrote down, after it was killed.
    ///
    /// # Panics
    /// If it does not start within ten seconds.
    pub fn start_again(&mut self) {
        self.process = run(self.port, &self.arguments, &self.folder).expect("redis-server starts again");
    }

    /// Settings that lead to it, for tests that open connections of their own.
    ///
    /// # Panics
    /// Never: the settings are constant.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings_with_shards(1)
    }

    /// The same with another number of shards, 1 to 256.
    ///
    /// # Panics
    /// If there cannot be so many.
    #[must_use]
    pub fn settings_with_shards(&self, shards: u16) -> Settings {
        let url = ("REKEY_REDIS_URL".to_owned(), Some(format!("redis://127.0.0.1:{}/0", self.port)));
        let shards = ("REKEY_REDIS_SHARDS".to_owned(), Some(shards.to_string()));
        let source = Source::from_parts(None, [url, shards]).expect("known names");
        Settings::read(&source).expect("a valid URL and number")
    }

    /// A connection to it.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn store(&self) -> Store {
        let store = Store::connect(&self.settings()).expect("a client");
        store.client().wait_for_connect().await.expect("a connection");
        store
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits until it listens; nothing if it ends instead.
fn run(port: u16, arguments: &[String], folder: &tempfile::TempDir) -> Option<Child> {
    let mut process = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", ""])
        .args(arguments)
        .arg("--dir")
        .arg(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is installed");
    let started = Instant::now();
    while started.elapsed() < START {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() && process.try_wait().ok().flatten().is_none() {
            return Some(process);
        }
        if process.try_wait().ok().flatten().is_some() {
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = process.kill();
    let _ = process.wait();
    None
}
