//! What the operator says about mail.

use std::path::PathBuf;

use entity::{
    brand::Brand,
    email::Email,
    settings::{SettingError, Source},
};
use lettre::{
    Message,
    message::{Mailbox, dkim::DkimConfig},
};

use super::{dkim, link::LinkTemplate, smtp::SmtpSettings};

/// Everything about mail, read once at start.
#[derive(Debug)]
pub struct Settings {
    /// Where mails go.
    pub smtp: SmtpSettings,
    /// What stands in them.
    pub compose: ComposeSettings,
}

impl Settings {
    /// Reads `smtp.*`, `mail.*`, `service.*` and `http.public_url`.
    ///
    /// # Errors
    /// For what is missing or wrong, by name.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let compose = ComposeSettings::read(source)?;
        Ok(Self { smtp: SmtpSettings::read(source, compose.from.email.domain())?, compose })
    }
}

/// What mails say and who sends them; enough to preview them without a mail server.
#[derive(Debug)]
pub struct ComposeSettings {
    pub(super) from: Mailbox,
    pub(super) link: LinkTemplate,
    pub(super) brand: Brand,
    pub(super) templates: Option<PathBuf>,
    pub(super) dkim: Option<Signer>,
}

/// Signs mails; its Debug shows no key.
pub(super) struct Signer(DkimConfig);

impl Signer {
    /// Signs a message that is ready but for that.
    pub(super) fn sign(&self, message: &mut Message) {
        message.sign(&self.0);
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer(…)")
    }
}

impl ComposeSettings {
    /// Reads `mail.*`, `service.*` and `http.public_url`.
    ///
    /// # Errors
    /// For what is missing or wrong, by name.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let from: String = source.get("mail.from")?;
        let from = sender(&from)
            .ok_or_else(|| SettingError::of("mail.from", "is not a sender such as `Example <no-reply@example.com>`"))?;
        let public_url: url::Url = source.get("http.public_url")?;
        let template: String = source.get("mail.link")?;
        Ok(Self {
            from,
            link: LinkTemplate::parse(&template, &public_url)?,
            brand: Brand::read(source)?,
            templates: source.optional("mail.templates")?,
            dkim: dkim::read(source)?.map(Signer),
        })
    }
}

/// A mailbox whose address is one that Rekey itself would accept, so that no quoting rule is needed anywhere.
fn sender(text: &str) -> Option<Mailbox> {
    if text.chars().any(char::is_control) {
        return None;
    }
    let mailbox: Mailbox = text.parse().ok()?;
    Email::parse(mailbox.email.as_ref()).ok()?;
    Some(mailbox)
}
