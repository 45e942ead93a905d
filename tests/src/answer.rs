//! What a server answered.

use serde_json::Value;

use crate::Secret;

/// An HTTP answer.
#[derive(Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Shows no body: it may hold a token.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({} {})", self.status, self.code())
    }
}

impl Answer {
    /// Reads an answer, if it is whole up to its headers at least.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = split_head(bytes)?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let body = if chunked { unchunk(rest) } else { rest.to_vec() };
        Some(Self { status, headers, body })
    }

    /// Whether these bytes are an answer with all of its body, as far as it tells its length.
    #[must_use]
    pub fn is_whole(bytes: &[u8]) -> bool {
        let Some(answer) = Self::parse(bytes) else { return false };
        let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
        length.is_some_and(|length| answer.body.len() >= length)
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The names of all headers, in lower case and sorted.
    #[must_use]
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The problem's `code`; empty if this is no problem.
    #[must_use]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The problem's `reasons`, as they stand.
    #[must_use]
    pub fn reasons(&self) -> String {
        self.json().get("reasons").map(Value::to_string).unwrap_or_default()
    }

    /// Asserts the status and hands the answer on.
    ///
    /// # Panics
    /// If it is another.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert!(self.status == status, "{status} was awaited, not {} {}", self.status, self.code());
        self
    }

    /// Asserts that this is a problem, well-formed, with this status and code.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) {
        assert!(
            self.status == status && self.code() == code,
            "{status} {code} was awaited, not {} {}",
            self.status,
            self.code()
        );
        let kind = self.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("application/problem+json"), "a problem is no {kind}");
        let json = self.json();
        assert_eq!(json["status"], status, "a problem names its own status");
        for member in ["type", "title"] {
            assert!(json[member].is_string(), "a problem has a {member}");
        }
        if status == 429 || status == 503 {
            let after = self.header("retry-after").and_then(|after| after.parse::<u32>().ok());
            assert!(after.is_some_and(|after| after > 0), "{status} tells when to come back");
        }
    }

    /// The `challenge_id` of a request's answer.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn challenge_id(&self) -> String {
        self.json()["challenge_id"].as_str().expect("the answer names a challenge").to_owned()
    }

    /// The `reset_token` of a verify's answer.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn reset_token(&self) -> Secret {
        Secret::new(self.json()["reset_token"].as_str().expect("the answer carries a token"))
    }
}

fn split_head(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 4..]))
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size.filter(|size| *size > 0 && rest.len() >= end + 2 + size) else { break };
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_become_one_body() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assert_eq!(Answer::parse(answer).unwrap().text(), "abcde");
    }

    #[test]
    fn a_debugged_answer_shows_no_body() {
        let answer = Answer::parse(b"HTTP/1.1 200 OK\r\n\r\n{\"reset_token\":\"canary\"}").unwrap();
        assert!(!format!("{answer:?}").contains("canary"));
    }
}
