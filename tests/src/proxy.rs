//! A wire between a program and a server that can be cut, or fall silent without an end.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::port::Port;

/// What all connections share.
#[derive(Debug, Default)]
struct State {
    /// Connections that are older have fallen silent.
    epoch: AtomicU64,
    /// Octets of the request whose reply is to be lost.
    marked: Mutex<Option<Vec<u8>>>,
    /// How many replies were lost.
    lost: AtomicUsize,
}

/// The wire. What connects to it is connected to the server.
#[derive(Debug)]
pub struct Proxy {
    port: Port,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Leads to a server.
    ///
    /// # Panics
    /// If its port is taken.
    pub async fn to(server: SocketAddr) -> Self {
        let port = Port::free();
        let listener = TcpListener::bind(port.address()).await.expect("the port is ours");
        let state = Arc::<State>::default();
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            let mut wires = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                wires.spawn(wire(client, server, Arc::clone(&shared)));
            }
        });
        Self { port, state, task }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// From now on nothing passes on the connections that are open, and none of them ends. New ones are as good as ever.
    pub fn silence(&self) {
        self.state.epoch.fetch_add(1, Ordering::SeqCst);
    }

    /// The next request that has these octets in it still reaches the server; the reply is lost, as is the connection.
    ///
    /// # Panics
    /// If a wire panicked.
    pub fn lose_reply_to(&self, octets: &[u8]) {
        *self.state.marked.lock().expect("no wire panics") = Some(octets.to_vec());
    }

    /// How many replies were lost.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.state.lost.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn wire(client: TcpStream, server: SocketAddr, state: Arc<State>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let epoch = state.epoch.load(Ordering::SeqCst);
    let is_cut = AtomicBool::new(false);
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let silent = || state.epoch.load(Ordering::SeqCst) != epoch;
    let up = async {
        let (mut buffer, mut recent) = (vec![0; 65_536], Vec::new());
        while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
            if silent() {
                std::future::pending::<()>().await;
            }
            recent.extend_from_slice(&buffer[..length]);
            let is_marked = {
                let mut marked = state.marked.lock().expect("no wire panics");
                let found = marked.as_ref().is_some_and(|mark| recent.windows(mark.len()).any(|part| part == mark));
                found && marked.take().is_some()
            };
            if is_marked {
                is_cut.store(true, Ordering::SeqCst);
                state.lost.fetch_add(1, Ordering::SeqCst);
            }
            // A mark is shorter than this, and may lie across two reads.
            recent.drain(..recent.len().saturating_sub(256));
            if to_server.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    };
    let down = async {
        let mut buffer = vec![0; 65_536];
        while let Ok(length @ 1..) = from_server.read(&mut buffer).await {
            if silent() {
                std::future::pending::<()>().await;
            }
            // What came first here was the reply.
            if is_cut.load(Ordering::SeqCst) || to_client.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    };
    // Both ends close when one does.
    tokio::select! {
        () = up => {}
        () = down => {}
    }
}
