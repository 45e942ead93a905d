//! What a body must be before anything reads it: JSON by its type, small, in time, one object of texts, no key twice.

use std::{collections::HashSet, fmt, time::Duration};

use poem::{Body, Request, http::header};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::problem::Refusal;

/// Octets of a body at most: the longest password (256 code points, escaped) takes 3 KiB.
pub const MAX_OCTETS: usize = 8 * 1024;
/// Longest time for a body to arrive. R48 allows 10 s for the whole request.
pub const READ_TIMEOUT: Duration = Duration::from_secs(8);
/// What is read and thrown away of a body that was refused, so that its sender gets to read the answer.
const DRAIN_OCTETS: usize = 16 * 1024 * 1024;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// Reads the body of a call and puts it back, checked.
///
/// # Errors
/// The refusal to answer: 415, 413, 408 or 400.
pub async fn check(request: &mut Request) -> Result<(), Refusal> {
    if !is_plain_json(request) {
        drain(request);
        return Err(Refusal::unsupported_media_type());
    }
    let announced = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_OCTETS) {
        drain(request);
        return Err(Refusal::payload_too_large());
    }
    let mut reader = request.take_body().into_async_read();
    let mut bytes = Vec::with_capacity(announced.unwrap_or(512));
    let reading = async {
        use tokio::io::AsyncReadExt as _;
        (&mut reader).take(MAX_OCTETS as u64 + 1).read_to_end(&mut bytes).await
    };
    match tokio::time::timeout(READ_TIMEOUT, reading).await {
        Err(_) => return Err(Refusal::request_timeout()),
        Ok(Err(_)) => return Err(Refusal::invalid("the body ended early")),
        Ok(Ok(_)) => {}
    }
    if bytes.len() > MAX_OCTETS {
        spawn_drain(reader);
        return Err(Refusal::payload_too_large());
    }
    let strict: Result<Object, _> = serde_json::from_slice(&bytes);
    strict.map_err(|_| Refusal::invalid("the body must be one JSON object of texts in UTF-8, with no key twice"))?;
    request.set_body(Body::from_vec(bytes));
    Ok(())
}

/// `application/json`, in UTF-8 if it says so, and not compressed: nothing here unpacks bodies.
fn is_plain_json(request: &Request) -> bool {
    let encoding = request.header(header::CONTENT_ENCODING).unwrap_or("identity");
    let Some(kind) = request.header(header::CONTENT_TYPE) else { return false };
    let mut parts = kind.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    is_json && is_utf8 && encoding.eq_ignore_ascii_case("identity")
}

fn drain(request: &mut Request) {
    spawn_drain(request.take_body().into_async_read());
}

/// A connection that is closed with unread bytes is reset, and the answer may be lost with it.
fn spawn_drain(reader: impl tokio::io::AsyncRead + Send + Unpin + 'static) {
    use tokio::io::AsyncReadExt as _;
    tokio::spawn(tokio::time::timeout(DRAIN_TIMEOUT, async move {
        let mut rest = reader.take(DRAIN_OCTETS as u64);
        let _ = tokio::io::copy(&mut rest, &mut tokio::io::sink()).await;
    }));
}

/// A JSON object of texts in which no key stands twice; its values are thrown away.
struct Object;

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Object, M::Error> {
                distinct_keys(map).map(|()| Object)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

fn distinct_keys<'de, M: MapAccess<'de>>(mut map: M) -> Result<(), M::Error> {
    let mut seen = HashSet::new();
    while let Some(key) = map.next_key::<String>()? {
        map.next_value::<Text>()?;
        if !seen.insert(key) {
            return Err(M::Error::custom("a key stands twice"));
        }
    }
    Ok(())
}

/// Every field of the three calls is a text, or null where it may be missing. The framework would take the number `7`
/// or `true` for the text of the same look, a password too.
struct Text;

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNull;
        impl Visitor<'_> for TextOrNull {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E>(self, _: &str) -> Result<Text, E> {
                Ok(Text)
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text)
            }
        }
        deserializer.deserialize_any(TextOrNull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_strict(text: &str) -> bool {
        serde_json::from_str::<Object>(text).is_ok()
    }

    #[test]
    fn r28_a_key_that_stands_twice_is_refused() {
        assert!(is_strict(r#"{"a":"1","b":null,"d":"\u00e9"}"#));
        for text in [r#"{"a":"1","a":"2"}"#, r#"{"a":"1","\u0061":"2"}"#, r#"{"a":null,"a":"1"}"#] {
            assert!(!is_strict(text), "{text}");
        }
    }

    #[test]
    fn r27_only_texts_are_values() {
        for value in ["1", "-1.5", "true", "[]", "[\"a\"]", "{}", r#"{"a":"b"}"#] {
            assert!(!is_strict(&format!("{{\"a\":{value}}}")), "{value}");
        }
    }

    #[test]
    fn only_one_object_is_a_body() {
        for text in ["", "null", "[]", "\"a\"", "1", "{} {}", "{", r#"{"a":"\ud800"}"#, &"[".repeat(1000)] {
            assert!(!is_strict(text), "{text}");
        }
        assert!(!is_strict(&format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200))));
    }

    #[test]
    fn r55_other_content_types_are_no_json() {
        let with = |kind: &str| Request::builder().header("content-type", kind).finish();
        for kind in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""] {
            assert!(is_plain_json(&with(kind)), "{kind}");
        }
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "",
            "application/jsonp",
        ] {
            assert!(!is_plain_json(&with(kind)), "{kind}");
        }
        let zipped = Request::builder().header("content-type", "application/json").header("content-encoding", "gzip");
        assert!(!is_plain_json(&zipped.finish()));
    }
}
