//! The worker against a real Redis, with jobs that do as their data say.

mod alone;
mod claims;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use entity::{
    job::{Job, Task},
    store::Store,
};
use tokio::{sync::Semaphore, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use super::{BLOCK, Done, Failure, Handler, Hold, Link, Settings, Worker, solo::Spans};
use crate::queue::{Card, Policy, State, testing::*};

/// The event of a webhook that nobody takes, which the database cannot be told.
const UNNOTED: &str = "unnoted";

/// What a test sees and holds of its jobs.
struct Script {
    /// What was begun, as `id:what`.
    begun: Mutex<Vec<String>>,
    /// Jobs that say `wait` need a permit.
    gate: Semaphore,
    /// Until this is 0, `defer` defers.
    faults: AtomicUsize,
    running: AtomicUsize,
    most: AtomicUsize,
    /// How many others ran when a job began.
    beside: Mutex<Vec<(String, usize)>>,
    /// Ids of jobs that were announced as buried.
    buried: Mutex<Vec<String>>,
}

/// Ends with its job, also when that is dropped.
struct Begun<'a>(&'a AtomicUsize);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Handler for Script {
    async fn run(&self, job: &Job, hold: &Hold) -> Result<Done, Failure> {
        let data = match &job.task {
            Task::SendCode(data) => data,
            Task::DeliverWebhook(data) if data.event_id == UNNOTED => return Err(Failure::Dead("no_receiver".into())),
            _ => return Ok(Done::Nothing),
        };
        let what = data.challenge_id.as_str();
        self.begun.lock().unwrap().push(format!("{}:{what}", job.id));
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        self.beside.lock().unwrap().push((job.id.clone(), running - 1));
        let _running = Begun(&self.running);
        self.act(what, hold).await
    }

    async fn buried(&self, job: &Job) -> Result<(), Failure> {
        self.buried.lock().unwrap().push(job.id.clone());
        match &job.task {
            Task::DeliverWebhook(data) if data.event_id == UNNOTED => Err(Failure::Defer("database: read-only".into())),
            _ => Ok(()),
        }
    }
}

impl Script {
    async fn act(&self, what: &str, hold: &Hold) -> Result<Done, Failure> {
        match what {
            "retry" => Err(Failure::Retry("smtp 451".into())),
            "dead" => Err(Failure::Dead("smtp 550".into())),
            "refused" => {
                hold.prove_well();
                Err(Failure::Dead("smtp 550".into()))
            }
            "panic" => panic!("as asked"),
            "defer" if self.faults.load(Ordering::SeqCst) > 0 => {
                self.faults.fetch_sub(1, Ordering::SeqCst);
                Err(Failure::Defer("smtp refused".into()))
            }
            "outage" if self.faults.fetch_sub(1, Ordering::SeqCst) > 0 => Err(Failure::Defer("smtp refused".into())),
            "outage" => {
                hold.prove_well();
                self.gate.acquire().await.unwrap().forget();
                Err(Failure::Retry("smtp timed out".into()))
            }
            "wait" => {
                self.gate.acquire().await.unwrap().forget();
                if hold.may_send().await { Ok(Done::Sent) } else { Err(Failure::Lost) }
            }
            "send-and-wait" => {
                if !hold.may_send().await {
                    return Err(Failure::Lost);
                }
                self.gate.acquire().await.unwrap().forget();
                Ok(Done::Sent)
            }
            // A server that takes so long.
            _ if what.starts_with("for ") => {
                let ms = what.split(' ').nth(1).unwrap().parse().unwrap();
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Ok(Done::Sent)
            }
            _ => Ok(Done::Sent),
        }
    }

    /// How many others ran when a job began last; none if it did not begin.
    fn beside(&self, id: &str) -> Option<usize> {
        self.beside.lock().unwrap().iter().rev().find(|(begun, _)| begun == id).map(|(_, beside)| *beside)
    }

    fn begun(&self, id: &str) -> usize {
        self.begun.lock().unwrap().iter().filter(|line| line.starts_with(&format!("{id}:"))).count()
    }
}

struct Running {
    script: Arc<Script>,
    stop: CancellationToken,
    worker: JoinHandle<()>,
}

impl Running {
    async fn stop(self) {
        self.stop.cancel();
        self.worker.await.unwrap();
    }
}

fn start(redis: &Redis, concurrency: usize, policy: Policy) -> Running {
    start_with(redis, concurrency, policy, Spans::default())
}

fn start_with(redis: &Redis, concurrency: usize, policy: Policy, spans: Spans) -> Running {
    let script = Arc::new(Script {
        begun: Mutex::default(),
        gate: Semaphore::new(0),
        faults: AtomicUsize::new(1),
        running: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
        beside: Mutex::default(),
        buried: Mutex::default(),
    });
    let settings = Settings { name: "tested".into(), concurrency, grace: Duration::from_secs(5), policy };
    let worker = Worker::new(&redis.store, settings, Arc::clone(&script), Arc::new(Link::new("redis")));
    let worker = worker.with(spans);
    let sleeper = Store::connect_blocking(&redis.settings(), BLOCK).unwrap();
    let stop = CancellationToken::new();
    let names = redis.store.names();
    let wake = names.all().map(|shard| names.wake(shard)).collect();
    Running { script, worker: tokio::spawn(worker.run(vec![(sleeper, wake)], stop.clone())), stop }
}

fn task(id: &str, what: &str) -> String {
    format!(r#"{{"v":1,"id":"{id}","type":"password_reset.send_code","data":{{"challenge_id":"{what}","mail_no":1}}}}"#)
}

async fn card(redis: &Redis, id: &str) -> Option<Card> {
    redis.queue(Policy::default()).show(id).await.unwrap()
}

async fn until_gone(redis: &Redis, id: &str) {
    until("the job is done", async || redis.waiting("ready").await == 0 && card(redis, id).await.is_none()).await;
}

async fn until_dead(redis: &Redis, id: &str) -> String {
    until("the job is dead", async || card(redis, id).await.is_some_and(|card| card.state == State::Dead)).await;
    card(redis, id).await.unwrap().about.reason.unwrap()
}

#[tokio::test]
async fn a_job_pushed_by_hand_is_taken_and_done() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    redis.push("ready", task("a", "send")).await;
    until("it is taken", async || running.script.begun("a") == 1).await;
    until_gone(&redis, "a").await;
    running.stop().await;
    assert_eq!(redis.stat("done").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn what_this_build_cannot_run_is_buried_with_its_reason() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    for (id, rest, reason) in [
        ("a", r#""v":1,"type":"fax.send","data":{}"#, "unknown_type"),
        ("b", r#""v":2,"type":"password_reset.send_code","data":{}"#, "unknown_version"),
        ("c", r#""v":1,"type":"password_reset.send_code","data":{}"#, "invalid_data"),
        ("d", r#""type":"password_reset.send_code","data":{}"#, "undecodable"),
    ] {
        redis.push("ready", format!(r#"{{"id":"{id}",{rest}}}"#)).await;
        assert_eq!(until_dead(&redis, id).await, reason);
    }
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn outcomes_reach_the_queue() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    redis.push("ready", task("a", "retry")).await;
    redis.push("ready", task("b", "dead")).await;
    assert_eq!(until_dead(&redis, "b").await, "smtp 550");
    assert_eq!(*running.script.buried.lock().unwrap(), ["b"]);
    until("it is tried again", async || running.script.begun("a") >= 2).await;
    running.stop().await;
    let about = card(&redis, "a").await.unwrap().about;
    assert_eq!(about.reason.as_deref(), Some("smtp 451"));
    assert!(about.attempts >= 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn our_own_fault_costs_no_attempt_and_keeps_other_jobs_from_it() {
    let redis = Redis::start().await;
    let running = start(&redis, 1, Policy::default());
    redis.push("ready", task("a", "defer")).await;
    until("it is deferred", async || redis.stat("deferred").await == 1).await;
    redis.push("ready", task("b", "send")).await;
    until("both are done in the end", async || redis.stat("done").await == 2).await;
    assert_eq!(running.script.begun("a"), 2);
    assert_eq!(redis.stat("retried").await, 0);
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_probe_that_finds_our_side_well_is_not_waited_for() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    redis.push("ready", task("probe", "outage")).await;
    until("it probes", async || running.script.begun("probe") == 2).await;
    redis.push("ready", task("next", "send")).await;
    until("another one is done meanwhile", async || redis.stat("done").await == 1).await;
    assert_eq!(running.script.running.load(Ordering::SeqCst), 1, "the probe still runs");
    running.script.gate.add_permits(1);
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn no_more_jobs_run_than_there_are_places() {
    let redis = Redis::start().await;
    for n in 0..10 {
        redis.push("ready", task(&n.to_string(), "wait")).await;
    }
    let running = start(&redis, 3, Policy::default());
    until("all places are taken", async || running.script.begun.lock().unwrap().len() == 3).await;
    running.script.gate.add_permits(10);
    until("all are done", async || redis.stat("done").await == 10).await;
    assert_eq!(running.script.most.load(Ordering::SeqCst), 3);
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_is_being_sent_and_gives_back_the_rest() {
    let redis = Redis::start().await;
    redis.push("ready", task("sent", "send-and-wait")).await;
    redis.push("ready", task("waits", "wait")).await;
    let running = start(&redis, 4, Policy::default());
    until("both run", async || running.script.begun.lock().unwrap().len() == 2).await;
    // The first is past the point of no return as soon as its lease was looked at.
    until("it is being sent", async || redis.queue(Policy::default()).list(State::Leased, 9).await.unwrap().len() == 2)
        .await;
    let script = Arc::clone(&running.script);
    running.stop.cancel();
    until("the other is given back", async || {
        card(&redis, "waits").await.is_some_and(|card| card.state == State::Delayed)
    })
    .await;
    assert!(!running.worker.is_finished());
    script.gate.add_permits(2);
    running.stop().await;
    assert!(card(&redis, "sent").await.is_none(), "finished");
    let about = card(&redis, "waits").await.unwrap().about;
    assert_eq!((about.attempts, about.solo), (0, false), "as if it had not been claimed");
    redis.check_invariant().await;
}

// The panic's backtrace takes its time, and the neighbour must not lose its lease meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_takes_its_worker_along_ends_as_poison_and_its_neighbour_does_not() {
    let redis = Redis::start().await;
    let policy = Policy { lease: Duration::from_secs(1), ..Policy::default() };
    redis.push("ready", task("bad", "panic")).await;
    redis.push("ready", task("good", "send")).await;
    let running = start(&redis, 4, policy);
    assert_eq!(until_dead(&redis, "bad").await, "poison");
    assert_eq!(running.script.begun("bad"), 4, "once among others, three times alone");
    assert_eq!(running.script.begun("good"), 1);
    until("it is announced", async || *running.script.buried.lock().unwrap() == ["bad"]).await;
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn r66_a_worker_that_lost_its_lease_sends_nothing() {
    let redis = Redis::start().await;
    redis.push("ready", task("a", "wait")).await;
    let running = start(&redis, 4, Policy::default());
    until("it runs", async || running.script.begun("a") == 1).await;
    redis.command(&["ZADD", "{rekey:0}:leases", "0", "a"]).await;
    // Reaped, and given to this worker again, alone once nothing else runs here.
    until("it is reaped", async || redis.stat("reaped").await == 1).await;
    running.script.gate.add_permits(1);
    until("it runs again", async || running.script.begun("a") == 2).await;
    assert_eq!(redis.stat("done").await, 0);
    running.script.gate.add_permits(1);
    until_gone(&redis, "a").await;
    assert_eq!(redis.stat("done").await, 1);
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn redis_may_go_away_and_come_back() {
    let mut redis = Redis::start().await;
    redis.push("ready", task("a", "send-and-wait")).await;
    let running = start(&redis, 4, Policy::default());
    until("it runs", async || running.script.begun("a") == 1).await;
    until("it is being sent", async || redis.stat("claimed").await == 1).await;
    redis.stop();
    until("the loss is noticed", async || redis.store.ping().await.is_err()).await;
    running.script.gate.add_permits(1);
    redis.start_again().await;
    until("its outcome arrives", async || redis.stat("done").await == 1).await;
    redis.push("ready", task("b", "send")).await;
    until("work goes on", async || redis.stat("done").await == 2).await;
    running.stop().await;
    redis.check_invariant().await;
}
