//! The message around a mail's texts: headers, parts, signature.

mod id;

use std::time::{Duration, SystemTime};

pub(super) use id::message_id;
use lettre::{
    Address, Message,
    message::{Body, Mailbox, MultiPart, SinglePart, header},
};

use super::{
    compose::{ComposeError, Mail, Parts},
    logo::InlineLogo,
    settings::Signer,
};

/// Builds and signs the message: ASCII with CRLF line ends.
pub(super) fn build(
    mail: &Mail<'_>,
    parts: Parts,
    from: &Mailbox,
    logo: Option<&InlineLogo>,
    dkim: Option<&Signer>,
) -> Result<Vec<u8>, ComposeError> {
    let to: Address = mail.to.as_str().parse().map_err(|_| ComposeError::Address)?;
    let date = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.now).unwrap_or_default());
    // lettre signs only headers of the message itself, and keeps a multipart's Content-Type apart from them: so
    // the multipart is formatted here, and its type becomes the message's.
    let alternatives = alternatives(parts.text, parts.html, logo);
    let content_type = alternatives.headers().get::<header::ContentType>().ok_or(ComposeError::Message)?;
    let formatted = String::from_utf8(alternatives.formatted()).map_err(|_| ComposeError::Message)?;
    let (_, body) = formatted.split_once("\r\n\r\n").ok_or(ComposeError::Message)?;
    let body = Body::dangerous_pre_encoded(body.as_bytes().to_vec(), header::ContentTransferEncoding::SevenBit);
    let raw = |name: &'static str, value: &str| {
        header::HeaderValue::new(header::HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    let mut message = Message::builder()
        .message_id(Some(message_id(mail.job_id, from.email.domain())))
        .date(date)
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(parts.subject)
        .header(header::MIME_VERSION_1_0)
        .header(content_type)
        .raw_header(raw("Content-Language", mail.locale.as_str()))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .body(body)
        .map_err(|_| ComposeError::Message)?;
    if let Some(signer) = dkim {
        signer.sign(&mut message);
    }
    Ok(message.formatted())
}

/// Plain text, and better: HTML together with the logo that it names.
fn alternatives(text: String, html: String, logo: Option<&InlineLogo>) -> MultiPart {
    let Some(logo) = logo else { return MultiPart::alternative_plain_html(text, html) };
    let related = MultiPart::related().singlepart(SinglePart::html(html)).singlepart(logo.part());
    MultiPart::alternative().singlepart(SinglePart::plain(text)).multipart(related)
}
