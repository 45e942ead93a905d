//! A guess at each of many challenges, each from a client address of its own: no limit of a client, an address or a
//! challenge is ever met.

use std::collections::BTreeMap;

use serde_json::json;
use tokio::task::JoinSet;

use super::stranger;
use crate::{Request, Secret, System};

/// Calls that are on their way at the same time.
const AT_ONCE: usize = 16;

/// What the calls were answered: call, status and the problem's code, and how often.
pub type Told = BTreeMap<(&'static str, u16, String), usize>;

/// Opens so many challenges for addresses that nobody has and guesses once at each.
///
/// # Panics
/// If an answer does not come.
pub async fn spray(system: &System, challenges: std::ops::Range<usize>) -> Told {
    let (mut told, mut calls) = (Told::new(), JoinSet::new());
    let mut note =
        |one: Vec<(&'static str, u16, String)>| one.into_iter().for_each(|key| *told.entry(key).or_default() += 1);
    for n in challenges {
        if calls.len() == AT_ONCE {
            note(calls.join_next().await.expect("one is on its way").expect("no call panics"));
        }
        let client = system.client().at(stranger(n));
        calls.spawn(async move {
            let body = json!({ "email": format!("spray-{n}@example.com") });
            let opened = client.send(&Request::post("/password-reset/request", body.to_string())).await;
            let mut seen = vec![("request", opened.status, opened.code())];
            if opened.status == 202 {
                let guess = Secret::new(format!("{:08}", n % 100_000_000));
                let body = json!({ "challenge_id": opened.challenge_id(), "code": guess.expose() });
                let tried = client.send(&Request::post("/password-reset/verify", body.to_string())).await;
                seen.push(("verify", tried.status, tried.code()));
            }
            seen
        });
    }
    calls.join_all().await.into_iter().for_each(note);
    told
}
