//! Whom a proxy heard from.

use std::net::IpAddr;

use super::forwarded::{Forged, ForwardedHeader, TrustedProxies, client_address};

const PROXY: &str = "10.0.0.1";

/// Takes lines: the peer, `Forwarded`, `X-Forwarded-For`, and what a client puts in front of either. Nothing that the
/// client says moves the address that its proxy saw (R51).
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (peer, forwarded, x_forwarded_for, said) = (line(), line(), line(), line());
    let proxy: IpAddr = PROXY.parse().expect("an address");
    let stranger = peer.parse().unwrap_or(proxy);
    for header in [None, Some(ForwardedHeader::Forwarded), Some(ForwardedHeader::XForwardedFor)] {
        let networks =
            ["10.0.0.0/8", "2001:db8:aaaa::/48", "::1/128"].map(|network| network.parse().expect("a network"));
        let proxies = TrustedProxies { networks: networks.into(), header };
        if !proxies.trusts(stranger) {
            let found = client_address(stranger, &proxies, forwarded, x_forwarded_for);
            assert_eq!(found, Ok(stranger.to_canonical()));
        }
        let found = client_address(proxy, &proxies, forwarded, x_forwarded_for);
        assert!(header.is_none() || found.is_ok(), "one header cannot disagree with itself");
        let Ok(client) = found else { continue };
        assert_eq!(client, client.to_canonical());
        if client == proxy || proxies.trusts(client) {
            continue;
        }
        // The client is known by a hop that a proxy wrote: what is further to the left changes nothing.
        let before = |header: &str| if header.is_empty() { String::new() } else { format!("{said},{header}") };
        let longer = client_address(proxy, &proxies, &before(forwarded), &before(x_forwarded_for));
        assert_eq!(longer, Ok(client), "{header:?}");
        // Nor does the header that the proxy does not write: at best the call is refused.
        let other = match (forwarded.is_empty(), x_forwarded_for.is_empty()) {
            (true, false) => client_address(proxy, &proxies, said, x_forwarded_for),
            (false, true) => client_address(proxy, &proxies, forwarded, said),
            _ => continue,
        };
        assert!(other == Ok(client) || (header.is_none() && other == Err(Forged)), "{header:?} {other:?}");
    }
}
