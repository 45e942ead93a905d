//! What a Redis server is to be like.

use crate::Secret;

/// What a Redis server is to be like: with an append-only file, open to this machine, unless told otherwise.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    pub(super) arguments: Vec<String>,
    pub(super) password: Option<Secret>,
    pub(super) users: Option<String>,
    pub(super) login: Option<(String, Secret)>,
    pub(super) tls: bool,
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

    /// Speaks TLS with the programs, with a certificate of an authority that nobody knows.
    #[must_use]
    pub fn tls(self) -> Self {
        Self { tls: true, ..self }
    }
}
