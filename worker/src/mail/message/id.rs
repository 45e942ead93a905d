//! `Message-ID`.

use std::fmt::Write as _;

/// The same job always gets the same id, so a server can drop a duplicate. Jobs are foreign text: an id that is not
/// plain is written in hexadecimal, within the 64 octets of a job's id.
pub fn message_id(job_id: &str, domain: &str) -> String {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    if (1..=64).contains(&job_id.len()) && job_id.bytes().all(is_plain) {
        return format!("<{job_id}@{domain}>");
    }
    let mut hex = String::from("x.");
    for octet in job_id.bytes().take(64) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{octet:02x}");
    }
    format!("<{hex}@{domain}>")
}
