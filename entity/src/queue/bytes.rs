//! The jobs of the outbox, as they are pushed.

use serde_json::json;

use crate::{job::VERSION, reset_event::Half};

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
