//! One connection to the mail server (RFC 5321, as much of it as mail needs).

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::{Script, State};
use crate::Mail;

/// The envelope so far.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// Talks until the client leaves.
pub(super) async fn run(stream: TcpStream, state: Arc<State>, script: watch::Receiver<Script>) {
    // A connection that breaks is what some tests are about.
    let _ = talk(stream, &state, script).await;
}

async fn talk(stream: TcpStream, state: &State, mut script: watch::Receiver<Script>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut envelope = Envelope::default();
    writer.write_all(b"220 mx.example.com ESMTP\r\n").await?;
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-mx.example.com\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES",
            "HELO" | "NOOP" => "250 OK",
            "RSET" => {
                envelope = Envelope::default();
                "250 OK"
            }
            "MAIL" => {
                envelope = Envelope { from: path(&line), to: Vec::new() };
                "250 OK"
            }
            "RCPT" => recipient(&line, &mut envelope, &script.borrow()),
            "DATA" if envelope.to.is_empty() => "503 5.5.1 no recipient",
            "DATA" => {
                writer.write_all(b"354 go ahead\r\n").await?;
                let raw = message(&mut reader).await?;
                *state.reached.lock().expect("no session panics") += 1;
                let _ = script.wait_for(|script| !script.hang).await;
                let takes = script.borrow().takes;
                if !takes.is_zero() {
                    tokio::time::sleep(takes).await;
                }
                accept(raw, std::mem::take(&mut envelope), state, &script.borrow())
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 5.5.2 not implemented",
        };
        writer.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

fn recipient(line: &str, envelope: &mut Envelope, script: &Script) -> &'static str {
    match (script.rcpt, path(line)) {
        (Some(refusal), _) => refusal,
        (None, Some(address)) if envelope.from.is_some() => {
            envelope.to.push(address);
            "250 OK"
        }
        _ => "503 5.5.1 MAIL first",
    }
}

fn accept(raw: Vec<u8>, envelope: Envelope, state: &State, script: &Script) -> &'static str {
    if let Some(refusal) = script.data {
        *state.refused.lock().expect("no session panics") += 1;
        return refusal;
    }
    let mail = Mail { to: envelope.to, from: envelope.from.unwrap_or_default(), raw };
    state.mails.lock().expect("no session panics").push(mail);
    "250 2.0.0 accepted"
}

/// What stands between the angle brackets.
fn path(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    rest.split_once('>').map(|(path, _)| path.to_owned())
}

/// Reads up to the line that is a dot alone; a dot that was doubled at a line's start is one again.
async fn message(reader: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
