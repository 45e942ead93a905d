//! Calls by what was asked and what was answered.

use std::{fmt, sync::LazyLock, time::Duration};

use entity::metrics::{Histograms, Labels, durations};
use poem::{Body, Response, http::header::CONTENT_TYPE};
use prometheus_client::{
    encoding::{EncodeLabelSet, LabelSetEncoder},
    metrics::{counter::Counter, family::Family},
    registry::{Registry, Unit},
};

use super::seconds;
use crate::http::{
    CALLS,
    problem::{PROBLEM_JSON, ProblemCode},
};

/// The operations, as the contract names them, in the order of [`CALLS`].
const OPERATIONS: [&str; 3] = ["request_password_reset", "verify_code", "confirm_password_reset"];
/// Whatever else is at a path of ours: the page, the documentation.
const FILES: &str = "files";
/// Paths that are not ours.
const OTHER: &str = "other";

/// The operation at a path, if the path is one of ours.
#[must_use]
pub fn operation(known: Option<&str>) -> &'static str {
    let Some(path) = known else { return OTHER };
    CALLS.iter().position(|call| *call == path).map_or(FILES, |place| OPERATIONS[place])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Answered {
    operation: &'static str,
    status: u16,
    code: &'static str,
}

impl EncodeLabelSet for Answered {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> Result<(), fmt::Error> {
        Labels([("operation", self.operation)]).encode(encoder)?;
        [("status", self.status)].encode(encoder)?;
        Labels([("code", self.code)]).encode(encoder)
    }
}

/// Calls and how long they took.
#[derive(Clone, Debug)]
pub struct Calls {
    answered: Family<Answered, Counter>,
    durations: Histograms,
}

impl Default for Calls {
    fn default() -> Self {
        let durations: Histograms = Family::new_with_constructor(durations);
        for operation in OPERATIONS {
            let _ = durations.get_or_create(&Labels([("operation", operation)]));
        }
        Self { answered: Family::default(), durations }
    }
}

impl Calls {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_http_requests",
            "Calls by operation, status, and code of the problem",
            self.answered.clone(),
        );
        registry.register_with_unit(
            "rekey_http_request_duration",
            "How long a call took",
            Unit::Seconds,
            self.durations.clone(),
        );
    }

    /// Counts a call that was answered.
    pub fn answered(&self, operation: &'static str, status: u16, code: &'static str, took: Duration) {
        self.answered.get_or_create(&Answered { operation, status, code }).inc();
        self.durations.get_or_create(&Labels([("operation", operation)])).observe(seconds(took));
    }
}

/// The code of a problem, as the caller reads it; `none` for an answer that is no problem. What is counted is so what
/// was told. A problem is some hundred octets that lie in memory.
pub async fn problem_code(response: &mut Response) -> &'static str {
    let is_problem = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM_JSON);
    if !is_problem {
        return "none";
    }
    let body = response.take_body().into_bytes().await.unwrap_or_default();
    let code = code_in(&body);
    response.set_body(Body::from_bytes(body));
    code
}

fn code_in(body: &[u8]) -> &'static str {
    #[derive(serde::Deserialize)]
    struct Coded<'a> {
        code: &'a str,
    }
    // As text that lives as long as the program, for the labels.
    static CODES: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| ProblemCode::ALL.iter().map(|code| &*code.code().leak()).collect());
    let told = serde_json::from_slice::<Coded<'_>>(body).ok();
    told.and_then(|told| CODES.iter().find(|code| **code == told.code)).copied().unwrap_or("none")
}

#[cfg(test)]
mod tests {
    use poem::IntoResponse as _;

    use super::*;
    use crate::http::problem::{Refusal, not_found};

    #[test]
    fn a_path_that_is_not_ours_names_no_operation() {
        assert_eq!(operation(Some("/password-reset/verify")), "verify_code");
        assert_eq!(operation(Some("/")), FILES);
        assert_eq!(operation(None), OTHER);
    }

    #[tokio::test]
    async fn the_code_is_the_one_that_the_caller_reads() {
        for (mut response, code) in [
            (Refusal::code_rejected().into_response(), "code_rejected"),
            (Refusal::busy(Duration::from_secs(1)).into_response(), "busy"),
            (not_found(), "not_found"),
            (Response::builder().content_type("application/json").body(r#"{"code":"busy"}"#), "none"),
            (Response::builder().content_type(PROBLEM_JSON).body(r#"{"code":"a stranger's"}"#), "none"),
        ] {
            let status = response.status();
            assert_eq!(problem_code(&mut response).await, code);
            let body = response.take_body().into_string().await.unwrap();
            assert!(body.contains("code") && response.status() == status, "the answer stays what it was: {body}");
        }
    }
}
