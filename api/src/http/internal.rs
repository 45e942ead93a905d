//! Health and metrics, on a listener of its own that is not for the public (R61).

use std::sync::Arc;

use poem::{Endpoint, EndpointExt as _, IntoResponse as _, Response, Route, endpoint, get, http::StatusCode};
use serde_json::json;

use crate::{metrics::Scrape, service::Service};

/// `/healthz`: the process lives. `/readyz`: what it needs answers, part by part; 503 if one does not. `/metrics`: for
/// Prometheus.
pub fn app(service: &Arc<Service>) -> impl Endpoint<Output = Response> + use<> {
    let alive = endpoint::make_sync(|_| "ok\n");
    let scrape = Arc::new(Scrape::new(service));
    let metrics = endpoint::make(move |request| {
        let scrape = Arc::clone(&scrape);
        async move { Ok::<_, poem::Error>(metrics(&scrape, &request).await) }
    });
    let service = Arc::clone(service);
    let ready = endpoint::make(move |_| {
        let service = Arc::clone(&service);
        async move { Ok::<_, poem::Error>(readiness(&service).await) }
    });
    let routes = Route::new().at("/healthz", get(alive)).at("/readyz", get(ready)).at("/metrics", get(metrics));
    routes.catch_all_error(|error: poem::Error| async move {
        let allow = (error.status() == StatusCode::METHOD_NOT_ALLOWED).then_some("GET, HEAD");
        super::problem::from_framework(error, allow)
    })
}

async fn metrics(scrape: &Scrape, request: &poem::Request) -> Response {
    match scrape.tell(request.header("accept")).await {
        Ok((kind, text)) => Response::builder().content_type(kind).body(text),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn readiness(service: &Service) -> Response {
    let (redis, database) = tokio::join!(service.redis_is_ready(), service.database_is_ready());
    let is_ready = redis && database;
    let word = |up: bool| if up { "up" } else { "down" };
    let body = json!({
        "status": if is_ready { "ready" } else { "not_ready" },
        "parts": { "redis": word(redis), "database": word(database) },
        "redis_evicts": service.store.seen_evicting(),
        "unlisted_proxy_requests": service.proxies.count(),
    });
    answer(if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, &body)
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    body.to_string().with_content_type("application/json").with_status(status).into_response()
}
