//! Sleeping until a job comes.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::store::{COMMAND_TIMEOUT, ClientLike};
use fred::{clients::Client, error::ErrorKind, interfaces::ListInterface, types::Value};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Longest sleep on the server.
pub const BLOCK: Duration = Duration::from_secs(1);

/// Waits on the lists of wake tokens, with a connection of its own, and passes each token on.
///
/// No command that blocks carries a job, so one that is dropped or times out loses none. fred tells an empty pop and a
/// server that does not answer alike (`Timeout`), but the second takes longer; and it does not notice a half-open
/// link under a blocking command, so after two of them in a row the connection is made anew.
pub async fn sleep_on(client: Client, keys: Vec<String>, woken: Arc<Notify>, stop: CancellationToken) {
    let mut silent = 0;
    while !stop.is_cancelled() {
        if !client.is_connected() {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        }
        let begin = Instant::now();
        let popped = tokio::select! {
            popped = client.brpop::<Value, _>(keys.clone(), BLOCK.as_secs_f64()) => popped,
            () = stop.cancelled() => break,
        };
        match popped {
            Ok(_) => {
                silent = 0;
                woken.notify_one();
            }
            Err(error) if *error.kind() == ErrorKind::Timeout && begin.elapsed() < BLOCK + COMMAND_TIMEOUT / 2 => {
                silent = 0;
            }
            Err(error) if *error.kind() == ErrorKind::Timeout => {
                silent += 1;
                if silent == 2 {
                    silent = 0;
                    let _ = client.force_reconnection().await;
                }
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}
