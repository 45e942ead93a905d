//! Whether something that this program needs can be reached, logged once per change.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
};

/// The last known state of Redis or the database.
#[derive(Debug)]
pub struct Link {
    name: &'static str,
    up: AtomicBool,
}

impl Link {
    /// A link that is believed to be up.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, up: AtomicBool::new(true) }
    }

    /// Notes a success or a failure, and hands it on. The error's text must hold no secret.
    ///
    /// # Errors
    /// The given one.
    pub fn note<T, E: fmt::Display>(&self, result: Result<T, E>) -> Result<T, E> {
        match &result {
            Ok(_) if !self.up.swap(true, Ordering::Relaxed) => tracing::info!(part = self.name, "reachable again"),
            Err(error) if self.up.swap(false, Ordering::Relaxed) => {
                tracing::warn!(part = self.name, %error, "not reachable: going on as soon as it is");
            }
            _ => {}
        }
        result
    }
}
