//! `webhook.deliver`, and the outbox behind it.

use entity::{
    queue::{self, Pushed},
    reset_event::{self, Half},
};

use super::*;
use crate::{
    outbox,
    queue::Redriven,
    webhook::testing::{ALLOWED, Receiver},
};

const EMPTY: &str = "Content-Length: 0\r\n\r\n";

impl Parts {
    async fn push_webhook(&self, event_id: &str) -> Pushed {
        queue::push(&self.jobs.store, Half::Webhook, &email(ADDRESS), cause(event_id)).await.unwrap()
    }

    async fn is_told(&self, event_id: &str) -> bool {
        reset_event::find(&self.jobs.database, event_id).await.unwrap().unwrap().webhook_done_at.is_some()
    }

    /// From now on the application is this one.
    fn tell(&mut self, receiver: &Receiver) {
        self.jobs.webhook = Some(receiver.hook("127.0.0.1", &ALLOWED));
    }
}

#[tokio::test]
async fn r37_a_reset_is_told_once_and_by_the_same_words_each_time() {
    let mut parts = Parts::start().await;
    parts.reset_and_tell("e1", true).await;
    assert_eq!(parts.push_webhook("e1").await, Pushed::Now);
    let mut busy = Receiver::saying(&format!("HTTP/1.1 503 Busy\r\n{EMPTY}")).await;
    parts.tell(&busy);
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(job.id, "e1.webhook");
    let refused = parts.jobs.run(&job, &held.hold).await;
    assert_eq!(refused, Err(Failure::RetryAfter(Duration::ZERO, "http 503".into())));
    assert!(!parts.is_told("e1").await);
    let mut receiver = Receiver::saying(&format!("HTTP/1.1 200 OK\r\n{EMPTY}")).await;
    parts.tell(&receiver);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent));
    assert!(parts.is_told("e1").await);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Nothing), "the row is looked at first");
    let (first, second) = (busy.has_heard().unwrap(), receiver.has_heard().unwrap());
    assert_eq!(receiver.has_heard(), None);
    let body = |heard: &str| heard.split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&first), body(&second));
    for heard in [&first, &second] {
        assert!(heard.contains("webhook-id: evt_e1\r\n") && !heard.contains(ADDRESS));
    }
}

#[tokio::test]
async fn an_application_that_is_gone_is_left_in_peace_and_can_be_told_by_hand() {
    let mut parts = Parts::start().await;
    parts.reset_and_tell("e1", true).await;
    parts.push_webhook("e1").await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    let receiver = Receiver::saying(&format!("HTTP/1.1 410 Gone\r\n{EMPTY}")).await;
    parts.tell(&receiver);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("http 410".into())));
    parts.jobs.buried(&job).await.unwrap();
    assert!(parts.asker.queue.bury(&delivery.ticket, "http 410").await.unwrap());
    reset_event::finish(&parts.jobs.database, "e1", Half::Notice, 1).await.unwrap();
    let due = reset_event::claim_due(&parts.jobs.database, i64::MAX / 2, 1, 10).await.unwrap();
    assert!(due.is_empty(), "the sweep leaves it alone");
    let receiver = Receiver::saying(&format!("HTTP/1.1 200 OK\r\n{EMPTY}")).await;
    parts.tell(&receiver);
    assert_eq!(parts.asker.queue.redrive(&["e1.webhook".to_owned()]).await.unwrap(), [Redriven::Done]);
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert!(parts.is_told("e1").await);
}

#[tokio::test]
async fn a_worker_without_a_receiver_closes_no_event_and_another_can_tell_it() {
    let mut parts = Parts::start().await;
    parts.reset_and_tell("e1", true).await;
    parts.push_webhook("e1").await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("no_receiver".into())));
    parts.jobs.buried(&job).await.unwrap();
    assert!(parts.asker.queue.bury(&delivery.ticket, "no_receiver").await.unwrap());
    assert!(!parts.is_told("e1").await);
    let receiver = Receiver::saying(&format!("HTTP/1.1 200 OK\r\n{EMPTY}")).await;
    parts.tell(&receiver);
    assert_eq!(parts.asker.queue.redrive(&["e1.webhook".to_owned()]).await.unwrap(), [Redriven::Done]);
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert!(parts.is_told("e1").await);
}

#[tokio::test]
async fn r66_the_sweep_pushes_both_halves_that_were_lost_and_leaves_held_ones_alone() {
    let mut parts = Parts::start().await;
    parts.reset_and_tell("e1", true).await;
    parts.reset_and_tell("e2", false).await;
    let links = || Arc::new(Link::new("tested"));
    let sweep = outbox::sweep(parts.jobs.database.clone(), links(), parts.jobs.store.clone(), links());
    let sweep = tokio::spawn(sweep);
    until("the jobs are pushed", async || {
        parts.redis.waiting("ready:notice").await == 2 && parts.redis.waiting("ready:webhook").await == 1
    })
    .await;
    sweep.abort();
    let (delivery, _held) = parts.next().await;
    assert_eq!(delivery.ticket.id, "e1.notice");
    let webhook = parts.next().await.0;
    assert!(["e1.webhook", "e2.notice"].contains(&webhook.ticket.id.as_str()));
    while parts.redis.waiting("ready:webhook").await > 0 {
        parts.asker.claim(1).await;
    }
    assert_eq!(parts.push_webhook("e1").await, Pushed::Held);
}

#[tokio::test]
async fn after_an_outage_the_sweep_goes_on_until_no_more_is_due() {
    let parts = Parts::start().await;
    for n in 0..=outbox::LIMIT {
        parts.reset_and_tell(&format!("e{n}"), false).await;
    }
    let link = Link::new("tested");
    let round = || outbox::round(&parts.jobs.database, &link, &parts.jobs.store, &link);
    assert!(round().await, "it looks again at once");
    assert!(!round().await, "it waits for its next tick");
    assert_eq!(parts.redis.waiting("ready:notice").await, usize::try_from(outbox::LIMIT).unwrap() + 1);
}
