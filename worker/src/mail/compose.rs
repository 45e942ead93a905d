//! One mail, from what it says to the bytes on the wire.

mod check;

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use entity::{
    brand::{Brand, Colors, Scheme, Support},
    email::Email,
    locale::{self, Locale},
    settings::SettingError,
    texts::Direction,
};
use lettre::{Address, message::Mailbox};
use minijinja::{Value, context};

pub use check::samples;

use super::{
    link::LinkTemplate,
    logo::InlineLogo,
    message::{self, Boundaries, Encoded},
    settings::{ComposeSettings, Signer},
    stencil::Stencils,
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
    /// No code, for the account has a second factor, but whom to ask.
    SecondFactor {
        /// Whom.
        contact: &'a Support,
    },
}

impl Content<'_> {
    /// The message that is the subject, and the name of the templates.
    pub(super) fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Code { .. } => ("mail-code-subject", "send_code"),
            Self::Changed { .. } => ("mail-changed-subject", "changed_notice"),
            Self::SecondFactor { .. } => ("mail-factor-subject", "second_factor"),
        }
    }
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
    pub text: String,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({} octets)", self.text.len())
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
    /// What text and HTML say of the brand, in this order: it is the same in each mail, and colours that can be read
    /// take longer to find than all the rest of it.
    brand: [Value; 2],
    logo: Option<InlineLogo>,
    dkim: Option<Signer>,
    templates: Templates,
    locales: Vec<Locale>,
    boundaries: Boundaries,
    /// None with templates of the operator's: those may do with a code what they like.
    stencils: Option<Stencils>,
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
        let stencils = templates.are_built_in().then(Stencils::default);
        let logo = settings.brand.logo.as_ref().and_then(|logo| InlineLogo::new(logo, settings.from.email.domain()));
        let composer = Self {
            from: settings.from,
            link: settings.link,
            brand: [false, true].map(|html| branded(&settings.brand, logo.as_ref(), html)),
            service: settings.brand.name,
            logo,
            dkim: settings.dkim,
            templates,
            locales,
            boundaries: Boundaries::draw(),
            stencils,
        };
        composer.check(folder)?;
        Ok(composer)
    }

    /// The languages there are.
    #[must_use]
    pub fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// The logo that mails carry: how the HTML names it, and its PNG.
    #[must_use]
    pub fn logo(&self) -> Option<(String, &[u8])> {
        self.logo.as_ref().map(|logo| (format!("cid:{}", logo.id), logo.bytes()))
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
        let encode = |content: &Content<'_>| self.encode(mail.locale, content);
        let encoded = match &self.stencils {
            Some(stencils) => stencils.encoded(mail.locale.as_str(), &mail.content, encode)?,
            None => encode(&mail.content)?,
        };
        let text = message::build(mail, encoded, &self.from, self.logo.as_ref(), self.dkim.as_ref())?;
        Ok(Rendered { from: self.from.email.clone(), text })
    }

    fn encode(&self, locale: &Locale, content: &Content<'_>) -> Result<Encoded, ComposeError> {
        message::encode(self.parts(locale, content)?, &self.boundaries, self.logo.as_ref())
    }

    /// Subject, text and HTML of a mail, for previews.
    ///
    /// # Errors
    /// As [`Composer::compose`].
    pub fn parts(&self, locale: &Locale, content: &Content<'_>) -> Result<Parts, ComposeError> {
        let (subject_id, name) = content.names();
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
        let all = context! {
            locale => locale.as_str(),
            dir => Direction::of(locale.as_str()).as_str(),
            service => self.service,
            subject,
            brand => self.brand[usize::from(html)],
        };
        let own = match content {
            Content::Code { shown, challenge_id, minutes_left } => {
                let link = self.link.fill(challenge_id, shown);
                context! { code => shown, link => url(&link, html), minutes => minutes_left }
            }
            Content::Changed { occurred_at } => context! { when => moment(*occurred_at) },
            Content::SecondFactor { contact } => context! { contact => way(contact, html) },
        };
        context! { ..own, ..all }
    }
}

/// What a part says of the brand.
fn branded(brand: &Brand, logo: Option<&InlineLogo>, html: bool) -> Value {
    let Colors { light, dark } = brand.colors();
    context! {
        logo => logo.map(|logo| context! {
            src => url(&format!("cid:{}", logo.id), html),
            width => logo.width,
            height => logo.height,
        }),
        support => brand.support.as_ref().map(|support| way(support, html)),
        light => colors(light),
        dark => colors(dark),
    }
}

/// The engine would write `/` as `&#x2f;`; a link holds nothing else that HTML gives a meaning to.
fn url(text: &str, html: bool) -> Value {
    if html { Value::from_safe_string(escape_link(text)) } else { Value::from(text) }
}

/// Where help is.
fn way(to: &Support, html: bool) -> Value {
    context! { href => url(&to.href, html), text => to.text }
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

/// A scheme's colours as a style sheet writes them.
fn colors(scheme: Scheme) -> Value {
    context! {
        accent => scheme.accent.to_string(),
        button => scheme.button.to_string(),
        button_text => scheme.button_text.to_string(),
    }
}

/// `mail.link` is checked to have no quotes and no angle brackets but the single quote, and so is a
/// URL that was parsed.
fn escape_link(link: &str) -> String {
    link.replace('&', "&amp;").replace('\'', "&#39;")
}

/// `2026-01-02 03:04 UTC`: read alike in every language, and no time zone has to be guessed. Its spaces do not break.
fn moment(unix_ms: i64) -> String {
    // RFC 3339 has no years past 9999, and the formatter panics there.
    let seconds = u64::try_from(unix_ms / 1000).unwrap_or_default().min(253_402_300_799);
    let text = humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).to_string();
    match text.split_once('T') {
        Some((day, time)) => format!("{day}\u{a0}{}\u{a0}UTC", time.get(..5).unwrap_or(time)),
        None => text,
    }
}

#[cfg(test)]
mod tests;
