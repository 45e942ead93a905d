//! The message around a mail's texts: headers, parts, signature.

mod id;

use std::time::{Duration, SystemTime};

pub(super) use id::message_id;
use lettre::{
    Address, Message,
    message::{Body, Mailbox, MultiPart, MultiPartKind, SinglePart, header},
};

use super::{
    compose::{ComposeError, Mail, Parts},
    logo::InlineLogo,
    settings::Signer,
};

/// What parts of a mail are parted by. They are drawn once: nothing that a stranger wrote is in a mail.
pub(super) struct Boundaries {
    alternatives: String,
    related: String,
}

impl Boundaries {
    pub(super) fn draw() -> Self {
        let drawn: u128 = rand::random();
        // None begins with the other (RFC 2046, section 5.1.2).
        Self { alternatives: format!("{drawn:032x}-a"), related: format!("{drawn:032x}-r") }
    }
}

/// Subject, text and HTML, encoded: a mail without the headers of its own.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Encoded {
    subject: String,
    /// Of the whole message.
    content_type: header::ContentType,
    /// ASCII with CRLF line ends.
    pub(super) body: Vec<u8>,
    /// Where the logo goes, so that it need not be kept with each mail that is.
    logo_at: Option<usize>,
}

/// Encodes a mail's texts.
///
/// # Errors
/// [`ComposeError::Message`].
pub(super) fn encode(
    Parts { subject, text, html }: Parts,
    boundaries: &Boundaries,
    logo: Option<&InlineLogo>,
) -> Result<Encoded, ComposeError> {
    let multipart = |kind, boundary: &str| MultiPart::builder().kind(kind).boundary(boundary);
    let alternatives = multipart(MultiPartKind::Alternative, &boundaries.alternatives)
        .singlepart(part(header::ContentType::TEXT_PLAIN, text)?);
    let html = part(header::ContentType::TEXT_HTML, html)?;
    // Plain text, and better: HTML together with the logo that it names.
    let alternatives = match logo {
        None => alternatives.singlepart(html),
        Some(logo) => {
            let related = multipart(MultiPartKind::Related, &boundaries.related);
            alternatives.multipart(related.singlepart(html).singlepart(logo.part()))
        }
    };
    // lettre signs only headers of the message itself, and keeps a multipart's Content-Type apart from them: so
    // the multipart is formatted here, and its type becomes the message's.
    let content_type = alternatives.headers().get::<header::ContentType>().ok_or(ComposeError::Message)?;
    let formatted = String::from_utf8(alternatives.formatted()).map_err(|_| ComposeError::Message)?;
    let (_, body) = formatted.split_once("\r\n\r\n").ok_or(ComposeError::Message)?;
    let (body, logo_at) = match logo {
        None => (body.to_owned(), None),
        Some(logo) => {
            let (before, after) = body.split_once(logo.encoded()).ok_or(ComposeError::Message)?;
            (format!("{before}{after}"), Some(before.len()))
        }
    };
    Ok(Encoded { subject, content_type, body: body.into_bytes(), logo_at })
}

/// A text in ASCII: as it is, or quoted-printable. lettre would write some in base64, which is shorter for texts of few
/// ASCII letters, but what is changed in a stencil has to stand on its own.
fn part(content_type: header::ContentType, text: String) -> Result<SinglePart, ComposeError> {
    let mut body = Body::new(text.clone());
    if body.encoding() == header::ContentTransferEncoding::Base64 {
        let quoted = Body::new_with_encoding(text, header::ContentTransferEncoding::QuotedPrintable);
        body = quoted.map_err(|_| ComposeError::Message)?;
    }
    Ok(SinglePart::builder().header(content_type).body(body))
}

/// Builds and signs the message: ASCII with CRLF line ends.
///
/// # Errors
/// [`ComposeError`]; none of them goes away by trying again.
pub(super) fn build(
    mail: &Mail<'_>,
    Encoded { subject, content_type, mut body, logo_at }: Encoded,
    from: &Mailbox,
    logo: Option<&InlineLogo>,
    dkim: Option<&Signer>,
) -> Result<String, ComposeError> {
    let to: Address = mail.to.as_str().parse().map_err(|_| ComposeError::Address)?;
    let date = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.now).unwrap_or_default());
    if let (Some(at), Some(logo)) = (logo_at, logo) {
        body.splice(at..at, logo.encoded().bytes());
    }
    let body = Body::dangerous_pre_encoded(body, header::ContentTransferEncoding::SevenBit);
    let raw = |name: &'static str, value: &str| {
        header::HeaderValue::new(header::HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    let mut message = Message::builder()
        .message_id(Some(message_id(mail.job_id, from.email.domain())))
        .date(date)
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .header(header::MIME_VERSION_1_0)
        .header(content_type)
        .raw_header(raw("Content-Language", mail.locale.as_str()))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .body(body)
        .map_err(|_| ComposeError::Message)?;
    if let Some(signer) = dkim {
        signer.sign(&mut message);
    }
    String::from_utf8(message.formatted()).map_err(|_| ComposeError::Message)
}
