//! What may go wrong, for programs to `match` on.

use std::time::Duration;

use crate::generated::{self, ResponseValue, types};
use crate::{PasswordReason, ProblemCode};

/// Why a call did not do what it was to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service refused.
    #[error("{title} ({code})")]
    #[non_exhaustive]
    Problem {
        /// What went wrong; [`ProblemCode::Unknown`] if the service is newer than this client.
        code: ProblemCode,
        /// The HTTP status.
        status: u16,
        /// A short text for people.
        title: String,
        /// What to do about it, for developers.
        detail: Option<String>,
        /// Why a password was refused, with [`ProblemCode::PasswordRejected`]; the decisive ones first.
        reasons: Vec<PasswordReason>,
        /// What to work at before the same call is made again with its `proof`, with [`ProblemCode::ProofRequired`].
        proof_challenge: Option<Box<types::ProofChallenge>>,
        /// How long to wait before the same call may work.
        retry_after: Option<Duration>,
    },
    /// No answer came: the network, TLS, a time-out. Whether the call was heard is not known.
    #[error("the service could not be reached")]
    Transport(#[source] reqwest::Error),
    /// An answer that the service does not give: something else answered, such as a proxy.
    #[error("an answer that is not the service's")]
    #[non_exhaustive]
    Unexpected {
        /// The HTTP status, if it is known.
        status: Option<u16>,
    },
    /// What was given cannot be sent: an `Idempotency-Key` with other than visible ASCII, a base URL that is none.
    #[error("the call cannot be made: {0}")]
    Invalid(String),
}

impl Error {
    /// The problem's code, if the service refused.
    #[must_use]
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// The answer itself is not kept: it may hold a token.
    pub(crate) async fn of(error: generated::Error<types::Problem>) -> Self {
        use generated::Error as From;
        match error {
            From::ErrorResponse(answer) => Self::problem(answer),
            From::CommunicationError(error) | From::ResponseBodyError(error) | From::InvalidUpgrade(error) => {
                Self::Transport(error)
            }
            // A status that the call does not describe, such as a 404 where the base URL is wrong.
            From::UnexpectedResponse(response) => {
                let status = response.status().as_u16();
                let problem = ResponseValue::<types::Problem>::from_response::<()>(response).await;
                problem.map_or(Self::Unexpected { status: Some(status) }, Self::problem)
            }
            From::InvalidResponsePayload(..) => Self::Unexpected { status: None },
            From::InvalidRequest(why) | From::Custom(why) => Self::Invalid(why),
        }
    }

    fn problem(answer: ResponseValue<types::Problem>) -> Self {
        let retry_after = answer.headers().get(reqwest::header::RETRY_AFTER);
        let seconds = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let status = answer.status().as_u16();
        let problem = answer.into_inner();
        let reasons = problem.reasons.iter();
        Self::Problem {
            code: problem.code.parse().unwrap_or(ProblemCode::Unknown),
            status,
            title: problem.title,
            detail: problem.detail,
            reasons: reasons.map(|reason| reason.parse().unwrap_or(PasswordReason::Unknown)).collect(),
            proof_challenge: problem.proof_challenge.map(Box::new),
            retry_after: seconds.map(Duration::from_secs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::{StatusCode, header::HeaderMap};

    fn problem(code: &str, headers: HeaderMap) -> Error {
        let json = format!(
            r#"{{"type":"about:blank","title":"No","status":503,"code":"{code}","new":1,"reasons":["too_short","new"]}}"#
        );
        let problem: types::Problem = serde_json::from_str(&json).unwrap();
        Error::problem(ResponseValue::new(problem, StatusCode::SERVICE_UNAVAILABLE, headers))
    }

    #[test]
    fn a_problem_has_its_code_and_its_wait() {
        let headers = HeaderMap::from_iter([(reqwest::header::RETRY_AFTER, "7".parse().unwrap())]);
        let error = problem("busy", headers);
        assert_eq!(error.to_string(), "No (busy)");
        let Error::Problem { code, status, retry_after, .. } = error else { panic!("it is a problem") };
        assert_eq!((code, status, retry_after), (ProblemCode::Busy, 503, Some(Duration::from_secs(7))));
    }

    #[test]
    fn a_call_that_needs_a_proof_says_what_to_work_at() {
        let json = r#"{"type":"about:blank","title":"No","status":403,"code":"proof_required","proof_challenge":
            {"parameters":{"algorithm":"PBKDF2/SHA-256","cost":2500,"data":{"action":"verify","shard":0},"expiresAt":7,
            "keyLength":32,"keyPrefix":"00","nonce":"07070707070707070707070707070707",
            "salt":"09090909090909090909090909090909"},
            "signature":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}"#;
        let problem: types::Problem = serde_json::from_str(json).unwrap();
        let error = Error::problem(ResponseValue::new(problem, StatusCode::FORBIDDEN, HeaderMap::new()));
        assert_eq!(error.code(), Some(ProblemCode::ProofRequired));
        let Error::Problem { proof_challenge: Some(challenge), .. } = error else { panic!("it says what") };
        assert_eq!(challenge.parameters.cost, 2500);
    }

    #[test]
    fn what_a_later_version_says_is_unknown_and_no_failure() {
        let error = problem("tea_rejected", HeaderMap::new());
        assert_eq!(error.code(), Some(ProblemCode::Unknown));
        let Error::Problem { reasons, .. } = error else { panic!("it is a problem") };
        assert_eq!(reasons, [PasswordReason::TooShort, PasswordReason::Unknown]);
    }
}
