//! Pushes jobs, as any program that speaks Redis can.

use std::net::SocketAddr;

use crate::pipe::{Pipe, job};

/// Commands on their way at once.
const BATCH: usize = 64;

/// Pushes so many jobs, and rings for a worker with each batch.
pub(super) fn run(redis: SocketAddr, jobs: usize) {
    let mut pipe = Pipe::open(redis);
    let mut pushed = 0;
    while pushed < jobs {
        let batch = BATCH.min(jobs - pushed);
        for number in pushed..pushed + batch {
            pipe.add(&[b"LPUSH", b"{rekey:0}:ready", job(number).as_bytes()]);
        }
        pipe.add(&[b"LPUSH", b"{rekey:0}:wake", b""]);
        pipe.add(&[b"LTRIM", b"{rekey:0}:wake", b"0", b"63"]);
        pipe.send();
        for _ in 0..batch + 2 {
            pipe.answer();
        }
        pushed += batch;
    }
}
