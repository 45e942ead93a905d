//! The wire format of a job: JSON on a Redis list, so that anything that speaks Redis can push one.
//!
//! A job holds no code, no token and no address: it names a challenge or an event, and the worker looks it up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::reset_event::Half;

/// The version of the envelope that this build writes and reads.
pub const VERSION: u64 = 1;
/// Octets of a job's id at most.
pub const MAX_ID_OCTETS: usize = 64;

/// A job as it lies on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// Version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub v: u64,
    /// Unique while the job lives, 1 to 64 octets; the mail's Message-ID is made from it.
    #[schemars(length(min = 1, max = 64))]
    pub id: String,
    /// What to do.
    #[serde(flatten)]
    pub task: Task,
    /// When it was pushed: milliseconds since 1970, by the clock of Redis. Without it the worker knows no age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enqueued_at: Option<i64>,
    /// From when on it is of no use: milliseconds since 1970. Without it the job is tried until its retries end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// W3C Trace Context of what caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

/// What a job asks for, by its `type`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "data")]
pub enum Task {
    /// Mail the code of a challenge to the address in its account's row.
    #[serde(rename = "password_reset.send_code")]
    SendCode(SendCode),
    /// Tell the owner that the password was changed.
    #[serde(rename = "password_reset.send_changed_notice")]
    SendChangedNotice(SendChangedNotice),
    /// Tell the application that a password was reset.
    #[serde(rename = "webhook.deliver")]
    DeliverWebhook(DeliverWebhook),
}

impl Task {
    /// The row of the outbox that the job is for, and the half of it; none for one that is for no row.
    #[must_use]
    pub fn row(&self) -> Option<(&str, Half)> {
        match self {
            Self::SendCode(_) => None,
            Self::SendChangedNotice(data) => Some((&data.event_id, Half::Notice)),
            Self::DeliverWebhook(data) => Some((&data.event_id, Half::Webhook)),
        }
    }
}

/// The data of `password_reset.send_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SendCode {
    /// The challenge whose code is mailed.
    pub challenge_id: String,
    /// 1 for the first mail of the challenge, 2 to 4 for its resends. A number that was sent is not sent again.
    #[schemars(range(min = 1, max = 4))]
    pub mail_no: u8,
}

/// The data of `password_reset.send_changed_notice`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SendChangedNotice {
    /// The row of `reset_event` that tells whose password changed, when, and where the notice goes.
    pub event_id: String,
}

/// The data of `webhook.deliver`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeliverWebhook {
    /// The row of `reset_event` that it tells of.
    pub event_id: String,
}

/// Why the bytes of a job cannot be run. Such a job goes to the dead letters under this reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// Not JSON, or not the shape of an envelope.
    #[error("undecodable")]
    Malformed,
    /// A version that this build does not know.
    #[error("unknown_version")]
    UnknownVersion,
    /// A type that this build does not know.
    #[error("unknown_type")]
    UnknownType,
    /// A known type whose data do not fit it.
    #[error("invalid_data")]
    InvalidData,
}

/// The part of an envelope that stays the same in every version.
#[derive(Deserialize)]
struct Head {
    v: u64,
    #[serde(rename = "type")]
    kind: String,
}

impl Job {
    /// Every type that this build runs.
    pub const TYPES: [&'static str; 3] =
        ["password_reset.send_code", "password_reset.send_changed_notice", "webhook.deliver"];

    /// Reads the bytes of a job.
    ///
    /// # Errors
    /// [`Undecodable`], whose text is the reason to bury it under.
    pub fn decode(bytes: &[u8]) -> Result<Self, Undecodable> {
        // The parser looks at the encoding of what it keeps alone, and a job may have more fields than those.
        let text = std::str::from_utf8(bytes).map_err(|_| Undecodable::Malformed)?;
        let head: Head = serde_json::from_str(text).map_err(|_| Undecodable::Malformed)?;
        if head.v != VERSION {
            return Err(Undecodable::UnknownVersion);
        }
        if !Self::TYPES.contains(&head.kind.as_str()) {
            return Err(Undecodable::UnknownType);
        }
        serde_json::from_str(text).map_err(|_| Undecodable::InvalidData)
    }

    /// The JSON Schema of every job, for producers and consumers in other languages.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// The job's `type`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.task {
            Task::SendCode(_) => Self::TYPES[0],
            Task::SendChangedNotice(_) => Self::TYPES[1],
            Task::DeliverWebhook(_) => Self::TYPES[2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEND_CODE: &str = r#"{"v":1,"id":"j1","type":"password_reset.send_code","data":{"challenge_id":"c1","mail_no":1},"enqueued_at":1700000000000,"expires_at":1700000600000,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}"#;
    const NOTICE: &str = r#"{"v":1,"id":"j2","type":"password_reset.send_changed_notice","data":{"event_id":"e1"}}"#;

    #[test]
    fn the_exact_json_is_pinned() {
        for text in [SEND_CODE, NOTICE] {
            let job = Job::decode(text.as_bytes()).unwrap();
            assert_eq!(serde_json::to_string(&job).unwrap(), text);
        }
    }

    /// Jobs as version 0.1 pushed them. They may lie in a queue for two weeks, and stay readable for good: these files
    /// are not changed.
    #[test]
    fn jobs_of_older_builds_are_still_read() {
        let code = SendCode { challenge_id: "AAB7mZ0eTg2N6XcQk1rWvS4h".into(), mail_no: 1 };
        let event_id = "0af7651916cd43dd8448eb211c80319c".to_owned();
        for (bytes, task, expires_at) in [
            (
                include_bytes!("../fixtures/jobs/v1.send_code.json").as_slice(),
                Task::SendCode(code.clone()),
                Some(1_700_000_600_000),
            ),
            (include_bytes!("../fixtures/jobs/v1.send_code.by_hand.json"), Task::SendCode(code), None),
            (
                include_bytes!("../fixtures/jobs/v1.send_changed_notice.json"),
                Task::SendChangedNotice(SendChangedNotice { event_id }),
                None,
            ),
        ] {
            let job = Job::decode(bytes).unwrap();
            assert_eq!((job.task, job.expires_at), (task, expires_at));
        }
    }

    #[test]
    fn every_refusal_has_its_reason() {
        for (text, reason) in [
            ("", Undecodable::Malformed),
            ("[]", Undecodable::Malformed),
            (r#"{"v":"1","type":"x"}"#, Undecodable::Malformed),
            (r#"{"v":2,"type":"x"}"#, Undecodable::UnknownVersion),
            (r#"{"v":1,"id":"a","type":"x"}"#, Undecodable::UnknownType),
            (r#"{"v":1,"id":"a","type":"password_reset.send_code","data":{}}"#, Undecodable::InvalidData),
            (
                r#"{"v":1,"type":"password_reset.send_code","data":{"challenge_id":"c","mail_no":1}}"#,
                Undecodable::InvalidData,
            ),
        ] {
            assert_eq!(Job::decode(text.as_bytes()).unwrap_err(), reason, "{text}");
        }
    }

    #[test]
    fn what_is_not_in_utf_8_is_no_json_wherever_it_stands() {
        for text in [NOTICE, r#"{"v":2,"type":"x"}"#, r#"{"v":1,"id":"a","type":"x"}"#] {
            let mut bytes = text.replacen('{', r#"{"later":"?","#, 1).into_bytes();
            bytes[10] = 0xff;
            assert_eq!(Job::decode(&bytes).unwrap_err(), Undecodable::Malformed, "{text}");
        }
    }

    #[test]
    fn unknown_fields_are_for_later_versions_to_use() {
        let text = r#"{"v":1,"id":"j","type":"password_reset.send_changed_notice","data":{"event_id":"e","later":1},"later":[]}"#;
        assert!(Job::decode(text.as_bytes()).is_ok());
    }
}
