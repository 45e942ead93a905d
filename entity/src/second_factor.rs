//! What a reset asks of an account that has a second factor. The standards do not agree on it, so it is a setting:
//! docs/second-factor.md.

use url::Url;

use crate::{
    brand::Support,
    settings::{FromSetting, Mode, SettingError, Source, is_loopback},
};

/// What becomes of a reset of such an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is reset like any other; its application goes on asking for the second factor at each log-in.
    Keep,
    /// No code is mailed, but whom to ask.
    Refuse,
    /// `confirm` asks for a statement of the application that the second factor was shown.
    Proof,
}

impl FromSetting for Policy {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "keep" => Ok(Self::Keep),
            "refuse" => Ok(Self::Refuse),
            "proof" => Ok(Self::Proof),
            _ => Err("keep, refuse or proof".into()),
        }
    }
}

/// What both programs and the page know of it. The keys are the API's alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The policy.
    pub policy: Policy,
    /// Whom users ask who are refused. With [`Policy::Refuse`] it is there.
    pub contact: Option<Support>,
    /// Where the page sends users to show their second factor: https, without credentials and fragment.
    pub url: Option<Url>,
}

const CONTACT: &str = "second_factor.contact";
const URL: &str = "second_factor.url";

impl Settings {
    /// Reads `second_factor.*` but for the keys.
    ///
    /// # Errors
    /// By name if one cannot be used, and if users are to be refused without a word on whom to ask.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let mode: Mode = source.get("mode")?;
        let policy = source.get("second_factor.policy")?;
        let contact = match Support::of(CONTACT, source, mode)? {
            Some(contact) => Some(contact),
            None => Support::of("service.support", source, mode)?,
        };
        if policy == Policy::Refuse && contact.is_none() {
            let problem = "is needed with second_factor.policy = refuse, unless service.support is set";
            return Err(SettingError::of(CONTACT, problem));
        }
        Ok(Self { policy, contact, url: url(source, mode)? })
    }

    /// Where the page sends users to show their second factor, if that is asked for.
    #[must_use]
    pub fn proof_url(&self) -> Option<&Url> {
        self.url.as_ref().filter(|_| self.policy == Policy::Proof)
    }

    /// Whom users ask, if they are refused.
    #[must_use]
    pub fn refuses(&self) -> Option<&Support> {
        self.contact.as_ref().filter(|_| self.policy == Policy::Refuse)
    }
}

fn url(source: &Source, mode: Mode) -> Result<Option<Url>, SettingError> {
    let Some(url) = source.optional::<Url>(URL)? else { return Ok(None) };
    // Without the URL: it may carry a password. Its fragment is the page's, which writes the token's hash there.
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let may_be = url.scheme() == "https" || (url.scheme() == "http" && mode == Mode::Development && is_loopback(&url));
    if is_plain && may_be {
        Ok(Some(url))
    } else {
        Err(SettingError::of(URL, "must be https, without user, password and #"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variables = variables.iter().map(|(name, value)| (format!("REKEY_{name}"), Some((*value).to_owned())));
        Settings::read(&Source::from_parts(None, variables).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_is_asked_for_unless_it_is_set() {
        let settings = read(&[]).unwrap();
        assert_eq!((settings.policy, settings.contact, settings.url), (Policy::Keep, None, None));
    }

    #[test]
    fn who_refuses_says_whom_to_ask() {
        let refuse = ("SECOND_FACTOR_POLICY", "refuse");
        assert!(read(&[refuse]).unwrap_err().starts_with("REKEY_SECOND_FACTOR_CONTACT: is needed"));
        let support = ("SERVICE_SUPPORT", "help@example.com");
        assert_eq!(read(&[refuse, support]).unwrap().refuses().unwrap().text, "help@example.com");
        let own = ("SECOND_FACTOR_CONTACT", "https://example.com/desk");
        assert_eq!(read(&[refuse, support, own]).unwrap().refuses().unwrap().href, "https://example.com/desk");
        assert_eq!(read(&[support, own]).unwrap().refuses(), None);
        for wrong in ["desk", "http://example.com", "javascript:alert(1)"] {
            let refused = read(&[refuse, ("SECOND_FACTOR_CONTACT", wrong)]).unwrap_err();
            assert!(refused.starts_with("REKEY_SECOND_FACTOR_CONTACT: "), "{refused}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_name() {
        assert!(read(&[("SECOND_FACTOR_POLICY", "ask")]).unwrap_err().starts_with("REKEY_SECOND_FACTOR_POLICY: "));
        for wrong in ["http://example.com", "https://a:b@example.com", "https://example.com/#x", "mailto:a@b"] {
            let refused = read(&[("SECOND_FACTOR_URL", wrong)]).unwrap_err();
            assert!(refused.starts_with("REKEY_SECOND_FACTOR_URL: ") && !refused.contains("example"), "{refused}");
        }
        let loopback = ("SECOND_FACTOR_URL", "http://127.0.0.1:9000/factor?app=1");
        assert!(read(&[loopback]).is_err());
        assert!(read(&[loopback, ("MODE", "development")]).is_ok());
    }
}
