//! What API and worker share, under test; and what their files need of the rest of it.

pub mod challenge_id;
pub mod code;
pub mod email;
pub mod svg;
pub mod token;
pub mod traceparent;

#[path = "../../../entity/src/brand/svg.rs"]
mod drawing;

/// The least of `entity::settings` that the parsers' files name.
pub mod settings {
    use std::fmt;

    /// As in `entity`.
    pub trait FromSetting: Sized {
        /// As in `entity`.
        ///
        /// # Errors
        /// What was expected.
        fn from_setting(text: &str) -> Result<Self, String>;
    }

    /// As in `entity`.
    #[derive(Debug)]
    pub struct SettingError(String);

    impl SettingError {
        /// As in `entity`.
        #[must_use]
        pub fn new(name: impl Into<String>, problem: impl fmt::Display) -> Self {
            Self(format!("{}: {problem}", name.into()))
        }
    }

    impl fmt::Display for SettingError {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0)
        }
    }
}

/// The least of `entity::challenge` that a trail's file names.
pub mod challenge {
    pub use crate::challenge_id::ChallengeId;

    /// As in `entity`.
    pub const TRIES: u8 = 5;
    /// As in `entity`.
    pub const RESENDS: u8 = 3;
}

#[path = "../../../entity/src/account/id.rs"]
pub mod account;
#[path = "../../../entity/src/reset_event/event.rs"]
mod event;

/// The least of `entity::reset_event` that the files of a job and of a trail name.
pub mod reset_event {
    pub use super::event::{Audit, Kind, MAX_ACCOUNT_ID, MAX_USER_AGENT, Reason};

    /// As in `entity`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Half {
        /// The notice.
        Notice,
        /// The webhook.
        Webhook,
    }
}

/// The keys of these tests.
pub(crate) fn keyring() -> &'static crate::keyring::Keyring {
    static RING: std::sync::LazyLock<crate::keyring::Keyring> = std::sync::LazyLock::new(|| {
        crate::keyring::Keyring::new(&[b"a secret of thirty-two bytes or so"]).expect("it is long enough")
    });
    &RING
}
