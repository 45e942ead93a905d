//! The link in the code mail.

use entity::settings::{SettingError, check_public_url};

/// What `mail.link` may name.
const PLACEHOLDERS: [&str; 3] = ["{public_url}", "{challenge_id}", "{code}"];

/// `mail.link` with the public URL filled in. No request can change it: Host and forwarded headers are never read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkTemplate(String);

impl LinkTemplate {
    /// Checks the template.
    ///
    /// # Errors
    /// If it lacks a part, names something unknown, or the code or the challenge would reach a server: what stands
    /// before a `#` ends up in proxies' logs and in `Referer`.
    pub(super) fn parse(template: &str, public_url: &url::Url) -> Result<Self, SettingError> {
        let wrong = |problem: &str| Err(SettingError::of("mail.link", problem));
        let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        if !template.chars().all(is_plain) {
            return wrong("has characters that do not belong into a URL");
        }
        let rest = PLACEHOLDERS.iter().fold(template.to_owned(), |text, name| text.replace(name, ""));
        if rest.contains(['{', '}']) {
            return wrong("may name {public_url}, {challenge_id} and {code} alone");
        }
        let Some((before, after)) = template.split_once('#') else { return wrong("has no `#` before the code") };
        if before.contains("{code}") || before.contains("{challenge_id}") {
            return wrong("puts {code} or {challenge_id} before the `#`, where servers and logs see it");
        }
        if !after.contains("{code}") || !after.contains("{challenge_id}") {
            return wrong("lacks {code} or {challenge_id}");
        }
        let base = public_url.as_str().trim_end_matches('/');
        check_public_url(public_url)?;
        let filled = template.replace("{public_url}", base);
        let sample = url::Url::parse(&filled.replace("{challenge_id}", "c").replace("{code}", "x"));
        match sample {
            Ok(url) if matches!(url.scheme(), "https" | "http") => Ok(Self(filled)),
            _ => wrong("does not make an http or https URL"),
        }
    }

    /// The link of one challenge, whose code is given as the mail shows it. Both are of our own making and need no escaping.
    pub(super) fn fill(&self, challenge_id: &str, shown: &str) -> String {
        self.0.replace("{challenge_id}", challenge_id).replace("{code}", &code(shown))
    }
}

/// The code as links have it: without the dash that the mail shows.
pub(super) fn code(shown: &str) -> String {
    shown.replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(template: &str) -> Result<LinkTemplate, SettingError> {
        LinkTemplate::parse(template, &"https://app.example/reset/".parse().unwrap())
    }

    #[test]
    fn r59_a_link_is_made_of_the_settings_alone() {
        let link = parse("{public_url}/#/reset/{challenge_id}/{code}").unwrap();
        assert_eq!(link.fill("abc", "XY"), "https://app.example/reset/#/reset/abc/XY");
        assert!(parse("https://other.example/p#c={challenge_id}&k={code}").is_ok());
    }

    #[test]
    fn a_public_url_with_more_than_a_path_is_refused_by_name_and_not_shown() {
        let template = "{public_url}/#/reset/{challenge_id}/{code}";
        for url in
            ["http://u:hunter2@host/", "http://u@host/", "https://host/?q=hunter2", "https://host/#a", "ftp://host/"]
        {
            let error = LinkTemplate::parse(template, &url.parse().unwrap()).unwrap_err().to_string();
            assert!(error.starts_with("REKEY_HTTP_PUBLIC_URL: ") && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn templates_that_show_the_code_to_a_server_are_refused() {
        for template in [
            "{public_url}/{code}#{challenge_id}",
            "{public_url}/{challenge_id}#{code}",
            "{public_url}/?c={challenge_id}&k={code}",
            "{public_url}/#/{code}",
            "{public_url}/#/{challenge_id}",
            "{public_url}/#/{challenge_id}/{code}/{email}",
            "{public_url}/#/{challenge_id}/{code}{",
            "{public_url}/#/{challenge_id}/{code} x",
            "{public_url}/#/{challenge_id}/{code}\r\nBcc: a@b",
            "javascript:alert#{challenge_id}/{code}",
            "/#{challenge_id}/{code}",
            "",
        ] {
            let error = parse(template).unwrap_err().to_string();
            assert!(error.starts_with("REKEY_MAIL_LINK: "), "{template} {error}");
        }
    }
}
