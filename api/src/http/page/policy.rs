//! What browsers may do with the page.

use poem::http::{HeaderName, header};

/// Sensors and devices that no reset needs, for the page and whatever might get into it. Passkeys and the clipboard
/// are not in it: password managers and the suggested passphrase use them.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
                           magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// Headers of every file of the page. They do not keep it out of the frames that `frame-ancestors` allows: the one
/// about openers counts for windows, the one about resources for what is loaded into another page.
pub const ISOLATION: [(HeaderName, &str); 3] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// The name of the policies' header.
pub const CSP: HeaderName = header::CONTENT_SECURITY_POLICY;

/// The policy of a file: its own files alone, nothing inline (R57, R60). `name` is empty for the page itself, and
/// `api` the origin of an API elsewhere.
pub fn of(name: &str, api: Option<&str>, frame_ancestors: &str) -> String {
    // The estimator's worker compiles WebAssembly. It is under the policy of its own file and no other is.
    let wasm = if name.starts_with("strength") && name.ends_with(".js") { " 'wasm-unsafe-eval'" } else { "" };
    let api = api.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; connect-src 'self'{api}; \
         worker-src 'self'; font-src 'self'; {}",
        ends(frame_ancestors)
    )
}

/// The policy of the logo: whoever opens it by itself gets a picture and nothing that could act for our origin.
pub fn of_logo(frame_ancestors: &str) -> String {
    format!("default-src 'none'; style-src 'unsafe-inline'; sandbox; {}", ends(frame_ancestors))
}

/// What no `default-src` covers.
pub fn ends(frame_ancestors: &str) -> String {
    format!("frame-ancestors {frame_ancestors}; base-uri 'none'; form-action 'none'")
}
