//! The whole system with real servers, seen from outside.
//!
//! One test binary, so that the harness is linked once; a file for each thing that is promised.

#[macro_use]
extern crate e2e;

mod accounts;
mod audit;
mod bad_input;
mod bench;
mod brake;
mod code;
mod dashboard;
mod down;
mod harness;
mod hashing;
mod headers;
mod leaked;
mod limits;
mod logs;
mod meanwhile;
mod metrics;
mod page;
mod parallel;
mod password;
mod queue;
mod redis_kinds;
mod redis_rights;
mod redis_shards;
mod redis_writer;
mod resend;
mod reset;
mod second_factor;
mod start;
mod token;
mod traces;
mod webhook;
