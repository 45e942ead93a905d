//! PostgreSQL: one server for all tests, and servers of one's own for tests that take theirs down.

use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;
use tempfile::TempDir;

use super::shared::Recipe;
use crate::port::Port;
use crate::process::{self, Process, change_user};
use crate::{eventually, programs};

pub(super) fn recipe() -> Recipe {
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients.
    Recipe { name: "postgres", user: user(), signal: "INT", prepare }
}

/// Root may not run it, so root runs it as the user that its package made.
fn user() -> Option<(u32, u32)> {
    programs::is_root().then(|| programs::user("postgres").expect("the package of PostgreSQL adds its user"))
}

fn prepare(folder: &Path, port: u16) -> Command {
    let data = folder.join("data");
    let mut initdb = Command::new("setpriv");
    initdb
        .args(change_user(user()))
        .arg("--inh-caps=-all")
        .arg("--")
        .arg(programs::foreign("initdb"))
        .args(["--no-sync", "--no-locale", "--encoding=UTF8", "--auth=trust", "--username=rekey", "--pgdata"])
        .arg(&data)
        .current_dir("/");
    let ran = process::run(&initdb, b"");
    assert!(ran.success, "initdb failed: {}", ran.stderr);
    let mut server = Command::new(programs::foreign("postgres"));
    server.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
    for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB"] {
        server.args(["-c", setting]);
    }
    // Each line names its database: a test reads those of its own.
    server.args(["-c", "max_connections=300", "-c", "log_line_prefix=%m [%d] "]);
    server
}

/// Where the databases of a server are.
pub(super) fn url(port: u16, database: &str) -> String {
    format!("postgres://rekey@127.0.0.1:{port}/{database}")
}

/// A server of one's own, which can be taken down.
#[derive(Debug)]
pub struct Postgres {
    folder: TempDir,
    port: Port,
    process: Option<Process>,
}

impl Postgres {
    /// Prepares one that does not run yet.
    ///
    /// # Panics
    /// If PostgreSQL is not installed.
    #[must_use]
    pub fn prepared() -> Self {
        let folder = tempfile::Builder::new().prefix("rekey-e2e-postgres-").tempdir().expect("folders can be made");
        programs::give(folder.path(), user());
        let port = Port::free();
        // The command is built again at each start; only the folder is kept.
        let _ = prepare(folder.path(), port.number());
        Self { folder, port, process: None }
    }

    /// Starts it, and waits until it takes connections.
    pub async fn start(&mut self) {
        self.start_with(&["fsync=off", "log_statement=all"]).await;
    }

    /// The same with what is written kept as safe as by default, and no statement logged: to be measured.
    pub async fn start_safe(&mut self) {
        self.start_with(&[]).await;
    }

    async fn start_with(&mut self, settings: &[&str]) {
        let mut command = Command::new(programs::foreign("postgres"));
        command.arg("-D").arg(self.folder.path().join("data"));
        command.args(["-p", &self.port.number().to_string(), "-h", "127.0.0.1", "-k", ""]);
        command.args(["-c", "shared_buffers=16MB", "-c", "log_line_prefix=%m [%d] "]);
        command.args(settings.iter().flat_map(|setting| ["-c", setting]));
        command.current_dir("/");
        let log = self.folder.path().join("log");
        self.process = Some(Process::start_as(user(), "postgres", &command, &log).ended_by(Signal::INT));
        let address = self.port.address();
        eventually("PostgreSQL listens", Duration::from_secs(30), async || TcpStream::connect(address).ok().map(drop))
            .await;
        let url = self.url();
        eventually("PostgreSQL takes connections", Duration::from_secs(30), async || {
            sea_orm::Database::connect(&url).await.ok().map(drop)
        })
        .await;
    }

    /// Takes it down; connections to it end.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.stop();
        }
    }

    /// Its database's URL.
    #[must_use]
    pub fn url(&self) -> String {
        url(self.port.number(), "postgres")
    }

    /// What it wrote: every statement that it was sent, too.
    #[must_use]
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.folder.path().join("log")).unwrap_or_default()).into_owned()
    }
}
