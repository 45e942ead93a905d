//! What must hold while parts are killed, stopped, starved and overwhelmed: nothing is lost, and all goes on by itself.
//!
//! The suite runs it with small counts; `make torture` with large ones, and prints what each test did.

#![expect(clippy::print_stdout, reason = "what was done and measured is for whoever runs `make torture`")]

use e2e::measured::{count, is_large};
use e2e::{Load, System};

mod backlog;
mod clock;
mod database;
mod fleet;
mod kills;
mod poison;
mod redis_failover;
mod redis_fire;
mod scale;
mod smtp;
mod stop;

/// People who ask for resets all the while: one after the other, or sixteen at a time.
async fn load(system: &System) -> Load {
    Load::start(system, count(3_000, 60_000), count(1, 16)).await
}
