//! The API's settings, read once at start and refused by name.

use std::{net::SocketAddr, time::Duration};

use entity::{
    challenge,
    code::CodeFormat,
    settings::{List, Mode, SettingError, Source, check_public_url, is_loopback},
    token, webhook,
};
use url::Url;

use crate::http::caller::TrustedProxies;

/// Everything but what opens connections.
#[derive(Debug)]
pub struct Settings {
    /// Production, or development on loopback.
    pub mode: Mode,
    /// The public listener.
    pub listen: SocketAddr,
    /// The listener of health.
    pub internal_listen: SocketAddr,
    /// Where users reach the service.
    pub public_url: Url,
    /// Origins that may call from browsers, exactly as they send themselves.
    pub allowed_origins: Vec<String>,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: TrustedProxies,
    /// The value of `frame-ancestors`: `'none'` or https origins.
    pub frame_ancestors: String,
    /// How challenges are opened.
    pub challenge: challenge::Settings,
    /// How long tokens live.
    pub token: token::Settings,
    /// How codes look.
    pub code_format: CodeFormat,
    /// Whether the application is told of each reset.
    pub webhook: bool,
    /// Time to finish what was begun when told to stop.
    pub grace: Duration,
}

impl Settings {
    /// Reads them all.
    ///
    /// # Errors
    /// By the name of the first that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let mode = source.get("mode")?;
        let listen = source.listener("http.listen")?;
        let origins: Option<List<String>> = source.optional("http.allowed_origins")?;
        Ok(Self {
            mode,
            listen,
            internal_listen: source.listener("http.internal_listen")?,
            public_url: public_url(source, mode, listen)?,
            allowed_origins: origins
                .map_or_else(|| Ok(Vec::new()), |list| each_origin("http.allowed_origins", list))?,
            trusted_proxies: TrustedProxies::read(source)?,
            frame_ancestors: frame_ancestors(source)?,
            challenge: challenge::Settings::read(source)?,
            token: token::Settings::read(source)?,
            code_format: source.get("code.format")?,
            webhook: webhook::Settings::read(source)?.is_some(),
            grace: source.get("shutdown.grace")?,
        })
    }
}

/// The address in links and headers. In development it may be left out: then it is the listener's.
fn public_url(source: &Source, mode: Mode, listen: SocketAddr) -> Result<Url, SettingError> {
    const KEY: &str = "http.public_url";
    let refused = |problem: &str| SettingError::of(KEY, problem);
    let given: Option<Url> = source.optional(KEY)?;
    let url = match (given, mode) {
        (Some(url), _) => url,
        (None, Mode::Development) => {
            Url::parse(&format!("http://{listen}")).map_err(|_| refused("cannot be made from http.listen"))?
        }
        (None, Mode::Production) => return Err(refused("is needed and not set")),
    };
    check_public_url(&url)?;
    if mode == Mode::Development && !is_loopback(&url) {
        return Err(refused("must be on loopback in development"));
    }
    Ok(url)
}

/// Origins as browsers send them: scheme, host and port, no path; `null` and `*` are none (ASVS 3.4.2).
fn each_origin(key: &str, list: List<String>) -> Result<Vec<String>, SettingError> {
    let is_origin = |text: &String| {
        Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == *text)
    };
    match list.0.iter().find(|text| !is_origin(text)) {
        Some(_) => Err(SettingError::of(key, "each must be an origin such as https://app.example.com, without a path")),
        None => Ok(list.0),
    }
}

/// The value of `frame-ancestors`.
///
/// # Errors
/// By name, for what is no https origin.
pub fn frame_ancestors(source: &Source) -> Result<String, SettingError> {
    const KEY: &str = "http.frame_ancestors";
    let origins = each_origin(KEY, source.optional(KEY)?.unwrap_or_default())?;
    if origins.iter().any(|origin| !origin.starts_with("https://")) {
        return Err(SettingError::of(KEY, "each must be https"));
    }
    Ok(if origins.is_empty() { "'none'".into() } else { origins.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Settings::read(&Source::from_parts(None, variables).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn production_needs_its_public_url() {
        assert!(read(&[]).unwrap_err().starts_with("REKEY_HTTP_PUBLIC_URL"));
        assert!(read(&[("REKEY_HTTP_PUBLIC_URL", "https://reset.example.com")]).is_ok());
    }

    #[test]
    fn development_stays_on_loopback() {
        let development = ("REKEY_MODE", "development");
        assert_eq!(read(&[development]).unwrap().public_url.as_str(), "http://127.0.0.1:8080/");
        for (name, value) in [
            ("REKEY_HTTP_LISTEN", "0.0.0.0:8080"),
            ("REKEY_HTTP_INTERNAL_LISTEN", "[::]:8081"),
            ("REKEY_HTTP_PUBLIC_URL", "https://reset.example.com"),
        ] {
            assert!(read(&[development, (name, value)]).unwrap_err().starts_with(name), "{name}");
        }
    }

    #[test]
    fn r56_origins_are_exact() {
        for value in ["*", "null", "https://a.example/", "https://a.example/path", "a.example", "ftp://a.example"] {
            let refused = read(&[("REKEY_MODE", "development"), ("REKEY_HTTP_ALLOWED_ORIGINS", value)]);
            assert!(refused.unwrap_err().starts_with("REKEY_HTTP_ALLOWED_ORIGINS"), "{value}");
        }
        let given = read(&[
            ("REKEY_MODE", "development"),
            ("REKEY_HTTP_ALLOWED_ORIGINS", "https://a.example,http://b.example:81"),
        ]);
        assert_eq!(given.unwrap().allowed_origins.len(), 2);
    }

    #[test]
    fn r57_frames_are_for_https_alone() {
        let given = |value: &str| read(&[("REKEY_MODE", "development"), ("REKEY_HTTP_FRAME_ANCESTORS", value)]);
        assert_eq!(given("https://a.example").unwrap().frame_ancestors, "https://a.example");
        assert_eq!(given("").unwrap().frame_ancestors, "'none'");
        assert!(given("http://a.example").is_err());
    }

    #[test]
    fn r51_a_malformed_proxy_is_refused_by_name() {
        let given = |value: &str| read(&[("REKEY_MODE", "development"), ("REKEY_HTTP_TRUSTED_PROXIES", value)]);
        assert!(given("10.0.0.0/8, 192.0.2.1").is_ok());
        assert!(given("10.0.0.0/33").unwrap_err().starts_with("REKEY_HTTP_TRUSTED_PROXIES"));
    }
}
