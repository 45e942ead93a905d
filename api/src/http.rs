//! The HTTP side: routes, and what happens around every call.

pub mod body;
pub mod caller;
pub mod connection;
mod cors;
mod docs;
pub mod headers;
pub mod internal;
pub mod openapi;
pub mod page;
pub mod problem;

use std::{net::IpAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use entity::telemetry::{self, Kind, Span, TraceContext};
use futures_util::FutureExt as _;
use poem::{Addr, Endpoint, EndpointExt as _, IntoResponse as _, Request, Response, Route, http::Method};
use tracing::Instrument as _;

use crate::{
    metrics::{self, METRICS},
    service::Service,
};
use caller::Caller;
use page::Page;
use problem::Refusal;

/// The paths of the three calls. Only POST does anything there (R54).
pub const CALLS: [&str; 3] = ["/password-reset/request", "/password-reset/verify", "/password-reset/confirm"];

/// Everything on the public listener.
pub fn app(service: &Arc<Service>) -> impl Endpoint<Output = Response> + use<> {
    let api = openapi::service();
    let spec = bytes::Bytes::from(openapi::document(&api));
    let docs = docs::route(&api.swagger_ui_html());
    let spec_endpoint = poem::endpoint::make_sync(move |_| spec.clone().with_content_type("application/json"));
    let routes = Route::new().nest("/docs", docs).at("/openapi.json", poem::get(spec_endpoint)).nest("/", api);
    let service = Arc::clone(service);
    let routes = routes.data(Arc::clone(&service)).map_to_response();
    let routes = Arc::new(routes);
    poem::endpoint::make(move |request| {
        let (service, routes) = (Arc::clone(&service), Arc::clone(&routes));
        async move { Ok::<_, poem::Error>(around(&service, &*routes, request).await) }
    })
    .map_to_response()
}

/// What every call gets: an id, a caller, a log line, headers, and a problem in place of any error.
async fn around(service: &Arc<Service>, routes: &impl Endpoint<Output = Response>, mut request: Request) -> Response {
    let started = tokio::time::Instant::now();
    let peer = peer(&request);
    let (caller, forged) = Caller::of(&request, peer, &service.settings.trusted_proxies, &service.keyring);
    if caller::is_unlisted_proxy(&request, peer, &service.settings.trusted_proxies) {
        service.proxies.note(peer);
    }
    let span = tracing::info_span!(
        "call",
        request_id = %caller.request_id,
        client = %caller.address,
        // Known only once a token was looked up.
        address = tracing::field::Empty,
        trace_id = tracing::field::Empty,
    );
    let (method, known) = (request.method().clone(), known_path(&service.page, request.uri().path()));
    // No other origin has a use for the page's files, and caches need not keep one of them for each.
    let is_page = service.page.known(request.uri().path()).is_some();
    let origin = request.header("origin").map(ToOwned::to_owned);
    let trace = known.filter(|path| CALLS.contains(path)).map(|path| begin_trace(&request, path));
    if let Some(trace) = &trace {
        span.record("trace_id", tracing::field::display(trace.context().trace_id()));
    }
    let request_id = caller.request_id.clone();
    request.extensions_mut().insert(caller);

    let answering = async {
        if let Some(preflight) =
            cors::preflight(&request, &service.settings.allowed_origins, known.filter(|_| !is_page))
        {
            return preflight;
        }
        if forged.is_err() {
            return Refusal::invalid("Forwarded and X-Forwarded-For name different clients").into_response();
        }
        // A panic is a bug; the client gets a problem for it and the other calls go on.
        let handled = AssertUnwindSafe(handle(&service.page, routes, request, known)).catch_unwind().await;
        handled.unwrap_or_else(|_| {
            tracing::error!("a handler panicked");
            Refusal::unavailable().into_response()
        })
    };
    let answering = answering.instrument(span.clone());
    let mut response = match &trace {
        Some(trace) => telemetry::within(trace.context(), answering).await,
        None => answering.await,
    };
    headers::set(&mut response, &service.settings, known, &request_id);
    if !is_page {
        cors::set(&mut response, origin.as_deref(), &service.settings.allowed_origins);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let code = metrics::problem_code(&mut response).await;
    METRICS.calls.answered(metrics::operation(known), status, code, took);
    if let Some(trace) = trace {
        end_trace(trace, status, code);
    }
    let ms = millis(took);
    let path = known.unwrap_or("unknown");
    let is_refused_call = known.is_some_and(|path| CALLS.contains(&path)) && status >= 400;
    // What is refused before the call's own code sees it is logged all the same (R67).
    span.in_scope(|| match is_refused_call {
        true => tracing::info!(%method, path, status, ms, "answered"),
        false => tracing::debug!(%method, path, status, ms, "answered"),
    });
    response
}

/// Begins the span of a call, within the caller's trace if its `traceparent` is one.
fn begin_trace(request: &Request, path: &'static str) -> Span {
    let caller = request.header("traceparent").and_then(TraceContext::parse);
    let mut trace = telemetry::begin_from(metrics::operation(Some(path)), Kind::Server, caller);
    // A method may be any word of a stranger's.
    trace.set("http.request.method", if request.method() == Method::POST { "POST" } else { "_OTHER" });
    trace.set("http.route", path);
    trace
}

fn end_trace(mut trace: Span, status: u16, code: &'static str) {
    trace.set("http.response.status_code", i64::from(status));
    trace.set("rekey.code", code);
    if status >= 500 {
        trace.fail(code);
    }
}

async fn handle(
    page: &Page,
    routes: &impl Endpoint<Output = Response>,
    mut request: Request,
    known: Option<&str>,
) -> Response {
    if let Some(answer) = page.answer(&request) {
        return answer;
    }
    let is_call = known.is_some_and(|path| CALLS.contains(&path));
    if is_call && request.method() != Method::POST {
        return Refusal::method_not_allowed("POST").into_response();
    }
    if is_call && let Err(refusal) = body::check(&mut request).await {
        return refusal.into_response();
    }
    let allow = known.map(|path| if CALLS.contains(&path) { "POST" } else { "GET, HEAD" });
    match routes.call(request).await {
        Ok(response) => response,
        Err(error) => problem::from_framework(error, allow),
    }
}

/// The path, if it is one of ours: what a stranger wrote into the URL goes into no log.
fn known_path(page: &Page, path: &str) -> Option<&'static str> {
    let others = ["/openapi.json", "/docs"];
    let exact = CALLS.into_iter().chain(others).find(|known| *known == path);
    let exact = exact.or_else(|| page.known(path));
    exact.or_else(|| docs::FILES.iter().map(|(file, _)| *file).find(|file| path.strip_prefix("/docs/") == Some(file)))
}

fn peer(request: &Request) -> IpAddr {
    match request.remote_addr().0 {
        Addr::SocketAddr(address) => address.ip(),
        // Only TCP is listened on; a peer without an address shares one bucket with all of its kind.
        Addr::Unix(_) | Addr::Custom(..) => IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
    }
}

/// Milliseconds with two places, for logs.
pub fn millis(span: Duration) -> f64 {
    (span.as_secs_f64() * 100_000.0).round() / 100.0
}
