//! A receiver of webhooks for tests: a real TCP server, plain or by TLS.

use std::sync::Arc;

use entity::{settings::Source, tls, webhook};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use super::{Hook, PATIENCE};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// What a test must allow to be called at all.
pub(crate) const ALLOWED: [(&str, &str); 1] = [("ALLOWED_NETWORKS", "127.0.0.0/8,::1/128")];

/// Answers each connection's first request with these bytes, and tells what it heard. Without bytes it never answers.
pub(crate) struct Receiver {
    pub port: u16,
    heard: mpsc::UnboundedReceiver<String>,
    task: JoinHandle<()>,
}

impl Receiver {
    pub async fn start(answer: Vec<u8>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (say, heard) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (say, answer, tls) = (say.clone(), answer.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls.map(TlsAcceptor::from) {
                        None => serve(stream, &answer, &say).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                serve(stream, &answer, &say).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, heard, task }
    }

    pub async fn saying(answer: &str) -> Self {
        Self::start(answer.as_bytes().to_vec(), None).await
    }

    pub fn hook(&self, host: &str, more: &[(&str, &str)]) -> Hook {
        hook(&format!("http://{host}:{}/hooks?key=value", self.port), more)
    }

    pub fn has_heard(&mut self) -> Option<String> {
        self.heard.try_recv().ok()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: &[u8], say: &mpsc::UnboundedSender<String>) {
    let mut heard = Vec::new();
    while !(heard.ends_with(b"}") && heard.windows(4).any(|four| four == b"\r\n\r\n")) {
        if stream.read_buf(&mut heard).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let _ = say.send(String::from_utf8_lossy(&heard).into_owned());
    if answer.is_empty() {
        std::future::pending::<()>().await;
    }
    let _ = stream.write_all(answer).await;
    let _ = stream.flush().await;
    // Until the other side has read enough.
    let _ = stream.read_buf(&mut heard).await;
}

pub(crate) fn settings(url: &str, more: &[(&str, &str)]) -> webhook::Settings {
    let given = [("URL", url), ("SECRET", SECRET)].into_iter().chain(more.iter().copied());
    let given = given.map(|(name, value)| (format!("REKEY_WEBHOOK_{name}"), Some(value.to_owned())));
    webhook::Settings::read(&Source::from_parts(None, given).unwrap()).unwrap().unwrap()
}

pub(crate) fn hook(url: &str, more: &[(&str, &str)]) -> Hook {
    Hook::new(settings(url, more), tls::client_config("webhook.ca_file", None).unwrap(), PATIENCE).unwrap()
}
