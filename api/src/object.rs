//! JSON objects of others.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

/// What is read of a JSON object. A struct alone is also read of the array of its values, which nobody writes.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Pair {
        a: u8,
        b: u8,
    }

    #[test]
    fn an_object_is_read_and_the_array_of_its_values_is_not() {
        let pair = serde_json::from_str::<Object<Pair>>(r#"{"b": 2, "c": 3, "a": 1}"#).unwrap().0;
        assert_eq!((pair.a, pair.b), (1, 2));
        assert!(serde_json::from_str::<Pair>("[1, 2]").is_ok(), "else this would not be needed");
        for text in ["[1, 2]", "{}", "7", "null", r#"{"a": 1, "b": 2, "a": 1}"#] {
            assert!(serde_json::from_str::<Object<Pair>>(text).is_err(), "{text}");
        }
    }
}
