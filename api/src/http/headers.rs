//! Headers of every answer, errors included (ASVS 3.4).

use poem::{
    Response,
    http::{HeaderName, HeaderValue, header},
};

use super::{docs, page::policy_ends};
use crate::settings::Settings;

/// The pages of the API itself show nothing and load nothing.
const API_POLICY: &str = "default-src 'none'";
/// Two years, as browsers' preload lists ask for, for this host alone: its subdomains may be somebody else's.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Sets them. `known` is the path, if it is one of ours.
pub fn set(response: &mut Response, settings: &Settings, known: Option<&str>, request_id: &str) {
    let is_docs = known.is_some_and(|path| path == "/docs" || docs::FILES.iter().any(|(file, _)| *file == path));
    let policy = if is_docs { docs::POLICY } else { API_POLICY };
    let headers = response.headers_mut();
    // The files of the page say themselves how long they keep and what they may do; nothing else does.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let has_policy = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    for (name, value) in always(&settings.frame_ancestors) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if settings.public_url.scheme() == "https" {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    let mut made = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    if !has_policy {
        made(header::CONTENT_SECURITY_POLICY, &format!("{policy}; {}", policy_ends(&settings.frame_ancestors)));
    }
    made(HeaderName::from_static("x-request-id"), request_id);
}

/// What stands on every answer, wherever the page is served from.
pub fn always(frame_ancestors: &str) -> impl Iterator<Item = (HeaderName, &'static str)> {
    // Old browsers know nothing between all frames and none.
    let no_frames = (frame_ancestors == "'none'").then_some((header::X_FRAME_OPTIONS, "DENY"));
    [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::REFERRER_POLICY, "no-referrer")].into_iter().chain(no_frames)
}
