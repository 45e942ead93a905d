//! A plain HTTP/1.1 client, one connection a request: a test can send what no client library would.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::Answer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request, header by header.
#[derive(Clone)]
pub struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    chunked: bool,
}

impl Request {
    /// One without a body.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: Vec::new(), chunked: false }
    }

    /// A POST of JSON.
    #[must_use]
    pub fn post(path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", path).body(body).header("Content-Type", "application/json")
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body in chunks of 1 KiB, without saying its length before.
    #[must_use]
    pub fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    fn head(&self, host: SocketAddr) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        let mut line = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            line("Host", &host.to_string());
        }
        line("Connection", "close");
        for (name, value) in &self.headers {
            line(name, value);
        }
        if self.chunked {
            line("Transfer-Encoding", "chunked");
        } else if !self.body.is_empty() || self.method == "POST" {
            line("Content-Length", &self.body.len().to_string());
        }
        head + "\r\n"
    }

    fn wire_body(&self) -> Vec<u8> {
        if !self.chunked {
            return self.body.clone();
        }
        let mut wire = Vec::with_capacity(self.body.len() * 9 / 8);
        for chunk in self.body.chunks(1024) {
            wire.extend(format!("{:x}\r\n", chunk.len()).bytes());
            wire.extend(chunk);
            wire.extend(b"\r\n");
        }
        wire.extend(b"0\r\n\r\n");
        wire
    }
}

/// Somebody who calls a server from an address of their own.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    server: SocketAddr,
    from: Ipv4Addr,
}

impl Client {
    /// One who calls from 127.0.0.1.
    #[must_use]
    pub fn of(server: SocketAddr) -> Self {
        Self { server, from: Ipv4Addr::LOCALHOST }
    }

    /// Another: the `n`th address of loopback. To a limit by client they are strangers.
    #[must_use]
    pub fn number(self, n: u8) -> Self {
        Self { from: Ipv4Addr::new(127, 0, 0, n), ..self }
    }

    /// Another, at an address of loopback.
    #[must_use]
    pub fn at(self, from: Ipv4Addr) -> Self {
        Self { from, ..self }
    }

    /// The server that is called.
    #[must_use]
    pub fn server(&self) -> SocketAddr {
        self.server
    }

    /// Connects.
    pub async fn connect(&self) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((self.from, 0)))?;
        socket.connect(self.server).await
    }

    /// Sends a request and reads its answer.
    ///
    /// # Panics
    /// If no whole answer comes.
    pub async fn send(&self, request: &Request) -> Answer {
        let answer = tokio::time::timeout(PATIENCE, self.try_send(request)).await;
        answer.expect("an answer comes in time").expect("the server answers")
    }

    /// The same where nobody may be listening.
    pub async fn try_send(&self, request: &Request) -> std::io::Result<Answer> {
        let (mut reader, mut writer) = self.connect().await?.into_split();
        writer.write_all(request.head(self.server).as_bytes()).await?;
        let body = request.wire_body();
        // A server may answer before it has read all, and then stop reading: the answer counts, not the write.
        let writing = async {
            let _ = writer.write_all(&body).await;
        };
        let mut bytes = Vec::new();
        let reading = async {
            let mut buffer = [0; 8192];
            while !Answer::is_whole(&bytes) {
                match reader.read(&mut buffer).await {
                    Ok(0) | Err(_) => break,
                    Ok(n) => bytes.extend_from_slice(&buffer[..n]),
                }
            }
        };
        tokio::pin!(reading);
        tokio::select! {
            () = &mut reading => {}
            () = writing => reading.await,
        }
        Answer::parse(&bytes).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}
