//! An address.

use crate::email::{Email, MAX_LOCAL_OCTETS, MAX_OCTETS};

/// An address that is taken is plain, within its lengths, its own lower case, and one that a mail can be sent to.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(email) = Email::parse(text) else { return };
    let taken = email.as_str();
    assert!(taken.eq_ignore_ascii_case(text) && !taken.bytes().any(|octet| octet.is_ascii_uppercase()), "{taken}");
    assert_eq!(Email::parse(taken).as_ref().map(Email::as_str), Ok(taken));
    assert!(taken.bytes().all(|octet| octet.is_ascii_graphic()) && taken.matches('@').count() == 1, "{taken}");
    // What would part, quote or fold a header, and what a shell or a template would read.
    assert!(!taken.contains(['"', '\\', '<', '>', '(', ')', ',', ';', ':', '[', ']']), "{taken}");
    let (local, domain) = taken.split_once('@').expect("it has one");
    assert!((3..=MAX_OCTETS).contains(&taken.len()) && (1..=MAX_LOCAL_OCTETS).contains(&local.len()), "{taken}");
    assert_eq!(email.domain(), domain);
    let address: lettre::Address = taken.parse().expect("the mail library takes it");
    let written: &str = address.as_ref();
    assert_eq!(written, taken);
}
