//! A mail server inside the test: it keeps what it accepts, and can be told to refuse, to hang or to go away.

mod session;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::port::Port;
use crate::{Mail, eventually};

/// How the server behaves.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The reply to RCPT, if it is not to be accepted.
    pub rcpt: Option<&'static str>,
    /// The reply after a mail's last dot, if it is not to be accepted.
    pub data: Option<&'static str>,
    /// Keep silent after a mail's last dot until this is false again.
    pub hang: bool,
    /// How long a mail takes after its last dot.
    pub takes: Duration,
    /// The first line, if it is not to be 220.
    pub banner: Option<&'static str>,
    /// The reply to AUTH, if it is not to be accepted.
    pub auth: Option<&'static str>,
    /// The reply to MAIL, if it is not to be accepted.
    pub mail: Option<&'static str>,
    /// The reply to DATA, if it is not to be 354.
    pub start: Option<&'static str>,
    /// Where to keep silent for good: `banner`, or a command such as `RCPT`.
    pub silent: Option<&'static str>,
    /// Close the connection in the middle of a mail.
    pub breaks: bool,
    /// Refuse the first try for each recipient.
    pub greylists: bool,
}

/// What the sessions share.
#[derive(Debug, Default)]
struct State {
    mails: Mutex<Vec<Mail>>,
    /// How many mails came as far as their last dot, accepted or not.
    reached: Mutex<usize>,
    /// How many of them were refused.
    refused: Mutex<usize>,
    /// How often each step of a script that refuses, breaks or is silent was come to.
    stumbled: Mutex<usize>,
    /// Recipients that came once.
    seen: Mutex<std::collections::BTreeSet<String>>,
}

/// The mail server.
#[derive(Debug)]
pub struct Smtp {
    port: Port,
    state: Arc<State>,
    script: watch::Sender<Script>,
    listening: Option<JoinHandle<()>>,
}

impl Smtp {
    /// Reserves a port; nobody listens yet.
    #[must_use]
    pub fn prepared() -> Self {
        Self {
            port: Port::free(),
            state: Arc::default(),
            script: watch::Sender::new(Script::default()),
            listening: None,
        }
    }

    /// Starts one.
    pub async fn start() -> Self {
        let mut smtp = Self::prepared();
        smtp.listen().await;
        smtp
    }

    /// Listens, again or for the first time, on the same port.
    ///
    /// # Panics
    /// If the port is taken.
    pub async fn listen(&mut self) {
        let listener = TcpListener::bind(self.port.address()).await.expect("the port is ours");
        let (state, script) = (Arc::clone(&self.state), self.script.clone());
        self.listening = Some(tokio::spawn(async move {
            // The sessions end with this task.
            let mut sessions = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                sessions.spawn(session::run(stream, Arc::clone(&state), script.subscribe()));
            }
        }));
    }

    /// Stops listening and drops every connection.
    pub async fn stop(&mut self) {
        if let Some(task) = self.listening.take() {
            task.abort();
            let _ = task.await;
        }
    }

    /// Whether it listens.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    /// Changes how it behaves from now on.
    pub fn script(&self, change: impl FnOnce(&mut Script)) {
        self.script.send_modify(change);
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// `smtp://…`
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address())
    }

    /// All accepted mails.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.state.mails.lock().expect("no session panics").clone()
    }

    /// The accepted mails from the `n`th on (the first is 0).
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn mails_from(&self, n: usize) -> Vec<Mail> {
        self.state.mails.lock().expect("no session panics").get(n..).unwrap_or_default().to_vec()
    }

    /// The accepted mails to one address, in the order of their arrival.
    #[must_use]
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.mails();
        mails.retain(|mail| mail.to.iter().any(|to| to == address));
        mails
    }

    /// How many mails each address got.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for to in self.state.mails.lock().expect("no session panics").iter().flat_map(|mail| &mail.to) {
            *counts.entry(to.clone()).or_default() += 1;
        }
        counts
    }

    /// How many mails came as far as their last dot, accepted or not.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn reached(&self) -> usize {
        *self.state.reached.lock().expect("no session panics")
    }

    /// How many mails were accepted.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.state.mails.lock().expect("no session panics").len()
    }

    /// How many mails were refused after their last dot.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn refused(&self) -> usize {
        *self.state.refused.lock().expect("no session panics")
    }

    /// How often a session came to where the script refuses, breaks or is silent.
    ///
    /// # Panics
    /// If a session panicked.
    #[must_use]
    pub fn stumbled(&self) -> usize {
        *self.state.stumbled.lock().expect("no session panics")
    }

    /// Behaves well from now on.
    pub fn mend(&self) {
        self.script(|script| *script = Script::default());
    }

    /// Waits for the `n`th mail (the first is 1) to an address.
    pub async fn wait_for(&self, address: &str, n: usize) -> Mail {
        self.wait_within(Duration::from_secs(15), address, n).await
    }

    /// The same with another deadline.
    pub async fn wait_within(&self, deadline: Duration, address: &str, n: usize) -> Mail {
        let what = format!("mail number {n}");
        eventually(&what, deadline, async || self.mails_to(address).into_iter().nth(n - 1)).await
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let Some(task) = &self.listening {
            task.abort();
        }
    }
}
