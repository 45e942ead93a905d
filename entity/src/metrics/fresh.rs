//! What is asked of a server at scrape time: not more often than needed, and not for longer than a scrape may take.

use std::time::Duration;

use tokio::time::{Instant, timeout};

/// Below the ten seconds after which Prometheus gives a scrape up, with room for the rest of it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The last answer of a server, and when it was given.
#[derive(Debug)]
pub struct Fresh<T> {
    keep: Duration,
    last: Option<(Instant, Option<T>)>,
}

impl<T> Fresh<T> {
    /// Keeps each answer for as long as this; several who scrape then cost the server as much as one.
    #[must_use]
    pub fn new(keep: Duration) -> Self {
        Self { keep, last: None }
    }

    /// The answer, asked for if the last one is older than it is kept. None if there is none within two seconds, or the
    /// server refused; that is kept as well.
    pub async fn get<E>(&mut self, ask: impl AsyncFnOnce() -> Result<T, E>) -> Option<&T> {
        if self.last.as_ref().is_none_or(|(at, _)| at.elapsed() >= self.keep) {
            let answer = timeout(PATIENCE, ask()).await.ok().and_then(Result::ok);
            self.last = Some((Instant::now(), answer));
        }
        self.last.as_ref().and_then(|(_, answer)| answer.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_kept_and_asked_for_again() {
        let mut fresh = Fresh::new(Duration::from_secs(1));
        assert_eq!(fresh.get(async || Ok::<_, ()>(1)).await, Some(&1));
        assert_eq!(fresh.get(async || Ok::<_, ()>(2)).await, Some(&1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(fresh.get(async || Err(())).await, None);
        assert_eq!(fresh.get(async || Ok::<_, ()>(3)).await, None, "a refusal is kept as well");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(fresh.get(async || Ok::<_, ()>(4)).await, Some(&4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_hangs_is_given_up() {
        let mut fresh = Fresh::<u8>::new(Duration::from_secs(1));
        let begin = Instant::now();
        assert_eq!(fresh.get::<()>(std::future::pending).await, None);
        assert_eq!(begin.elapsed(), PATIENCE);
    }
}
