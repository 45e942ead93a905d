//! Whom the trusted proxies heard from.

use std::net::IpAddr;

use ipnet::IpNet;

/// The networks whose forwarded headers are believed, and which header they write.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies {
    pub(super) networks: Vec<IpNet>,
    pub(super) header: Option<ForwardedHeader>,
}

/// The header in which a proxy says whom it heard from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `X-Forwarded-For`.
    XForwardedFor,
}

/// Both headers came through a trusted proxy and name different clients: one of them is the client's own invention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forged;

impl TrustedProxies {
    /// Whether this address is one of theirs.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }
}

/// The client behind the trusted proxies: each proxy appends whom it heard from, so from the right the first one that
/// is not trusted is the client, and all further to the left is what the client says.
///
/// A proxy writes one of the two headers and may pass the other on as the client sent it. Unless a setting says which,
/// both are read, and if they disagree the call is refused: counting it for anybody would buy a second client (R51).
pub(super) fn client_address(
    peer: IpAddr,
    proxies: &TrustedProxies,
    forwarded: &str,
    x_forwarded_for: &str,
) -> Result<IpAddr, Forged> {
    let peer = peer.to_canonical();
    if !proxies.trusts(peer) {
        return Ok(peer);
    }
    let is_read = |header| proxies.header.is_none_or(|written| written == header);
    let walk = |hops: Vec<Option<IpAddr>>| {
        let mut client = peer;
        for hop in hops.into_iter().rev() {
            // An element that is no address ends the walk at the last one that was.
            let Some(hop) = hop else { break };
            client = hop;
            if !proxies.trusts(hop) {
                break;
            }
        }
        client
    };
    let reads_forwarded = !forwarded.is_empty() && is_read(ForwardedHeader::Forwarded);
    let reads_x = !x_forwarded_for.is_empty() && is_read(ForwardedHeader::XForwardedFor);
    let from_forwarded = reads_forwarded.then(|| walk(forwarded.split(',').map(forwarded_for).collect()));
    let from_x = reads_x.then(|| walk(x_forwarded_for.split(',').map(host).collect()));
    match (from_forwarded, from_x) {
        (Some(one), Some(other)) if one != other => Err(Forged),
        (Some(client), _) | (None, Some(client)) => Ok(client),
        (None, None) => Ok(peer),
    }
}

/// The `for` of one element of `Forwarded` (RFC 7239, section 4).
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("for")).map(|(_, value)| value);
    let only = values.next().filter(|_| values.next().is_none())?;
    host(only.trim_matches('"'))
}

/// An address, with or without port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn host(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(host, _)| host);
    let parsed = bare.unwrap_or(text).parse().ok();
    parsed
        .or_else(|| text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip()))
        .map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(header: Option<ForwardedHeader>, forwarded: &str, x_forwarded_for: &str) -> Result<IpAddr, Forged> {
        let networks = vec!["10.0.0.0/8".parse().unwrap(), "2001:db8:aaaa::/48".parse().unwrap()];
        let proxies = TrustedProxies { networks, header };
        client_address("10.0.0.1".parse().unwrap(), &proxies, forwarded, x_forwarded_for)
    }

    fn seen(forwarded: &str, x_forwarded_for: &str) -> String {
        found(None, forwarded, x_forwarded_for).unwrap().to_string()
    }

    #[test]
    fn r51_the_right_hop_counts() {
        assert_eq!(seen("", "192.0.2.1"), "192.0.2.1");
        assert_eq!(seen("", "198.51.100.9, 192.0.2.1"), "192.0.2.1");
        assert_eq!(seen("", "198.51.100.9, 192.0.2.1, 10.0.0.2"), "192.0.2.1");
        assert_eq!(seen("", "192.0.2.1:4711, [2001:db8:aaaa::1]:80"), "192.0.2.1");
        assert_eq!(seen("for=198.51.100.9, for=\"[2001:db8::7]:4711\";proto=https", ""), "2001:db8::7");
        assert_eq!(seen("For=192.0.2.1;by=10.0.0.1", ""), "192.0.2.1");
    }

    #[test]
    fn r51_rubbish_ends_at_the_last_hop_that_is_known() {
        for rubbish in ["unknown", "", "for=;", "_hidden", "192.0.2.1.5", "for=192.0.2.1;for=192.0.2.2"] {
            assert_eq!(seen("", &format!("{rubbish},10.0.0.2")), "10.0.0.2", "{rubbish}");
        }
        assert_eq!(seen("for=192.0.2.1;for=192.0.2.2", ""), "10.0.0.1");
    }

    #[test]
    fn r51_headers_that_disagree_gain_nothing() {
        assert_eq!(seen("for=192.0.2.1", "192.0.2.1"), "192.0.2.1");
        assert_eq!(found(None, "for=192.0.2.77", "192.0.2.1"), Err(Forged));
        let pinned = |header| found(Some(header), "for=192.0.2.77", "192.0.2.1").unwrap().to_string();
        assert_eq!(pinned(ForwardedHeader::XForwardedFor), "192.0.2.1");
        assert_eq!(pinned(ForwardedHeader::Forwarded), "192.0.2.77");
    }

    #[test]
    fn r51_a_peer_that_is_not_listed_is_the_client() {
        let peer = "192.0.2.5".parse().unwrap();
        let found = client_address(peer, &TrustedProxies::default(), "for=1.2.3.4", "1.2.3.5");
        assert_eq!(found, Ok(peer));
        let mapped = client_address("::ffff:192.0.2.5".parse().unwrap(), &TrustedProxies::default(), "", "");
        assert_eq!(mapped, Ok(peer));
    }
}
