//! One to four of each program, which share the work with no coordinator.

use e2e::secret::random;

use super::mails::Askers;
use super::{REPEATS, folder};
use crate::inbox::Inbox;
use crate::plant::Plant;
use crate::report::{Line, Unit};
use crate::spread::Spread;
use crate::tools::{Load, Sink};

const PROCESSES: [usize; 4] = [1, 2, 3, 4];
/// How long the slow mail server takes for a mail.
const SLOW_MS: u64 = 100;

/// Requests a second through one to four APIs.
pub async fn apis() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let mut ports = Vec::new();
    let mut running = Vec::new();
    for _ in PROCESSES {
        let api = plant.api().await;
        ports.push(api.http());
        running.push(api);
    }
    let mut figures = PROCESSES.map(|count| (count, Vec::new()));
    for _ in 0..REPEATS {
        for (count, rates) in &mut figures {
            plant.empty().await;
            // Four threads in any case: the load is the same.
            let shared: Vec<u16> =
                ports[..*count].iter().copied().cycle().take(if *count == 3 { 3 } else { 4 }).collect();
            rates.push(Load::requests(&shared, &random(8)).run(folder.path()).rate());
        }
    }
    lines("`request`, 64 connections", "API", &figures)
}

/// Mails a second by one to four workers: to a server that takes them at once, and to one that takes its time.
pub async fn workers() -> Vec<Line> {
    let folder = folder();
    let (sink, slow) = (Sink::start(folder.path()).await, Inbox::slow(SLOW_MS).await);
    let mut all = Vec::new();
    for (what, address, mails) in [
        ("mails, 4 connections a worker".to_owned(), sink.address(), 3_000),
        (format!("mails, 4 connections a worker, the server takes {SLOW_MS} ms for each"), slow.address(), 800),
    ] {
        let plant = Plant::on_sqlite(address).await;
        let api = plant.api().await;
        let mut figures = PROCESSES.map(|count| (count, Vec::new()));
        let askers = Askers::new(&plant, mails).await;
        for _ in 0..REPEATS {
            for (count, rates) in &mut figures {
                rates.push(askers.mails_a_second(&plant, &api, *count, 4).await);
            }
        }
        all.extend(lines(&what, "worker", &figures));
    }
    all
}

fn lines(what: &str, process: &str, figures: &[(usize, Vec<f64>)]) -> Vec<Line> {
    let one = Spread::of(&figures[0].1);
    let line = |(count, rates): &(usize, Vec<f64>)| {
        let plural = if *count == 1 { "" } else { "s" };
        let line = Line::new(format!("{what}, {count} {process}{plural}"), Unit::PerSecond, Spread::of(rates));
        if *count == 1 { line } else { line.beside(format!("one {process}"), one) }
    };
    figures.iter().map(line).collect()
}
