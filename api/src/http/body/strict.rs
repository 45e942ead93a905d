//! What is JSON of ours: by its type, and by its octets.

use std::{collections::HashSet, fmt};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// `application/json`, in UTF-8 if it says so, and not compressed: nothing here unpacks bodies. Takes `Content-Type`
/// and `Content-Encoding`.
pub(super) fn is_plain_json(kind: Option<&str>, encoding: Option<&str>) -> bool {
    let Some(kind) = kind else { return false };
    let mut parts = kind.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    is_json && is_utf8 && encoding.unwrap_or("identity").eq_ignore_ascii_case("identity")
}

/// Whether these octets are one JSON object whose values are texts or null, with no key twice.
pub(super) fn is_object_of_texts(octets: &[u8]) -> bool {
    serde_json::from_slice::<Object>(octets).is_ok()
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
        is_object_of_texts(text.as_bytes())
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
        for kind in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""] {
            assert!(is_plain_json(Some(kind), None), "{kind}");
            assert!(!is_plain_json(Some(kind), Some("gzip")), "{kind}");
        }
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "",
            "application/jsonp",
        ] {
            assert!(!is_plain_json(Some(kind), None), "{kind}");
        }
        assert!(!is_plain_json(None, None));
    }
}
