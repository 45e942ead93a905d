//! Connections that do not starve the others: a request that dawdles is cut off.

use std::{
    io,
    pin::Pin,
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
    time::{Instant, Sleep},
};

/// Longest time from the first octet of a request, or from the connection's start, to the first of its answer (R48).
/// The framework has no time-out for headers of its own.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// A listener whose connections end when a request takes longer than [`ANSWER_TIMEOUT`].
pub struct Guarded<L>(pub L);

impl<L: Listener> Listener for Guarded<L> {
    type Acceptor = GuardedAcceptor<L::Acceptor>;

    async fn into_acceptor(self) -> io::Result<Self::Acceptor> {
        self.0.into_acceptor().await.map(GuardedAcceptor)
    }
}

/// What [`Guarded`] accepts with.
pub struct GuardedAcceptor<A>(A);

impl<A: Acceptor> Acceptor for GuardedAcceptor<A> {
    type Io = GuardedIo<A::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.0.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let (io, local, remote, scheme) = self.0.accept().await?;
        Ok((GuardedIo::new(io), local, remote, scheme))
    }
}

/// A connection with a clock: it runs from the first octet that is read to the first that is written.
pub struct GuardedIo<I> {
    io: I,
    deadline: Pin<Box<Sleep>>,
    waiting: bool,
}

impl<I> GuardedIo<I> {
    fn new(io: I) -> Self {
        Self { io, deadline: Box::pin(tokio::time::sleep(ANSWER_TIMEOUT)), waiting: true }
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for GuardedIo<I> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.waiting && self.deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
        if buf.filled().len() > before && !self.waiting {
            self.waiting = true;
            self.deadline.as_mut().reset(Instant::now() + ANSWER_TIMEOUT);
        }
        Poll::Ready(Ok(()))
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for GuardedIo<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.waiting = false;
        Pin::new(&mut self.io).poll_write(cx, buf)
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
        self.waiting = false;
        Pin::new(&mut self.io).poll_write_vectored(cx, bufs)
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
        let mut server = GuardedIo::new(server);
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
        let mut server = GuardedIo::new(server);
        let mut buffer = [0; 1];
        for _ in 0..3 {
            client.write_all(b"x").await.unwrap();
            server.read_exact(&mut buffer).await.unwrap();
            server.write_all(b"y").await.unwrap();
            client.read_exact(&mut buffer).await.unwrap();
            tokio::time::sleep(ANSWER_TIMEOUT * 2).await;
        }
    }
}
