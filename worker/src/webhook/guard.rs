//! Keeps the webhook from networks that it is not meant for (server-side request forgery; OWASP ASVS 5.0, V1.3.6).
//!
//! A name is resolved here, and what it leads to is looked at before anything is sent; the connection then goes to
//! the very addresses that were looked at, so a name that leads elsewhere the next moment gains nothing.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Arc, LazyLock},
};

use ipnet::{IpNet, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Networks that the Internet does not lead to, or that are somebody's own (IANA's registries of special-purpose
/// addresses, RFC 6890 and its successors; multicast: RFC 5771).
static SPECIAL: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        // Of IPv6's global unicast (below): protocol assignments with Teredo, documentation, 6to4.
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    ]
    .iter()
    .map(|network| network.parse().expect("constant networks parse"))
    .collect()
});

/// All of IPv6 that is global unicast (RFC 4291, section 2.4 and IANA's registry). Everything else, such as loopback,
/// unique local, link-local, multicast and the prefixes of NAT64, is special.
static GLOBAL: LazyLock<Ipv6Net> = LazyLock::new(|| "2000::/3".parse().expect("a constant network parses"));

/// The name leads to networks alone that are not meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused_address")]
pub(super) struct Refused;

/// The name leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unresolved")]
pub(super) struct Unresolved;

/// Resolves names to addresses that may be called.
#[derive(Clone, Debug)]
pub struct Guard(Arc<Vec<IpNet>>);

impl Guard {
    /// Lets public addresses and those of `allowed` through.
    #[must_use]
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self(Arc::new(allowed))
    }

    /// Whether this address may be called. One that is IPv4 in the clothes of IPv6 is looked at as IPv4.
    #[must_use]
    pub fn lets(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address)) || is_public(address)
    }
}

fn is_public(address: IpAddr) -> bool {
    let is_special = SPECIAL.iter().any(|network| network.contains(&address));
    match address {
        IpAddr::V4(_) => !is_special,
        IpAddr::V6(address) => GLOBAL.contains::<&Ipv6Addr>(&address) && !is_special,
    }
}

/// All addresses of a name.
pub(super) async fn look_up(name: &str) -> Result<Vec<SocketAddr>, Unresolved> {
    Ok(tokio::net::lookup_host((name, 0)).await.map_err(|_| Unresolved)?.collect())
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = look_up(name.as_str()).await?;
            let (none, many) = (found.is_empty(), found.len());
            let may: Vec<_> = found.into_iter().filter(|address| guard.lets(address.ip())).collect();
            if may.is_empty() {
                return Err(if none { Unresolved.into() } else { Refused.into() });
            }
            if may.len() < many {
                tracing::debug!(refused = many - may.len(), "REKEY_WEBHOOK_URL: leads to special addresses as well");
            }
            Ok(Box::new(may.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets(guard: &Guard, address: &str) -> bool {
        guard.lets(address.parse().unwrap())
    }

    #[test]
    fn r70_special_addresses_are_refused_in_every_clothing() {
        let guard = Guard::new(Vec::new());
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.170",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!lets(&guard, address), "{address}");
        }
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"] {
            assert!(lets(&guard, address), "{address}");
        }
    }

    #[test]
    fn r70_networks_of_ones_own_are_let_through_by_setting_alone() {
        let guard =
            Guard::new(["10.1.0.0/16", "fd00::/8", "127.0.0.0/8"].map(|network| network.parse().unwrap()).into());
        for address in ["10.1.2.3", "::ffff:10.1.2.3", "fd12::1", "127.0.0.1"] {
            assert!(lets(&guard, address), "{address}");
        }
        for address in ["10.2.0.1", "fc00::1", "::1", "169.254.169.254"] {
            assert!(!lets(&guard, address), "{address}");
        }
    }
}
