use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use poem_openapi::types::ToJSON as _;
use serde_json::{Value, json};

use super::{
    sent::{Payload, read},
    *,
};

const SHARD: Shard = Shard(3);
const COST: u32 = 2;

fn keyring(secrets: &[&[u8]]) -> Keyring {
    Keyring::new(secrets).unwrap()
}

fn ours() -> Keyring {
    keyring(&[b"a secret of thirty-two bytes or so"])
}

fn asked(keyring: &Keyring) -> Value {
    let challenge = ProofChallenge::new(keyring.current(), Action::Verify, SHARD, COST, 1_000_000, [[1; 16], [2; 16]]);
    challenge.to_json().unwrap()
}

fn solved(challenge: Value) -> Value {
    let parameters = &challenge["parameters"];
    let text = |name: &str| parameters[name].as_str().unwrap();
    let (counter, key) = work::solve(text("nonce"), text("salt"), COST);
    json!({"challenge": challenge, "solution": {"counter": counter, "derivedKey": key, "time": 3.5}})
}

/// Why a proof does not count, or nothing.
fn why_not(keyring: &Keyring, proof: &Value) -> Option<&'static str> {
    let sent = STANDARD.encode(proof.to_string());
    assert!(sent.len() <= 1024, "it fits the field");
    match read(keyring, Action::Verify.name(), SHARD, &sent) {
        Ok(Payload { challenge, solution }) => {
            let ShownParameters { nonce, salt, cost, .. } = challenge.0.parameters.0;
            (!solution.0.solves(&nonce, &salt, cost)).then_some("unsolved")
        }
        Err(why) => Some(why),
    }
}

#[test]
fn a_solved_proof_is_good_for_its_call_and_shard_alone() {
    let ring = ours();
    let proof = solved(asked(&ring));
    assert_eq!(why_not(&ring, &proof), None);
    let sent = STANDARD_NO_PAD.encode(proof.to_string());
    assert!(read(&ring, Action::Verify.name(), SHARD, &sent).is_ok(), "with and without padding");
    assert_eq!(read(&ring, Action::Request.name(), SHARD, &sent).err(), Some("forged"));
    assert_eq!(read(&ring, Action::Verify.name(), Shard(0), &sent).err(), Some("forged"));
}

#[test]
fn what_is_asked_lives_for_two_minutes() {
    let challenge = ProofChallenge::new(ours().current(), Action::Request, SHARD, COST, 1_000_999, [[1; 16], [2; 16]]);
    assert_eq!(challenge.parameters.expires_at, 1_120);
    let asked = challenge.to_json().unwrap();
    assert_eq!(asked["parameters"]["data"], json!({"action": "request", "shard": 3}));
}

#[test]
fn a_proof_outlives_a_change_of_the_secret_and_no_other_secret_makes_one() {
    let proof = solved(asked(&ours()));
    let rotated = keyring(&[b"a newer secret of thirty-two bytes", b"a secret of thirty-two bytes or so"]);
    assert_eq!(why_not(&rotated, &proof), None);
    assert_eq!(why_not(&keyring(&[b"another secret of thirty-two bytes"]), &proof), Some("forged"));
}

#[test]
fn whoever_changes_what_was_asked_has_no_proof() {
    let ring = ours();
    let proof = solved(asked(&ring));
    for (name, value) in [
        ("cost", json!(1)),
        ("expiresAt", json!(2_000_000_000)),
        ("nonce", json!("01".repeat(15))),
        ("salt", json!("03".repeat(16))),
    ] {
        let mut changed = proof.clone();
        changed["challenge"]["parameters"][name] = value;
        assert_eq!(why_not(&ring, &changed), Some("forged"), "{name}");
    }
    // What is the same for all is not read: nobody gets less work by saying so.
    let mut lighter = proof.clone();
    lighter["challenge"]["parameters"]["keyPrefix"] = json!("");
    lighter["solution"] = json!({"counter": 0, "derivedKey": "ff".repeat(32)});
    assert_eq!(why_not(&ring, &lighter), Some("unsolved"));
}

#[test]
fn without_the_work_there_is_no_proof() {
    let ring = ours();
    let proof = solved(asked(&ring));
    let counter = proof["solution"]["counter"].as_u64().unwrap();
    let mut lazy = proof.clone();
    lazy["solution"]["counter"] = json!(counter + 1);
    assert_eq!(why_not(&ring, &lazy), Some("unsolved"), "the key is another attempt's");
    let parameters = &proof["challenge"]["parameters"];
    let text = |name: &str| parameters[name].as_str().unwrap();
    let (nonce, salt) = (text("nonce"), text("salt"));
    // A true attempt whose key begins otherwise.
    let other = hex(&pbkdf2::pbkdf2_hmac_array::<sha2::Sha256, 32>(
        &[[1_u8; 16].as_slice(), &(counter as u32 + 1).to_be_bytes()].concat(),
        &[2; 16],
        COST,
    ));
    lazy["solution"]["derivedKey"] = json!(other);
    assert_eq!(why_not(&ring, &lazy), Some("unsolved"));
    assert!(nonce.len() == 32 && salt.len() == 32);
}

#[test]
fn what_is_no_proof_is_malformed() {
    let ring = ours();
    let whole = solved(asked(&ring));
    for text in ["", "-", "e30", "bnVsbA==", "/", &STANDARD.encode([0xff; 9]), &STANDARD.encode("[".repeat(700))] {
        assert_eq!(read(&ring, Action::Verify.name(), SHARD, text).err(), Some("malformed"), "{text}");
    }
    for pointer in ["/challenge", "/solution", "/challenge/signature", "/challenge/parameters/nonce"] {
        let mut broken = whole.clone();
        *broken.pointer_mut(pointer).unwrap() = json!(-1);
        assert_eq!(why_not(&ring, &broken), Some("malformed"), "{pointer}");
    }
    // The same values as arrays, which are no objects.
    let values = |object: &Value, names: &[&str]| names.iter().map(|name| object[name].clone()).collect::<Value>();
    for (pointer, names) in [
        ("/challenge/parameters", &["cost", "expiresAt", "nonce", "salt"][..]),
        ("/challenge", &["parameters", "signature"]),
        ("/solution", &["counter", "derivedKey"]),
        ("", &["challenge", "solution"]),
    ] {
        let mut broken = whole.clone();
        let object = broken.pointer_mut(pointer).unwrap();
        *object = values(object, names);
        assert_eq!(why_not(&ring, &broken), Some("malformed"), "{pointer}");
    }
    let mut broken = whole.clone();
    broken["solution"]["counter"] = json!(1_u64 << 32);
    assert_eq!(why_not(&ring, &broken), Some("malformed"));
}

/// ALTCHA's own library (altcha-lib 2.8.0 for JavaScript) worked at this one.
#[test]
fn the_work_is_altchas() {
    let (counter, key) = work::solve(&"07".repeat(16), &"09".repeat(16), 2_500);
    assert_eq!((counter, &key[..16]), (149, "0061aa7bc31215e1"));
}
