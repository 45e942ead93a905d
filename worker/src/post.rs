//! Mails as jobs know them, made and sent by [`crate::mail`].
use entity::settings::{SettingError, Source};

use crate::{
    jobs::{CodeMail, NoticeMail, Post},
    work::{Failure, Hold},
};

/// Renders and sends mails.
pub struct Mail;

impl Mail {
    /// Reads the settings of mails.
    pub fn read(_: &Source) -> Result<Self, SettingError> {
        Ok(Self)
    }
}

impl Post for Mail {
    async fn send_code(&self, _: CodeMail<'_>, _: &Hold) -> Result<(), Failure> {
        Err(Failure::Defer("no_mailer".into()))
    }

    async fn send_notice(&self, _: NoticeMail<'_>, _: &Hold) -> Result<(), Failure> {
        Err(Failure::Defer("no_mailer".into()))
    }
}
