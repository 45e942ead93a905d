//! The clear-text exchange before STARTTLS: nothing of a mail, and no credentials, are said in it.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::error::Failure;

/// A reply of several lines at most; RFC 5321 has lines of 512 octets, and an EHLO some twenty of them.
pub(super) const MAX_REPLY_OCTETS: usize = 16 * 1024;

/// Why the server cannot be asked for TLS.
#[derive(Debug)]
pub(super) enum Stripped {
    /// It does not offer STARTTLS, or somebody took the offer out.
    NotOffered,
    /// It, or somebody, sent more than the reply: what comes after must be encrypted (CVE-2011-0411 and its kin).
    Leftover,
    /// It failed.
    Failed(Failure),
}

/// Brings a fresh connection to where the TLS handshake begins.
pub(super) async fn ask(stream: &mut TcpStream, hello: &str) -> Result<(), Stripped> {
    reply(stream).await?;
    stream.write_all(format!("EHLO {hello}\r\n").as_bytes()).await.map_err(|_| Stripped::Failed(Failure::Broken))?;
    let offers = reply(stream).await?;
    let is_offer = |line: &str| line.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"));
    if !offers.lines().any(is_offer) {
        return Err(Stripped::NotOffered);
    }
    stream.write_all(b"STARTTLS\r\n").await.map_err(|_| Stripped::Failed(Failure::Broken))?;
    reply(stream).await?;
    Ok(())
}

/// One whole 2xx reply, and not an octet more.
async fn reply(stream: &mut TcpStream) -> Result<String, Stripped> {
    let mut octets = Vec::new();
    loop {
        let read = stream.read_buf(&mut octets).await.unwrap_or(0);
        if read == 0 || octets.len() > MAX_REPLY_OCTETS {
            return Err(Stripped::Failed(Failure::Broken));
        }
        let text = String::from_utf8_lossy(&octets).into_owned();
        let Some(last_at) = text
            .match_indices("\r\n")
            .scan(0, |start, (end, _)| Some((std::mem::replace(start, end + 2), end)))
            .find(|(start, _)| text.as_bytes().get(start + 3) != Some(&b'-'))
            .map(|(start, end)| (start, end + 2))
        else {
            continue;
        };
        if last_at.1 != text.len() {
            return Err(Stripped::Leftover);
        }
        let code: u16 = text.get(last_at.0..last_at.0 + 3).and_then(|code| code.parse().ok()).unwrap_or(0);
        return match code {
            200..300 => Ok(text),
            400..600 => Err(Stripped::Failed(Failure::Refused { code, status: None })),
            _ => Err(Stripped::Failed(Failure::Odd { code })),
        };
    }
}
