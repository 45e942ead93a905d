//! The address of a person, as every part of Rekey spells it.

use std::fmt;

/// An e-mail address in ASCII lower case.
///
/// Its text is 3 to 254 octets, the local part 1 to 64 (RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 with erratum
/// 1690). Addresses outside ASCII are refused rather than folded: every folding has look-alikes that reach somebody
/// else's account. International domains are written as A-labels.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Why a text is no address. It never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address that Rekey accepts")]
pub struct InvalidEmail;

/// Octets of a whole address at most.
pub const MAX_OCTETS: usize = 254;
/// Octets of the part before the `@` at most.
pub const MAX_LOCAL_OCTETS: usize = 64;

impl Email {
    /// Reads an address and folds it to ASCII lower case.
    ///
    /// # Errors
    /// [`InvalidEmail`] for anything that is not `dot-atom@dot-atom` in printable ASCII within the lengths above.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let fits = text.len() <= MAX_OCTETS && local.len() <= MAX_LOCAL_OCTETS;
        if fits && is_dot_atom(local) && is_domain(domain) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(InvalidEmail)
        }
    }

    /// The address, lower case. It belongs into a mail, a query or the challenge, never into a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`, lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// RFC 5322, section 3.2.3: `atext` runs parted by single dots. Quoted local parts are refused.
fn is_dot_atom(text: &str) -> bool {
    let is_atext = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&c);
    text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

/// RFC 1035, section 2.3.1: labels of letters, digits and inner hyphens, 63 octets each at most. A name of a single
/// label (`localhost`) passes, since applications behind a private mail server use them.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split('.').all(is_label)
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_folded_to_lower_case() {
        for text in ["Some_One+tag@Example.COM", "o'brien%x@example.com", "a@localhost"] {
            assert_eq!(Email::parse(text).unwrap().as_str(), text.to_ascii_lowercase());
        }
    }

    #[test]
    fn r33_lengths_and_control_characters_are_refused() {
        let local = "a".repeat(65);
        let long = format!("{}@{}", "a".repeat(64), ["b".repeat(63).as_str(); 4].join("."));
        for text in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c.de",
            "a\r\n@b.de",
            "a\0@b.de",
            "mıke@b.de",
            "ａ@b.de",
            " a@b.de",
            "a@b.de ",
            "a..b@c.de",
            ".a@c.de",
            "a@-b.de",
            "a@b..de",
            "\"a\"@b.de",
            "a@b@c\n",
            &format!("{local}@b.de"),
            &long,
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
        assert!(Email::parse(&format!("{}@b.de", "a".repeat(64))).is_ok());
    }

    #[test]
    fn debug_does_not_show_the_address() {
        assert_eq!(format!("{:?}", Email::parse("mike@example.com").unwrap()), "Email(…)");
    }
}
