//! Who calls: the client's network address, found behind the proxies that are trusted, and the call's id.

mod forwarded;

use std::net::IpAddr;

use entity::{
    keyring::Keyring,
    limits::Client,
    settings::{FromSetting, List, SettingError, Source},
    trail::Origin,
};
pub use forwarded::{Forged, TrustedProxies};
use forwarded::{ForwardedHeader, client_address};
use ipnet::IpNet;
use poem::Request;

impl FromSetting for ForwardedHeader {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "forwarded" => Ok(Self::Forwarded),
            "x-forwarded-for" => Ok(Self::XForwardedFor),
            _ => Err("forwarded or x-forwarded-for".into()),
        }
    }
}

struct Network(IpNet);

impl FromSetting for Network {
    fn from_setting(text: &str) -> Result<Self, String> {
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(|network| Self(canonical(network))).map_err(|_| "a network such as 10.0.0.0/8 or an address".into())
    }
}

/// IPv4-mapped networks as IPv4, which is how peers are compared.
fn canonical(network: IpNet) -> IpNet {
    match network {
        IpNet::V6(mapped) if mapped.prefix_len() >= 96 => mapped
            .addr()
            .to_ipv4_mapped()
            .and_then(|address| IpNet::new(address.into(), mapped.prefix_len() - 96).ok())
            .unwrap_or(network),
        _ => network,
    }
}

impl TrustedProxies {
    /// Reads `http.trusted_proxies` and `http.forwarded_header`.
    ///
    /// # Errors
    /// By name if one is malformed.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let networks: List<Network> = source.optional("http.trusted_proxies")?.unwrap_or(List(Vec::new()));
        let networks = networks.0.into_iter().map(|network| network.0).collect();
        Ok(Self { networks, header: source.optional("http.forwarded_header")? })
    }
}

/// Who makes a call.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its address, IPv4-mapped ones as IPv4.
    pub address: IpAddr,
    /// How the limits know it.
    pub client: Client,
    /// Names this call in the log and in `X-Request-Id`: 32 hexadecimal digits.
    pub request_id: String,
    /// `User-Agent`, cut to 256 characters, printable ASCII; for the audit trail alone.
    pub user_agent: Option<String>,
}

impl Caller {
    /// Who it is, for the audit trail.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::new(self.address, self.user_agent.as_deref())
    }

    /// Finds out who makes this call; for a forged one, who passed it on.
    pub fn of(
        request: &Request,
        peer: IpAddr,
        proxies: &TrustedProxies,
        keyring: &Keyring,
    ) -> (Self, Result<(), Forged>) {
        let found = client_address(peer, proxies, &headers(request, "forwarded"), &headers(request, "x-forwarded-for"));
        let address = found.unwrap_or_else(|Forged| peer.to_canonical());
        let user_agent = request.header("user-agent").map(|text| text.chars().take(256).collect());
        let caller = Self {
            address,
            client: Client::of(keyring, address),
            request_id: format!("{:032x}", rand::random::<u128>()),
            user_agent,
        };
        (caller, found.map(|_| ()))
    }
}

/// Whether a peer that is not listed sent forwarded headers: the operator has probably forgotten to list it.
pub fn is_unlisted_proxy(request: &Request, peer: IpAddr, proxies: &TrustedProxies) -> bool {
    let forwards = request.headers().contains_key("forwarded") || request.headers().contains_key("x-forwarded-for");
    forwards && !proxies.trusts(peer)
}

/// All values of a header, in order, as one list. What is no ASCII reads as an element that is no address.
fn headers(request: &Request, name: &str) -> String {
    let values = request.headers().get_all(name).iter().map(|value| value.to_str().unwrap_or("?"));
    values.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_network_is_the_ipv4_network_that_it_means() {
        let network = Network::from_setting("::ffff:10.0.0.0/104").unwrap().0;
        assert_eq!(network, "10.0.0.0/8".parse().unwrap());
    }
}
