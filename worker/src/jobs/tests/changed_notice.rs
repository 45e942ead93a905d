//! `password_reset.send_changed_notice`, and the outbox behind it.

use entity::{
    account::reset::{self, NewReset, Outcome},
    keys::Shard,
    queue::{self, Pushed},
    reset_event::{self, Half},
};

use super::*;
use crate::{outbox, queue::Queue};

impl Parts {
    /// Resets the password, which writes an event, and pushes nothing.
    pub(super) async fn reset(&self, event_id: &str) {
        self.reset_and_tell(event_id, false).await;
    }

    /// The same, with a webhook that is to be told.
    pub(super) async fn reset_and_tell(&self, event_id: &str, webhook: bool) {
        let account = account::find_by_email(&self.jobs.database, &email(ADDRESS)).await.unwrap().unwrap();
        let keys = self.jobs.keyring.current();
        let reset = NewReset {
            account_id: &account.id,
            fingerprint: &account.fingerprint(keys),
            keys,
            hash: &StoredHash::new(format!("hash of {event_id}")),
            event_id,
            challenge: None,
            client: None,
            user_agent: None,
            languages: Some("de-AT,en;q=0.5"),
            trace: None,
            second_factor: false,
            now: 1,
            webhook,
        };
        assert!(matches!(reset::apply(&self.jobs.database, reset).await.unwrap(), Outcome::Done));
    }

    async fn push_notice(&self, event_id: &str) {
        queue::push(&self.jobs.store, Half::Notice, &email(ADDRESS), cause(event_id)).await.unwrap();
    }

    async fn is_done(&self, event_id: &str) -> bool {
        reset_event::find(&self.jobs.database, event_id).await.unwrap().unwrap().notice_done_at.is_some()
    }
}

#[tokio::test]
async fn r26_r38_the_notice_goes_to_the_address_held_then_even_if_the_account_is_disabled() {
    let mut parts = Parts::start().await;
    parts.reset("e1").await;
    let change = "UPDATE account SET email = 'new@example.com', disabled_at = 1";
    sea_orm::ConnectionTrait::execute_unprepared(&parts.jobs.database, change).await.unwrap();
    parts.push_notice("e1").await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent));
    assert!(parts.is_done("e1").await);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Nothing), "the row is looked at first");
    let sent = parts.sent();
    assert_eq!((sent.len(), sent[0].to.as_str()), (1, ADDRESS));
    assert_eq!(sent[0].languages, [Some("zh-CN".to_owned()), Some("de-AT,en;q=0.5".to_owned())]);
    assert_eq!(sent[0].job_id, "e1.notice");
}

#[tokio::test]
async fn an_unknown_event_is_dead() {
    let mut parts = Parts::start().await;
    parts.push_notice("e1").await;
    assert_eq!(parts.run_next().await, Err(Failure::Dead("unknown_event".into())));
}

#[tokio::test]
async fn a_dead_notice_leaves_the_sweep_and_is_sent_when_it_gets_another_life() {
    let mut parts = Parts::start().await;
    parts.reset("e1").await;
    parts.push_notice("e1").await;
    parts.refuse(Some(Failure::Dead("550".into())));
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("550".into())));
    parts.jobs.buried(&job).await.unwrap();
    assert!(parts.asker.queue.bury(&delivery.ticket, "550").await.unwrap());
    let due = reset_event::claim_due(&parts.jobs.database, i64::MAX / 2, 1, 10).await.unwrap();
    assert!(due.is_empty(), "the sweep leaves it alone");
    assert!(!parts.is_done("e1").await);
    parts.refuse(None);
    assert_eq!(parts.asker.queue.redrive(&["e1.notice".to_owned()]).await.unwrap(), [Redriven::Done]);
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert!(parts.is_done("e1").await);
}

#[tokio::test]
async fn what_names_no_event_is_not_asked_of_the_database() {
    let mut parts = Parts::start().await;
    let long = "e".repeat(65);
    for (n, event_id) in ["a\\u0000b", "", "a b", "\u{e9}", &long].into_iter().enumerate() {
        let job = format!(
            r#"{{"v":1,"id":"forged-{n}","type":"password_reset.send_changed_notice","data":{{"event_id":"{event_id}"}}}}"#
        );
        parts.redis.push("ready", job).await;
        let (delivery, held) = parts.next().await;
        let job = Job::decode(&delivery.bytes).unwrap();
        assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("invalid_data".into())), "{event_id}");
        assert_eq!(parts.jobs.buried(&job).await, Ok(()));
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_buries_its_job_and_not_the_others() {
    let mut parts = Parts::start().await;
    parts.reset("e1").await;
    let change = "UPDATE reset_event SET address_at_event = 'no address'";
    sea_orm::ConnectionTrait::execute_unprepared(&parts.jobs.database, change).await.unwrap();
    parts.push_notice("e1").await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("database_refused".into())));
    assert_eq!(parts.jobs.buried(&job).await, Ok(()));
}

#[tokio::test]
async fn r66_a_notice_whose_push_was_lost_is_pushed_by_the_sweep_once() {
    let mut parts = Parts::start().await;
    parts.reset("e1").await;
    let links = || Arc::new(Link::new("tested"));
    for _ in 0..2 {
        let (database, store) = (parts.jobs.database.clone(), parts.jobs.store.clone());
        tokio::spawn(outbox::sweep(database, links(), store, links()));
    }
    until("the notice is pushed", async || parts.redis.waiting("ready:notice").await == 1).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert_eq!(parts.redis.waiting("ready:notice").await, 0);
    assert!(parts.is_done("e1").await);
}

#[tokio::test]
async fn what_is_refused_for_good_holds_its_place_for_a_while_only() {
    let mut parts = Parts::start().await;
    parts.push_notice("e1").await;
    let (_, held) = parts.next().await;
    let mut asked = 0;
    let refused = held.hold.insist(|| {
        asked += 1;
        async { Err::<(), _>(Failure::Dead("database_refused".into())) }
    });
    assert_eq!(refused.await, None);
    assert_eq!(asked, 5);
    let mut away = 6;
    let in_the_end = held.hold.insist(|| {
        away -= 1;
        let answer = if away > 0 { Err(Failure::Defer("database".into())) } else { Ok(()) };
        async { answer }
    });
    assert_eq!(in_the_end.await, Some(()), "an outage is sat out");
}

/// A token that was given before there were more shards is spent in its own shard, and so is its notice.
#[tokio::test]
async fn after_there_are_more_shards_the_sweep_finds_the_job_where_it_lies() {
    let redis = Redis::start_with_shards(16).await;
    let names = redis.store.names();
    let other = (0..16).map(Shard).find(|shard| *shard != names.shard_of(&email(ADDRESS))).unwrap();
    let event = reset_event::new_id(other, rand::random());
    let push = async || queue::push(&redis.store, Half::Notice, &email(ADDRESS), cause(&event)).await.unwrap();
    assert_eq!(push().await, Pushed::Now);
    let mut asker = Asker::new(Queue::new(&redis.store, other, Policy::default()), "w");
    assert_eq!(ids(&asker.claim(1).await), [format!("{event}.notice")]);
    assert_eq!(push().await, Pushed::Held, "it is mailed once");
}
