//! The settings of the worker, all read at start before anything connects.

use std::{net::SocketAddr, time::Duration};

use entity::{
    code::CodeFormat,
    database,
    keyring::Keyring,
    logging, reset_event, second_factor,
    settings::{SettingError, Source},
    store, telemetry,
};

/// What `rekey-worker run` needs.
pub struct Settings {
    /// How to log.
    pub logging: logging::Settings,
    /// Where traces go.
    pub telemetry: telemetry::Settings,
    /// Redis.
    pub store: store::Settings,
    /// The database.
    pub database: database::Settings,
    /// The secrets in force.
    pub keyring: Keyring,
    /// How codes look.
    pub format: CodeFormat,
    /// What becomes of accounts that have a second factor.
    pub second_factor: second_factor::Settings,
    /// Where health listens.
    pub internal_listen: SocketAddr,
    /// Jobs at once, 1 to 64.
    pub concurrency: usize,
    /// How long events are kept; none: for ever.
    pub retention: Option<Duration>,
    /// Time to finish what was begun when told to stop.
    pub grace: Duration,
}

impl Settings {
    /// Reads them.
    ///
    /// # Errors
    /// By name, for the first one that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let concurrency: usize = source.get("worker.concurrency")?;
        if !(1..=64).contains(&concurrency) {
            return Err(SettingError::of("worker.concurrency", "must be 1 to 64"));
        }
        Ok(Self {
            logging: logging::Settings::read(source)?,
            telemetry: telemetry::Settings::read(source)?,
            store: store::Settings::read(source)?,
            database: database::Settings::read(source)?.existing(),
            keyring: source.keyring()?,
            format: source.get("code.format")?,
            second_factor: second_factor::Settings::read(source)?,
            internal_listen: source.listener("worker.internal_listen")?,
            concurrency,
            retention: reset_event::retention(source)?,
            grace: source.get("shutdown.grace")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, SettingError> {
        let secret = ("REKEY_SECRET", "a secret of thirty-two bytes or more");
        let all =
            variables.iter().chain([&secret]).map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Settings::read(&Source::from_parts(None, all).unwrap())
    }

    fn refused(variables: &[(&str, &str)]) -> String {
        read(variables).err().unwrap().to_string()
    }

    #[test]
    fn defaults_will_do() {
        let settings = read(&[]).unwrap();
        assert_eq!((settings.concurrency, settings.grace), (16, Duration::from_secs(10)));
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_name() {
        for count in ["0", "65", "-1", "many"] {
            assert!(refused(&[("REKEY_WORKER_CONCURRENCY", count)]).starts_with("REKEY_WORKER_CONCURRENCY: "));
        }
        let open = ("REKEY_WORKER_INTERNAL_LISTEN", "0.0.0.0:8082");
        assert!(read(&[open]).is_ok());
        assert!(refused(&[open, ("REKEY_MODE", "development")]).starts_with("REKEY_WORKER_INTERNAL_LISTEN: "));
    }
}
