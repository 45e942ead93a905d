//! What must hold while parts are killed, stopped, starved and overwhelmed: nothing is lost, and all goes on by itself.
//!
//! The suite runs it with small counts; `make torture` with large ones, and prints what each test did.

#![expect(clippy::print_stdout, reason = "what was done and measured is for whoever runs `make torture`")]

mod backlog;
mod clock;
mod database;
mod fleet;
mod kills;
mod poison;
mod scale;
mod smtp;
mod stop;

use e2e::measured::{count, is_large};
