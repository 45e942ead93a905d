//! The body of a call.

use serde_json::Value;

use super::strict;
use crate::{challenge_id::ChallengeId, shared};

/// What is taken is one JSON object of texts, each key once, as another parser reads it; and nothing else is refused.
/// Each text goes to the parser of its field.
pub fn run(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        content_type(text);
    }
    let is_taken = strict::is_object_of_texts(bytes);
    let members = match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => members,
        _ => {
            assert!(!is_taken);
            return;
        }
    };
    // The other parser merges keys that stand twice: they are counted by their colons.
    let are_texts = members.values().all(|value| value.is_string() || value.is_null());
    assert_eq!(is_taken, are_texts && colons(bytes) == members.len());
    if !is_taken {
        return;
    }
    let text = |key: &str| members.get(key).and_then(Value::as_str).unwrap_or_default();
    shared::email::run(text("email").as_bytes());
    shared::code::run(text("code").as_bytes());
    shared::token::run(text("reset_token").as_bytes());
    super::accept_language::run(text("locale").as_bytes());
    let _ = ChallengeId::parse(text("challenge_id")).map(|id| id.shard());
}

/// Colons that are not in a text.
fn colons(bytes: &[u8]) -> usize {
    let (mut count, mut is_in_text, mut is_escaped) = (0, false, false);
    for octet in bytes {
        match octet {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_in_text,
            b'"' => is_in_text = !is_in_text,
            b':' if !is_in_text => count += 1,
            _ => {}
        }
    }
    count
}

/// A type that a form or a page without scripts can send is never JSON (R55).
fn content_type(text: &str) {
    let (kind, encoding) = text.split_once('\n').unwrap_or((text, "identity"));
    if strict::is_plain_json(Some(kind), Some(encoding)) {
        let lower = kind.to_ascii_lowercase();
        assert!(lower.trim_start().starts_with("application/json"), "{kind:?}");
        assert!(!lower.split(';').any(|part| part.trim().starts_with("charset=utf-16")), "{kind:?}");
        assert!(encoding.eq_ignore_ascii_case("identity"), "{encoding:?}");
        assert!(!strict::is_plain_json(Some(kind), Some("gzip")));
    }
}
