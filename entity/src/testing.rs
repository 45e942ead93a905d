//! A Redis of one's own, for tests: started on a free port in a temporary folder, stopped by its own process id.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    settings::Source,
    store::{ClientLike as _, Settings, Store},
};

/// A `redis-server` that lives as long as this value.
pub struct Redis {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Redis {
    /// Starts one, with further arguments such as `--maxmemory 3mb`.
    ///
    /// # Panics
    /// If `redis-server` is not installed or does not start within ten seconds.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for _ in 0..20 {
            // Another process may take the port between this and the server's start: then the next one is tried.
            let port =
                TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
            let mut process = Command::new("redis-server")
                .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
                .args(arguments)
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn()
                .expect("redis-server is installed");
            let started = Instant::now();
            while started.elapsed() < Duration::from_secs(10) {
                if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
                    && process.try_wait().ok().flatten().is_none()
                {
                    return Self { process, port, _folder: folder };
                }
                if process.try_wait().ok().flatten().is_some() {
                    break;
                }
                std::thread::yield_now();
            }
            let _ = process.kill();
            let _ = process.wait();
        }
        panic!("redis-server does not start");
    }

    /// Settings that lead to it, for tests that open connections of their own.
    ///
    /// # Panics
    /// Never: the settings are constant.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let url = format!("redis://127.0.0.1:{}/0", self.port);
        let source = Source::from_parts(None, [("REKEY_REDIS_URL".to_owned(), Some(url))]).expect("a known name");
        Settings::read(&source).expect("a valid URL")
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
