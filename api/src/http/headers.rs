//! Headers of every answer, errors included (ASVS 3.4).

use poem::{
    Response,
    http::{HeaderName, HeaderValue, header},
};

use super::docs;
use crate::settings::Settings;

/// The pages of the API itself show nothing and load nothing.
const API_POLICY: &str = "default-src 'none'";
/// Two years, as browsers' preload lists ask for, for this host alone: its subdomains may be somebody else's.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Sets them. `known` is the path, if it is one of ours.
pub fn set(response: &mut Response, settings: &Settings, known: Option<&str>, request_id: &str) {
    let is_docs = known.is_some_and(|path| path == "/docs" || docs::FILES.iter().any(|(file, _)| *file == path));
    let policy = if is_docs { docs::POLICY } else { API_POLICY };
    let policy = format!("{policy}; frame-ancestors {}; base-uri 'none'; form-action 'none'", settings.frame_ancestors);
    let headers = response.headers_mut();
    let mut fixed = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    fixed(header::CACHE_CONTROL, "no-store");
    fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    fixed(header::REFERRER_POLICY, "no-referrer");
    if settings.frame_ancestors == "'none'" {
        fixed(header::X_FRAME_OPTIONS, "DENY");
    }
    if settings.public_url.scheme() == "https" {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    let mut made = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    made(header::CONTENT_SECURITY_POLICY, &policy);
    made(HeaderName::from_static("x-request-id"), request_id);
}
