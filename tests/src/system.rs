//! The whole system: both programs, Redis, a database and a mail server, on ports and in folders of a test's own.

mod builder;
mod calls;
mod load;
mod logs;
mod queue;
mod trails;

use std::process::Command;

use tempfile::TempDir;

pub use builder::Builder;
pub use calls::wrong;
pub use load::{Asked, Load};
pub use queue::READY;

use crate::port::Port;
use crate::process::{self, Process, Ran};
use crate::programs;
use crate::server::database::{Database, Kind};
use crate::server::redis::Redis;
use crate::server::smtp::Smtp;
use crate::sql::Sql;
use crate::{Client, Request, Secret, eventually};

/// How long a program may take to get ready, on a machine that does much else at the same time.
const UP_WITHIN: std::time::Duration = std::time::Duration::from_secs(30);

/// A running system. What it started ends with it; if the test failed, it prints what every part wrote.
#[derive(Debug)]
pub struct System {
    /// The Redis server.
    pub redis: Redis,
    /// The mail server.
    pub smtp: Smtp,
    database: Database,
    kind: Kind,
    env: Vec<(String, String)>,
    http: Port,
    internal: Port,
    worker_internal: Port,
    api: Option<Process>,
    worker: Option<Process>,
    folder: TempDir,
}

impl System {
    /// Starts to describe one.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The kind of its database.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// A caller of the public listener, from 127.0.0.1.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::of(self.http.address())
    }

    /// A caller of the API's internal listener.
    #[must_use]
    pub fn internal(&self) -> Client {
        Client::of(self.internal.address())
    }

    /// A caller of the worker's internal listener.
    #[must_use]
    pub fn worker_internal(&self) -> Client {
        Client::of(self.worker_internal.address())
    }

    /// Where users reach it.
    #[must_use]
    pub fn public_url(&self) -> String {
        format!("http://{}", self.http.address())
    }

    /// The database from outside.
    pub async fn sql(&self) -> Sql {
        Sql::connect(self.database.url()).await
    }

    /// The folder of files: SQLite's, and the logs of both programs.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs `rekey-api` or `rekey-worker` to its end with this system's settings.
    ///
    /// # Panics
    /// If it is not built.
    #[must_use]
    pub fn run(&self, program: &str, arguments: &[&str], input: &[u8]) -> Ran {
        process::run(&self.command(program, arguments), input)
    }

    /// Adds an account by `rekey-api account add`.
    ///
    /// # Panics
    /// If that fails.
    pub fn add_account(&self, email: &str, password: &Secret) {
        let ran = self.run("rekey-api", &["account", "add", email], password.expose().as_bytes());
        assert!(ran.success, "an account could not be added: {}", ran.stderr);
    }

    /// Whether `rekey-api account verify` says that this is the account's password.
    #[must_use]
    pub fn verify_account(&self, email: &str, password: &Secret) -> bool {
        self.run("rekey-api", &["account", "verify", email], password.expose().as_bytes()).success
    }

    /// Starts the API; it is waited for until it is ready if `ready`, else until it answers at all.
    ///
    /// # Panics
    /// If it does not come up.
    pub async fn start_api(&mut self, ready: bool) {
        self.api = Some(self.spawn("rekey-api", &["serve"]));
        let internal = self.internal();
        let path = if ready { "/readyz" } else { "/healthz" };
        Self::up(&mut self.api, internal, path).await;
    }

    /// The same for the worker.
    ///
    /// # Panics
    /// If it does not come up.
    pub async fn start_worker(&mut self, ready: bool) {
        self.worker = Some(self.spawn("rekey-worker", &["run"]));
        let internal = self.worker_internal();
        let path = if ready { "/readyz" } else { "/healthz" };
        Self::up(&mut self.worker, internal, path).await;
    }

    async fn up(process: &mut Option<Process>, internal: Client, path: &str) {
        let process = process.as_mut().expect("it was started just now");
        eventually("the program is up", UP_WITHIN, async || {
            assert!(process.runs(), "the program ended instead of serving");
            let answer = internal.try_send(&Request::new("GET", path)).await.ok()?;
            (answer.status == 200).then_some(())
        })
        .await;
    }

    /// The API's process.
    ///
    /// # Panics
    /// If it was not started.
    pub fn api(&mut self) -> &mut Process {
        self.api.as_mut().expect("the API was started")
    }

    /// The worker's process.
    ///
    /// # Panics
    /// If it was not started.
    pub fn worker(&mut self) -> &mut Process {
        self.worker.as_mut().expect("the worker was started")
    }

    fn spawn(&self, program: &str, arguments: &[&str]) -> Process {
        Process::start(program, &self.command(program, arguments), &self.log_of(program))
    }

    /// The value of a variable of both programs.
    ///
    /// # Panics
    /// If it is not set.
    #[must_use]
    pub fn setting(&self, name: &str) -> &str {
        &self.env.iter().rev().find(|(known, _)| known == name).expect("the variable is set").1
    }

    /// Sets a variable for what is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// Starts a program with further variables, apart from the system's own ones.
    ///
    /// # Panics
    /// If it is not built.
    #[must_use]
    pub fn spawn_with(&self, program: &str, env: &[(&str, &str)]) -> Process {
        let arguments: &[&str] = if program == "rekey-api" { &["serve"] } else { &["run"] };
        let mut command = self.command(program, arguments);
        command.envs(env.iter().copied());
        let log = self.folder.path().join(format!("{program}-{}.log", crate::secret::random(8)));
        Process::start(program, &command, &log)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(programs::own(program));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }
}
