//! The jobs of the outbox, as they are pushed.

use serde_json::json;

use crate::{job::VERSION, reset_event::Half, telemetry::TraceContext};

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
