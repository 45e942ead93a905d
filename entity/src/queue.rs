//! The producer's half of the queue: how jobs of the outbox get on their list. The other half is the worker's.

use serde_json::json;

use crate::{
    email::Email,
    job::VERSION,
    keys::{KeyNames, Shard},
    reset_event::{self, Half, ResetEvent},
    store::{Script, Store, StoreError},
    telemetry::TraceContext,
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

/// What the jobs of an event are made from: parts of its row that never change.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    /// The event's id.
    pub event_id: &'a str,
    /// When it happened, in Unix milliseconds.
    pub occurred_at: i64,
    /// Where in a trace it happened, if that is known.
    pub trace: Option<TraceContext>,
}

impl<'a> From<&'a ResetEvent> for Cause<'a> {
    fn from(event: &'a ResetEvent) -> Self {
        Self { event_id: &event.id, occurred_at: event.occurred_at, trace: event.trace }
    }
}

/// The job for a half of an event. Its bytes depend on the event's row alone: whoever pushes it again pushes the same
/// bytes, which the queue knows as a repetition. So `enqueued_at` is the time of the event.
pub(crate) fn job(cause: Cause<'_>, half: Half) -> String {
    let kind = match half {
        Half::Notice => "password_reset.send_changed_notice",
        Half::Webhook => "webhook.deliver",
    };
    let (id, data) = (job_id(cause.event_id, half), json!({ "event_id": cause.event_id }));
    let mut job = json!({ "v": VERSION, "id": id, "type": kind, "enqueued_at": cause.occurred_at, "data": data });
    if let Some(trace) = cause.trace {
        job["traceparent"] = trace.to_string().into();
    }
    job.to_string()
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
pub async fn push(store: &Store, half: Half, address_at_event: &Email, cause: Cause<'_>) -> Result<Pushed, StoreError> {
    let names = store.names();
    let (shard, id) = (reset_event::shard_of(names, cause.event_id, address_at_event), job_id(cause.event_id, half));
    let keys = vec![list(names, shard, half), names.wake(shard), names.meta(shard), names.pushed(shard, &id)];
    let args = vec![id.into(), job(cause, half).into()];
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

    const CAUSE: Cause<'_> = Cause { event_id: "e1", occurred_at: 1_700_000_000_000, trace: None };

    #[test]
    fn a_notice_is_a_job_whose_bytes_depend_on_the_event_alone() {
        let bytes = job(CAUSE, Half::Notice);
        assert_eq!(bytes, job(CAUSE, Half::Notice));
        let job = Job::decode(bytes.as_bytes()).unwrap();
        assert_eq!(job.id, "e1.notice");
        assert_eq!(job.task, Task::SendChangedNotice(SendChangedNotice { event_id: "e1".into() }));
    }

    #[test]
    fn a_webhook_is_one_too() {
        let job = Job::decode(job(CAUSE, Half::Webhook).as_bytes()).unwrap();
        assert_eq!((job.id.as_str(), job.expires_at), ("e1.webhook", None));
        assert_eq!(job.task, Task::DeliverWebhook(DeliverWebhook { event_id: "e1".into() }));
    }

    /// What older programs push for the same row: the queue would take other bytes for another job under its id.
    #[test]
    fn an_event_without_a_trace_has_the_bytes_that_it_always_had() {
        let always = r#"{"data":{"event_id":"e1"},"enqueued_at":1700000000000,"id":"e1.notice","type":"password_reset.send_changed_notice","v":1}"#;
        assert_eq!(job(CAUSE, Half::Notice), always);
    }

    #[test]
    fn both_jobs_go_on_in_the_trace_of_their_event() {
        let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let cause = Cause { trace: TraceContext::parse(traceparent), ..CAUSE };
        for half in Half::ALL {
            let job = Job::decode(job(cause, half).as_bytes()).unwrap();
            assert_eq!(job.traceparent.as_deref(), Some(traceparent));
        }
    }
}
