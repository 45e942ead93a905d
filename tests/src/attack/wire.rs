//! Octets on a connection as an attacker puts them there, and what comes back.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{Answer, Client};

/// How long an attacker waits for an answer, or for the connection's end.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back until the server closed, or was silent for `silence` after its last octet.
#[derive(Debug)]
pub struct Heard {
    /// The answers, in order.
    pub answers: Vec<Answer>,
    /// Whether the server closed the connection.
    pub closed: bool,
}

impl Heard {
    /// The statuses, in order.
    #[must_use]
    pub fn statuses(&self) -> Vec<u16> {
        self.answers.iter().map(|answer| answer.status).collect()
    }
}

/// Sends octets on a connection of their own and listens until the server closes, or until `answers` have come.
///
/// # Panics
/// If neither happens in time.
pub async fn say(client: Client, octets: &[u8], answers: usize) -> Heard {
    let (mut reader, mut writer) = client.connect().await.expect("the server listens").into_split();
    // It may stop reading in the middle: what it answers counts.
    let writing = async {
        let _ = writer.write_all(octets).await;
        std::future::pending::<()>().await;
    };
    let mut bytes = Vec::new();
    let reading = async {
        let mut buffer = [0; 8192];
        loop {
            if split(&bytes).len() >= answers {
                return false;
            }
            match reader.read(&mut buffer).await {
                Ok(0) | Err(_) => return true,
                Ok(n) => bytes.extend_from_slice(&buffer[..n]),
            }
        }
    };
    let closed = tokio::time::timeout(PATIENCE, async {
        tokio::select! {
            closed = reading => closed,
            () = writing => true,
        }
    });
    let closed = closed.await.expect("the server answers or closes");
    Heard { answers: split(&bytes), closed }
}

/// The answers that stand one after the other in these octets, as far as they are whole.
fn split(mut bytes: &[u8]) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        let Some(head) = Answer::parse(&bytes[..end + 4]) else { break };
        let length = head.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let Some(whole) = bytes.get(..end + 4 + length) else { break };
        answers.extend(Answer::parse(whole));
        bytes = &bytes[end + 4 + length..];
    }
    answers
}

/// A connection that stays open, on which calls are timed. It blocks its thread: an attacker waits for nothing else.
#[derive(Debug)]
pub struct Stopwatch(std::net::TcpStream);

impl Stopwatch {
    /// Connects.
    ///
    /// # Panics
    /// If nobody listens.
    #[must_use]
    pub fn at(server: SocketAddr) -> Self {
        let stream = std::net::TcpStream::connect(server).expect("the server listens");
        stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(PATIENCE)))
            .expect("a socket takes options");
        Self(stream)
    }

    /// POSTs JSON; the time from its first octet to the answer's last one.
    ///
    /// # Panics
    /// If no answer comes.
    pub fn post(&mut self, path: &str, body: &str) -> (Duration, Answer) {
        let call = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut bytes = Vec::with_capacity(2048);
        let mut buffer = [0; 2048];
        let start = Instant::now();
        self.0.write_all(call.as_bytes()).expect("the server reads");
        loop {
            let length = self.0.read(&mut buffer).expect("an answer comes in time");
            assert!(length > 0, "the server answers before it closes");
            bytes.extend_from_slice(&buffer[..length]);
            if Answer::is_whole(&bytes) {
                break;
            }
        }
        let took = start.elapsed();
        (took, Answer::parse(&bytes).expect("a whole answer"))
    }
}
