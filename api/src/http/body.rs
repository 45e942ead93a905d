//! What a body must be before anything reads it: JSON by its type, small, in time, one object of texts, no key twice.

mod strict;

use std::time::Duration;

use poem::{Body, Request, http::header};

use super::problem::Refusal;

/// Octets of a body at most: the longest password (256 code points, escaped) takes 3 KiB.
pub const MAX_OCTETS: usize = 8 * 1024;
/// Longest time for a body to arrive. R48 allows 10 s for the whole request.
pub const READ_TIMEOUT: Duration = Duration::from_secs(8);
/// What is read and thrown away of a body that was refused, so that its sender gets to read the answer.
const DRAIN_OCTETS: usize = 16 * 1024 * 1024;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// Reads the body of a call and puts it back, checked.
///
/// # Errors
/// The refusal to answer: 415, 413, 408 or 400.
pub async fn check(request: &mut Request) -> Result<(), Refusal> {
    if !strict::is_plain_json(request.header(header::CONTENT_TYPE), request.header(header::CONTENT_ENCODING)) {
        drain(request);
        return Err(Refusal::unsupported_media_type());
    }
    let announced = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_OCTETS) {
        drain(request);
        return Err(Refusal::payload_too_large());
    }
    let mut reader = request.take_body().into_async_read();
    let mut bytes = Vec::with_capacity(announced.unwrap_or(512));
    let reading = async {
        use tokio::io::AsyncReadExt as _;
        (&mut reader).take(MAX_OCTETS as u64 + 1).read_to_end(&mut bytes).await
    };
    match tokio::time::timeout(READ_TIMEOUT, reading).await {
        Err(_) => return Err(Refusal::request_timeout()),
        Ok(Err(_)) => return Err(Refusal::invalid("the body ended early")),
        Ok(Ok(_)) => {}
    }
    if bytes.len() > MAX_OCTETS {
        spawn_drain(reader);
        return Err(Refusal::payload_too_large());
    }
    if !strict::is_object_of_texts(&bytes) {
        return Err(Refusal::invalid("the body must be one JSON object of texts in UTF-8, with no key twice"));
    }
    request.set_body(Body::from_vec(bytes));
    Ok(())
}

fn drain(request: &mut Request) {
    spawn_drain(request.take_body().into_async_read());
}

/// A connection that is closed with unread bytes is reset, and the answer may be lost with it.
fn spawn_drain(reader: impl tokio::io::AsyncRead + Send + Unpin + 'static) {
    use tokio::io::AsyncReadExt as _;
    tokio::spawn(tokio::time::timeout(DRAIN_TIMEOUT, async move {
        let mut rest = reader.take(DRAIN_OCTETS as u64);
        let _ = tokio::io::copy(&mut rest, &mut tokio::io::sink()).await;
    }));
}
