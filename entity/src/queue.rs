//! The producer's half of the queue: how jobs of the outbox get on their list. The other half is the worker's.

use serde_json::json;

use crate::{
    email::Email,
    job::VERSION,
    keys::Shard,
    store::{Script, Store, StoreError},
};

static PUSH: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/wake.lua"),
    include_str!("lua/push.lua"),
    include_str!("queue/push.lua")
));

/// What came of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The job is on its list.
    Now,
    /// It was put there within the last hour and nobody has taken it so far. A list that was lost alone, in a Redis that
    /// was not emptied, is made up for after that hour.
    Waits,
    /// The queue holds it: it is with a worker, waits for its time, or is dead.
    Held,
}

/// The id of the notice's job: the same each time, so that a job that is pushed twice is run once.
#[must_use]
pub fn notice_id(event_id: &str) -> String {
    format!("{event_id}.notice")
}

/// The id of the webhook's job: the same each time.
#[must_use]
pub fn webhook_id(event_id: &str) -> String {
    format!("{event_id}.webhook")
}

/// The notice's job. Its bytes depend on the event alone: whoever pushes it again pushes the same bytes, which the
/// queue knows as a repetition. So `enqueued_at` is the time of the event.
pub(crate) fn notice(event_id: &str, occurred_at: i64) -> String {
    of_event(&notice_id(event_id), "password_reset.send_changed_notice", event_id, occurred_at)
}

/// The webhook's job, made alike.
pub(crate) fn webhook(event_id: &str, occurred_at: i64) -> String {
    of_event(&webhook_id(event_id), "webhook.deliver", event_id, occurred_at)
}

fn of_event(id: &str, kind: &str, event_id: &str, occurred_at: i64) -> String {
    json!({ "v": VERSION, "id": id, "type": kind, "enqueued_at": occurred_at, "data": { "event_id": event_id } })
        .to_string()
}

/// Pushes the notice of an event, unless its job waits or is held already.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn push_notice(
    store: &Store,
    address_at_event: &Email,
    event_id: &str,
    occurred_at: i64,
) -> Result<Pushed, StoreError> {
    let shard = store.names().shard_of(address_at_event);
    let job = [notice_id(event_id), notice(event_id, occurred_at)];
    push(store, store.names().ready_notice(shard), shard, job).await
}

/// The same for its webhook.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn push_webhook(
    store: &Store,
    address_at_event: &Email,
    event_id: &str,
    occurred_at: i64,
) -> Result<Pushed, StoreError> {
    let shard = store.names().shard_of(address_at_event);
    let job = [webhook_id(event_id), webhook(event_id, occurred_at)];
    push(store, store.names().ready_webhook(shard), shard, job).await
}

async fn push(store: &Store, list: String, shard: Shard, job: [String; 2]) -> Result<Pushed, StoreError> {
    let names = store.names();
    let keys = vec![list, names.wake(shard), names.meta(shard), names.pushed(shard, &job[0])];
    match store.run(&PUSH, keys, job.map(Into::into).to_vec()).await?.as_i64() {
        Some(1) => Ok(Pushed::Now),
        Some(2) => Ok(Pushed::Waits),
        Some(0) => Ok(Pushed::Held),
        _ => Err(StoreError::Unexpected("push".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{DeliverWebhook, Job, SendChangedNotice, Task};

    #[test]
    fn a_notice_is_a_job_whose_bytes_depend_on_the_event_alone() {
        let bytes = notice("e1", 1_700_000_000_000);
        assert_eq!(bytes, notice("e1", 1_700_000_000_000));
        let job = Job::decode(bytes.as_bytes()).unwrap();
        assert_eq!(job.id, "e1.notice");
        assert_eq!(job.task, Task::SendChangedNotice(SendChangedNotice { event_id: "e1".into() }));
    }
    #[test]
    fn a_webhook_is_one_too() {
        let job = Job::decode(webhook("e1", 1_700_000_000_000).as_bytes()).unwrap();
        assert_eq!((job.id.as_str(), job.expires_at), ("e1.webhook", None));
        assert_eq!(job.task, Task::DeliverWebhook(DeliverWebhook { event_id: "e1".into() }));
    }
}
