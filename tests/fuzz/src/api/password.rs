//! How a password is weighed.

use super::estimate::estimate;

/// Takes a password and, behind a line break, the address and the service's name. Whatever they are, the answer is a
/// score with its reasons, the same each time: page and service must agree.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.splitn(3, '\n');
    let password = lines.next().unwrap_or_default();
    let (address, service) = (lines.next(), lines.next().unwrap_or("Example"));
    let (score, reasons) = estimate(password, address, service);
    assert!(score <= 4);
    assert_eq!(reasons.is_empty(), score >= 3, "{reasons:?}");
    assert!(
        reasons.iter().all(|reason| reason.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_'))
    );
    assert_eq!(estimate(password, address, service), (score, reasons));
}
