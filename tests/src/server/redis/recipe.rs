//! What a Redis server is to be like.

use std::sync::Arc;

use tempfile::TempDir;

use crate::Secret;
use crate::certificate::Certificate;

/// What a Redis server is to be like: with an append-only file, open to this machine, unless told otherwise.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    pub(super) arguments: Vec<String>,
    pub(super) password: Option<Secret>,
    pub(super) users: Option<String>,
    pub(super) login: Option<(String, Secret)>,
    /// The certificate, and the folder that it lies in.
    pub(super) tls: Option<Arc<(Certificate, TempDir)>>,
}

impl Recipe {
    /// Sets a directive of `redis.conf`, such as `maxmemory` to `3mb`.
    #[must_use]
    pub fn set(mut self, directive: &str, value: &str) -> Self {
        self.arguments.extend([format!("--{directive}"), value.to_owned()]);
        self
    }

    /// Everybody has to give this password.
    #[must_use]
    pub fn password(self, password: &Secret) -> Self {
        Self { password: Some(password.clone()), ..self }
    }

    /// Adds the users of an ACL file. The test itself goes on as one who may do all, without a password.
    #[must_use]
    pub fn users(self, rules: &str) -> Self {
        Self { users: Some(rules.to_owned()), ..self }
    }

    /// As whom the programs come, by their URL.
    #[must_use]
    pub fn login(self, user: &str, password: &Secret) -> Self {
        Self { login: Some((user.to_owned(), password.clone())), ..self }
    }

    /// Speaks TLS with the programs, and with its like, by a certificate of an authority that nobody knows.
    ///
    /// # Panics
    /// If temporary folders cannot be made.
    #[must_use]
    pub fn tls(self) -> Self {
        let folder = tempfile::Builder::new().prefix("rekey-e2e-tls-").tempdir();
        let folder = folder.expect("temporary folders can be made");
        let tls = Some(Arc::new((Certificate::make(folder.path()), folder)));
        Self { tls, ..self }.set("tls-replication", "yes").set("tls-cluster", "yes")
    }

    /// The certificate, if it speaks TLS.
    pub(super) fn certificate(&self) -> Option<&Certificate> {
        self.tls.as_ref().map(|tls| &tls.0)
    }
}
