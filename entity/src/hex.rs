//! Octets as text.

use std::fmt::Write as _;

/// Lower-case hexadecimal digits, two for each octet. The text never grew, so it leaves no copies behind.
#[must_use]
pub fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{octet:02x}");
        text
    })
}
