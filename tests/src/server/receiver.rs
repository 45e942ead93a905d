//! An application that receives webhooks: it keeps what it hears, and answers as it is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::eventually;
use crate::port::Port;

/// A call that came.
#[derive(Clone, Debug)]
pub struct Call {
    /// Headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// The application.
#[derive(Debug)]
pub struct Receiver {
    port: Port,
    calls: Arc<Mutex<Vec<Call>>>,
    /// The status of an answer; none: it never answers.
    status: watch::Sender<Option<u16>>,
    listening: JoinHandle<()>,
}

impl Receiver {
    /// Starts one that takes everything.
    ///
    /// # Panics
    /// If its port is taken.
    pub async fn start() -> Self {
        let port = Port::free();
        let listener = TcpListener::bind(port.address()).await.expect("the port is ours");
        let (calls, status) = (Arc::default(), watch::Sender::new(Some(200)));
        let (heard, told) = (Arc::clone(&calls), status.subscribe());
        let listening = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&heard), told.clone()));
            }
        });
        Self { port, calls, status, listening }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// Answers so from now on; with none, not at all.
    pub fn answer(&self, status: Option<u16>) {
        self.status.send_replace(status);
    }

    /// All calls so far.
    ///
    /// # Panics
    /// If a connection panicked.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().expect("no connection panics").clone()
    }

    /// Waits for the `n`th call (the first is 1).
    pub async fn wait_for(&self, n: usize) -> Call {
        eventually(&format!("call number {n}"), Duration::from_secs(60), async || self.calls().into_iter().nth(n - 1))
            .await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Answers one connection's calls, until it is closed or one is not to be answered.
async fn serve(stream: TcpStream, calls: Arc<Mutex<Vec<Call>>>, status: watch::Receiver<Option<u16>>) {
    let mut stream = BufReader::new(stream);
    while let Some(call) = read(&mut stream).await {
        calls.lock().expect("no connection panics").push(call);
        let Some(status) = *status.borrow() else { return std::future::pending().await };
        let answer = format!("HTTP/1.1 {status} As Told\r\nContent-Length: 0\r\n\r\n");
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Call> {
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    loop {
        line.clear();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Call { headers, body: String::from_utf8(body).ok()? })
}
