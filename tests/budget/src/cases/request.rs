//! `POST /password-reset/request`.

use std::net::IpAddr;

use super::{ADDRESS, CHALLENGE, TRACE, call, keyring};
use crate::{
    api::{self, languages},
    challenge_id::ChallengeId,
    email::Email,
    keys::{KeyNames, Shard},
    limits::Client,
    trace_context::TraceContext,
    trail::Origin,
};

const BODY: &str =
    r#"{"email":"some_one+tag@example.org","locale":"de-AT","challenge_id":"AABcdEFGhiJKlmNOpqRStuVW","proof":null}"#;
const FORWARDED: &str = "198.51.100.9, 192.0.2.1, 10.0.0.2";
const AGENT: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const ACCEPT_LANGUAGE: &str = "de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7";
const IPV6: IpAddr = IpAddr::V6(std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, 2, 3, 4, 5, 6));

fn address() -> Email {
    Email::parse(ADDRESS).expect("an address")
}

/// Whether the body may be read at all.
pub fn body() -> Box<dyn FnMut()> {
    call(BODY, |body| assert!(api::is_body("application/json", body.as_bytes())))
}

/// The client behind two proxies.
pub fn caller() -> Box<dyn FnMut()> {
    let proxies = api::proxies("10.0.0.0/8");
    let peer = IpAddr::from([10, 0, 0, 1]);
    call(FORWARDED, move |header| api::client(peer, &proxies, header).expect("it is not forged"))
}

/// The name of the client's bucket.
pub fn client() -> Box<dyn FnMut()> {
    let (ring, names) = (keyring(), KeyNames::new("rekey", 1));
    call(IPV6, move |address| names.client_limit("request", Client::of(&ring, address).as_str()))
}

/// Who asks, for the audit trail.
pub fn origin() -> Box<dyn FnMut()> {
    call(AGENT, |agent| Origin::new(IPV6, Some(agent)).as_str().len())
}

/// The caller's trace, into the job.
pub fn trace() -> Box<dyn FnMut()> {
    call(TRACE, |text| TraceContext::parse(text).expect("a trace").to_string())
}

/// The address as typed.
pub fn email() -> Box<dyn FnMut()> {
    call(ADDRESS, |text| Email::parse(text).expect("an address"))
}

/// The languages to choose from.
pub fn languages() -> Box<dyn FnMut()> {
    call(ACCEPT_LANGUAGE, |header| languages::languages(Some("de-AT"), Some(header)))
}

/// The challenge that it names, and a new one.
pub fn challenge_id() -> Box<dyn FnMut()> {
    call(CHALLENGE, |text| {
        let old = ChallengeId::parse(text).expect("an id");
        ChallengeId::new(old.shard(), [7; 16])
    })
}

/// The name of the address' counter.
pub fn address_limit() -> Box<dyn FnMut()> {
    let (ring, names, address) = (keyring(), KeyNames::new("rekey", 4), address());
    call((), move |()| {
        let pseudonym = ring.counting().address(address.as_str());
        names.address_limit(names.shard_of(&address), &pseudonym)
    })
}

/// The names of all other keys that its script touches.
pub fn keys() -> Box<dyn FnMut()> {
    let names = KeyNames::new("rekey", 1);
    call(CHALLENGE, move |id| {
        let shard = Shard(0);
        let of_challenge = [names.challenge(shard, id), names.trail(shard, id), names.trail(shard, id)];
        let of_shard = [names.ready(shard), names.wake(shard), names.delayed(shard), names.closing(shard)];
        (of_challenge, of_shard, names.brake(shard))
    })
}

/// What the log says of the address.
pub fn pseudonym() -> Box<dyn FnMut()> {
    let ring = keyring();
    call(ADDRESS, move |address| ring.current().pseudonym(address))
}
