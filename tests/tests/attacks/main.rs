//! Attacks on the running programs: by time, by numbers, by odd octets, by other spellings, by the order of steps.
//!
//! The suite runs them with small counts; `make torture` with large ones, and prints what came of each.

#[macro_use]
extern crate e2e;

mod bodies;
mod canary;
mod guesses;
mod hosts;
mod lookalikes;
mod malformed;
mod path;
mod proxies;
mod sprays;
mod steps;
mod timing;

use e2e::{System, measured::count};

/// Makes so many accounts without a password, `<name>-<n>@example.com`, faster than any command could.
async fn accounts(system: &System, name: &str, count: usize) {
    let rows: Vec<String> = (0..count).map(|n| format!("('{}', 0, 0)", address(name, n))).collect();
    for rows in rows.chunks(500) {
        let insert = format!("INSERT INTO account (email, session_epoch, created_at) VALUES {}", rows.join(", "));
        system.sql().await.run(&insert).await;
    }
}

fn address(name: &str, n: usize) -> String {
    format!("{name}-{n:06}@example.com")
}
