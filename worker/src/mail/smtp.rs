//! SMTP on connections of our own.
//!
//! lettre's pool gives a half-used connection to the next mail after a cancelled send, which then reports success for
//! a mail the server refused, and its transport leaves Nagle's algorithm on. So connections are ours: one is lent to
//! one mail, is dropped with it when anything odd happens, and goes back only after a whole, understood exchange.

mod connection;
mod error;
mod lanes;
mod settings;
mod starttls;
mod stream;
mod tap;
mod times;

use std::{
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use entity::email::Email;
use tokio::time::{Instant, sleep};

use self::{connection::Connection, lanes::Lanes, times::Times};
pub use self::{error::SendError, lanes::Place, settings::SmtpSettings, tap::Tap};
use super::Rendered;

/// A server that has taken MAIL and says nothing about the recipient for so long is well: it is asking somebody.
const ASKING: Duration = Duration::from_secs(1);

/// Sends mails over a bounded number of connections.
pub struct Mailer {
    inner: Arc<Inner>,
    sweeping: AtomicBool,
}

struct Inner {
    settings: SmtpSettings,
    times: Times,
    lanes: Lanes,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Mailer {
    /// A mailer; it connects when there is something to send.
    ///
    /// # Errors
    /// None so far: all that can be wrong was found when the settings were read.
    pub fn new(settings: &super::Settings) -> Result<Self, entity::settings::SettingError> {
        Ok(Self::with_times(settings.smtp.clone(), Times::default()))
    }

    fn with_times(settings: SmtpSettings, times: Times) -> Self {
        let lanes = Lanes::new(settings.connections, settings.per_domain);
        let inner = Inner { settings, times, lanes, idle: Mutex::new(Vec::new()) };
        Self { inner: Arc::new(inner), sweeping: AtomicBool::new(false) }
    }

    /// Whether a mail to this recipient would be put off at once, so that it need not be composed.
    ///
    /// # Errors
    /// As [`Mailer::enter`].
    pub fn look(&self, to: &Email) -> Result<(), Duration> {
        self.inner.lanes.look(to.domain())
    }

    /// A connection's place for a mail to this recipient: mails to one domain take `smtp.per_domain` connections at most,
    /// and a domain that is slower than others, or of which nothing is known yet, takes one.
    ///
    /// # Errors
    /// How long to put the mail off, 2 to 24 s: its domain is slow, and others go first.
    pub async fn enter(&self, to: &Email) -> Result<Place, Duration> {
        self.inner.lanes.enter(to.domain()).await
    }

    /// Sends one mail to one recipient. `well` is told, once or more, as soon as the server is seen to be well, which can
    /// be long before the end. `before_data` is asked right before DATA, the last moment at which nothing has been handed
    /// over; `false` ends the transaction with [`SendError::LeaseLost`].
    ///
    /// It can be dropped at any time: the connection goes with it.
    ///
    /// # Errors
    /// [`SendError`]; only a 250 after the final dot is a success.
    pub async fn send(
        &self,
        place: Place,
        to: &Email,
        message: &Rendered,
        well: impl Fn(),
        before_data: impl AsyncFnOnce() -> bool,
    ) -> Result<(), SendError> {
        if self.inner.lanes.is_closed() {
            return Err(SendError::closed());
        }
        let mut connection = self.begin(message.from.as_ref()).await?;
        place.begin();
        let before_data = async || {
            well();
            let asked = Instant::now();
            let may_send = before_data().await;
            place.excuse(asked.elapsed());
            may_send
        };
        let outcome = {
            let mut delivery = pin!(connection.deliver(to, &message.text, &self.inner.times, before_data));
            tokio::select! {
                biased;
                outcome = &mut delivery => outcome,
                () = sleep(ASKING) => {
                    well();
                    delivery.await
                }
            }
        };
        // All that comes before RCPT is deferred, and so is what is our side's fault at RCPT.
        if !matches!(outcome, Err(SendError::Defer { .. })) {
            well();
        }
        if connection.is_reusable() {
            self.put_back(connection);
        }
        outcome
    }

    /// Sends one mail on a connection of its own that `tap` listens to, and says goodbye.
    ///
    /// # Errors
    /// As [`Mailer::send`].
    pub async fn send_tapped(&self, to: &Email, message: &Rendered, tap: Tap) -> Result<(), SendError> {
        let times = &self.inner.times;
        let mut connection = Connection::open(&self.inner.settings, times, Some(tap)).await?;
        let mut outcome = connection.mail(message.from.as_ref(), times).await;
        if outcome.is_ok() {
            outcome = connection.deliver(to, &message.text, times, async || true).await;
        }
        connection.quit(times).await;
        outcome
    }

    /// A connection on which the server has accepted MAIL. One that was kept may have been closed meanwhile; nothing
    /// of the mail was handed over then, so a fresh one is tried, once.
    async fn begin(&self, from: &str) -> Result<Connection, SendError> {
        let inner = &self.inner;
        if let Some(mut kept) = self.take() {
            match kept.mail(from, &inner.times).await {
                Ok(()) => return Ok(kept),
                Err(error) if !kept.is_stale() => {
                    if kept.is_reusable() {
                        self.put_back(kept);
                    }
                    return Err(error);
                }
                Err(_) => {}
            }
        }
        let mut fresh = Connection::open(&inner.settings, &inner.times, None).await?;
        match fresh.mail(from, &inner.times).await {
            Ok(()) => Ok(fresh),
            Err(error) => {
                if fresh.is_reusable() {
                    self.put_back(fresh);
                }
                Err(error)
            }
        }
    }

    fn take(&self) -> Option<Connection> {
        let keep = self.inner.times.idle;
        let mut idle = self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner);
        // The last one used is the least likely to have been closed by the server.
        idle.pop().filter(|kept| kept.since.elapsed() < keep).map(|kept| kept.connection)
    }

    fn put_back(&self, connection: Connection) {
        if self.inner.lanes.is_closed() {
            return;
        }
        let kept = Idle { connection, since: Instant::now() };
        self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        if !self.sweeping.swap(true, Ordering::Relaxed) {
            tokio::spawn(sweep(Arc::downgrade(&self.inner), self.inner.times.idle));
        }
    }

    /// Takes no more mails, waits for none, and says goodbye on the idle connections.
    pub async fn close(&self) {
        self.inner.lanes.close();
        let kept = std::mem::take(&mut *self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner));
        let goodbyes = kept.into_iter().map(|kept| kept.connection.quit(&self.inner.times));
        futures_util::future::join_all(goodbyes).await;
    }
}

/// Closes what has been idle too long, until the mailer is gone.
async fn sweep(inner: Weak<Inner>, keep: Duration) {
    loop {
        tokio::time::sleep(keep / 2).await;
        let Some(inner) = inner.upgrade() else { return };
        let old: Vec<Idle> = {
            let mut idle = inner.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.extract_if(.., |kept| kept.since.elapsed() >= keep).collect()
        };
        for kept in old {
            kept.connection.quit(&inner.times).await;
        }
    }
}

#[cfg(test)]
mod tests;
