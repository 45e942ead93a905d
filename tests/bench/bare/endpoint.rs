//! The least that an API with this framework and a queue can do: it reads the body, pushes a job, answers.

use std::net::SocketAddr;

use fred::prelude::{Builder, Client, ClientLike as _, Config, ListInterface as _, TcpConfig};
use poem::listener::TcpListener;
use poem::web::Data;
use poem::{EndpointExt as _, Route, Server};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi, OpenApiService};

#[derive(Object)]
struct Ask {
    email: String,
}

#[derive(Object)]
struct Show {
    challenge_id: String,
    code: String,
}

#[derive(Object)]
struct Opened {
    challenge_id: String,
    expires_in: u64,
    resend_in: Option<u64>,
}

#[derive(ApiResponse)]
enum Answer {
    #[oai(status = 202)]
    Accepted(Json<Opened>),
    #[oai(status = 503)]
    Away,
}

struct Bare;

/// A job as long as Rekey's.
fn job(about: &str) -> String {
    format!(
        r#"{{"v":1,"id":"AAB7mZ0eTg2N6XcQk1rWvS4h.1","type":"password_reset.send_code","enqueued_at":1700000000000,"expires_at":1700000600000,"data":{{"about":"{about}"}}}}"#
    )
}

async fn push(redis: &Client, times: usize, about: &str) -> Answer {
    for _ in 0..times {
        if redis.lpush::<i64, _, _>("bare", job(about)).await.is_err() {
            return Answer::Away;
        }
    }
    let challenge_id = "AAB7mZ0eTg2N6XcQk1rWvS4h".to_owned();
    Answer::Accepted(Json(Opened { challenge_id, expires_in: 600, resend_in: Some(60) }))
}

#[OpenApi(prefix_path = "/password-reset")]
impl Bare {
    /// One round trip to Redis.
    #[oai(path = "/request", method = "post")]
    async fn request(&self, redis: Data<&Client>, body: Json<Ask>) -> Answer {
        push(&redis, 1, &body.email).await
    }

    /// Two of them, as `verify` needs.
    #[oai(path = "/verify", method = "post")]
    async fn verify(&self, redis: Data<&Client>, body: Json<Show>) -> Answer {
        push(&redis, 2, if body.code.is_empty() { "" } else { &body.challenge_id }).await
    }
}

/// Serves until it is killed.
///
/// # Panics
/// If the port is taken or Redis does not answer.
pub(super) async fn run(listen: SocketAddr, redis: SocketAddr) {
    let config = Config::from_url(&format!("redis://{redis}")).expect("an address makes a URL");
    let client = Builder::from_config(config)
        .with_connection_config(|settings| settings.tcp = TcpConfig { nodelay: Some(true), ..TcpConfig::default() })
        .build()
        .expect("the client can be built");
    client.init().await.expect("Redis answers");
    let api = OpenApiService::new(Bare, "Bare", "1");
    let app = Route::new().nest("/", api).data(client);
    Server::new(TcpListener::bind(listen)).run(app).await.expect("the port is ours");
}
