//! Connections that do not starve the others: one that dawdles, in asking or in listening, is cut off.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use poem::{
    http::uri::Scheme,
    listener::{Acceptor, Listener},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep},
};

/// Longest time from the first octet of a request, or from the connection's start, to the first of its answer (R48),
/// and for which an answer may find no reader. The framework has no time-outs of these kinds.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections at once. Linux gives a process 1,024 files by default: some are left for Redis and the database.
pub const MAX_CONNECTIONS: usize = 900;
/// Wait after a connection could not be accepted, for want of files as a rule: trying at once again would take a core.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How HTTP/2 without TLS begins. One of its connections can have hundreds of unread answers in memory, and proxies
/// speak HTTP/1.1 to what is behind them, so it is not spoken here.
const HTTP2_START: [u8; 3] = *b"PRI";

/// A listener whose connections are bounded in number and in patience.
pub struct Guarded<L>(pub L);

impl<L: Listener> Listener for Guarded<L> {
    type Acceptor = GuardedAcceptor<L::Acceptor>;

    async fn into_acceptor(self) -> io::Result<Self::Acceptor> {
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        self.0.into_acceptor().await.map(|acceptor| GuardedAcceptor { acceptor, places })
    }
}

/// What [`Guarded`] accepts with.
pub struct GuardedAcceptor<A> {
    acceptor: A,
    places: Arc<Semaphore>,
}

impl<A: Acceptor> Acceptor for GuardedAcceptor<A> {
    type Io = GuardedIo<A::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.acceptor.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        match self.acceptor.accept().await {
            Ok((io, local, remote, scheme)) => Ok((GuardedIo::new(io, place), local, remote, scheme)),
            Err(error) => {
                sleep(ACCEPT_PAUSE).await;
                Err(error)
            }
        }
    }
}

/// What a connection waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    /// The rest of a request, and then our answer. The clock runs.
    Answer,
    /// The peer, to read what was written. The clock runs.
    Reader,
    /// The next request. Connections may rest.
    Nothing,
}

/// A connection with a clock.
pub struct GuardedIo<I> {
    io: I,
    deadline: Pin<Box<Sleep>>,
    awaited: Awaited,
    /// The first octets of the connection, as many as came so far.
    start: Vec<u8>,
    _place: Option<OwnedSemaphorePermit>,
}

impl<I> GuardedIo<I> {
    fn new(io: I, place: Option<OwnedSemaphorePermit>) -> Self {
        let deadline = Box::pin(sleep(ANSWER_TIMEOUT));
        Self { io, deadline, awaited: Awaited::Answer, start: Vec::new(), _place: place }
    }

    fn start_clock(&mut self, awaited: Awaited) {
        if self.awaited != awaited {
            self.awaited = awaited;
            self.deadline.as_mut().reset(Instant::now() + ANSWER_TIMEOUT);
        }
    }

    fn speaks_http2(&mut self, read: &[u8]) -> bool {
        let wanted = HTTP2_START.len() - self.start.len();
        self.start.extend(read.iter().take(wanted));
        self.start == HTTP2_START
    }

    /// Fails once the clock has run out; before that the task is woken when it does.
    fn check_clock(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.deadline.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::TimedOut.into()),
            Poll::Pending => Ok(()),
        }
    }

    /// What became of a write: an octet that went out stops the clock, one that did not starts it.
    fn written(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.awaited = Awaited::Nothing;
            return outcome;
        }
        self.start_clock(Awaited::Reader);
        self.check_clock(cx)?;
        Poll::Pending
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for GuardedIo<I> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.awaited == Awaited::Answer {
            self.check_clock(cx)?;
        }
        ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
        let read = &buf.filled()[before..];
        if self.start.len() < HTTP2_START.len() && self.speaks_http2(read) {
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        if !read.is_empty() && self.awaited == Awaited::Nothing {
            self.start_clock(Awaited::Answer);
        }
        Poll::Ready(Ok(()))
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for GuardedIo<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write(cx, buf);
        self.written(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write_vectored(cx, bufs);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn r48_headers_that_drip_are_cut_off() {
        let (mut client, server) = tokio::io::duplex(64);
        let mut server = GuardedIo::new(server, None);
        let drip = tokio::spawn(async move {
            while client.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let started = Instant::now();
        let mut buffer = [0; 1];
        let error = loop {
            if let Err(error) = server.read_exact(&mut buffer).await {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(started.elapsed() <= ANSWER_TIMEOUT + Duration::from_secs(1));
        drop(server);
        drip.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn an_answered_connection_may_rest() {
        let (mut client, server) = tokio::io::duplex(64);
        let mut server = GuardedIo::new(server, None);
        let mut buffer = [0; 1];
        for _ in 0..3 {
            client.write_all(b"x").await.unwrap();
            server.read_exact(&mut buffer).await.unwrap();
            server.write_all(b"y").await.unwrap();
            client.read_exact(&mut buffer).await.unwrap();
            tokio::time::sleep(ANSWER_TIMEOUT * 2).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_is_given_up() {
        let (client, server) = tokio::io::duplex(64);
        let mut server = GuardedIo::new(server, None);
        let error = server.write_all(&[0; 1_000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(client);
    }

    #[tokio::test]
    async fn http2_without_tls_is_not_spoken() {
        let (mut client, server) = tokio::io::duplex(64);
        let mut server = GuardedIo::new(server, None);
        client.write_all(b"P").await.unwrap();
        let mut buffer = [0; 64];
        assert_eq!(server.read(&mut buffer).await.unwrap(), 1);
        client.write_all(b"RI * HTTP/2.0\r\n").await.unwrap();
        assert_eq!(server.read(&mut buffer).await.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
