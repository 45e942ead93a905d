//! Memory of both programs, at rest and at most under load.

use std::fs;
use std::time::Duration;

use super::mails::Askers;
use super::{REPEATS, cores, folder, supply};
use crate::inbox::Inbox;
use crate::plant::{Plant, Running};
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{Load, Sink};

/// What one hash takes, and what all calls together may take beside, in MiB: DESIGN's bound.
const HASH_MIB: f64 = 19.0;
const BESIDE_MIB: f64 = 10.0;

/// Of the API, then of the worker.
pub async fn run() -> Vec<Line> {
    let mut lines = api().await;
    lines.extend(worker().await);
    lines
}

async fn api() -> Vec<Line> {
    let folder = folder();
    let inbox = Inbox::start().await;
    let plant = Plant::on_sqlite(inbox.address()).await;
    let (mut rest, mut shared, mut requests, mut confirms) = (vec![], vec![], vec![], vec![]);
    for _ in 0..REPEATS {
        let api = plant.api().await;
        let (resident, proportional) = at_rest(&api).await;
        rest.push(resident);
        shared.push(proportional);
        Load::requests(&[api.http()], &e2e::secret::random(8)).run(folder.path()).rate();
        requests.push(peak(&api));
        drop(api);
        plant.empty().await;

        // Its own process: the most is that of all its life.
        let supplier = plant.api().await;
        let codes = supply::codes(&plant, &supplier, &inbox, 600 + 400 * cores()).await;
        let bodies = supply::list(folder.path(), &supply::tokens(&plant, &supplier, &codes));
        drop(supplier);
        let api = plant.api().await;
        // Most of them wait for a place for two seconds and are told to come back: that is what it should do.
        let load = Load::bodies(&[api.http()], "/password-reset/confirm", &bodies).connections(200).seconds(4);
        let calls = load.run(folder.path());
        assert!(calls.failed == 0.0 && calls.answers > calls.refused, "confirms work: {calls:?}");
        confirms.push(peak(&api));
    }
    let rest = Spread::of(&rest);
    let bound = rest.median + cores() as f64 * HASH_MIB + BESIDE_MIB;
    vec![
        Line::new("API at rest, resident", Unit::MiB, rest)
            .beside("proportional (shared pages by share)", Spread::of(&shared))
            .target(Target::AtMost(32.0)),
        Line::new("API, most under `request` from 64 connections", Unit::MiB, Spread::of(&requests)),
        Line::new("API, most under 200 `confirm` at once", Unit::MiB, Spread::of(&confirms))
            .beside(format!("at rest, {} hashes of 19 MiB, and 10 MiB", cores()), Spread::exactly(bound))
            .target(Target::RatioAtMost(1.0)),
    ]
}

async fn worker() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let api = plant.api().await;
    let askers = Askers::new(&plant, 4_000).await;
    let (mut rest, mut shared, mut most) = (vec![], vec![], vec![]);
    for _ in 0..REPEATS {
        plant.empty().await;
        let worker = plant.worker(&[]).await;
        let (resident, proportional) = at_rest(&worker).await;
        rest.push(resident);
        shared.push(proportional);
        drop(worker);
        askers.ask(&plant, &api).await;
        let worker = plant.worker(&[("REKEY_SMTP_CONNECTIONS", "16"), ("REKEY_WORKER_CONCURRENCY", "32")]).await;
        plant.left(0).await;
        most.push(peak(&worker));
    }
    vec![
        Line::new("worker at rest, resident", Unit::MiB, Spread::of(&rest))
            .beside("proportional (shared pages by share)", Spread::of(&shared)),
        Line::new("worker, most while it mails through 16 connections", Unit::MiB, Spread::of(&most)),
    ]
}

/// Resident and proportional, once it has settled.
async fn at_rest(program: &Running) -> (f64, f64) {
    tokio::time::sleep(Duration::from_secs(1)).await;
    (of(program, "status", "VmRSS:"), of(program, "smaps_rollup", "Pss:"))
}

/// The most that was resident.
fn peak(program: &Running) -> f64 {
    of(program, "status", "VmHWM:")
}

fn of(program: &Running, file: &str, name: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{}/{file}", program.process.id())).expect("it runs");
    let value = text.lines().find_map(|line| line.strip_prefix(name)).expect("the kernel tells");
    let kib: f64 = value.trim().trim_end_matches(" kB").parse().expect("a number of KiB");
    kib / 1024.0
}
