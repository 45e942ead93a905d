//! Which pages of other origins may call: those on an exact list, none by default (ASVS 3.4.2).
//!
//! The framework's own middleware allows every origin without a list, and with one it refuses the API's own page.

use poem::{
    Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};

/// An hour: browsers ask again after that.
const MAX_AGE: &str = "3600";

/// The answer to a preflight, if this is one. An origin that is not listed gets it without permission, and its browser
/// goes no further.
pub fn preflight(request: &Request, allowed: &[String], known: Option<&str>) -> Option<Response> {
    let asks =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let origin = request.header(header::ORIGIN).filter(|_| asks && known.is_some())?;
    let mut response = Response::builder().status(StatusCode::NO_CONTENT).finish();
    if allowed.iter().any(|listed| listed == origin) {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("content-type, idempotency-key, traceparent"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
    }
    Some(response)
}

/// Permission for the answer itself. `Vary` is always there: a cache must not give one origin the answer for another.
pub fn set(response: &mut Response, origin: Option<&str>, allowed: &[String]) {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    let listed = origin.and_then(|origin| allowed.iter().find(|listed| *listed == origin));
    if let Some(value) = listed.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
    }
}
