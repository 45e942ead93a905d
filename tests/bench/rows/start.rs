//! How soon the programs are ready, and how large they are.

use std::fs;

use e2e::programs;

use super::{REPEATS, folder};
use crate::plant::Plant;
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::Sink;

/// From the start of the process until `/readyz` says yes.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let mut lines = Vec::new();
    for program in ["rekey-api", "rekey-worker"] {
        let mut times = Vec::new();
        for repeat in 0..=2 * REPEATS {
            let (_running, took) = plant.start(program, &[]).await;
            // The first reads the program from the disk.
            if repeat > 0 {
                times.push(took.as_secs_f64() * 1_000.0);
            }
        }
        let line = Line::new(format!("`{program}` from start to ready"), Unit::Ms, Spread::of(&times));
        lines.push(line.target(Target::AtMost(150.0)));
    }
    lines
}

/// The programs' files.
pub fn sizes() -> Vec<Line> {
    let size = |program: &str| fs::metadata(programs::own(program)).expect("it is built").len() as f64;
    let line = |program: &str| {
        Line::new(format!("size of `{program}`"), Unit::MiB, Spread::exactly(size(program) / 1024.0 / 1024.0))
    };
    ["rekey-api", "rekey-worker"].map(line).into()
}
