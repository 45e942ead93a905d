//! `Retry-After` of an answer (RFC 9110, section 10.2.3): seconds, or a date.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The longest wait that a receiver can ask for. The longest gap between two tries is longer anyway; this bounds how far
/// the early ones can be put off.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// The wait that the receiver asks for, an hour at most; zero if it asks for none, or by no form of it. `now` is in
/// milliseconds since 1970.
pub(super) fn asked_for(headers: &HeaderMap, now: i64) -> Duration {
    let asked = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| wait(text.trim(), now));
    asked.unwrap_or_default().min(LONGEST)
}

fn wait(text: &str, now: i64) -> Option<Duration> {
    // Seconds beyond what a number holds are still digits.
    if !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit()) {
        return Some(text.parse().map_or(LONGEST, Duration::from_secs));
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now).ok()?);
    // A date that is over asks for no wait.
    httpdate::parse_http_date(text).ok()?.duration_since(now).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn seconds_and_dates_count_up_to_an_hour_and_nothing_else_does() {
        // 2026-01-02 03:04:05 UTC.
        let now = 1_767_323_045_000;
        for (asked, seconds) in [
            ("0", 0),
            ("120", 120),
            (" 120 ", 120),
            ("3601", 3_600),
            ("99999999999999999999999", 3_600),
            ("Fri, 02 Jan 2026 03:06:05 GMT", 120),
            ("Fri, 02 Jan 2026 03:04:04 GMT", 0),
            ("Fri, 09 Jan 2026 03:04:05 GMT", 3_600),
            ("-5", 0),
            ("1.5", 0),
            ("soon", 0),
            ("", 0),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(asked))]);
            assert_eq!(asked_for(&headers, now), Duration::from_secs(seconds), "{asked:?}");
        }
        assert_eq!(asked_for(&HeaderMap::new(), now), Duration::ZERO);
    }
}
