//! `request` beside what people would pick instead of a service: the request for a reset of a library in the application.

use std::fs;
use std::path::Path;
use std::process::Command;

use e2e::port::Port;
use e2e::process::{self, Process};
use e2e::secret::random;
use e2e::server::postgres::Postgres;
use e2e::sql::Sql;
use e2e::{Client, Request};

use super::{REPEATS, folder};
use crate::plant::{Plant, eventually_up};
use crate::report::{Line, Unit};
use crate::spread::Spread;
use crate::tools::{self, Calls, Load, Sink};

/// Addresses that may be asked for in one measurement; half of them have accounts.
const ADDRESSES: usize = 60_000;
/// How long each library is asked beforehand. Node's compiler is done with it after some thousand calls.
const WARM_UP: u32 = 20;

/// A library, and how it is served.
#[derive(Clone, Copy)]
struct Library {
    name: &'static str,
    /// Where the setup puts the script that prepares and serves it.
    script: &'static str,
    /// What answers a request for a reset.
    path: &'static str,
    /// What the table says of it.
    how: &'static str,
    /// The table in which a request leaves a row, if the address has an account.
    table: Option<&'static str>,
}

const LIBRARIES: [Library; 2] = [
    Library {
        name: "better-auth",
        script: "better-auth/server.mjs",
        path: "/api/auth/request-password-reset",
        how: "a process for each core, PostgreSQL: a look-up and a row; no mail, no limits",
        table: Some("verification"),
    },
    Library {
        name: "django-allauth headless",
        script: "allauth/project.py",
        path: "/_allauth/app/v1/auth/password/request",
        how: "2 × cores + 1 workers, PostgreSQL: a look-up and the mail's text; no mail, no limits",
        table: None,
    },
];

/// Both, with Rekey between them.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let api = plant.api().await;
    let (database, name) = (database().await, random(8));
    let accounts = folder.path().join("accounts");
    fs::write(&accounts, known(&name).join("\n")).expect("the folder can be written");
    Load::requests(&[api.http()], &name).run(folder.path());
    let mut servers = Vec::new();
    for library in &LIBRARIES {
        let server = Server::start(library, &database.url(), &accounts, folder.path()).await;
        server.load(&name).seconds(WARM_UP).run(folder.path());
        servers.push(server);
    }
    let sql = Sql::connect(&database.url()).await;
    let (mut ours, mut others) = (Vec::new(), LIBRARIES.map(|_| Vec::new()));
    for _ in 0..REPEATS {
        plant.empty().await;
        ours.push(Load::requests(&[api.http()], &name).run(folder.path()).rate());
        for (server, figures) in servers.iter().zip(&mut others) {
            figures.push(server.rate(&name, &sql, folder.path()).await);
        }
    }
    let ours = Spread::of(&ours);
    let line = |(library, figures): (&Library, &Vec<f64>)| {
        let Library { name, how, .. } = library;
        Line::new(format!("`request`, 64 connections, every limit counted, beside {name}"), Unit::PerSecond, ours)
            .beside(format!("{name}, {how}"), Spread::of(figures))
    };
    LIBRARIES.iter().zip(&others).map(line).collect()
}

/// A PostgreSQL that waits for the disk no longer than Redis does: what it acknowledges is there within a second.
async fn database() -> Postgres {
    let mut database = Postgres::prepared();
    database.start_safe().await;
    let sql = Sql::connect(&database.url()).await;
    sql.run("ALTER SYSTEM SET synchronous_commit = off").await;
    // better-auth's pool has ten for each process.
    sql.run("ALTER SYSTEM SET max_connections = 1000").await;
    drop(sql);
    database.stop();
    database.start_safe().await;
    database
}

/// The addresses that have accounts: both threads of wrk, which share the numbers out in turn, ask for as many of them.
fn known(name: &str) -> Vec<String> {
    (0..ADDRESSES).filter(|n| n % 4 < 2).map(|n| tools::address(name, n)).collect()
}

/// A library's server that runs.
struct Server {
    library: &'static Library,
    port: Port,
    _process: Process,
}

impl Server {
    /// Makes its tables and accounts, starts it, and sees that it takes a request.
    async fn start(library: &'static Library, database: &str, accounts: &Path, folder: &Path) -> Self {
        let port = Port::free();
        let command = |task: [&str; 2]| -> Command {
            let mut command = tools::other(library.script);
            command.args(task).env("BENCH_DATABASE", database).env("NODE_ENV", "production");
            command
        };
        let prepared = process::run(&command(["prepare", &accounts.display().to_string()]), b"");
        assert!(prepared.success, "{} cannot be prepared: {}{}", library.name, prepared.stdout, prepared.stderr);
        let serve = command(["serve", &port.number().to_string()]);
        let log = folder.join(format!("{}.log", random(8)));
        let process = Process::start(library.name, &serve, &log);
        eventually_up(library.name, port.address()).await;
        let one = Request::post(library.path, r#"{"email":"nobody@example.com"}"#).header("Host", "reset.example.com");
        let answer = Client::of(port.address()).send(&one).await;
        assert_eq!(answer.status, 200, "{} refuses a request: {}", library.name, process.output());
        Self { library, port, _process: process }
    }

    /// The same requests as Rekey's.
    fn load(&self, name: &str) -> Load {
        Load::requests(&[self.port.number()], name).to(self.library.path)
    }

    /// Requests a second.
    ///
    /// # Panics
    /// If something else was measured than what was meant.
    async fn rate(&self, name: &str, sql: &Sql, folder: &Path) -> f64 {
        let (Library { name: what, table, .. }, load) = (*self.library, self.load(name));
        let Some(table) = table else { return rate(what, load.run(folder)) };
        let count = format!("SELECT COUNT(*) FROM {table}");
        let before = sql.number(&count).await.expect("a count");
        let calls = load.run(folder);
        let written = sql.number(&count).await.expect("a count") - before;
        let known = written as f64 / calls.answers;
        assert!((0.4..0.6).contains(&known), "{what} knew {written} addresses: {calls:?}");
        rate(what, calls)
    }
}

/// Answers a second, if there were addresses enough.
fn rate(what: &str, calls: Calls) -> f64 {
    assert!(calls.answers < ADDRESSES as f64, "{what} was asked for more addresses than were prepared: {calls:?}");
    calls.rate()
}
