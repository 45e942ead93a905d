//! What attackers bring along. Each tool does its attack on a running system from outside and says what came of it; what
//! that has to be is for the tests.

pub mod chances;
pub mod classifier;
pub mod commands;
pub mod lookalikes;
pub mod spellings;
pub mod spray;
pub mod wire;

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::{Answer, Client, Request};

/// The `n`th of many client addresses, no two alike: 127.1.0.0 and up. Linux owns all of 127.0.0.0/8.
///
/// # Panics
/// Past 16 million.
#[must_use]
pub fn stranger(n: usize) -> Ipv4Addr {
    let n = u32::try_from(n).ok().filter(|n| *n < 0xfe_0000).expect("loopback has so many addresses");
    Ipv4Addr::from(0x7f01_0000 + n)
}

/// Sends all requests at the same time; their answers stand in the order of the requests.
///
/// # Panics
/// If an answer does not come.
pub async fn at_once(client: Client, requests: Vec<Request>) -> Vec<Answer> {
    let mut calls = JoinSet::new();
    let start = Arc::new(Barrier::new(requests.len()));
    for (n, request) in requests.into_iter().enumerate() {
        let start = Arc::clone(&start);
        calls.spawn(async move {
            start.wait().await;
            (n, client.send(&request).await)
        });
    }
    let mut answers = calls.join_all().await;
    answers.sort_by_key(|(n, _)| *n);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
