//! The queue's own scripts with no worker around them: pushes, claims of 64 and acknowledgements of 64 through one
//! connection that never waits for an answer before it asks on.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Instant;

use e2e::resp::Value;

use crate::pipe::{Pipe, job};

const COMMON: &str = include_str!("../../../worker/src/queue/common.lua");
const CLAIM: &str = include_str!("../../../worker/src/queue/claim.lua");
const ACK: &str = include_str!("../../../worker/src/queue/ack.lua");

const BATCH: usize = 64;
/// Batches on their way at once: while one is read and answered, Redis has the next.
const DEPTH: usize = 3;

/// Claims in a row that bring nothing, after which it is given up: jobs have been lost.
const EMPTY: usize = 1_000;

/// The keys of every script, and of the claim further ones.
const KEYS: [&str; 10] =
    ["held", "meta", "leases", "delayed", "dead", "stats", "wake", "expired", "delayed:webhook", "pushed:"];
const CLAIM_KEYS: [&str; 5] = ["ready", "ready:notice", "ready:webhook", "claim:bare", "claim:solo"];

/// Tells how many jobs a second are pushed, claimed and acknowledged.
///
/// # Panics
/// If a job is missing in the end.
pub(super) fn run(redis: SocketAddr, jobs: usize) {
    let mut pipe = Pipe::open(redis);
    let (claim, ack) = (load(&mut pipe, CLAIM), load(&mut pipe, ACK));
    let key = |name: &&str| format!("{{bare:0}}:{name}");
    let keys: Vec<String> = KEYS.iter().map(key).collect();
    let claim_keys: Vec<String> = KEYS.iter().chain(&CLAIM_KEYS).map(key).collect();
    let began = Instant::now();
    let (mut pushed, mut done, mut turn, mut empty) = (0, 0, 0_usize, 0);
    // What was claimed and is to be acknowledged with the next batch; what answers are awaited.
    let mut claimed: Vec<Vec<u8>> = Vec::new();
    let mut awaited = VecDeque::new();
    while done < jobs {
        while awaited.len() < DEPTH {
            let batch = BATCH.min(jobs - pushed);
            for number in pushed..pushed + batch {
                pipe.add(&[b"LPUSH", b"{bare:0}:ready", job(number).as_bytes()]);
            }
            pushed += batch;
            let acked = claimed.len().min(2 * BATCH);
            if acked > 0 {
                let pairs: Vec<Vec<u8>> = claimed.drain(..acked).collect();
                let pairs: Vec<&[u8]> = pairs.iter().map(Vec::as_slice).collect();
                evalsha(&mut pipe, &ack, &keys, &pairs);
            }
            turn += 1;
            let turn = turn.to_string();
            let arguments =
                ["10000", "1209600000", "64", &turn, "bare", "30000", &turn, "64", "4", "1"].map(str::as_bytes);
            evalsha(&mut pipe, &claim, &claim_keys, &arguments);
            pipe.send();
            awaited.push_back((batch, acked > 0));
        }
        let (batch, acked) = awaited.pop_front().expect("it was filled");
        for _ in 0..batch {
            pipe.answer();
        }
        if acked {
            done += pipe.answer().list().iter().filter(|one| one.int() == 1).count();
        }
        let deliveries = pipe.answer().list().swap_remove(3).list();
        empty = if deliveries.is_empty() { empty + 1 } else { 0 };
        assert!(empty < EMPTY, "{done} of {jobs} jobs were done, and no more are given");
        for delivery in deliveries {
            let fields = delivery.list();
            claimed.extend([fields[0].bytes(), fields[1].int().to_string().into_bytes()]);
        }
    }
    super::tell(jobs as f64 / began.elapsed().as_secs_f64());
}

fn load(pipe: &mut Pipe, script: &str) -> Vec<u8> {
    pipe.add(&[b"SCRIPT", b"LOAD", format!("{COMMON}{script}").as_bytes()]);
    pipe.send();
    match pipe.answer() {
        Value::Bytes(sha) => sha,
        other => panic!("no name of a script: {other:?}"),
    }
}

fn evalsha(pipe: &mut Pipe, sha: &[u8], keys: &[String], arguments: &[&[u8]]) {
    let count = keys.len().to_string();
    let mut command: Vec<&[u8]> = vec![b"EVALSHA", sha, count.as_bytes()];
    command.extend(keys.iter().map(String::as_bytes));
    command.extend(arguments);
    pipe.add(&command);
}
