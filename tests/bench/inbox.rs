//! A mail server inside the bench: it notes when the content of a mail was announced (DATA) and what its link says.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use e2e::Mail;
use e2e::port::Port;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What came for one address.
#[derive(Clone)]
pub struct Came {
    /// When DATA came.
    pub at: Instant,
    /// The challenge that the link names.
    pub challenge_id: String,
    /// The code in it.
    pub code: String,
}

#[derive(Default)]
struct State {
    by_address: Mutex<HashMap<String, Came>>,
    sample: Mutex<Vec<u8>>,
}

/// The mail server.
pub struct Inbox {
    port: Port,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Inbox {
    /// Starts one that takes mails at once.
    pub async fn start() -> Self {
        Self::slow(0).await
    }

    /// Starts one that takes so many milliseconds for each mail.
    ///
    /// # Panics
    /// If its port is taken.
    pub async fn slow(ms: u64) -> Self {
        let port = Port::free();
        let listener = TcpListener::bind(port.address()).await.expect("the port is ours");
        let state = Arc::<State>::default();
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            let mut sessions = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                sessions.spawn(session(stream, Arc::clone(&shared), ms));
            }
        });
        Self { port, state, task }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// What came, by address; nothing is kept.
    ///
    /// # Panics
    /// If a session panicked.
    pub fn take(&self) -> HashMap<String, Came> {
        std::mem::take(&mut self.state.by_address.lock().expect("no session panics"))
    }

    /// What came for an address.
    ///
    /// # Panics
    /// If a session panicked.
    pub fn came(&self, address: &str) -> Option<Came> {
        self.state.by_address.lock().expect("no session panics").get(address).cloned()
    }

    /// The bytes of the last mail.
    ///
    /// # Panics
    /// If a session panicked.
    pub fn sample(&self) -> Vec<u8> {
        self.state.sample.lock().expect("no session panics").clone()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn session(stream: TcpStream, state: Arc<State>, ms: u64) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let (mut to, mut line) = (String::new(), Vec::new());
    stream.write_all(b"220 bench\r\n").await?;
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line);
        let verb = text.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "RCPT" => {
                to = text.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 fine\r\n"
            }
            "DATA" => {
                let at = Instant::now();
                stream.write_all(b"354 go on\r\n").await?;
                let raw = content(&mut stream).await?;
                if ms > 0 {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                }
                stream.write_all(b"250 taken\r\n").await?;
                let mail = Mail { to: Vec::new(), from: String::new(), raw };
                // A notice has no link.
                let text = mail.text();
                let link = text.split_whitespace().find(|word| word.contains("/#/reset/")).unwrap_or_default();
                let mut parts = link.rsplit('/');
                let code = parts.next().unwrap_or_default().to_owned();
                let challenge_id = parts.next().unwrap_or_default().to_owned();
                let came = Came { at, challenge_id, code };
                state.by_address.lock().expect("no session panics").insert(std::mem::take(&mut to), came);
                *state.sample.lock().expect("no session panics") = mail.raw;
                continue;
            }
            "EHLO" => "250-bench\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 fine\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

/// A mail up to its last dot.
async fn content(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::with_capacity(16 * 1024);
    loop {
        let begin = raw.len();
        if stream.read_until(b'\n', &mut raw).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if &raw[begin..] == b".\r\n" {
            raw.truncate(begin);
            return Ok(raw);
        }
        if raw[begin] == b'.' {
            raw.remove(begin);
        }
    }
}
