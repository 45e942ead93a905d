//! Every error that the service answers: RFC 9457 problems with a stable code.

mod code;

use poem::{Error, IntoResponse, Response, http::StatusCode};
use poem_openapi::{ApiResponse, Object, payload::Json};

pub use code::ProblemCode;

use crate::{password::Reason, proof::ProofChallenge};

/// An error (RFC 9457). It never repeats what was sent.
#[derive(Clone, Debug, Object)]
pub struct Problem {
    /// `about:blank`: what went wrong is in `code`.
    #[oai(rename = "type")]
    kind: String,
    /// A short text for people.
    title: String,
    /// The HTTP status.
    #[oai(validator(minimum(value = "400"), maximum(value = "599")))]
    pub status: u16,
    pub code: ProblemCode,
    /// What to do about it, for developers.
    #[oai(skip_serializing_if_is_none)]
    detail: Option<String>,
    /// Why a password was refused, the decisive reasons first. With `password_rejected` alone, and never empty then.
    #[oai(skip_serializing_if_is_none)]
    reasons: Option<Vec<Reason>>,
    /// What to work at before the same call is made again, with its `proof`. With `proof_required` alone, and always then.
    #[oai(skip_serializing_if_is_none)]
    proof_challenge: Option<ProofChallenge>,
}

/// The content type of every problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Every way in which one of the three calls can be refused.
#[derive(Clone, Debug, ApiResponse)]
pub enum Refusal {
    /// The call does not fit its description (`invalid_request`), or what it carries was not accepted
    /// (`code_rejected`, `token_rejected`).
    #[oai(status = 400, content_type = "application/problem+json")]
    BadRequest(Json<Box<Problem>>),
    /// The account's second factor is asked for (`second_factor_required`), or the service is under attack, and the call
    /// needs a `proof` (`proof_required`).
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<Box<Problem>>),
    /// Only POST does anything (`method_not_allowed`).
    #[oai(status = 405, content_type = "application/problem+json")]
    MethodNotAllowed(
        Json<Box<Problem>>,
        /// The methods that the path takes.
        #[oai(header = "Allow")]
        String,
    ),
    /// The body did not arrive in time (`request_timeout`).
    #[oai(status = 408, content_type = "application/problem+json")]
    RequestTimeout(Json<Box<Problem>>),
    /// The body is over 8 KiB (`payload_too_large`).
    #[oai(status = 413, content_type = "application/problem+json")]
    PayloadTooLarge(Json<Box<Problem>>),
    /// The body is not JSON by its `Content-Type` (`unsupported_media_type`).
    #[oai(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(Json<Box<Problem>>),
    /// The password was refused (`password_rejected`), or the `Idempotency-Key` was used with another body
    /// (`invalid_request`).
    #[oai(status = 422, content_type = "application/problem+json")]
    Unprocessable(Json<Box<Problem>>),
    /// Over a limit (`rate_limited`).
    #[oai(status = 429, content_type = "application/problem+json")]
    TooManyRequests(
        Json<Box<Problem>>,
        /// Seconds to wait.
        #[oai(header = "Retry-After")]
        u64,
    ),
    /// A part of the service is down (`unavailable`) or taken by another call (`busy`).
    #[oai(status = 503, content_type = "application/problem+json")]
    Unavailable(
        Json<Box<Problem>>,
        /// Seconds to wait.
        #[oai(header = "Retry-After")]
        u64,
    ),
}

impl Refusal {
    /// What it says.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::BadRequest(Json(problem))
            | Self::Forbidden(Json(problem))
            | Self::MethodNotAllowed(Json(problem), _)
            | Self::RequestTimeout(Json(problem))
            | Self::PayloadTooLarge(Json(problem))
            | Self::UnsupportedMediaType(Json(problem))
            | Self::Unprocessable(Json(problem))
            | Self::TooManyRequests(Json(problem), _)
            | Self::Unavailable(Json(problem), _) => problem,
        }
    }
}

/// Wait that is asked for when something is down: long enough for a restart, short enough for a person.
const RETRY_UNAVAILABLE_SECS: u64 = 5;

impl Refusal {
    /// 400 `invalid_request`; the detail is ours and repeats nothing of the request.
    pub fn invalid(detail: &str) -> Self {
        Self::BadRequest(problem(400, ProblemCode::InvalidRequest, Some(detail)))
    }

    /// 400 `code_rejected`: one answer for every reason.
    pub fn code_rejected() -> Self {
        Self::BadRequest(problem(400, ProblemCode::CodeRejected, None))
    }

    /// 400 `token_rejected`.
    pub fn token_rejected() -> Self {
        Self::BadRequest(problem(400, ProblemCode::TokenRejected, None))
    }

    /// 403 `second_factor_required`: one answer for a proof that is missing and for each way in which it can be wrong.
    pub fn second_factor_required() -> Self {
        Self::Forbidden(problem(403, ProblemCode::SecondFactorRequired, None))
    }

    /// 403 `proof_required` with what to work at. Not 428, which is about conditional requests (RFC 6585, section 3), nor
    /// 429: nobody has to wait, and clients that wait by themselves would gain nothing by it.
    pub fn proof_required(challenge: ProofChallenge) -> Self {
        let Json(mut problem) = problem(403, ProblemCode::ProofRequired, None);
        problem.proof_challenge = Some(challenge);
        Self::Forbidden(Json(problem))
    }

    /// 422 `password_rejected` with its reasons.
    pub fn password_rejected(reasons: Vec<Reason>) -> Self {
        let Json(mut problem) = problem(422, ProblemCode::PasswordRejected, None);
        problem.reasons = Some(reasons);
        Self::Unprocessable(Json(problem))
    }

    /// 422 `invalid_request` for an `Idempotency-Key` that was used with another body.
    pub fn key_reused() -> Self {
        let detail = "this Idempotency-Key was used with another body";
        Self::Unprocessable(problem(422, ProblemCode::InvalidRequest, Some(detail)))
    }

    /// 429 `rate_limited`; the wait is rounded up to seconds.
    pub fn rate_limited(wait: std::time::Duration) -> Self {
        Self::TooManyRequests(problem(429, ProblemCode::RateLimited, None), whole_seconds(wait).max(1))
    }

    /// 503 `busy`.
    pub fn busy(wait: std::time::Duration) -> Self {
        Self::Unavailable(problem(503, ProblemCode::Busy, None), whole_seconds(wait).max(1))
    }

    /// 503 `unavailable`.
    pub fn unavailable() -> Self {
        Self::Unavailable(problem(503, ProblemCode::Unavailable, None), RETRY_UNAVAILABLE_SECS)
    }

    /// 405 `method_not_allowed`.
    pub fn method_not_allowed(allow: &str) -> Self {
        Self::MethodNotAllowed(problem(405, ProblemCode::MethodNotAllowed, None), allow.to_owned())
    }

    /// 408 `request_timeout`.
    pub fn request_timeout() -> Self {
        Self::RequestTimeout(problem(408, ProblemCode::RequestTimeout, None))
    }

    /// 413 `payload_too_large`.
    pub fn payload_too_large() -> Self {
        Self::PayloadTooLarge(problem(413, ProblemCode::PayloadTooLarge, None))
    }

    /// 415 `unsupported_media_type`.
    pub fn unsupported_media_type() -> Self {
        let detail = "send application/json, not compressed";
        Self::UnsupportedMediaType(problem(415, ProblemCode::UnsupportedMediaType, Some(detail)))
    }
}

/// Seconds, rounded up: who waits that long is let through.
pub fn whole_seconds(span: std::time::Duration) -> u64 {
    span.as_secs() + u64::from(span.subsec_nanos() > 0)
}

fn problem(status: u16, code: ProblemCode, detail: Option<&str>) -> Json<Box<Problem>> {
    Json(Box::new(Problem {
        kind: "about:blank".into(),
        title: code.title().into(),
        status,
        code,
        detail: detail.map(Into::into),
        reasons: None,
        proof_challenge: None,
    }))
}

/// Turns an error of the framework into a problem. The framework's own texts may quote the request: none is kept.
/// `allow` are the methods of the path, where it is known.
pub fn from_framework(error: Error, allow: Option<&str>) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let status = error.status();
    match (status, allow) {
        // A path that exists and was asked by another method: the router says 404 for some of them.
        (StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND, Some(allow)) => {
            Refusal::method_not_allowed(allow).into_response()
        }
        (StatusCode::NOT_FOUND, None) => not_found(),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, _) => Refusal::unsupported_media_type().into_response(),
        (StatusCode::PAYLOAD_TOO_LARGE, _) => Refusal::payload_too_large().into_response(),
        (status, _) if status.is_client_error() => {
            Refusal::invalid("the body must be one JSON object with the fields that this call describes")
                .into_response()
        }
        (status, _) => {
            tracing::error!(status = status.as_u16(), "the framework failed");
            Refusal::unavailable().into_response()
        }
    }
}

/// 404 `not_found`.
pub fn not_found() -> Response {
    let Json(problem) = problem(404, ProblemCode::NotFound, None);
    let body = poem_openapi::types::ToJSON::to_json_string(&problem);
    Response::builder().status(StatusCode::NOT_FOUND).content_type(PROBLEM_JSON).body(body)
}
