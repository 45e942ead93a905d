//! A service that knows leaked passwords, by the protocol of Have I Been Pwned's ranges.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::eventually;
use crate::hex::hex;
use crate::port::Port;
use crate::secret::{Secret, random};

/// How it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As it should.
    Well,
    /// Not at all: it reads and says nothing.
    Silent,
    /// With a 503, whose body says that everything leaked.
    Failing,
}

/// What it was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method, path and version, as they came.
    pub line: String,
    /// Headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Known {
    /// Hashes with the number of their leaks; none, and it is padding.
    hashes: BTreeMap<String, u32>,
    mood: Mood,
    asked: Vec<Asked>,
}

/// The service.
#[derive(Debug)]
pub struct Ranges {
    port: Port,
    known: Arc<Mutex<Known>>,
    listening: Option<JoinHandle<()>>,
}

impl Ranges {
    /// Starts one that knows no password.
    ///
    /// # Panics
    /// If its port is taken.
    pub async fn start() -> Self {
        let known = Known { hashes: BTreeMap::new(), mood: Mood::Well, asked: Vec::new() };
        let mut ranges = Self { port: Port::free(), known: Arc::new(Mutex::new(known)), listening: None };
        ranges.listen().await;
        ranges
    }

    /// Listens, again after [`Ranges::stop`].
    ///
    /// # Panics
    /// If its port is taken.
    pub async fn listen(&mut self) {
        let listener = TcpListener::bind(self.port.address()).await.expect("the port is ours");
        let known = Arc::clone(&self.known);
        self.listening = Some(tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&known)));
            }
        }));
    }

    /// Is gone, with all its connections.
    pub async fn stop(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            let _ = listening.await;
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// Its base address, for `REKEY_PASSWORD_LOOKUP_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Knows a password that leaked so often; with zero it is only padding.
    pub fn know(&self, password: &Secret, count: u32) {
        self.lock().hashes.insert(hash(password), count);
    }

    /// Answers so from now on.
    pub fn be(&self, mood: Mood) {
        self.lock().mood = mood;
    }

    /// All that it was asked.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.lock().asked.clone()
    }

    /// Waits for the `n`th question (the first is 1).
    pub async fn wait_for(&self, n: usize) -> Asked {
        let what = format!("question number {n}");
        eventually(&what, Duration::from_secs(60), async || self.asked().into_iter().nth(n - 1)).await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().expect("no connection panics")
    }
}

impl Drop for Ranges {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

/// The SHA-1 of a password, in capital hexadecimal digits.
#[must_use]
pub fn hash(password: &Secret) -> String {
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.expose().as_bytes());
    hex(digest.as_ref()).to_uppercase()
}

async fn serve(stream: TcpStream, known: Arc<Mutex<Known>>) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream).await {
        let (mood, answer) = {
            let mut known = known.lock().expect("no connection panics");
            let answer = lines(&known.hashes, &asked.line);
            known.asked.push(asked);
            (known.mood, answer)
        };
        let status = match mood {
            Mood::Well => "200 OK",
            Mood::Failing => "503 Service Unavailable",
            Mood::Silent => {
                let _ = stream.read_u8().await;
                return;
            }
        };
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The lines for the digits at the end of the path, and as many that mean nothing.
fn lines(hashes: &BTreeMap<String, u32>, line: &str) -> String {
    let path = line.split(' ').nth(1).unwrap_or_default();
    let digits = path.rsplit('/').next().unwrap_or_default();
    let found = hashes.iter().filter_map(|(hash, count)| Some(format!("{}:{count}\r\n", hash.strip_prefix(digits)?)));
    let padding = (0..20).map(|_| format!("{}:0\r\n", &hash(&Secret::new(random(20)))[5..]));
    found.chain(padding).collect()
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let (mut first, mut headers) = (String::new(), BTreeMap::new());
    stream.read_line(&mut first).await.ok().filter(|read| *read > 0)?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    Some(Asked { line: first.trim_end().to_owned(), headers })
}
