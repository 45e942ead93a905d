//! Describing a system before it starts.

use crate::port::Port;
use crate::secret::random;
use crate::server::database::{Database, Kind};
use crate::server::redis::Redis;
use crate::server::smtp::Smtp;
use crate::{Secret, System};

/// What a system is to be like.
#[derive(Debug)]
pub struct Builder {
    kind: Kind,
    database: Option<String>,
    env: Vec<(String, String)>,
    api: bool,
    worker: bool,
    migrated: bool,
    smtp: bool,
    redis: Option<Redis>,
    accounts: Vec<(String, Secret)>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            kind: Kind::Sqlite,
            database: None,
            env: Vec::new(),
            api: true,
            worker: true,
            migrated: true,
            smtp: true,
            redis: None,
            accounts: Vec::new(),
        }
    }
}

impl Builder {
    /// Chooses the database; SQLite unless chosen.
    #[must_use]
    pub fn database(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Uses a database that the test runs itself.
    #[must_use]
    pub fn database_at(self, kind: Kind, url: String) -> Self {
        Self { kind, database: Some(url), ..self }
    }

    /// Uses a Redis that the test made.
    #[must_use]
    pub fn redis(self, redis: Redis) -> Self {
        Self { redis: Some(redis), ..self }
    }

    /// Sets a variable of both programs.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Widens the limits by client, for journeys whose one client asks much. The limits by address stay.
    #[must_use]
    pub fn patient_with_clients(self) -> Self {
        self.env("REKEY_LIMITS_CLIENT_REQUESTS_PER_HOUR", "100000")
            .env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "1000")
            .env("REKEY_LIMITS_CLIENT_VERIFIES_PER_HOUR", "100000")
            .env("REKEY_LIMITS_CLIENT_CONFIRMS_PER_HOUR", "100000")
            .env("REKEY_LIMITS_CLIENT_FAILED_PROOFS_PER_HOUR", "100000")
    }

    /// Does not start the API.
    #[must_use]
    pub fn without_api(self) -> Self {
        Self { api: false, ..self }
    }

    /// Does not start the worker.
    #[must_use]
    pub fn without_worker(self) -> Self {
        Self { worker: false, ..self }
    }

    /// Does not migrate the database.
    #[must_use]
    pub fn without_schema(self) -> Self {
        Self { migrated: false, ..self }
    }

    /// Nobody listens at the mail server's port.
    #[must_use]
    pub fn without_smtp(self) -> Self {
        Self { smtp: false, ..self }
    }

    /// Adds an account.
    #[must_use]
    pub fn account(mut self, email: &str, password: &Secret) -> Self {
        self.accounts.push((email.to_owned(), password.clone()));
        self
    }

    /// Starts everything and waits until it is ready.
    ///
    /// # Panics
    /// If something does not come up.
    pub async fn start(self) -> System {
        let folder = tempfile::Builder::new().prefix("rekey-e2e-").tempdir().expect("temporary folders can be made");
        let database = match &self.database {
            Some(url) => Database::at(url.clone()),
            None => Database::create(self.kind, folder.path()).await,
        };
        let redis = match self.redis {
            Some(redis) => redis,
            None => Redis::start().await,
        };
        let smtp = if self.smtp { Smtp::start().await } else { Smtp::prepared() };
        let (http, internal, worker_internal) = (Port::free(), Port::free(), Port::free());
        let mut env: Vec<(String, String)> = [
            ("REKEY_MODE", "development".to_owned()),
            ("REKEY_SECRET", random(40)),
            ("REKEY_DATABASE_URL", database.url().to_owned()),
            ("REKEY_REDIS_URL", redis.url()),
            ("REKEY_SMTP_URL", smtp.url()),
            ("REKEY_MAIL_FROM", "Rekey <rekey@example.com>".to_owned()),
            ("REKEY_HTTP_LISTEN", http.address().to_string()),
            ("REKEY_HTTP_INTERNAL_LISTEN", internal.address().to_string()),
            ("REKEY_HTTP_PUBLIC_URL", format!("http://{}", http.address())),
            ("REKEY_WORKER_INTERNAL_LISTEN", worker_internal.address().to_string()),
            ("REKEY_LOG_FORMAT", "json".to_owned()),
            ("REKEY_LOG_FILTER", "trace".to_owned()),
            ("REKEY_LIMITS_RESEND_AFTER", "1s".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        env.extend(self.env);
        let (api, worker) = (None, None);
        let mut system = System {
            redis,
            smtp,
            database,
            kind: self.kind,
            env,
            http,
            internal,
            worker_internal,
            api,
            worker,
            folder,
        };
        if self.migrated {
            system.migrate();
        }
        for (email, password) in &self.accounts {
            system.add_account(email, password);
        }
        if self.api {
            system.start_api(true).await;
        }
        if self.worker {
            system.start_worker(self.smtp).await;
        }
        system
    }
}

impl System {
    /// Brings the database's schema up to date by `rekey-api migrate up`.
    ///
    /// # Panics
    /// If that fails.
    pub fn migrate(&self) {
        let ran = self.run("rekey-api", &["migrate", "up"], b"");
        assert!(ran.success, "the database could not be migrated: {}", ran.stderr);
    }
}
