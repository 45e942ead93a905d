//! The producer's half of the queue: how jobs of the outbox get on their list. The other half is the worker's.

use serde_json::json;

use crate::{
    email::Email,
    job::VERSION,
    keys::{KeyNames, Shard},
    reset_event::{self, Half},
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

/// The id of the job for a half of an event: the same each time, so that a job that is pushed twice is run once.
#[must_use]
pub fn job_id(event_id: &str, half: Half) -> String {
    match half {
        Half::Notice => format!("{event_id}.notice"),
        Half::Webhook => format!("{event_id}.webhook"),
    }
}

/// The job for a half of an event. Its bytes depend on the event alone: whoever pushes it again pushes the same bytes,
/// which the queue knows as a repetition. So `enqueued_at` is the time of the event.
pub(crate) fn job(event_id: &str, half: Half, occurred_at: i64) -> String {
    let kind = match half {
        Half::Notice => "password_reset.send_changed_notice",
        Half::Webhook => "webhook.deliver",
    };
    let data = json!({ "event_id": event_id });
    json!({ "v": VERSION, "id": job_id(event_id, half), "type": kind, "enqueued_at": occurred_at, "data": data })
        .to_string()
}

/// The list on which it waits.
pub(crate) fn list(names: &KeyNames, shard: Shard, half: Half) -> String {
    match half {
        Half::Notice => names.ready_notice(shard),
        Half::Webhook => names.ready_webhook(shard),
    }
}

/// Pushes the job for a half of an event, unless it waits or is held already.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn push(
    store: &Store,
    half: Half,
    address_at_event: &Email,
    event_id: &str,
    occurred_at: i64,
) -> Result<Pushed, StoreError> {
    let names = store.names();
    let (shard, id) = (reset_event::shard_of(names, event_id, address_at_event), job_id(event_id, half));
    let keys = vec![list(names, shard, half), names.wake(shard), names.meta(shard), names.pushed(shard, &id)];
    let args = vec![id.into(), job(event_id, half, occurred_at).into()];
    match store.run(&PUSH, keys, args).await?.as_i64() {
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
        let bytes = job("e1", Half::Notice, 1_700_000_000_000);
        assert_eq!(bytes, job("e1", Half::Notice, 1_700_000_000_000));
        let job = Job::decode(bytes.as_bytes()).unwrap();
        assert_eq!(job.id, "e1.notice");
        assert_eq!(job.task, Task::SendChangedNotice(SendChangedNotice { event_id: "e1".into() }));
    }

    #[test]
    fn a_webhook_is_one_too() {
        let job = Job::decode(job("e1", Half::Webhook, 1_700_000_000_000).as_bytes()).unwrap();
        assert_eq!((job.id.as_str(), job.expires_at), ("e1.webhook", None));
        assert_eq!(job.task, Task::DeliverWebhook(DeliverWebhook { event_id: "e1".into() }));
    }
}
