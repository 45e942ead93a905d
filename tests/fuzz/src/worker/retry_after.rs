//! `Retry-After` of a webhook's answer.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use super::later::asked_for;

/// Takes eight octets of a clock and the header. However it is written, nobody is waited for longer than an hour.
pub fn run(bytes: &[u8]) {
    let Some((clock, header)) = bytes.split_first_chunk::<8>() else { return };
    let Ok(value) = HeaderValue::from_bytes(header) else { return };
    let now = i64::from_be_bytes(*clock);
    let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
    let wait = asked_for(&headers, now);
    assert!(wait <= Duration::from_secs(3600), "{wait:?}");
    let digits =
        std::str::from_utf8(header).ok().filter(|text| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit()));
    if let Some(digits) = digits {
        let seconds = digits.trim_start_matches('0');
        let expected = if seconds.len() > 4 { 3600 } else { seconds.parse().unwrap_or(0).min(3600) };
        assert_eq!(wait, Duration::from_secs(expected));
    }
    if header.is_empty() {
        assert_eq!(wait, Duration::ZERO);
    }
}
