//! Mails a second, beside Postfix's own generator and beside the mail library's pool, to the same server.

use std::fs;
use std::path::{Path, PathBuf};

use e2e::secret::random;

use super::{REPEATS, folder};
use crate::inbox::Inbox;
use crate::plant::{Plant, Running};
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Load, Sink};

/// Of accounts that ask: so many mails in each repetition, at most.
const MAILS: usize = 4_000;
const CONNECTIONS: [usize; 4] = [1, 4, 16, 64];

/// At each number of connections.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let mail = sample(folder.path()).await;
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let api = plant.api().await;
    let askers = Askers::new(&plant, MAILS).await;
    let mut lines = Vec::new();
    for connections in CONNECTIONS {
        let (mut ours, mut limit, mut pool) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..REPEATS {
            ours.push(askers.mails_a_second(&plant, &api, 1, connections).await);
            limit.push(sink.source(&mail, connections, MAILS));
            if connections == 16 {
                pool.push(library(&sink, &mail, connections));
            }
        }
        let ours = Spread::of(&ours);
        let plural = if connections == 1 { "" } else { "s" };
        let line = Line::new(format!("mails through {connections} connection{plural}"), Unit::PerSecond, ours)
            .beside("`smtp-source` with the same mail, to the same `smtp-sink`", Spread::of(&limit));
        lines.push(if connections == 16 { line.target(Target::RatioAtLeast(0.7)) } else { line });
        if !pool.is_empty() {
            lines.push(
                Line::new("the same, beside the mail library", Unit::PerSecond, ours)
                    .beside("lettre's pool with the same mail, finished beforehand", Spread::of(&pool)),
            );
        }
    }
    lines
}

/// What the mail library's pool does with a mail that is finished.
fn library(sink: &Sink, mail: &Path, connections: usize) -> f64 {
    let arguments = [
        ("file", mail.display().to_string()),
        ("smtp", sink.address().to_string()),
        ("connections", connections.to_string()),
        ("mails", "400".to_owned()),
    ];
    tools::figure(&tools::bare("mails", &arguments))
}

/// A mail of Rekey's, in a file.
async fn sample(folder: &Path) -> PathBuf {
    let inbox = Inbox::start().await;
    let plant = Plant::on_sqlite(inbox.address()).await;
    let (api, _worker) = (plant.api().await, plant.worker(&[]).await);
    let name = random(8);
    plant.accounts(&name, 1).await;
    // wrk lets the last calls go out and waits for no answer, so some more are asked for.
    Load::requests(&[api.http()], &name).at_most(8).connections(1).seconds(1).run(folder);
    plant.left(0).await;
    let (file, bytes) = (folder.join("mail"), inbox.sample());
    assert!(!bytes.is_empty(), "a mail came");
    fs::write(&file, bytes).expect("the folder can be written");
    file
}

/// Accounts that ask for resets.
pub struct Askers {
    name: String,
    count: usize,
}

impl Askers {
    /// Makes them.
    pub async fn new(plant: &Plant, count: usize) -> Self {
        let name = random(8);
        plant.accounts(&name, count).await;
        Self { name, count }
    }

    /// Has all of them ask while no worker runs; tells how many jobs wait then.
    pub async fn ask(&self, plant: &Plant, api: &Running) -> usize {
        plant.empty().await;
        let load = Load::requests(&[api.http()], &self.name).at_most(self.count);
        let calls = load.run(plant.folder());
        assert!(calls.refused == 0.0, "requests were refused: {calls:?}");
        plant.open_jobs().await
    }

    /// Has all of them ask, and then measures how fast so many workers mail them, each with so many connections.
    pub async fn mails_a_second(&self, plant: &Plant, api: &Running, workers: usize, connections: usize) -> f64 {
        let jobs = self.ask(plant, api).await;
        let (connections, concurrency) = (connections.to_string(), (2 * connections).clamp(16, 64).to_string());
        let env = [("REKEY_SMTP_CONNECTIONS", connections.as_str()), ("REKEY_WORKER_CONCURRENCY", &concurrency)];
        let running = (0..workers).map(|_| plant.worker(&env));
        let mut workers = Vec::new();
        for worker in running {
            workers.push(worker.await);
        }
        // They have begun by now. The last ones are left out: not every connection has work then.
        let (first, from) = (plant.open_jobs().await, std::time::Instant::now());
        assert!(first > jobs / 2, "the mails are gone before they could be measured: {first} of {jobs} are left");
        let until = plant.left(jobs / 50).await;
        let left = plant.open_jobs().await;
        (first - left.min(jobs / 50)) as f64 / (until - from).as_secs_f64()
    }
}
