//! The mail library's own pool of connections, as its documentation shows it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

/// Tells how many mails a second go out, all with the bytes of `file`.
///
/// # Panics
/// If a mail is refused.
pub(super) async fn run(file: &str, smtp: SocketAddr, connections: u32, mails: usize) {
    let bytes: Arc<[u8]> = std::fs::read(file).expect("the mail is there").into();
    let pool = PoolConfig::new().max_size(connections);
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(smtp.ip().to_string())
        .port(smtp.port())
        .pool_config(pool)
        .build();
    let from = "rekey@example.com".parse().expect("an address");
    let to = "someone@example.com".parse().expect("an address");
    let envelope = Envelope::new(Some(from), vec![to]).expect("an envelope");
    let (left, began) = (Arc::new(AtomicUsize::new(mails)), Instant::now());
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (transport, envelope, bytes, left) =
            (transport.clone(), envelope.clone(), Arc::clone(&bytes), Arc::clone(&left));
        senders.spawn(async move {
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
                transport.send_raw(&envelope, &bytes).await.expect("the mail is taken");
            }
        });
    }
    while let Some(ended) = senders.join_next().await {
        ended.expect("no sender panics");
    }
    super::tell(mails as f64 / began.elapsed().as_secs_f64());
}
