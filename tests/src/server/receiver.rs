//! An application that receives webhooks: it keeps what it hears, and answers as it is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// What all connections share.
#[derive(Debug, Default)]
struct Heard {
    calls: Mutex<Vec<Call>>,
    /// Calls that wait for their answer, now and at most.
    open: AtomicUsize,
    most: AtomicUsize,
}

/// The application.
#[derive(Debug)]
pub struct Receiver {
    port: Port,
    heard: Arc<Heard>,
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
        let (heard, status) = (Arc::<Heard>::default(), watch::Sender::new(Some(200)));
        let (shared, told) = (Arc::clone(&heard), status.subscribe());
        let listening = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&shared), told.clone()));
            }
        });
        Self { port, heard, status, listening }
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
        self.heard.calls.lock().expect("no connection panics").clone()
    }

    /// How many calls waited for their answer at the same time, at most.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.heard.most.load(Ordering::SeqCst)
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

/// Answers one connection's calls until it is closed.
async fn serve(stream: TcpStream, heard: Arc<Heard>, status: watch::Receiver<Option<u16>>) {
    let mut stream = BufReader::new(stream);
    while let Some(call) = read(&mut stream).await {
        heard.most.fetch_max(heard.open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        heard.calls.lock().expect("no connection panics").push(call);
        let status = *status.borrow();
        let goes_on = answer(&mut stream, status).await;
        heard.open.fetch_sub(1, Ordering::SeqCst);
        if !goes_on {
            return;
        }
    }
}

/// Answers a call, or waits until the caller gives up. Tells whether another call may follow.
async fn answer(stream: &mut BufReader<TcpStream>, status: Option<u16>) -> bool {
    let Some(status) = status else {
        let _ = stream.read_u8().await;
        return false;
    };
    let answer = format!("HTTP/1.1 {status} As Told\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.is_ok()
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
