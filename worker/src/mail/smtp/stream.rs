//! A TCP or TLS stream that lettre can drive.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

use super::{starttls::MAX_REPLY_OCTETS, tap::Tap};

/// The bytes below SMTP. TLS is ours, not lettre's: its upgrade keeps what was read before the handshake, so an
/// attacker in the middle could put replies in front of the encrypted ones.
#[derive(Debug)]
pub(super) struct Stream {
    inner: Inner,
    /// Read before anything from the server: after STARTTLS there is no banner, and lettre waits for one.
    banner: &'static [u8],
    /// Octets read since something was last written: those of one reply.
    heard: usize,
    tap: Option<Tap>,
}

#[derive(Debug)]
enum Inner {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self { inner: Inner::Plain(stream), banner: b"", heard: 0, tap: None }
    }

    pub(super) fn tls(stream: TlsStream<TcpStream>) -> Self {
        Self { inner: Inner::Tls(Box::new(stream)), banner: b"", heard: 0, tap: None }
    }

    /// The same with an ear at it.
    pub(super) fn tapped(mut self, tap: Option<Tap>) -> Self {
        self.tap = tap;
        self
    }

    /// The same after STARTTLS: a banner of our own comes first.
    pub(super) fn greeted(mut self) -> Self {
        self.banner = b"220 greeted\r\n";
        self
    }
}

impl AsyncTokioStream for Stream {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.inner {
            Inner::Plain(stream) => stream.peer_addr(),
            Inner::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.banner.is_empty() {
            let (now, later) = self.banner.split_at(self.banner.len().min(buffer.remaining()));
            buffer.put_slice(now);
            self.banner = later;
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let polled = match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Inner::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        };
        // lettre keeps a line until it ends, and looks through the whole reply again at each line without a pause in
        // which a time-out could fire.
        self.heard += buffer.filled().len() - before;
        if let Some(tap) = &self.tap {
            tap.heard(&buffer.filled()[before..]);
        }
        if self.heard > MAX_REPLY_OCTETS {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "the reply does not end")));
        }
        polled
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.heard = 0;
        if let Some(tap) = &self.tap {
            tap.said(bytes);
        }
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Inner::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_flush(context),
            Inner::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Inner::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
