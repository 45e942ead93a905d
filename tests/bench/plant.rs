//! What is measured: the programs as people run them, on real servers.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use e2e::port::Port;
use e2e::process::Process;
use e2e::{Client, Kind, Request, Secret, System, eventually};
use tokio::net::TcpStream;

use crate::tools;

/// In which all settings are as by default, but for those that one client's load would be refused by.
pub const SETTINGS: &[(&str, &str)] = &[
    ("REKEY_MODE", "production"),
    ("REKEY_HTTP_PUBLIC_URL", "https://reset.example.com"),
    ("REKEY_LOG_FILTER", "info"),
    // All limits are on and counted; these are wide, because one client asks for all.
    ("REKEY_LIMITS_CLIENT_REQUESTS_PER_HOUR", "3600000"),
    ("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "3600000"),
    ("REKEY_LIMITS_CLIENT_VERIFIES_PER_HOUR", "3600000"),
    ("REKEY_LIMITS_CLIENT_CONFIRMS_PER_HOUR", "3600000"),
    ("REKEY_LIMITS_RESEND_AFTER", "60s"),
    ("REKEY_LIMITS_BACKLOG", "4000000"),
];

/// A program that runs.
pub struct Running {
    /// Its process.
    pub process: Process,
    http: Port,
    internal: Port,
}

impl Running {
    /// The port of its public listener.
    pub fn http(&self) -> u16 {
        self.http.number()
    }
}

/// Redis, a database with its tables, and the programs that are started on them.
pub struct Plant {
    /// The servers.
    pub system: System,
}

impl Plant {
    /// Starts the servers; no program runs yet. `smtp` is where mails go, `more` are further settings.
    pub async fn new(kind: Kind, database: Option<String>, smtp: SocketAddr, more: &[(&str, &str)]) -> Self {
        let mut builder = System::builder().database(kind).without_api().without_worker().without_smtp();
        if let Some(url) = database {
            builder = builder.database_at(kind, url);
        }
        builder = builder.env("REKEY_SMTP_URL", &format!("smtp://{smtp}"));
        for (name, value) in SETTINGS.iter().chain(more) {
            builder = builder.env(name, value);
        }
        Self { system: builder.start().await }
    }

    /// On SQLite, with mails to `smtp`.
    pub async fn on_sqlite(smtp: SocketAddr) -> Self {
        Self::new(Kind::Sqlite, None, smtp, &[]).await
    }

    /// Its folder of files.
    pub fn folder(&self) -> &Path {
        self.system.folder()
    }

    /// Where Redis is.
    pub fn redis(&self) -> SocketAddr {
        self.system.redis.address()
    }

    /// Starts an API and waits until it is ready.
    pub async fn api(&self) -> Running {
        self.start("rekey-api", &[]).await.0
    }

    /// Starts a worker and waits until it is ready.
    pub async fn worker(&self, env: &[(&str, &str)]) -> Running {
        self.start("rekey-worker", env).await.0
    }

    /// Starts one of the two programs, and tells how long it took until it was ready.
    ///
    /// # Panics
    /// If it is not ready within half a minute.
    pub async fn start(&self, program: &str, env: &[(&str, &str)]) -> (Running, Duration) {
        let (http, internal) = (Port::free(), Port::free());
        let (listen, inside) = (http.address().to_string(), internal.address().to_string());
        let mut all = vec![
            ("REKEY_HTTP_LISTEN", listen.as_str()),
            ("REKEY_HTTP_INTERNAL_LISTEN", &inside),
            ("REKEY_WORKER_INTERNAL_LISTEN", &inside),
        ];
        all.extend(env);
        let began = Instant::now();
        let process = self.system.spawn_with(program, &all);
        let mut running = Running { process, http, internal };
        let client = Client::of(running.internal.address());
        let end = began + Duration::from_secs(30);
        loop {
            let answer = client.try_send(&Request::new("GET", "/readyz")).await;
            if answer.is_ok_and(|answer| answer.status == 200) {
                return (running, began.elapsed());
            }
            assert!(running.process.runs(), "{program} ended: {}", running.process.output());
            assert!(Instant::now() < end, "{program} is not ready");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Forgets everything in Redis, but for the scripts.
    pub async fn empty(&self) {
        self.system.redis.call(&["FLUSHALL", "SYNC"]).await;
    }

    /// Adds accounts for the first `count` of the addresses that begin with `name`.
    pub async fn accounts(&self, name: &str, count: usize) {
        let sql = self.system.sql().await;
        let numbers: Vec<usize> = (0..count).collect();
        for chunk in numbers.chunks(500) {
            let row = |n: &usize| format!("('{}', 0, 0)", tools::address(name, *n));
            let rows: Vec<String> = chunk.iter().map(row).collect();
            sql.run(&format!("INSERT INTO account (email, session_epoch, created_at) VALUES {}", rows.join(", ")))
                .await;
        }
    }

    /// Jobs that wait or run.
    pub async fn open_jobs(&self) -> usize {
        let mut connection = self.system.redis.connect().await;
        open(&mut connection).await
    }

    /// Waits until `jobs` or less are left, and tells when that was.
    ///
    /// # Panics
    /// If it takes more than two minutes.
    pub async fn left(&self, jobs: usize) -> Instant {
        let mut connection = self.system.redis.connect().await;
        let end = Instant::now() + Duration::from_secs(120);
        while open(&mut connection).await > jobs {
            assert!(Instant::now() < end, "jobs are left");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Instant::now()
    }
}

async fn open(connection: &mut e2e::resp::Connection) -> usize {
    let mut count = 0;
    for (command, key) in [("LLEN", "{rekey:0}:ready"), ("HLEN", "{rekey:0}:held")] {
        let answer = connection.call(&[command.as_bytes(), key.as_bytes()]).await.expect("Redis answers");
        count += usize::try_from(answer.int()).expect("a count");
    }
    count
}

/// Waits until somebody listens.
pub async fn eventually_up(what: &str, address: SocketAddr) {
    let listens = async || TcpStream::connect(address).await.ok().map(drop);
    eventually(what, Duration::from_secs(10), listens).await;
}

/// A password that the rules let pass.
pub fn password(number: usize) -> Secret {
    Secret::new(format!("harbour violet {number} quietly unpacks"))
}
