//! Redis through one connection on which many commands are on their way at once: the fastest way there is.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use e2e::resp::Value;

/// The connection.
pub struct Pipe {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
    waiting: Vec<u8>,
}

impl Pipe {
    /// Connects.
    ///
    /// # Panics
    /// If nobody listens.
    pub fn open(redis: SocketAddr) -> Self {
        let writer = TcpStream::connect(redis).expect("Redis listens");
        writer.set_nodelay(true).expect("an option of every socket");
        let reader = BufReader::with_capacity(64 * 1024, writer.try_clone().expect("a socket can be shared"));
        Self { reader, writer, waiting: Vec::new() }
    }

    /// Adds a command to those that [`Self::send`] sends.
    pub fn add(&mut self, command: &[&[u8]]) {
        let out = &mut self.waiting;
        write!(out, "*{}\r\n", command.len()).expect("memory can be written");
        for part in command {
            write!(out, "${}\r\n", part.len()).expect("memory can be written");
            out.extend_from_slice(part);
            out.extend_from_slice(b"\r\n");
        }
    }

    /// Sends what was added.
    ///
    /// # Panics
    /// If the connection ends.
    pub fn send(&mut self) {
        self.writer.write_all(&self.waiting).expect("Redis listens");
        self.waiting.clear();
    }

    /// The next answer.
    ///
    /// # Panics
    /// If the connection ends, or the answer is an error.
    pub fn answer(&mut self) -> Value {
        match self.read().expect("Redis answers") {
            Value::Error(error) => panic!("Redis refuses: {error}"),
            value => value,
        }
    }

    fn read(&mut self) -> io::Result<Value> {
        let mut line = Vec::with_capacity(32);
        self.reader.read_until(b'\n', &mut line)?;
        let line = line.strip_suffix(b"\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let (kind, rest) = line.split_at(1);
        let rest = String::from_utf8_lossy(rest);
        let number = || rest.parse::<i64>().map_err(|_| io::Error::from(io::ErrorKind::InvalidData));
        Ok(match kind {
            b"+" => Value::Bytes(rest.into_owned().into_bytes()),
            b"-" => Value::Error(rest.into_owned()),
            b":" => Value::Int(number()?),
            b"$" => match usize::try_from(number()?) {
                Err(_) => Value::Nil,
                Ok(length) => {
                    let mut bytes = vec![0; length + 2];
                    self.reader.read_exact(&mut bytes)?;
                    bytes.truncate(length);
                    Value::Bytes(bytes)
                }
            },
            b"*" => Value::List((0..number()?.max(0)).map(|_| self.read()).collect::<io::Result<_>>()?),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        })
    }
}

/// A job that is no work: the code of a challenge that is not there (any more). The worker looks for the challenge, finds
/// none, and is done.
pub fn job(number: usize) -> String {
    // A challenge's id, of shard 0, with the number where randomness would be.
    let id = format!("AAAA{number:020}");
    format!(
        r#"{{"v":1,"id":"{id}.1","type":"password_reset.send_code","enqueued_at":1700000000000,"data":{{"challenge_id":"{id}","mail_no":1}}}}"#
    )
}
