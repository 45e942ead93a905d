//! A mail as it arrived.

use mail_parser::MessageParser;

use crate::Secret;

/// One accepted mail.
#[derive(Clone)]
pub struct Mail {
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The envelope's sender.
    pub from: String,
    /// The message as sent, dots unstuffed.
    pub raw: Vec<u8>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mail(…)")
    }
}

impl Mail {
    /// A header's value as it stands, unfolded at the ends; empty if it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let message = MessageParser::default().parse(&self.raw[..]).expect("a mail can be read");
        message.header_raw(name).unwrap_or_default().trim().to_owned()
    }

    /// The decoded Subject.
    #[must_use]
    pub fn subject(&self) -> String {
        let message = MessageParser::default().parse(&self.raw[..]).expect("a mail can be read");
        message.subject().unwrap_or_default().to_owned()
    }

    /// The decoded text part.
    #[must_use]
    pub fn text(&self) -> String {
        let message = MessageParser::default().parse(&self.raw[..]).expect("a mail can be read");
        message.body_text(0).map(|text| text.into_owned()).unwrap_or_default()
    }

    /// The decoded HTML part.
    #[must_use]
    pub fn html(&self) -> String {
        let message = MessageParser::default().parse(&self.raw[..]).expect("a mail can be read");
        message.body_html(0).map(|html| html.into_owned()).unwrap_or_default()
    }

    /// The link in the text part.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn link(&self) -> String {
        let text = self.text();
        let link = text.split_whitespace().find(|word| word.contains("/#/reset/"));
        link.expect("the mail has a link").trim_end_matches(['.', ')', '>']).to_owned()
    }

    /// The code, as the link carries it.
    ///
    /// # Panics
    /// If there is no link.
    #[must_use]
    pub fn code(&self) -> Secret {
        let link = self.link();
        Secret::new(link.rsplit('/').next().expect("a link has a last part"))
    }

    /// The challenge that the link names.
    ///
    /// # Panics
    /// If there is no link.
    #[must_use]
    pub fn challenge_id(&self) -> String {
        let link = self.link();
        link.rsplit('/').nth(1).expect("a link names its challenge").to_owned()
    }
}
