//! The internal listener: whether the process lives, and whether it can work.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use entity::store::Store;
use poem::{
    EndpointExt, IntoResponse, Response, Route, Server, get, handler,
    http::StatusCode,
    listener::{Acceptor, Listener, TcpListener},
    web::{Data, Json},
};
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

/// Longest wait for a part's answer; past it the part counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

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
    });
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Json(body).with_status(status).into_response()
}

/// Binds the address and answers `GET /healthz` and `GET /readyz` there until `stop`.
///
/// # Errors
/// If the address cannot be bound.
pub async fn listen(address: SocketAddr, parts: Parts, stop: CancellationToken) -> std::io::Result<()> {
    let acceptor = TcpListener::bind(address).into_acceptor().await?;
    let bound = acceptor.local_addr().iter().find_map(|local| local.as_socket_addr().copied()).unwrap_or(address);
    tracing::info!(address = %bound, "health listens");
    let routes = Route::new().at("/healthz", get(healthz)).at("/readyz", get(readyz)).data(Arc::new(parts));
    let server = Server::new_with_acceptor(acceptor);
    tokio::spawn(async move { server.run_with_graceful_shutdown(routes, stop.cancelled(), Some(PATIENCE)).await });
    Ok(())
}
