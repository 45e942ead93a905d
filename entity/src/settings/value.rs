//! How the text of a setting becomes a value.

use std::{net::SocketAddr, num::NonZero, path::PathBuf, time::Duration};

/// A type that a setting can have.
pub trait FromSetting: Sized {
    /// Reads the text.
    ///
    /// # Errors
    /// What was expected, to follow "is not": `a whole number`. It must not quote the text, which may be a secret.
    fn from_setting(text: &str) -> Result<Self, String>;
}

/// Values parted by commas; an empty text has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<T: FromSetting> FromSetting for List<T> {
    fn from_setting(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(T::from_setting)
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|e| format!("a comma-separated list, each {e}"))
    }
}

impl FromSetting for Duration {
    /// `90s`, `10m`, `1h 30m`; at most ten years, so that sums with a clock cannot overflow.
    fn from_setting(text: &str) -> Result<Self, String> {
        let most = Self::from_secs(10 * 366 * 24 * 60 * 60);
        humantime::parse_duration(text)
            .ok()
            .filter(|span| *span <= most)
            .ok_or_else(|| "a span of time such as 90s or 10m".into())
    }
}

macro_rules! parsed {
    ($($kind:ty: $expected:literal),+ $(,)?) => {$(
        impl FromSetting for $kind {
            fn from_setting(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| $expected.into())
            }
        }
    )+};
}

parsed! {
    String: "a text",
    PathBuf: "a path",
    SocketAddr: "an address and port such as 127.0.0.1:8080",
    url::Url: "a URL",
    bool: "true or false",
    f64: "a number",
    u8: "a whole number from 0 to 255",
    u16: "a whole number from 0 to 65535",
    u32: "a whole number",
    u64: "a whole number",
    usize: "a whole number",
    NonZero<u16>: "a whole number from 1 to 65535",
    NonZero<u32>: "a whole number of at least 1",
    NonZero<usize>: "a whole number of at least 1",
}
