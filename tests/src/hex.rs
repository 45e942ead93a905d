//! Octets as text.

/// Lower-case hexadecimal digits, two for each octet.
#[must_use]
pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
