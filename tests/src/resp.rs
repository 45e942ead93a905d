//! A plain Redis client, one connection at a time: what the programs keep in Redis is looked at from outside, byte by
//! byte, with no client library between.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// What Redis answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing there.
    Nil,
    /// A number.
    Int(i64),
    /// Octets, or a status such as `OK`.
    Bytes(Vec<u8>),
    /// Several.
    List(Vec<Value>),
    /// An error reply.
    Error(String),
}

impl Value {
    /// The number in it.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn int(&self) -> i64 {
        match self {
            Self::Int(number) => *number,
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes).parse().expect("Redis answers a number"),
            other => panic!("a number was awaited, not {}", other.kind()),
        }
    }

    /// The text in it; empty if nothing is there.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// All octets in it, those of lists one after the other, parted by line feeds.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Nil => Vec::new(),
            Self::Int(number) => number.to_string().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
            Self::Error(text) => text.clone().into_bytes(),
            Self::List(values) => values.iter().map(Self::bytes).collect::<Vec<_>>().join(&b'\n'),
        }
    }

    /// The list in it.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn list(self) -> Vec<Value> {
        match self {
            Self::List(values) => values,
            other => panic!("a list was awaited, not {}", other.kind()),
        }
    }

    /// The texts of the list in it.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn texts(self) -> Vec<String> {
        self.list().iter().map(Self::text).collect()
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Nil => "nil",
            Self::Int(_) => "a number",
            Self::Bytes(_) => "text",
            Self::List(_) => "a list",
            Self::Error(_) => "an error",
        }
    }
}

/// A connection to Redis.
#[derive(Debug)]
pub struct Connection {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
}

impl Connection {
    /// Connects, if somebody listens.
    pub async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let (reader, writer) = TcpStream::connect(address).await?.into_split();
        Ok(Self { reader: BufReader::new(reader), writer })
    }

    /// Sends one command and returns its answer; error replies are values.
    pub async fn call(&mut self, command: &[&[u8]]) -> std::io::Result<Value> {
        let mut request = format!("*{}\r\n", command.len()).into_bytes();
        for part in command {
            request.extend(format!("${}\r\n", part.len()).bytes());
            request.extend(*part);
            request.extend(b"\r\n");
        }
        self.writer.write_all(&request).await?;
        self.answer().await
    }

    /// Waits for one answer, such as a line of MONITOR.
    pub async fn answer(&mut self) -> std::io::Result<Value> {
        let mut line = String::new();
        if self.reader.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end_matches(['\r', '\n']);
        let (kind, rest) = line.split_at(1);
        let number = || rest.parse::<i64>().map_err(|_| std::io::Error::from(std::io::ErrorKind::InvalidData));
        Ok(match kind {
            "+" => Value::Bytes(rest.as_bytes().to_vec()),
            "-" => Value::Error(rest.to_owned()),
            ":" => Value::Int(number()?),
            "$" => match usize::try_from(number()?) {
                Err(_) => Value::Nil,
                Ok(length) => {
                    let mut bytes = vec![0; length + 2];
                    self.reader.read_exact(&mut bytes).await?;
                    bytes.truncate(length);
                    Value::Bytes(bytes)
                }
            },
            "*" => match number()? {
                length if length < 0 => Value::Nil,
                length => {
                    let mut values = Vec::new();
                    for _ in 0..length {
                        values.push(Box::pin(self.answer()).await?);
                    }
                    Value::List(values)
                }
            },
            _ => return Err(std::io::ErrorKind::InvalidData.into()),
        })
    }
}
