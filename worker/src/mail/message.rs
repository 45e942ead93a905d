//! The message around a mail's texts: headers, parts, signature.

use std::{
    fmt::Write as _,
    time::{Duration, SystemTime},
};

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
    if let Some(Signer(config)) = dkim {
        message.sign(config);
    }
    Ok(message.formatted())
}

/// Plain text, and better: HTML together with the logo that it names.
fn alternatives(text: String, html: String, logo: Option<&InlineLogo>) -> MultiPart {
    let Some(logo) = logo else { return MultiPart::alternative_plain_html(text, html) };
    let related = MultiPart::related().singlepart(SinglePart::html(html)).singlepart(logo.part());
    MultiPart::alternative().singlepart(SinglePart::plain(text)).multipart(related)
}

/// The same job always gets the same id, so a server can drop a duplicate. Jobs are foreign text: an id that is not
/// plain is written in hexadecimal, within the 64 octets of a job's id.
pub(super) fn message_id(job_id: &str, domain: &str) -> String {
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
