//! The internal listener: whether the process lives, whether it can work, and its metrics.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use entity::store::Store;
use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Response, Route, Server, get, handler,
    http::StatusCode,
    listener::{Acceptor, Listener, TcpListener},
    web::{Data, Json},
};
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use crate::metrics::Scrape;

/// Longest wait for a part's answer; past it the part counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// A connection on which nothing moves for so long is closed; probes come every few seconds and ask at once.
const IDLE: Duration = Duration::from_secs(30);

/// What readiness depends on.
#[derive(Clone)]
pub struct Parts {
    /// Redis.
    pub store: Store,
    /// The database.
    pub database: DatabaseConnection,
}

#[handler]
fn healthz() -> &'static str {
    "ok\n"
}

#[handler]
async fn readyz(Data(parts): Data<&Arc<Parts>>) -> Response {
    let redis = async { parts.store.ping().await.is_ok() };
    let database = async { parts.database.ping().await.is_ok() };
    let (redis, database) =
        tokio::join!(tokio::time::timeout(PATIENCE, redis), tokio::time::timeout(PATIENCE, database));
    let (redis, database) = (redis.unwrap_or(false), database.unwrap_or(false));
    let ready = redis && database;
    let word = |up: bool| if up { "up" } else { "down" };
    let body = serde_json::json!({
        "status": if ready { "ready" } else { "not_ready" },
        "parts": { "redis": word(redis), "database": word(database) },
        "redis_evicts": parts.store.seen_evicting(),
    });
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Json(body).with_status(status).into_response()
}

#[handler]
async fn metrics(request: &Request, Data(scrape): Data<&Arc<Scrape>>) -> Response {
    match scrape.tell(request.header("accept")).await {
        Ok((kind, text)) => Response::builder().content_type(kind).body(text),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// 404 or 405 as the API words them (RFC 9457).
fn refusal(error: &poem::Error) -> Response {
    let (status, code, title) = match error.status() {
        StatusCode::METHOD_NOT_ALLOWED => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed"),
        _ => (StatusCode::NOT_FOUND, "not_found", "Not found"),
    };
    let body = serde_json::json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "code": code });
    let mut answer = Response::builder().status(status).content_type("application/problem+json");
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer = answer.header("Allow", "GET, HEAD");
    }
    answer.body(body.to_string())
}

fn app(parts: Parts) -> impl Endpoint<Output = Response> {
    let scrape = Arc::new(Scrape::new(&parts.store, &parts.database));
    let routes = Route::new().at("/healthz", get(healthz)).at("/readyz", get(readyz)).at("/metrics", get(metrics));
    let routes = routes.data(Arc::new(parts)).data(scrape);
    routes.catch_all_error(|error| async move { refusal(&error) })
}

/// Binds the address and answers `GET /healthz`, `/readyz` and `/metrics` there until `stop`.
///
/// # Errors
/// If the address cannot be bound.
pub async fn listen(address: SocketAddr, parts: Parts, stop: CancellationToken) -> std::io::Result<()> {
    let acceptor = TcpListener::bind(address).into_acceptor().await?;
    let bound = acceptor.local_addr().iter().find_map(|local| local.as_socket_addr().copied()).unwrap_or(address);
    tracing::info!(address = %bound, "health listens");
    let server = Server::new_with_acceptor(acceptor).idle_timeout(IDLE);
    let app = app(parts);
    tokio::spawn(async move { server.run_with_graceful_shutdown(app, stop.cancelled(), Some(PATIENCE)).await });
    Ok(())
}

#[cfg(test)]
mod tests {
    use entity::database;
    use poem::http::Method;

    use super::*;
    use crate::queue::testing::Redis;

    #[tokio::test]
    async fn what_it_does_not_answer_is_refused_as_the_api_refuses() {
        let redis = Redis::start().await;
        let database = database::connect(&database::Settings::parse("sqlite::memory:").unwrap()).await.unwrap();
        let app = app(Parts { store: redis.store.clone(), database });
        for (method, path, status, kind) in [
            (Method::GET, "/healthz", 200, "text/plain; charset=utf-8"),
            (Method::HEAD, "/healthz", 200, "text/plain; charset=utf-8"),
            (Method::GET, "/readyz", 200, "application/json; charset=utf-8"),
            (Method::POST, "/healthz", 405, "application/problem+json"),
            (Method::GET, "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8"),
            (Method::GET, "/metric", 404, "application/problem+json"),
        ] {
            let request = Request::builder().method(method).uri_str(path).finish();
            let answer = app.get_response(request).await;
            assert_eq!((answer.status().as_u16(), answer.content_type()), (status, Some(kind)), "{path}");
        }
    }
}
