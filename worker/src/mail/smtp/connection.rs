//! One connection to the mail server, and one mail on it at a time.

use std::{
    fmt::{self, Display},
    time::Duration,
};

use entity::email::Email;
use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::Mechanism,
    client::AsyncSmtpConnection,
    commands::{Data, Rset},
    extension::ClientId,
    response::Response,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

use super::{
    error::{Failure, Phase, SendError},
    settings::{Security, SmtpSettings},
    starttls::{self, Stripped},
    stream::Stream,
    tap::Tap,
    times::Times,
};

/// An open connection.
pub(super) struct Connection {
    smtp: AsyncSmtpConnection,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The server expects MAIL.
    Ready,
    /// In the middle of an exchange: dropped here, it must not be used again.
    Busy,
    /// The server had closed it, or went silent, before it took anything of a mail.
    Stale,
}

impl Connection {
    /// Connects, secures and authenticates. Every failure is ours to wait for, and none is a mail's fault.
    pub(super) async fn open(settings: &SmtpSettings, times: &Times, tap: Option<Tap>) -> Result<Self, SendError> {
        let connect = TcpStream::connect((settings.host.as_str(), settings.port));
        let tcp = match timeout(times.connect, connect).await {
            Ok(Ok(tcp)) => tcp,
            // The error's kind says "refused" or "unreachable" without naming the host.
            Ok(Err(error)) => return Err(SendError::defer(Phase::Connect, &error.kind().to_string())),
            Err(_) => return Err(Failure::TimedOut.into_error(Phase::Connect)),
        };
        // With Nagle's algorithm the end of a mail of several segments waits for the server's delayed ACK, 40 ms a mail.
        tcp.set_nodelay(true).map_err(|_| SendError::defer(Phase::Connect, "TCP_NODELAY"))?;
        if let (Some(tap), Ok(address)) = (&tap, tcp.peer_addr()) {
            tap.note(format!("connected to {address}"));
        }
        let stream = secure(tcp, settings, times, tap.as_ref()).await?.tapped(tap);
        let hello = ClientId::Domain(settings.hello.clone());
        let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello);
        let mut smtp = match timeout(times.greeting, greeted).await {
            Ok(Ok(smtp)) => smtp,
            Ok(Err(error)) => return Err(Failure::of(&error).into_error(Phase::Greeting)),
            Err(_) => return Err(Failure::TimedOut.into_error(Phase::Greeting)),
        };
        if let Some(credentials) = &settings.credentials {
            let auth = smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials);
            match timeout(times.auth, auth).await {
                Ok(Ok(response)) if response.has_code(235) => {}
                Ok(Ok(response)) => return Err(Failure::Odd { code: response.code().into() }.into_error(Phase::Auth)),
                Ok(Err(error)) if error.is_client() => {
                    return Err(SendError::defer(Phase::Auth, "the server offers neither PLAIN nor LOGIN"));
                }
                Ok(Err(error)) => return Err(Failure::of(&error).into_error(Phase::Auth)),
                Err(_) => return Err(Failure::TimedOut.into_error(Phase::Auth)),
            }
        }
        Ok(Self { smtp, state: State::Ready })
    }

    /// Whether the next mail may use it.
    pub(super) fn is_reusable(&self) -> bool {
        self.state == State::Ready
    }

    /// Whether the server was gone before it took anything.
    pub(super) fn is_stale(&self) -> bool {
        self.state == State::Stale
    }

    /// Begins a mail.
    pub(super) async fn mail(&mut self, from: &str, times: &Times) -> Result<(), SendError> {
        self.state = State::Busy;
        match self.say(format!("MAIL FROM:<{from}>\r\n"), 250, times.command).await {
            Ok(()) => Ok(()),
            Err(failure) => {
                // A refused MAIL begins nothing, so there is nothing to reset.
                self.state = if failure.leaves_connection_usable() { State::Ready } else { State::Stale };
                Err(failure.into_error(Phase::Mail))
            }
        }
    }

    /// Goes on to the end of the mail that [`Connection::mail`] began.
    pub(super) async fn deliver(
        &mut self,
        to: &Email,
        text: &str,
        times: &Times,
        before_data: impl AsyncFnOnce() -> bool,
    ) -> Result<(), SendError> {
        if let Err(failure) = self.say(format!("RCPT TO:<{}>\r\n", to.as_str()), 250, times.command).await {
            return Err(self.give_up(failure, Phase::Rcpt, times).await);
        }
        if !before_data().await {
            self.reset(times).await;
            return Err(SendError::LeaseLost);
        }
        if let Err(failure) = self.say(Data, 354, times.data).await {
            return Err(self.give_up(failure, Phase::Data, times).await);
        }
        match self.say(Body(text), 250, times.body).await {
            Ok(()) => {
                self.state = State::Ready;
                Ok(())
            }
            Err(failure) => {
                // After the final dot the transaction is over, refused or not (RFC 5321, section 4.1.1.4).
                if failure.leaves_connection_usable() {
                    self.state = State::Ready;
                }
                Err(failure.into_error(Phase::Body))
            }
        }
    }

    async fn give_up(&mut self, failure: Failure, phase: Phase, times: &Times) -> SendError {
        if failure.leaves_connection_usable() {
            self.reset(times).await;
        }
        failure.into_error(phase)
    }

    /// Ends a begun transaction; a server that does not answer 250 loses the connection.
    async fn reset(&mut self, times: &Times) {
        if self.say(Rset, 250, times.command).await.is_ok() {
            self.state = State::Ready;
        }
    }

    async fn say(&mut self, command: impl Display, wanted: u16, within: Duration) -> Result<(), Failure> {
        expect(timeout(within, self.smtp.command(command)).await, wanted)
    }

    /// Says goodbye and closes.
    pub(super) async fn quit(mut self, times: &Times) {
        // Nothing is left to lose, whatever the server answers.
        let _ = timeout(times.quit, self.smtp.quit()).await;
    }
}

/// A message as it goes over the wire: dots in front of lines doubled, and one alone at the end (RFC 5321, section 4.5.2).
/// lettre writes that last line apart, which is a call of the system, a segment and a server woken up for five octets.
struct Body<'a>(&'a str);

impl Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        let mut written = 0;
        for (at, _) in text.match_indices('.').filter(|(at, _)| *at == 0 || text.as_bytes()[at - 1] == b'\n') {
            f.write_str(&text[written..at])?;
            f.write_str(".")?;
            written = at;
        }
        f.write_str(&text[written..])?;
        f.write_str(if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}

/// The wanted code and no other is a success: lettre takes every 2xx and 3xx for one.
fn expect(reply: Result<Result<Response, SmtpError>, tokio::time::error::Elapsed>, wanted: u16) -> Result<(), Failure> {
    match reply {
        Ok(Ok(response)) if response.has_code(wanted) => Ok(()),
        Ok(Ok(response)) => Err(Failure::Odd { code: response.code().into() }),
        Ok(Err(error)) => Err(Failure::of(&error)),
        Err(_) => Err(Failure::TimedOut),
    }
}

/// Puts TLS over the connection as the settings ask, or fails: there is no way back to clear text.
async fn secure(
    mut tcp: TcpStream,
    settings: &SmtpSettings,
    times: &Times,
    tap: Option<&Tap>,
) -> Result<Stream, SendError> {
    let Security { tls, starttls } = match &settings.security {
        None => {
            if let Some(tap) = tap {
                tap.note("no TLS".into());
            }
            return Ok(Stream::plain(tcp));
        }
        Some(security) => security,
    };
    if *starttls {
        match timeout(times.greeting + times.tls, starttls::ask(&mut tcp, &settings.hello)).await {
            Ok(Ok(())) => {}
            Ok(Err(Stripped::NotOffered)) => return Err(SendError::defer(Phase::StartTls, "not offered")),
            Ok(Err(Stripped::Leftover)) => return Err(SendError::defer(Phase::StartTls, "data before TLS")),
            Ok(Err(Stripped::Failed(failure))) => return Err(failure.into_error(Phase::StartTls)),
            Err(_) => return Err(Failure::TimedOut.into_error(Phase::StartTls)),
        }
    }
    let name = settings.server_name.clone();
    match timeout(times.tls, TlsConnector::from(tls.clone()).connect(name, tcp)).await {
        Ok(Ok(stream)) => {
            if let Some(tap) = tap {
                tap.note(described(stream.get_ref().1, *starttls));
            }
            let stream = Stream::tls(stream);
            Ok(if *starttls { stream.greeted() } else { stream })
        }
        Ok(Err(error)) => Err(SendError::defer(Phase::Tls, tls_problem(&error))),
        Err(_) => Err(Failure::TimedOut.into_error(Phase::Tls)),
    }
}

/// `TLSv1.3 by STARTTLS, TLS13_AES_256_GCM_SHA384`.
fn described(tls: &rustls::ClientConnection, starttls: bool) -> String {
    let version = tls.protocol_version().and_then(|version| version.as_str()).unwrap_or("TLS");
    let suite = tls.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or("unknown");
    format!("{}{}, {suite}", version.replacen("v1_", "v1.", 1), if starttls { " by STARTTLS" } else { "" })
}

fn tls_problem(error: &std::io::Error) -> &'static str {
    use rustls::CertificateError::{Expired, ExpiredContext};
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(Expired | ExpiredContext { .. })) => "the certificate has expired",
        Some(rustls::Error::InvalidCertificate(_)) => "the certificate is not trusted",
        Some(_) => "the handshake failed",
        None => "the connection broke",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_ends_with_the_only_dot_that_stands_alone() {
        for (body, wire) in [
            ("", "\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            ("a.b.\r\n", "a.b.\r\n.\r\n"),
            (".\r\n", "..\r\n.\r\n"),
            ("..\r\n.a\r\n.", "...\r\n..a\r\n..\r\n.\r\n"),
            ("a\r\n.\r\nQUIT\r\n", "a\r\n..\r\nQUIT\r\n.\r\n"),
            ("é\n.\r\n", "é\n..\r\n.\r\n"),
        ] {
            assert_eq!(Body(body).to_string(), wire);
        }
    }
}
