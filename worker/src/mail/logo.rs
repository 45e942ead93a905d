//! The logo as mails carry it: a part of the message, for a picture from elsewhere tells a server who read the mail.

use entity::brand::{Logo, LogoKind};
use lettre::message::{Attachment, SinglePart, header::ContentType};

/// Pixels, as shown: a logo is a letterhead, not a picture.
const HEIGHT: u32 = 36;
const MAX_WIDTH: u32 = 240;

/// A PNG for all mails.
pub(super) struct InlineLogo {
    /// What the HTML names it by (RFC 2392). Every mail has the same bytes under it, so it may be the same.
    pub(super) id: String,
    /// Pixels, as shown. Outlook wants both sides.
    pub(super) width: u32,
    pub(super) height: u32,
    logo: Logo,
    /// Encoded once, not for each mail.
    part: SinglePart,
    encoded: String,
}

impl InlineLogo {
    /// `None` for what mail programs do not show.
    pub(super) fn new(logo: &Logo, domain: &str) -> Option<Self> {
        if logo.kind() != LogoKind::Png {
            return None;
        }
        let (width, height) = shown(size(logo.bytes())?);
        let id = format!("logo@{domain}");
        let content_type = ContentType::parse("image/png").ok()?;
        let name = "logo.png".to_owned();
        let part = Attachment::new_inline_with_name(id.clone(), name).body(logo.bytes().to_vec(), content_type);
        let encoded = String::from_utf8(part.raw_body().to_vec()).ok()?;
        Some(Self { id, width, height, logo: logo.clone(), part, encoded })
    }

    /// The part of a message.
    pub(super) fn part(&self) -> SinglePart {
        self.part.clone()
    }

    /// What stands in a message of it, without the headers of the part.
    pub(super) fn encoded(&self) -> &str {
        &self.encoded
    }

    /// The file.
    pub(super) fn bytes(&self) -> &[u8] {
        self.logo.bytes()
    }
}

/// Width and height in the first chunk (W3C PNG, section 11.2.1).
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// As high as a letterhead, and no wider than a narrow phone has room for; the sides keep their ratio.
fn shown((width, height): (u32, u32)) -> (u32, u32) {
    let scaled = |side: u32, to: u32, from: u32| {
        let side = u64::from(side) * u64::from(to) / u64::from(from.max(1));
        u32::try_from(side).unwrap_or(u32::MAX).max(1)
    };
    let by_height = scaled(width, HEIGHT, height);
    if by_height <= MAX_WIDTH { (by_height, HEIGHT) } else { (MAX_WIDTH, scaled(height, MAX_WIDTH, width)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logos_keep_their_ratio_within_the_letterhead() {
        assert_eq!(shown((200, 200)), (36, 36));
        assert_eq!(shown((360, 72)), (180, 36));
        assert_eq!(shown((2400, 100)), (240, 10));
        assert_eq!(shown((1, 5000)), (1, 36));
        assert_eq!(shown((u32::MAX, 1)), (240, 1));
    }
}
