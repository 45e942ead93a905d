//! One mail, from what it says to the bytes on the wire.

use std::{
    fmt::{self, Write as _},
    sync::Arc,
    time::{Duration, SystemTime},
};

use entity::{
    email::Email,
    locale::{self, Locale},
    settings::SettingError,
};
use lettre::{
    Address, Message,
    message::{Body, Mailbox, MultiPart, header},
};
use minijinja::{Value, context};

use super::{
    link::LinkTemplate,
    settings::{ComposeSettings, Signer},
    templates::{RenderError, Templates},
    texts::Texts,
};

/// What a mail says.
pub enum Content<'a> {
    /// The code of a challenge.
    Code {
        /// As the user reads it: `XXXX-XXXX`. The link carries it without the dash.
        shown: &'a str,
        /// The challenge's id, for the link.
        challenge_id: &'a str,
        /// Minutes that the code still lives.
        minutes_left: u32,
    },
    /// The password was reset. It holds nothing secret and nothing that the person who did it could choose.
    Changed {
        /// When, in Unix milliseconds.
        occurred_at: i64,
    },
}

/// One mail to compose.
pub struct Mail<'a> {
    /// The job's id, from which `Message-ID` is made; foreign text.
    pub job_id: &'a str,
    /// The recipient.
    pub to: &'a Email,
    /// The language.
    pub locale: &'a Locale,
    /// The server's time in Unix milliseconds, for `Date`.
    pub now: i64,
    /// What it says.
    pub content: Content<'a>,
}

/// A mail ready for the server. Its Debug shows nothing of it.
pub struct Rendered {
    /// The envelope's sender.
    pub from: Address,
    /// Headers and body in ASCII with CRLF line ends, dots not stuffed.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({} octets)", self.bytes.len())
    }
}

/// A mail that cannot be composed. It shows neither address nor code.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A template failed on values that no sample had.
    #[error("template {0}")]
    Template(#[from] RenderError),
    /// A text of the catalogue failed.
    #[error("text: {0}")]
    Text(String),
    /// The recipient's address cannot stand in a header.
    #[error("the address cannot be written into a mail")]
    Address,
    /// The message could not be built.
    #[error("the message cannot be built")]
    Message,
}

/// Makes mails.
pub struct Composer {
    from: Mailbox,
    link: LinkTemplate,
    service: String,
    dkim: Option<Signer>,
    templates: Templates,
    locales: Vec<Locale>,
}

impl Composer {
    /// Loads templates and texts and renders every mail in every language once.
    ///
    /// # Errors
    /// For an override that is broken, by its file.
    pub fn new(settings: ComposeSettings) -> Result<Self, SettingError> {
        let folder = settings.templates.as_deref();
        let texts = Arc::new(Texts::load(folder)?);
        let locales = texts.locales();
        let templates = Templates::load(folder, texts)?;
        let composer = Self {
            from: settings.from,
            link: settings.link,
            service: settings.service,
            dkim: settings.dkim,
            templates,
            locales,
        };
        composer.check(folder)?;
        Ok(composer)
    }

    /// The languages there are.
    #[must_use]
    pub fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// The language for an account's own wish, else for the request's tag or `Accept-Language`, else English.
    ///
    /// # Panics
    /// Never: English is built in.
    #[must_use]
    pub fn locale(&self, account: Option<&str>, hint: Option<&str>) -> &Locale {
        locale::choose(&self.locales, account, hint).expect("English is built in")
    }

    /// Composes a mail.
    ///
    /// # Errors
    /// [`ComposeError`]; none of them goes away by trying again.
    pub fn compose(&self, mail: &Mail<'_>) -> Result<Rendered, ComposeError> {
        let parts = self.parts(mail.locale, &mail.content)?;
        let to: Address = mail.to.as_str().parse().map_err(|_| ComposeError::Address)?;
        let message_id = message_id(mail.job_id, self.from.email.domain());
        let date = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.now).unwrap_or_default());
        // lettre signs only headers of the message itself, and keeps a multipart's Content-Type apart from them: so
        // the multipart is formatted here, and its type becomes the message's.
        let alternatives = MultiPart::alternative_plain_html(parts.text, parts.html);
        let content_type = alternatives.headers().get::<header::ContentType>().ok_or(ComposeError::Message)?;
        let formatted = String::from_utf8(alternatives.formatted()).map_err(|_| ComposeError::Message)?;
        let (_, body) = formatted.split_once("\r\n\r\n").ok_or(ComposeError::Message)?;
        let body = Body::dangerous_pre_encoded(body.as_bytes().to_vec(), header::ContentTransferEncoding::SevenBit);
        let auto_submitted = header::HeaderName::new_from_ascii_str("Auto-Submitted");
        let mut message = Message::builder()
            .message_id(Some(message_id))
            .date(date)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(parts.subject)
            .header(header::MIME_VERSION_1_0)
            .header(content_type)
            .raw_header(header::HeaderValue::new(auto_submitted, "auto-generated".to_owned()))
            .body(body)
            .map_err(|_| ComposeError::Message)?;
        if let Some(Signer(config)) = &self.dkim {
            message.sign(config);
        }
        Ok(Rendered { from: self.from.email.clone(), bytes: message.formatted() })
    }

    /// Subject, text and HTML of a mail, for previews.
    ///
    /// # Errors
    /// As [`Composer::compose`].
    pub fn parts(&self, locale: &Locale, content: &Content<'_>) -> Result<Parts, ComposeError> {
        let (subject_id, name) = match content {
            Content::Code { .. } => ("mail-code-subject", "send_code"),
            Content::Changed { .. } => ("mail-changed-subject", "changed_notice"),
        };
        let service = [("service".to_owned(), self.service.clone())];
        let subject = self.templates.texts().get(locale.as_str(), subject_id, &service).map_err(ComposeError::Text)?;
        // A header is one line, whatever an override's text is.
        let subject =
            subject.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let render = |file: String, html| self.templates.render(&file, self.values(locale, content, &subject, html));
        let text = render(format!("{name}.txt"), false)?;
        let html = render(format!("{name}.html"), true)?;
        Ok(Parts { subject, text, html })
    }

    fn values(&self, locale: &Locale, content: &Content<'_>, subject: &str, html: bool) -> Value {
        let (locale, service) = (locale.as_str(), &self.service);
        match content {
            Content::Code { shown, challenge_id, minutes_left } => {
                let link = self.link.fill(challenge_id, &shown.replace('-', ""));
                // The engine would write `/` as `&#x2f;`; a link holds nothing else that HTML gives a meaning to.
                let link = if html { Value::from_safe_string(escape_link(&link)) } else { Value::from(link) };
                context! { locale, service, subject, code => shown, link, minutes => minutes_left }
            }
            Content::Changed { occurred_at } => context! { locale, service, subject, when => moment(*occurred_at) },
        }
    }

    /// Renders samples of everything; broken built-in mails fail here too, in our own tests.
    fn check(&self, folder: Option<&std::path::Path>) -> Result<(), SettingError> {
        let named = |file: String| match folder {
            Some(folder) => folder.join(file).display().to_string(),
            None => format!("{file} (built in)"),
        };
        for locale in &self.locales {
            for (name, content) in samples() {
                let parts = self.parts(locale, &content).map_err(|error| match error {
                    ComposeError::Template(error) if self.templates.is_overridden(&error.template) => {
                        SettingError::new(named(error.template), format!("in {}: {}", locale.as_str(), error.problem))
                    }
                    other => SettingError::new(named(format!("{}.ftl", locale.as_str())), other.to_string()),
                })?;
                let Content::Code { shown, challenge_id, .. } = content else { continue };
                let link = self.link.fill(challenge_id, &shown.replace('-', ""));
                let in_text = parts.text.contains(shown) && parts.text.contains(&link);
                let in_html = parts.html.contains(shown) && parts.html.contains(&escape_link(&link));
                for (file, has) in [("txt", in_text), ("html", in_html)] {
                    if !has {
                        let file = named(format!("{name}.{file}"));
                        return Err(SettingError::new(file, "the code mail lacks the code or the link"));
                    }
                }
                if parts.subject.contains(shown) || parts.subject.is_empty() {
                    let file = named(format!("{}.ftl", locale.as_str()));
                    return Err(SettingError::new(file, "the subject is empty or names the code"));
                }
            }
        }
        Ok(())
    }
}

/// Subject, text and HTML of a mail.
pub struct Parts {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

/// One of each mail with invented values, by the name of its template.
#[must_use]
pub fn samples() -> [(&'static str, Content<'static>); 2] {
    let code = Content::Code { shown: "7K3M-9QXT", challenge_id: "AABcdEFGhiJKlmNOpqRStuVW", minutes_left: 9 };
    // 2026-01-02 03:04:05 UTC
    [("send_code", code), ("changed_notice", Content::Changed { occurred_at: 1_767_323_045_000 })]
}

/// `mail.link` is checked to have no quotes and no angle brackets but the single quote.
fn escape_link(link: &str) -> String {
    link.replace('&', "&amp;").replace('\'', "&#39;")
}

/// `2026-01-02 03:04 UTC`: read alike in every language, and no time zone has to be guessed.
fn moment(unix_ms: i64) -> String {
    // RFC 3339 has no years past 9999, and the formatter panics there.
    let seconds = u64::try_from(unix_ms / 1000).unwrap_or_default().min(253_402_300_799);
    let text = humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).to_string();
    match text.split_once('T') {
        Some((day, time)) => format!("{day} {} UTC", time.get(..5).unwrap_or(time)),
        None => text,
    }
}

/// The same job always gets the same id, so a server can drop a duplicate. Jobs are foreign text: an id that is not
/// plain is written in hexadecimal, within the 64 octets of a job's id.
fn message_id(job_id: &str, domain: &str) -> String {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    if (1..=64).contains(&job_id.len()) && job_id.bytes().all(is_plain) {
        return format!("<{job_id}@{domain}>");
    }
    let mut hex = String::from("x.");
    for octet in job_id.bytes().take(64) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{octet:02x}");
    }
    format!("<{hex}@{domain}>")
}

#[cfg(test)]
mod tests;
