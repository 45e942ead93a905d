//! A job as it lies on the list.

use serde::de::IgnoredAny;

use super::message_id::message_id;
use crate::job::{Job, Undecodable, VERSION};

/// What is read is written again to the same job, and what is not has its reason; an id writes one header alone.
pub fn run(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        header(text);
    }
    // In UTF-8, as all JSON that travels (RFC 8259, section 8.1), also where nobody looks at it.
    let is_json = std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
    match Job::decode(bytes) {
        Ok(job) => {
            assert!(is_json && job.v == VERSION);
            assert!(Job::TYPES.contains(&job.kind()));
            let written = serde_json::to_vec(&job).expect("a job is JSON");
            assert_eq!(Job::decode(&written).as_ref(), Ok(&job));
            let _ = job.task.row();
            header(&job.id);
        }
        Err(reason) => {
            assert_eq!(Job::decode(bytes), Err(reason));
            assert!(is_json || reason == Undecodable::Malformed, "{reason}");
        }
    }
}

/// The job's id is foreign text, and `Message-ID` is made of it (R62).
fn header(job_id: &str) {
    let id = message_id(job_id, "example.com");
    let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix("@example.com>")).expect("one id");
    assert!((1..=130).contains(&inner.len()), "{id}");
    assert!(inner.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet)), "{id}");
}
