//! A mail server that follows a script.

use std::sync::Arc;

use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// How a line must begin, and what is answered. An empty beginning waits for no line; with an empty answer too, the
/// server stays silent for good. `.` reads a body to its end. `STARTTLS` goes on encrypted.
pub type Step = (&'static str, &'static str);

/// One script for each connection, in turn; after its last step a connection is closed.
pub struct Server {
    port: u16,
    task: JoinHandle<()>,
    heard: mpsc::UnboundedReceiver<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tls {
    Never,
    AtOnce,
    WhenAsked,
}

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Both for T {}

impl Server {
    pub async fn plain(scripts: Vec<Vec<Step>>) -> Self {
        Self::start(scripts, None, Tls::Never).await
    }

    pub async fn implicit_tls(scripts: Vec<Vec<Step>>, config: Arc<ServerConfig>) -> Self {
        Self::start(scripts, Some(config), Tls::AtOnce).await
    }

    pub async fn starttls(scripts: Vec<Vec<Step>>, config: Arc<ServerConfig>) -> Self {
        Self::start(scripts, Some(config), Tls::WhenAsked).await
    }

    async fn start(scripts: Vec<Vec<Step>>, config: Option<Arc<ServerConfig>>, tls: Tls) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (say, heard) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            for script in scripts {
                let (stream, _) = listener.accept().await.unwrap();
                let acceptor = config.clone().map(TlsAcceptor::from);
                let mut stream: Box<dyn Both> = Box::new(stream);
                if let (Tls::AtOnce, Some(acceptor)) = (tls, &acceptor) {
                    match acceptor.accept(stream).await {
                        Ok(secure) => stream = Box::new(secure),
                        Err(_) => {
                            let _ = say.send("refused\r\n".into());
                            continue;
                        }
                    }
                }
                let _ = say.send(follow(stream, &script, acceptor.filter(|_| tls == Tls::WhenAsked)).await);
            }
        });
        Self { port, task, heard }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What each connection heard, once all scripts have ended.
    pub async fn heard(mut self) -> Vec<String> {
        let mut all = Vec::new();
        let wait = async {
            while let Some(one) = self.heard.recv().await {
                all.push(one);
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.expect("every script ends");
        all
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow(mut stream: Box<dyn Both>, script: &[Step], acceptor: Option<TlsAcceptor>) -> String {
    let mut heard = String::new();
    for (begins, answer) in script {
        if begins.is_empty() && answer.is_empty() {
            std::future::pending::<()>().await;
        }
        if !begins.is_empty() {
            let end = if *begins == "." { "\r\n.\r\n" } else { "\r\n" };
            let from = heard.len();
            while !heard[from..].ends_with(end) {
                // One octet at a time, so that nothing is read past the line.
                match stream.read_u8().await {
                    Ok(octet) => heard.push(char::from(octet)),
                    Err(_) => return heard,
                }
            }
            assert!(*begins == "." || heard[from..].starts_with(begins), "{:?} is not {begins}", &heard[from..]);
        }
        if stream.write_all(answer.as_bytes()).await.is_err() || stream.flush().await.is_err() {
            return heard;
        }
        if let ("STARTTLS", Some(acceptor)) = (*begins, &acceptor) {
            match acceptor.accept(stream).await {
                Ok(secure) => stream = Box::new(secure),
                Err(_) => return heard + "refused\r\n",
            }
        }
    }
    heard
}
