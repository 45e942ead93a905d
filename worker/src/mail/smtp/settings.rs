//! Where mails go and how: `smtp.*`.

use std::{fmt, net::IpAddr, path::PathBuf, sync::Arc};

use entity::{
    settings::{SettingError, Source},
    tls,
};
use lettre::transport::smtp::authentication::Credentials;
use rustls::{ClientConfig, pki_types::ServerName};

/// `smtp.*`, checked. Its Debug shows neither user nor password.
#[derive(Clone)]
pub struct SmtpSettings {
    pub(super) host: String,
    pub(super) port: u16,
    /// What we call ourselves in EHLO.
    pub(super) hello: String,
    pub(super) server_name: ServerName<'static>,
    pub(super) security: Option<Security>,
    pub(super) credentials: Option<Credentials>,
    /// Connections at once, 1 to 64.
    pub(super) connections: usize,
    /// Of these, for mails to one domain.
    pub(super) per_domain: usize,
}

/// TLS, from the start or after STARTTLS. Certificates are always verified.
#[derive(Clone)]
pub(super) struct Security {
    pub(super) tls: Arc<ClientConfig>,
    pub(super) starttls: bool,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field(
                "tls",
                &self.security.as_ref().map(|security| if security.starttls { "STARTTLS" } else { "implicit" }),
            )
            .field("credentials", &self.credentials.is_some())
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

impl SmtpSettings {
    /// Reads `smtp.*`. `hello` is the sender's domain: the machine's own name is often `localhost`.
    pub fn read(source: &Source, hello: &str) -> Result<Self, SettingError> {
        let wrong = |problem: &str| SettingError::of("smtp.url", problem);
        let url: url::Url = source.get("smtp.url")?;
        let (implicit, starttls) = match (url.scheme(), url.query()) {
            ("smtps", None) => (true, false),
            ("smtp", None) => (false, false),
            ("smtp", Some("tls=required")) => (false, true),
            ("smtp" | "smtps", _) => return Err(wrong("knows no parameter but `smtp://…?tls=required`")),
            _ => return Err(wrong("is neither smtp:// nor smtps://")),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(wrong("has more than a host and a port"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("has no host"))?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let server_name = ServerName::try_from(host.clone())
            .map_err(|_| wrong("has a host that is neither a name nor an address"))?;
        let encrypted = implicit || starttls;
        let credentials = credentials(&url).map_err(wrong)?;
        if credentials.is_some() && !encrypted && !is_loopback(&host) {
            return Err(wrong("has credentials and no TLS: use smtps:// or `?tls=required`"));
        }
        let ca_file: Option<PathBuf> = source.optional("smtp.ca_file")?;
        let tls = || tls::client_config("smtp.ca_file", ca_file.as_deref());
        let security = if encrypted { Some(Security { tls: Arc::new(tls()?), starttls }) } else { None };
        let default_port = match (implicit, starttls) {
            (true, _) => 465,
            (_, true) => 587,
            _ => 25,
        };
        let connections: usize = source.get("smtp.connections")?;
        if !(1..=64).contains(&connections) {
            return Err(SettingError::of("smtp.connections", "is not from 1 to 64"));
        }
        // One connection is left to everybody else.
        let per_domain = source.optional("smtp.per_domain")?.unwrap_or((connections - 1).max(1));
        if !(1..=connections).contains(&per_domain) {
            return Err(SettingError::of("smtp.per_domain", "is not from 1 to smtp.connections"));
        }
        let port = url.port().unwrap_or(default_port);
        Ok(Self { host, port, hello: hello.to_owned(), server_name, security, credentials, connections, per_domain })
    }
}

fn credentials(url: &url::Url) -> Result<Option<Credentials>, &'static str> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let user = decode(url.username()).ok_or("has a user that is not percent-encoded UTF-8")?;
    let password =
        decode(url.password().unwrap_or_default()).ok_or("has a password that is not percent-encoded UTF-8")?;
    if user.is_empty() || password.is_empty() {
        return Err("has a user without a password, or the other way round");
    }
    // NUL parts the fields of AUTH PLAIN.
    if user.contains('\0') || password.contains('\0') {
        return Err("has a NUL in its credentials");
    }
    Ok(Some(Credentials::new(user, password)))
}

fn decode(text: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        if octet == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            octets.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            octets.push(octet);
        }
    }
    String::from_utf8(octets).ok()
}

/// A name is loopback only if it cannot be anything else (RFC 6761, section 6.3).
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, more: &[(&str, &str)]) -> Result<SmtpSettings, SettingError> {
        let given = [("REKEY_SMTP_URL", url)].into_iter().chain(more.iter().copied());
        let given = given.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
        SmtpSettings::read(&Source::from_parts(None, given).unwrap(), "example.com")
    }

    #[test]
    fn each_scheme_has_its_port() {
        for (url, port) in [
            ("smtp://h.example", 25),
            ("smtp://h.example?tls=required", 587),
            ("smtps://h.example", 465),
            ("smtps://h.example:1465", 1465),
            ("smtp://[::1]:1025/", 1025),
        ] {
            assert_eq!(read(url, &[]).unwrap().port, port, "{url}");
        }
        assert_eq!(read("smtp://[::1]:1025", &[]).unwrap().host, "::1");
    }

    #[test]
    fn credentials_need_tls_or_loopback() {
        assert!(read("smtp://u:hunter2@h.example", &[]).unwrap_err().to_string().contains("no TLS"));
        assert!(read("smtp://u:hunter2@localhost.example", &[]).is_err());
        for url in [
            "smtp://u:p@127.0.0.1",
            "smtp://u:p@localhost",
            "smtps://u:p@h.example",
            "smtp://u:p@h.example?tls=required",
        ] {
            assert!(read(url, &[]).unwrap().credentials.is_some(), "{url}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_without_the_secret() {
        for url in [
            "file:///tmp/mail",
            "catcher://hunter2@h",
            "smtp://",
            "smtps://u:hunter2@h.example?tls=none",
            "smtp://u:hunter2@h.example?tls=opportunistic",
            "smtps://hunter2@h.example",
            "smtps://u:hunter2%ff@h.example",
            "smtps://u:hunter2%00@h.example",
            "smtps://u:hunter2@h.example/path",
        ] {
            let error = read(url, &[]).unwrap_err().to_string();
            assert!(error.starts_with("REKEY_SMTP_URL") && !error.contains("hunter2"), "{url} {error}");
        }
        let shown = format!("{:?}", read("smtps://user1:hunter2@h.example", &[]).unwrap());
        assert!(!shown.contains("hunter2") && !shown.contains("user1"), "{shown}");
        assert!(read("smtp://h.example", &[("REKEY_SMTP_CONNECTIONS", "65")]).is_err());
        for per_domain in ["0", "5"] {
            let error = read("smtp://h.example", &[("REKEY_SMTP_PER_DOMAIN", per_domain)]).unwrap_err().to_string();
            assert!(error.starts_with("REKEY_SMTP_PER_DOMAIN"), "{error}");
        }
        assert!(read("smtps://h.example", &[("REKEY_SMTP_CA_FILE", "/nowhere.pem")]).is_err());
    }

    #[test]
    fn credentials_are_percent_decoded() {
        assert_eq!(decode("a%40b%3a%E7%A0%81").as_deref(), Some("a@b:码"));
        assert_eq!(decode("%4"), None);
    }
}
