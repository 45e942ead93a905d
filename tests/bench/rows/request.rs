//! `request` and `verify` beside an endpoint of the same framework that does the round trips to Redis alone.

use std::net::SocketAddr;

use e2e::port::Port;
use e2e::process::Process;
use e2e::secret::random;

use super::{REPEATS, folder, supply};
use crate::inbox::Inbox;
use crate::plant::{Plant, eventually_up};
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Load, Sink};

/// Codes that each repetition of `verify` uses up.
const CODES: usize = 4_000;

/// The bare endpoint, in a process of its own.
pub struct Bare {
    port: Port,
    _process: Process,
}

impl Bare {
    /// Starts it.
    pub async fn start(plant: &Plant) -> Self {
        let port = Port::free();
        let redis: SocketAddr = plant.redis();
        let command = tools::bare("endpoint", &[("listen", port.address().to_string()), ("redis", redis.to_string())]);
        let process = Process::start("bare", &command, &plant.folder().join("bare.log"));
        eventually_up("the bare endpoint", port.address()).await;
        Self { port, _process: process }
    }
}

/// `request` with every protection on.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let (api, bare) = (plant.api().await, Bare::start(&plant).await);
    let measure = async |port: u16| {
        plant.empty().await;
        Load::requests(&[port], &random(8)).run(folder.path()).rate()
    };
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for repeat in 0..=REPEATS {
        let pair = (measure(api.http()).await, measure(bare.port.number()).await);
        // The first warms up.
        if repeat > 0 {
            ours.push(pair.0);
            limit.push(pair.1);
        }
    }
    vec![
        Line::new("`request`, 64 connections, every limit counted", Unit::PerSecond, Spread::of(&ours))
            .beside("poem-openapi endpoint that does one `LPUSH`", Spread::of(&limit))
            .target(Target::RatioAtLeast(0.6)),
    ]
}

/// `verify` with right codes, each once.
pub async fn verify() -> Vec<Line> {
    let folder = folder();
    let inbox = Inbox::start().await;
    let plant = Plant::on_sqlite(inbox.address()).await;
    let (api, bare) = (plant.api().await, Bare::start(&plant).await);
    let codes = supply::codes(&plant, &api, &inbox, CODES * REPEATS).await;
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for some in codes.chunks(codes.len() / REPEATS).take(REPEATS) {
        let bodies = supply::list(folder.path(), some);
        let measure = |port: u16| Load::bodies(&[port], "/password-reset/verify", &bodies).run(folder.path()).rate();
        ours.push(measure(api.http()));
        limit.push(measure(bare.port.number()));
    }
    vec![
        Line::new("`verify` with right codes, 64 connections", Unit::PerSecond, Spread::of(&ours))
            .beside("poem-openapi endpoint that does two `LPUSH`", Spread::of(&limit)),
    ]
}
