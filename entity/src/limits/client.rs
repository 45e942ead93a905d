//! Whom the limits count.

use std::net::{IpAddr, Ipv6Addr};

use crate::keyring::Keyring;

/// A client's network as the counters know it: a MAC, not the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client(String);

impl Client {
    /// Counts an IPv4 address by itself and an IPv6 address by its /64: a subscriber has at least that much (RFC 6177).
    #[must_use]
    pub fn of(keyring: &Keyring, address: IpAddr) -> Self {
        Self(keyring.counting().client(&[b"network", network(address).as_bytes()]))
    }

    /// The MAC, as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The network by which a client is counted, as text: `192.0.2.1` or `2001:db8::/64`.
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r50_ipv6_is_counted_by_its_64_and_mapped_ipv4_as_ipv4() {
        for (address, counted) in [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network(address.parse().unwrap()), counted);
        }
    }
}
